/**
 * Where the card stands: in the page right after the words that refer to it, so that Tab reaches it from there; on the
 * screen below its mark or, past the middle, above it. Narrow screens and fingers get a sheet at the bottom instead.
 */
(function () {
  "use strict";
  const dossier = /** @type {any} */ (window).dossier;
  if (!dossier) return;
  const ANCHOR = "--dossier-card";
  const GAP_PX = 8;
  const BLOCKS = "p, li, dd, dt, td, th, h1, h2, h3, h4, h5, h6, blockquote, pre, div, section, article";
  // What may hold an <aside> next to the blocks in it (HTML Standard, content models).
  const FLOW = "article, section, div, blockquote, li, dd, td, details, main";
  const hasAnchors = CSS.supports("anchor-name", ANCHOR) && CSS.supports("position-area", "block-end span-inline-end");
  /** @type {HTMLElement | null} */
  let anchored = null;

  /**
   * Yields the places for a card from the nearest on: after a block, or at its end where nothing may stand beside it.
   * @param {Element} mark
   * @returns {Generator<(card: Element) => void>}
   */
  function* spotsFor(mark) {
    let block = mark.closest(BLOCKS);
    while (block && !block.matches(".md-content__inner")) {
      const here = block;
      const parent = here.parentElement;
      const next = here.nextElementSibling;
      if (here.matches("th") && next && next.matches("td") && next.childNodes.length) yield (card) => next.prepend(card);
      if (here.matches("li, dd, td")) yield (card) => here.append(card);
      if (parent && parent.matches(FLOW)) yield (card) => here.after(card);
      block = parent;
    }
  }

  /**
   * Returns what would change if the card's place moved anything: rules on first and last elements count it.
   * @param {Element} mark
   */
  function measure(mark) {
    const block = mark.closest(BLOCKS) || mark;
    const rect = mark.getBoundingClientRect();
    const around = (block.parentElement || block).getBoundingClientRect();
    return [rect.x, rect.y, around.height, document.documentElement.scrollHeight].join();
  }

  /**
   * Puts the closed card into the page at the nearest place where it moves nothing.
   * @param {HTMLElement} card
   * @param {HTMLElement} mark
   */
  function insert(card, mark) {
    card.remove();
    const before = measure(mark);
    for (const put of spotsFor(mark)) {
      put(card);
      if (measure(mark) === before) return;
      card.remove();
    }
    const content = mark.closest(".md-content__inner");
    (content || document.body).append(card);
  }

  /**
   * Says where the card shall stand on the screen. It is shown already.
   * @param {HTMLElement} card
   * @param {HTMLElement} mark
   * @param {boolean} isSheet
   */
  function place(card, mark, isSheet) {
    leave();
    card.style.removeProperty("top");
    card.style.removeProperty("left");
    card.classList.toggle("sheet", isSheet);
    card.classList.toggle("anchored", hasAnchors && !isSheet);
    if (isSheet) return;
    const rect = mark.getBoundingClientRect();
    const isAbove = rect.top + rect.height / 2 > innerHeight / 2;
    card.classList.toggle("above", isAbove);
    if (hasAnchors) {
      mark.style.setProperty("anchor-name", ANCHOR);
      anchored = mark;
      return;
    }
    const isRightToLeft = getComputedStyle(mark).direction === "rtl";
    const size = card.getBoundingClientRect();
    const margin = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const start = isRightToLeft ? rect.right - size.width : rect.left;
    const left = Math.max(margin, Math.min(start, document.documentElement.clientWidth - size.width - margin));
    const top = isAbove ? rect.top - size.height - GAP_PX : rect.bottom + GAP_PX;
    card.style.setProperty("left", left + scrollX + "px");
    card.style.setProperty("top", top + scrollY + "px");
  }

  /** Takes the anchor away from the mark of a card that has closed. */
  function leave() {
    if (anchored) anchored.style.removeProperty("anchor-name");
    anchored = null;
  }

  dossier.cardPlace = { insert, place, leave };
})();
