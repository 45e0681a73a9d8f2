/**
 * "Copy quotation": the words that are selected, or a passage, or the words of an annotation, with the citation and a
 * link that finds them. And a button to copy each citation and hash of the page.
 */
(() => {
  "use strict";
  const dossier = /** @type {any} */ (window).dossier;
  const words = dossier.strings;
  /** @type {HTMLElement | null} */
  const transcription = document.querySelector(".reading .transcription");
  const tools = document.querySelector(".reading-tools");
  const own = document.querySelector(".cite-own");

  /** @param {string} label @param {string} name @param {string} kind */
  function makeButton(label, name, kind) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button " + kind;
    button.textContent = label;
    if (name && name !== label) button.setAttribute("aria-label", name);
    return button;
  }

  /* To the clipboard, or else before the reader's eyes */

  const status = document.createElement("p");
  status.className = "copy-status";
  status.setAttribute("role", "status");
  document.body.append(status);
  let fading = 0;

  /** @param {string} message */
  function announce(message) {
    clearTimeout(fading);
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = message; });
    fading = setTimeout(() => { status.textContent = ""; }, 4000);
  }

  /** @param {string} text @returns {boolean} */
  function copyByCommand(text) {
    const area = document.createElement("textarea");
    const active = document.activeElement;
    const selection = getSelection();
    const ranges = selection ? Array.from({ length: selection.rangeCount }, (_, index) => selection.getRangeAt(index)) : [];
    area.value = text;
    area.readOnly = true;
    area.className = "copy-area";
    document.body.append(area);
    area.select();
    let isDone = false;
    try {
      isDone = document.execCommand("copy");
    } catch {
      isDone = false;
    }
    area.remove();
    if (active instanceof HTMLElement) active.focus({ preventScroll: true });
    if (selection) {
      selection.removeAllRanges();
      ranges.forEach((range) => selection.addRange(range));
    }
    return isDone;
  }

  /** @param {string} text */
  function showText(text) {
    const dialog = document.createElement("dialog");
    dialog.className = "copy-dialog";
    dialog.setAttribute("aria-label", words.quote_by_hand);
    const head = document.createElement("p");
    head.textContent = words.quote_by_hand;
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.rows = 8;
    area.setAttribute("aria-label", words.quote_by_hand);
    const close = makeButton(words.close, "", "close");
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.append(head, area, close);
    document.body.append(dialog);
    dialog.showModal();
    area.focus();
    area.select();
  }

  /** @param {string} text @param {string} message */
  async function copy(text, message) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!copyByCommand(text)) return showText(text);
    }
    announce(message);
  }

  /* The words of a quotation, and where they stand */

  /** @param {Element} passage */
  function numberOf(passage) {
    const number = passage.querySelector(".passage-number");
    return number ? (number.textContent || "").replace("¶", "").trim() : "";
  }

  /** @param {Node} node @returns {Element | null} */
  function passageOf(node) {
    const element = node instanceof Element ? node : node.parentElement;
    return element ? element.closest(".passage") : null;
  }

  /** @param {Range} range @returns {Element[]} */
  function passagesIn(range) {
    return transcription ? Array.from(transcription.querySelectorAll(".passage")).filter((one) => range.intersectsNode(one)) : [];
  }

  /** Returns the address of this page: the published one where this copy comes from disk and knows it. */
  function address() {
    /** @type {HTMLLinkElement | null} */
    const canonical = document.querySelector("link[rel=canonical]");
    return (location.protocol === "file:" && canonical ? canonical.href : location.href).split("#")[0];
  }

  /** @param {Element[]} passages */
  function cited(passages) {
    const citation = own ? (own.textContent || "").replace(/\s+/g, " ").trim() : document.title;
    const numbers = passages.map(numberOf).filter(Boolean);
    if (!numbers.length) return citation;
    const first = numbers[0];
    const last = numbers[numbers.length - 1];
    const place = first === last ? dossier.say("quote_passage", { number: first }) : dossier.say("quote_passages", { first, last });
    return dossier.say("quote_cited", { citation: citation.replace(/\.$/, ""), place });
  }

  /**
   * @param {string} quoted @param {Range} range @param {Element[]} passages
   * @param {Element} around what holds the words where no passage does
   */
  function quotation(quoted, range, passages, around) {
    const scope = document.createRange();
    const first = passages[0] || around;
    scope.setStartBefore(first);
    scope.setEndAfter(passages[passages.length - 1] || around);
    const directive = dossier.textFragment.find(range, scope);
    const link = address() + "#" + encodeURIComponent(first.id) + directive;
    return dossier.say("quote_words", { words: quoted }) + "\n\n" + cited(passages) + "\n" + link + "\n";
  }

  /** @param {Range} range @param {string} message */
  function copyRange(range, message) {
    const quoted = dossier.textFragment.wordsOf(range);
    const passages = passagesIn(range).filter((passage) => {
      const part = document.createRange();
      part.selectNodeContents(passage);
      if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
      if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
      return dossier.textFragment.wordsOf(part) !== "";
    });
    const around = document.getElementById("text") || transcription;
    if (quoted && around) void copy(quotation(quoted, range, passages, around), message);
  }

  /** @param {Element} passage */
  function copyPassage(passage) {
    const range = document.createRange();
    range.selectNodeContents(passage);
    copyRange(range, dossier.say("quote_copied_passage", { number: numberOf(passage) }));
  }

  /** @param {Element} statement */
  function copyStatement(statement) {
    const block = /** @type {Element} */ (statement.querySelector(".quotation"));
    const range = document.createRange();
    range.selectNodeContents(block);
    const [before, after] = words.quote_words.split("{words}");
    let quoted = dossier.textFragment.wordsOf(range);
    if (quoted.startsWith(before) && quoted.endsWith(after)) quoted = quoted.slice(before.length, quoted.length - after.length);
    const name = CSS.escape(statement.id.slice(2));
    const spans = transcription ? Array.from(transcription.querySelectorAll(`mark[data-annotations~="${name}"]`)) : [];
    if (spans.length) {
      range.setStartBefore(spans[0]);
      range.setEndAfter(spans[spans.length - 1]);
    }
    const passages = spans.length ? passagesIn(range) : [];
    void copy(quotation(quoted, range, passages, statement), words.quote_copied);
  }

  /* Buttons */

  /** Returns the selection if it is of words in the text. */
  function selectedRange() {
    const selection = getSelection();
    if (!transcription || !selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(transcription)) return null;
    const inside = document.createRange();
    inside.selectNodeContents(transcription);
    if (inside.compareBoundaryPoints(Range.START_TO_START, range) < 0) inside.setStart(range.startContainer, range.startOffset);
    if (inside.compareBoundaryPoints(Range.END_TO_END, range) > 0) inside.setEnd(range.endContainer, range.endOffset);
    return dossier.textFragment.wordsOf(inside) ? inside : null;
  }

  function passageAtHand() {
    const text = /** @type {HTMLElement} */ (transcription);
    const target = document.querySelector(":target");
    const aimed = target && text.contains(target) ? passageOf(target) : null;
    if (aimed) return aimed;
    const top = tools ? tools.getBoundingClientRect().bottom : 0;
    return Array.from(text.querySelectorAll(".passage")).find((one) => one.getBoundingClientRect().bottom > top + 20);
  }

  if (transcription && tools) {
    const button = makeButton(words.quote_copy, "", "quote-button");
    tools.append(button);
    // Pressing the button keeps the selection.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      const range = selectedRange();
      const passage = range ? null : passageAtHand();
      if (range) copyRange(range, words.quote_copied);
      else if (passage) copyPassage(passage);
    });

    const atSelection = makeButton(words.quote_copy, "", "quote-selection");
    atSelection.hidden = true;
    atSelection.tabIndex = -1; // the keyboard has the button above the text
    /** @type {HTMLElement} */ (transcription.parentElement).append(atSelection);
    atSelection.addEventListener("pointerdown", (event) => event.preventDefault());
    atSelection.addEventListener("click", () => {
      const range = selectedRange();
      if (range) copyRange(range, words.quote_copied);
      atSelection.hidden = true;
    });
    let waiting = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const range = selectedRange();
        atSelection.hidden = !range;
        if (!range) return;
        const around = /** @type {HTMLElement} */ (transcription.parentElement).getBoundingClientRect();
        const boxes = range.getClientRects();
        const end = boxes.length ? boxes[boxes.length - 1] : range.getBoundingClientRect();
        const room = around.width - atSelection.offsetWidth;
        atSelection.style.top = end.bottom - around.top + 6 + "px";
        atSelection.style.left = Math.max(0, Math.min(end.right - around.left - atSelection.offsetWidth / 2, room)) + "px";
      }, 150);
    });

    // One button for all passages: it goes to the number that has the pointer or the focus.
    const atNumber = makeButton(words.copy, "", "quote-passage");
    atNumber.addEventListener("click", () => {
      const passage = atNumber.closest(".passage");
      if (passage) copyPassage(passage);
    });
    /** @param {Event} event */
    const follow = (event) => {
      const number = event.target instanceof Element ? event.target.closest(".passage-number") : null;
      const passage = number && number.closest(".passage");
      if (!number || !passage || atNumber.previousSibling === number) return;
      atNumber.setAttribute("aria-label", dossier.say("quote_copy_passage", { number: numberOf(passage) }));
      number.after(atNumber);
    };
    transcription.addEventListener("pointerover", follow);
    transcription.addEventListener("focusin", follow);
  }

  document.querySelectorAll(".statement[id]").forEach((statement) => {
    const foot = statement.querySelector(".statement-foot");
    const number = statement.querySelector(".statement-number");
    if (!foot || !number) return;
    const name = dossier.say("quote_copy_annotation", { number: (number.textContent || "").replace(/[[\]]/g, "") });
    const button = makeButton(words.quote_copy, name, "quote-statement");
    button.addEventListener("click", () => copyStatement(statement));
    foot.append(button);
  });

  document.querySelectorAll(".copied").forEach((element) => {
    const block = element.closest(".cite-format, .hash, dd");
    const label = block && (block.matches("dd") ? block.previousElementSibling : block.querySelector("summary"));
    const name = label ? (label.textContent || "").trim() : "";
    const button = makeButton(words.copy, name && dossier.say("copy_what", { what: name }), "copy-citation");
    button.addEventListener("click", () => {
      const text = element.textContent || "";
      void copy(element.matches("pre") ? text.trimEnd() + "\n" : text.replace(/\s+/g, " ").trim(), words.quote_copied);
    });
    element.after(button);
  });
})();
