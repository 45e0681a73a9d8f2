"""How an actor is drawn: a shape for its kind, a size for its passages. The colours are in `network.css`."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

# Shapes of about the same area for a radius of 1, as paths; each kind has one beside its colour. The last is for all
# kinds beyond the others. `{}` are lengths, in the order given.
MAX_KINDS = 6
OTHER = MAX_KINDS
SHAPES: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("M{} 0a{} {} 0 1 0 {} 0a{} {} 0 1 0 {} 0z", (-1, 1, 1, 2, 1, 1, -2)),  # a circle
    ("M{} {}h{}v{}h{}z", (-0.9, -0.9, 1.8, 1.8, -1.8)),  # a square
    ("M0 {}L{} 0L0 {}L{} 0z", (-1.3, 1.3, 1.3, -1.3)),  # a diamond
    ("M0 {}L{} {}H{}z", (-1.2, 1.25, 0.95, -1.25)),  # a triangle that points up
    ("M0 {}L{} {}H{}z", (1.2, 1.25, -0.95, -1.25)),  # a triangle that points down
    ("M{} {}h{}v{}h{}v{}h{}v{}h{}v{}h{}v{}h{}z",
     (-0.45, -1.2, 0.9, 0.75, 0.75, 0.9, -0.75, 0.75, -0.9, -0.75, -0.75, -0.9, 0.75)),  # a plus
    ("M{} {}h{}v{}h{}z", (-1.25, -0.6, 2.5, 1.2, -2.5)),  # a bar
)  # fmt: skip
RADII = (4.5, 6, 8, 10.5, 13.5)
# The largest extent of a shape from its middle, for a radius of 1.
REACH = 1.3
# Steps of thickness of lines.
LINES = 5
# Fewer passages than these never make the largest mark, or the thickest line.
LARGE = 12
THICK = 6


def shape_of(kind: str, kinds: Sequence[str]) -> int:
    """Return the number of the shape and colour of a kind; `kinds` are all of the dossier, the most frequent first."""
    return min(kinds.index(kind), OTHER)


def size_of(passages: int, most: int) -> int:
    """Return the step of size for so many passages, 0 to 4: the area grows with them, up to `most`."""
    return min(int(len(RADII) * sqrt(passages / max(most, LARGE))), len(RADII) - 1)


def line_of(passages: int, most: int) -> int:
    """Return the step of thickness, 1 to 5, of a line for so many passages: it grows with their logarithm."""
    # log(passages) / log(most) >= steps / LINES, in whole numbers, which every machine computes alike.
    return 1 + sum(1 for steps in range(1, LINES) if passages**LINES >= max(most, THICK) ** steps)


def shape_path(shape: int, radius: float) -> str:
    """Return the path of a shape around 0, 0."""
    form, lengths = SHAPES[shape]
    return form.format(*(f"{length * radius:.1f}".removesuffix(".0") for length in lengths))
