"""Boxes that may not lie over each other: pushed apart as little as need be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

GAP = 5
STEPS = 240
ROUNDS = 40
# A round without success spreads the boxes by this factor before the next.
SPREAD = 1.06


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 0) -> bool:
        """Say whether the two have a point in common, or come nearer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def moved(self, x: float, y: float) -> Box:
        """Return the box moved."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


def push_apart(
    positions: Sequence[tuple[float, float]], boxes: Sequence[Box], width: float
) -> list[tuple[float, float]]:
    """Return positions near the given ones at which no two boxes meet, and all lie between 0 and `width` along x.

    `boxes` are relative to their positions. Quadratic in the boxes, for each of some hundred steps at worst. The last
    resort, never seen, is one below the other.
    """
    import numpy as np

    if not positions:
        return []
    half = np.array([[(b.right - b.left) / 2, (b.bottom - b.top) / 2] for b in boxes])
    offset = np.array([[(b.right + b.left) / 2, (b.bottom + b.top) / 2] for b in boxes])
    middles = np.array(positions, dtype=float) + offset
    low, high = half[:, 0], np.maximum(width - half[:, 0], half[:, 0])
    for _ in range(ROUNDS):
        middles, is_done = _push(middles, half, low, high)
        if is_done:
            break
        middles = middles * np.array([SPREAD, SPREAD])
    else:
        order = np.argsort(middles[:, 1], kind="stable")
        tops = np.concatenate([[0], np.cumsum(2 * half[order, 1] + GAP)[:-1]])
        middles[order, 1] = tops + half[order, 1]
    return [(float(x), float(y)) for x, y in middles - offset]


def _push(
    middles: NDArray[float64], half: NDArray[float64], low: NDArray[float64], high: NDArray[float64]
) -> tuple[NDArray[float64], bool]:
    """Return the middles after some steps, and whether no two boxes meet any more."""
    import numpy as np

    room = half[:, None] + half[None] + GAP
    # Of two boxes in one place the first goes left and up.
    tie = np.sign(np.arange(len(half))[:, None] - np.arange(len(half))[None])
    itself = np.eye(len(half), dtype=bool)
    for _ in range(STEPS):
        middles = np.column_stack([np.clip(middles[:, 0], low, high), middles[:, 1]])
        apart = middles[:, None] - middles[None]
        over = room - np.abs(apart)
        meets = (over[:, :, 0] > 0) & (over[:, :, 1] > 0) & ~itself
        if not meets.any():
            return middles, True
        sides = np.where(apart == 0, tie[:, :, None], np.sign(apart))
        along_x = over[:, :, 0] <= over[:, :, 1]
        # Half of what is too much, and a little, so that it ends; damped, for several push one box.
        shift = sides * np.minimum(over + 0.5, room) * 0.5
        shift_x = np.where(meets & along_x, shift[:, :, 0], 0).sum(axis=1)
        shift_y = np.where(meets & ~along_x, shift[:, :, 1], 0).sum(axis=1)
        crowd = np.maximum(np.sqrt(meets.sum(axis=1)), 1)
        middles = middles + np.column_stack([shift_x / crowd, shift_y / crowd])
    return middles, False
