"""The page of one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.index import Statement
from generator.model.linked import LinkedText
from generator.model.places import Entry
from generator.model.records import DocumentRecord, ProvenanceStep
from generator.model.text import CitedTarget
from generator.render.blocks import TextRenderer, render_line, render_text
from generator.render.cited import render_cited
from generator.render.escape import Markdown, escape_attribute, escape_text
from generator.render.inline import MarkedSpan
from generator.render.page import Page
from generator.render.views import links_to, show_date, view_backlinks, view_statement
from generator.text.ids import annotation_id, footnote_key, quoted_span_id
from generator.text.targets import parse_target

PUBLISHED = {
    "full": "The full text is published.",
    "excerpts": "Only quoted passages and their notes are published.",
    "record": "Only the record and the digest are published.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairView:
    """A difference between source and transcription."""

    rule: str
    line: str
    before: str
    after: str
    note: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class GapView:
    """Something that the document lacks."""

    what: Markdown
    why: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedView:
    """An actor or issue named in a document, and in how many of its passages."""

    link: Markdown
    passages: int


def document_context(page: Page, entry: Entry[DocumentRecord]) -> dict[str, object]:
    """Return what `document.md.j2` shows. Texts are rendered in the order of the page, so notes count up."""
    record, dossier, slug = entry.record, page.dossier, entry.slug
    statements = dossier.index.of_document.get(slug, ())
    transcription = dossier.linked.text(slug, "transcription")
    is_full = record.rights.publish == "full" and transcription is not None
    chronology = dossier.index.chronology
    position = chronology.index(slug)
    return {
        "slug": slug,
        "title": record.title,
        "kind": record.kind,
        "date": show_date(record.date),
        "edtf": record.date,
        "date_note": _field(page, "date_note"),
        "language": record.language or dossier.corpus.dossier.record.language,
        "authors": links_to(page, () if record.authors == record.signatories else record.authors),
        "signatories": links_to(page, record.signatories),
        "recipients": links_to(page, record.recipients),
        "publisher": links_to(page, [record.publisher] if record.publisher else []),
        "provenance": [_view_step(page, index, step) for index, step in enumerate(record.provenance)],
        "rights": PUBLISHED[record.rights.publish],
        "rights_statement": _field(page, "rights.statement"),
        "rights_holder": record.rights.holder or "",
        "source": record.source,
        "issues": links_to(page, record.issues),
        "digest": render_text(page, dossier.linked.text(slug, "digest")),
        "text": _render_transcription(page, transcription, statements) if is_full else Markdown(""),
        "is_full": is_full,
        "statements": [view_statement(page, statement) for statement in statements],
        "gaps": [
            GapView(what=_field(page, f"gaps.{index}.what"), why=_field(page, f"gaps.{index}.why"))
            for index in range(len(record.gaps))
        ],
        "repairs": _view_repairs(page, record),
        "named_actors": _view_named(page, "actor"),
        "named_issues": _view_named(page, "issue"),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
        "backlinks": view_backlinks(page, slug),
        "earlier": links_to(page, chronology[position - 1 : position] if position else ()),
        "later": links_to(page, chronology[position + 1 : position + 2]),
    }


def _field(page: Page, key: str) -> Markdown:
    return render_line(page, page.dossier.linked.text(page.slug, "field", key))


def _view_step(page: Page, index: int, step: ProvenanceStep) -> Markdown:
    """Return one step of the chain of provenance as a line."""
    who = page.link(step.actor) if step.actor else escape_text(step.name or "")
    if step.actor and step.name:
        who = Markdown(f"{who} ({escape_text(step.name)})")
    parts = [who]
    parts += [escape_text(part) for part in (step.role, show_date(step.date) if step.date else None) if part]
    line = ", ".join(parts)
    if step.url:
        line += f', <a class="address" href="{escape_attribute(step.url)}">{escape_text(step.url)}</a>'
    note = _field(page, f"provenance.{index}.note")
    return Markdown(f"{line}. {note}" if note else line)


def _render_transcription(page: Page, text: LinkedText | None, statements: Sequence[Statement]) -> Markdown:
    """Return the text with numbered passages and marked spans; its footnotes go to the page's notes."""
    assert text is not None
    rendered = TextRenderer(page, text, marked=_marked_spans(page, statements), is_numbered=True).render()
    for note in text.parsed.footnotes:
        addition = _footnote_addition(page, note.label)
        if addition:
            page.notes.extend_footnote(footnote_key(note.label, text.role, text.key), addition)
    return rendered


def _marked_spans(page: Page, statements: Sequence[Statement]) -> dict[int, list[MarkedSpan]]:
    """Return the annotated spans by leaf, each with the mark of its note after its last piece."""
    marked: dict[int, list[MarkedSpan]] = defaultdict(list)
    for number, statement in enumerate(statements, start=1):
        annotation = statement.annotation.id
        spans = page.dossier.linked.quotations[page.slug, annotation].spans
        for index, piece in enumerate(spans):
            is_last = index == len(spans) - 1
            mark = Markdown(
                f'<sup class="annotation-mark"><a href="#{annotation_id(annotation)}"'
                f' aria-label="Annotation {number}">&#91;{number}&#93;</a></sup>'
            )
            marked[piece.leaf].append(
                MarkedSpan(
                    span=piece.span,
                    id=quoted_span_id(annotation) if index == 0 else "",
                    note_mark=mark if is_last else Markdown(""),
                )
            )
    return marked


def _footnote_addition(page: Page, label: str) -> Markdown:
    """Return what the editors add to a footnote: the works it cites, and who placed its mark."""
    detail = page.dossier.corpus.documents[page.slug].record.footnotes.get(label)
    if detail is None:
        return Markdown("")
    parts: list[str] = []
    for cited in detail.cites:
        target = parse_target(cited)
        if target.slug in page.dossier.corpus.citations:
            parts.append(f"Cites {page.link(target.slug)}.")
        else:
            parts.append(f"Cites {render_cited(page, CitedTarget(target=target))}.")
    if detail.placed_by == "editors":
        parts.append("Mark placed by the editors.")
    note = _field(page, f"footnotes.{label}.note")
    if note:
        parts.append(note)
    return Markdown(f'<span class="editors">{" ".join(parts)}</span>' if parts else "")


def _view_repairs(page: Page, record: DocumentRecord) -> list[RepairView]:
    """Return the repairs; the words of a text that is not published in full are left out."""
    is_full = record.rights.publish == "full"
    return [
        RepairView(
            rule=repair.rule.replace("-", " "),
            line=str(repair.source_line or ""),
            before=repair.before if is_full else "",
            after=repair.after if is_full else "",
            note=_field(page, f"repairs.{index}.note"),
        )
        for index, repair in enumerate(record.repairs)
    ]


def _view_named(page: Page, kind: str) -> list[NamedView]:
    corpus = page.dossier.corpus
    named = [
        (count, slug)
        for slug, count in page.dossier.index.names_of.get(page.slug, {}).items()
        if corpus.kind_of(slug) == kind
    ]
    named.sort(key=lambda pair: (-pair[0], corpus.name_of(pair[1]).casefold(), pair[1]))
    return [NamedView(link=page.link(slug), passages=count) for count, slug in named]
