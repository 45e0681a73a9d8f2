"""Finds quotations again: in the transcription, or in the source file at hand.

A selector is the exact words with optional words before and after, as in the W3C Web Annotation Data Model,
section 4.2.4 (https://www.w3.org/TR/annotation-model/#text-quote-selector).
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from generator.model.linked import LeafSpan
from generator.model.text import Block, Span
from generator.text.folding import Folded, normalise_quotation
from generator.text.scripts import is_proclitic, is_unspaced

# "not be used […] in trade negotiations"
OMISSION = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
MAX_COMPARED = 400_000
# rapidfuzz aligns words of up to 64 code points in linear time, longer ones in the square of their length.
MAX_ALIGNED = 64
# Longer rows of letters before a word are part of it; see `is_proclitic`.
MAX_PROCLITICS = 6
LEAF_SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """The words of a quotation, and those just before and after it."""

    quote: str
    prefix: str = ""
    suffix: str = ""


def _most_like(wanted: str, text: str) -> tuple[int, int]:
    """Return the stretch of `text` most like `wanted`, judged by its first or its last MAX_ALIGNED code points."""
    head, tail = (
        fuzz.partial_ratio_alignment(part, text) for part in (wanted[:MAX_ALIGNED], wanted[-MAX_ALIGNED:])
    )
    if head is None or tail is None:
        return 0, 0
    if head.score >= tail.score:
        return head.dest_start, min(head.dest_start + len(wanted), len(text))
    return max(tail.dest_end - len(wanted), 0), tail.dest_end


class QuotableText:
    """A text made ready for finding many quotations in it."""

    def __init__(self, text: str) -> None:
        self._normal: Folded = normalise_quotation(text)

    def find(self, selector: Selector) -> tuple[tuple[Span, ...], ...]:
        """Return every place where the quotation stands, each as the spans of its parts in order.

        Offsets count code points of the text given. A quotation without words is found nowhere.
        """
        parts = [normalise_quotation(part).text for part in OMISSION.split(selector.quote)]
        parts = [part for part in parts if part]
        if not parts:
            return ()
        prefix, suffix = normalise_quotation(selector.prefix).text, normalise_quotation(selector.suffix).text
        found = []
        last_found: dict[int, int] = {}
        for start in self._starts(parts[0]):
            spans = self._follow(start, parts, last_found)
            if not spans:
                # A part that does not follow here follows no later start either.
                break
            if self._is_between(spans, prefix, suffix):
                found.append(tuple(self._original(span) for span in spans))
        return tuple(found)

    def nearest(self, quote: str) -> str:
        """Return the stretch of the text most like the quotation, in whole words; empty for an empty text."""
        wanted = normalise_quotation(quote).text
        text = self._normal.text[:MAX_COMPARED]
        if not wanted or not text:
            return ""
        start, end = _most_like(wanted, text)
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        return text[start:end].strip()

    def _starts(self, words: str) -> list[int]:
        starts = []
        position = self._first_whole(words, 0)
        while position >= 0:
            starts.append(position)
            position = self._first_whole(words, position + 1)
        return starts

    def _follow(self, start: int, parts: Sequence[str], last_found: dict[int, int]) -> list[Span]:
        """Return the spans of the parts, the first at `start`, each other at its first place after; [] if one lacks.

        `last_found` keeps where each part was found from an earlier start, so that no stretch is searched twice.
        """
        spans = [Span(start=start, end=start + len(parts[0]))]
        for index, part in enumerate(parts[1:], start=1):
            position = last_found.get(index, -1)
            if position < spans[-1].end:
                position = self._first_whole(part, spans[-1].end)
            if position < 0:
                return []
            last_found[index] = position
            spans.append(Span(start=position, end=position + len(part)))
        return spans

    def _first_whole(self, words: str, start: int) -> int:
        position = self._normal.text.find(words, start)
        while position >= 0 and not self._is_whole(position, position + len(words)):
            position = self._normal.text.find(words, position + 1)
        return position

    def _is_whole(self, start: int, end: int) -> bool:
        """Return whether the stretch tears no word apart. It may begin behind an Arabic or Hebrew "and" or "in"."""
        text = self._normal.text
        if end < len(text) and _joins(text[end - 1], text[end]):
            return False
        if start == 0 or not _joins(text[start - 1], text[start]):
            return True
        before = start - 1
        while before > 0 and start - before < MAX_PROCLITICS and _is_word(text[before - 1]):
            before -= 1
        return is_proclitic(text[before:start], text[start:end])

    def _is_between(self, spans: Sequence[Span], prefix: str, suffix: str) -> bool:
        text = self._normal.text
        before, after = spans[0].start, spans[-1].end
        # Normalised white space is one space.
        before -= text[before - 1 : before] == " "
        after += text[after : after + 1] == " "
        return text.endswith(prefix, 0, before) and text.startswith(suffix, after)

    def _original(self, span: Span) -> Span:
        offsets = self._normal.offsets
        return Span(start=offsets[span.start], end=offsets[span.end - 1] + 1)


def _joins(left: str, right: str) -> bool:
    return _is_word(left) and _is_word(right) and not (is_unspaced(left) or is_unspaced(right))


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


class QuotableLeaves:
    """The leaves of a parsed text as one quotable text."""

    def __init__(self, leaves: Sequence[Block]) -> None:
        self._starts: list[int] = []
        position = 0
        for leaf in leaves:
            self._starts.append(position)
            position += len(leaf.text) + len(LEAF_SEPARATOR)
        self._leaves = leaves
        self.text = QuotableText(LEAF_SEPARATOR.join(leaf.text for leaf in leaves))

    def find(self, selector: Selector) -> tuple[tuple[LeafSpan, ...], ...]:
        """Return every place where the quotation stands, as stretches of leaves in order."""
        return tuple(
            tuple(piece for span in spans for piece in self._split(span))
            for spans in self.text.find(selector)
        )

    def _split(self, span: Span) -> list[LeafSpan]:
        pieces = []
        index = bisect.bisect_right(self._starts, span.start) - 1
        while index < len(self._leaves) and self._starts[index] < span.end:
            base = self._starts[index]
            start = max(span.start - base, 0)
            end = min(span.end - base, len(self._leaves[index].text))
            if start < end:
                pieces.append(LeafSpan(leaf=index, span=Span(start=start, end=end)))
            index += 1
        return pieces
