"""The inline content of one block: its plain text, and what stands off from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from generator.diagnostics import Diagnostic, error, warning
from generator.model.places import Place
from generator.model.text import (
    Block,
    BlockKind,
    Citation,
    CitedTarget,
    NoteMark,
    Span,
    Style,
    StyleKind,
    Target,
    Wikilink,
)
from generator.text.addresses import find_addresses, is_safe_address
from generator.text.places import ContentPlaces, PlaceFinder
from generator.text.scripts import stand_together
from generator.text.spans import SpanSet

STYLES: dict[str, StyleKind] = {"em": "emphasis", "strong": "strong", "s": "deleted", "link": "address"}
# The commas and semicolons of Latin, Arabic and Chinese script; none of them may stand in a slug.
COMMAS, SEMICOLONS = ",،，、", ";؛；"
# @smith-1961   @smith-1961, p. 4   @memo-1962#¶4
CITED = re.compile(
    rf"@(?P<slug>[^\s#{COMMAS}{SEMICOLONS}]+)(?:#(?P<fragment>[^\s{COMMAS}{SEMICOLONS}]+))?"
    rf"(?:[{COMMAS}]\s*(?P<locator>.+))?"
)
# [@editors]: the sentence is the editors' own
EDITORS = "@editors"
BETWEEN_CITED = re.compile(f"[{SEMICOLONS}]")


@dataclass(slots=True)
class _Leaf:
    """What has been read of a block so far."""

    places: ContentPlaces
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    styles: list[Style] = field(default_factory=list)
    wikilinks: list[Wikilink] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    note_marks: list[NoteMark] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    open_styles: list[tuple[StyleKind, int, str]] = field(default_factory=list)

    def add(self, text: str) -> Span:
        span = Span(start=self.length, end=self.length + len(text))
        self.pieces.append(text)
        self.length = span.end
        return span


def read_leaf(
    kind: BlockKind,
    inline: Token,
    level: int,
    finder: PlaceFinder,
    line: int,
    name_of: Callable[[str], str | None] | None,
) -> tuple[Block, tuple[Diagnostic, ...]]:
    """Return the block of one `inline` token that begins on `line` of its text, and faults in its links."""
    leaf = _Leaf(places=ContentPlaces(finder, line, inline.content, is_cell=kind == "cell"))
    tokens = inline.children or []
    for index, token in enumerate(tokens):
        if token.type == "softbreak" and _is_within_words(leaf, tokens[index + 1 :]):
            continue
        _take(leaf, token, name_of)
    text = "".join(leaf.pieces)
    block = Block(
        kind=kind,
        place=finder.line(line),
        text=text,
        level=level,
        styles=(*leaf.styles, *_bare_addresses(text, leaf)),
        wikilinks=tuple(leaf.wikilinks),
        citations=tuple(leaf.citations),
        note_marks=tuple(leaf.note_marks),
    )
    return block, tuple(leaf.found)


def _take(leaf: _Leaf, token: Token, name_of: Callable[[str], str | None] | None) -> None:
    kind = token.type
    if kind == "text" or kind == "text_special":
        leaf.add(token.content)
    elif kind == "softbreak":
        leaf.add(" ")
    elif kind == "hardbreak":
        leaf.add("\n")
    elif kind == "code_inline":
        leaf.styles.append(Style(span=leaf.add(token.content), kind="code"))
    elif kind == "image":
        leaf.found.append(_image(leaf, token))
        leaf.add(token.content)
    elif kind == "wikilink" and name_of is not None:
        _take_wikilink(leaf, token, name_of)
    elif kind == "citation":
        _take_citation(leaf, token)
    elif kind == "footnote_ref":
        label = str(token.meta["label"])
        place = _place(leaf, token, f"[^{label}]")
        leaf.note_marks.append(NoteMark(offset=leaf.length, label=label, place=place))
    elif kind.endswith("_open"):
        _open_style(leaf, token)
    elif kind.endswith("_close") and leaf.open_styles:
        style, start, address = leaf.open_styles.pop()
        if leaf.length > start and (style != "address" or address):
            leaf.styles.append(Style(span=Span(start=start, end=leaf.length), kind=style, address=address))


def _is_within_words(leaf: _Leaf, following: Sequence[Token]) -> bool:
    """Return whether the lines before and after a break are one stretch of a script without spaces."""
    before = leaf.pieces[-1] if leaf.pieces else ""
    after = next((token.content for token in following if token.content), "")
    return bool(before and after) and stand_together(before[-1], after[0])


def _open_style(leaf: _Leaf, token: Token) -> None:
    style = STYLES[token.type.removesuffix("_open")]
    address = str(token.attrGet("href") or "") if style == "address" else ""
    if style == "address" and not is_safe_address(address):
        leaf.found.append(_unsafe_address(leaf, token, address))
        address = ""
    leaf.open_styles.append((style, leaf.length, address))


def _take_wikilink(leaf: _Leaf, token: Token, name_of: Callable[[str], str | None]) -> None:
    slug, fragment, label = (str(token.meta[key]) for key in ("slug", "fragment", "label"))
    if not label:
        label = name_of(slug) or slug
        if fragment.startswith("¶"):
            label = f"{label}, {fragment}"
    place = _place(leaf, token, token.markup)
    target = Target(slug=slug, fragment=fragment)
    leaf.wikilinks.append(Wikilink(span=leaf.add(label), target=target, place=place))


def _take_citation(leaf: _Leaf, token: Token) -> None:
    place = _place(leaf, token, token.markup)
    cited: list[CitedTarget] = []
    if token.content.strip() == EDITORS:
        leaf.citations.append(Citation(offset=leaf.length, cited=(), place=place))
        return
    for part in BETWEEN_CITED.split(token.content):
        match = CITED.fullmatch(part.strip())
        if match is None:
            leaf.found.append(
                error(
                    place,
                    "malformed-citation",
                    f"`[{token.content}]` is not a citation",
                    why="the sentence would look proven without being so",
                    help="write [@source], [@source, p. 4], [@document#annotation] or [@document#¶4]; join with `; `",
                )
            )
            return
        target = Target(slug=match["slug"], fragment=match["fragment"] or "")
        cited.append(CitedTarget(target=target, locator=(match["locator"] or "").strip()))
    leaf.citations.append(Citation(offset=leaf.length, cited=tuple(cited), place=place))


def _place(leaf: _Leaf, token: Token, literal: str) -> Place:
    return leaf.places.at(int(token.meta["offset"]), literal)


def _bare_addresses(text: str, leaf: _Leaf) -> list[Style]:
    styled = [style.span for style in leaf.styles if style.kind in ("address", "code")]
    taken = SpanSet([*styled, *(link.span for link in leaf.wikilinks)])
    return [
        Style(span=span, kind="address", address=address)
        for span, address in find_addresses(text)
        if not taken.touches(span)
    ]


def _unsafe_address(leaf: _Leaf, token: Token, address: str) -> Diagnostic:
    return warning(
        _place(leaf, token, "<" if token.markup == "autolink" else "["),
        "unsafe-address",
        f"`{address[:80]}` is not linked",
        why="only whole http, https and mailto addresses may leave the dossier",
        help="link to a page of the dossier with [[slug]]; write any other address in full",
    )


def _image(leaf: _Leaf, token: Token) -> Diagnostic:
    return warning(
        _place(leaf, token, f"![{token.content}"),
        "image-left-out",
        f"the image `{str(token.attrGet('src'))[:80]}` is left out",
        why="images in the corpus are not published; its text alternative stands in its place",
        help="describe it in words, or put it on a hand-written page in docs/",
    )
