"""Which stretches of a text stand in quotation marks."""

from __future__ import annotations

import re

from generator.model.text import Span

# Each opening mark and those that close it. Single marks are left out: they are apostrophes as well.
PAIRS = {
    "\u201c": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
    "\u201d": "\u201d",
    '"': '"',
}
OPENING_ALONE = frozenset("\u201c\u201e\u00ab\u300c\u300e")
MARK = re.compile('["\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f]')


def find_quoted(text: str) -> tuple[Span, ...]:
    """Return the spans between quotation marks, without the marks, in order.

    Marks inside others are words of these. One that is not closed holds until the end of the text, as where a quotation
    goes on in the next paragraph; a straight one that is not closed is an inch or a slip, and holds nothing.
    """
    spans: list[Span] = []
    start, opener = -1, ""
    for match in MARK.finditer(text):
        mark = match[0]
        if start >= 0 and mark in PAIRS[opener]:
            spans.append(Span(start=start, end=match.start()))
            start = -1
        elif start < 0 and mark in PAIRS:
            start, opener = match.end(), mark
    if start >= 0 and opener in OPENING_ALONE:
        spans.append(Span(start=start, end=len(text)))
    return tuple(spans)
