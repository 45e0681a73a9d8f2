"""The page of one cited source: its citation and every use of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from generator.model.index import PageBacklinks, Reference
from generator.model.records import CitationEntry
from generator.render.cite_this import view_citations
from generator.render.cited import render_segments
from generator.render.escape import NOTHING, Markdown
from generator.render.languages import language_attributes, language_of_title
from generator.render.long_lists import KEPT_CONTEXTS, FurtherBacklinks, choose_strongest, kept_references
from generator.render.long_views import link_all_pages, link_rest, shorten_list
from generator.render.origins import view_origin
from generator.render.page import Page
from generator.render.views import ContextView, link_to_source, show_date, view_context
from generator.text.ids import linking_page_id

# Of a work that many documents refer to, these are named; all of them stand among its uses.
MAX_KNOWN_FROM = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class UseView:
    """One use of a source: in which way and where in it, and in which sentence."""

    how: str
    context: ContextView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsingPage:
    """A page that uses a source, and each use in reading order."""

    page: Markdown
    date: str
    uses: tuple[UseView, ...]
    rest: Markdown = NOTHING
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _UserGroup:
    """Pages of one kind that use a source; `all_pages` leads to all of them where these are only some."""

    users: tuple[UsingPage, ...]
    all_pages: Markdown = NOTHING


def source_context(page: Page, entry: CitationEntry) -> dict[str, object]:
    """Return what `source.md.j2` shows; uses come by page, documents first and in date order."""
    dossier = page.dossier
    groups = list(_view_groups(page))
    return {
        "slug": entry.id,
        "title": entry.title,
        "kind": dossier.strings.plain(f"type_{entry.type}"),
        "language_attributes": _title_language(page, entry),
        "date": show_date(page, entry.issued) if entry.issued else "",
        "citation": render_segments(dossier.citations[entry.id].bibliography),
        "url": entry.url or "",
        "known_from": _known_from(page),
        "origin": view_origin(page),
        "cited_as": view_citations(page, entry.id),
        "users": [user for group in groups for user in group.users],
        "all_users": [group.all_pages for group in groups if group.all_pages],
    }


def _known_from(page: Page) -> Markdown:
    """Return links to the documents from which a work is known that is not in the dossier itself; else nothing."""
    absent = page.dossier.index.gaps_of.get(page.slug, ())
    sources = dict.fromkeys(use.source for gap in absent for use in gap.uses)
    return shorten_list(page, list(sources), MAX_KNOWN_FROM)


def _view_groups(page: Page) -> Iterator[_UserGroup]:
    """Yield the pages that use the source by kind; of a list that is cut, those with most uses and the newest."""
    corpus, lists = page.dossier.corpus, page.dossier.long_lists.backlinks
    backlinks = page.dossier.index.backlinks.get(page.slug, ())
    for kind, group in groupby(backlinks, lambda one: corpus.kind_of(one.source)):
        pages = list(group)
        listed = lists.get((page.slug, kind))
        if listed is None:
            yield _UserGroup(users=tuple(_view_user(page, one, one.references) for one in pages))
            continue
        users = tuple(
            replace(
                _view_user(page, one, kept_references(one)), rest=link_rest(page, listed, one, KEPT_CONTEXTS)
            )
            for one in choose_strongest(corpus, pages)
        )
        yield _UserGroup(users=users, all_pages=link_all_pages(page, listed, kind))


def view_uses(page: Page, backlinks: PageBacklinks) -> UsingPage:
    """Return the uses that one page makes of a source, as a page that lists all such shows them."""
    user = _view_user(page, backlinks, backlinks.references)
    return replace(
        user, id="" if isinstance(backlinks, FurtherBacklinks) else linking_page_id(backlinks.source)
    )


def _view_user(page: Page, backlinks: PageBacklinks, references: Iterable[Reference]) -> UsingPage:
    document = page.dossier.corpus.documents.get(backlinks.source)
    return UsingPage(
        page=link_to_source(page, backlinks),
        date=show_date(page, document.record.date) if document else "",
        uses=tuple(
            UseView(how=_how(page, reference), context=view_context(page, reference))
            for reference in references
        ),
    )


def _how(page: Page, reference: Reference) -> str:
    """Return who makes a use, and at which page of the source or by which note."""
    strings = page.dossier.strings
    is_field = reference.kind == "record"
    key = f"relation_{reference.relation.replace(' ', '_')}" if is_field else f"use_{reference.kind}"
    note = strings.plain("place_numbered_note", number=reference.note) if reference.note else ""
    parts = (strings.plain(key), reference.locator, note)
    return strings.plain("list_separator").join(part for part in parts if part)


def _title_language(page: Page, entry: CitationEntry) -> Markdown:
    corpus = page.dossier.corpus
    return language_attributes(language_of_title(corpus, entry.id), corpus.dossier.record.language)
