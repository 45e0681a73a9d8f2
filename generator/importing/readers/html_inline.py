"""The words of a paragraph with their marks, gathered piece by piece."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# A line break of the page inside a paragraph, with the line it stands on; NUL never stands in a decoded text.
BREAK = re.compile(r"\n(\d+)\0")
BLANKS = re.compile(r"[ \t\n\r\f]+")
# <sup>1</sup>, <sup>2</sup>
ONLY_MARKS = re.compile(r"(?:\s*<sup>[^<]*</sup>[\s,;]*)+")
# 12   [12]   1,2   *; a letter without a link is the end of an ordinal
MARK = re.compile(r"\s*[\[(]?([0-9]{1,4}(?:\s*[,;–-]\s*[0-9]{1,4})*[a-z]?|[*†‡§¶‖]{1,3})[\])]?[.,]?\s*")
ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
# In an address of Markdown, these would end it.
ADDRESS_ENDS = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", '"': "%22", "\\": "%5C"})
# Browsers drop these from an address, so that "java\nscript:" runs (WHATWG, URL, 4.4).
UNSEEN_IN_ADDRESS = re.compile("[\x00-\x20]+")
WRAPS = {"em": "*", "strong": "**", "strike": "~~"}


@dataclass(slots=True)
class Frame:
    """The words since an inline element began. `value` is a link's address or a mark's label."""

    kind: str
    value: str = ""
    pieces: list[str] = field(default_factory=list)


def collapse(text: str) -> str:
    """Return the text with every run of blanks as one space; a fixed space stays."""
    return BLANKS.sub(" ", text)


def break_at(line: int) -> str:
    """Return the piece that stands for a line break."""
    return f"\n{line}\0"


def without_breaks(text: str) -> str:
    """Return the text on one line."""
    return re.sub(" {2,}", " ", BREAK.sub(" ", text)).strip()


def close_frame(frame: Frame, *, is_cut: bool = False) -> str:
    """Return the words of an inline element as Markdown. `is_cut` where a block ends before the element does."""
    text = "".join(frame.pieces)
    if not text.strip():
        return text
    if frame.kind == "mark":
        return f"<sup>{frame.value}</sup>"
    if frame.kind == "sup":
        return _raised(text)
    if frame.kind == "link" and not is_cut:
        return _linked(text, frame.value)
    wrap = WRAPS.get(frame.kind)
    return _wrapped(text, wrap) if wrap else text


def address_of(href: str) -> str:
    """Return the address of a link that may stand in a document, or "": scripts, data and relative ones may not."""
    address = UNSEEN_IN_ADDRESS.sub("", href)
    return address.translate(ADDRESS_ENDS) if ADDRESS.fullmatch(address) else ""


def _raised(text: str) -> str:
    if ONLY_MARKS.fullmatch(text):
        return text
    match = MARK.fullmatch(without_breaks(text))
    return f"<sup>{match[1].strip()}</sup>" if match else text


def _linked(text: str, address: str) -> str:
    words = without_breaks(text)
    shown = words.strip("<>")
    if not address or shown in (address, address.removeprefix("mailto:")) or ONLY_MARKS.fullmatch(words):
        return text
    before, _, after = _outer(text)
    return f"{before}[{words}]({address}){after}"


def _wrapped(text: str, wrap: str) -> str:
    """Return the text between the signs of emphasis, which stand next to a letter and end with their line."""
    parts = re.split(r"(\n\d+\0)", text)
    for place in range(0, len(parts), 2):
        before, inner, after = _outer(parts[place])
        if any(c.isalnum() for c in inner) and not ONLY_MARKS.fullmatch(inner):
            parts[place] = f"{before}{wrap}{inner}{wrap}{after}"
    return "".join(parts)


def _outer(text: str) -> tuple[str, str, str]:
    inner = text.strip()
    start = text.find(inner)
    return text[:start], inner, text[start + len(inner) :]
