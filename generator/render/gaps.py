"""Gaps in words: what the editors entered, and what the records show by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.index import FoundGap, Reference, Statement
from generator.render.blocks import render_line
from generator.render.escape import Markdown, escape_text
from generator.render.page import Page
from generator.render.views import link_to_place, links_to, show_date
from generator.text.ids import annotation_id, footnote_key, note_id

# Of a work that many documents refer to, these are named.
SHOWN_DOCUMENTS = 8
SHOWN_PLACES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class GapView:
    """Something that a document or the dossier lacks, and how the editors know."""

    what: Markdown
    why: Markdown


def view_gaps(page: Page) -> list[GapView]:
    """Return the gaps of the page's document: what the editors entered, then what its record shows.

    Works that it refers to and that are absent are one gap.
    """
    gaps = page.dossier.index.gaps_of.get(page.slug, ())
    views = [view_gap(page, gap) for gap in gaps if gap.finding != "absent"]
    absent = [gap.slug for gap in gaps if gap.finding == "absent"]
    if absent:
        what = page.dossier.strings("gap_refers", n=len(absent), works=links_to(page, absent))
        views.append(GapView(what=what, why=Markdown("")))
    return views


def view_gap(page: Page, gap: FoundGap) -> GapView:
    """Return one gap in words, with links to the notes, statements or places concerned."""
    strings = page.dossier.strings
    if gap.finding == "entered":
        return GapView(
            what=_field(page, gap.slug, f"gaps.{gap.entered}.what"),
            why=_field(page, gap.slug, f"gaps.{gap.entered}.why"),
        )
    document = page.dossier.corpus.documents.get(gap.slug)
    what = strings(
        f"gap_{gap.finding}",
        n=len(gap.labels) or len(gap.statements),
        date=show_date(page, document.record.date) if document else "",
        notes=strings.join("list_separator", (_link_note(page, gap.slug, label) for label in gap.labels)),
        statements=_link_statements(page, gap.statements),
        places=link_uses(page, gap.uses),
        words=gap.words,
    )
    return GapView(what=what, why=Markdown(""))


def link_uses(page: Page, uses: Sequence[Reference]) -> Markdown:
    """Return links to the documents that refer to a work, each with the places where it does."""
    strings = page.dossier.strings
    by_document: dict[str, list[Reference]] = {}
    for use in uses:
        by_document.setdefault(use.source, []).append(use)
    links = []
    for document, references in list(by_document.items())[:SHOWN_DOCUMENTS]:
        # A statement may cite a work in its note and go back to it: one place.
        places = {one.anchor: one for one in reversed(references)}
        shown = strings.join(
            "list_separator", (_link_use(page, one) for one in list(reversed(places.values()))[:SHOWN_PLACES])
        )
        links.append(strings("in_brackets", words=page.link(document), remark=shown))
    rest = len(by_document) - SHOWN_DOCUMENTS
    if rest > 0:
        links.append(strings("more", n=rest))
    return strings.join("list_separator", links)


def _link_use(page: Page, use: Reference) -> Markdown:
    """Return a link to the place of a use; a statement by its number, as others are named here."""
    for statement in page.dossier.index.of_document.get(use.source, ()):
        if annotation_id(statement.annotation.id) == use.anchor:
            return _link_statements(page, [statement])
    return link_to_place(page, use)


def _field(page: Page, slug: str, key: str) -> Markdown:
    return render_line(page, page.dossier.linked.text(slug, "field", key))


def _link_note(page: Page, slug: str, label: str) -> Markdown:
    text = page.dossier.linked.text(slug, "transcription")
    shown = text.parsed.footnotes if text is not None and text.is_published else ()
    if all(note.label != label for note in shown):
        return escape_text(label, is_line_start=False)
    anchor = note_id(slug, footnote_key(label, "transcription", ""))
    return Markdown(f"[{escape_text(label)}]({page.address(slug, anchor)})")


def _link_statements(page: Page, statements: Iterable[Statement]) -> Markdown:
    return Markdown(
        " ".join(
            f"[&#91;{one.number}&#93;]({page.address(one.document, annotation_id(one.annotation.id))})"
            for one in statements
        )
    )
