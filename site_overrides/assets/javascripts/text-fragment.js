/**
 * Makes links that find words on a page: text fragments (WICG, "URL Fragment Text Directives"). `find` returns what
 * follows the id in the address, `wordsOf` the words of a range without the apparatus that stands among them.
 */
(() => {
  "use strict";
  const APPARATUS = ".annotation-mark, .note-mark, .passage-number, .side-note, .number-line, button";
  // Where the words of one block end: no text directive reaches over it but as start and end.
  const BLOCKS = "p, li, blockquote, pre, td, th, tr, table, ul, ol, div, h1, h2, h3, h4, h5, h6, dt, dd, dl, section, aside, nav, article, header, footer, summary, details";
  const BREAK = "\uFFFC";
  // Longer quotations are found by their first and last words.
  const LONGEST = 160;
  const SOME_WORDS = 4;
  const MOST_WORDS = 24;

  /**
   * Returns the text of a range, letter for letter: white space as spaces, BREAK for apparatus and between blocks.
   * @param {Range} range
   */
  function flatten(range) {
    const holder = document.createElement("div");
    holder.append(range.cloneContents());
    let flat = "";
    /** @param {Node} node */
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        flat += (node.nodeValue || "").replace(/\s/g, " ");
      } else if (node instanceof Element) {
        if (node.matches(APPARATUS)) flat += BREAK;
        else if (node.matches("br")) flat += " ";
        else {
          const isBlock = node !== holder && node.matches(BLOCKS);
          if (isBlock) flat += BREAK;
          node.childNodes.forEach(walk);
          if (isBlock) flat += BREAK;
        }
      }
    };
    walk(holder);
    return flat;
  }

  /** @param {string} text */
  const squeeze = (text) => text.replace(/ +/g, " ").trim();

  /** @param {Range} range */
  function wordsOf(range) {
    const holder = document.createElement("div");
    holder.append(range.cloneContents());
    holder.querySelectorAll(APPARATUS).forEach((element) => element.remove());
    holder.querySelectorAll("br").forEach((element) => element.replaceWith(" "));
    holder.querySelectorAll(BLOCKS).forEach((element) => { element.before(BREAK); element.after(BREAK); });
    const parts = (holder.textContent || "").replace(/\s+/g, " ").split(BREAK).map(squeeze);
    return parts.filter(Boolean).join("\n\n");
  }

  /**
   * Returns the places where words begin and end in a text, as pairs, by the rules of its language.
   * @param {string} text @param {string} language @returns {[number, number][]}
   */
  function wordsIn(text, language) {
    if (!("Segmenter" in Intl)) {
      return Array.from(text.matchAll(/[^\s\uFFFC]+/g), (found) => [found.index || 0, (found.index || 0) + found[0].length]);
    }
    /** @type {[number, number][]} */
    const found = [];
    let segmenter;
    try {
      segmenter = new Intl.Segmenter(language || undefined, { granularity: "word" });
    } catch {
      segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
    }
    for (const part of segmenter.segment(text)) {
      if (part.isWordLike) found.push([part.index, part.index + part.segment.length]);
    }
    return found;
  }

  /** @param {string} text */
  const encode = (text) => encodeURIComponent(text).replace(/-/g, "%2D");

  /**
   * Returns the words of the page up to a range: what a browser looks through before it comes there.
   * @param {Range} range
   */
  function textBefore(range) {
    const before = document.createRange();
    before.setStart(document.body, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const holder = document.createElement("div");
    holder.append(before.cloneContents());
    holder.querySelectorAll("script, style, template, noscript, [hidden], .side-note, button").forEach((one) => one.remove());
    holder.querySelectorAll(BLOCKS).forEach((one) => { one.before("\n"); one.after("\n"); });
    return (holder.textContent || "").replace(/[^\S\n]+/g, " ").toLowerCase();
  }

  /** @param {string} text @param {string} part */
  const count = (text, part) => text.split(part).length - 1;

  /**
   * Returns `:~:text=…` for a range, empty where that would lead elsewhere. `scope` is what stands around it.
   * @param {Range} range @param {Range} scope
   */
  function find(range, scope) {
    const before = document.createRange();
    before.setStart(scope.startContainer, scope.startOffset);
    before.setEnd(range.startContainer, range.startOffset);
    const after = document.createRange();
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(scope.endContainer, scope.endOffset);
    const head = flatten(before).replace(/\uFFFC+$/, "");
    const middle = flatten(range);
    const flat = head + middle + flatten(after).replace(/^\uFFFC+/, "");
    const element = range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement;
    const holder = element ? element.closest("[lang]") : null;
    const all = wordsIn(flat, holder ? holder.getAttribute("lang") || "" : "");
    // Whole words only: a directive does not match within a word.
    const meant = all.filter(([start, end]) => end > head.length && start < head.length + middle.length);
    if (!meant.length) return "";
    const first = all.indexOf(meant[0]);
    const last = first + meant.length - 1;
    const earlier = textBefore(range);

    /** @param {number} from @param {number} to */
    const between = (from, to) => squeeze(flat.slice(all[from][0], all[to][1]));
    /** @param {number} from @param {number} to */
    const isWhole = (from, to) => !flat.slice(all[from][0], all[to][1]).includes(BREAK);
    /** How many words from `index` on, at most `most`, stand without a break. @param {number} index @param {number} step @param {number} most @param {number} edge */
    const run = (index, step, most, edge) => {
      let reach = 0;
      while (reach + 1 < most && index + step * (reach + 1) !== edge + step && isWhole(Math.min(index, index + step * (reach + 1)), Math.max(index, index + step * (reach + 1)))) reach += 1;
      return index + step * reach;
    };

    let start = between(first, last);
    let end = "";
    if (!isWhole(first, last) || start.length > LONGEST) {
      const stop = run(first, 1, SOME_WORDS, last);
      let back = SOME_WORDS;
      start = between(first, stop);
      do {
        end = between(Math.max(run(last, -1, back, first), stop === last ? last : Math.min(stop + 1, last)), last);
        back += 2;
        // The first place after the start counts.
      } while (back < MOST_WORDS && count(squeeze(flat.slice(all[stop][1], all[last][1]).replace(/\uFFFC/g, " ")), end) > 1);
    }
    // The first place on the page counts, so that words which stand earlier, too, need those around them.
    let prefix = "";
    let suffix = "";
    const isElsewhere = () => earlier.includes(squeeze(prefix + " " + start + suffix).toLowerCase());
    for (let most = 2; most <= MOST_WORDS && first > 0 && isElsewhere(); most += 2) {
      const from = run(first, -1, most, 0);
      prefix = from < first ? squeeze(flat.slice(all[from][0], all[first][0])) : "";
    }
    for (let most = 2; !end && most <= MOST_WORDS && last < all.length - 1 && isElsewhere(); most += 2) {
      const to = run(last, 1, most, all.length - 1);
      suffix = to > last ? flat.slice(all[last][1], all[to][1]).replace(/ +/g, " ") : "";
    }
    if (isElsewhere()) return "";
    const parts = [
      prefix ? encode(prefix) + "-" : "",
      encode(start),
      end ? encode(end) : "",
      squeeze(suffix) ? "-" + encode(squeeze(suffix)) : "",
    ];
    return ":~:text=" + parts.filter(Boolean).join(",");
  }

  /** @type {any} */ (window).dossier.textFragment = { find, wordsOf };
})();
