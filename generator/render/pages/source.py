"""The page of one cited source: its citation and every use of it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.index import PageBacklinks, Reference
from generator.model.records import CitationEntry
from generator.render.cite_this import view_citations
from generator.render.cited import render_segments
from generator.render.escape import Markdown
from generator.render.languages import language_attributes, language_of_title
from generator.render.origins import view_origin
from generator.render.page import Page
from generator.render.views import ContextView, link_to_source, links_to, show_date, view_context


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


def source_context(page: Page, entry: CitationEntry) -> dict[str, object]:
    """Return what `source.md.j2` shows; uses come by page, documents first and in date order."""
    dossier = page.dossier
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
        "users": [_view_user(page, backlinks) for backlinks in dossier.index.backlinks.get(entry.id, ())],
    }


def _known_from(page: Page) -> Markdown:
    """Return links to the documents from which a work is known that is not in the dossier itself; else nothing."""
    absent = page.dossier.index.gaps_of.get(page.slug, ())
    return links_to(page, dict.fromkeys(use.source for gap in absent for use in gap.uses))


def _view_user(page: Page, backlinks: PageBacklinks) -> UsingPage:
    document = page.dossier.corpus.documents.get(backlinks.source)
    return UsingPage(
        page=link_to_source(page, backlinks),
        date=show_date(page, document.record.date) if document else "",
        uses=tuple(
            UseView(how=_how(page, reference), context=view_context(page, reference))
            for reference in backlinks.references
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
