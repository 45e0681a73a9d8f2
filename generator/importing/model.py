"""What passes between the steps of an import: lines, blocks, and all that is to be told about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LineKind = Literal["text", "heading", "item", "quote", "note", "table", "caption", "furniture"]
BlockKind = Literal["text", "heading", "item", "quote", "table", "signatures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the source, as Markdown. `number` counts from 1; a blank line parts blocks.

    In a text file it is a line of the file, in HTML the line on which an element begins, in DOCX the number of the
    paragraph, in PDF the number of the line through all pages. `page` counts from 1 where the format has pages, else 0.
    `kind` is what the format says for certain; `label` is a note's number. A note's mark stands in the text as
    `<sup>7</sup>`.
    """

    text: str
    number: int
    page: int = 0
    kind: LineKind = "text"
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a reader got out of one file.

    `facts` are what the format itself states, by key: `title`, `date` (ISO 8601), `publisher`, `language`, `author`,
    `recipient`, `kind`; each with the line it stands on. `encoding` is empty where the format fixes it.
    """

    name: str
    format: str
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...] = ()
    encoding: str = ""
    repairs: tuple[Repair, ...] = ()
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that the source states about itself: a key of the record, its value, and the words that say so."""

    key: str
    value: str
    line: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One difference between source and transcription: the rule, the line, and the words before and after."""

    rule: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, item or the like. `text` is Markdown; a line break in it is one of the source's.

    `line` and `last` are its first and last line in the source, `numbers` those of each line of `text`: in a page they
    do not count on. `level` counts for headings, `indent` the spaces before its first line.
    """

    text: str
    line: int
    last: int
    kind: BlockKind = "text"
    level: int = 0
    page: int = 0
    indent: int = 0
    numbers: tuple[int, ...] = ()

    def line_at(self, place: int) -> int:
        """Return the source's line of a line of `text`, counted from 0."""
        return self.numbers[place] if place < len(self.numbers) else min(self.line + place, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote of the document: its number, its text, where it stood.

    `is_marked` when its mark stands in the text.
    """

    label: str
    text: str
    line: int
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document on its way: what each rule takes and gives back."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    repairs: tuple[Repair, ...] = ()
    facts: tuple[Fact, ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
