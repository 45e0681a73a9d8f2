"""Lists of a page that are too long for it: what the page keeps, and what stands on the pages behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.model.corpus import Corpus, PageKind
from generator.model.index import PageBacklinks, Position, Reference, Statement
from generator.model.linked import LinkedCorpus
from generator.render.runs import Run, RunHead
from generator.text.dates import FIRST_DAY, LAST_DAY, parse_date

# Bytes of Markdown that a page keeps of a list that is cut, and how many entries that are.
KEPT_BYTES = 12_000
KEPT_STATEMENTS = 12
KEPT_CORRECTIONS = 12
KEPT_STRONGEST = 8
KEPT_NEWEST = 4
# Of each page that links here, where its list is cut.
KEPT_CONTEXTS = 3
# A sentence is shown up to this length, around the words that link; a text without full stops has longer ones.
MAX_CONTEXT_CP = 1_000
# Bytes of markup around the words of an entry, as measured on pages of dossiers of several sizes.
BACKLINK_BYTES = 220
CONTEXT_BYTES = 150
STATEMENT_BYTES = 700
FACT_BYTES = 350
NOTE_CITATION_BYTES = 1_100
# The names of years in addresses where there is none.
OPEN, UNDATED = "open", "undated"

StatementList = Literal["statements", "addressed", "ledger", "origin"]
LinkGroup = PageKind | None
GROUP_NAMES: Mapping[LinkGroup, str] = {
    "document": "documents",
    "issue": "issues",
    "actor": "actors",
    "source": "sources",
    None: "dossier",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherBacklinks(PageBacklinks):
    """References of one page to another that follow some on a page before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRun:
    """The claims of a position from `start` to `end`."""

    position: Position
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHead:
    """A list that is cut, without its entries. `is_dated`: the keys of runs are years.

    `count` is the number of entries as readers count them.
    """

    slug: str
    name: str
    folder: str
    count: int
    runs: tuple[RunHead, ...]
    is_dated: bool

    @property
    def place(self) -> str:
        """What all paths of its pages begin with."""
        return f"{self.folder}/{self.name}"

    def path_of(self, number: int) -> str:
        """Return the path of a page in the docs folder, by its position."""
        name = self.runs[number].name if self.is_dated else number + 1
        return f"{self.place}-{name}.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class LongLists:
    """The lists of all pages that are cut, by the slug of the page; those not in it stand whole on their page.

    `runs` holds the entries of each page behind, by the list's place and the number of the page: backlinks of pages,
    statements, runs of claims, parallels, or corrections. `heads` are those of all lists, by their places.
    """

    backlinks: Mapping[tuple[str, LinkGroup], ListHead] = field(default_factory=dict)
    statements: Mapping[tuple[str, StatementList], ListHead] = field(default_factory=dict)
    positions: Mapping[str, ListHead] = field(default_factory=dict)
    parallels: Mapping[str, ListHead] = field(default_factory=dict)
    corrections: Mapping[str, ListHead] = field(default_factory=dict)
    heads: Mapping[str, ListHead] = field(default_factory=dict)
    runs: Mapping[tuple[str, int], Run[Any]] = field(default_factory=dict)

    def runs_of(self, head: ListHead) -> Iterator[tuple[int, Run[Any]]]:
        """Yield the pages of a list with their numbers, in their order."""
        for number in range(len(head.runs)):
            yield number, self.runs[head.place, number]


def choose_strongest(corpus: Corpus, pages: Sequence[PageBacklinks]) -> tuple[PageBacklinks, ...]:
    """Return what a page keeps of a long list of pages that link to it, in the order in which they stand behind it.

    First those of which a record or an annotated statement names it, then those with most sentences, the newest first
    among equals; and the newest of the others.
    """
    newest = newest_first(corpus, pages)
    strong = sorted(
        range(len(newest)),
        key=lambda at: (not any(r.relation for r in newest[at].references), -len(newest[at].references), at),
    )
    wanted = strong[:KEPT_STRONGEST]
    wanted += [at for at in range(len(newest)) if at not in set(wanted)][:KEPT_NEWEST]
    kept: list[int] = []
    weight = 0
    for at in wanted:
        weight += _weigh_kept(newest[at])
        if kept and weight > KEPT_BYTES:
            break
        kept.append(at)
    return tuple(newest[at] for at in sorted(kept))


def newest_first(corpus: Corpus, pages: Sequence[PageBacklinks]) -> list[PageBacklinks]:
    """Return pages that link here, documents by date from the latest on, the undated last; others stay in order."""
    dated = [one for one in pages if one.source in corpus.documents and year_of_page(corpus, one) != UNDATED]
    others = [
        one for one in pages if one.source not in corpus.documents or year_of_page(corpus, one) == UNDATED
    ]
    return [*reversed(dated), *others]


def kept_references(pages: PageBacklinks) -> tuple[Reference, ...]:
    """Return what a page keeps of the references of one page in a long list: the first with words."""
    return tuple(reference for reference in pages.references if reference.context is not None)[:KEPT_CONTEXTS]


def kept_statements(
    statements: Sequence[Statement], weigh: Callable[[Statement], int]
) -> tuple[Statement, ...]:
    """Return the newest statements of a long list, in time order; the undated count as the oldest."""
    dated = [s for s in statements if year_of(s.date) != UNDATED] or list(statements)
    kept: list[Statement] = []
    weight = 0
    for statement in reversed(dated[-KEPT_STATEMENTS:]):
        weight += weigh(statement)
        if kept and weight > KEPT_BYTES:
            break
        kept.append(statement)
    return tuple(reversed(kept))


def weigh_statement(linked: LinkedCorpus, statement: Statement) -> int:
    """Return about how many bytes a statement takes on a page, with the citations of its note."""
    note = linked.text(statement.document, "annotation", statement.annotation.id)
    annotation = statement.annotation
    facts = (
        len(annotation.chain)
        + len(annotation.figures)
        + len(annotation.relations)
        + 2 * bool(annotation.origin)
    )
    weight = STATEMENT_BYTES + FACT_BYTES * facts + len(annotation.quote.encode())
    for leaf in note.leaves if note else ():
        weight += len(leaf.text.encode()) + NOTE_CITATION_BYTES * len(leaf.citations)
    return weight


def year_of(edtf: str) -> str:
    """Return the year under which a date is listed: the first that it can mean, or OPEN or UNDATED."""
    try:
        first = parse_date(edtf).earliest
    except ValueError:
        return UNDATED
    return {FIRST_DAY: OPEN, LAST_DAY: UNDATED}.get(first, first[:4])


def year_of_page(corpus: Corpus, pages: PageBacklinks) -> str:
    """Return the year of a document that links here."""
    return year_of(corpus.documents[pages.source].record.date)


def weigh_context(reference: Reference) -> int:
    """Return about how many bytes the sentence around a link takes on a page."""
    if reference.context is None:
        return 0
    words = reference.context.words
    # Most words are bytes as they are; this is asked of every link of a dossier.
    length = min(len(words), MAX_CONTEXT_CP) if words.isascii() else len(words[:MAX_CONTEXT_CP].encode())
    return CONTEXT_BYTES + len(reference.source) + length


def _weigh_kept(pages: PageBacklinks) -> int:
    return BACKLINK_BYTES + sum(map(weigh_context, kept_references(pages)))
