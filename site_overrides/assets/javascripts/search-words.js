/**
 * Words as search compares them, for the index, for queries, and for the words that are marked on a page.
 * The reading side of generator/text/search_words.py: the same signs, the same letters, the same tokens.
 */

/** @typedef {string[]} Parts The letters of a token, split at hyphens: `walk-back` has two parts, `Wyden’s` one. */
/** @typedef {{groups: Parts[], isOpen: boolean}} Phrase Words in their order; an open one may end in half a word. */
/** @typedef {{start: number, words: string}} Token @typedef {{before: string, words: string}} Shown */
/**
 * @typedef {object} SearchWords
 * @property {(parts: Parts[], phrase: Phrase) => Found[]} findPhrase @property {(words: string) => string} fold
 * @property {RegExp} isUnspaced @property {(words: string, isOpen?: boolean) => Phrase} phraseOf
 * @property {(words: string[]) => Shown[]} show @property {(word: string) => Parts} split
 * @property {(text: string) => Token[]} tokens
 */
/** @typedef {{first: number, last: number}} Found The first and the last of the tokens that are a phrase. */

(function () {
  "use strict";

  const dossier = /** @type {any} */ (window).dossier;
  /** @type {string} The inside of a class of letters, from generator/text/search_words.py. */
  const unspaced = dossier.settings.search.unspaced;
  const isUnspaced = new RegExp(`[${unspaced}]`, "u");
  const token = new RegExp(
    `[${unspaced}][^\\p{L}\\p{N}_\\s]*|(?:(?![${unspaced}])[^\\s\\u2013-\\u2015\\u2026])+[\\u2013-\\u2015\\u2026]*|[\\u2013-\\u2015\\u2026]+`,
    "gu",
  );
  // What stands between the parts of a token: anything but letters, their marks, apostrophes and the dots of "U.S."
  const between = /[^\p{L}\p{N}\p{M}'’`.]+/u;
  const standIns = new Map([["\ue000", "^"], ["\ue001", "~"], ["\ue002", "`"], ["`", "’"]]);

  /**
   * Returns the letters and figures alone, without accents and capitals: `Luján’s` gives `lujans`.
   * @param {string} words
   */
  function fold(words) {
    return words.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  }

  /** @param {string} word @returns {Parts} */
  function split(word) {
    return word.split(between).map(fold).filter(Boolean);
  }

  /**
   * Returns where the tokens of a text stand: each is one word of the index.
   * @param {string} text
   */
  function tokens(text) {
    return Array.from(text.matchAll(token), (match) => ({ start: match.index ?? 0, words: match[0] }));
  }

  /** @param {string} words @param {boolean} [isOpen] @returns {Phrase} */
  function phraseOf(words, isOpen = false) {
    const groups = tokens(words).map((word) => split(word.words));
    return { groups: groups.filter((parts) => parts.length), isOpen };
  }

  /**
   * Returns the words of the index as a reader writes them: each with what stands before it, a space or nothing.
   * @param {string[]} words
   */
  function show(words) {
    let last = "";
    let sign = "";
    return words.map((word) => {
      const end = /[\^~]$/.exec(word)?.[0] ?? "";
      const inner = (end ? word.slice(0, -1) : word).replace(/~/g, " ");
      const plain = inner.replace(/[\ue000-\ue002`]/g, (sign) => standIns.get(sign) ?? sign);
      const looksSpaced = !isUnspaced.test(last.slice(-1)) && !isUnspaced.test(Array.from(word)[0] ?? "");
      const before = last === "" ? "" : sign === "^" ? "" : sign === "~" || looksSpaced ? " " : "";
      last = end ? word.slice(0, -1) : word;
      sign = end;
      return { before, words: plain };
    });
  }

  /**
   * Returns where a phrase stands among the parts of consecutive tokens. `walk-back`, `walk back` and, where the phrase
   * has the hyphen, `walkback` are the same; so are `walkback` and the token `walk-back`.
   * @param {Parts[]} parts @param {Phrase} phrase @returns {Found[]}
   */
  function findPhrase(parts, phrase) {
    /** @type {{part: string, token: number, rest: Parts}[]} */
    const flat = [];
    parts.forEach((group, index) => group.forEach((part, nth) => flat.push({ part, token: index, rest: group.slice(nth) })));
    const found = [];
    for (let start = 0; start < flat.length; start += 1) {
      const end = matchFrom(flat, start, phrase);
      if (end > start) {
        found.push({ first: flat[start].token, last: flat[end - 1].token });
        start = end - 1;
      }
    }
    return found;
  }

  /**
   * Returns the end of the phrase that begins at this part, or -1.
   * @param {{part: string, rest: Parts}[]} flat @param {number} start @param {Phrase} phrase
   */
  function matchFrom(flat, start, phrase) {
    let at = start;
    for (let index = 0; index < phrase.groups.length; index += 1) {
      const group = phrase.groups[index];
      const isEnd = phrase.isOpen && index === phrase.groups.length - 1;
      const same = (/** @type {string} */ one, /** @type {string} */ other) => (isEnd ? one.startsWith(other) : one === other);
      const joined = group.join("");
      const here = flat[at];
      if (!here) return -1;
      const isHere = (/** @type {string} */ part, /** @type {number} */ nth) => {
        const own = flat[at + nth]?.part;
        return own !== undefined && (nth < group.length - 1 ? own === part : same(own, part));
      };
      if (group.every(isHere)) {
        at += group.length;
      } else if (same(here.part, joined)) {
        at += 1;
      } else if (here.rest.length > 1 && same(here.rest.join(""), joined)) {
        at += here.rest.length;
      } else {
        return -1;
      }
    }
    return at;
  }

  dossier.searchWords = { findPhrase, fold, isUnspaced, phraseOf, show, split, tokens };
})();
