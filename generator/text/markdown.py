"""Markdown of the corpus to blocks of plain text with standoff styles, links and notes.

CommonMark (https://spec.commonmark.org/0.31.2/) with tables, strikethrough and footnotes; raw HTML is text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from generator.diagnostics import Diagnostic, error
from generator.model.places import Place
from generator.model.text import Block, BlockKind, FootnoteDefinition, ParsedText
from generator.text.inline_rules import add_inline_rules, locate_tokens
from generator.text.leaves import read_leaf
from generator.text.places import PlaceFinder

NameOf = Callable[[str], str | None]

CONTAINERS: dict[str, BlockKind] = {
    "blockquote_open": "quote",
    "bullet_list_open": "bullet-list",
    "ordered_list_open": "ordered-list",
    "list_item_open": "item",
    "table_open": "table",
    "tr_open": "row",
}
LEAVES: dict[str, BlockKind] = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "th_open": "cell",
    "td_open": "cell",
}
MAX_NESTING = 60


@cache
def _parser(has_links: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    footnote_plugin(parser, inline=False, move_to_end=False, always_match_refs=True)
    parser.block.ruler.before("table", "too_deep", _too_deep)
    if has_links:
        add_inline_rules(parser)
    locate_tokens(parser)
    return parser


def _too_deep(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Stop at blocks nested deeper than MAX_NESTING; the parser would leave them out without a word."""
    if state.level < MAX_NESTING:
        return False
    if not silent:
        token = state.push("too_deep", "", 0)
        token.map = [start_line, end_line]
        state.line = end_line
    return True


def parse_markdown(
    text: str, finder: PlaceFinder, *, name_of: NameOf | None
) -> tuple[ParsedText, tuple[Diagnostic, ...]]:
    """Return the blocks of a Markdown text.

    With `name_of`, `[[wikilinks]]` and `[@citations]` are read, and a wikilink without a label gets the name of its
    page. Without (transcriptions: the words of others) they are plain text.
    """
    tokens = _parser(name_of is not None).parse(text, {})
    builder = _Builder(finder, name_of)
    blocks = builder.read(tokens)
    return ParsedText(blocks=blocks, footnotes=tuple(builder.footnotes)), tuple(builder.found)


class _Builder:
    """Turns the parser's flat tokens into nested blocks."""

    def __init__(self, finder: PlaceFinder, name_of: NameOf | None) -> None:
        self.finder = finder
        self.name_of = name_of
        self.footnotes: list[FootnoteDefinition] = []
        self.found: list[Diagnostic] = []

    def read(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        blocks: list[Block] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = _matching(tokens, index)
            blocks.extend(self._read_one(token, tokens[index + 1 : end]))
            index = end + 1
        return tuple(blocks)

    def _read_one(self, token: Token, inner: Sequence[Token]) -> tuple[Block, ...]:
        line = token.map[0] if token.map else 0
        place = self.finder.line(line)
        if token.type in LEAVES:
            inline = inner[0] if inner else None
            level = int(token.tag[1]) if token.type == "heading_open" else int(token.type == "th_open")
            if inline is None:
                return (Block(kind=LEAVES[token.type], place=place, level=level),)
            inline_line = inline.map[0] if inline.map else line
            leaf, found = read_leaf(LEAVES[token.type], inline, level, self.finder, inline_line, self.name_of)
            self.found.extend(found)
            return (leaf,)
        if token.type in CONTAINERS:
            start = _first_number(token)
            children = self.read(inner)
            return (Block(kind=CONTAINERS[token.type], place=place, level=start, children=children),)
        if token.type in ("thead_open", "tbody_open"):
            return self.read(inner)
        if token.type in ("fence", "code_block"):
            return (Block(kind="code", place=place, text=token.content.rstrip("\n")),)
        if token.type == "hr":
            return (Block(kind="rule", place=place),)
        if token.type == "footnote_reference_open":
            self._read_footnote(token, inner)
        if token.type == "too_deep":
            self.found.append(_nested_too_deep(place))
        return ()

    def _read_footnote(self, token: Token, inner: Sequence[Token]) -> None:
        label = str(token.meta["label"])
        line = token.map[0] if token.map else 0
        place = self.finder.find(line, f"[^{label}]:")
        self.footnotes.append(FootnoteDefinition(label=label, place=place, blocks=self.read(inner)))


def _nested_too_deep(place: Place) -> Diagnostic:
    return error(
        place,
        "nested-too-deep",
        "quotations and lists are nested too deep here",
        why="the words inside would be missing from the page",
        help="take away some of the marks `>` or of the indentation",
    )


def _first_number(token: Token) -> int:
    """Return the first number of an ordered list, 0 for any other block."""
    if token.type != "ordered_list_open":
        return 0
    start = token.attrGet("start")
    return 1 if start is None else int(start)


def _matching(tokens: Sequence[Token], index: int) -> int:
    """Return the index of the token that closes the one at `index`; a token without a partner closes itself."""
    depth = 0
    for position in range(index, len(tokens)):
        depth += tokens[position].nesting
        if depth <= 0:
            return position
    return len(tokens) - 1
