/**
 * From what a reader types to pages and passages. Pagefind finds pages by stems and beginnings of words; what a query asks
 * for beyond that is checked here against the words of the pages: quotations word for word and within one block of text,
 * words with a hyphen, scripts without spaces, and that each word of the query is found at all.
 *
 * Over HTTP Pagefind's module is used as it is. From disk, where browsers refuse modules and `fetch`, it comes from a Blob,
 * with a `fetch` of its own that reads the scripts made by generator/finish/search_scripts.py as they are asked for.
 */

(function () {
  "use strict";

  const dossier = /** @type {any} */ (window).dossier;
  const folder = new URL("../../pagefind/", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  const isDisk = location.protocol === "file:";
  /** @type {Map<string, Uint8Array>} The bytes of each file that was read and not yet taken. */
  const read = new Map();
  /** @type {Promise<SearchIndex> | undefined} */
  let opened;
  const { findPhrase, fold, isUnspaced, phraseOf, show, split, tokens } = /** @type {SearchWords} */ (dossier.searchWords);
  // “…”, „…“, «…», 「…」 and "…" are the same to whoever pastes a quotation.
  const quotes = /["\u201c-\u201f\u2033\u00ab\u00bb\u300c-\u300f\uff02]/g;
  // Words of a snippet; letters of a script without spaces count for less.
  const snippetLength = 34;
  const snippetLetters = 70;
  const before = 8;
  // The beginning that a word of a text shares with the one asked for, where its stem is another: "policies", "policy".
  const stemLetters = 4;
  const endLetters = 3;

  /**
   * Called by the scripts of the index with a file's bytes.
   * @param {string} name @param {string} base64
   */
  dossier.storeSearchFile = function (name, base64) {
    const letters = atob(base64);
    const content = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) content[at] = letters.charCodeAt(at);
    read.set(name, content);
  };

  /** @param {string} name */
  async function readFile(name) {
    await dossier.runScript(`${folder}scripts/${name}.js`);
    const content = /** @type {BlobPart} */ (read.get(name));
    read.delete(name);
    return content;
  }

  /**
   * What Pagefind's module takes for `fetch`.
   * @param {string} address
   */
  dossier.fetchSearchFile = async (address) => new Response(await readFile(new URL(address).pathname.slice(1)));

  /** Returns Pagefind's module, from a Blob whose first line is the module's own `fetch`. */
  async function importFromDisk() {
    const parts = ["const fetch = dossier.fetchSearchFile;\n", await readFile("pagefind.js")];
    return import(URL.createObjectURL(new Blob(parts, { type: "text/javascript" })));
  }

  /** @returns {Promise<SearchIndex>} */
  async function open() {
    // That of no host is never asked: the module's own `fetch` cuts it off.
    const base = isDisk ? "https://dossier.invalid/" : folder;
    const entry = (isDisk ? dossier.fetchSearchFile : fetch)(`${base}pagefind-entry.json`, { cache: "no-cache" });
    const [{ PagefindInstance }, told] = await Promise.all([
      isDisk ? importFromDisk() : import(`${folder}pagefind.js`),
      entry.then((/** @type {Response} */ answer) => answer.json()),
    ]);
    /** @type {[string, {wasm: string | null, page_count: number, late?: string[]}][]} */
    const entries = Object.entries(told.languages);
    const [[, { wasm, late = [] }]] = entries;
    const program = new PagefindInstance({ basePath: base }).loadWasm(wasm ?? "unknown");
    const parts = await Promise.all(entries.map(async ([name, entry]) => {
      const part = new PagefindInstance({
        basePath: entries.length > 1 ? `${base}${name}/` : base,
        // Whoever types a name is led to its page; a title counts for more than the words of a text. A long document is
        // as good an answer as a short page about it.
        ranking: { pageLength: 0.2, metaWeights: { alias: 10, title: 5, when: 1 } },
      });
      const readWords = part.loadChunk.bind(part);
      // One file tells of all parts, and one program reads them.
      Object.assign(part, {
        includeCharacters: told.include_characters, languages: { [name]: entry }, pages: entry.page_count,
        loadEntry: () => {}, loadWasm: () => program,
        loadChunk: (/** @type {string} */ file) => (file[0] !== "+" || !part.isShort) && readWords(file.replace("+", "")),
      });
      await part.init(document.documentElement.lang, { load_wasm: true });
      // Tells if a file could not be read.
      await part.getPtr();
      return part;
    }));
    const load = (/** @type {string[]} */ facets) => Promise.all(parts.map(async (part) => {
      // A search for no word would read the files of all words.
      const asked = JSON.stringify(Object.fromEntries(facets.map((facet) => [facet, []])));
      const names = JSON.parse(part.backend.request_filter_indexes(part.raw_ptr, asked));
      await Promise.all(names.map((/** @type {string} */ name) => part.loadFilterChunk(name)));
      return JSON.parse(part.backend.filters(part.raw_ptr));
    }));
    return { parts, late, load };
  }

  /** Returns the index, opened once; after a failure it is tried again. @returns {Promise<SearchIndex>} */
  dossier.openSearchIndex = () => (opened ??= open().catch((fault) => {
    opened = undefined;
    throw fault;
  }));

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
   * Returns the kilobytes of files but for the known ones; search_part.py puts them into the names.
   * @param {string[]} names @param {Record<string, unknown>} known
   */
  const weigh = (names, known) => sum(names.map((name) => (known[name.replace("+", "")] ? 0 : 1.2 ** parseInt(name.slice(-1), 36))));

  /**
   * Takes the most frequent words out of a query that would read too much; returns them and the parts to ask.
   * @param {SearchPart[]} parts @param {Query} query
   */
  function spare(parts, query) {
    const all = () => [...query.words, ...query.phrases.map((phrase) => written(phrase, " "))].join(" ");
    const cost = (/** @type {string} */ words, some = parts, isExtra = false) => sum(some.map((part) => {
      /** @type {string[]} */
      const names = JSON.parse(part.backend.request_indexes(part.raw_ptr, words));
      return weigh(names.filter((name) => name.startsWith("+") === isExtra), part.loaded_chunks);
    }));
    // In kilobytes, of all parts or of each of many. The scripts that stand for files are a third larger.
    let left = Math.max(isDisk ? 300 : 400, 20 * parts.length);
    const unasked = [];
    while (query.words.length && all().includes(" ") && cost(all()) > left) {
      const costs = query.words.map((word) => cost(word));
      const dearest = costs.indexOf(Math.max(...costs));
      query.words.splice(dearest, 1);
      unasked.push(...query.typed.splice(dearest, 1));
    }
    const some = parts.filter((part, at) => (left -= cost(all(), [part])) > 0 || !at);
    for (const part of some) part.isShort = (left -= cost(all(), [part], true)) < 0;
    return { some, unasked, left: Math.max(1, left / some.length) };
  }

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
   * @param {SearchPart} part @param {Phrase} phrase @param {number} left
   */
  async function candidates(part, phrase, left) {
    const spaced = written(phrase, " ");
    const found = [];
    for (const words of new Set([written(phrase, ""), spaced])) {
      const quoted = phrase.isOpen && phrase.groups.length === 1 && !words.includes(" ") ? words : `"${words}"`;
      found.push(...(await pages(part, quoted)));
    }
    const all = await pages(part, spaced);
    // Pagefind does not see a phrase that has a word in two spellings or that begins within `walk-back`.
    if (weigh([...all.keys()], part.loaded_fragments) <= left) found.push(...all);
    return new Map(found);
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
   * @param {SearchPart} part @param {Query} query @param {Chosen} chosen @param {number} left
   */
  async function searchPhrases(part, query, chosen, left) {
    const ordered = await pages(part, [...query.words, ...query.phrases.map((phrase) => written(phrase, " "))].join(" "));
    let fitting = query.words.length ? await pages(part, query.words.join(" ")) : undefined;
    for (const phrase of query.phrases) {
      const found = await candidates(part, phrase, left);
      fitting = new Map([...(fitting ?? found)].filter(([id]) => found.has(id)));
    }
    /** @type {Fragment[]} */
    const verified = [];
    /** @type {PageResult[]} */
    const results = [];
    const every = [...(fitting ?? [])].filter(([id]) => left > 0 && ((left -= weigh([id], part.loaded_fragments)) || true));
    part.isShort ||= every.length < (fitting?.size ?? 0);
    await Promise.all(every.map(async ([id, result]) => {
      const page = await result.data();
      const blocks = blocksOf(page);
      if (!query.phrases.every((phrase) => hasPhrase(page, phrase, blocks))) return;
      verified.push(page);
      // What Pagefind does not find by all words comes last.
      if (fits(page, chosen)) results.push(ordered.get(id) ?? { ...result, score: 0 });
    }));
    return { results, counts: count(verified, chosen), unchosen: verified.length };
  }

  /** How much a word says that so many pages have (BM25), as Pagefind reckons. @param {number} pages @param {number} having */
  const weightOf = (pages, having) => Math.log(1 + (pages - having + 0.5) / (having + 0.5));

  /** @param {number[]} numbers */
  const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

  /**
   * Returns what one part answers; `having` is how many pages have each of the words.
   * @param {SearchPart} part @param {Query} query @param {Chosen} chosen @param {number} left Kilobytes of pages to read.
   * @param {() => boolean} isOver
   */
  async function searchPart(part, query, chosen, left, isOver) {
    const having = await Promise.all(query.words.map((word) => countPages(part, word)));
    if (isOver() || having.includes(0)) return { part, having, results: [], counts: {}, unchosen: 0 };
    const found = query.phrases.length
      ? await searchPhrases(part, query, chosen, left)
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
  dossier.askSearch = async function (index, asked, how) {
    const answer = await answerTo(index, parse(asked.query), asked, how);
    // Several words may have been written without a space between them.
    const isSearchedCut = answer?.unchosen === 0 && isUnspaced.test(asked.query) && "Segmenter" in Intl;
    const second = isSearchedCut ? await answerTo(index, parse(asked.query, true), asked, how) : undefined;
    return second?.unchosen ? second : answer;
  };

  /**
   * @param {SearchIndex} index @param {Query} query @param {Asked} asked
   * @param {{facets: string[], isOver: () => boolean}} how @returns {Promise<Answer | undefined>}
   */
  async function answerTo({ parts, load }, query, asked, { facets, isOver }) {
    if (facets.length) await load(facets);
    const { some, unasked, left } = spare(parts, query);
    const found = await Promise.all(some.map((part) => searchPart(part, query, asked.chosen, left, isOver)));
    if (isOver()) return undefined;
    const having = query.words.map((_, at) => sum(found.map((one) => one.having[at])));
    const unchosen = sum(found.map((one) => one.unchosen));
    // What of a query no page has, where that is one thing.
    const missing = query.typed[having.indexOf(0)];
    const [quoted] = unchosen || query.words.length + query.phrases.length > 1 ? [] : query.quoted;
    const every = sum(some.map(({ pages }) => pages));
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
      why: query.phrases[0]?.groups.length === 1 ? { missing: missing ?? quoted } : { missing, quoted },
      unchosen,
      unasked,
      isLeast: some.length < parts.length || some.some((part) => part.isShort),
    };
  }

  dossier.isSearchable = (/** @type {string} */ typed) => {
    const query = parse(typed);
    return query.words.length + query.phrases.length > 0;
  };
})();
