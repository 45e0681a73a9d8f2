"""Finds where a piece of Markdown stands in its file."""

from __future__ import annotations

import bisect
from functools import lru_cache
from itertools import accumulate

from generator.model.places import CorpusFile, Place


@lru_cache(maxsize=4)
def _lines_of(text: str) -> list[str]:
    """Return the lines of a file; a YAML file of many notes is asked for once for each of them."""
    return text.split("\n")


class PlaceFinder:
    """Knows which line and column of the file a text's lines and literals stand at.

    Markdown parsers drop columns, and YAML drops both. Where the text's lines are lines of the file, a literal is found
    through its offset in its block; else it is looked up in the file, in reading order, from a known place on.
    """

    def __init__(
        self, file: CorpusFile, *, first_line: int = 1, first_column: int = 1, is_exact: bool = True
    ) -> None:
        """`is_exact`: the text's lines are lines of the file; else the text begins at or below the place given."""
        self.is_exact = is_exact
        self._path = file.path
        self._lines = _lines_of(file.text)
        self._first_line = first_line
        self._first_column = first_column
        self._next = first_line, first_column - 1
        self._cells_end = 0, 0

    def line(self, line_index: int) -> Place:
        """Return the place of a line of the text, counted from 0."""
        if self.is_exact:
            return Place(path=self._path, line=self._first_line + line_index)
        return Place(path=self._path, line=self._first_line, column=self._first_column)

    def find(self, line_index: int, literal: str) -> Place:
        """Return the place of `literal` on a line of the text, or, where lines are not exact, of the next `literal`."""
        if not self.is_exact:
            return self._find_next(literal)
        start = self.line(line_index)
        column = self._line(start.line).find(literal)
        return start if column < 0 else Place(path=self._path, line=start.line, column=column + 1)

    def content_column(self, line_index: int, content: str, *, is_cell: bool) -> int | None:
        """Return the offset in its line of the file at which a line of a block's content begins, or None.

        Cells of a table are to be asked for in reading order: their words may stand in an earlier cell too.
        """
        number = self.line(line_index).line
        line = self._line(number)
        words = content.strip()
        if is_cell:
            row, start = self._cells_end
            column = line.find(words, start if row == number else 0)
            if column >= 0:
                self._cells_end = number, column + len(words)
        elif line.rstrip().endswith(words):
            # The end of the line, since a footnote's label or a list's mark before it may hold the same words.
            column = len(line.rstrip()) - len(words)
        else:
            column = line.find(words)
        return None if column < 0 else column - (len(content) - len(content.lstrip()))

    def _line(self, number: int) -> str:
        return self._lines[number - 1] if number <= len(self._lines) else ""

    def _find_next(self, literal: str) -> Place:
        first_words = literal.split("\n", 1)[0]
        number, column = self._next
        while number <= len(self._lines):
            column = self._lines[number - 1].find(first_words, column)
            if column >= 0:
                self._next = number, column + len(first_words)
                return Place(path=self._path, line=number, column=column + 1)
            number, column = number + 1, 0
        return self.line(0)


class ContentPlaces:
    """Gives the place of each offset in the inline content of one block."""

    def __init__(self, finder: PlaceFinder, line_index: int, content: str, *, is_cell: bool) -> None:
        self._finder = finder
        self._line_index = line_index
        # A cell's content has lost the backslashes before its vertical bars.
        self._bars = is_cell and "|" in content
        self._content = content
        self._lines = content.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)][:-1]
        self._is_cell = is_cell
        self._columns: dict[int, int | None] = {}
        if is_cell and finder.is_exact:
            self._column(0)

    def at(self, offset: int, literal: str) -> Place:
        """Return the place of the `literal` that begins at an offset of the content."""
        if not self._finder.is_exact:
            return self._finder.find(self._line_index, literal)
        row = bisect.bisect_right(self._starts, offset) - 1
        start = self._finder.line(self._line_index + row)
        column = self._column(row)
        if column is None:
            return start
        within = offset - self._starts[row]
        shift = self._content.count("|", 0, offset) if self._bars else 0
        return Place(path=start.path, line=start.line, column=column + within + shift + 1)

    def _column(self, row: int) -> int | None:
        if row not in self._columns:
            line = self._lines[row].replace("|", "\\|") if self._bars else self._lines[row]
            self._columns[row] = self._finder.content_column(
                self._line_index + row, line, is_cell=self._is_cell
            )
        return self._columns[row]
