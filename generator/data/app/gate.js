// Leaves the page as soon as the session has ended, so that nothing of a patient stays on an unattended screen; and lets
// the browser keep nothing of what is typed.
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

  // A browser writes what was typed into its profile, to offer it again and to bring a window back after a crash. It does
  // neither with a field that says so (HTML, 4.10.18.7.1). Streamlit can say it of some fields only.
  const FIELD = "input:not([type=password]), textarea";
  const hush = (field) => field.getAttribute("autocomplete") === "off" || field.setAttribute("autocomplete", "off");
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes" && target.matches(FIELD)) hush(target);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches(FIELD)) hush(node);
        node.querySelectorAll(FIELD).forEach(hush);
      }
    }
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["autocomplete"] });

  setInterval(ask, 20_000);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  window.addEventListener("pageshow", (event) => event.persisted && ask());
})();
