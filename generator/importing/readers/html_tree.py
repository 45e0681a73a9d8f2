"""The tree of an HTML file, built without a network, and the few words about its elements that every part asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from generator.diagnostics import Diagnostic, warning
from generator.model.places import Place

# libxml2 counts the lines of elements in sixteen bits.
MAX_LINE = 65_535
# Beyond this nesting libxml2 stops reading: 2,048 levels, which no page means.
TOO_DEEP = re.compile("depth", re.IGNORECASE)
# What stays of a page nested too deep: what parts paragraphs, and what is dropped with its content.
# <div class="a"> </div> <p>
FLAT_TAG = re.compile(
    r"</?(?!(?:p|br|li|h[1-6]|tr|title|meta|script|style|template|noscript|svg|iframe)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)
# Only these begin a paragraph when the tags around it are gone.
PARTING_TAGS = re.compile(
    r"(?:</?(?:div|section|article|main|blockquote|ul|ol|dl|dd|dt|table|td|body|header|footer|nav|aside|center|pre)\b"
    r"[^<>]*>\s*)+",
    re.IGNORECASE,
)
# Control characters that XML forbids (XML 1.0, 2.2).
FORBIDDEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A parsed page; `root` is None where it holds no element."""

    root: etree._Element | None
    gaps: tuple[str, ...] = ()
    found: tuple[Diagnostic, ...] = ()


def parse_tree(name: str, text: str) -> Tree:
    """Return the tree of a page. Time and memory are linear in its size, however its elements nest.

    A page nested deeper than the parser goes is read once more with its paragraphs side by side: no word is lost.
    """
    gaps: tuple[str, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    text = FORBIDDEN.sub("", text)
    root, is_cut = _parse(text)
    if is_cut:
        flat = FLAT_TAG.sub("", PARTING_TAGS.sub("<p>", text))
        root, _ = _parse(flat)
        found = (
            warning(
                Place(path=name),
                "deep-nesting",
                "elements nest more than 2,000 levels deep",
                why="no page means that; lists, quotations and furniture cannot be told from paragraphs in it",
                help="compare the transcription with the page, or import the text as a browser copies it",
            ),
        )
    if text.count("\n") > MAX_LINE:
        gaps = (f"lines beyond {MAX_LINE:,} of the page are told as {MAX_LINE:,}",)
    return Tree(root=root, gaps=gaps, found=found)


def _parse(text: str) -> tuple[etree._Element | None, bool]:
    """Return the root, and whether the parser gave up before the end."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        # A page of comments only has no root.
        root = None
    is_cut = any(TOO_DEEP.search(entry.message) for entry in parser.error_log.filter_from_errors())
    return root, is_cut


def tag_of(element: etree._Element) -> str:
    """Return the element's name in small letters without its prefix, or "" for what is no element."""
    return element.tag.rpartition(":")[2].casefold() if isinstance(element.tag, str) else ""


def classes_of(element: etree._Element) -> tuple[str, ...]:
    """Return the element's classes and its id, in small letters."""
    return (*(element.get("class") or "").casefold().split(), *(element.get("id") or "").casefold().split())


def line_of(element: etree._Element) -> int:
    """Return the line on which the element begins, from 1."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def words_of(element: etree._Element) -> str:
    """Return the element's text with single spaces."""
    return " ".join("".join(map(str, element.itertext())).split())
