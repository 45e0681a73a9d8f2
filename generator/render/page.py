"""What rendering one page needs: the corpus around it, where it stands, and the notes it gathers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.model.citation import RenderedCitation
from generator.model.corpus import Corpus, PageKind
from generator.model.index import Index, Statement
from generator.model.linked import LinkedCorpus, TextRole
from generator.model.records import CitationEntry, Correction
from generator.render.corrected import (
    correction_pages,
    corrections_by_page,
    divide_corrections,
    withdrawn_pages,
)
from generator.render.document_citations import StyledCitation
from generator.render.escape import Markdown, escape_text
from generator.render.languages import language_attributes, language_of_title
from generator.render.long_lists import LongLists
from generator.render.network import Network
from generator.render.notes import PageNotes
from generator.render.paths import CORRECTIONS_PAGE, corrections_part, page_key, path_of, relative_link
from generator.render.planned import ListedPage
from generator.render.reads import Reads, make_traced, note_all
from generator.render.strings import Strings
from generator.render.timeline_parts import TimelinePart, TimelineStart, find_starts
from generator.render.watched import WatchedMapping, watch

# What all pages share, or keep for each other.
SHARED = frozenset(("strings", "document_citations", "listed", "_names"))
WATCHED_MAPPINGS = (
    "timeline",
    "citations",
    "document_entries",
    "neighbours_of",
    "documents_on",
    "slug_of_page",
    "texts_of",
    "said_counts",
    "voices_on",
    "former_slugs",
    "withdrawn",
    "corrections_of",
    "correction_parts",
    "part_of_correction",
)
TextKey = tuple[str, TextRole, str]
# The name of a page as links have it, the attributes of its language, and the kind of page.
Name = tuple[Markdown, Markdown, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """How many statements there are on an issue, and how many of them each speaker made, by slug."""

    statements: int
    speakers: tuple[tuple[str, int], ...]


NO_VOICES = Voices(statements=0, speakers=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything the pages are made from. `timeline` is the dossier's own, cut into the pages that list it, by number.

    `long_lists` has the lists that are cut, with the pages behind. `document_entries` has the documents as entries of a
    bibliography, `document_citations` these in the usual styles. `neighbours_of` has the documents before and after one
    in time ("": none), `documents_on` which documents name an issue as theirs, in that order, `slug_of_page` whose page
    a key of previews means, `texts_of` the keys of the texts of a page. `said_counts` says how many statements an actor
    made, `voices_on` how many there are on an issue, and who made how many of them, by slug. `former_slugs`
    has the present slug of a page by each that it had, `withdrawn` the pages that are gone, `corrections_of` what was
    corrected on a page; `correction_parts` has all corrections by page where they are many, `part_of_correction` the
    page of each. `timeline_starts` says where each page of the timeline begins. `listed` holds the pages of
    lists, once they are planned.

    What is said here in short is for pages that show no more of it: they are not made again when the rest changes.
    """

    corpus: Corpus
    linked: LinkedCorpus
    index: Index
    citations: Mapping[str, RenderedCitation]
    document_entries: Mapping[str, CitationEntry]
    document_citations: Mapping[str, tuple[StyledCitation, ...]]
    strings: Strings
    timeline: Mapping[int, TimelinePart]
    long_lists: LongLists
    network: Network
    neighbours_of: Mapping[str, tuple[str, str]] = field(init=False)
    documents_on: Mapping[str, tuple[str, ...]] = field(init=False)
    slug_of_page: Mapping[str, str] = field(init=False)
    texts_of: Mapping[str, tuple[TextKey, ...]] = field(init=False)
    said_counts: Mapping[str, int] = field(init=False)
    voices_on: Mapping[str, Voices] = field(init=False)
    former_slugs: Mapping[str, str] = field(init=False)
    withdrawn: Mapping[str, PageKind] = field(init=False)
    corrections_of: Mapping[str, tuple[Correction, ...]] = field(init=False)
    correction_parts: Mapping[int, tuple[Correction, ...]] = field(init=False)
    part_of_correction: Mapping[str, int] = field(init=False)
    timeline_starts: tuple[TimelineStart, ...] = field(init=False)
    listed: dict[str, ListedPage] = field(default_factory=dict)
    _names: dict[str, tuple[Name, Reads]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def name(self, slug: str) -> Name:
        """Return the name of a page, the attributes of its language where that is another, and the kind of page."""
        if slug not in self._names:
            self._names[slug] = make_traced(self._make_name, slug)
        made, reads = self._names[slug]
        note_all(reads)
        return made

    def _make_name(self, slug: str) -> Name:
        words = self.corpus.name_of(slug)
        return escape_text(words), self.language_of(slug, words), str(self.corpus.kind_of(slug))

    def language_of(self, slug: str, name: str) -> Markdown:
        """Return the attributes of a title in a language that is not the dossier's; a short title is the editors'."""
        corpus = self.corpus
        holder = corpus.documents[slug].record if slug in corpus.documents else corpus.citations.get(slug)
        if holder is None or holder.title != name:
            return Markdown("")
        return language_attributes(language_of_title(corpus, slug), corpus.dossier.record.language)

    def __post_init__(self) -> None:
        """Look up once what every page would have to search all documents for."""
        documents_on: dict[str, list[str]] = {}
        for slug in self.index.chronology:
            for issue in dict.fromkeys(self.corpus.documents[slug].record.issues):
                documents_on.setdefault(issue, []).append(slug)
        chronology = ("", *self.index.chronology, "")
        neighbours = zip(chronology, chronology[1:], chronology[2:], strict=False)
        texts_of: dict[str, list[TextKey]] = {}
        for key in self.linked.texts:
            texts_of.setdefault(key[0], []).append(key)
        corpus = self.corpus
        slugs = (*corpus.documents, *corpus.actors, *corpus.issues, *corpus.citations)
        object.__setattr__(self, "slug_of_page", {page_key(corpus, slug): slug for slug in slugs})
        object.__setattr__(self, "texts_of", {slug: tuple(keys) for slug, keys in texts_of.items()})
        index = self.index
        object.__setattr__(self, "said_counts", {slug: len(said) for slug, said in index.said_by.items()})
        object.__setattr__(
            self, "voices_on", {slug: _count_voices(on) for slug, on in index.on_issue.items()}
        )
        former = corpus.former_slugs
        object.__setattr__(self, "former_slugs", former)
        object.__setattr__(self, "withdrawn", withdrawn_pages(corpus, former))
        object.__setattr__(self, "corrections_of", corrections_by_page(corpus, former))
        parts = divide_corrections(corpus)
        object.__setattr__(self, "correction_parts", dict(enumerate(parts)))
        object.__setattr__(self, "part_of_correction", correction_pages(parts))
        object.__setattr__(self, "timeline_starts", find_starts(self.timeline.values()))
        object.__setattr__(self, "neighbours_of", {own: (one, other) for one, own, other in neighbours})
        object.__setattr__(self, "documents_on", {key: tuple(slugs) for key, slugs in documents_on.items()})


def _count_voices(statements: Sequence[Statement]) -> Voices:
    counts = Counter(speaker for statement in statements for speaker in statement.annotation.speakers)
    return Voices(statements=len(statements), speakers=tuple(sorted(counts.items())))


def watch_dossier(dossier: Dossier) -> Dossier:
    """Return a dossier that notes what its pages read of it. Words and styles are not noted: all pages share them."""
    parts = {
        name: watch(getattr(dossier, name), name)
        for name in ("corpus", "linked", "index", "long_lists", "network")
    }
    mappings = {name: WatchedMapping(getattr(dossier, name), f"dossier.{name}") for name in WATCHED_MAPPINGS}
    return watch(dossier, "dossier", replaced={**parts, **mappings}, unwatched=SHARED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page being rendered. `slug` is empty for the home page, indexes and the about page."""

    dossier: Dossier
    path: str
    slug: str
    notes: PageNotes

    def address(self, slug: str, anchor: str = "") -> Markdown:
        """Return the address of another page of the dossier, seen from this one."""
        return Markdown(relative_link(self.path, path_of(self.dossier.corpus, slug), anchor))

    def address_of(self, path: str, anchor: str = "") -> Markdown:
        """Return the address of a page given by its path."""
        return Markdown(relative_link(self.path, path, anchor))

    def link(self, slug: str, label: str = "", anchor: str = "") -> Markdown:
        """Return a link to the page of a slug, by its name unless `label` says otherwise."""
        words, language, kind = self.dossier.name(slug)
        if label:
            words, language = escape_text(label), self.dossier.language_of(slug, label)
        if slug == self.slug and not anchor:
            return Markdown(f"<span{language}>{words}</span>") if language else words
        return Markdown(f"[{words}]({self.address(slug, anchor)}){{: .{kind}{language} }}")


def place_of_correction(dossier: Dossier, anchor: str) -> str:
    """Return the path of the page on which a correction has its place, given its id there."""
    part = dossier.part_of_correction.get(anchor)
    return CORRECTIONS_PAGE if part is None else corrections_part(part)


def open_page(dossier: Dossier, path: str, slug: str = "") -> Page:
    """Return a page without notes yet; its path names its notes where it has no slug."""
    name = slug or path.removesuffix(".md").replace("/", "-")
    return Page(dossier=dossier, path=path, slug=slug, notes=PageNotes(name, dossier.strings))
