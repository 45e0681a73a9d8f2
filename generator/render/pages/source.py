"""The page of one cited source: its citation and every use of it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.index import PageBacklinks
from generator.model.records import CitationEntry
from generator.render.cited import render_segments
from generator.render.escape import Markdown
from generator.render.page import Page
from generator.render.views import ContextView, link_to_source, show_date, view_context

KINDS = {
    "footnote": "cited by the document",
    "citation": "cited by the editors",
    "wikilink": "linked by the editors",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UseView:
    """One use of a source: in which way, and in which sentence."""

    how: str
    locator: str
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
        "kind": entry.type.replace("-", " ").replace("_", " "),
        "date": show_date(entry.issued) if entry.issued else "",
        "citation": render_segments(dossier.citations[entry.id].bibliography),
        "url": entry.url or "",
        "users": [_view_user(page, backlinks) for backlinks in dossier.index.backlinks.get(entry.id, ())],
    }


def _view_user(page: Page, backlinks: PageBacklinks) -> UsingPage:
    document = page.dossier.corpus.documents.get(backlinks.source)
    return UsingPage(
        page=link_to_source(page, backlinks),
        date=show_date(document.record.date) if document else "",
        uses=tuple(
            UseView(
                how=KINDS.get(reference.kind, reference.relation),
                locator=reference.locator,
                context=view_context(page, reference),
            )
            for reference in backlinks.references
        ),
    )
