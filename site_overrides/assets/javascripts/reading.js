/**
 * Reading a document: each annotated span has its note beside it on wide screens, and below its passage on demand on
 * narrow ones. The notes are copies of those in the ledger of the same page. Without script the marks lead there.
 */
(function () {
  "use strict";

  /** @typedef {{ id: string, number: string, mark: HTMLAnchorElement, passage: HTMLElement, note: HTMLElement | null }} Entry */

  // As many notes beside one passage; the rest is left to the ledger.
  const MOST_BESIDE = 8;
  const REM = parseFloat(getComputedStyle(document.documentElement).fontSize);
  // The space between two notes, and the least height that a note is cut to where many stand close together.
  const GAP = 0.5 * REM;
  const LEAST = 3.4 * REM;
  // How far notes may reach below the end of the text: the space before the next heading.
  const BELOW = 1.4 * REM;

  const text = /** @type {HTMLElement | null} */ (document.querySelector(".reading .transcription"));
  if (!text) return;
  const transcription = text;
  const { say } = /** @type {any} */ (window).dossier;
  // The same width as in reading.css.
  const wide = matchMedia("(min-width: 60em)");

  /** @param {string} id @returns {HTMLElement[]} */
  function spansOf(id) {
    return Array.from(transcription.querySelectorAll('mark[data-annotations~="' + CSS.escape(id) + '"]'));
  }

  /** @type {Entry[]} */
  const found = [];
  transcription.querySelectorAll(".annotation-mark a").forEach((link) => {
    const mark = /** @type {HTMLAnchorElement} */ (link);
    const id = decodeURIComponent(mark.hash).slice(3);
    const passage = /** @type {HTMLElement | null} */ (mark.closest(".passage"));
    if (!passage || !document.getElementById("a-" + id)) return;
    const number = (mark.textContent || "").replace(/[[\]]/g, "");
    found.push({ id: id, number: number, mark: mark, passage: passage, note: null });
  });
  if (!found.length) return;
  // In the order in which their words begin; a mark stands where they end.
  const pieces = Array.from(transcription.querySelectorAll("mark[data-annotations]"));
  /** @param {Entry} entry */
  const beginning = (entry) => pieces.indexOf(spansOf(entry.id)[0]);
  found.sort((one, other) => beginning(one) - beginning(other) || Number(one.number) - Number(other.number));
  const entries = new Map(found.map((entry) => [entry.id, entry]));

  /** @param {Element} statement */
  function headOf(statement) {
    return Array.from(statement.querySelectorAll(".statement-date .date, .statement-head > *"));
  }

  /** @param {Element[]} parts */
  const textOf = (parts) => parts.map((part) => part.textContent).join(" ");

  /** Who speaks to whom and when in most annotations, which their notes do not say again; empty if nothing is common. */
  const common = (() => {
    /** @type {Map<string, number>} */
    const counts = new Map();
    document.querySelectorAll(".statement[id]").forEach((statement) => {
      const head = textOf(headOf(statement));
      counts.set(head, (counts.get(head) || 0) + 1);
    });
    const [head, times] = Array.from(counts).sort((one, other) => other[1] - one[1])[0] || ["", 0];
    return times > 2 && times * 2 > entries.size ? head : "";
  })();

  /** @param {Element} statement @returns {Element[]} */
  function headParts(statement) {
    const parts = headOf(statement);
    return common && textOf(parts) === common && statement.querySelector(".statement-note") ? [] : parts;
  }

  /**
   * Returns the note of an annotation, made from its entry in the ledger and put behind its passage.
   * @param {Entry} entry
   */
  function noteOf(entry) {
    if (entry.note) return entry.note;
    const statement = /** @type {HTMLElement} */ (document.getElementById("a-" + entry.id));
    const note = document.createElement("aside");
    note.className = "side-note";
    note.id = "m-" + entry.id;
    note.tabIndex = -1;
    note.setAttribute("aria-label", say("reading_note", { number: entry.number }));
    note.lang = document.documentElement.lang;
    note.dir = document.body.dir || "ltr";
    const head = document.createElement("p");
    head.className = "side-head";
    const link = document.createElement("a");
    link.className = "side-number";
    link.href = "#a-" + entry.id;
    link.textContent = "[" + entry.number + "]";
    link.setAttribute("aria-label", say("reading_note_in_ledger", { number: entry.number }));
    head.append(link);
    headParts(statement).forEach((part) => { head.append(" ", part.cloneNode(true)); });
    note.append(head);
    const body = statement.querySelector(".statement-note");
    if (body) note.append.apply(note, Array.from(body.cloneNode(true).childNodes));
    note.querySelectorAll("[id]").forEach((element) => { element.removeAttribute("id"); });
    note.hidden = true;
    const behind = found.find((other) => other.note && other.passage === entry.passage && found.indexOf(other) > found.indexOf(entry));
    entry.passage.insertBefore(note, behind ? behind.note : null);
    entry.note = note;
    return note;
  }

  /* Beside the text */

  /** @returns {Map<HTMLElement, Entry[]>} */
  function byPassage() {
    /** @type {Map<HTMLElement, Entry[]>} */
    const groups = new Map();
    entries.forEach((entry) => {
      groups.set(entry.passage, (groups.get(entry.passage) || []).concat(entry));
    });
    return groups;
  }

  /**
   * Returns how many notes each passage may show, so that all have their least height in the height of the text.
   * @param {Entry[][]} groups @param {number} height
   */
  function mostBeside(groups, height) {
    for (let most = MOST_BESIDE; most > 1; most -= 1) {
      const needed = groups.reduce((sum, group) => { return sum + Math.min(group.length, most) * (LEAST + GAP); }, 0);
      if (needed <= height) return most;
    }
    return 1;
  }

  /** @param {HTMLElement} passage @param {Entry[]} rest */
  function showMore(passage, rest) {
    const more = document.createElement("p");
    more.className = "side-more side-note";
    const link = document.createElement("a");
    link.href = "#a-" + rest[0].id;
    link.textContent = say("reading_more_notes", { n: rest.length });
    more.append(link);
    passage.append(more);
    return more;
  }

  function clear() {
    transcription.querySelectorAll(".side-more").forEach((more) => { more.remove(); });
    entries.forEach((entry) => {
      entry.mark.removeAttribute("aria-expanded");
      entry.mark.removeAttribute("aria-controls");
      if (!entry.note) return;
      entry.note.hidden = true;
      entry.note.classList.remove("is-cut");
      entry.note.style.maxHeight = entry.note.style.top = "";
    });
  }

  /** Puts each note at the height of its span, cut where the next one is near, never above the one before. */
  function placeBeside() {
    clear();
    const box = transcription.getBoundingClientRect();
    let limit = box.height + BELOW;
    const groups = byPassage();
    let most = mostBeside(Array.from(groups.values()), limit);
    /** @type {{ element: HTMLElement, passage: HTMLElement, anchor: Element, least: number, desired: number, height: number, top: number }[]} */
    const placed = [];
    groups.forEach((group, passage) => {
      const shown = group.length === most + 1 ? group : group.slice(0, most);
      shown.forEach((entry) => {
        const note = noteOf(entry);
        note.hidden = false;
        placed.push({ element: note, passage: passage, anchor: spansOf(entry.id)[0] || entry.mark, least: LEAST, desired: 0, height: 0, top: 0 });
      });
      const rest = group.slice(shown.length);
      if (rest.length) {
        placed.push({ element: showMore(passage, rest), passage: passage, anchor: rest[0].mark, least: 0, desired: 0, height: 0, top: 0 });
      }
    });
    placed.forEach((one) => {
      one.desired = one.anchor.getClientRects()[0].top - box.top;
      one.height = one.element.offsetHeight;
    });
    let bottom = -GAP;
    placed.forEach((one, index) => {
      one.top = Math.max(one.desired, bottom + GAP);
      const next = placed[index + 1];
      const room = (next ? next.desired - GAP : limit) - one.top;
      const least = Math.min(one.height, one.least || one.height);
      one.height = Math.max(least, Math.min(one.height, room));
      bottom = one.top + one.height;
    });
    // What reaches below the text moves up again.
    for (let index = placed.length - 1; index >= 0; index -= 1) {
      const last = placed[index];
      last.top = Math.min(last.top, limit - last.height);
      limit = last.top - GAP;
    }
    placed.forEach((one) => {
      const offset = one.passage.getBoundingClientRect().top - box.top;
      one.element.style.top = one.top - offset + "px";
      if (one.height < one.element.scrollHeight - 1) {
        one.element.classList.add("is-cut");
        one.element.style.maxHeight = one.height + "px";
      }
    });
  }

  /* Below the passage */

  /** @param {Entry} entry @param {boolean} isOpen */
  function open(entry, isOpen) {
    const note = noteOf(entry);
    note.hidden = !isOpen;
    entry.mark.setAttribute("aria-controls", note.id);
    entry.mark.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) note.scrollIntoView({ block: "nearest" });
  }

  function prepareBelow() {
    clear();
    entries.forEach((entry) => { entry.mark.setAttribute("aria-expanded", "false"); });
  }

  /* What belongs together lights up together. */

  /** @param {string[]} ids */
  function light(ids) {
    transcription.querySelectorAll(".is-lit").forEach((element) => { element.classList.remove("is-lit"); });
    ids.forEach((id) => {
      spansOf(id).forEach((span) => { span.classList.add("is-lit"); });
      const entry = entries.get(id);
      if (entry && entry.note && !entry.note.hidden) entry.note.classList.add("is-lit");
    });
  }

  /** @param {EventTarget | null} target @returns {string[]} */
  function idsAt(target) {
    const element = target instanceof Element ? target.closest(".side-note, .annotation-mark, mark[data-annotations]") : null;
    if (!element) return [];
    if (element.matches("mark")) return (element.getAttribute("data-annotations") || "").split(" ");
    if (element.matches(".side-note")) return [element.id.slice(2)];
    return [decodeURIComponent(/** @type {HTMLAnchorElement} */ (element.querySelector("a")).hash).slice(3)];
  }

  function lightTarget() {
    const id = decodeURIComponent(location.hash).match(/^#[as]-(.+)$/);
    light(id ? [id[1]] : []);
  }

  /* Input */

  /** @param {EventTarget | null} target @returns {Entry | undefined} */
  function entryOfMark(target) {
    const link = target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (target.closest(".annotation-mark a")) : null;
    return link ? entries.get(decodeURIComponent(link.hash).slice(3)) : undefined;
  }

  transcription.addEventListener("click", (event) => {
    const entry = entryOfMark(event.target);
    if (!entry || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!wide.matches) {
      event.preventDefault();
      open(entry, !entry.note || entry.note.hidden === true);
    } else if (entry.note && !entry.note.hidden) {
      event.preventDefault();
      entry.note.focus({ preventScroll: false });
    }
  });

  transcription.addEventListener("keydown", (event) => {
    let entry = entryOfMark(event.target);
    if (event.key === " " && entry) {
      event.preventDefault();
      entry.mark.click();
    } else if (event.key === "Escape" && event.target instanceof Element) {
      const note = event.target.closest(".side-note");
      entry = entry || (note ? entries.get(note.id.slice(2)) : undefined);
      if (!entry || !entry.note || entry.note.hidden) return;
      if (!wide.matches) open(entry, false);
      entry.mark.focus();
    }
  });

  ["pointerover", "focusin"].forEach((name) => {
    transcription.addEventListener(name, (event) => { light(idsAt(event.target)); });
  });
  ["pointerleave", "focusout"].forEach((name) => {
    transcription.addEventListener(name, lightTarget);
  });
  addEventListener("hashchange", lightTarget);

  /* Layout */

  let waiting = 0;
  let width = -1;
  function layOut() {
    waiting = 0;
    if (wide.matches) placeBeside();
    lightTarget();
  }
  function plan() {
    if (!waiting) waiting = requestAnimationFrame(layOut);
  }
  /** Notes opened on a narrow screen stay open while its width does not change the kind of layout. */
  function change() {
    if (!wide.matches) prepareBelow();
    plan();
  }
  wide.addEventListener("change", change);
  document.fonts.ready.then(plan);
  new ResizeObserver(() => {
    const now = transcription.offsetWidth + transcription.offsetHeight / 1e6;
    if (now !== width) plan();
    width = now;
  }).observe(transcription);
  document.addEventListener("dossier:plain", plan);
  change();
})();
