/**
 * Where there is no mouse to rest on a link: a small button in the margin, at the line where a page is first linked,
 * opens its preview. It stands outside the column of text: it neither moves nor covers a word, and a tap on the link
 * stays a tap on the link. Where one line would need two, the second page gets its button at its next link.
 */
(function () {
  "use strict";
  const dossier = /** @type {any} */ (window).dossier;
  const content = document.querySelector(".md-content__inner");
  if (!dossier || !dossier.cardContent || !content) return;
  const BUTTON = "preview-opener";
  const SIZE_PX = 24;
  const ROUNDS = 3;
  const WAIT_MS = 200;
  const media = matchMedia("(hover: none), (pointer: coarse), (max-width: 639.98px)");
  let isOn = false;
  let timer = 0;

  /** Returns the links of each page that has a preview, in the order of the text; folded ones are left out. */
  function linksByTarget() {
    /** @type {Map<string, HTMLAnchorElement[]>} */
    const links = new Map();
    for (const found of /** @type {Element} */ (content).querySelectorAll("a[href]:not(svg a)")) {
      const link = /** @type {HTMLAnchorElement} */ (found);
      if (link.closest(".card") || !link.getClientRects().length || !dossier.cardContent.previewOf(link)) continue;
      const known = links.get(link.href);
      if (known) known.push(link);
      else links.set(link.href, [link]);
    }
    return links;
  }

  /** @param {HTMLAnchorElement} link */
  function makeButton(link) {
    const button = document.createElement("button");
    const name = dossier.cardContent.previewOf(link).name || link.textContent;
    button.type = "button";
    button.className = BUTTON;
    button.setAttribute("aria-label", dossier.say("card_preview_of", { name }));
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => dossier.openPreview(link, button));
    link.after(button);
    return button;
  }

  /**
   * @param {DOMRect} one
   * @param {DOMRect} other
   */
  function overlap(one, other) {
    return Math.abs(one.top - other.top) < SIZE_PX && Math.abs(one.left - other.left) < SIZE_PX;
  }

  function refresh() {
    const focused = document.activeElement;
    if (focused && focused.closest("." + BUTTON + ", .card")) return;
    document.querySelectorAll("." + BUTTON).forEach((button) => button.remove());
    if (!isOn || !media.matches) return;
    /** @type {DOMRect[]} */
    const taken = [];
    let open = Array.from(linksByTarget().values());
    for (let round = 0; round < ROUNDS && open.length; round++) {
      const made = open.map((links) => makeButton(links[0]));
      const rects = made.map((button) => button.getBoundingClientRect());
      open = open.filter((links, index) => {
        const isTaken = taken.some((rect) => overlap(rect, rects[index]));
        if (isTaken) made[index].remove();
        else taken.push(rects[index]);
        return isTaken && links.length > 1;
      }).map((links) => links.slice(1));
    }
  }

  function refreshSoon() {
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT_MS);
  }

  /** @param {boolean} isWanted */
  dossier.showPreviewOpeners = function (isWanted) {
    isOn = isWanted;
    refresh();
  };
  media.addEventListener("change", refreshSoon);
  // Lines break anew when the screen turns or something opens in the text.
  new ResizeObserver(refreshSoon).observe(content);
})();
