"""Lines into blocks, and hard-wrapped lines into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from generator.importing.model import Block, Line

HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
ITEM = re.compile(r"^\s*(?:[-*+•◦▪‣]\s+|\d{1,3}[.)]\s+|\([a-z0-9]{1,3}\)\s+)")
BULLET = re.compile(r"^(\s*)[*+•◦▪‣]\s+")
QUOTE = re.compile(r"^\s*>\s?")
TABLE = re.compile(r"^\s*\|.*\|\s*$")
# Cells of a row: Wilhelmina Achterberg               Dov Castellane
COLUMNS = re.compile(r"\S\s{3,}\S|\t")
RULER = re.compile(r"^\s*(?:[_=~]{3,}|(?:[-*–—·•]\s*){3,}|\.{5,})\s*$")
# A line as wide as this was wrapped by a machine, not by the sense; wider than the second, it is a whole paragraph.
WRAPPED_CP = 45
PARAGRAPH_CP = 130
ENDS = re.compile(r"[.!?:;][\"”’')\]*_]*(?:<sup>[^<]*</sup>|\[\^?[^\]\s]{1,5}\])*$")


def group_lines(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Return the lines that stand together as one block each, line breaks kept; rulers part and are left out."""
    return tuple(_blocks(tuple(lines)))


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    group: list[Line] = []
    for line in lines:
        is_ruler = RULER.match(line.text) is not None and line.kind == "text"
        if not line.text.strip() or is_ruler:
            yield from _of_group(group)
            group = []
            continue
        if line.text.strip() == ">":
            yield from _of_group(group)
            group = []
            continue
        if group and (
            _kind(line) != _kind(group[-1]) or _kind(line) == "heading" or line.page != group[-1].page
        ):
            yield from _of_group(group)
            group = []
        group.append(line)
    yield from _of_group(group)


def _of_group(group: Sequence[Line]) -> Iterator[Block]:
    if not group:
        return
    first, kind = group[0], _kind(group[0])
    if kind == "text" and len(group) > 1 and median(len(line.text) for line in group) > PARAGRAPH_CP:
        for line in group:
            yield _block([line], "text")
    elif kind == "heading":
        match = HEADING.match(first.text)
        text, level = (match[2], len(match[1])) if match else (first.text.strip(), first.level or 2)
        # A converter's bold inside a heading says nothing more.
        text = re.sub(r"^\*\*(.+)\*\*$", r"\1", text.strip())
        if text:
            yield Block(
                text=text, line=first.number, last=first.number, kind="heading", level=level, page=first.page
            )
    else:
        yield _block(group, kind)


def _block(group: Sequence[Line], kind: str) -> Block:
    text = "\n".join(line.text for line in group)
    if kind == "quote":
        text = "\n".join(QUOTE.sub("", line.text) for line in group)
    return Block(
        text=text,
        line=group[0].number,
        last=group[-1].number,
        kind=kind,  # type: ignore[arg-type]
        page=group[0].page,
        indent=_indent(group[0].text),
        # A line of the source may hold a break of HTML.
        numbers=tuple(line.number for line in group for _ in line.text.split("\n")),
    )


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _kind(line: Line) -> str:
    if line.kind in ("heading", "quote", "table"):
        return line.kind
    if line.kind in ("note", "caption", "furniture"):
        return "text"
    if HEADING.match(line.text):
        return "heading"
    if QUOTE.match(line.text):
        return "quote"
    return "table" if TABLE.match(line.text) else "text"


def unwrap(blocks: Iterable[Block], words: Collection[str]) -> tuple[Block, ...]:
    """Return the blocks with hard-wrapped lines joined, list items apart, and short lines of a kind left as they are.

    `words` are the words of the document in lower case: they tell a word parted at a line's end from one with a hyphen.
    """
    return tuple(one for block in blocks for one in _unwrapped(block, words))


def _unwrapped(block: Block, words: Collection[str]) -> Iterator[Block]:
    if block.kind not in ("text", "quote") or "\n" not in block.text:
        yield _as_item(block)
        return
    lines = block.text.split("\n")
    is_wrapped = _is_wrapped(lines)
    start = 0
    for place in range(1, len(lines) + 1):
        if place < len(lines) and not _begins(lines, place, is_wrapped=is_wrapped):
            continue
        part = lines[start:place]
        text = join_lines(part, words) if is_wrapped or ITEM.match(part[0]) else "\n".join(part)
        yield _as_item(
            replace(
                block,
                text=text,
                line=block.line_at(start),
                last=block.line_at(place - 1),
                numbers=block.numbers[start:place],
                indent=_indent(part[0]),
            )
        )
        start = place


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Return whether the lines were broken where they were full: all but the last of a paragraph are about as long."""
    if any(COLUMNS.search(line.strip()) for line in lines):
        return False
    inner = [len(line.strip()) for line in lines[:-1]]
    full = sum(length >= WRAPPED_CP for length in inner)
    return full >= max(1, round(0.6 * len(inner)))


def _begins(lines: Sequence[str], place: int, *, is_wrapped: bool) -> bool:
    """Return whether a paragraph or item begins on a line that no blank line goes before."""
    line, before = lines[place], lines[place - 1]
    if ITEM.match(line) and (not is_wrapped or ENDS.search(before.rstrip()) or ITEM.match(before)):
        return True
    if not is_wrapped:
        return False
    is_indented = line.startswith(("   ", "\t")) and not before.startswith(("   ", "\t"))
    return bool(is_indented and ENDS.search(before.rstrip()))


def _as_item(block: Block) -> Block:
    if block.kind != "text" or not ITEM.match(block.text):
        return block
    return replace(block, text=BULLET.sub(r"\1- ", block.text), kind="item")


def join_lines(lines: Sequence[str], words: Collection[str]) -> str:
    """Return the lines as one, words parted at a line's end made whole, addresses without a space."""
    done: list[str] = []
    text = lines[0].strip()
    for line in lines[1:]:
        if len(text) > 2 * JOINT_CP:
            # A paragraph of a megabyte is not copied with each of its lines.
            done.append(text[:-JOINT_CP])
            text = text[-JOINT_CP:]
        text = join(text, line.strip(), words)
    return "".join((*done, text))


# No longer word is parted at a line's end, and no longer address.
LONGEST_WORD_CP = 100
JOINT_CP = 2000
PARTED = re.compile(r"([^\W\d_]+)[-\u2010]$")
FIRST_WORD = re.compile(r"^[^\W\d_]+")
# https://gazette.example.org/notices/2021/05/   …/daily-levels-   …?a=1&
OPEN_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/\-_=&?%.~+]$")
REST_OF_ADDRESS = re.compile(r"^[\w\-./%&=?#~+]+(?=[\s>)\].,;]|$)")


def join(before: str, after: str, words: Collection[str]) -> str:
    """Return two pieces of text as one: with a space, or without where a word or an address was broken."""
    if not before or not after:
        return before or after
    joint = before[-JOINT_CP:]
    if OPEN_ADDRESS.search(joint) and REST_OF_ADDRESS.match(after) and not after[0].isupper():
        return before + after
    parted, first = PARTED.search(joint[-LONGEST_WORD_CP:]), FIRST_WORD.match(after)
    if parted and first and after[0].islower():
        whole = f"{parted[1]}{first[0]}".casefold()
        hyphened = f"{parted[1]}-{first[0]}".casefold()
        if hyphened in words and whole not in words:
            return before + after
        return before[:-1] + after
    return f"{before} {after}"


WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def words_of(blocks: Iterable[Block]) -> frozenset[str]:
    """Return the words of the blocks in lower case, those with hyphens inside a line included."""
    return frozenset(word.casefold() for block in blocks for word in WORD.findall(block.text))
