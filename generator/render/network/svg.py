"""A picture as SVG in Markdown: marks and names are links that the site builder resolves and checks like all others.

The drawing is a run of inline HTML around Markdown's own links, so a page holds it in an element with
`markdown="span"`. It has no styles of its own: classes `k0` to `k6` are kinds, `l1` to `l5` the thickness of lines,
`s3` and `s4` larger letters, `start` and `end` sides of labels, `tie` a line between two neighbours. Lines begin and
end in the middle of their marks, and the groups that hold them tell their passages, so that a script knows what
belongs together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.render.escape import Markdown, escape_attribute, escape_text
from generator.render.network.labels import Label
from generator.render.network.layout import LETTERS
from generator.render.network.marks import RADII, shape_path
from generator.render.network.sides import ASCENT, LINE_HEIGHT, Side, label_box

# Steps of size from this one on have larger letters.
LARGER_FROM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNode:
    """A mark with its label. `address` is that of a Markdown file; empty for the actor whose page this is.

    `spoken` is what a screen reader says of the link.
    """

    x: int
    y: int
    shape: int
    size: int
    label: Label
    side: Side
    address: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """A line between two marks; `bend` is the control point of one that is not straight."""

    start: tuple[int, int]
    end: tuple[int, int]
    passages: int
    thickness: int
    bend: tuple[int, int] | None = None

    @property
    def classes(self) -> str:
        """The thickness, and `tie` for a line that bends."""
        return f"l{self.thickness} tie" if self.bend else f"l{self.thickness}"


def draw(
    width: int, height: int, nodes: Sequence[DrawnNode], lines: Sequence[DrawnLine], title: str
) -> Markdown:
    """Return the drawing. `title` names the group of links for screen readers."""
    marks = sorted({(node.shape, node.size) for node in nodes})
    defined = "".join(
        f'<path id="net-{shape}{size}" class="k{shape}" d="{shape_path(shape, RADII[size])}"/>'
        for shape, size in marks
    )
    groups = [
        f'<g class="{classes}" data-n="{passages}">{"".join(map(_draw_line, same))}</g>'
        for (passages, classes), same in groupby(
            sorted(lines, key=_group), key=lambda line: (line.passages, line.classes)
        )
    ]
    drawn = [_draw_node(node) for node in nodes]
    return Markdown(
        f'<svg class="net" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="group" '
        f'aria-label="{escape_attribute(title)}"><defs>{defined}</defs>\n'
        + "\n".join([*groups, *drawn])
        + "\n</svg>"
    )


def draw_mark(shape: int) -> Markdown:
    """Return the mark of a kind for a legend."""
    return Markdown(
        f'<svg class="mark" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">'
        f'<path class="k{shape}" d="{shape_path(shape, 5)}"/></svg>'
    )


def _group(line: DrawnLine) -> tuple[bool, int]:
    """Return what orders lines: those that bend lie below, thick ones below thin ones."""
    return line.bend is None, -line.passages


def _draw_line(line: DrawnLine) -> str:
    bend = f"Q{line.bend[0]} {line.bend[1]} " if line.bend else "L"
    return f'<path d="M{line.start[0]} {line.start[1]}{bend}{line.end[0]} {line.end[1]}"/>'


def _draw_node(node: DrawnNode) -> str:
    drawn = f'<use href="#net-{node.shape}{node.size}" x="{node.x}" y="{node.y}"/>{_draw_label(node)}'
    if not node.address:
        return f'<g class="self">{drawn}</g>'
    return f'[{drawn}]({node.address}){{: aria-label="{escape_attribute(node.spoken)}" }}'


def _draw_label(node: DrawnNode) -> str:
    letters = LETTERS[node.size]
    box = label_box(node.label, letters, RADII[node.size], node.side)
    x = node.x + round({"end": box.left, "start": box.right}.get(node.side, 0))
    y = node.y + round(box.top + ASCENT * letters)
    first, *rest = (escape_text(line) for line in node.label.lines)
    classes: list[str] = [node.side] if node.side in {"end", "start"} else []
    if node.size >= LARGER_FROM:
        classes.append(f"s{node.size}")
    kind = f' class="{" ".join(classes)}"' if classes else ""
    # The space is for what copies or reads the text: the lines are not run together.
    more = "".join(f' <tspan x="{x}" dy="{letters * LINE_HEIGHT:.4g}">{line}</tspan>' for line in rest)
    return f'<text{kind} x="{x}" y="{y}">{first}{more}</text>'
