"""The text of a document on its page: numbered passages, marked spans, footnotes with what the editors add."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from generator.model.index import Statement
from generator.model.linked import LinkedText
from generator.model.text import CitedTarget
from generator.render.blocks import TextRenderer
from generator.render.cited import mark_cited, render_archived_copy, render_cited
from generator.render.escape import Markdown, escape_attribute
from generator.render.inline import MarkedSpan
from generator.render.page import Page
from generator.render.pages.document_head import view_field
from generator.text.ids import annotation_id, footnote_key, quoted_span_id
from generator.text.targets import parse_target


def render_transcription(page: Page, text: LinkedText, statements: Sequence[Statement]) -> Markdown:
    """Return the text with numbered passages and marked spans; its footnotes go to the page's notes."""
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
            marked[piece.leaf].append(
                MarkedSpan(
                    span=piece.span,
                    id=quoted_span_id(annotation) if index == 0 else "",
                    annotation=annotation,
                    note_mark=_note_mark(page, number, annotation) if is_last else Markdown(""),
                )
            )
    return marked


def _note_mark(page: Page, number: int, annotation: str) -> Markdown:
    name = escape_attribute(page.dossier.strings.plain("document_annotation", number=number))
    return Markdown(
        f'<sup class="annotation-mark"><a href="#{annotation_id(annotation)}" aria-label="{name}">'
        f"&#91;{number}&#93;</a></sup>"
    )


def _footnote_addition(page: Page, label: str) -> Markdown:
    """Return what the editors add to a footnote: the works it cites, and who placed its mark."""
    corpus, strings = page.dossier.corpus, page.dossier.strings
    detail = corpus.documents[page.slug].record.footnotes.get(label)
    if detail is None:
        return Markdown("")
    parts: list[str] = []
    for cites in detail.cites:
        target = parse_target(cites)
        if target.slug in corpus.citations:
            source = corpus.citations[target.slug]
            words = [Markdown(f"{page.link(target.slug)}."), render_archived_copy(page, source)]
            cited = mark_cited(page, target.slug, Markdown(" ".join(one for one in words if one)))
        else:
            cited = render_cited(page, CitedTarget(target=target))
        parts.append(strings("document_footnote_cites", cited=cited))
    if detail.placed_by == "editors":
        parts.append(strings("document_footnote_placed"))
    note = view_field(page, f"footnotes.{label}.note")
    if note:
        parts.append(note)
    return Markdown(f'<span class="editors">{" ".join(parts)}</span>' if parts else "")
