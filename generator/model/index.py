"""What `index` inverts: for each page, all that points to it; for each actor and issue, what is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.model.linked import QuotationState, TextRole
from generator.model.parallels import Parallel
from generator.model.records import Annotation, RelationKind
from generator.model.text import Span, Target
from generator.model.timeline import Era, Extent

ReferenceKind = Literal["mention", "wikilink", "citation", "footnote", "record"]
PlaceKind = Literal[
    "passage",
    "numbered_note",
    "note",
    "quotation",
    "gap",
    "repair",
    "record",
    "transcription",
    "digest",
    "profile",
    "overview",
    "introduction",
    "about",
    "correction",
]
# What proves a sentence of the editors: see `index/proofs.py`.
SentenceState = Literal["proven", "cited", "unproven", "own", "uncited"]
TimelineKind = Literal["document", "statement", "event"]
# The kinds by which the page of gaps is divided, in its order. The editors' own kinds are among them.
# Of an item of the timeline: when it was, then what it is of equal ones.
SortKey = tuple[tuple[int, int, int, int], str, str, str, int, str, int]
GapGroup = Literal[
    "absent-document",
    "undated",
    "missing-pages",
    "lost-mark",
    "placed-mark",
    "unnamed",
    "unnamed-speaker",
    "unverified",
    "withheld",
    "other",
]
# What is said of a gap, apart from what fills in the words.
GapFinding = Literal[
    "entered",
    "absent",
    "undated",
    "approximate",
    "uncertain",
    "unspecified",
    "lost",
    "placed",
    "nobody",
    "no-speaker",
    "not-verified",
    "excerpts",
    "record",
    "no-text",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The sentence around a link, and the spans of its words that make the link."""

    words: str
    hits: tuple[Span, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One link, seen from where it is made.

    `source` is the slug of the page that makes it (empty: the home or about page), `anchor` an id on that page,
    `place` what stands there and `place_number` its number or label, such as 4 for ¶4. `relation` says which field of
    a record makes it, `note` by which of the document's footnotes it is made.
    """

    kind: ReferenceKind
    source: str
    role: TextRole | None
    anchor: str
    place: PlaceKind
    target: Target
    place_number: str = ""
    context: Context | None = None
    relation: str = ""
    locator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBacklinks:
    """All references that one page makes to another, in reading order."""

    source: str
    role: TextRole | None
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An annotation as one entry of a ledger. `number` counts the annotations of its document from 1.

    `sort_key` orders by date, document and number.
    """

    document: str
    annotation: Annotation
    number: int
    date: str
    state: QuotationState
    passage: int | None
    sort_key: tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedStatement:
    """A statement to which another stands in a relation, seen from either end.

    `is_stated_here` is whether the other's annotation states the relation; else this `statement` states it of the
    other. `note` is the key of the note's text, which belongs to the document of the annotation that states it; empty
    where there is none.
    """

    kind: RelationKind
    statement: Statement
    is_stated_here: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What was claimed on an issue by an actor, and by others for him or of him, in time order."""

    issue: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePassage:
    """An annotated passage on the timeline, and the actors whom it concerns."""

    statement: Statement
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """One entry of the timeline: a document with what it says on its own date, or one passage with another date.

    `passages` of a document stand in the order of its annotations and may be none; a statement (said by an actor) or
    event (by none) has exactly one. `issues` and `actors` are those of the document's record, or of the one passage.
    `extent` is None where the date has no place in the years 1 to 9999.
    """

    kind: TimelineKind
    document: str
    date: str
    era: Era
    extent: Extent | None
    passages: tuple[TimelinePassage, ...]
    issues: tuple[str, ...]
    actors: tuple[str, ...]
    sort_key: SortKey


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSentence:
    """A sentence of a digest, profile or overview, in a leaf of its text, and what proves it."""

    leaf: int
    span: Span
    state: SentenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A source or document on which statements of other documents rest, in the order of their dates.

    `documents` holds those in which they stand, by date; `outlets` the actors through whose hands they came, by slug.
    """

    slug: str
    statements: tuple[Statement, ...]
    documents: tuple[str, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundGap:
    """One gap of a page: of the document `slug`, or a source that the dossier does not hold.

    `entered` is the index of one that the editors wrote in the record, else None. `labels` are those of the footnotes
    concerned, `statements` the annotations concerned; `uses` are the references of documents to a work that is absent.
    `words` counts the quoted words that are published of a text that is not.
    """

    group: GapGroup
    finding: GapFinding
    slug: str
    entered: int | None = None
    labels: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    uses: tuple[Reference, ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """All inverted views, keyed by slug; every list is in the order in which pages show it.

    `of_document` holds a document's statements in the order of its annotations. `related` has the relations of a
    statement by document and annotation id: those that it states, then those stated of it. `positions` has the
    claims of an actor on each issue where they are of several times. `named_in` counts, for an actor or issue, the
    passages of each document that name it; `names_of` has the same by document. `co_mentions` counts, for an actor, the
    passages that name others as well, those of most passages first, then by slug. `chronology` holds the documents by
    date. `timeline` holds all that has a place in time, `timeline_of` what of it concerns an actor or issue.
    `sentences` holds those of each digest, profile and overview by the text's key. `parallels` holds a document's;
    `origins` the pages on which statements of other documents rest, `rests_on` the farthest of them by document and
    annotation. `gaps` holds all, `gaps_of` those of one document or source, with its own uses
    of a work alone.
    """

    backlinks: Mapping[str, tuple[PageBacklinks, ...]]
    statements: tuple[Statement, ...]
    of_document: Mapping[str, tuple[Statement, ...]]
    related: Mapping[tuple[str, str], tuple[RelatedStatement, ...]]
    positions: Mapping[str, tuple[Position, ...]]
    said_by: Mapping[str, tuple[Statement, ...]]
    said_to: Mapping[str, tuple[Statement, ...]]
    on_issue: Mapping[str, tuple[Statement, ...]]
    co_mentions: Mapping[str, Mapping[str, int]]
    named_in: Mapping[str, Mapping[str, int]]
    names_of: Mapping[str, Mapping[str, int]]
    chronology: tuple[str, ...]
    timeline: tuple[TimelineItem, ...]
    timeline_of: Mapping[str, tuple[TimelineItem, ...]]
    sentences: Mapping[tuple[str, TextRole, str], tuple[JudgedSentence, ...]]
    parallels: Mapping[str, tuple[Parallel, ...]]
    origins: Mapping[str, Origin]
    rests_on: Mapping[tuple[str, str], str]
    gaps: tuple[FoundGap, ...]
    gaps_of: Mapping[str, tuple[FoundGap, ...]]
