"""What a page shows of how to cite its document or source."""

from __future__ import annotations

from dataclasses import dataclass

from generator.render.citation_exports import export_entry
from generator.render.cited import render_segments
from generator.render.escape import Markdown, escape_code
from generator.render.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleView:
    """The citation in one style. `is_own` marks the dossier's style, in which quotations are copied."""

    name: str
    words: Markdown
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportView:
    """The citation in one format: its text, and the address of the file that holds it."""

    format: str
    address: Markdown
    file: str
    text: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedAs:
    """A document or source in every style and format."""

    styles: tuple[StyleView, ...]
    exports: tuple[ExportView, ...]


def view_citations(page: Page, slug: str) -> CitedAs:
    """Return how to cite a document, or a source, whose own page shows its citation already."""
    dossier = page.dossier
    entry = dossier.document_entries.get(slug) or dossier.corpus.citations[slug]
    return CitedAs(
        styles=tuple(
            StyleView(name=cited.style, words=render_segments(cited.segments), is_own=index == 0)
            for index, cited in enumerate(dossier.document_citations.get(slug, ()))
        ),
        exports=tuple(
            ExportView(
                format=export.format,
                address=page.address_of(export.path),
                file=export.path.rpartition("/")[2],
                text=escape_code(export.text.replace("\r\n", "\n").rstrip("\n")),
            )
            for export in export_entry(entry, dossier.strings)
        ),
    )
