"""Text as the stages see it: plain words, with styles, links and notes standing off as spans.

Spans are half-open `[start, end)` and count code points of the block's own `text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from generator.model.places import Place

StyleKind = Literal["emphasis", "strong", "deleted", "code", "address"]
BlockKind = Literal[
    "paragraph",
    "heading",
    "quote",
    "bullet-list",
    "ordered-list",
    "item",
    "code",
    "table",
    "row",
    "cell",
    "rule",
]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of a block's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@lru_cache(maxsize=1 << 16)
def shared_span(start: int, end: int) -> Span:
    """Return a span that is one object wherever it is asked for: a corpus names its actors in few different places."""
    return Span(start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A styled stretch. `address` holds the web address of a link, else it is empty."""

    span: Span
    kind: StyleKind
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a wikilink or citation points to: a page, or an annotation or passage of it.

    `fragment` is as the editor wrote it: an annotation's id, `¶4`, or empty for the page.
    """

    slug: str
    fragment: str = ""

    def __str__(self) -> str:
        return f"{self.slug}#{self.fragment}" if self.fragment else self.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Wikilink:
    """A link to a page of the dossier; the span covers its label in the block's text."""

    span: Span
    target: Target
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedTarget:
    """One target of a citation with its locator, such as `p. 4`."""

    target: Target
    locator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An editors' citation, standing at an offset of the block's text; of nothing where they cite themselves."""

    offset: int
    cited: tuple[CitedTarget, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMark:
    """The mark of a footnote of the document, standing at an offset of the block's text."""

    offset: int
    label: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of Markdown: a leaf with `text`, or a container with `children`.

    `level` is that of a heading, or the first number of an ordered list. A `\\n` in `text` is a hard line break.
    `place` is where the block begins in its file.
    """

    kind: BlockKind
    place: Place
    text: str = ""
    level: int = 0
    styles: tuple[Style, ...] = ()
    wikilinks: tuple[Wikilink, ...] = ()
    citations: tuple[Citation, ...] = ()
    note_marks: tuple[NoteMark, ...] = ()
    children: tuple[Block, ...] = ()

    def leaves(self) -> tuple[Block, ...]:
        """Return the blocks with text of their own, in reading order."""
        if self.kind in ("paragraph", "heading", "code", "cell"):
            return (self,)
        return tuple(leaf for child in self.children for leaf in child.leaves())


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteDefinition:
    """The words of one footnote of a document."""

    label: str
    place: Place
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedText:
    """A Markdown text: its blocks and footnote definitions, in the order of the file."""

    blocks: tuple[Block, ...]
    footnotes: tuple[FootnoteDefinition, ...] = ()

    def leaves(self) -> tuple[Block, ...]:
        """Return all blocks with text of their own, those of footnotes last."""
        of_blocks = [leaf for block in self.blocks for leaf in block.leaves()]
        of_notes = [leaf for note in self.footnotes for block in note.blocks for leaf in block.leaves()]
        return tuple(of_blocks + of_notes)
