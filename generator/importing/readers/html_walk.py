"""The lines of a page: one walk over its tree, without recursion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from generator.importing.model import Line, LineKind
from generator.importing.readers.html_furniture import (
    DROPPED,
    is_document,
    is_furniture,
    is_hidden,
    is_inline_furniture,
    tag_is_heading,
)
from generator.importing.readers.html_inline import (
    BREAK,
    Frame,
    address_of,
    break_at,
    close_frame,
    collapse,
    without_breaks,
)
from generator.importing.readers.html_notes import NoteLinks, find_note_links
from generator.importing.readers.html_tables import TableRows, find_data_tables
from generator.importing.readers.html_tree import classes_of, line_of, tag_of, words_of

BLOCKS = frozenset((
    "address", "article", "aside", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "header", "hgroup", "html", "main", "menu", "nav", "p", "section",
    "summary", "td", "th", "tr", "table", "tbody", "thead", "tfoot", "caption", "noindex", "optgroup",
))  # fmt: skip
EMPHASES = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em", "b": "strong", "strong": "strong",
    "del": "strike", "s": "strike", "strike": "strike",
}  # fmt: skip
# Posts of social networks as they are embedded in articles.
POSTS = frozenset((
    "twitter-tweet", "twitter-video", "bluesky-embed", "mastodon-embed", "truthsocial-embed", "instagram-media",
    "tiktok-embed", "fb-post", "text-post-media", "gab-embed",
))  # fmt: skip
# Deeper ones are drawn like the sixth: an indentation of its own for each level of a hostile page would be its square.
MAX_DEPTH = 6
# A page that has more words hidden than a menu has does not show what it holds.
HIDDEN_WORDS = 20
# A form that holds this many paragraphs is the whole page, as old servers wrap it.
PAGE_PARAGRAPHS = 3


@dataclass(slots=True)
class _List:
    """A list whose end is not reached. `next_number` is 0 where it is not numbered."""

    next_number: int
    marker: str = ""
    is_marker_due: bool = False


@dataclass(slots=True)
class _Walk:
    """What is open at one place of the page, and the lines so far."""

    links: NoteLinks
    tables: set[etree._Element]
    page_forms: set[etree._Element]
    counts_paragraphs: bool
    lines: list[Line] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=lambda: [Frame("base")])
    ends: list[tuple[Callable[[], None], ...]] = field(default_factory=list)
    pending: list[tuple[LineKind, str, int]] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
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


def walk_tree(
    root: etree._Element, *, counts_paragraphs: bool = False
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the lines of a page in its order, a blank one between blocks, and what was left out.

    Under `counts_paragraphs` a line's number is that of its paragraph, heading or item, not of the source's line.
    """
    links = find_note_links(root)
    walk = _Walk(
        links=links,
        tables=find_data_tables(root, links.notes),
        page_forms={form for form in root.iter("form") if _is_page(form)},
        counts_paragraphs=counts_paragraphs,
    )
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        if event == "start":
            if not _start(walk, element):
                events.skip_subtree()
                walk.ends.append(())
        else:
            for end in reversed(walk.ends.pop()):
                end()
            if element.tail and element is not root:
                _add_text(walk, element.tail, _here(walk, element))
    _flush(walk)
    gaps: tuple[str, ...] = ()
    if walk.hidden_words >= HIDDEN_WORDS:
        gaps = (f"{walk.hidden} hidden elements with {walk.hidden_words} words are left out",)
    return tuple(walk.lines), gaps


def _is_page(form: etree._Element) -> bool:
    paragraphs = 0
    for element in form.iter("p", "article", "main", "h1"):
        paragraphs += 1 if element.tag == "p" else PAGE_PARAGRAPHS
        if paragraphs >= PAGE_PARAGRAPHS:
            return True
    return False


def _start(walk: _Walk, element: etree._Element) -> bool:
    """Open an element; return whether what it holds is read."""
    tag = tag_of(element)
    if tag in DROPPED or not tag:
        return False
    if is_hidden(element) and tag not in ("html", "body"):
        walk.hidden += 1
        walk.hidden_words += len(words_of(element).split())
        return False
    if element in walk.links.returns:
        return False
    ends: list[Callable[[], None]] = []
    _start_block(walk, element, tag, ends)
    _start_inline(walk, element, tag, ends)
    walk.ends.append(tuple(ends))
    if element.text:
        _add_text(walk, element.text, _here(walk, element))
    return True


def _start_block(walk: _Walk, element: etree._Element, tag: str, ends: list[Callable[[], None]]) -> None:
    note = walk.links.notes.get(element)
    level = tag_is_heading(element)
    is_block = (
        tag in BLOCKS
        or level
        or note is not None
        or tag in ("ul", "ol", "li", "pre", "blockquote", "hr", "listing")
    )
    if not is_block:
        return
    _flush(walk)
    if (tag in ("p", "li") or level) and note is None:
        walk.paragraph += 1
    walk.line = _here(walk, element)
    ends.append(lambda: _flush(walk))
    if note is not None:
        walk.notes.append(note)
        ends.append(lambda: _end_note(walk))
    elif element not in walk.page_forms and is_furniture(element, tag, is_in_document=walk.documents > 0):
        _count(walk, "furniture", ends)
    if is_document(element, tag):
        _count(walk, "documents", ends)
    if level:
        _start_heading(walk, level, ends)
    elif tag in ("ul", "ol", "menu", "dir"):
        _start_list(walk, element, tag, ends)
    elif tag == "li":
        _start_item(walk, element, is_note=note is not None)
    elif tag == "blockquote":
        _start_quote(walk, element, ends)
    elif tag in ("pre", "listing"):
        _count(walk, "preformatted", ends)
    elif tag in ("figcaption", "caption"):
        _count(walk, "captions", ends)
    elif tag == "hr":
        _emit(walk, "furniture", "---", walk.line)
    elif tag in ("table", "tr", "td", "th"):
        _start_table_part(walk, element, tag, ends)


def _count(walk: _Walk, name: str, ends: list[Callable[[], None]]) -> None:
    """Count an open element of this kind until it ends; its last words are still its own."""
    setattr(walk, name, getattr(walk, name) + 1)

    def end() -> None:
        _flush(walk)
        setattr(walk, name, getattr(walk, name) - 1)

    ends.append(end)


def _end_note(walk: _Walk) -> None:
    _flush(walk)
    walk.notes.pop()


def _start_heading(walk: _Walk, level: int, ends: list[Callable[[], None]]) -> None:
    outer = walk.level
    walk.level = level

    def end() -> None:
        _flush(walk)
        walk.level = outer

    ends.append(end)


def _start_list(walk: _Walk, element: etree._Element, tag: str, ends: list[Callable[[], None]]) -> None:
    if not walk.lists:
        walk.list_id += 1
    start = element.get("start") or "1"
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    walk.lists.append(_List(next_number=first if tag == "ol" else 0))

    def end() -> None:
        _flush(walk)
        walk.lists.pop()

    ends.append(end)


def _start_item(walk: _Walk, element: etree._Element, *, is_note: bool) -> None:
    if not walk.lists:
        walk.list_id += 1
        walk.lists.append(_List(next_number=0))
        # Never closed by an end of its own: an item without a list, up to the end of the page.
    if is_note:
        return
    current = walk.lists[-1]
    value = element.get("value") or ""
    if current.next_number and value.isascii() and value.isdigit() and len(value) < 6:
        current.next_number = int(value)
    current.marker = f"{current.next_number}. " if current.next_number else "- "
    current.next_number += 1 if current.next_number else 0
    current.is_marker_due = True


def _start_quote(walk: _Walk, element: etree._Element, ends: list[Callable[[], None]]) -> None:
    if walk.quotes == 0:
        walk.quote_id += 1
    _count(walk, "quotes", ends)
    if not POSTS.isdisjoint(classes_of(element)):
        _count(walk, "posts", ends)


def _start_table_part(walk: _Walk, element: etree._Element, tag: str, ends: list[Callable[[], None]]) -> None:
    if tag == "table":
        if element in walk.tables:
            walk.open_tables.append(TableRows())
            ends.append(lambda: _end_table(walk))
        return
    if not walk.open_tables:
        return
    table = walk.open_tables[-1]
    if tag == "tr":
        table.begin_row(_here(walk, element) + walk.counts_paragraphs)
        ends.append(table.end_row)
        return
    depth = len(walk.frames)
    walk.frames.append(Frame("cell"))

    def end() -> None:
        _fold(walk, depth)
        cell = walk.frames.pop()
        table.add_cell(without_breaks("".join(cell.pieces)), element)

    ends.append(end)


def _end_table(walk: _Walk) -> None:
    table = walk.open_tables.pop()
    for place, (line, row) in enumerate(table.lines()):
        _emit(walk, "table", row, line, follows=place > 0)
    _emit_pending(walk)


def _start_inline(walk: _Walk, element: etree._Element, tag: str, ends: list[Callable[[], None]]) -> None:
    if tag == "br":
        _add_piece(walk, break_at(_here(walk, element)))
        return
    if tag == "img":
        _add_image(walk, element)
        return
    if tag == "q":
        _add_piece(walk, "“")
        ends.append(lambda: _add_piece(walk, "”"))
        return
    frame = _frame_for(walk, element, tag)
    if frame is None:
        return
    depth = len(walk.frames)
    walk.frames.append(frame)
    line = _here(walk, element)

    def end() -> None:
        _fold(walk, depth)
        closed = walk.frames.pop()
        if closed.kind == "furniture":
            _keep_furniture(walk, closed, line)
        else:
            _add_piece(walk, close_frame(closed))

    ends.append(end)


def _frame_for(walk: _Walk, element: etree._Element, tag: str) -> Frame | None:
    """Return the frame for an inline element, or None where it makes no difference: inside another of its kind."""
    mark = walk.links.marks.get(element)
    if mark is not None:
        return Frame("mark", mark)
    if is_inline_furniture(element, tag):
        kind, value = "furniture", ""
    elif tag == "a":
        kind, value = "link", address_of(element.get("href") or "")
        if walk.level or walk.posts or walk.furniture or not value:
            return None
    elif tag == "sup":
        kind, value = "sup", ""
    elif tag in EMPHASES and not (walk.level and EMPHASES[tag] == "strong"):
        kind, value = EMPHASES[tag], ""
    else:
        return None
    # The frames are few: one of each kind.
    return None if any(frame.kind == kind for frame in walk.frames) else Frame(kind, value)


def _fold(walk: _Walk, depth: int) -> None:
    """Close the frames above `depth` that their elements left open."""
    while len(walk.frames) > depth + 1:
        frame = walk.frames.pop()
        walk.frames[-1].pieces.append(close_frame(frame))


def _add_text(walk: _Walk, text: str, line: int) -> None:
    if walk.preformatted:
        first, *rest = text.split("\n")
        _add_piece(walk, first)
        for number, row in enumerate(rest, start=line + 1):
            _add_piece(walk, f"{break_at(number)}{row}")
        return
    if text.isspace() and len(walk.frames) == 1 and not walk.frames[0].pieces:
        return
    _add_piece(walk, collapse(text))


def _add_piece(walk: _Walk, piece: str) -> None:
    walk.frames[-1].pieces.append(piece)


def _add_image(walk: _Walk, element: etree._Element) -> None:
    words = collapse(element.get("alt") or "").strip()
    if words and not any(c.isalnum() for c in words):
        # A picture of a sign, as 😀 is on many sites.
        _add_piece(walk, words)
    elif words and "emoji" not in " ".join(classes_of(element)):
        walk.pending.append(("furniture" if walk.furniture else "caption", words, _here(walk, element)))


def _keep_furniture(walk: _Walk, frame: Frame, line: int) -> None:
    words = without_breaks("".join(frame.pieces))
    if words:
        walk.pending.append(("furniture", words, line))


def _flush(walk: _Walk) -> None:
    """End the paragraph that is open: its words become lines."""
    if any(frame.kind == "cell" for frame in walk.frames):
        _add_piece(walk, " ")
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
    _emit_pending(walk)


def _one_space(row: str) -> str:
    return " ".join(part for part in row.split(" ") if part)


def _take_text(walk: _Walk) -> str:
    """Return the words of all open frames as they stand, and leave the frames open and empty."""
    text = ""
    for frame in reversed(walk.frames):
        frame.pieces.append(text)
        if frame.kind == "furniture":
            _keep_furniture(walk, frame, walk.line)
            text = ""
        else:
            text = close_frame(frame, is_cut=True)
        frame.pieces = []
    return text


def _emit_pending(walk: _Walk) -> None:
    pending, walk.pending = walk.pending, []
    for kind, words, line in pending:
        _emit(walk, kind, words, line)


def _emit_block(walk: _Walk, rows: list[tuple[int, str]]) -> None:
    """Give out a block of one or more lines, of the kind that what is open makes it."""
    if walk.furniture:
        for line, row in rows:
            if row:
                _emit(walk, "furniture", row, line)
    elif walk.notes:
        _emit_note(walk, rows)
    elif walk.level:
        words = " ".join(row for _, row in rows if row)
        _emit(walk, "heading", f"{'#' * walk.level} {words}", rows[0][0], level=walk.level)
    elif walk.captions:
        _emit_rows(walk, "caption", rows)
    else:
        _emit_words(walk, rows)


def _emit_note(walk: _Walk, rows: list[tuple[int, str]]) -> None:
    label = walk.notes[-1]
    line, first = rows[0]
    _emit_rows(walk, "note", [(line, _without_label(first, label)), *rows[1:]], label=label)


def _emit_rows(
    walk: _Walk, kind: LineKind, rows: list[tuple[int, str]], *, label: str = "", follows: bool = False
) -> None:
    """Give out the lines of one block; an empty row parts it. `follows` where no blank line goes before the first."""
    for line, row in rows:
        if row:
            _emit(walk, kind, row, line, label=label, follows=follows)
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


def _emit_words(walk: _Walk, rows: list[tuple[int, str]]) -> None:
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


def _emit_quote(walk: _Walk, rows: list[tuple[int, str]]) -> None:
    """Give out the lines of one block of a quotation; a bare `>` parts its blocks, but not a post from its author."""
    quote = "> " * min(walk.quotes, MAX_DEPTH)
    follows = walk.group == ("quote", walk.quote_id)
    if follows and not walk.posts:
        _emit(walk, "quote", quote.rstrip(), rows[0][0], follows=True)
    for line, row in rows:
        _emit(walk, "quote", f"{quote}{row}".rstrip(), line, follows=follows)
        follows = True
    walk.group = ("quote", walk.quote_id)


def _emit(
    walk: _Walk,
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


def _here(walk: _Walk, element: etree._Element) -> int:
    """Return what the lines that begin with this element are counted by."""
    return max(walk.paragraph, 1) if walk.counts_paragraphs else line_of(element)
