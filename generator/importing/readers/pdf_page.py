"""The lines of one PDF page in the order of reading, from its words and where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# A gap wider than this share of the letters' height is a space; fonts set spaces of a fifth to a third.
SPACE_SHARE = 0.15
# A word belongs to a line when they share this much of its height: a raised mark does, the next line does not.
OVERLAP_SHARE = 0.4
# Marks are set at some 58 to 70 % of the size (LaTeX, Word), and stand above the base line.
MARK_SIZE = 0.82
MARK_RISE = 0.12
# Notes are set a point or two smaller than the text.
NOTE_SIZE = 0.94
# A space above a line of this many ordinary distances begins a paragraph.
PARAGRAPH_GAP = 1.3
# An indentation of a paragraph is one to five letters wide; more is a centred line or a signature.
MIN_INDENT = 0.9
MAX_INDENT = 6.0
# Where a gutter may stand, as shares of the text's width.
GUTTER_FROM = 0.3
GUTTER_TO = 0.7
GUTTER_STEPS = 81
# Of the rows of a page in two columns, these many at most (titles, tables) run across the gutter.
MAX_CROSSING = 0.25
MIN_COLUMN_ROWS = 5
MIN_COLUMN_SHARE = 0.25
# Lines of a column of text are this full at least; those of a table are not.
MIN_FILL = 0.55
# 12   12,13   *
MARK = re.compile(r"[\[(]?([0-9]{1,4}(?:[,–-][0-9]{1,4})*|[*†‡§¶]{1,3})[\])]?,?")
NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a page: distances in points from the left and the top."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_italic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """A line of a page. `size` is that of most of its letters; `begins` where a paragraph does."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    begins: bool = True


def read_page_lines(words: Sequence[Word], body_size: float) -> tuple[PageLine, ...]:
    """Return the lines of a page, left column before right. `body_size` is the size of the document's text."""
    lines: list[PageLine] = []
    for part in _split_columns(words):
        rows = _rows(part)
        shown = [_line(row) for row in rows]
        lines.extend(_with_paragraphs(shown))
    return _with_notes(lines, body_size)


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words by line, each line from left to right, the lines from the top."""
    rows: list[list[Word]] = []
    extents: list[tuple[float, float]] = []
    # Tall words first: the small ones find the line that they are raised from.
    for word in sorted(words, key=lambda w: (round(w.bottom), -w.size, w.x0)):
        for place in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            top, bottom = extents[place]
            shared = min(bottom, word.bottom) - max(top, word.top)
            if shared >= OVERLAP_SHARE * (word.bottom - word.top):
                rows[place].append(word)
                if word.size >= max(w.size for w in rows[place]) * MARK_SIZE:
                    extents[place] = (min(top, word.top), max(bottom, word.bottom))
                break
        else:
            rows.append([word])
            extents.append((word.top, word.bottom))
    return _with_raised(rows)


def _with_raised(rows: list[list[Word]]) -> list[list[Word]]:
    """Return the rows from the top, a row of nothing but small marks put into the line below that it is raised from."""
    rows = sorted(rows, key=lambda row: max(w.bottom for w in row))
    joined: list[list[Word]] = []
    waiting: list[Word] = []
    for row in rows:
        below = [*waiting, *row]
        tall = max(w.size for w in row)
        if waiting and not all(
            w.size <= MARK_SIZE * tall and w.bottom > min(x.top for x in row) - MARK_RISE * tall
            for w in waiting
        ):
            joined.append(waiting)
            below = row
        waiting = []
        if all(MARK.fullmatch(w.text) for w in row) and row is not rows[-1] and len(below) == len(row):
            waiting = row
            continue
        joined.append(below)
    if waiting:
        joined.append(waiting)
    return [sorted(row, key=lambda w: w.x0) for row in joined]


def _split_columns(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words in parts to be read one after the other: across the page, left column, right column."""
    gutter = _find_gutter(words)
    if gutter is None:
        return [list(words)]
    parts: list[list[Word]] = []
    left: list[Word] = []
    right: list[Word] = []
    for row in _rows(words):
        if _runs_across(row, gutter):
            parts += [left, right, row]
            left, right = [], []
        else:
            left += [w for w in row if w.x1 <= gutter]
            right += [w for w in row if w.x1 > gutter]
    parts += [left, right]
    return _joined_rows([part for part in parts if part], gutter)


def _joined_rows(parts: list[list[Word]], gutter: float) -> list[list[Word]]:
    """Return the parts with neighbouring lines across the page as one, so that their distances can be compared."""
    joined: list[list[Word]] = []
    for part in parts:
        is_across = _runs_across(part, gutter)
        if joined and is_across and _runs_across(joined[-1], gutter):
            joined[-1] = joined[-1] + part
        else:
            joined.append(part)
    return joined


def _runs_across(row: Sequence[Word], gutter: float) -> bool:
    if any(w.x0 < gutter < w.x1 for w in row):
        return True
    left = [w.x1 for w in row if w.x1 <= gutter]
    right = [w.x0 for w in row if w.x0 >= gutter]
    return bool(left and right) and min(right) - max(left) < 0.6 * median(w.size for w in row)


def _find_gutter(words: Sequence[Word]) -> float | None:
    """Return where the white between two columns stands, or None where the page has one column."""
    if len(words) < 4 * MIN_COLUMN_ROWS:
        return None
    start, end = min(w.x0 for w in words), max(w.x1 for w in words)
    row_count = len({round(w.bottom / 3) for w in words})
    best: tuple[int, float, float] | None = None
    for step in range(GUTTER_STEPS):
        x = start + (end - start) * (GUTTER_FROM + (GUTTER_TO - GUTTER_FROM) * step / (GUTTER_STEPS - 1))
        crossing = sum(w.x0 - 1 < x < w.x1 + 1 for w in words)
        middle = abs(x - (start + end) / 2)
        if best is None or (crossing, middle) < best[:2]:
            best = (crossing, middle, x)
    assert best is not None
    crossing, _, x = best
    left = [w for w in words if w.x1 <= x]
    right = [w for w in words if w.x0 >= x]
    if crossing > MAX_CROSSING * row_count or min(len(left), len(right)) < MIN_COLUMN_SHARE * len(words):
        return None
    sides = (_rows(left), _rows(right))
    if any(len(rows) < MIN_COLUMN_ROWS or _fill(rows) < MIN_FILL for rows in sides):
        return None
    return x


def _fill(rows: Sequence[Sequence[Word]]) -> float:
    """Return how much of the widest line's width the lines cover, in the middle."""
    widths = [sum(w.x1 - w.x0 for w in row) for row in rows]
    start, end = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    return median(widths) / (end - start) if end > start else 0.0


def _line(row: Sequence[Word]) -> PageLine:
    sizes: Counter[float] = Counter()
    for word in row:
        sizes[round(word.size, 1)] += len(word.text)
    size = max(sizes, key=lambda s: (sizes[s], s))
    base = max(w.bottom for w in row if round(w.size, 1) == size)
    text = ""
    before: Word | None = None
    is_italic = False
    for word in row:
        mark = _mark(word, size, base)
        is_near = before is not None and word.x0 - before.x1 <= SPACE_SHARE * size
        gap = "" if before is None or is_near else " "
        if mark:
            closing = "*" if is_italic else ""
            # A mark stands right behind its word, however the line is set.
            text = f"{text}{closing}<sup>{mark}</sup>"
            is_italic = False
        else:
            follows_head_mark = (
                text.endswith("</sup>") and text.startswith("<sup>") and text.count("<sup>") == 1
            )
            gap = " " if follows_head_mark else gap
            if is_italic and not word.is_italic:
                text += "*"
            text += gap + ("*" if word.is_italic and not is_italic else "") + word.text
            is_italic = word.is_italic
        before = word
    if is_italic:
        text += "*"
    return PageLine(
        text=text,
        x0=row[0].x0,
        x1=row[-1].x1,
        top=min(w.top for w in row if round(w.size, 1) == size),
        bottom=base,
        size=size,
    )


def _mark(word: Word, size: float, base: float) -> str:
    """Return the label of a raised mark, or "" for any other word."""
    match = MARK.fullmatch(word.text)
    if match is None or word.size > MARK_SIZE * size or base - word.bottom < MARK_RISE * size:
        return ""
    return match[1]


def _with_paragraphs(lines: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines of one column, each told whether a paragraph begins with it."""
    if not lines:
        return []
    steps = [
        b.bottom - a.bottom for a, b in pairwise(lines) if abs(a.size - b.size) < 0.6 and b.bottom > a.bottom
    ]
    step = median(steps) if steps else 0.0
    # Of a short text with as many gaps as lines the median is a gap: the smallest ones are within paragraphs.
    close = [s for s in steps if s < 1.15 * min(steps)] if steps else []
    step = median(close) if len(close) >= 2 else step
    edge = Counter(round(line.x0) for line in lines).most_common(1)[0][0]
    told = [lines[0]]
    for before, line in pairwise(lines):
        indent = (line.x0 - edge) / line.size
        is_indented = MIN_INDENT < indent < MAX_INDENT and before.x0 - edge < 0.5 * line.size
        is_apart = line.bottom - before.bottom > PARAGRAPH_GAP * max(step, line.size)
        is_other = abs(before.size - line.size) > 0.08 * line.size
        begins = is_apart or is_indented or is_other
        told.append(_told(line, begins=begins))
    return told


def _told(line: PageLine, *, begins: bool, text: str | None = None) -> PageLine:
    return PageLine(
        text=line.text if text is None else text,
        x0=line.x0,
        x1=line.x1,
        top=line.top,
        bottom=line.bottom,
        size=line.size,
        begins=begins,
    )


def _with_notes(lines: Sequence[PageLine], body_size: float) -> tuple[PageLine, ...]:
    """Return the lines, each note at the foot beginning with its number as a mark and a paragraph of its own."""
    last_body = max(
        (
            place
            for place, line in enumerate(lines)
            if line.size > NOTE_SIZE * body_size and not _is_folio(line)
        ),
        default=-1,
    )
    told = []
    for place, line in enumerate(lines):
        is_note_size = line.size <= NOTE_SIZE * body_size
        first, _, rest = line.text.partition(" ")
        if line.text.startswith("<sup>") and is_note_size:
            told.append(_told(line, begins=True))
        elif place > last_body and is_note_size and NUMBER.fullmatch(first) and rest[:1].isalpha():
            told.append(_told(line, begins=True, text=f"<sup>{first}</sup> {rest}"))
        else:
            told.append(line)
    return tuple(told)


def _is_folio(line: PageLine) -> bool:
    """Return whether the line is a page number, which may stand below the notes in any size."""
    return len(line.text) < 20 and any(c.isdigit() for c in line.text)
