"""The pages behind a page: its long lists in full, each entry once, cut into pages of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from generator.model.corpus import PageKind
from generator.model.index import Statement
from generator.render.escape import Markdown
from generator.render.ledger_filters import view_filters
from generator.render.long_lists import LinkGroup, LongList, Piece, StatementList, year_of
from generator.render.long_views import GROUP_TITLES
from generator.render.origins import view_resting
from generator.render.page import Dossier, Page, open_page
from generator.render.pager import Pager, view_pager, word_year, word_years
from generator.render.pages.source import view_use_piece
from generator.render.parallels import view_parallel
from generator.render.paths import FOLDERS
from generator.render.positions import view_claims
from generator.render.runs import Run
from generator.render.views import view_piece, view_statement

TEMPLATE = "list-part"
INDEX_TITLES: Mapping[PageKind, str] = {
    "document": "documents",
    "actor": "actors",
    "issue": "issues",
    "source": "bibliography",
}
Item = TypeVar("Item")
RenderedPage = tuple[str, str, dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Entries of a page under one heading; both may be empty. `entries` are views of one kind."""

    heading: Markdown
    id: str
    entries: tuple[object, ...]


def behind_pages(dossier: Dossier) -> Iterator[RenderedPage]:
    """Yield path, template and values of each page behind a page; rendering one looks at its own entries alone."""
    lists = dossier.long_lists
    for (_, kind), links in lists.backlinks.items():
        for number in range(len(links.runs)):
            yield _links_page(dossier, links, number, kind)
    for (_, name), statements in lists.statements.items():
        for number in range(len(statements.runs)):
            yield _statements_page(dossier, statements, number, name)
    for slug, positions in lists.positions.items():
        for number, run in enumerate(positions.runs):
            page, context = _open(dossier, positions, number, dossier.strings.plain("positions"))
            views = [(claims, view_claims(page, slug, claims)) for claims in run.items]
            sections = [
                Section(
                    heading=view.issue,
                    id=view.id if not claims.start else f"{view.id}-{claims.start}",
                    entries=(view,),
                )
                for claims, view in views
            ]
            yield _close(page, context, "position", sections, hint="positions_hint")
    for slug, parallels in lists.parallels.items():
        for number, cut in enumerate(parallels.runs):
            page, context = _open(dossier, parallels, number, dossier.strings.plain("parallels"))
            entries = tuple(view_parallel(page, slug, parallel) for parallel in cut.items)
            yield _close(page, context, "parallel", [_plain(entries)], hint="parallels_hint")


def _links_page(dossier: Dossier, listed: LongList[Piece], number: int, kind: LinkGroup) -> RenderedPage:
    page, context = _open(dossier, listed, number, dossier.strings.plain(GROUP_TITLES[kind]))
    is_source = listed.slug in dossier.corpus.citations
    view = view_use_piece if is_source else view_piece
    documents = dossier.corpus.documents

    def year(piece: Piece) -> str:
        entry = documents.get(piece.backlinks.source)
        return year_of(entry.record.date) if entry is not None else ""

    sections = [
        Section(
            heading=Markdown(word_year(dossier.strings, key)) if key else Markdown(""),
            id=f"y-{key}" if key else "",
            entries=tuple(view(page, piece) for piece in pieces),
        )
        for key, pieces in groupby(listed.runs[number].items, year)
    ]
    return _close(
        page,
        context,
        "use" if is_source else "backlink",
        sections,
        hint="every_use" if is_source else "what_links_here",
    )


def _statements_page(
    dossier: Dossier, listed: LongList[Statement], number: int, name: StatementList
) -> RenderedPage:
    heading = {"statements": "statements", "ledger": "ledger", "origin": "origin_statements"}
    title = dossier.strings.plain(heading[name]) if name in heading else ""
    page, context = _open(dossier, listed, number, title)
    statements = listed.runs[number].items
    if name == "origin":
        entries: tuple[object, ...] = tuple(view_resting(page, statement) for statement in statements)
        return _close(page, context, "resting", [_plain(entries)])
    has_relations = name != "addressed"
    views = tuple(view_statement(page, statement, has_relations=has_relations) for statement in statements)
    path, template, values = _close(page, context, "statement", [_plain(views)])
    filters = view_filters(page, statements)
    return path, template, {**values, "statements": views, "filters": filters}


def _open(
    dossier: Dossier, listed: LongList[Item], number: int, title: str
) -> tuple[Page, dict[str, object]]:
    """Return a page of a list, and what each such page shows: its title, the way up, the ways to the others."""
    strings, corpus = dossier.strings, dossier.corpus
    page = open_page(dossier, listed.path_of(number))
    name = corpus.name_of(listed.slug)
    part = _name_part(dossier, listed, listed.runs[number], number)
    kind = corpus.kind_of(listed.slug)
    assert kind is not None
    heading = (
        strings.plain("parts_title", name=name, words=title) if title else strings.plain("said_to", name=name)
    )
    if len(listed.runs) > 1:
        heading = strings.plain("list_separator").join((heading, part))
    index = strings(INDEX_TITLES[kind])
    context: dict[str, object] = {
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


def _close(
    page: Page, context: dict[str, object], entry: str, sections: Sequence[Section], *, hint: str = ""
) -> RenderedPage:
    strings = page.dossier.strings
    values = {
        **context,
        "entry": entry,
        "sections": sections,
        "hint": strings(hint) if hint else "",
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }
    return page.path, TEMPLATE, values


def _plain(entries: tuple[object, ...]) -> Section:
    return Section(heading=Markdown(""), id="", entries=entries)


def _pager(page: Page, listed: LongList[Item], own: int) -> Pager:
    names = [
        (_name_part(page.dossier, listed, run, number), listed.path_of(number))
        for number, run in enumerate(listed.runs)
    ]
    return view_pager(page, names, own)


def _name_part(dossier: Dossier, listed: LongList[Item], run: Run[Item], number: int) -> str:
    """Return what a page of a list is called: its years, or its number."""
    if listed.is_dated:
        return word_years(dossier.strings, run.first, run.last, run.number)
    return str(number + 1)
