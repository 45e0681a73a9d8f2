"""Sentences of a text, as spans."""

from __future__ import annotations

import sentencex

from generator.model.text import Span


def find_sentences(text: str, language: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of `text`, in order, without the white space between them.

    Rules and abbreviations per language are those of the library sentencex; an unknown language falls back to English.
    """
    spans: list[Span] = []
    position = 0
    for sentence in sentencex.segment(language, text):
        words = sentence.strip()
        start = text.find(words, position) if words else -1
        if start < 0:
            continue
        spans.append(Span(start=start, end=start + len(words)))
        position = start + len(words)
    return tuple(spans)


def sentence_around(text: str, span: Span, language: str) -> Span:
    """Return the sentences that `span` touches, as one span; the span itself where it touches none."""
    touched = [s for s in find_sentences(text, language) if s.overlaps(span)]
    if not touched:
        return span
    return Span(start=min(touched[0].start, span.start), end=max(touched[-1].end, span.end))
