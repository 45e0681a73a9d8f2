"""Formatting for citeproc-py that no corpus text can imitate: markers, and their way back to styled segments.

citeproc-py writes formatting into the same string as the text. Its HTML formatter would let `<b>` from a
title through as formatting, so styles are marked here with Unicode noncharacters, which no text may hold
(Unicode 16, 23.7) and `clean_text` removes. Changes of case leave them alone.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from citeproc.string import String  # type: ignore[import-untyped, unused-ignore]

from generator.model.citation import Segment, SegmentStyle

STYLES: tuple[SegmentStyle, ...] = (
    *("bold", "italic", "light", "oblique"),
    *("small-caps", "subscript", "superscript", "underline"),
)
OPENERS = {chr(0xFDD0 + index): style for index, style in enumerate(STYLES)}
CLOSERS = {chr(0xFDD8 + index): style for index, style in enumerate(STYLES)}
# Stand around the quotation marks that the style wrote, not the corpus.
OPEN_QUOTE, CLOSE_QUOTE, AFTER_QUOTE = "\ufde0", "\ufde1", "\ufde2"
# Stands after a value of the corpus that ends in punctuation.
END = "\ufde3"
# Stand around a date in words.
OPEN_DATE, CLOSE_DATE = "\ufde4", "\ufde5"

RESERVED = re.compile("[\ufdd0-\ufdef]")
LEADING_MARKERS = re.compile("[\ufdd0-\ufdef]*")


class Marked(String):  # type: ignore[misc]
    """A string of citeproc-py whose first letter is the one after the markers."""

    def capitalize_first(self) -> Marked:
        """Return the text with its first letter, if it begins with one, as a capital."""
        found = LEADING_MARKERS.match(self)
        start = found.end() if found else 0
        return Marked(self[:start] + self[start : start + 1].upper() + self[start + 1 :])


def make_formatter(opening_quote: str, closing_quote: str) -> Any:
    """Return a formatter for citeproc-py. The quotation marks are those of the style's locale."""
    marked_quotes = {
        opening_quote: f"{OPEN_QUOTE}{opening_quote}{AFTER_QUOTE}",
        closing_quote: f"{CLOSE_QUOTE}{closing_quote}{AFTER_QUOTE}",
    }

    def wrapper(style: SegmentStyle) -> Any:
        index = STYLES.index(style)
        opener, closer = list(OPENERS)[index], list(CLOSERS)[index]
        return lambda text: Marked(f"{opener}{text}{closer}")

    return SimpleNamespace(
        preformat=lambda text: marked_quotes.get(text, str(text)),
        Bold=wrapper("bold"),
        Italic=wrapper("italic"),
        Light=wrapper("light"),
        Oblique=wrapper("oblique"),
        SmallCaps=wrapper("small-caps"),
        Subscript=wrapper("subscript"),
        Superscript=wrapper("superscript"),
        Underline=wrapper("underline"),
    )


def clean_text(text: str) -> str:
    """Return the text without reserved code points, each run of white space as one space."""
    return " ".join(RESERVED.sub("", text).split())


def split_segments(marked: str) -> tuple[Segment, ...]:
    """Return the styled segments of marked text, neighbours of one style joined, empty ones left out."""
    depth = dict.fromkeys(STYLES, 0)
    segments: list[Segment] = []
    for piece in re.split("([\ufdd0-\ufdef])", marked):
        if piece in OPENERS:
            depth[OPENERS[piece]] += 1
        elif piece in CLOSERS:
            depth[CLOSERS[piece]] -= 1
        elif piece and not RESERVED.fullmatch(piece):
            style = frozenset(name for name in STYLES if depth[name] > 0)
            if segments and segments[-1].style == style:
                piece = segments.pop().text + piece
            segments.append(Segment(text=piece, style=style))
    return tuple(segments)
