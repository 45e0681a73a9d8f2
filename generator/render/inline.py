"""One block's text as Markdown: styles, links, annotated spans and note marks put back in."""

from __future__ import annotations

from collections import defaultdict
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
    """An annotated stretch. `id` is set on its first piece, `note_mark` follows its last one.

    `annotation` is the annotation's id: letters, digits and hyphens.
    """

    span: Span
    id: str = ""
    annotation: str = ""
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
        pieces.append(_linked(link, inner, leaf.text[link.span.start : link.span.end]))
        late = [
            (link.span.end, point) for offset, point in inserted if link.span.start < offset < link.span.end
        ]
        inserted = tuple(sorted([*inserted, *late], key=lambda pair: pair[0]))
        position = link.span.end
    pieces.append(_stretch(leaf, Span(start=position, end=len(leaf.text)), marked, inserted))
    return Markdown("".join(pieces))


def _linked(link: Link, inner: str, words: str) -> str:
    if link.kind == "address":
        # On paper the address follows words that do not say it already.
        named = "" if words.strip() and words.strip() in link.address else " named"
        return f'<a class="address{named}" href="{escape_attribute(link.address)}">{inner}</a>'
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
    if stretch.start == stretch.end and not inserted:
        return ""
    here: dict[int, list[Markdown]] = defaultdict(list)
    for offset, point in inserted:
        if stretch.start <= offset <= stretch.end:
            here[offset].append(point)
    styles = [style for style in leaf.styles if style.kind in TAGS and style.span.overlaps(stretch)]
    marks = [one for one in marked if one.span.overlaps(stretch)]
    if not (here or styles or marks):
        return _piece(leaf, stretch, (), ())
    edges = {stretch.start, stretch.end, *here}
    for span in [*(style.span for style in styles), *(one.span for one in marks)]:
        edges.update(edge for edge in (span.start, span.end) if stretch.start < edge < stretch.end)
    cuts = sorted(edges)
    styles_at = _covering([style.span for style in styles], cuts)
    marks_at = _covering([one.span for one in marks], cuts)
    pieces: list[str] = []
    for index, start in enumerate(cuts):
        pieces.extend(here.get(start, ()))
        if index + 1 < len(cuts):
            span = Span(start=start, end=cuts[index + 1])
            pieces.append(
                _piece(leaf, span, [styles[n] for n in styles_at[index]], [marks[n] for n in marks_at[index]])
            )
    return "".join(pieces)


def _covering(spans: Sequence[Span], cuts: Sequence[int]) -> list[list[int]]:
    """Return, for the piece that begins at each cut, the indexes of the spans that cover it, in their order.

    Every end of a span that lies between the first and the last cut is itself a cut.
    """
    by_start = sorted(range(len(spans)), key=lambda n: spans[n].start)
    covering: list[list[int]] = []
    active: list[int] = []
    following = 0
    for cut in cuts:
        active = [n for n in active if spans[n].end > cut]
        while following < len(by_start) and spans[by_start[following]].start <= cut:
            if spans[by_start[following]].end > cut:
                active.append(by_start[following])
            following += 1
        covering.append(sorted(active))
    return covering


def _piece(leaf: Block, span: Span, styles: Sequence[Style], marks: Sequence[MarkedSpan]) -> str:
    text: str
    words = leaf.text[span.start : span.end]
    if "\n" in words:
        text = "<br>\n".join(
            escape_text(line, is_line_start=span.start == 0 or index > 0)
            for index, line in enumerate(words.split("\n"))
        )
    else:
        text = escape_text(words, is_line_start=span.start == 0)
    for style in styles:
        text = f"<{TAGS[style.kind]}>{text}</{TAGS[style.kind]}>"
    if marks:
        text = _marked(text, span, marks)
    return text


def _marked(text: str, span: Span, marks: Sequence[MarkedSpan]) -> str:
    """Return a piece of text as marked for all annotations that cover it; where several begin here, each has its id."""
    ids = [one.id for one in marks if one.id and one.span.start == span.start]
    others = "".join(f'<span class="mark-start" id="{identity}"></span>' for identity in ids[1:])
    identity = f' id="{ids[0]}"' if ids else ""
    names = " ".join(one.annotation for one in marks)
    overlap = " overlap" if len(marks) > 1 else ""
    return f'{others}<mark class="annotated{overlap}"{identity} data-annotations="{names}">{text}</mark>'


def web_links(styles: Iterable[Style]) -> list[Link]:
    """Return the links to web addresses among the styles."""
    return [
        Link(span=style.span, address=style.address, kind="address")
        for style in styles
        if style.kind == "address"
    ]
