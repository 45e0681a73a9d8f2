"""The reader of HTML."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.importing.model import Received
from generator.importing.readers.decoding import decode
from generator.importing.readers.html_facts import find_facts
from generator.importing.readers.html_tree import parse_tree
from generator.importing.readers.html_walk import walk_tree
from generator.importing.readers.result import ReadResult, empty_file

# The charset stands in the first kilobyte (WHATWG, HTML, 4.2.5.4); some pages put a longer comment before it.
HEAD_BYTES = 4096
# <meta charset="iso-8859-1">   <meta http-equiv=Content-Type content="text/html; charset=utf-8">
META_CHARSET = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# <?xml version="1.0" encoding="utf-8"?>
XML_ENCODING = re.compile(
    rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)


def read_html(name: str, content: bytes, *, charset: str = "") -> ReadResult:
    """Return the lines of a page and the facts of its head. `charset` is what the letter around it states.

    Nothing is executed and nothing fetched: scripts are dropped, entities of outside files are not known.
    """
    decoded = decode(content, charset or stated_charset(content))
    result = read_page(name, decoded.text)
    if result.received is None:
        return result
    received = replace(
        result.received,
        encoding=decoded.encoding,
        repairs=decoded.repairs,
        gaps=(*decoded.gaps, *result.received.gaps),
    )
    return replace(result, received=received)


def read_page(name: str, text: str, *, counts_paragraphs: bool = False, format: str = "html") -> ReadResult:
    """Return the lines and facts of a page that is text already."""
    tree = parse_tree(name, text)
    if tree.root is None:
        return empty_file(name, "the page holds no word")
    lines, gaps = walk_tree(tree.root, counts_paragraphs=counts_paragraphs)
    if not lines:
        why = f"the page shows no word: {gaps[0]}" if gaps else "the page holds no word"
        return empty_file(name, why)
    received = Received(
        name=name, format=format, lines=lines, facts=find_facts(tree.root), gaps=(*tree.gaps, *gaps)
    )
    return ReadResult(received=received, found=tree.found)


def stated_charset(content: bytes) -> str:
    """Return the charset that a page states in its head, or ""."""
    head = content[:HEAD_BYTES]
    match = XML_ENCODING.search(head) or META_CHARSET.search(head)
    return match[1].decode("ascii") if match else ""
