/**
 * One switch that hides all apparatus of a text: numbers, notes, marks and the dress of links. The choice is kept, and
 * the passage that is being read stays where it is.
 */
(() => {
  "use strict";
  const tools = document.querySelector(".reading-tools");
  const transcription = document.querySelector(".reading .transcription");
  if (!tools || !transcription) return;
  const words = /** @type {any} */ (window).dossier.strings;
  const root = document.documentElement;
  const KEY = "dossier.reading.plain";
  // What stands over the text while it is read.
  const COVERED = () => tools.getBoundingClientRect().bottom;

  function read() {
    try {
      return localStorage.getItem(KEY) === "1";
    } catch {
      return false; // a page from disk may have no storage
    }
  }

  /** @param {boolean} isPlain */
  function keep(isPlain) {
    try {
      if (isPlain) localStorage.setItem(KEY, "1");
      else localStorage.removeItem(KEY);
    } catch {
      // The choice holds for this page alone.
    }
  }

  const button = document.createElement("button");
  button.type = "button";
  button.className = "reading-plain";
  button.textContent = words.reading_plain;
  button.title = words.reading_plain_help;

  /** @param {boolean} isPlain */
  function show(isPlain) {
    root.classList.toggle("is-plain-reading", isPlain);
    button.setAttribute("aria-pressed", String(isPlain));
    document.dispatchEvent(new CustomEvent("dossier:plain"));
  }

  /** Returns the first passage that is in view, if the text has reached the top of the window. */
  function passageInView() {
    const top = COVERED();
    if (/** @type {Element} */ (transcription).getBoundingClientRect().top > top) return undefined;
    const passages = Array.from(/** @type {Element} */ (transcription).querySelectorAll(".passage"));
    return passages.find((passage) => passage.getBoundingClientRect().bottom > top + 1);
  }

  button.addEventListener("click", () => {
    const isPlain = button.getAttribute("aria-pressed") !== "true";
    const passage = passageInView();
    const before = passage ? passage.getBoundingClientRect().top : 0;
    // The browser would hold the place as well, and move twice.
    root.style.overflowAnchor = "none";
    show(isPlain);
    if (passage) scrollBy({ top: passage.getBoundingClientRect().top - before, behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(() => { root.style.overflowAnchor = ""; }));
    keep(isPlain);
  });

  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", words.reading_tools);
  tools.prepend(button);
  show(read());
})();
