"""The page of one document."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.places import Entry
from generator.model.records import DocumentRecord
from generator.render.blocks import render_text
from generator.render.cite_this import view_citations
from generator.render.escape import Markdown
from generator.render.gaps import view_gaps
from generator.render.languages import language_attributes
from generator.render.origins import view_origin
from generator.render.page import Page
from generator.render.pages.corrections import view_corrections
from generator.render.pages.document_head import (
    at_a_glance,
    head_context,
    view_field,
    view_named,
    view_neighbours,
)
from generator.render.pages.document_text import render_transcription
from generator.render.parallels import link_all_parallels, view_parallels
from generator.render.proofs import count_proofs
from generator.render.views import view_backlinks, view_statement


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairView:
    """A difference between source and transcription."""

    rule: str
    line: str
    before: str
    after: str
    note: Markdown
    is_by_editors: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """A fact of the record, the line of the source that it stands on, and the words; no words of a withheld text."""

    fact: str
    line: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """Another copy of the document: what it is, its file, how near it is, and the words that differ."""

    relation: str
    outlet: str
    date: str
    file: str
    share_percent: int
    added: int
    removed: int
    differences: tuple[tuple[str, str], ...]


def document_context(page: Page, entry: Entry[DocumentRecord]) -> dict[str, object]:
    """Return what `document.md.j2` shows. Texts are rendered in the order of the page, so notes count up."""
    record, dossier, slug = entry.record, page.dossier, entry.slug
    own_language = dossier.corpus.dossier.record.language
    statements = dossier.index.of_document.get(slug, ())
    transcription = dossier.linked.text(slug, "transcription")
    is_full = record.rights.publish == "full" and transcription is not None
    parallels = view_parallels(page)
    actors, issues = view_named(page, "actor"), view_named(page, "issue")
    return {
        "slug": slug,
        **head_context(page, record),
        **view_neighbours(page),
        "glances": [("actors", at_a_glance(actors)), ("issues", at_a_glance(issues))],
        "cited_as": view_citations(page, slug),
        "digest": render_text(page, dossier.linked.text(slug, "digest")),
        "proofs": count_proofs(page, slug, "digest"),
        "text": render_transcription(page, transcription, statements)
        if is_full and transcription
        else Markdown(""),
        "text_language": language_attributes(record.language or own_language, own_language),
        "is_full": is_full,
        "statements": [view_statement(page, statement) for statement in statements],
        "origin": view_origin(page),
        "parallels": parallels,
        "parallel_count": len(dossier.index.parallels.get(slug, ())),
        "all_parallels": link_all_parallels(page),
        "parallels_differ": any(parallel.theirs for parallel in parallels.shown),
        "gaps": view_gaps(page),
        "evidence": _view_evidence(page, record),
        "versions": _view_versions(record),
        "repairs": _view_repairs(page, record),
        "named": [("actors", actors), ("issues", issues)],
        **view_corrections(page, slug),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
        "backlinks": view_backlinks(page, slug),
    }


FACT_WORDS = {
    "title": "document_title",
    "date": "date",
    "kind": "kind",
    "language": "document_language",
    "publisher": "publisher",
    "recipients": "document_addressed_to",
    "signatories": "document_signed_by",
}


def _view_evidence(page: Page, record: DocumentRecord) -> list[EvidenceView]:
    """Return the lines of the source that the record's facts rest on, in the order of these lines."""
    is_full = record.rights.publish == "full"
    ordered = sorted(record.evidence.items(), key=lambda item: (item[1].line or 0, item[0]))
    return [
        EvidenceView(
            fact=page.dossier.strings.plain(FACT_WORDS[key]) if key in FACT_WORDS else key,
            line=str(evidence.line or ""),
            words=evidence.words if is_full else "",
        )
        for key, evidence in ordered
    ]


def _view_versions(record: DocumentRecord) -> list[VersionView]:
    """Return the other copies of the document; the words of a text that is not published in full are left out."""
    is_full = record.rights.publish == "full"
    return [
        VersionView(
            relation=version.relation,
            outlet=version.outlet or "",
            date=version.date or "",
            file=version.source.file,
            share_percent=round(version.share * 100),
            added=version.words_added,
            removed=version.words_removed,
            differences=tuple((one.before, one.after) for one in version.differences) if is_full else (),
        )
        for version in record.versions
    ]


def _view_repairs(page: Page, record: DocumentRecord) -> list[RepairView]:
    """Return the repairs; the words of a text that is not published in full are left out."""
    is_full = record.rights.publish == "full"
    return [
        RepairView(
            rule=repair.rule.replace("-", " "),
            line=str(repair.source_line or ""),
            before=repair.before if is_full else "",
            after=repair.after if is_full else "",
            note=view_field(page, f"repairs.{index}.note"),
            is_by_editors=repair.by == "editors",
        )
        for index, repair in enumerate(record.repairs)
    ]
