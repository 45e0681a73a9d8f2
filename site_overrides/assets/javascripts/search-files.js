/**
 * Opens the search index. Over HTTP that is Pagefind's module as it is. From disk, where browsers refuse modules and
 * `fetch`, the same module comes from a Blob, with a `fetch` of its own that reads the scripts made by
 * generator/finish/search_scripts.py, each loaded when Pagefind asks for its file.
 */

/**
 * @typedef {object} Fragment What Pagefind keeps of a page.
 * @property {string} raw_url @property {string} content
 * @property {{id: string, location: number}[]} anchors
 * @property {Record<string, string[]>} filters @property {Record<string, string>} meta
 */
/**
 * @typedef {{id: string, score: number, words: number[], data: () => Promise<Fragment>}} PageResult Its `id` begins with the
 * days since the year 1 with 36 digits, and a line.
 */
/** @typedef {Record<string, Record<string, number>>} Counts How many pages have each value of each facet. */
/**
 * @typedef {object} SearchPart An index of some of the pages: Pagefind's own `PagefindInstance`.
 * @property {(words: string | null, options?: object) => Promise<{results: PageResult[], unfilteredResultCount: number, filters: Counts}>} search
 * @property {Record<string, (pointer: number, asked?: string) => string>} backend @property {number} raw_ptr
 * @property {(name: string) => Promise<void>} loadFilterChunk @property {number} pages
 */
/**
 * @typedef {object} SearchIndex
 * @property {SearchPart[]} parts @property {string[]} late The facets that are read when a reader asks for them.
 * @property {(facets: string[]) => Promise<Counts[]>} load Reads facets, and returns those read so far by part.
 */

(function () {
  "use strict";

  const dossier = /** @type {any} */ (window).dossier;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = new URL("../../pagefind/", script.src).href;
  // Never asked: the module's own `fetch` cuts it off.
  const nowhere = "https://dossier.invalid/";
  /** @type {Map<string, Uint8Array>} The bytes of each file that was read and not yet taken. */
  const read = new Map();
  /** @type {Promise<SearchIndex> | undefined} */
  let opened;

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
  dossier.fetchSearchFile = async function (address) {
    return new Response(await readFile(new URL(address).pathname.slice(1)));
  };

  /** Returns Pagefind's module, from a Blob whose first line is the module's own `fetch`. */
  async function importFromDisk() {
    const source = await readFile("pagefind.js");
    const parts = ["const fetch = window.dossier.fetchSearchFile;\n", source];
    return import(URL.createObjectURL(new Blob(parts, { type: "text/javascript" })));
  }

  /** @returns {Promise<SearchIndex>} */
  async function open() {
    const isDisk = location.protocol === "file:";
    const { PagefindInstance } = isDisk ? await importFromDisk() : await import(`${folder}pagefind.js`);
    const base = isDisk ? nowhere : folder;
    const root = new PagefindInstance({ basePath: base });
    await root.loadEntry();
    /** @type {[string, {wasm: string | null, page_count: number, late?: string[]}][]} */
    const entries = Object.entries(root.languages);
    const { wasm, late = [] } = entries[0][1];
    const program = root.loadWasm(wasm ?? "unknown");
    const parts = await Promise.all(entries.map(async ([name, entry]) => {
      const part = new PagefindInstance({
        basePath: entries.length > 1 ? `${base}${name}/` : base,
        // Whoever types a name is led to its page; a title counts for more than the words of a text. A long document is
        // as good an answer as a short page about it.
        ranking: { pageLength: 0.2, metaWeights: { alias: 10, title: 5, when: 1 } },
      });
      // One file tells of all parts, and one program reads them.
      Object.assign(part, {
        includeCharacters: root.includeCharacters, languages: { [name]: entry }, pages: entry.page_count,
        loadEntry: () => {}, loadWasm: () => program,
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
  dossier.openSearchIndex = function () {
    opened ??= open().catch((fault) => {
      opened = undefined;
      throw fault;
    });
    return opened;
  };
})();
