"""Parallel passages as a document's page shows them: both texts, with the words in which they differ marked."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.parallels import Parallel, ParallelSide
from generator.render.escape import Markdown, escape_text
from generator.render.languages import language_attributes
from generator.render.page import Page
from generator.render.views import Folded, fold

SHOWN_PARALLELS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelView:
    """One parallel: the other document linked at its passage, the words here and there (none if equal)."""

    other: Markdown
    kind: str
    here: Markdown
    own: Markdown
    theirs: Markdown
    own_language: Markdown
    their_language: Markdown


def view_parallels(page: Page) -> Folded[ParallelView]:
    """Return the parallels of the page's document, those with most common words first; what is more stands folded.

    Of a list that is cut, only the first stand here.
    """
    parallels = page.dossier.index.parallels.get(page.slug, ())
    if page.slug in page.dossier.long_lists.parallels:
        parallels = parallels[:SHOWN_PARALLELS]
    return fold([view_parallel(page, page.slug, parallel) for parallel in parallels], SHOWN_PARALLELS)


def link_all_parallels(page: Page) -> Markdown:
    """Return a link to all parallels of the page's document where it shows only some, else nothing."""
    listed = page.dossier.long_lists.parallels.get(page.slug)
    if listed is None:
        return Markdown("")
    words = page.dossier.strings("parts_all_parallels", n=listed.count)
    return Markdown(f"[{words}]({page.address_of(listed.path_of(0))})")


def view_parallel(page: Page, document: str, parallel: Parallel) -> ParallelView:
    """Return a parallel as one of its two documents sees it."""
    is_first = parallel.first.document == document
    own, other = (parallel.first, parallel.second) if is_first else (parallel.second, parallel.first)
    is_equal = all(piece.is_common for piece in parallel.pieces)
    pieces = [
        ((piece.first, piece.second) if is_first else (piece.second, piece.first), piece.is_common)
        for piece in parallel.pieces
    ]
    strings = page.dossier.strings
    kind = parallel.kind
    words = (
        f"parallel_{kind}"
        if kind != "quotation"
        else f"parallel_quotation_{'here' if own.is_quoted else 'there'}"
    )
    return ParallelView(
        other=strings.join("list_separator", [page.link(other.document), _link_place(page, other)]),
        kind=strings.plain(words),
        here=_link_place(page, own),
        own=_marked(own, [(texts[0], is_common) for texts, is_common in pieces], "del"),
        theirs=Markdown("")
        if is_equal
        else _marked(other, [(texts[1], is_common) for texts, is_common in pieces], "ins"),
        own_language=_language(page, own.document),
        their_language=_language(page, other.document),
    )


def _link_place(page: Page, side: ParallelSide) -> Markdown:
    strings = page.dossier.strings
    label = strings("passage_number", number=side.number) if side.number else strings("passage")
    return Markdown(f"[{label}]({page.address(side.document, side.anchor)}){{: .place }}")


def _marked(side: ParallelSide, pieces: list[tuple[str, bool]], tag: str) -> Markdown:
    """Return the words of one side, those that the other lacks in `tag`, with dots where the paragraph goes on."""
    written = "… " if side.goes_on_before else ""
    for words, is_common in pieces:
        text = escape_text(words.strip(), is_line_start=not written)
        space = " " if words.endswith(" ") else ""
        if text:
            written += (text if is_common else f"<{tag}>{text}</{tag}>") + space
    return Markdown(written.rstrip() + (" …" if side.goes_on_after else ""))


def _language(page: Page, document: str) -> Markdown:
    own = page.dossier.corpus.dossier.record.language
    return language_attributes(page.dossier.corpus.documents[document].record.language or own, own)
