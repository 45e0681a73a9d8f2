"""Many spans of one text, asked which others they touch."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from generator.model.text import Span


class SpanSet:
    """A set of spans that answers in logarithmic time whether another one shares a code point with any."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def touches(self, span: Span) -> bool:
        """Return whether a span of the set overlaps `span`."""
        index = bisect.bisect_left(self._starts, span.end) - 1
        return index >= 0 and span.start < self._ends[index]
