"""Finds where a piece of Markdown stands in its file."""

from __future__ import annotations

from collections import Counter

from generator.model.places import CorpusFile, Place


class PlaceFinder:
    """Gives the place of each occurrence of a literal, asked for in reading order.

    Markdown parsers drop columns, and YAML drops both: the literal is looked up in the file from a known line on.
    """

    def __init__(self, file: CorpusFile, *, first_line: int = 1, is_exact: bool = True) -> None:
        """`is_exact`: lines given to `find` are lines of the file; else the text begins at or below `first_line`."""
        self._path = file.path
        self._lines = file.text.split("\n")
        self._first_line = first_line
        self._is_exact = is_exact
        self._seen: Counter[tuple[int, str]] = Counter()

    def line(self, line_index: int) -> Place:
        """Return the place of a line of the text, counted from 0."""
        return Place(path=self._path, line=self._first_line + (line_index if self._is_exact else 0))

    def find(self, line_index: int, literal: str) -> Place:
        """Return the place of the next occurrence of `literal` at or below a line of the text."""
        start = self.line(line_index)
        nth = self._seen[start.line, literal]
        self._seen[start.line, literal] += 1
        first_words = literal.split("\n", 1)[0]
        for number, line in enumerate(self._lines[start.line - 1 :], start=start.line):
            column = line.find(first_words)
            while column >= 0:
                if nth == 0:
                    return Place(path=self._path, line=number, column=column + 1)
                nth -= 1
                column = line.find(first_words, column + len(first_words))
        return start
