"""What an import gives against what an editor has changed since the last one: merged line by line, conflicts marked."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from merge3 import Merge3

START, MIDDLE, END = "<<<<<<< editors", "=======", ">>>>>>> import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The text to be written, and the line of each conflict in it, counted from 1."""

    text: str
    conflicts: tuple[int, ...] = ()


def merge(base: str | None, current: str | None, new: str) -> Merged:
    """Return the new text with the editors' changes in it.

    `base` is what the last import gave, or None where that is not known: then nothing of the editors is touched.
    `current` is what stands on the disk, or None for no file.
    """
    if current is None or current == new:
        return Merged(text=new)
    if base is None:
        return Merged(text=current)
    if current == base:
        return Merged(text=new)
    three = Merge3(base.splitlines(True), current.splitlines(True), new.splitlines(True))
    lines = list(
        three.merge_lines(
            name_a=START.split(" ")[1],
            name_b=END.split(" ")[1],
            start_marker=START.split(" ")[0],
            mid_marker=MIDDLE,
            end_marker=END.split(" ")[0],
        )
    )
    conflicts = tuple(number for number, line in enumerate(lines, start=1) if line.rstrip("\n") == START)
    return Merged(text="".join(lines), conflicts=conflicts)


def show_difference(before: str | None, after: str, path: str) -> str:
    """Return a unified diff of a file, "" where nothing changes."""
    return "".join(
        difflib.unified_diff(
            (before or "").splitlines(True), after.splitlines(True), f"{path} (now)", f"{path} (import)", n=1
        )
    )
