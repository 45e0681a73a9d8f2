"""Names as labels of a picture: how wide they are, and where they break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

# Widths in tenths of an em, the widest of common sans-serif faces (Noto Sans, Segoe UI, Liberation Sans, SF).
NARROW = dict.fromkeys("iIjl.,:;'’|!()[]", 3.0) | dict.fromkeys('ftr-–"“”/ ', 3.9)
WIDE = dict.fromkeys("mwMW@%", 8.9)
KNOWN = NARROW | WIDE
USUAL = {"Lu": 7.0, "Lo": 7.0, "Nd": 5.8, "Mn": 0.0, "Me": 0.0, "Cf": 0.0}
OTHER = 5.9
FULL_WIDTH = 10.0
BOLD = 1.07
ELLIPSIS = "…"
MAX_LINES = 3
# A name is not read further than this for where to break.
MAX_LETTERS = 90
# A label breaks after white space and hyphens: "Trump-Xi meetings" -> "Trump-", "Xi ", "meetings"
PIECES = re.compile(r"[^\s-]*(?:-+|\s+|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name in one to three lines. `width` is that of the widest; `is_cut`: not all of it is shown."""

    lines: tuple[str, ...]
    width: float
    is_cut: bool


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return about how wide a text of this font size is, rather too wide than too narrow."""
    tenths = sum(_tenths(character) for character in text)
    return tenths * size / 10 * (BOLD if is_bold else 1)


# The same names stand in the pictures of all their neighbours.
@lru_cache(maxsize=8192)
def make_label(name: str, size: float, width: float, *, is_bold: bool = False) -> Label:
    """Return a name in as few lines as `width` allows, at most three; what does not fit ends in an ellipsis."""
    words = " ".join(name.split())[: MAX_LETTERS + 1]

    def measure(text: str) -> float:
        return text_width(text.strip(), size, is_bold=is_bold)

    for count in range(1, MAX_LINES + 1):
        lines = _broken(words, count, measure)
        if all(measure(line) <= width for line in lines):
            break
    else:
        lines = _filled(words, width, measure)
    fitted = tuple(_cut(line.strip(), size, width, is_bold=is_bold) for line in lines)
    is_cut = len(words) > MAX_LETTERS or fitted != tuple(line.strip() for line in lines)
    return Label(lines=fitted, width=max(map(measure, fitted)), is_cut=is_cut)


def _broken(words: str, count: int, measure: Callable[[str], float]) -> list[str]:
    """Return words in so many lines, or fewer where they cannot be broken, the widest as narrow as can be."""
    if count == 1:
        return [words]
    best = [words]
    for end in _breaks(words):
        lines = [words[:end], *_broken(words[end:], count - 1, measure)]
        if max(map(measure, lines)) < max(map(measure, best)):
            best = lines
    return best


def _filled(words: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return words in lines as full as they can be; what is left is in the last."""
    lines: list[str] = []
    rest = words
    while len(lines) < MAX_LINES - 1:
        ends = [end for end in _breaks(rest) if measure(rest[:end]) <= width]
        if not ends:
            break
        lines.append(rest[: ends[-1]])
        rest = rest[ends[-1] :]
    return [*lines, rest]


def _breaks(words: str) -> list[int]:
    """Return where a line may end: after white space, hyphens, and letters of scripts written without spaces."""
    ends = {match.end() for match in PIECES.finditer(words)}
    ends.update(at + 1 for at, character in enumerate(words) if _is_full_width(character))
    return sorted(end for end in ends if 0 < end < len(words) and not unicodedata.combining(words[end]))


def _cut(line: str, size: float, width: float, *, is_bold: bool) -> str:
    """Return a line, or as much of it as fits before an ellipsis: whole words, unless the first is too long itself."""
    if text_width(line, size, is_bold=is_bold) <= width:
        return line
    for end in (*reversed(_breaks(line)), *range(len(line) - 1, 0, -1)):
        shown = line[:end].rstrip() + ELLIPSIS
        if text_width(shown, size, is_bold=is_bold) <= width:
            return shown
    return ELLIPSIS


@lru_cache(maxsize=4096)
def _tenths(character: str) -> float:
    if character in KNOWN:
        return KNOWN[character]
    if _is_full_width(character):
        return FULL_WIDTH
    return USUAL.get(unicodedata.category(character), OTHER)


def _is_full_width(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
