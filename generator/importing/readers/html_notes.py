"""Which links of a page are footnote marks, which elements their notes, which links lead back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from generator.importing.readers.html_tree import classes_of, tag_of, words_of

# [12]   (3)   *   b   iv.
LABEL = re.compile(
    r"\s*[\[(]?\s*((?:note\s+|n\s*)?[0-9]{1,4}[a-z]?|[*†‡§¶‖]{1,3}|[a-z]|[ivxlc]{1,6})\s*[\])]?[.:]?\s*",
    re.IGNORECASE,
)
# fn1  fn:1  _ftn1  _edn1  footnote-2  cite_note-Lee-3  note1  endnote-1  sdfootnote1sym
TARGET = re.compile(
    r"(?:^|[-_:.])_?(?:fn|ftn|edn|en|(?:sd)?footnote|(?:sd)?endnote|note|cite_note|citenote|ref|r)s?[-_:.]?[\w-]*",
    re.IGNORECASE,
)
# fnref1  _ftnref1  footnote-ref-1  cite_ref-1  sdfootnote1anc
RETURN = re.compile(r"ref|anc$|back", re.IGNORECASE)
# ↩  ↑  ^  Jump up
ARROW = re.compile(
    r"\W*(?:(?:jump(?:ed)? up(?: to)?|back(?: to (?:text|content|top))?|return(?: to text)?)\W*)?|[a-z]|\d+(?:\.\d+)?",
    re.IGNORECASE,
)
NOTE_BLOCKS = frozenset(("p", "li", "div", "dd", "aside", "td", "tr", "section", "blockquote", "body"))
# <div id="ftn1">
WORD_NOTE = re.compile(r"(?:ftn|edn|sdfootnote|sdendnote)\d+")
REF_ROLES = ("doc-noteref", "noteref")
BACK_ROLES = ("doc-backlink", "backlink")
BACK_CLASSES = frozenset((
    "footnote-back", "footnote-backref", "footnote-backlink", "mw-cite-backlink", "reversefootnote",
))  # fmt: skip
MAX_LABEL_CP = 24


@dataclass(slots=True)
class NoteLinks:
    """The parts of a page's notes: marks by their link, notes by their block, links back."""

    marks: dict[etree._Element, str] = field(default_factory=dict)
    notes: dict[etree._Element, str] = field(default_factory=dict)
    returns: set[etree._Element] = field(default_factory=set)


def find_note_links(root: etree._Element) -> NoteLinks:
    """Return the marks, notes and back-links of a page. Linear in its size.

    A mark is a short link, raised or so named, to an element that stands after it; its label is what the reader sees.
    """
    links = NoteLinks()
    order, targets = _number(root)
    labels: dict[etree._Element, str] = {}
    sources: set[str] = set()
    for link in root.iter("a"):
        href = link.get("href") or ""
        if not href.startswith("#") or len(href) < 2:
            continue
        target = targets.get(href[1:])
        if target is None or order[target] < order[link]:
            continue
        label = _label(link)
        if label and _is_mark(link, href[1:]):
            links.marks[link] = label
            labels.setdefault(target, label)
            sources.update(_names_around(link))
    for target, label in labels.items():
        block = _block_of(target)
        if block is not None and block not in links.notes:
            links.notes[block] = label
    for link in root.iter("a", "span"):
        if _is_return(link, sources):
            links.returns.add(link)
    return links


def _number(root: etree._Element) -> tuple[dict[etree._Element, int], dict[str, etree._Element]]:
    """Return where each link and each element with a name stands, and the elements by name, the first of each."""
    order: dict[etree._Element, int] = {}
    targets: dict[str, etree._Element] = {}
    for place, element in enumerate(root.iter(etree.Element)):
        name = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if name:
            targets.setdefault(name, element)
        if name or element.tag == "a":
            order[element] = place
    return order, targets


def _label(link: etree._Element) -> str:
    text = ""
    for part in link.itertext():
        text += str(part)
        if len(text) > MAX_LABEL_CP:
            return ""
    match = LABEL.fullmatch(text)
    return match[1].casefold().removeprefix("note").strip() if match else ""


def _is_mark(link: etree._Element, target: str) -> bool:
    roles = f"{link.get('role') or ''} {link.get('epub:type') or ''}".casefold().split()
    if any(role in roles for role in REF_ROLES):
        return True
    if any(role in roles for role in BACK_ROLES) or not BACK_CLASSES.isdisjoint(classes_of(link)):
        return False
    parent = link.getparent()
    is_raised = link.find(".//sup") is not None or any(
        ancestor is not None and tag_of(ancestor) == "sup"
        for ancestor in (parent, parent.getparent() if parent is not None else None)
    )
    is_named = any("footnote" in name or "noteref" in name or "endnote" in name for name in classes_of(link))
    return is_raised or is_named or TARGET.match(target) is not None


def _names_around(link: etree._Element) -> Iterator[str]:
    """Yield the names that a back-link may use for this mark: its own, its parents', those of what it holds."""
    parent = link.getparent()
    for element in (link, parent, parent.getparent() if parent is not None else None, *link):
        if element is not None:
            for key in ("id", "name"):
                name = element.get(key)
                if name:
                    yield name


def _block_of(target: etree._Element) -> etree._Element | None:
    """Return the block that holds a note: the target itself, or what it stands in."""
    element: etree._Element | None = target
    while element is not None and tag_of(element) not in NOTE_BLOCKS:
        element = element.getparent()
    if element is None or tag_of(element) == "body":
        return None
    parent = element.getparent()
    # Word puts the paragraphs of one note into a block of its own.
    is_word = parent is not None and WORD_NOTE.fullmatch(parent.get("id") or "") is not None
    return parent if is_word else element


def _is_return(link: etree._Element, sources: set[str]) -> bool:
    classes = classes_of(link)
    if not BACK_CLASSES.isdisjoint(classes):
        return True
    if link.tag != "a":
        return False
    roles = (
        f"{link.get('role') or ''} {link.get('epub:type') or ''} {link.get('rev') or ''}".casefold().split()
    )
    if any(role in roles for role in BACK_ROLES):
        return True
    href = link.get("href") or ""
    if not href.startswith("#") or not (href[1:] in sources or RETURN.search(href)):
        return False
    text = words_of(link) if len(link) < 4 else "…………"
    is_short = len(text) <= MAX_LABEL_CP
    return is_short and (ARROW.fullmatch(text) is not None or LABEL.fullmatch(text) is not None)
