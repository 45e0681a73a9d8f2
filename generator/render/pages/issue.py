"""The page of one issue: its overview and the ledger of annotated passages in time order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.model.places import Entry
from generator.model.records import IssueRecord
from generator.render.blocks import render_text
from generator.render.escape import Markdown
from generator.render.ledger_filters import view_filters
from generator.render.long_views import keep_statements
from generator.render.page import Page
from generator.render.pages.actor import CoMentionView
from generator.render.pages.corrections import view_corrections
from generator.render.pages.timeline import timeline_section
from generator.render.positions import link_positions
from generator.render.proofs import count_proofs
from generator.render.views import links_to, view_backlinks, view_statement

# Those who say most; a list of thousands helps nobody, and all stand in the ledger.
MAX_SPEAKERS = 60
# Of more documents the newest stand at the head of the page; all of them link here.
MAX_DOCUMENTS = 60
SHOWN_DOCUMENTS = 12


def issue_context(page: Page, entry: Entry[IssueRecord]) -> dict[str, object]:
    """Return what `issue.md.j2` shows, rendered in the order of the page."""
    record, slug, dossier = entry.record, entry.slug, page.dossier
    statements = dossier.index.on_issue.get(slug, ())
    kept, all_statements = keep_statements(page, "ledger", statements)
    speakers = Counter(speaker for s in statements for speaker in s.annotation.speakers)
    return {
        "slug": slug,
        "title": record.title,
        "related": links_to(page, record.related),
        "documents": _link_documents(page, dossier.documents_on.get(slug, ())),
        "overview": render_text(page, dossier.linked.text(slug, "overview")),
        "proofs": count_proofs(page, slug, "overview"),
        "timeline": timeline_section(page, "issue"),
        "positions": link_positions(page, slug),
        "filters": view_filters(page, kept),
        "statements": [view_statement(page, statement) for statement in kept],
        "statement_count": len(statements),
        "all_statements": all_statements,
        "speakers": [
            CoMentionView(link=page.link(speaker), passages=count)
            for speaker, count in sorted(speakers.items(), key=lambda item: (-item[1], item[0]))[
                :MAX_SPEAKERS
            ]
        ],
        "more_speakers": max(len(speakers) - MAX_SPEAKERS, 0),
        **view_corrections(page, slug),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
        "backlinks": view_backlinks(page, slug),
    }


def _link_documents(page: Page, documents: Sequence[str]) -> Markdown:
    """Return links to the documents of an issue by date; of many the newest, and a link to what links here."""
    if len(documents) <= MAX_DOCUMENTS:
        return links_to(page, documents)
    newest = [page.link(slug) for slug in reversed(documents[-SHOWN_DOCUMENTS:])]
    listed = page.dossier.long_lists.backlinks.get((page.slug, "document"))
    rest = page.address_of(listed.path_of(0)) if listed else Markdown("#backlinks")
    more = page.dossier.strings("more", n=len(documents) - len(newest))
    return page.dossier.strings.join("list_separator", [*newest, Markdown(f"[{more}]({rest})")])
