"""The pages behind a page: its long lists in full, each entry once, cut into pages of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from generator.model.corpus import PageKind
from generator.model.index import PageBacklinks, Statement
from generator.render.escape import Markdown
from generator.render.ledger_filters import view_filters
from generator.render.long_lists import OPEN, UNDATED, LinkGroup, ListHead, StatementList, year_of
from generator.render.long_views import GROUP_TITLES
from generator.render.origins import view_resting
from generator.render.page import Dossier, Page, open_page
from generator.render.pager import Pager, view_pager, word_year, word_years
from generator.render.pages.corrections import view_correction
from generator.render.pages.source import view_uses
from generator.render.parallels import view_parallel
from generator.render.paths import FOLDERS
from generator.render.planned import ListedPage, Values
from generator.render.positions import view_claims
from generator.render.timeline_words import word_dates
from generator.render.views import view_linking_page, view_statement

TEMPLATE = "list-part"
INDEX_TITLES: Mapping[PageKind, str] = {
    "document": "documents",
    "actor": "actors",
    "issue": "issues",
    "source": "bibliography",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Entries of a page under one heading; both may be empty. `entries` are views of one kind."""

    heading: Markdown
    id: str
    entries: tuple[object, ...]


def behind_pages(dossier: Dossier) -> Iterator[ListedPage]:
    """Yield each page behind a page; rendering one looks at its own entries alone."""
    lists = dossier.long_lists
    for (_, kind), links in lists.backlinks.items():
        yield from _pages_of(links, partial(_links_values, dossier, links.place, kind))
    for (_, name), statements in lists.statements.items():
        yield from _pages_of(statements, partial(_statements_values, dossier, statements.place, name))
    for slug, positions in lists.positions.items():
        yield from _pages_of(positions, partial(_positions_values, dossier, positions.place, slug))
    for slug, parallels in lists.parallels.items():
        yield from _pages_of(parallels, partial(_parallels_values, dossier, parallels.place, slug))
    for corrections in lists.corrections.values():
        yield from _pages_of(corrections, partial(_corrections_values, dossier, corrections.place))


def _pages_of(head: ListHead, values: Callable[[int], Values]) -> Iterator[ListedPage]:
    """Yield the pages of one list; `values` gives what the template of the one with a number shows."""
    for number in range(len(head.runs)):
        yield ListedPage(path=head.path_of(number), template=TEMPLATE, values=partial(values, number))


def _positions_values(dossier: Dossier, place: str, slug: str, number: int) -> Values:
    listed, items = _read(dossier, place, number)
    page, context = _open(dossier, listed, number, dossier.strings.plain("positions"))
    views = [(claims, view_claims(page, slug, claims)) for claims in items]
    sections = [
        Section(
            heading=view.issue,
            id=view.id if not claims.start else f"{view.id}-{claims.start}",
            entries=(view,),
        )
        for claims, view in views
    ]
    return _close(page, context, "position", sections, hint="positions_hint")


def _parallels_values(dossier: Dossier, place: str, slug: str, number: int) -> Values:
    listed, items = _read(dossier, place, number)
    page, context = _open(dossier, listed, number, dossier.strings.plain("parallels"))
    entries = tuple(view_parallel(page, slug, parallel) for parallel in items)
    return _close(page, context, "parallel", [_plain(entries)], hint="parallels_hint")


def _corrections_values(dossier: Dossier, place: str, number: int) -> Values:
    listed, items = _read(dossier, place, number)
    page, context = _open(dossier, listed, number, dossier.strings.plain("corrections"))
    entries = tuple(view_correction(page, entry) for entry in items)
    return _close(page, context, "correction", [_plain(entries)])


def _links_values(dossier: Dossier, place: str, kind: LinkGroup, number: int) -> Values:
    listed, items = _read(dossier, place, number)
    page, context = _open(dossier, listed, number, dossier.strings.plain(GROUP_TITLES[kind]))
    is_source = listed.slug in dossier.corpus.citations
    view = view_uses if is_source else view_linking_page
    documents = dossier.corpus.documents

    def year(backlinks: PageBacklinks) -> str:
        entry = documents.get(backlinks.source)
        return year_of(entry.record.date) if entry is not None else ""

    sections = [
        Section(
            heading=Markdown(word_year(dossier.strings, key)) if key else Markdown(""),
            id=f"y-{key}" if key else "",
            entries=tuple(view(page, one) for one in pages),
        )
        for key, pages in groupby(items, year)
    ]
    return _close(
        page,
        context,
        "use" if is_source else "backlink",
        sections,
        hint="every_use" if is_source else "what_links_here",
    )


def _statements_values(dossier: Dossier, place: str, name: StatementList, number: int) -> Values:
    listed, items = _read(dossier, place, number)
    heading = {"statements": "statements", "ledger": "ledger", "origin": "origin_statements"}
    title = dossier.strings.plain(heading[name]) if name in heading else ""
    page, context = _open(dossier, listed, number, title)
    statements: Sequence[Statement] = items
    if name == "origin":
        entries: tuple[object, ...] = tuple(view_resting(page, statement) for statement in statements)
        return _close(page, context, "resting", [_plain(entries)])
    has_relations = name != "addressed"
    views = tuple(view_statement(page, statement, has_relations=has_relations) for statement in statements)
    values = _close(page, context, "statement", [_plain(views)])
    return {**values, "statements": views, "filters": view_filters(page, statements)}


def _open(dossier: Dossier, listed: ListHead, number: int, title: str) -> tuple[Page, Values]:
    """Return a page of a list, and what each such page shows: its title, the way up, the ways to the others."""
    strings, corpus = dossier.strings, dossier.corpus
    page = open_page(dossier, listed.path_of(number))
    name = corpus.name_of(listed.slug)
    part = _name_part(dossier, listed, number)
    kind = corpus.kind_of(listed.slug)
    assert kind is not None
    heading = (
        strings.plain("parts_title", name=name, words=title) if title else strings.plain("said_to", name=name)
    )
    if len(listed.runs) > 1:
        heading = strings.plain("list_separator").join((heading, part))
    index = strings(INDEX_TITLES[kind])
    context: Values = {
        "title": heading,
        "crumbs": (
            Markdown(f"[{index}]({page.address_of(f'{FOLDERS[kind]}/index.md')})"),
            page.link(listed.slug),
        ),
        "pager": _pager(page, listed, number),
        # They repeat what stands a link away; a reader who walks through hundreds needs pages that are light.
        "has_previews": False,
    }
    return page, context


def _close(page: Page, context: Values, entry: str, sections: Sequence[Section], *, hint: str = "") -> Values:
    strings = page.dossier.strings
    return {
        **context,
        "entry": entry,
        "sections": sections,
        "hint": strings(hint) if hint else "",
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def _plain(entries: tuple[object, ...]) -> Section:
    return Section(heading=Markdown(""), id="", entries=entries)


def _pager(page: Page, listed: ListHead, own: int) -> Pager:
    return view_pager(
        page,
        len(listed.runs),
        lambda number: (_name_part(page.dossier, listed, number), listed.path_of(number)),
        own,
    )


def _name_part(dossier: Dossier, listed: ListHead, number: int) -> str:
    """Return what a page of a list is called: its years, of a part of a year its dates, or its number."""
    if not listed.is_dated:
        return str(number + 1)
    run = listed.runs[number]
    if run.first == run.last and run.first not in (OPEN, UNDATED) and _is_torn(listed, number):
        same = 1
        while same <= number and listed.runs[number - same].dates == run.dates:
            same += 1
        return word_dates(dossier.strings, *run.dates, same)
    return word_years(dossier.strings, run.first, run.last, run.number)


def _is_torn(listed: ListHead, number: int) -> bool:
    """Return whether the year of a page goes on on another."""
    runs = listed.runs
    return runs[number].number > 1 or any(
        other.first == runs[number].first for other in runs[number + 1 : number + 2]
    )


def _read(dossier: Dossier, place: str, number: int) -> tuple[ListHead, tuple[Any, ...]]:
    """Return a list and the entries of one of its pages, without looking at those of the others."""
    return dossier.long_lists.heads[place], dossier.long_lists.runs[place, number].items
