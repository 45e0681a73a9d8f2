"""The lines of a page: one walk over its tree, without recursion."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from generator.importing.model import Line
from generator.importing.readers.html_blocks import (
    OpenList,
    Walk,
    add_piece,
    emit_line,
    emit_pending,
    flush,
    fold_frames,
    here,
    keep_furniture,
)
from generator.importing.readers.html_furniture import (
    DROPPED,
    is_document,
    is_furniture,
    is_hidden,
    is_inline_furniture,
    tag_is_heading,
)
from generator.importing.readers.html_inline import (
    Frame,
    address_of,
    break_at,
    close_frame,
    collapse,
    without_breaks,
)
from generator.importing.readers.html_notes import find_note_links
from generator.importing.readers.html_tables import TableRows, find_data_tables
from generator.importing.readers.html_tree import classes_of, tag_of, words_of

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
# A page that has more words hidden than a menu has does not show what it holds.
HIDDEN_WORDS = 20
# A form that holds this many paragraphs is the whole page, as old servers wrap it.
PAGE_PARAGRAPHS = 3


def walk_tree(
    root: etree._Element, *, counts_paragraphs: bool = False
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the lines of a page in its order, a blank one between blocks, and what was left out.

    Under `counts_paragraphs` a line's number is that of its paragraph, heading or item, not of the source's line.
    """
    links = find_note_links(root)
    walk = Walk(
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
                _add_text(walk, element.tail, here(walk, element))
    flush(walk)
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


def _start(walk: Walk, element: etree._Element) -> bool:
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
        _add_text(walk, element.text, here(walk, element))
    return True


def _start_block(walk: Walk, element: etree._Element, tag: str, ends: list[Callable[[], None]]) -> None:
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
    flush(walk)
    if (tag in ("p", "li") or level) and note is None:
        walk.paragraph += 1
    walk.line = here(walk, element)
    ends.append(lambda: flush(walk))
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
        emit_line(walk, "furniture", "---", walk.line)
    elif tag in ("table", "tr", "td", "th"):
        _start_table_part(walk, element, tag, ends)


def _count(walk: Walk, name: str, ends: list[Callable[[], None]]) -> None:
    """Count an open element of this kind until it ends; its last words are still its own."""
    setattr(walk, name, getattr(walk, name) + 1)

    def end() -> None:
        flush(walk)
        setattr(walk, name, getattr(walk, name) - 1)

    ends.append(end)


def _end_note(walk: Walk) -> None:
    flush(walk)
    walk.notes.pop()


def _start_heading(walk: Walk, level: int, ends: list[Callable[[], None]]) -> None:
    outer = walk.level
    walk.level = level

    def end() -> None:
        flush(walk)
        walk.level = outer

    ends.append(end)


def _start_list(walk: Walk, element: etree._Element, tag: str, ends: list[Callable[[], None]]) -> None:
    if not walk.lists:
        walk.list_id += 1
    start = element.get("start") or "1"
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    walk.lists.append(OpenList(next_number=first if tag == "ol" else 0))

    def end() -> None:
        flush(walk)
        walk.lists.pop()

    ends.append(end)


def _start_item(walk: Walk, element: etree._Element, *, is_note: bool) -> None:
    if not walk.lists:
        walk.list_id += 1
        walk.lists.append(OpenList(next_number=0))
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


def _start_quote(walk: Walk, element: etree._Element, ends: list[Callable[[], None]]) -> None:
    if walk.quotes == 0:
        walk.quote_id += 1
    _count(walk, "quotes", ends)
    if not POSTS.isdisjoint(classes_of(element)):
        _count(walk, "posts", ends)


def _start_table_part(walk: Walk, element: etree._Element, tag: str, ends: list[Callable[[], None]]) -> None:
    if tag == "table":
        if element in walk.tables:
            walk.open_tables.append(TableRows())
            ends.append(lambda: _end_table(walk))
        return
    if not walk.open_tables:
        return
    table = walk.open_tables[-1]
    if tag == "tr":
        table.begin_row(here(walk, element) + walk.counts_paragraphs)
        ends.append(table.end_row)
        return
    depth = len(walk.frames)
    walk.frames.append(Frame("cell"))

    def end() -> None:
        fold_frames(walk, depth)
        cell = walk.frames.pop()
        table.add_cell(without_breaks("".join(cell.pieces)), element)

    ends.append(end)


def _end_table(walk: Walk) -> None:
    table = walk.open_tables.pop()
    for place, (line, row) in enumerate(table.lines()):
        emit_line(walk, "table", row, line, follows=place > 0)
    emit_pending(walk)


def _start_inline(walk: Walk, element: etree._Element, tag: str, ends: list[Callable[[], None]]) -> None:
    if tag == "br":
        add_piece(walk, break_at(here(walk, element)))
        return
    if tag == "img":
        _add_image(walk, element)
        return
    if tag == "q":
        add_piece(walk, "“")
        ends.append(lambda: add_piece(walk, "”"))
        return
    frame = _frame_for(walk, element, tag)
    if frame is None:
        return
    depth = len(walk.frames)
    walk.frames.append(frame)
    line = here(walk, element)

    def end() -> None:
        fold_frames(walk, depth)
        closed = walk.frames.pop()
        if closed.kind == "furniture":
            keep_furniture(walk, closed, line)
        else:
            add_piece(walk, close_frame(closed))

    ends.append(end)


def _frame_for(walk: Walk, element: etree._Element, tag: str) -> Frame | None:
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


def _add_text(walk: Walk, text: str, line: int) -> None:
    if walk.preformatted:
        first, *rest = text.split("\n")
        add_piece(walk, first)
        for number, row in enumerate(rest, start=line + 1):
            add_piece(walk, f"{break_at(number)}{row}")
        return
    if text.isspace() and len(walk.frames) == 1 and not walk.frames[0].pieces:
        return
    add_piece(walk, collapse(text))


def _add_image(walk: Walk, element: etree._Element) -> None:
    words = collapse(element.get("alt") or "").strip()
    if words and not any(c.isalnum() for c in words):
        # A picture of a sign, as 😀 is on many sites.
        add_piece(walk, words)
    elif words and "emoji" not in " ".join(classes_of(element)):
        walk.pending.append(("furniture" if walk.furniture else "caption", words, here(walk, element)))
