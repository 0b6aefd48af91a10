// What Streamlit's page lacks: text is sent to the server before anything else happens, and the field that is asked for
// gets the caret. Nothing of what is typed is looked at, kept or sent anywhere from here: a field is only told that the
// caret left it, which is when Streamlit itself sends its text.
// The guard puts it at the head of the page, so that it is there first; without a guard the component brings it.
"use strict";
{
  const IDLE_MS = 1500;
  const STILL_ON_ITS_WAY_MS = 5000;
  const FIELD = '[data-testid="stTextInput"] input:not([type="password"]), [data-testid="stTextArea"] textarea';

  function install() {
    const dirty = new Set(); // fields with text that the server has not got
    let asked = {}; // what the server last said: lang, unsaved, focus, print
    let tell = () => {};
    let idle = 0;
    let isComposing = false;
    let sentAt = -Infinity;
    let answeredAt = 0;
    let pressed = null;
    let focused = 0;
    let printed = 0;

    const isField = (element) =>
      element instanceof Element && element.matches(FIELD) && !element.closest('[data-testid="stForm"]');

    const flush = (field) => {
      if (!dirty.has(field) || isComposing) return;
      // React hears focusout as "the caret left". The caret itself stays where it is.
      field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
      if (document.activeElement === field) field.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    };
    const flushAll = () => [...dirty].forEach(flush);

    document.addEventListener(
      "input",
      (event) => {
        if (!isField(event.target)) return;
        dirty.add(event.target);
        clearTimeout(idle);
        idle = setTimeout(flushAll, IDLE_MS);
      },
      true,
    );
    document.addEventListener(
      "focusout",
      (event) => {
        if (dirty.delete(event.target)) sentAt = performance.now();
      },
      true,
    );
    document.addEventListener("compositionstart", () => (isComposing = true), true);
    document.addEventListener(
      "compositionend",
      () => {
        isComposing = false;
        clearTimeout(idle);
        idle = setTimeout(flushAll, IDLE_MS);
      },
      true,
    );

    window.addEventListener(
      "keydown",
      (event) => {
        if (event.isComposing || event.getModifierState("AltGraph")) return;
        const isModifier = ["Control", "Meta", "Alt", "Shift"].includes(event.key);
        const isShortcut = event.ctrlKey || event.metaKey || event.altKey || /^(F\d+|Escape)$/.test(event.key);
        if (isShortcut && !isModifier) flushAll();
      },
      true,
    );

    // Sending the text can move what is pressed away before the finger is lifted; then there would be no click.
    document.addEventListener(
      "pointerdown",
      (event) => {
        pressed = null;
        if (!dirty.size || dirty.has(event.target)) return;
        const control = event.target instanceof Element && event.target.closest("button, a, summary");
        if (control && event.button === 0) {
          pressed = { control, key: keyOf(control), x: event.clientX, y: event.clientY };
        }
        flushAll();
      },
      true,
    );
    document.addEventListener(
      "click",
      () => {
        pressed = null;
        flushAll(); // a screen reader presses without a pointer
      },
      true,
    );
    document.addEventListener("pointercancel", () => (pressed = null), true);
    document.addEventListener(
      "pointerup",
      (event) => {
        const mine = pressed;
        if (!mine || Math.hypot(event.clientX - mine.x, event.clientY - mine.y) > 10) return;
        setTimeout(() => {
          if (pressed !== mine) return;
          pressed = null;
          const there = mine.control.isConnected ? mine.control : mine.key && document.querySelector(`.${mine.key} button`);
          if (there) there.click();
        }, 60);
      },
      true,
    );

    // A run that has ended has taken in what was sent before it began.
    new MutationObserver((changes) => {
      const isDone = (change) => change.target.getAttribute("data-test-script-state") === "notRunning";
      if (changes.some(isDone)) answeredAt = performance.now();
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-test-script-state"] });

    document.addEventListener("visibilitychange", () => document.hidden && flushAll(), true);
    window.addEventListener("pagehide", flushAll, true);
    window.addEventListener("blur", flushAll);
    window.addEventListener("beforeunload", (event) => {
      flushAll();
      const isOnItsWay = sentAt > answeredAt && performance.now() - sentAt < STILL_ON_ITS_WAY_MS;
      if (asked.unsaved || isOnItsWay) event.preventDefault();
    });
    window.addEventListener("popstate", flushAll, true);
    window.addEventListener("popstate", () => setTimeout(() => tell("went", location.search || "?")));

    const focusOn = (keys, tries = 30) => {
      for (const key of keys) {
        const place = document.querySelector(`.${key}`);
        if (!place) continue;
        const shut = place.closest("details:not([open])");
        if (shut) shut.querySelector("summary").click();
        // the field itself before the button of its help
        const target = place.querySelector("input, textarea") ?? place.querySelector("button, [tabindex]") ?? place;
        target.focus({ preventScroll: true });
        place.scrollIntoView({ block: "center" });
        if (document.activeElement === target) return;
      }
      if (tries > 0) setTimeout(() => focusOn(keys, tries - 1), 50);
    };

    return (data, setTriggerValue) => {
      asked = data;
      tell = setTriggerValue;
      answeredAt = performance.now();
      document.documentElement.lang = data.lang;
      for (const field of dirty) if (!field.isConnected) dirty.delete(field);
      if (data.focus.n !== focused) {
        focused = data.focus.n;
        if (data.focus.keys.length) focusOn(data.focus.keys);
      }
      if (data.print !== printed) {
        printed = data.print;
        if (printed) window.print();
      }
    };
  }

  function keyOf(element) {
    const named = element.closest('[class*="st-key-"]');
    return named ? [...named.classList].find((name) => name.startsWith("st-key-")) : "";
  }

  window.planscribeHeart ??= install();
}
