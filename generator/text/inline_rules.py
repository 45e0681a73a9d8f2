"""Wikilinks and citations as rules of the Markdown parser, and where each link and mark begins."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

InlineRule = Callable[[StateInline, bool], bool]

# [[ann-lee]]  [[ann-lee|the engineer]]  [[memo-1962#¶4|here]]
WIKILINK = re.compile(r"\[\[([^\[\]|#]+)(?:#([^\[\]|]+))?(?:\|([^\[\]]+))?\]\]")
# [@smith-1961]  [@smith-1961, p. 4; @memo-1962#wall-cost]
CITATION = re.compile(r"\[(@[^\[\]]+)\]")
# [^1]
NOTE_MARK = re.compile(r"\[\^[^\s\[\]]+\]")
LOCATED = frozenset({"wikilink", "citation", "link", "image", "autolink", "footnote_ref"})


def add_inline_rules(parser: MarkdownIt) -> None:
    """Teach the parser wikilinks (token `wikilink`) and citations (token `citation`)."""
    parser.inline.ruler.before("link", "wikilink", _wikilink)
    parser.inline.ruler.before("link", "citation", _citation)


def locate_tokens(parser: MarkdownIt) -> None:
    """Make the parser note in `meta["offset"]` where in its block's content each link, image and mark begins."""
    guard_note_marks(parser)
    for rule in list(parser.inline.ruler.__rules__):
        if rule.name in LOCATED:
            parser.inline.ruler.at(rule.name, _located(rule.fn), {"alt": rule.alt})


def guard_note_marks(parser: MarkdownIt) -> None:
    """Spare the parser a search for the end of a mark where there is none: each would go through the whole block."""
    for rule in list(parser.inline.ruler.__rules__):
        if rule.name == "footnote_ref":
            parser.inline.ruler.at(rule.name, _if_note_mark(rule.fn), {"alt": rule.alt})


def _if_note_mark(rule: InlineRule) -> InlineRule:
    def read(state: StateInline, silent: bool) -> bool:
        return NOTE_MARK.match(state.src, state.pos, state.posMax) is not None and rule(state, silent)

    return read


def _located(rule: InlineRule) -> InlineRule:
    def read(state: StateInline, silent: bool) -> bool:
        start = state.pos
        # Text that waits is pushed as a token of its own first.
        index = len(state.tokens) + bool(state.pending)
        if not rule(state, silent):
            return False
        if not silent:
            state.tokens[index].meta["offset"] = start
        return True

    return read


def _wikilink(state: StateInline, silent: bool) -> bool:
    match = WIKILINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        slug, fragment, label = (" ".join((part or "").split()) for part in match.groups())
        token = state.push("wikilink", "", 0)
        token.markup = match.group(0)
        token.meta = {"slug": slug, "fragment": fragment, "label": label}
    state.pos = match.end()
    return True


def _citation(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.markup = match.group(0)
        token.content = " ".join(match.group(1).split())
    state.pos = match.end()
    return True
