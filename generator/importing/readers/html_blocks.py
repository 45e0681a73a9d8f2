"""The blocks of a page on the way to lines: what is open around a paragraph, and what its end makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from generator.importing.model import Line, LineKind
from generator.importing.readers.html_inline import BREAK, Frame, close_frame, without_breaks
from generator.importing.readers.html_notes import NoteLinks
from generator.importing.readers.html_tables import TableRows
from generator.importing.readers.html_tree import line_of

# Deeper ones are drawn like the sixth: an indentation of its own for each level of a hostile page would be its square.
MAX_DEPTH = 6


@dataclass(slots=True)
class OpenList:
    """A list whose end is not reached. `next_number` is 0 where it is not numbered."""

    next_number: int
    marker: str = ""
    is_marker_due: bool = False


@dataclass(slots=True)
class Walk:
    """What is open at one place of the page, and the lines so far."""

    links: NoteLinks
    tables: set[etree._Element]
    page_forms: set[etree._Element]
    counts_paragraphs: bool
    lines: list[Line] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=lambda: [Frame("base")])
    ends: list[tuple[Callable[[], None], ...]] = field(default_factory=list)
    pending: list[tuple[LineKind, str, int]] = field(default_factory=list)
    lists: list[OpenList] = field(default_factory=list)
    open_tables: list[TableRows] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    quotes: int = 0
    posts: int = 0
    furniture: int = 0
    captions: int = 0
    documents: int = 0
    preformatted: int = 0
    level: int = 0
    line: int = 1
    paragraph: int = 0
    # What the last line belongs to: items of one list and paragraphs of one quotation know each other by it.
    group: tuple[str, int] = ("", 0)
    quote_id: int = 0
    list_id: int = 0
    hidden: int = 0
    hidden_words: int = 0


def keep_furniture(walk: Walk, frame: Frame, line: int) -> None:
    """Put the words of a control aside until the paragraph around it ends."""
    words = without_breaks("".join(frame.pieces))
    if words:
        walk.pending.append(("furniture", words, line))


def flush(walk: Walk) -> None:
    """End the paragraph that is open: its words become lines."""
    if any(frame.kind == "cell" for frame in walk.frames):
        add_piece(walk, " ")
        return
    text = _take_text(walk)
    parts = BREAK.split(text)
    rows = [(walk.line, parts[0])]
    rows += [(int(number), row) for number, row in zip(parts[1::2], parts[2::2], strict=True)]
    if walk.preformatted:
        rows = [(number, row.strip()) for number, row in rows]
    else:
        rows = [(number, _one_space(row)) for number, row in rows]
    while rows and not rows[0][1]:
        rows.pop(0)
    while rows and not rows[-1][1]:
        rows.pop()
    if rows:
        _emit_block(walk, rows)
    emit_pending(walk)


def _one_space(row: str) -> str:
    return " ".join(part for part in row.split(" ") if part)


def _take_text(walk: Walk) -> str:
    """Return the words of all open frames as they stand, and leave the frames open and empty."""
    text = ""
    for frame in reversed(walk.frames):
        frame.pieces.append(text)
        if frame.kind == "furniture":
            keep_furniture(walk, frame, walk.line)
            text = ""
        else:
            text = close_frame(frame, is_cut=True)
        frame.pieces = []
    return text


def emit_pending(walk: Walk) -> None:
    """Give out what a paragraph held beside its words: controls, descriptions of pictures."""
    pending, walk.pending = walk.pending, []
    for kind, words, line in pending:
        emit_line(walk, kind, words, line)


def _emit_block(walk: Walk, rows: list[tuple[int, str]]) -> None:
    """Give out a block of one or more lines, of the kind that what is open makes it."""
    if walk.furniture:
        for line, row in rows:
            if row:
                emit_line(walk, "furniture", row, line)
    elif walk.notes:
        _emit_note(walk, rows)
    elif walk.level:
        words = " ".join(row for _, row in rows if row)
        emit_line(walk, "heading", f"{'#' * walk.level} {words}", rows[0][0], level=walk.level)
    elif walk.captions:
        _emit_rows(walk, "caption", rows)
    else:
        _emit_words(walk, rows)


def _emit_note(walk: Walk, rows: list[tuple[int, str]]) -> None:
    label = walk.notes[-1]
    line, first = rows[0]
    _emit_rows(walk, "note", [(line, _without_label(first, label)), *rows[1:]], label=label)


def _emit_rows(
    walk: Walk, kind: LineKind, rows: list[tuple[int, str]], *, label: str = "", follows: bool = False
) -> None:
    """Give out the lines of one block; an empty row parts it. `follows` where no blank line goes before the first."""
    for line, row in rows:
        if row:
            emit_line(walk, kind, row, line, label=label, follows=follows)
        follows = bool(row)


def _without_label(row: str, label: str) -> str:
    """Return the note's text without the number that it repeats (`1.`, `[1]`, `<sup>1</sup>`)."""
    text = row.lstrip("^↑ ")
    for form in (
        f"<sup>{label}</sup>",
        f"[{label}]",
        f"({label})",
        f"{label}.",
        f"{label})",
        f"{label}:",
        f"{label} ",
    ):
        if f"{text} ".startswith(form):
            text = text[len(form) :].lstrip()
            break
    return text[2:] if text.startswith((". ", ") ", "] ", ": ")) else text


def _emit_words(walk: Walk, rows: list[tuple[int, str]]) -> None:
    indent = ""
    is_item = bool(walk.lists) and walk.lists[-1].marker != ""
    is_first = is_item and walk.lists[-1].is_marker_due
    if is_item:
        current = walk.lists[-1]
        outer = "".join(" " * len(item.marker) for item in walk.lists[:-1][:MAX_DEPTH])
        indent = outer + (current.marker if is_first else " " * len(current.marker))
        current.is_marker_due = False
    rows = [
        (line, f"{indent if index == 0 else ' ' * len(indent)}{row}" if row else "")
        for index, (line, row) in enumerate(rows)
    ]
    if walk.quotes:
        _emit_quote(walk, rows)
        return
    # A second paragraph of an item stands apart from the first.
    follows = is_first and walk.group == ("list", walk.list_id)
    _emit_rows(walk, "item" if is_item else "text", rows, follows=follows)
    if is_item:
        walk.group = ("list", walk.list_id)


def _emit_quote(walk: Walk, rows: list[tuple[int, str]]) -> None:
    """Give out the lines of one block of a quotation; a bare `>` parts its blocks, but not a post from its author."""
    quote = "> " * min(walk.quotes, MAX_DEPTH)
    follows = walk.group == ("quote", walk.quote_id)
    if follows and not walk.posts:
        emit_line(walk, "quote", quote.rstrip(), rows[0][0], follows=True)
    for line, row in rows:
        emit_line(walk, "quote", f"{quote}{row}".rstrip(), line, follows=follows)
        follows = True
    walk.group = ("quote", walk.quote_id)


def emit_line(
    walk: Walk,
    kind: LineKind,
    text: str,
    line: int,
    *,
    level: int = 0,
    label: str = "",
    follows: bool = False,
) -> None:
    """Give out one line, after a blank one unless it follows the last."""
    if not follows and walk.lines and walk.lines[-1].text:
        walk.lines.append(Line(text="", number=walk.lines[-1].number))
    walk.group = ("", 0)
    walk.lines.append(Line(text=text, number=line, kind=kind, level=level, label=label))


def fold_frames(walk: Walk, depth: int) -> None:
    """Close the frames above `depth` that their elements left open."""
    while len(walk.frames) > depth + 1:
        frame = walk.frames.pop()
        walk.frames[-1].pieces.append(close_frame(frame))


def add_piece(walk: Walk, piece: str) -> None:
    """Add words to the innermost open element."""
    walk.frames[-1].pieces.append(piece)


def here(walk: Walk, element: etree._Element) -> int:
    """Return what the lines that begin with this element are counted by."""
    return max(walk.paragraph, 1) if walk.counts_paragraphs else line_of(element)
