"""Sentences of a text, as spans."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from functools import lru_cache

import sentencex

from generator.model.text import Span

# What may end a quotation, and the particles and commas by which Japanese and Chinese sentences go on behind it.
CLOSERS = "」』）”"
AFTER_QUOTATION = ("と", "って", "など", "、", "，")
# The library takes time in the square of the length where quotation marks are not closed.
MAX_SEGMENTED = 5_000
# Those of a text are asked for by one part after the other: for links, quotations and proofs.
MOST_KEPT = 4_096


@lru_cache(maxsize=MOST_KEPT)
def find_sentences(text: str, language: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of `text`, in order, without the white space between them.

    Rules and abbreviations per language are those of the library sentencex; an unknown language falls back to English.
    A text is read in pieces of at most MAX_SEGMENTED code points; a sentence longer than one is cut there.
    """
    spans: list[Span] = []
    position = 0
    while position < len(text):
        end = min(position + MAX_SEGMENTED, len(text))
        piece = list(_segment(text, position, end, language))
        if end < len(text) and len(piece) > 1:
            # The last sentence of a piece may go on in the next.
            piece.pop()
            end = piece[-1].end
        spans.extend(piece)
        position = end
    return tuple(spans)


def _segment(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    position = start
    last: Span | None = None
    # Of "pt-BR" the library knows "pt".
    for sentence in sentencex.segment(language.split("-")[0].lower(), text[start:end]):
        words = sentence.strip()
        found = text.find(words, position, end) if words else -1
        if found < 0:
            continue
        position = found + len(words)
        span = Span(start=found, end=position)
        if last is not None and _goes_on(text, last, span):
            last = Span(start=last.start, end=position)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def _goes_on(text: str, before: Span, after: Span) -> bool:
    """Return whether the sentence goes on behind a quotation, as in 「はい。」と述べた。."""
    is_closed = text[before.end - 1] in CLOSERS and before.end == after.start
    return is_closed and text.startswith(AFTER_QUOTATION, after.start)


def sentence_around(sentences: Sequence[Span], span: Span) -> Span:
    """Return the sentences that `span` touches, as one span; the span itself where it touches none."""
    first = bisect.bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
    end = bisect.bisect_left(sentences, span.end, key=lambda sentence: sentence.start)
    if first >= end:
        return span
    return Span(start=min(sentences[first].start, span.start), end=max(sentences[end - 1].end, span.end))


def sentence_before(sentences: Sequence[Span], offset: int) -> Span | None:
    """Return the sentence to which a note at an offset belongs: it stands in it, or behind its full stop."""
    following = bisect.bisect_left(sentences, offset, key=lambda sentence: sentence.start)
    return sentences[following - 1] if following else None
