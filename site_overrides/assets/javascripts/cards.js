/**
 * Opens and closes cards of notes and previews of pages, by mouse, keyboard and touch. A mark of a note stays a link to
 * the note, and the link of a page stays a link: without this script, or with cards switched off, that is all they are.
 */
(function () {
  "use strict";
  const dossier = /** @type {any} */ (window).dossier;
  if (!dossier || !dossier.cardContent || !("popover" in HTMLElement.prototype)) return;
  const { contentOfNote, contentOfPreview, previewOf } = dossier.cardContent;
  /** @type {Make} */
  const make = dossier.make;
  const { insert, place, leave } = dossier.cardPlace;
  const words = dossier.strings;
  const settings = dossier.settings.cards;
  const NOTE = "a.footnote-ref";
  const CARD_ID = "dossier-card";
  const SWITCH_KEY = "dossier.cards";
  const STILL_MS = 150; // so long after its last event is scrolling over
  const TAP_PX = 10; // a finger that moves farther scrolls
  const BACK_MS = 300;
  const hasMouse = matchMedia("(hover: hover) and (pointer: fine)");
  const isNarrow = matchMedia("(max-width: 639.98px)");

  let isOn = readSwitch();
  /** The mark or link whose card is open. @type {HTMLAnchorElement | null} */
  let open = null;
  /** What was pressed for it, where that is not the link itself. @type {HTMLElement | null} */
  let opener = null;
  let isSheet = false;
  let isByMouse = false;
  let isEntered = false; // the keyboard went into the card
  let isFollowing = false;
  let closedAt = -Infinity;
  /** @type {HTMLAnchorElement | null} */
  let waiting = null;
  /** Closed by Escape or followed while the mouse rests on it. @type {HTMLAnchorElement | null} */
  let dismissed = null;
  let openTimer = 0;
  let closeTimer = 0;
  let scrollTimer = 0;
  const pointer = { x: -1, y: -1, type: "", downX: 0, downY: 0 };

  const card = make("aside", "card");
  card.id = CARD_ID;
  card.popover = "manual";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");

  /* Which links have cards */

  /** @type {WeakMap<HTMLAnchorElement, boolean>} */
  const known = new WeakMap();

  /** @param {EventTarget | null} target */
  function linkAt(target) {
    if (!(target instanceof Element) || card.contains(target)) return null;
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest(".md-content__inner a[href]:not(svg a)"));
    if (!link || !isOn) return null;
    if (!known.has(link)) known.set(link, isNote(link) ? settings.notes : !!previewOf(link));
    return known.get(link) ? link : null;
  }

  /** @param {Element} link */
  function isNote(link) {
    return link.matches(NOTE);
  }

  /* Opening and closing */

  /**
   * @param {HTMLAnchorElement} link
   * @param {"mouse" | "keyboard" | "touch"} means
   * @param {HTMLElement} [button]
   */
  function show(link, means, button) {
    stopWaiting();
    clearTimeout(closeTimer);
    closeTimer = 0;
    const content = isNote(link) ? contentOfNote(link) : contentOfPreview(link);
    if (!content) return;
    const wasSheet = isSheet;
    if (open) hide();
    open = link;
    opener = button || null;
    isByMouse = means === "mouse";
    isSheet = isNarrow.matches || means === "touch";
    card.setAttribute("aria-label", content.name);
    card.replaceChildren(...(isSheet ? [makeClose()] : []), ...content.parts, makeFoot(means));
    insert(card, link);
    card.showPopover();
    card.scrollTop = 0;
    place(card, link, isSheet);
    trigger().setAttribute("aria-expanded", "true");
    trigger().setAttribute("aria-controls", CARD_ID);
    link.classList.add("has-card");
    if (isSheet && !wasSheet) pushSheet();
    if (!isByMouse) enter();
  }

  /** Returns what opens the open card: its link, or the button beside it. */
  function trigger() {
    return opener || /** @type {HTMLAnchorElement} */ (open);
  }

  function enter() {
    isEntered = true;
    card.focus({ preventScroll: true });
  }

  /** Takes the card off the screen and its link back to what it was. */
  function hide() {
    const link = /** @type {HTMLAnchorElement} */ (open);
    card.hidePopover();
    leave();
    if (isNote(link) || opener) trigger().setAttribute("aria-expanded", "false");
    else ["aria-expanded", "aria-controls"].forEach((name) => link.removeAttribute(name));
    link.classList.remove("has-card");
    open = null;
    isSheet = false;
    isEntered = false;
    closedAt = performance.now();
  }

  /**
   * Closes the card; the focus goes back to its link if it was in the card.
   * @param {{keepsHistory?: boolean, then?: () => void}} [how]
   */
  function close({ keepsHistory = false, then } = {}) {
    clearTimeout(closeTimer);
    closeTimer = 0;
    if (!open) return;
    const back = card.contains(document.activeElement) ? trigger() : null;
    const wasSheet = isSheet;
    hide();
    if (back) back.focus({ preventScroll: true });
    if (wasSheet && !keepsHistory) popSheet(then);
    else if (then) then();
  }

  function makeClose() {
    const button = make("button", "card-close", "×");
    button.type = "button";
    button.setAttribute("aria-label", words.close);
    button.addEventListener("click", () => close());
    return button;
  }

  /** @param {string} means */
  function makeFoot(means) {
    const button = make("button", "card-off", words.card_turn_off);
    button.type = "button";
    button.addEventListener("click", () => turn(false));
    const keys = means === "keyboard" ? [make("span", "card-keys", words.card_keys), " "] : [];
    return make("p", "card-foot", ...keys, button);
  }

  /* A sheet is a step in the history, so that Back closes it. */

  /** @type {(() => void) | undefined} */
  let afterBack;

  function pushSheet() {
    // Going back would scroll to where the sheet was opened.
    history.scrollRestoration = "manual";
    history.pushState({ card: true }, "");
  }

  /** @param {(() => void) | undefined} then */
  function popSheet(then) {
    const isOurs = history.state && history.state.card;
    afterBack = then;
    if (isOurs) history.back();
    // A browser that refuses to go back must still follow the link.
    if (then) setTimeout(finishBack, isOurs ? BACK_MS : 0);
  }

  function finishBack() {
    const then = afterBack;
    afterBack = undefined;
    if (then) then();
  }

  addEventListener("popstate", () => {
    if (open && isSheet && !(history.state && history.state.card)) close({ keepsHistory: true });
    if (!(history.state && history.state.card)) history.scrollRestoration = "auto";
    finishBack();
  });

  /* Mouse */

  function stopWaiting() {
    clearTimeout(openTimer);
    waiting = null;
  }

  function closeSoon() {
    if (!open || closeTimer || !isByMouse || isSheet || card.matches(":has(:focus-visible), :focus-visible")) return;
    closeTimer = setTimeout(close, settings.close_delay_ms);
  }

  /**
   * Returns whether the mouse is on its way to the open card, and only crosses other links.
   * @param {number} x
   * @param {number} y
   */
  function isNearing(x, y) {
    const rect = card.getBoundingClientRect();
    /** @param {number} px @param {number} py */
    const distance = (px, py) => Math.hypot(
      Math.max(rect.left - px, px - rect.right, 0),
      Math.max(rect.top - py, py - rect.bottom, 0)
    );
    return distance(x, y) < distance(pointer.x, pointer.y);
  }

  /**
   * @param {HTMLAnchorElement} link
   * @param {boolean} isPassing
   */
  function wait(link, isPassing) {
    stopWaiting();
    const isNext = open ? !isPassing : performance.now() - closedAt < settings.next_within_ms;
    if (isNext) {
      show(link, "mouse");
      return;
    }
    waiting = link;
    openTimer = setTimeout(() => show(link, "mouse"), isNote(link) ? settings.note_delay_ms : settings.preview_delay_ms);
  }

  /**
   * @param {EventTarget | null} target
   * @param {boolean} isPassing
   */
  function pointAt(target, isPassing) {
    const link = linkAt(target);
    if (link !== dismissed) dismissed = null;
    if (open && (link === open || (target instanceof Node && card.contains(target)))) {
      stopWaiting();
      clearTimeout(closeTimer);
      closeTimer = 0;
      return;
    }
    closeSoon();
    if (!link) stopWaiting();
    else if (link !== waiting && link !== dismissed && !scrollTimer && (!open || isByMouse)) wait(link, isPassing);
  }

  document.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons || !hasMouse.matches || isNarrow.matches) return;
    const { clientX, clientY } = event;
    if (clientX === pointer.x && clientY === pointer.y) return; // the page moved, not the mouse
    const isPassing = !!open && isNearing(clientX, clientY);
    pointer.x = clientX;
    pointer.y = clientY;
    pointAt(event.target, isPassing);
  }, { passive: true });

  document.documentElement.addEventListener("pointerleave", () => {
    stopWaiting();
    closeSoon();
  });

  document.addEventListener("scroll", () => {
    stopWaiting();
    clearTimeout(scrollTimer);
    scrollTimer = setTimeout(() => {
      scrollTimer = 0;
      const target = document.elementFromPoint(pointer.x, pointer.y);
      if (open && isByMouse && target !== open && !card.contains(target)) closeSoon();
    }, STILL_MS);
  }, { passive: true });

  /* Keyboard */

  /** Follows the link of the open card. */
  function follow() {
    const link = /** @type {HTMLAnchorElement} */ (open);
    close({
      then() {
        isFollowing = true;
        link.click();
        isFollowing = false;
      },
    });
  }

  document.addEventListener("keydown", (event) => {
    const hasModifier = event.ctrlKey || event.metaKey || event.shiftKey;
    pointer.type = "";
    if (event.key === "Escape" && (open || waiting)) {
      dismissed = open || waiting;
      stopWaiting();
      close();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && event.target === card && !hasModifier) {
      event.preventDefault();
      follow();
      return;
    }
    const link = linkAt(event.target);
    if (!link || hasModifier) return;
    const isAsked = event.altKey ? event.key === "ArrowDown" : isNote(link) && (event.key === "Enter" || event.key === " ");
    if (!isAsked) return;
    event.preventDefault();
    if (link === open && isEntered && event.key === "Enter") follow();
    else if (link === open) enter();
    else show(link, "keyboard");
  }, true);

  document.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    const link = linkAt(target);
    if (link && !isNote(link)) link.setAttribute("aria-keyshortcuts", "Alt+ArrowDown");
    // The card must not cover what Tab has gone on to.
    if (open && isEntered && !pointer.type && !card.contains(target) && !trigger().contains(target) && !open.contains(target)) close();
  });

  /* Touch and clicks */

  document.addEventListener("pointerdown", (event) => {
    pointer.type = event.pointerType;
    pointer.downX = event.clientX;
    pointer.downY = event.clientY;
  }, { capture: true, passive: true });

  document.addEventListener("pointerup", (event) => {
    const target = /** @type {Element} */ (event.target);
    const isTap = Math.hypot(event.clientX - pointer.downX, event.clientY - pointer.downY) < TAP_PX;
    if (!open || !isTap || card.contains(target) || target.closest("a[href], .preview-opener")) return;
    close();
  }, { passive: true });

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const clicked = /** @type {HTMLAnchorElement | null} */ (target.closest("a[href]:not(svg a)"));
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!clicked || isFollowing || event.defaultPrevented || !isPlain) return;
    const link = linkAt(clicked);
    // Without a pointer it is a screen reader that clicks.
    const isPressed = event.detail === 0;
    if (link && isNote(link) && !(link === open && isEntered) && (isPressed || isNarrow.matches || pointer.type === "touch")) {
      event.preventDefault();
      show(link, isPressed && !isNarrow.matches ? "keyboard" : "touch");
    } else if (open && isSheet) {
      event.preventDefault();
      close({ then: () => location.assign(clicked.href) });
    } else {
      stopWaiting();
      dismissed = link;
      close();
    }
  });

  /**
   * @param {HTMLAnchorElement} link
   * @param {HTMLElement} button
   */
  dossier.openPreview = function (link, button) {
    if (open === link) close();
    else show(link, pointer.type === "mouse" && !isNarrow.matches ? "keyboard" : "touch", button);
  };

  addEventListener("beforeprint", () => close());
  addEventListener("pagehide", () => {
    if (open) hide();
  });

  /* The switch */

  function readSwitch() {
    try {
      return localStorage.getItem(SWITCH_KEY) !== "off";
    } catch {
      return true; // refused, as for some folders opened from disk: on until the page is left
    }
  }

  /** @param {boolean} isWanted */
  function turn(isWanted) {
    isOn = isWanted;
    try {
      if (isWanted) localStorage.removeItem(SWITCH_KEY);
      else localStorage.setItem(SWITCH_KEY, "off");
    } catch {
      // Kept for this page alone.
    }
    stopWaiting();
    close();
    prepare();
  }

  /** Tells assistive technology which marks open a card, and writes what the switch does. */
  function prepare() {
    document.querySelectorAll(".md-content__inner " + NOTE).forEach((mark) => {
      const values = { "aria-haspopup": "dialog", "aria-expanded": "false", "aria-controls": CARD_ID };
      for (const [name, value] of Object.entries(values)) {
        if (isOn && settings.notes) mark.setAttribute(name, value);
        else mark.removeAttribute(name);
      }
    });
    dossier.showPreviewOpeners(isOn && settings.previews.length > 0);
    toggle.textContent = isOn ? words.card_turn_off : words.card_turn_on;
  }

  const toggle = make("button", "card-toggle");
  toggle.type = "button";
  toggle.addEventListener("click", () => turn(!isOn));
  const content = document.querySelector(".md-content__inner");
  if (!content || !(settings.notes || settings.previews.length)) return;
  content.append(card);
  const foot = document.querySelector("[data-card-switch]");
  if (foot) foot.append(toggle);
  prepare();
})();
