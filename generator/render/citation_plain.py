"""Citations in plain words, for entries that no citation style can word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model.citation import RenderedCitation, Segment, SegmentStyle
from generator.model.records import CitationEntry
from generator.render.citation_markup import clean_text
from generator.text.dates import format_date, parse_date

ITALIC: frozenset[SegmentStyle] = frozenset(("italic",))
NAME_ORDER = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
Piece = tuple[str, bool]


def render_plainly(entry: CitationEntry, *, is_quoted: bool = True) -> RenderedCitation:
    """Return author, “title,” container, number, publisher, date and address, as far as the entry gives them.

    A title is in quotation marks unless `is_quoted` is False, as for bills, or it is a description in square
    brackets.
    """
    return RenderedCitation(
        note=_join(_pieces(entry, is_quoted=is_quoted), ","),
        bibliography=_join(_pieces(entry, is_quoted=is_quoted), "."),
    )


def _pieces(entry: CitationEntry, *, is_quoted: bool) -> list[Piece]:
    """Return the parts of the citation, each with whether it is italic."""
    csl = entry.csl
    title = clean_text(entry.title)
    number = _text(csl, "number")
    is_description = title.startswith("[") and title.endswith("]")
    pieces = [
        (_names(csl.get("author")), False),
        (_text(csl, "authority"), False),
        (f"“{title}”" if is_quoted and not is_description else title, False),
        ("" if number.casefold() in title.casefold() else number, False),
        (_text(csl, "container-title"), True),
        (_text(csl, "publisher"), False),
        (_date(entry), False),
        (clean_text(entry.url or ""), False),
    ]
    return [(text, is_italic) for text, is_italic in pieces if text]


def _join(pieces: list[Piece], mark: str) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for index, (text, is_italic) in enumerate(pieces):
        is_last = index == len(pieces) - 1
        text, after = _punctuated(text, "." if is_last else mark)
        segments.append(Segment(text=text, style=ITALIC if is_italic else frozenset()))
        segments.append(Segment(text=after if is_last else f"{after} "))
    return _merged(segments)


def _punctuated(text: str, mark: str) -> tuple[str, str]:
    """Return the text and what follows it: the mark inside quotation marks, none after a mark of its own."""
    is_quotation = text.startswith("“") and text.endswith("”")
    words = text[:-1] if is_quotation else text
    if words.endswith(("?", "!", mark)):
        return text, ""
    return (f"{words}{mark}”", "") if is_quotation else (text, mark)


def _merged(segments: list[Segment]) -> tuple[Segment, ...]:
    merged: list[Segment] = []
    for segment in segments:
        if merged and merged[-1].style == segment.style:
            segment = Segment(text=merged.pop().text + segment.text, style=segment.style)
        if segment.text:
            merged.append(segment)
    return tuple(merged)


def _text(csl: Mapping[str, Any], key: str) -> str:
    value = csl.get(key)
    return clean_text(value) if isinstance(value, str) else ""


def _names(value: object) -> str:
    names = [name for name in map(_name, value if isinstance(value, list | tuple) else ()) if name]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + (f" and {names[-1]}" if names else "")


def _name(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    keys = ("literal",) if value.get("literal") else NAME_ORDER
    return clean_text(" ".join(str(value.get(key) or "") for key in keys))


def _date(entry: CitationEntry) -> str:
    if entry.issued:
        return format_date(parse_date(entry.issued))
    issued = entry.csl.get("issued")
    return _text(issued, "literal") if isinstance(issued, Mapping) else ""
