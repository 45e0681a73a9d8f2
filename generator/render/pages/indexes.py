"""The index pages: documents, actors, issues and the bibliography."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from generator.model.citation import plain_text
from generator.model.corpus import PageKind
from generator.render.cited import render_segments
from generator.render.escape import Markdown, escape_text
from generator.render.index_groups import (
    MAX_ROWS,
    Row,
    Stretch,
    choose_period,
    cut_index,
    find_stretches,
    initial_of,
    initial_order,
    word_groups,
)
from generator.render.long_lists import UNDATED
from generator.render.page import Dossier, Page, open_page
from generator.render.pager import view_pager
from generator.render.paths import FOLDERS
from generator.render.planned import ListedPage, Values
from generator.render.runs import Run
from generator.render.views import links_to, name_order, show_date
from generator.text.dates import parse_date

# What may open the title that a line of the bibliography begins with; folding makes most of them one.
QUOTATION_MARKS = "\"'[«‹「『《〈"
# What the first page of a long index shows besides its groups.
MOST_ASKED_FOR = 30
MOST_OF_KIND = 10
MAX_KINDS = 12
# Bytes of Markdown of a row but for its words, and of each name in it.
ROW_BYTES = 340
NAME_BYTES = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A row of the table of documents; `sort_date` is the first day that the date can mean."""

    name: str
    link: Markdown
    date: str
    sort_date: str
    kind: str
    publisher: Markdown
    issues: Markdown
    annotations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRow:
    """A page with how many documents, passages and statements belong to it."""

    name: str
    link: Markdown
    kind: str
    documents: int
    passages: int
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorGroup:
    """The actors of one kind, or those named most; `count` is that of all."""

    kind: str
    rows: tuple[CountedRow, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A line of the bibliography, and how often it is used."""

    link: Markdown
    citation: Markdown
    uses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many documents, passages and statements belong to an actor or issue."""

    documents: int
    passages: int
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchView:
    """A group of a long index, linked to the page on which it begins, and how many rows it has."""

    link: Markdown
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """One of the indexes: what its rows are and how a page shows one."""

    kind: PageKind
    template: str
    rows: tuple[Row, ...]
    view: Callable[[Page, str], object]


def index_pages(dossier: Dossier) -> Iterator[ListedPage]:
    """Yield each page of the four indexes.

    A short index is one page. Of a longer one the first page has its groups, and those of its rows that readers ask for
    most; the rows stand on pages by group.
    """
    for index in (
        _Index(kind="document", template="documents", rows=_document_rows(dossier), view=_document_row),
        _Index(kind="actor", template="actors", rows=_named_rows(dossier, "actor"), view=_counted),
        _Index(kind="issue", template="issues", rows=_named_rows(dossier, "issue"), view=_counted),
        _Index(kind="source", template="bibliography", rows=_source_rows(dossier), view=_source_row),
    ):
        runs = cut_index(index.rows)
        values = (
            partial(_long_values, dossier, index, runs) if runs else partial(_short_values, dossier, index)
        )
        yield ListedPage(path=_index_path(index), template=index.template, values=values)
        for at in range(len(runs)):
            part = partial(_part_values, dossier, index, runs, at)
            yield ListedPage(path=_part_path(index, runs[at]), template="index-part", values=part)


def _index_path(index: _Index) -> str:
    return f"{FOLDERS[index.kind]}/index.md"


def _part_path(index: _Index, run: Run[Row]) -> str:
    return f"{FOLDERS[index.kind]}/index/{run.name}.md"


def _short_values(dossier: Dossier, index: _Index) -> Values:
    page = open_page(dossier, _index_path(index))
    rows = [index.view(page, row.slug) for row in index.rows]
    return {"rows": rows, "groups": _by_kind(rows), "stretches": ()}


def _long_values(dossier: Dossier, index: _Index, runs: Sequence[Run[Row]]) -> Values:
    page = open_page(dossier, _index_path(index))
    paths = [_part_path(index, run) for run in runs]
    return {
        "rows": [index.view(page, slug) for slug in _most_asked_for(dossier, index)],
        "groups": _most_of_kinds(page) if index.kind == "actor" else (),
        "stretches": [_link_stretch(page, stretch, paths) for stretch in find_stretches(runs)],
        "has_previews": False,
    }


def _part_values(dossier: Dossier, index: _Index, runs: Sequence[Run[Row]], at: int) -> Values:
    page = open_page(dossier, _part_path(index, runs[at]))
    names = [word_groups(dossier.strings, run.first, run.last, run.number) for run in runs]
    paths = [_part_path(index, run) for run in runs]
    return {
        "kind": index.kind,
        "index_title": dossier.strings.plain(index.template),
        "index_address": page.address_of(_index_path(index)),
        "name": names[at],
        "rows": [index.view(page, row.slug) for row in runs[at].items],
        "pager": view_pager(page, len(names), lambda number: (names[number], paths[number]), at),
        "has_previews": False,
    }


def top_actors(page: Page, most: int) -> list[CountedRow]:
    """Return the actors named in most passages, first to last."""
    kinds: dict[str, list[str]] = {}
    for slug in _by_name(page.dossier, page.dossier.corpus.actors):
        kinds.setdefault(page.dossier.corpus.actors[slug].record.kind, []).append(slug)
    ordered = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    slugs = [slug for _, group in ordered for slug in group]
    return _top(page, slugs, most, lambda row: (-row.passages, -row.statements))


def top_issues(page: Page, most: int) -> list[CountedRow]:
    """Return the issues with most annotated passages, first to last."""
    slugs = _by_name(page.dossier, page.dossier.corpus.issues)
    return _top(page, slugs, most, lambda row: (-row.statements, -row.passages))


def _top(
    page: Page, slugs: Iterable[str], most: int, key: Callable[[Counts], tuple[int, int]]
) -> list[CountedRow]:
    """Return the rows of those that come first by their counts, of equals in the order received."""
    chosen = sorted(slugs, key=lambda slug: key(_count(page.dossier, slug)))[:most]
    return [_counted(page, slug) for slug in chosen]


def _by_name(dossier: Dossier, slugs: Iterable[str]) -> list[str]:
    return sorted(slugs, key=lambda slug: (name_order(dossier.corpus.name_of(slug)), slug))


def _document_rows(dossier: Dossier) -> tuple[Row, ...]:
    """Return the documents by date."""
    records = {slug: dossier.corpus.documents[slug].record for slug in dossier.index.chronology}
    group_of = choose_period(record.date for record in records.values())
    return tuple(
        Row(
            slug=slug,
            group=group_of(record.date),
            weight=ROW_BYTES + NAME_BYTES * (len(record.issues) + bool(record.publisher)),
        )
        for slug, record in records.items()
    )


def _named_rows(dossier: Dossier, kind: Literal["actor", "issue"]) -> tuple[Row, ...]:
    """Return the actors or issues by name."""
    corpus = dossier.corpus
    slugs = _by_name(dossier, corpus.actors if kind == "actor" else corpus.issues)
    rows = [
        Row(slug=slug, group=initial_of(name), weight=ROW_BYTES + 2 * len(name.encode()))
        for slug in slugs
        for name in (corpus.name_of(slug),)
    ]
    return (
        tuple(sorted(rows, key=lambda row: initial_order(row.group))) if len(rows) > MAX_ROWS else tuple(rows)
    )


def _source_rows(dossier: Dossier) -> tuple[Row, ...]:
    """Return the cited sources by the words of their citation."""
    found = []
    for slug in dossier.corpus.citations:
        words = plain_text(dossier.citations[slug].bibliography)
        order = name_order(words).lstrip(QUOTATION_MARKS)
        row = Row(slug=slug, group=initial_of(order), weight=ROW_BYTES + len(words.encode()))
        found.append((order, render_segments(dossier.citations[slug].bibliography), row))
    rows = [row for _, _, row in sorted(found, key=lambda one: one[:2])]
    return (
        tuple(sorted(rows, key=lambda row: initial_order(row.group))) if len(rows) > MAX_ROWS else tuple(rows)
    )


def _most_asked_for(dossier: Dossier, index: _Index) -> list[str]:
    """Return what the first page of a long index shows: the newest documents, the others by how much leads to them."""
    slugs = [row.slug for row in index.rows]
    if index.kind == "document":
        dated = [row.slug for row in index.rows if row.group != UNDATED]
        return dated[: -MOST_ASKED_FOR - 1 : -1]
    if index.kind == "source":
        return sorted(slugs, key=lambda slug: -_uses(dossier, slug))[:MOST_ASKED_FOR]
    return sorted(slugs, key=lambda slug: -_count(dossier, slug).passages)[:MOST_ASKED_FOR]


def _by_kind(rows: Sequence[object]) -> list[ActorGroup]:
    """Return the rows of actors by kind, the largest kind first; nothing of others."""
    kinds: dict[str, list[CountedRow]] = {}
    for row in rows:
        if isinstance(row, CountedRow):
            kinds.setdefault(row.kind, []).append(row)
    groups = [ActorGroup(kind=kind, rows=tuple(found), count=len(found)) for kind, found in kinds.items()]
    return sorted(groups, key=lambda group: (-group.count, group.kind))


def _most_of_kinds(page: Page) -> list[ActorGroup]:
    """Return the actors named most of each kind, the largest kinds first."""
    dossier = page.dossier
    kinds: dict[str, list[str]] = {}
    for slug in _by_name(dossier, dossier.corpus.actors):
        kinds.setdefault(dossier.corpus.actors[slug].record.kind, []).append(slug)
    ordered = sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))[:MAX_KINDS]
    return [
        ActorGroup(
            kind=kind,
            rows=tuple(_top(page, slugs, MOST_OF_KIND, lambda row: (-row.passages, -row.statements))),
            count=len(slugs),
        )
        for kind, slugs in ordered
    ]


def _link_stretch(page: Page, stretch: Stretch, paths: Sequence[str]) -> StretchView:
    words = escape_text(word_groups(page.dossier.strings, stretch.first, stretch.last))
    return StretchView(link=Markdown(f"[{words}]({page.address_of(paths[stretch.at])})"), count=stretch.count)


def _document_row(page: Page, slug: str) -> DocumentRow:
    record = page.dossier.corpus.documents[slug].record
    return DocumentRow(
        name=page.dossier.corpus.name_of(slug),
        link=page.link(slug),
        date=show_date(page, record.date),
        sort_date=parse_date(record.date).earliest,
        kind=record.kind,
        publisher=links_to(page, [record.publisher] if record.publisher else []),
        issues=links_to(page, record.issues),
        annotations=len(page.dossier.index.of_document.get(slug, ())),
    )


def _source_row(page: Page, slug: str) -> SourceRow:
    return SourceRow(
        link=page.link(slug, page.dossier.strings.plain("all_uses")),
        citation=render_segments(page.dossier.citations[slug].bibliography),
        uses=_uses(page.dossier, slug),
    )


def _uses(dossier: Dossier, slug: str) -> int:
    return sum(len(backlinks.references) for backlinks in dossier.index.backlinks.get(slug, ()))


def _counted(page: Page, slug: str) -> CountedRow:
    corpus = page.dossier.corpus
    counts = _count(page.dossier, slug)
    return CountedRow(
        name=corpus.name_of(slug),
        link=page.link(slug),
        kind=corpus.actors[slug].record.kind if slug in corpus.actors else "issue",
        documents=counts.documents,
        passages=counts.passages,
        statements=counts.statements,
    )


def _count(dossier: Dossier, slug: str) -> Counts:
    index = dossier.index
    named = index.named_in.get(slug, {})
    statements = index.on_issue if slug in dossier.corpus.issues else index.said_by
    return Counts(
        documents=len(named), passages=sum(named.values()), statements=len(statements.get(slug, ()))
    )
