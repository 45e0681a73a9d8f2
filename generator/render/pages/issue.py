"""The page of one issue: its overview and the ledger of annotated passages in time order."""

from __future__ import annotations

from collections import Counter

from generator.model.places import Entry
from generator.model.records import IssueRecord
from generator.render.blocks import render_text
from generator.render.ledger_filters import view_filters
from generator.render.page import Page
from generator.render.pages.actor import CoMentionView
from generator.render.pages.corrections import view_corrections
from generator.render.pages.timeline import timeline_section
from generator.render.positions import link_positions
from generator.render.proofs import count_proofs
from generator.render.views import links_to, view_backlinks, view_statement


def issue_context(page: Page, entry: Entry[IssueRecord]) -> dict[str, object]:
    """Return what `issue.md.j2` shows, rendered in the order of the page."""
    record, slug, dossier = entry.record, entry.slug, page.dossier
    statements = dossier.index.on_issue.get(slug, ())
    speakers = Counter(speaker for s in statements for speaker in s.annotation.speakers)
    return {
        "slug": slug,
        "title": record.title,
        "related": links_to(page, record.related),
        "documents": links_to(page, dossier.documents_on.get(slug, ())),
        "overview": render_text(page, dossier.linked.text(slug, "overview")),
        "proofs": count_proofs(page, slug, "overview"),
        "timeline": timeline_section(page, "issue"),
        "positions": link_positions(page, slug),
        "filters": view_filters(page, statements),
        "statements": [view_statement(page, statement) for statement in statements],
        "speakers": [
            CoMentionView(link=page.link(speaker), passages=count)
            for speaker, count in sorted(speakers.items(), key=lambda item: (-item[1], item[0]))
        ],
        "corrections": view_corrections(page, slug),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
        "backlinks": view_backlinks(page, slug),
    }
