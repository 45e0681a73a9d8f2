"""Finds quotations again: in the transcription, or in the source file at hand.

A selector is the exact words with optional words before and after, as in the W3C Web Annotation Data Model,
section 4.2.4 (https://www.w3.org/TR/annotation-model/#text-quote-selector).
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from generator.model.linked import LeafSpan
from generator.model.text import Block, Span
from generator.text.folding import Folded, normalise_quotation
from generator.text.scripts import is_proclitic, is_unspaced

# "not be used […] in trade negotiations"
OMISSION = re.compile(r"\s*\[\s*(?:…|\.\.\.)\s*\]\s*")
# "the [harbour] wall", "[The] wall": words of the editors
INSERTION = re.compile(r"\s*\[[^\[\]]+\](?!\w)")
# "[T]he wall": a letter that the editors made large or small
CHANGED_LETTER = re.compile(r"\[(\w)\](?=\w)")
OMISSION_MARK = " […] "
WORD = re.compile(r"\S+")
MAX_COMPARED = 400_000
# How many words around the likely place a quotation is compared with, for each word of its own.
WINDOW = 2
MAX_COMPARED_WORDS = 400
# rapidfuzz aligns words of up to 64 code points in linear time, longer ones in the square of their length.
MAX_ALIGNED = 64
# Longer rows of letters before a word are part of it; see `is_proclitic`.
MAX_PROCLITICS = 6
# What holds a word or number together: can't, not-for-profit; 1.5, 1,000
WORD_SIGNS = "'-\u2010\u2011"
NUMBER_SIGNS = ".,"
FINAL_SIGNS = ".,;:!?"
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
        self._text = text
        self._normal: Folded = normalise_quotation(text)

    def find(self, selector: Selector) -> tuple[tuple[Span, ...], ...]:
        """Return every place where the quotation stands, each as the spans of its parts in order.

        `[…]` parts it; other words in brackets stand in the text as they are, or are an insertion of the editors.
        Offsets count code points of the text given. A quotation without words is found nowhere.
        """
        for parts in read_brackets(selector.quote):
            found = self._find_parts(parts, selector)
            if found:
                return found
        return ()

    def _find_parts(self, parts: Sequence[str], selector: Selector) -> tuple[tuple[Span, ...], ...]:
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
        """Return the quotation as the text most nearly has it, part by part, in whole words of the text given.

        Empty for an empty text.
        """
        return OMISSION_MARK.join(
            nearest for part in OMISSION.split(quote) if (nearest := self._nearest_part(part))
        )

    def _nearest_part(self, part: str) -> str:
        exact = self.find(Selector(quote=part))
        if exact:
            return part
        wanted = normalise_quotation(part).text.split()
        text = self._normal.text[:MAX_COMPARED]
        if not wanted or not text:
            return ""
        like = " ".join(wanted)
        start, end = _most_like(like, text)
        reach = min(WINDOW * (end - start), MAX_COMPARED_WORDS * 8)
        first, last = _whole_words(text, max(start - reach, 0), min(end + reach, len(text)))
        words = [Span(start=first + m.start(), end=first + m.end()) for m in WORD.finditer(text[first:last])]
        by_words = words[
            slice(*_stretch_like(wanted[:MAX_COMPARED_WORDS], [text[one.start : one.end] for one in words]))
        ]
        start, end = _whole_words(text, start, end)
        by_letters = [one for one in words if one.start < end and one.end > start]
        # Words that are common may be the wrong ones, and letters may break off within a long quotation.
        here = max(
            (by_words, by_letters),
            key=lambda found: fuzz.ratio(like, text[found[0].start : found[-1].end]) if found else -1.0,
        )
        if not here:
            return ""
        # The text's own letters and quotation marks, but no torn words.
        words_here = "".join(
            " " if text[index] == " " else self._text[self._normal.offsets[index]]
            for index in range(here[0].start, here[-1].end)
        )
        # The comma after the last word is no part of a quotation that has none.
        return words_here if part.rstrip()[-1:] in FINAL_SIGNS else words_here.rstrip(FINAL_SIGNS)

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
        if _goes_on(text, end):
            return False
        if not _goes_on(text, start):
            return True
        if not _joins(text[start - 1], text[start]):
            return False
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


def _stretch_like(wanted: Sequence[str], words: Sequence[str]) -> tuple[int, int]:
    """Return the stretch of `words` that stands for the wanted ones: from the first common word to the last.

    Wanted words before the first and after the last common one stand for as many of the text.
    """
    folded = [_bare(word) for word in words]
    matcher = SequenceMatcher(None, [_bare(word) for word in wanted], folded, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return 0, min(len(wanted), len(words))
    # Of words far apart the longest run is the place, and what lies within the length of the quotation around it.
    anchor = max(blocks, key=lambda block: block.size)
    start = max(anchor.b - anchor.a, 0)
    near = [block for block in blocks if abs((block.b - block.a) - (anchor.b - anchor.a)) <= len(wanted) // 2]
    last = near[-1]
    end = min(max(last.b + last.size + len(wanted) - last.a - last.size, start + 1), len(words))
    first = near[0]
    return max(min(first.b - first.a, anchor.b), 0), end


def _bare(word: str) -> str:
    """Return a word as it is compared: without capitals and the marks around it."""
    return word.casefold().strip(".,;:!?\"'()[]") or word


def read_brackets(quote: str) -> Iterator[tuple[str, ...]]:
    """Yield the normalised parts of a quotation, once for each way to read its brackets, as written first.

    Letters in brackets may be large or small in the text, all of them alike. No reading is without words.
    """
    seen: set[tuple[str, ...]] = set()
    readings = [quote]
    if CHANGED_LETTER.search(quote):
        readings.append(CHANGED_LETTER.sub(lambda match: match[1].lower(), quote))
        readings.append(CHANGED_LETTER.sub(lambda match: match[1].upper(), quote))
    for reading in readings:
        for words in (reading, INSERTION.sub(_without_insertion, reading)):
            parts = tuple(
                normal for part in OMISSION.split(words) if (normal := normalise_quotation(part).text)
            )
            if parts and parts not in seen:
                seen.add(parts)
                yield parts


def _without_insertion(match: re.Match[str]) -> str:
    """Return nothing for an insertion, and an omission as it is."""
    return match[0] if OMISSION.fullmatch(match[0]) else ""


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch widened to whole words."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _goes_on(text: str, index: int) -> bool:
    """Return whether a word stands on both sides of an index, be it held together by a sign: can't, 1.5, well-known."""
    if not 0 < index < len(text):
        return False
    if _joins(text[index - 1], text[index]):
        return True
    before, after = text[max(index - 2, 0) : index], text[index : index + 2]
    for pair, sign in (((before[-1:], after[1:]), after[:1]), ((before[:-1], after[:1]), before[-1:])):
        left, right = pair
        if left and right and _joins(left, right):
            is_number = left.isdigit() and right.isdigit()
            is_word = left.isalnum() and right.isalnum()
            if (sign in WORD_SIGNS and is_word) or (sign in NUMBER_SIGNS and is_number):
                return True
    return False


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
        return tuple(self.split(spans) for spans in self.text.find(selector))

    def split(self, spans: Sequence[Span]) -> tuple[LeafSpan, ...]:
        """Return spans of the whole text as stretches of leaves in order."""
        return tuple(piece for span in spans for piece in self._split(span))

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
