// Leaves the page as soon as the session has ended, so that nothing of a patient stays on an unattended screen.
"use strict";
(() => {
  const leave = () => {
    document.documentElement.textContent = "";
    window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true); // nobody is there to ask
    location.reload();
  };
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...args) {
      super(...args);
      this.addEventListener("close", (event) => event.code === 4401 && leave());
    }
  };
  const ask = async () => {
    try {
      const answer = await fetch("/planscribe/alive", { cache: "no-store" });
      if (answer.status === 401) leave();
    } catch {
      // The server is not there: Streamlit says so itself.
    }
  };
  setInterval(ask, 20_000);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  window.addEventListener("pageshow", (event) => event.persisted && ask());
})();
