"""On which side of its mark each label stands: where it covers least and meets nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from generator.render.network.boxes import Box
from generator.render.network.labels import Label
from generator.render.network.marks import REACH

Side = Literal["below", "above", "end", "start"]
SIDES: tuple[Side, ...] = ("below", "above", "end", "start")
Point = tuple[float, float]
# From the mark to the label, and from line to line, in parts of the letters' size.
OFF_MARK = 3
LINE_HEIGHT = 1.12
# How much of the letters' size lies above the base line and below it.
ASCENT = 0.8
DESCENT = 0.24
CLEAR = 2


def label_box(label: Label, letters: float, radius: float, side: Side) -> Box:
    """Return the box of a label around a mark at 0, 0. `start` is the left: pictures are not mirrored."""
    height = ((len(label.lines) - 1) * LINE_HEIGHT + ASCENT + DESCENT) * letters
    half = label.width / 2
    away = radius * (1 if side in {"below", "above"} else REACH) + OFF_MARK
    if side == "below":
        return Box(-half, away, half, away + height)
    if side == "above":
        return Box(-half, -away - height, half, -away)
    if side == "end":
        return Box(away, -height / 2, away + label.width, height / 2)
    return Box(-away - label.width, -height / 2, -away, height / 2)


def choose_sides(
    points: Sequence[Point],
    radii: Sequence[float],
    labels: Sequence[tuple[Label, float]],
    lines: Sequence[tuple[Point, Point]],
    width: float,
) -> list[Side]:
    """Return a side for each label; all `below` must be free of overlaps, and so is the result.

    A label leaves its place below the mark only for one that fewer lines cross and that is free of all marks and of the
    labels as they stand. In the order given, so the first have the choice.
    """
    marks = [
        Box(x - r * REACH, y - r * REACH, x + r * REACH, y + r * REACH)
        for (x, y), r in zip(points, radii, strict=True)
    ]
    sides: list[Side] = ["below"] * len(points)

    def box(at: int, side: Side) -> Box:
        label, letters = labels[at]
        return label_box(label, letters, radii[at], side).moved(*points[at])

    standing = [box(at, "below") for at in range(len(points))]
    for at in range(len(points)):
        others = [b for other, b in enumerate(standing) if other != at] + [
            b for other, b in enumerate(marks) if other != at
        ]
        least = _crossings(standing[at], lines)
        for side in SIDES[1:]:
            if not least:
                break
            candidate = box(at, side)
            is_inside = candidate.left >= 0 and candidate.right <= width
            if is_inside and not any(candidate.meets(other, CLEAR) for other in others):
                crossings = _crossings(candidate, lines)
                if crossings < least:
                    least, sides[at], standing[at] = crossings, side, candidate
    return sides


def _crossings(box: Box, lines: Sequence[tuple[Point, Point]]) -> int:
    return sum(1 for one, other in lines if _crosses(box, one, other))


def _crosses(box: Box, one: Point, other: Point) -> bool:
    """Say whether a line has a point in a box (Liang and Barsky's clipping)."""
    first, last = 0.0, 1.0
    across, down = other[0] - one[0], other[1] - one[1]
    for step, room in (
        (-across, one[0] - box.left),
        (across, box.right - one[0]),
        (-down, one[1] - box.top),
        (down, box.bottom - one[1]),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    return first <= last
