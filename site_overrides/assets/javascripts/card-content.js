/**
 * What a card shows: a copy of the page's own note, or the preview of a page, passage or annotation that a link leads to.
 * Previews are data in the page; all of it becomes text, never markup. Nothing is fetched.
 */
(function () {
  "use strict";

  /**
   * @typedef {[key: string, words: string]} Place
   * @typedef {{kind: string, label?: string, name?: string, lines?: string[], text?: string, lang?: string,
   *   quote?: boolean, state?: string, proof?: string, counts?: string, rights?: string, list?: string, items?: Place[],
   *   cited?: string, where?: Place[], all?: string, more?: string}} Preview
   * @typedef {{name: string, parts: Node[]}} CardContent
   */

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const dossier = /** @type {any} */ (window).dossier;
  if (!dossier) return;
  const words = dossier.strings;
  /** @type {Make} */
  const make = dossier.make;
  const kinds = /** @type {string[]} */ (dossier.settings.cards.previews);
  const MAX_WORDS = 60;
  // Links that are marks themselves, or lead to the page they stand on for its own sake.
  const MARKS = [
    ".footnote-ref", ".footnote-backref", ".annotation-mark a", ".passage-number", ".statement-number", ".side-number",
    ".side-more a", ".place[href^='#']",
  ].join();
  // What a copy of a note must not hold: names of elements on the page, and what scripts have put there.
  const OWN_ATTRIBUTES = ["id", "aria-haspopup", "aria-expanded", "aria-controls", "aria-describedby", "aria-labelledby"];
  const root = new URL("../../", script.src).href;

  /** @type {Map<string, Preview>} */
  const previews = new Map();
  document.querySelectorAll("script.previews").forEach((block) => {
    Object.entries(JSON.parse(block.textContent || "{}")).forEach(([key, preview]) => previews.set(key, preview));
  });

  /**
   * Returns the path below the site's root without its ending, and `#` with the id; null for another site.
   * @param {string} address
   */
  function keyOf(address) {
    const [place, anchor] = address.split("#");
    const page = place.split("?")[0];
    if (!page.startsWith(root)) return null;
    try {
      const path = decodeURIComponent(page.slice(root.length)).normalize("NFC");
      const key = path.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$|\/$/, "");
      return anchor ? key + "#" + decodeURIComponent(anchor) : key;
    } catch {
      return null; // not UTF-8: no page of a dossier
    }
  }

  const own = keyOf(location.href.split("#")[0]);

  // Whether addresses end in `.html` or in `/` is the site builder's choice: any link that it has made shows which.
  const sample = Array.from(document.querySelectorAll(".md-content a[href]:not(svg a)")).find((link) => {
    return previews.has(keyOf(/** @type {HTMLAnchorElement} */ (link).href) || "");
  });
  const ending = sample && /** @type {HTMLAnchorElement} */ (sample).pathname.endsWith("/") ? "/" : ".html";

  /** @param {string} key */
  function addressOf(key) {
    const [page, anchor] = key.split("#");
    const home = ending === "/" ? "" : "index.html";
    const path = page ? page.split("/").map(encodeURIComponent).join("/") + ending : home;
    return root + path + (anchor ? "#" + encodeURIComponent(anchor) : "");
  }

  /** @param {string} text */
  function firstWords(text) {
    const all = text.split(/\s+/).filter(Boolean);
    return all.slice(0, MAX_WORDS).join(" ") + (all.length > MAX_WORDS ? " …" : "");
  }

  /** The quotation marks of the page. @type {string[]} */
  const marks = words.quoted.split("{words}");

  /** @param {string} text */
  function withoutMarks(text) {
    const quoted = text.trim();
    const isMarked = quoted.startsWith(marks[0]) && quoted.endsWith(marks[1]);
    return isMarked ? quoted.slice(marks[0].length, quoted.length - marks[1].length) : quoted;
  }

  /**
   * Returns the preview of a passage or annotation of this very page, made from its words.
   * @param {string} id
   * @returns {Preview | null}
   */
  function previewOfElement(id) {
    const target = document.getElementById(id);
    const number = target && target.querySelector(".passage-number, .statement-number");
    if (!target || !number || !kinds.includes("passage")) return null;
    const isPassage = target.classList.contains("passage");
    const source = isPassage ? target : target.querySelector(".quotation");
    if (!source) return null;
    const copy = /** @type {HTMLElement} */ (source.cloneNode(true));
    copy.querySelectorAll("sup, aside, button, .passage-number").forEach((mark) => mark.remove());
    /** @param {string} selector */
    const wordsOf = (selector) => ((isPassage ? null : target.querySelector(selector)) || { textContent: "" }).textContent || "";
    const state = target.querySelector(".statement-foot .state");
    const lang = /** @type {HTMLElement} */ (source.closest("[lang]")).lang;
    const name = (number.textContent || "").replace(/[[\]]/g, "");
    return {
      kind: "passage",
      label: wordsOf(".date"),
      name: dossier.say(isPassage ? "card_passage" : "card_annotation", { number: name }),
      lines: [wordsOf(".statement-head")].filter(Boolean),
      text: firstWords(withoutMarks(copy.textContent || "")),
      lang: lang === document.documentElement.lang ? "" : lang,
      quote: true,
      state: state ? state.className.replace("state", "").trim() : "",
      proof: wordsOf(".statement-foot .state"),
    };
  }

  /**
   * Returns the preview of what a link leads to, or null where it has none or its kind is switched off.
   * @param {HTMLAnchorElement} link
   * @returns {Preview | null}
   */
  function previewOf(link) {
    if (link.matches(MARKS)) return null;
    const key = keyOf(link.href) || "";
    const preview = previews.get(key);
    if (preview) return preview.label && kinds.includes(preview.kind) ? preview : null;
    const [page, anchor] = key.split("#");
    return anchor && page === own ? previewOfElement(anchor) : null;
  }

  /**
   * @param {string} address
   * @param {string} text
   */
  function makeLink(address, text) {
    const link = /** @type {HTMLAnchorElement} */ (make("a", "", text));
    link.href = address;
    return link;
  }

  /**
   * Returns a row of links with the words before them.
   * @param {string} before
   * @param {Place[]} places
   * @param {Place[]} last
   */
  function makeList(before, places, last = []) {
    const row = make("p", "card-list", make("span", "card-list-head", before));
    [...places, ...last].forEach(([key, text]) => row.append(" ", makeLink(addressOf(key), text)));
    return row;
  }

  /** @param {Preview} preview */
  function makeCited(preview) {
    /** @type {Place[]} */
    const all = preview.all && (preview.more || !preview.where) ? [[preview.all, preview.more || "…"]] : [];
    return makeList(preview.cited || "", preview.where || [], all);
  }

  /**
   * Returns the note that a mark leads to, without ids, each citation followed by how often and where it is cited.
   * @param {HTMLAnchorElement} mark
   * @returns {CardContent | null}
   */
  function contentOfNote(mark) {
    const note = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    const body = note && note.querySelector(".note-body");
    if (!note || !body) return null;
    const copy = /** @type {HTMLElement} */ (body.cloneNode(true));
    copy.className = "card-note";
    copy.querySelectorAll("button, aside, .note-label").forEach((part) => part.remove());
    [copy, ...copy.querySelectorAll("*")].forEach((part) => {
      OWN_ATTRIBUTES.forEach((name) => part.removeAttribute(name));
    });
    const told = new Set();
    const cited = Array.from(copy.querySelectorAll(".cited")).flatMap((part) => {
      const key = /** @type {HTMLElement} */ (part).dataset.cites || "";
      const preview = previews.get(key);
      if (!preview) return [];
      // On its own page a document's notes leave out the rights that the page tells.
      if (preview.rights && !part.querySelector(".cited-rights")) part.append(make("span", "cited-rights", preview.rights));
      if (!preview.cited || told.has(key)) return [];
      told.add(key);
      return [makeCited(preview)];
    });
    const kind = make("p", "card-kind", /** @type {HTMLElement} */ (note).dataset.kind || "");
    const go = make("p", "card-go", makeLink(mark.href, words.card_go_to_note));
    return { name: mark.getAttribute("aria-label") || "", parts: [kind, copy, ...cited, go] };
  }

  /**
   * Returns a preview in the order of its card: kind, name, what its record says, words and their proof, uses.
   * @param {HTMLAnchorElement} link
   * @returns {CardContent | null}
   */
  function contentOfPreview(link) {
    const preview = previewOf(link);
    if (!preview) return null;
    const parts = [];
    const name = make("p", "card-name", preview.name || "");
    if (preview.label) parts.push(make("p", "card-kind", preview.label));
    // The words of a source are its whole citation, title and all.
    if (preview.kind !== "source") parts.push(name);
    (preview.lines || []).forEach((line) => parts.push(make("p", "card-line", line)));
    if (preview.text) {
      const inner = make("span", "", preview.text);
      const [before, after] = preview.quote ? marks : ["", ""];
      const text = make("p", preview.quote ? "card-text quoted" : "card-text", before, inner, after);
      // Of a document, it is the title that is in its language; its digest is the editors'.
      const foreign = preview.kind === "document" ? name : inner;
      if (preview.lang) {
        foreign.lang = preview.lang;
        foreign.dir = "auto";
      }
      parts.push(text);
    }
    if (preview.proof) parts.push(make("p", "card-proof", make("span", `state ${preview.state}`, preview.proof)));
    if (preview.counts) parts.push(make("p", "card-line", preview.counts));
    if (preview.rights) parts.push(make("p", "card-line", preview.rights));
    if (preview.items) parts.push(makeList(preview.list || "", preview.items));
    if (preview.cited) parts.push(makeCited(preview));
    parts.push(make("p", "card-go", makeLink(link.href, words.card_go_to_page)));
    return { name: dossier.say("card_preview_of", { name: preview.name || "" }), parts };
  }

  dossier.cardContent = { contentOfNote, contentOfPreview, previewOf };
})();
