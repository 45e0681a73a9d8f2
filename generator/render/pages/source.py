"""The page of one cited source: its citation and every use of it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.records import CitationEntry
from generator.render.cited import render_segments
from generator.render.escape import Markdown
from generator.render.page import Page
from generator.render.views import ContextView, show_date, view_context

KINDS = {"footnote": "cited by the document", "citation": "cited by the editors", "wikilink": "linked by the editors"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UseView:
    """One use of a source: by which page, in which way, in which sentence."""

    page: Markdown
    date: str
    how: str
    locator: str
    context: ContextView | None


def source_context(page: Page, entry: CitationEntry) -> dict[str, object]:
    """Return what `source.md.j2` shows; uses come by page, documents first and in date order."""
    dossier = page.dossier
    uses = []
    for backlinks in dossier.index.backlinks.get(entry.id, ()):
        for reference in backlinks.references:
            is_document = backlinks.source in dossier.corpus.documents
            date = dossier.corpus.documents[backlinks.source].record.date if is_document else ""
            uses.append(
                UseView(
                    page=page.link(backlinks.source) if backlinks.source else Markdown("Introduction"),
                    date=show_date(date) if date else "",
                    how=KINDS.get(reference.kind, reference.relation),
                    locator=reference.locator,
                    context=view_context(page, reference),
                )
            )
    return {
        "slug": entry.id,
        "title": entry.title,
        "kind": entry.type.replace("-", " ").replace("_", " "),
        "date": show_date(entry.issued) if entry.issued else "",
        "citation": render_segments(dossier.citations[entry.id].bibliography),
        "url": entry.url or "",
        "uses": uses,
    }
