"""Which lists of a page are too long for it, and the pages behind it on which they stand in full.

A page that is light enough keeps all its lists whole. Of a heavy one the heaviest lists are cut, one after the other,
until it is light: the page keeps the most telling entries, and all of them stand on pages behind it, each once. Nothing
is rendered to find out: entries are weighed by the words they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from generator.model.corpus import Corpus
from generator.model.index import Index, PageBacklinks, Position, Statement
from generator.model.linked import LinkedCorpus
from generator.model.parallels import Parallel
from generator.model.records import Correction
from generator.render.claims import MAX_RECEIVED
from generator.render.corrected import corrections_by_page
from generator.render.long_lists import (
    BACKLINK_BYTES,
    GROUP_NAMES,
    KEPT_BYTES,
    KEPT_CORRECTIONS,
    NOTE_CITATION_BYTES,
    UNDATED,
    ClaimRun,
    FurtherBacklinks,
    LinkGroup,
    ListHead,
    LongLists,
    StatementList,
    newest_first,
    weigh_context,
    weigh_statement,
    year_of,
    year_of_page,
)
from generator.render.paths import FOLDERS
from generator.render.runs import Run, RunHead, cut_runs

# Bytes of Markdown that the lists of one page may have together; what else a page has takes some 80 kB more at most.
PAGE_BYTES = 120_000
# What stands on one page behind.
PART_BYTES = 50_000
PART_ITEMS = 100
# Sentences of one page that links here, where it has more than a page behind takes.
PIECE_BYTES = 20_000
# Bytes of markup around the words of an entry, as measured on pages of dossiers of several sizes.
CLAIM_BYTES = 450
RESTING_BYTES = 450
PARALLEL_BYTES = 450
CORRECTION_BYTES = 250
TARGET_BYTES = 80
RELATION_BYTES = 150
Item = TypeVar("Item")


def plan_long_lists(corpus: Corpus, linked: LinkedCorpus, index: Index) -> LongLists:
    """Return the lists that are cut. Linear in the number of references and statements."""
    return _Planner(corpus, linked, index).plan()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A list of a page that could be cut: what it weighs, and what is done if it is."""

    weight: int
    cut: Callable[[], None]


class _Planner:
    """Weighs the lists of each page once, and cuts those of heavy pages."""

    def __init__(self, corpus: Corpus, linked: LinkedCorpus, index: Index) -> None:
        self._corpus = corpus
        self._linked = linked
        self._index = index
        self._weights: dict[tuple[str, str], int] = {}
        self._backlinks: dict[tuple[str, LinkGroup], ListHead] = {}
        self._statements: dict[tuple[str, StatementList], ListHead] = {}
        self._positions: dict[str, ListHead] = {}
        self._parallels: dict[str, ListHead] = {}
        self._corrections: dict[str, ListHead] = {}
        self._corrections_of = corrections_by_page(corpus, corpus.former_slugs)
        self._heads: dict[str, ListHead] = {}
        self._runs: dict[tuple[str, int], Run[Any]] = {}

    def plan(self) -> LongLists:
        corpus = self._corpus
        for records in (corpus.documents, corpus.actors, corpus.issues, corpus.citations):
            for slug in records:
                candidates = sorted(self._candidates(slug), key=lambda one: -one.weight)
                total = sum(one.weight for one in candidates)
                for candidate in candidates:
                    if total <= PAGE_BYTES or candidate.weight <= KEPT_BYTES:
                        break
                    candidate.cut()
                    total += KEPT_BYTES - candidate.weight
        return LongLists(
            backlinks=self._backlinks,
            statements=self._statements,
            positions=self._positions,
            parallels=self._parallels,
            corrections=self._corrections,
            heads=self._heads,
            runs=self._runs,
        )

    def _candidates(self, slug: str) -> Iterator[_Candidate]:
        index = self._index
        groups: dict[LinkGroup, list[PageBacklinks]] = {}
        for one in index.backlinks.get(slug, ()):
            groups.setdefault(self._corpus.kind_of(one.source), []).append(one)
        for kind, pages in groups.items():
            weight = sum(BACKLINK_BYTES + sum(map(weigh_context, one.references)) for one in pages)
            yield _Candidate(weight=weight, cut=partial(self._cut_backlinks, slug, kind, pages))
        origin = index.origins.get(slug)
        ledgers: tuple[tuple[StatementList, Sequence[Statement]], ...] = (
            ("statements", index.said_by.get(slug, ())),
            ("addressed", index.said_to.get(slug, ())),
            ("ledger", index.on_issue.get(slug, ())),
            ("origin", origin.statements if origin else ()),
        )
        for name, statements in ledgers:
            weigh = self._weigh_resting if name == "origin" else self._weigh
            if statements:
                weight = sum(map(weigh, statements))
                yield _Candidate(
                    weight=weight, cut=partial(self._cut_statements, slug, name, statements, weigh)
                )
        positions = index.positions.get(slug, ())
        if positions:
            weight = sum(_weigh_claim(s) for one in positions for s in one.statements)
            yield _Candidate(weight=weight, cut=partial(self._cut_positions, slug, positions))
        parallels = index.parallels.get(slug, ())
        if parallels:
            weight = sum(map(_weigh_parallel, parallels))
            yield _Candidate(weight=weight, cut=partial(self._cut_parallels, slug, parallels))
        corrections = self._corrections_of.get(slug, ())
        if len(corrections) > KEPT_CORRECTIONS:
            weight = sum(map(self._weigh_correction, corrections))
            yield _Candidate(weight=weight, cut=partial(self._cut_corrections, slug, corrections))

    def _folder(self, slug: str) -> str:
        kind = self._corpus.kind_of(slug)
        assert kind is not None
        return f"{FOLDERS[kind]}/{slug}"

    def _cut_backlinks(self, slug: str, kind: LinkGroup, pages: Sequence[PageBacklinks]) -> None:
        # From the oldest on: a new document changes the last page alone.
        cut = [each for one in newest_first(self._corpus, pages) for each in _cut_page(one)][::-1]
        is_dated = kind == "document"
        if not is_dated:
            cut.reverse()
        runs = cut_runs(
            cut,
            key=lambda one: year_of_page(self._corpus, one) if is_dated else "",
            weigh=_weigh_page,
            most_weight=PART_BYTES,
            most_items=PART_ITEMS,
            is_alone=lambda year: year == UNDATED,
        )
        if is_dated:
            runs = tuple(_reverse(run) for run in reversed(runs))
        self._backlinks[slug, kind] = self._list(
            slug, GROUP_NAMES[kind], len(pages), runs, self._dates_of_pages if is_dated else None
        )

    def _cut_statements(
        self,
        slug: str,
        name: StatementList,
        statements: Sequence[Statement],
        weigh: Callable[[Statement], int],
    ) -> None:
        runs = cut_runs(
            statements,
            key=lambda statement: year_of(statement.date),
            weigh=weigh,
            most_weight=PART_BYTES,
            most_items=PART_ITEMS,
            is_alone=lambda year: year == UNDATED,
        )
        self._statements[slug, name] = self._list(
            slug, name, len(statements), runs, lambda run: (run.items[0].date, run.items[-1].date)
        )

    def _cut_positions(self, slug: str, positions: Sequence[Position]) -> None:
        claims = [piece for position in positions for piece in _cut_claims(position)]
        runs = _number(
            claims, lambda one: sum(map(_weigh_claim, one.position.statements[one.start : one.end]))
        )
        self._positions[slug] = self._list(slug, "positions", len(positions), runs)

    def _cut_parallels(self, slug: str, parallels: Sequence[Parallel]) -> None:
        self._parallels[slug] = self._list(
            slug, "parallels", len(parallels), _number(parallels, _weigh_parallel)
        )

    def _cut_corrections(self, slug: str, corrections: Sequence[Correction]) -> None:
        runs = cut_runs(
            corrections[::-1],
            key=lambda entry: year_of(entry.date),
            weigh=self._weigh_correction,
            most_weight=PART_BYTES,
            most_items=PART_ITEMS,
        )
        self._corrections[slug] = self._list(
            slug, "corrections", len(corrections), runs, lambda run: (run.items[0].date, run.items[-1].date)
        )

    def _list(
        self,
        slug: str,
        name: str,
        count: int,
        runs: tuple[Run[Item], ...],
        dates: Callable[[Run[Item]], tuple[str, str]] | None = None,
    ) -> ListHead:
        """Return a list, and keep its runs; `dates` gives the first and last date of one whose keys are years."""
        heads = tuple(
            RunHead(
                first=run.first, last=run.last, number=run.number, dates=dates(run) if dates else ("", "")
            )
            for run in runs
        )
        head = ListHead(
            slug=slug,
            name=name,
            folder=self._folder(slug),
            count=count,
            runs=heads,
            is_dated=dates is not None,
        )
        self._heads[head.place] = head
        self._runs.update(((head.place, number), run) for number, run in enumerate(runs))
        return head

    def _dates_of_pages(self, run: Run[PageBacklinks]) -> tuple[str, str]:
        """Return the first and last date of documents that stand the newest first."""
        newest, oldest = (
            self._corpus.documents[page.source].record.date for page in (run.items[0], run.items[-1])
        )
        return oldest, newest

    def _weigh(self, statement: Statement) -> int:
        key = statement.document, statement.annotation.id
        if key not in self._weights:
            related = self._index.related.get(key, ())
            received = sum(not one.is_stated_here for one in related)
            weight = weigh_statement(self._linked, statement)
            self._weights[key] = weight + RELATION_BYTES * min(received, MAX_RECEIVED)
        return self._weights[key]

    def _weigh_correction(self, entry: Correction) -> int:
        texts = (self._linked.text("", "correction", f"{entry.id}.{key}") for key in ("what", "why"))
        leaves = [leaf for text in texts if text is not None for leaf in text.leaves]
        words = sum(len(leaf.text.encode()) + NOTE_CITATION_BYTES * len(leaf.citations) for leaf in leaves)
        return CORRECTION_BYTES + TARGET_BYTES * len(entry.targets) + words

    def _weigh_resting(self, statement: Statement) -> int:
        return RESTING_BYTES + len(statement.annotation.quote.encode())


def _number(items: Iterable[Item], weigh: Callable[[Item], int]) -> tuple[Run[Item], ...]:
    return cut_runs(items, key=lambda _: "", weigh=weigh, most_weight=PART_BYTES, most_items=PART_ITEMS)


def _reverse(run: Run[Item]) -> Run[Item]:
    return Run(first=run.first, last=run.last, number=run.number, items=run.items[::-1])


def _cut_page(page: PageBacklinks) -> Iterator[PageBacklinks]:
    """Yield the references of one page, cut where they do not fit on a page behind: nearly always as they are."""
    for start, end in _cut_stretches(page.references, weigh_context):
        if end - start == len(page.references):
            yield page
        else:
            form = FurtherBacklinks if start else PageBacklinks
            yield form(source=page.source, role=page.role, references=page.references[start:end])


def _cut_claims(position: Position) -> Iterator[ClaimRun]:
    for start, end in _cut_stretches(position.statements, _weigh_claim):
        yield ClaimRun(position=position, start=start, end=end)


def _cut_stretches(items: Sequence[Item], weigh: Callable[[Item], int]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of stretches of at most PIECE_BYTES, or of one item."""
    start, weight = 0, 0
    for at, item in enumerate(items):
        heavy = weigh(item)
        if at > start and weight + heavy > PIECE_BYTES:
            yield start, at
            start, weight = at, 0
        weight += heavy
    yield start, len(items)


def _weigh_page(page: PageBacklinks) -> int:
    return BACKLINK_BYTES + sum(map(weigh_context, page.references))


def _weigh_claim(statement: Statement) -> int:
    return CLAIM_BYTES + len(statement.annotation.quote.encode())


def _weigh_parallel(parallel: Parallel) -> int:
    words = sum(len(piece.first.encode()) + len(piece.second.encode()) for piece in parallel.pieces)
    return PARALLEL_BYTES + words
