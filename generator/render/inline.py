"""One block's text as Markdown: styles, links, annotated spans and note marks put back in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.model.text import Block, Citation, NoteMark, Span, Style
from generator.render.escape import Markdown, escape_attribute, escape_text

NOTHING = Markdown("")
TAGS = {"emphasis": "em", "strong": "strong", "deleted": "del", "code": "code"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A stretch that links: `address` is written as it is, `kind` becomes a class."""

    span: Span
    address: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSpan:
    """An annotated stretch. `id` is set on its first piece, `note_mark` follows its last one."""

    span: Span
    id: str = ""
    note_mark: Markdown = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRenderer:
    """How the marks that stand between letters are written."""

    citation: Callable[[Citation], Markdown]
    note_mark: Callable[[NoteMark], Markdown]


def render_leaf(
    leaf: Block, links: Sequence[Link], marked: Sequence[MarkedSpan], points: PointRenderer
) -> Markdown:
    """Return the leaf's text as one line of Markdown. Links do not overlap; marks that fall inside one follow it."""
    pieces: list[str] = []
    inserted = _points(leaf, marked, points)
    position = 0
    for link in sorted(links, key=lambda one: one.span):
        pieces.append(_stretch(leaf, Span(start=position, end=link.span.start), marked, inserted))
        inner = _stretch(leaf, link.span, marked, ())
        pieces.append(_linked(link, inner))
        late = [
            (link.span.end, point) for offset, point in inserted if link.span.start < offset < link.span.end
        ]
        inserted = tuple(sorted([*inserted, *late], key=lambda pair: pair[0]))
        position = link.span.end
    pieces.append(_stretch(leaf, Span(start=position, end=len(leaf.text)), marked, inserted))
    return Markdown("".join(pieces))


def _linked(link: Link, inner: str) -> str:
    if link.kind == "address":
        return f'<a class="address" href="{escape_attribute(link.address)}">{inner}</a>'
    return f"[{inner}]({link.address}){{: .{link.kind} }}"


def _points(
    leaf: Block, marked: Sequence[MarkedSpan], points: PointRenderer
) -> tuple[tuple[int, Markdown], ...]:
    """Return what stands between letters, by offset: ends of annotated spans, then footnotes, then citations."""
    found: list[tuple[int, int, int, Markdown]] = []
    for order, span in enumerate(marked):
        if span.note_mark:
            found.append((span.span.end, 0, order, span.note_mark))
    for order, mark in enumerate(leaf.note_marks):
        found.append((mark.offset, 1, order, points.note_mark(mark)))
    for order, citation in enumerate(leaf.citations):
        found.append((citation.offset, 2, order, points.citation(citation)))
    return tuple((offset, point) for offset, _, _, point in sorted(found, key=lambda f: f[:3]))


def _stretch(
    leaf: Block,
    stretch: Span,
    marked: Sequence[MarkedSpan],
    inserted: Iterable[tuple[int, Markdown]],
) -> str:
    """Return one stretch between or inside links, cut wherever a style, an annotation or a point begins or ends."""
    here = [(offset, point) for offset, point in inserted if stretch.start <= offset <= stretch.end]
    edges = {stretch.start, stretch.end, *(offset for offset, _ in here)}
    for span in [*(s.span for s in leaf.styles), *(m.span for m in marked)]:
        edges.update(edge for edge in (span.start, span.end) if stretch.start < edge < stretch.end)
    cuts = sorted(edges)
    pieces: list[str] = []
    for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        pieces.extend(point for offset, point in here if offset == start)
        if start < end:
            pieces.append(_piece(leaf, Span(start=start, end=end), marked))
    return "".join(pieces)


def _piece(leaf: Block, span: Span, marked: Sequence[MarkedSpan]) -> str:
    lines = leaf.text[span.start : span.end].split("\n")
    text = "<br>\n".join(
        escape_text(line, is_line_start=span.start == 0 or index > 0) for index, line in enumerate(lines)
    )
    for style in leaf.styles:
        if style.kind in TAGS and style.span.overlaps(span):
            text = f"<{TAGS[style.kind]}>{text}</{TAGS[style.kind]}>"
    covering = [one for one in marked if one.span.overlaps(span)]
    if covering:
        first = next((one for one in covering if one.id and one.span.start == span.start), None)
        identity = f' id="{first.id}"' if first else ""
        text = f'<mark class="annotated"{identity}>{text}</mark>'
    return text


def web_links(styles: Iterable[Style]) -> list[Link]:
    """Return the links to web addresses among the styles."""
    return [
        Link(span=style.span, address=style.address, kind="address")
        for style in styles
        if style.kind == "address"
    ]
