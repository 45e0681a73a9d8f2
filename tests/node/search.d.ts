// What the scripts of search hand to each other. It stands here, as what stands beside them is published.

/** What Pagefind keeps of a page. */
interface Fragment {
  raw_url: string;
  content: string;
  anchors: { id: string; location: number }[];
  filters: Record<string, string[]>;
  meta: Record<string, string>;
}

interface PageResult {
  /** Begins with the days since the year 1 with 36 digits, and a line; ends with the digit of its size. */
  id: string;
  score: number;
  words: number[];
  data: () => Promise<Fragment>;
}

/** How many pages have each value of each facet. */
type Counts = Record<string, Record<string, number>>;

/** An index of some of the pages: Pagefind's own `PagefindInstance`. */
interface SearchPart {
  search: (
    words: string | null,
    options?: object,
  ) => Promise<{ results: PageResult[]; unfilteredResultCount: number; filters: Counts }>;
  backend: Record<string, (pointer: number, asked?: string) => string>;
  raw_ptr: number;
  loadFilterChunk: (name: string) => Promise<void>;
  pages: number;
  loaded_chunks: Record<string, unknown>;
  loaded_fragments: Record<string, unknown>;
  /** Whether files were left out: those whose words only begin with what is asked for, or pages of a quotation. */
  isShort: boolean;
}

interface SearchIndex {
  parts: SearchPart[];
  /** The facets that are read when a reader asks for them. */
  late: string[];
  /** Reads facets, and returns those read so far by part. */
  load: (facets: string[]) => Promise<Counts[]>;
}

interface Query {
  /** Words that a page must have, as their stem or as the beginning of one of its words. */
  words: string[];
  /** The words as the reader wrote them. */
  typed: string[];
  /** What must stand in this order. */
  phrases: Phrase[];
  /** The phrases as the reader sees them. */
  quoted: string[];
}

/** The values chosen by facet: one of them must be the page's. */
type Chosen = Record<string, string[]>;

type Asked = { query: string; chosen: Chosen; sort: string };

interface Passage {
  id: string;
  label: string;
  words: { before: string; words: string; isHit: boolean }[];
  isCut: [boolean, boolean];
}

/** A page that was found. */
interface Hit {
  /** Below the root of the site. */
  address: string;
  title: string;
  kind: string;
  /** What stands beside the title: its kind and date. */
  facts: string[];
  /** The passages found, the best first. */
  passages: Passage[];
  /** What to mark on the page. */
  marks: string[];
}

interface Answer {
  /** How many pages were found. */
  count: number;
  counts: Counts;
  /** Some of them, in their order. */
  hits: (start: number, end: number) => Promise<Hit[]>;
  /** Why nothing was found, without the chosen facets. */
  why: { missing?: string; quoted?: string };
  /** How many pages there are without the chosen facets. */
  unchosen: number;
  /** Whether there may be more: a query reads so much and no more. Asked again, it goes on. */
  isLeast: boolean;
  /** The words that were left out. */
  unasked: string[];
}

/** What `search.js` gives to the scripts of all parts: a new element with its class and what stands in it. */
type Make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, className: string, ...children: (Node | string)[]
) => HTMLElementTagNameMap[Tag];
