/**
 * Marks the words that led to this page from a search: those in `?mark=`, each a word, or a phrase in quotation marks.
 * Nothing is written into the text where the browser can highlight without (CSS Custom Highlight API).
 */
(function () {
  "use strict";

  const dossier = /** @type {any} */ (window).dossier;
  const { findPhrase, phraseOf, split, tokens } = /** @type {SearchWords} */ (dossier.searchWords);
  const blocks = "address,article,aside,blockquote,dd,details,div,dl,dt,figure,h1,h2,h3,h4,h5,h6,li,ol,p,pre,section,table,td,th,tr,ul";
  const skipped = "nav,script,style,template,form,button,sup,.passage-number,.statement-number,.note-label";
  // A page of thousands of marks helps nobody and takes seconds.
  const mostMarks = 2000;

  /** @typedef {{node: Text, start: number}} Piece A text node, and where it begins in the text of its block. */

  /** Returns the text of each block with the nodes that it is made of. @param {Element} article */
  function read(article) {
    /** @type {{text: string, pieces: Piece[]}[]} */
    const found = [];
    /** @type {Element | null} */
    let current = null;
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = /** @type {Element} */ (node.parentElement);
      if (parent.closest(skipped)) continue;
      const block = parent.closest(blocks);
      if (block !== current || !found.length) found.push({ text: "", pieces: [] });
      current = block;
      const last = found[found.length - 1];
      last.pieces.push({ node: /** @type {Text} */ (node), start: last.text.length });
      last.text += node.nodeValue;
    }
    return found;
  }

  /** @param {Piece[]} pieces @param {number} offset @param {boolean} isEnd */
  function pointOf(pieces, offset, isEnd) {
    const piece = pieces.filter(({ start }) => (isEnd ? start < offset : start <= offset)).pop() ?? pieces[0];
    return { node: piece.node, offset: offset - piece.start };
  }

  /** @param {string[]} marks @returns {Range[]} */
  function find(marks) {
    const wanted = marks.map((mark) => phraseOf(mark.replace(/^"|"$/g, "")));
    /** @type {Range[]} */
    const ranges = [];
    for (const article of document.querySelectorAll("article")) {
      for (const { text, pieces } of read(article)) {
        const words = tokens(text);
        const parts = words.map((token) => split(token.words));
        /** @type {Found[]} */
        const found = wanted.filter(({ groups }) => groups.length).flatMap((phrase) => findPhrase(parts, phrase));
        // In the order of the text, the longest first: a word within a phrase is marked with it.
        found.sort((one, other) => one.first - other.first || other.last - one.last);
        let end = -1;
        for (const { first, last } of found.filter(({ first, last }) => first > end && (end = last) >= 0)) {
          if (ranges.length >= mostMarks) return ranges;
          ranges.push(rangeOf(pieces, words[first], words[last]));
        }
      }
    }
    return ranges;
  }

  /**
   * Returns the range from the first letter of one token to the last of another.
   * @param {Piece[]} pieces @param {Token} first @param {Token} last
   */
  function rangeOf(pieces, first, last) {
    const range = document.createRange();
    const start = pointOf(pieces, first.start + first.words.search(/[\p{L}\p{N}]/u), false);
    const end = pointOf(pieces, last.start + last.words.replace(/[^\p{L}\p{N}\p{M}]+$/u, "").length, true);
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    return range;
  }

  /** Marks ranges and returns what takes the marks away. @param {Range[]} ranges */
  function paint(ranges) {
    if (typeof Highlight === "function" && CSS.highlights) {
      CSS.highlights.set("search", new Highlight(...ranges));
      return () => CSS.highlights.delete("search");
    }
    /** @type {HTMLElement[]} */
    const marks = [];
    // From the end: a node that is split keeps its beginning.
    for (const range of [...ranges].reverse()) {
      const { startContainer: node, startOffset: start, endContainer, endOffset } = range;
      if (!(node instanceof Text)) continue;
      const end = endContainer === node ? endOffset : node.length;
      const words = node.splitText(start);
      words.splitText(end - start);
      const mark = document.createElement("mark");
      mark.className = "search-mark";
      words.replaceWith(mark);
      mark.append(words);
      marks.push(mark);
    }
    return () => marks.forEach((mark) => {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent?.normalize();
    });
  }

  const address = new URL(location.href);
  const ranges = find(address.searchParams.getAll("mark"));
  if (!ranges.length) return;
  const erase = paint(ranges);
  const bar = document.createElement("div");
  bar.className = "search-marks";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const button = document.createElement("button");
  button.textContent = dossier.say("search_marks_off");
  bar.append(status, button);
  document.body.append(bar);
  status.textContent = dossier.say("search_marked", { n: ranges.length });

  function remove() {
    erase();
    bar.remove();
    document.removeEventListener("keydown", onKey);
    address.searchParams.delete("mark");
    address.hash = location.hash;
    history.replaceState(history.state, "", address);
  }
  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key === "Escape" && !event.defaultPrevented) remove();
  }
  button.addEventListener("click", remove);
  document.addEventListener("keydown", onKey);
})();
