/**
 * From what a reader types to pages and passages. Pagefind finds pages by stems and beginnings of words; what a query asks
 * for beyond that is checked here against the words of the pages: quotations word for word and within one block of text,
 * words with a hyphen, scripts without spaces, and that each word of the query is found at all.
 */

/**
 * @typedef {object} Query
 * @property {string[]} words Words that a page must have, as their stem or as the beginning of one of its words.
 * @property {string[]} typed The words as the reader wrote them.
 * @property {Phrase[]} phrases What must stand in this order.
 * @property {string[]} quoted The phrases as the reader sees them.
 */
/** @typedef {Record<string, string[]>} Chosen The values chosen by facet: one of them must be the page's. */
/** @typedef {{query: string, chosen: Chosen, sort: string}} Asked */
/** @typedef {{id: string, label: string, words: {before: string, words: string, isHit: boolean}[], isCut: [boolean, boolean]}} Passage */
/**
 * @typedef {object} Hit A page that was found.
 * @property {string} address Below the root of the site. @property {string} title
 * @property {string} kind @property {string[]} facts What stands beside the title: its kind and date.
 * @property {Passage[]} passages The passages found, the best first. @property {string[]} marks What to mark on the page.
 */
/**
 * @typedef {object} Answer
 * @property {number} count How many pages were found. @property {Counts} counts
 * @property {(start: number, end: number) => Promise<Hit[]>} hits Some of them, in their order.
 * @property {{missing?: string, quoted?: string}} why Why nothing was found, without the chosen facets.
 * @property {number} unchosen How many pages there are without the chosen facets.
 */

(function () {
  "use strict";

  const dossier = /** @type {any} */ (window).dossier;
  const { findPhrase, fold, isUnspaced, phraseOf, show, split, tokens } = /** @type {SearchWords} */ (dossier.searchWords);
  // “…”, „…“, «…», 「…」 and "…" are the same to whoever pastes a quotation.
  const quotes = /["\u201c-\u201f\u2033\u00ab\u00bb\u300c-\u300f\uff02]/g;
  // Words of a snippet; letters of a script without spaces count for less.
  const snippetLength = 34;
  const snippetLetters = 70;
  const before = 8;
  // Where few pages have all words of a phrase, each is checked: Pagefind does not see a phrase that has a word in two
  // spellings or that begins within `walk-back`.
  const fewPages = 150;
  const readAtOnce = 50;
  // The beginning that a word of a text shares with the one asked for, where its stem is another: "policies", "policy".
  const stemLetters = 4;
  const endLetters = 3;

  /**
   * @param {string} typed
   * @param {boolean} [isCut] Whether what has no spaces is cut into words, as the browser knows them.
   * @returns {Query}
   */
  function parse(typed, isCut) {
    /** @type {Query} */
    const query = { words: [], typed: [], phrases: [], quoted: [] };
    typed.normalize("NFC").replace(quotes, '"').split('"').forEach((piece, index, pieces) => {
      const isQuoted = index % 2 === 1;
      if (isQuoted) addPhrase(query, piece, index === pieces.length - 1);
      else (isCut ? cut(piece) : piece.split(/\s+/)).forEach((chunk) => addWords(query, chunk));
    });
    return query;
  }

  /** Returns words that stand without a space between them; single letters are none. @param {string} piece */
  function cut(piece) {
    const segments = new Intl.Segmenter(dossier.language, { granularity: "word" }).segment(piece);
    const words = Array.from(segments, ({ segment }) => segment);
    return words.some((word) => isUnspaced.test(word) && fold(word).length > 1) ? words : [piece];
  }

  /** @param {Query} query @param {string} words @param {boolean} isOpen */
  function addPhrase(query, words, isOpen) {
    const phrase = phraseOf(words, isOpen);
    if (phrase.groups.length) {
      query.phrases.push(phrase);
      query.quoted.push(words.trim());
    }
  }

  /**
   * Adds what stands between two spaces: words; or what must stand together, where they have hyphens or are of a script
   * without spaces.
   * @param {Query} query @param {string} chunk
   */
  function addWords(query, chunk) {
    const found = tokens(chunk);
    if (isUnspaced.test(chunk)) {
      if (found.length > 1) addPhrase(query, chunk, false);
      else addWord(query, fold(chunk), chunk);
      return;
    }
    for (const token of found) {
      const parts = split(token.words);
      if (parts.length > 1) addPhrase(query, token.words, true);
      else if (parts.length) addWord(query, parts[0], token.words);
    }
  }

  /** @param {Query} query @param {string} word @param {string} typed */
  function addWord(query, word, typed) {
    query.words.push(word);
    query.typed.push(typed.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  }

  /** @param {Phrase} phrase @param {string} joint */
  const written = (phrase, joint) => phrase.groups.map((group) => group.join(joint)).join(" ");

  /**
   * Returns the results of one search of Pagefind's, by page.
   * @param {SearchPart} part @param {string} words @returns {Promise<Map<string, PageResult>>}
   */
  async function pages(part, words) {
    const found = await part.search(words);
    return new Map(found.results.map((result) => [result.id, result]));
  }

  /**
   * Returns the pages that may have a phrase, and some that do not.
   * @param {SearchPart} part @param {Phrase} phrase @param {number} few
   */
  async function candidates(part, phrase, few) {
    const spaced = written(phrase, " ");
    const found = new Map();
    for (const words of new Set([written(phrase, ""), spaced])) {
      const quoted = phrase.isOpen && phrase.groups.length === 1 && !words.includes(" ") ? words : `"${words}"`;
      for (const [id, result] of await pages(part, quoted)) found.set(id, result);
    }
    const all = await pages(part, spaced);
    if (all.size <= few) for (const [id, result] of all) found.set(id, result);
    return found;
  }

  /**
   * Returns how many pages have a word, its stem or a word that begins with it. Pagefind takes the longest word that is
   * itself a beginning for one it does not know: "a" for "aardvark".
   * @param {SearchPart} part @param {string} word
   */
  async function countPages(part, word) {
    // No page has this facet: they are counted, but none is made out.
    const whole = (await part.search(`"${word}"`, { filters: { "": "" } })).unfilteredResultCount;
    const found = whole ? [] : (await part.search(word)).results;
    const first = found.find((result) => result.words.length) ?? found[0];
    if (!first) return whole;
    const page = await first.data();
    const texts = page.content.split(" ");
    const near = first.words.length ? first.words.map((at) => texts[at] ?? "") : Object.values(page.meta).flatMap((text) => text.split(" "));
    return near.some((text) => [...split(text), fold(text)].some((own) => isOneWord(own, fold(word)))) ? found.length : 0;
  }

  /** @param {string} one @param {string} asked */
  function isOneWord(one, asked) {
    if (one.startsWith(asked)) return true;
    let shared = 0;
    while (shared < one.length && one[shared] === asked[shared]) shared += 1;
    return shared >= stemLetters && shared >= asked.length - endLetters && shared >= one.length - endLetters;
  }

  /** @typedef {{words: string[], parts: Parts[], start: number, id: string, label: string, isSource: boolean}} Block */

  /** Returns the blocks of a page: within one, words follow each other. @param {Fragment} page @returns {Block[]} */
  function blocksOf(page) {
    const words = page.content.split(" ");
    const places = [...page.anchors].sort((one, other) => one.location - other.location);
    return places.map((place, index) => {
      const own = words.slice(place.location, places[index + 1]?.location ?? words.length);
      const [id, label, source] = place.id.split("|").map(decodeURIComponent);
      return { words: own, parts: own.map(split), start: place.location, id, label, isSource: source === "1" };
    });
  }

  /** @param {Fragment} page @param {Phrase} phrase @param {Block[]} blocks */
  function hasPhrase(page, phrase, blocks) {
    const names = [page.meta.title, page.meta.alias].map((text) => (text ?? "").split(" ").map(split));
    return [...blocks.map((block) => block.parts), ...names].some((parts) => findPhrase(parts, phrase).length > 0);
  }

  /** Any page fits where nothing is chosen. @param {Chosen} chosen @returns {Record<string, {any: string[]}>} */
  const filtersOf = (chosen) => Object.fromEntries(Object.entries(chosen).map(([facet, any]) => [facet, { any }]));

  /**
   * Returns the pages that answer a query without phrases; Pagefind counts the facets.
   * @param {SearchPart} part @param {string} words @param {Chosen} chosen
   */
  async function searchWordsAlone(part, words, chosen) {
    const found = await part.search(words, { filters: filtersOf(chosen) });
    const counts = { ...found.filters };
    // A chosen facet counts what choosing another of its values would find.
    for (const facet of Object.keys(chosen)) {
      counts[facet] = (await part.search(words, { filters: filtersOf({ ...chosen, [facet]: [] }) })).filters[facet];
    }
    return { results: found.results, counts, unchosen: found.unfilteredResultCount };
  }

  /**
   * Returns the pages that answer a query with phrases: those that may are read, and the facets counted here.
   * @param {SearchPart} part @param {Query} query @param {Chosen} chosen @param {number} few @param {() => boolean} isOver
   */
  async function searchPhrases(part, query, chosen, few, isOver) {
    const ordered = await pages(part, [...query.words, ...query.phrases.map((phrase) => written(phrase, " "))].join(" "));
    let left = query.words.length ? await pages(part, query.words.join(" ")) : undefined;
    for (const phrase of query.phrases) {
      const found = await candidates(part, phrase, few);
      left = new Map([...(left ?? found)].filter(([id]) => found.has(id)));
    }
    /** @type {Fragment[]} */
    const verified = [];
    /** @type {PageResult[]} */
    const results = [];
    const every = [...(left ?? [])];
    // Some at once, so that a reader who goes on typing need not wait for all.
    while (every.length && !isOver()) {
      await Promise.all(every.splice(0, readAtOnce).map(async ([id, result]) => {
        const page = await result.data();
        const blocks = blocksOf(page);
        if (!query.phrases.every((phrase) => hasPhrase(page, phrase, blocks))) return;
        verified.push(page);
        // What Pagefind does not find by all words comes last.
        if (fits(page, chosen)) results.push(ordered.get(id) ?? { ...result, score: 0 });
      }));
    }
    return { results, counts: count(verified, chosen), unchosen: verified.length };
  }

  /** How much a word says that so many pages have (BM25), as Pagefind reckons. @param {number} pages @param {number} having */
  const weightOf = (pages, having) => Math.log(1 + (pages - having + 0.5) / (having + 0.5));

  /** @param {number[]} numbers */
  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

  /**
   * Returns what one part answers; `having` is how many pages have each of the words.
   * @param {SearchPart} part @param {Query} query @param {Chosen} chosen @param {number} few @param {() => boolean} isOver
   */
  async function searchPart(part, query, chosen, few, isOver) {
    const having = await Promise.all(query.words.map((word) => countPages(part, word)));
    if (isOver() || having.includes(0)) return { part, having, results: [], counts: {}, unchosen: 0 };
    const found = query.phrases.length
      ? await searchPhrases(part, query, chosen, few, isOver)
      : await searchWordsAlone(part, query.words.join(" "), chosen);
    // Pagefind weighs a word by the pages with any word that begins so: a single one by all that were found.
    return { part, having: having[1] || query.phrases.length ? having : [found.unchosen], ...found };
  }

  /** @param {Fragment} page @param {Chosen} chosen @param {string} [without] */
  function fits(page, chosen, without) {
    return Object.entries(chosen).every(
      ([facet, values]) => facet === without || !values.length || values.some((value) => page.filters[facet]?.includes(value)),
    );
  }

  /** @param {Counts} counts @param {string} facet @param {string} value @param {number} n */
  function add(counts, facet, value, n) {
    const own = (counts[facet] ??= {});
    own[value] = (own[value] ?? 0) + n;
  }

  /** @param {Fragment[]} found @param {Chosen} chosen @returns {Counts} */
  function count(found, chosen) {
    /** @type {Counts} */
    const counts = {};
    for (const page of found) {
      for (const [facet, values] of Object.entries(page.filters)) {
        for (const value of values) add(counts, facet, value, Number(fits(page, chosen, facet)));
      }
    }
    return counts;
  }

  /**
   * Returns a page as a reader is shown it.
   * @param {PageResult} result @param {Query} query @returns {Promise<Hit>}
   */
  async function readHit(result, query) {
    const page = await result.data();
    const hits = new Set(query.words.length ? result.words : []);
    const marks = new Set(query.phrases.map((phrase) => `"${written(phrase, "-")}"`));
    for (const parts of (page.meta.title ?? "").split(" ").map(split)) if (query.words.length && isAsked(parts, query)) marks.add(parts.join("-"));
    /** @type {{block: Block, found: number[], kinds: number}[]} */
    const places = [];
    for (const block of blocksOf(page)) {
      // Where phrases were found by all their words, only the words asked for alone are marked.
      const isHit = (/** @type {number} */ at) => hits.has(block.start + at) && (!query.phrases.length || isAsked(block.parts[at], query));
      const found = new Set(block.words.map((_, at) => at).filter(isHit));
      const words = new Set([...found].map((at) => block.parts[at].join("-")));
      for (const word of words) marks.add(word);
      let kinds = words.size;
      for (const phrase of query.phrases) {
        const stands = findPhrase(block.parts, phrase);
        kinds += stands.length ? phrase.groups.length : 0;
        for (const { first, last } of stands) for (let at = first; at <= last; at += 1) found.add(at);
      }
      if (found.size) places.push({ block, found: [...found].sort((one, other) => one - other), kinds });
    }
    const best = [...places].sort(
      (one, other) => other.kinds - one.kinds || Number(other.block.isSource) - Number(one.block.isSource) || other.found.length - one.found.length,
    );
    const passages = onePerPlace(best).map(({ block, found }) => snippet(block, found));
    return {
      address: page.raw_url.split("/").slice(1).map(encoded).join("/"),
      title: plain(page.meta.title),
      kind: page.filters.page?.[0] ?? "page",
      facts: [(page.filters.kind ?? page.filters.what)?.[0], page.meta.when].filter((fact) => fact !== undefined),
      passages: passages.length ? passages : opening(page),
      marks: [...marks].slice(0, 20),
    };
  }

  /** Returns a part of an address: Pagefind gives it as it is in one version, percent-encoded in another. @param {string} part */
  function encoded(part) {
    try {
      return encodeURIComponent(decodeURIComponent(part));
    } catch {
      return encodeURIComponent(part);
    }
  }

  /** @param {Parts} parts @param {Query} query */
  function isAsked(parts, query) {
    return query.words.some((word) => [...parts, parts.join("")].some((part) => isOneWord(part, fold(word))));
  }

  /** @template {{block: Block}} Place @param {Place[]} places @returns {Place[]} */
  function onePerPlace(places) {
    const seen = new Set();
    return places.filter(({ block }) => !seen.has(block.id) && seen.add(block.id));
  }

  /** @param {string} [words] */
  const plain = (words = "") => show(words.split(" ")).map((word) => word.before + word.words).join("");

  /**
   * Returns the part of a block with most of the words found, and whether it was cut before and after.
   * @param {Block} block @param {number[]} found @returns {Passage}
   */
  function snippet(block, found) {
    const length = block.words.filter((word) => isUnspaced.test(word)).length * 2 > block.words.length ? snippetLetters : snippetLength;
    const most = found.map((first, at) => ({ first, hits: found.slice(at).filter((place) => place < first + length - before).length }));
    const densest = most.reduce((one, other) => (other.hits > one.hits ? other : one));
    const start = Math.max(0, Math.min(densest.first - before, block.words.length - length));
    const end = Math.min(block.words.length, start + length);
    const isFound = new Set(found);
    const words = show(block.words.slice(start, end)).map((word, at) => ({ ...word, isHit: isFound.has(start + at) }));
    return { id: block.id, label: block.label, words, isCut: [start > 0, end < block.words.length] };
  }

  /** Returns how a page begins, where only its name was found. @param {Fragment} page @returns {Passage[]} */
  function opening(page) {
    const prose = blocksOf(page).filter((block) => block.words.length > before && block.id !== "record");
    return prose.slice(0, 1).map((block) => ({ ...snippet(block, [0]), id: "", label: "" })).map((passage) => ({
      ...passage, words: passage.words.map((word) => ({ ...word, isHit: false })),
    }));
  }

  /**
   * Returns what the index answers, or undefined if the question was given up on the way.
   * @param {SearchIndex} index @param {Asked} asked @param {{facets: string[], isOver: () => boolean}} how
   * @returns {Promise<Answer | undefined>}
   */
  async function ask(index, asked, how) {
    const answer = await answerTo(index, parse(asked.query), asked, how);
    // Several words may have been written without a space between them.
    const isSearchedCut = answer?.unchosen === 0 && isUnspaced.test(asked.query) && "Segmenter" in Intl;
    const second = isSearchedCut ? await answerTo(index, parse(asked.query, true), asked, how) : undefined;
    return second?.unchosen ? second : answer;
  }

  /**
   * @param {SearchIndex} index @param {Query} query @param {Asked} asked
   * @param {{facets: string[], isOver: () => boolean}} how @returns {Promise<Answer | undefined>}
   */
  async function answerTo({ parts, load }, query, asked, { facets, isOver }) {
    if (facets.length) await load(facets);
    const found = await Promise.all(parts.map((part) => searchPart(part, query, asked.chosen, fewPages / parts.length, isOver)));
    if (isOver()) return undefined;
    const having = query.words.map((_, at) => sum(found.map((one) => one.having[at])));
    if (having.includes(0)) return nothing({ missing: query.typed[having.indexOf(0)] });
    const unchosen = sum(found.map((one) => one.unchosen));
    if (!unchosen) return nothing(whyNothing(query));
    const every = sum(parts.map(({ pages }) => pages));
    const results = found.flatMap(({ part, having: own, results }) => {
      // A part knows how rare a word is in it alone.
      const share = sum(having.map((n) => weightOf(every, n))) / sum(own.map((n) => weightOf(part.pages, n))) || 1;
      return results.map((result) => ({ ...result, score: result.score * share }));
    });
    const sign = { newest: -1, oldest: 1 }[asked.sort] ?? NaN;
    // Without a date last.
    const rank = (/** @type {PageResult} */ { id }) => sign * parseInt(id, 36) || Infinity;
    results.sort((one, other) => rank(one) - rank(other) || other.score - one.score);
    /** @type {Counts} */
    const counts = {};
    for (const one of found) {
      for (const [facet, values] of Object.entries(one.counts)) for (const [value, n] of Object.entries(values)) add(counts, facet, value, n);
    }
    return {
      count: results.length,
      counts,
      hits: (start, end) => Promise.all(results.slice(start, end).map((result) => readHit(result, query))),
      why: {},
      unchosen,
    };
  }

  /** Returns what of a query no page has, where that is one thing. @param {Query} query @returns {Answer["why"]} */
  function whyNothing(query) {
    if (query.words.length || query.phrases.length > 1) return {};
    return query.phrases[0].groups.length === 1 ? { missing: query.quoted[0] } : { quoted: query.quoted[0] };
  }

  /** @param {Answer["why"]} why @returns {Answer} */
  const nothing = (why) => ({ count: 0, counts: {}, hits: async () => [], why, unchosen: 0 });

  dossier.askSearch = ask;
  dossier.isSearchable = (/** @type {string} */ typed) => {
    const query = parse(typed);
    return query.words.length + query.phrases.length > 0;
  };
})();
