"""Wikilinks and citations as rules of the Markdown parser."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

# [[ann-lee]]  [[ann-lee|the engineer]]  [[memo-1962#¶4|here]]
WIKILINK = re.compile(r"\[\[([^\[\]|#]+)(?:#([^\[\]|]+))?(?:\|([^\[\]]+))?\]\]")
# [@smith-1961]  [@smith-1961, p. 4; @memo-1962#wall-cost]
CITATION = re.compile(r"\[(@[^\[\]]+)\]")


def add_inline_rules(parser: MarkdownIt) -> None:
    """Teach the parser wikilinks (token `wikilink`) and citations (token `citation`)."""
    parser.inline.ruler.before("link", "wikilink", _wikilink)
    parser.inline.ruler.before("link", "citation", _citation)


def _wikilink(state: StateInline, silent: bool) -> bool:
    match = WIKILINK.match(state.src, state.pos)
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
    match = CITATION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.markup = match.group(0)
        token.content = " ".join(match.group(1).split())
    state.pos = match.end()
    return True
