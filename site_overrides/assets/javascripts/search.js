/**
 * What every page has of search: the key `/`, the button that opens the box on narrow screens, and the marks of the words
 * that led to this page. All else is loaded when a reader first goes to a search field. Stands before the scripts of the
 * page's other parts, which say what they say, make what they make and load what they load by the same functions.
 */
(function () {
  "use strict";

  const folder = new URL(".", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  const dossier = /** @type {any} */ (window).dossier;
  const parts = ["search-words", "search-query", "search-view"];
  /** @type {Promise<unknown> | undefined} */
  let loaded;

  /** Returns a count as the dossier's language writes it: 11,544. @param {number} count @returns {string} */
  dossier.number = (count) => count < 1000 ? String(count) : count.toLocaleString(dossier.language, { numberingSystem: "latn" });

  /**
   * Returns the words of a key, with its values put in; `n` chooses the plural form. For the scripts of all parts.
   * @param {string} key @param {Record<string, string | number>} [values] @returns {string}
   */
  dossier.say = function (key, values = {}) {
    let words = dossier.strings[key] ?? "";
    if (typeof words !== "string") words = words[new Intl.PluralRules(dossier.language).select(Number(values.n))] ?? words.other;
    return words.replace(/\{(\w+)\}/g, (/** @type {string} */ all, /** @type {string} */ name) => {
      const value = values[name] ?? all;
      return typeof value === "number" ? dossier.number(value) : value;
    });
  };

  /** Returns a new element. @type {Make} */
  dossier.make = (tag, className, ...children) => {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
  };

  /** Runs a script, in the order in which they were asked for. @param {string} address @returns {Promise<void>} */
  dossier.runScript = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = false;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${address} is missing`));
    document.head.append(script);
    script.remove();
  });

  /** @param {string[]} names */
  const load = (names) => Promise.all(names.map((name) => dossier.runScript(`${folder}${name}.js`)));

  /** Makes a form search while one types. Without it, the form leads to the search page. @param {HTMLFormElement} form */
  async function mount(form) {
    if (form.dataset.isMounted) return;
    form.dataset.isMounted = "true";
    try {
      await (loaded ??= load(parts));
      dossier.mountSearch(form);
    } catch (fault) {
      loaded = undefined;
      delete form.dataset.isMounted;
      throw fault;
    }
  }

  /** @type {HTMLFormElement[]} */
  const forms = Array.from(document.querySelectorAll("form[data-search]"));
  const page = forms.find((form) => form.dataset.search === "page");
  const box = forms.find((form) => form.dataset.search === "box");
  for (const form of forms) for (const sign of ["focusin", "input"]) form.addEventListener(sign, () => mount(form));
  // A search that was linked is answered at once.
  if (page) mount(page);

  const opener = document.querySelector("a.search-open");
  const hide = (/** @type {boolean} */ isHidden) => {
    box?.classList.toggle("is-open", !isHidden);
    opener?.setAttribute("aria-expanded", String(!isHidden));
  };
  /** @param {HTMLFormElement | undefined} form */
  function focus(form) {
    if (form === box) hide(false);
    /** @type {HTMLInputElement | null | undefined} */
    const field = form?.querySelector("input[type=search]");
    field?.focus();
    field?.select();
  }
  if (opener && box) {
    opener.setAttribute("role", "button");
    hide(true);
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      focus(box);
    });
    opener.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key === " ") {
        event.preventDefault();
        focus(box);
      }
    });
    // Closed once neither the field nor a result has the focus.
    box.addEventListener("focusout", (event) => {
      const next = /** @type {Node | null} */ (event.relatedTarget);
      if (next && !box.contains(next)) hide(true);
    });
    box.addEventListener("search-close", () => {
      const isNarrow = box.classList.contains("is-open") && opener.getClientRects().length > 0;
      hide(true);
      if (isNarrow) /** @type {HTMLElement} */ (opener).focus();
    });
  }

  document.addEventListener("keydown", (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    const isTyping = at.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(at.tagName);
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && (page ?? box)) {
      event.preventDefault();
      focus(page ?? box);
    }
  });

  if (new URLSearchParams(location.search).has("mark")) load(["search-words", "search-marks"]);
})();
