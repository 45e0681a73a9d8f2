"""Which tables of a page hold a table, and the rows of one in Markdown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree

from generator.importing.readers.html_tree import line_of, tag_of

# A cell with more than a paragraph, or as long as one, is a part of a page laid out as a table.
MAX_CELL_CP = 600
MAX_CELL_BLOCKS = 1
# Nobody means a cell over more columns; a hostile page may state millions.
MAX_SPAN = 40
MAX_COLUMNS = 200
CELL_BLOCKS = frozenset(
    ("p", "div", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "form")
)


@dataclass(slots=True)
class _Seen:
    """What one table was seen to hold, while its end is not reached."""

    columns: int = 0
    rows: int = 0
    has_heads: bool = False
    is_layout: bool = False
    row_cells: int = 0
    cell_cp: int = 0
    cell_blocks: int = 0


def find_data_tables(root: etree._Element, notes: Collection[etree._Element]) -> set[etree._Element]:
    """Return the tables that are no mere layout: two columns at least, short cells, no table and no note inside."""
    data = set()
    stack: list[_Seen] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = tag_of(element)
        if event == "start":
            if tag == "table":
                if stack:
                    stack[-1].is_layout = True
                role = (element.get("role") or "").casefold()
                stack.append(_Seen(is_layout=role in ("presentation", "none")))
            elif stack:
                _see(stack[-1], element, tag)
                if element in notes:
                    stack[-1].is_layout = True
            if stack and element.text:
                stack[-1].cell_cp += len(element.text.strip())
        else:
            if tag == "table" and stack:
                seen = stack.pop()
                is_table = seen.has_heads or seen.rows > 1
                if not seen.is_layout and is_table and seen.columns > 1:
                    data.add(element)
            elif tag in ("td", "th") and stack and not stack[-1].has_heads:
                stack[-1].is_layout |= (
                    stack[-1].cell_cp > MAX_CELL_CP or stack[-1].cell_blocks > MAX_CELL_BLOCKS
                )
            if stack and element.tail:
                stack[-1].cell_cp += len(element.tail.strip())
    return data


def _see(seen: _Seen, element: etree._Element, tag: str) -> None:
    if tag == "tr":
        seen.rows += 1
        seen.row_cells = 0
    elif tag in ("td", "th"):
        seen.row_cells += _span(element, "colspan")
        seen.columns = max(seen.columns, seen.row_cells)
        seen.cell_cp = seen.cell_blocks = 0
        seen.has_heads |= tag == "th"
    elif tag == "caption":
        seen.has_heads = True
    elif tag in CELL_BLOCKS:
        seen.cell_blocks += 1


@dataclass(slots=True)
class TableRows:
    """The rows of a table as they are read; a cell over several rows or columns stands once, the others are empty."""

    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    open_columns: dict[int, int] = field(default_factory=dict)

    def begin_row(self, line: int) -> None:
        """Open a row that begins on `line`."""
        self.rows.append((line, []))

    def add_cell(self, text: str, element: etree._Element) -> None:
        """Put a cell into the last row."""
        if not self.rows:
            self.begin_row(line_of(element))
        row = self.rows[-1][1]
        self._fill(row)
        width = _span(element, "colspan")
        height = _span(element, "rowspan")
        for place in range(width):
            if len(row) >= MAX_COLUMNS:
                # Beyond, the words stay, in the last column.
                row[-1] = f"{row[-1]} {text}".strip()
                return
            if height > 1:
                self.open_columns[len(row)] = height
            row.append("" if place else text.replace("|", "\\|"))

    def end_row(self) -> None:
        """Close the last row."""
        if self.rows:
            self._fill(self.rows[-1][1])
        self.open_columns = {column: left - 1 for column, left in self.open_columns.items() if left > 1}

    def _fill(self, row: list[str]) -> None:
        """Add an empty cell for each that reaches down from a row above."""
        while self.open_columns.get(len(row)) and len(row) < MAX_COLUMNS:
            row.append("")

    def lines(self) -> list[tuple[int, str]]:
        """Return the rows in Markdown with their lines; the first is the head, as Markdown has no table without."""
        rows = [(line, row) for line, row in self.rows if any(row)]
        width = max((len(row) for _, row in rows), default=0)
        shown = [(line, f"| {' | '.join(row + [''] * (width - len(row)))} |") for line, row in rows]
        if shown:
            shown.insert(1, (shown[0][0], "| " + " | ".join(["---"] * width) + " |"))
        return shown


def _span(element: etree._Element, key: str) -> int:
    value = (element.get(key) or "1").strip()
    return max(1, min(int(value), MAX_SPAN)) if value.isascii() and value.isdigit() and len(value) < 8 else 1
