"""Citations in plain words, for entries that no citation style can word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.model.citation import RenderedCitation, Segment, SegmentStyle
from generator.model.records import CitationEntry
from generator.render.citation_markup import clean_text
from generator.text.dates import DateWords, format_date, parse_date

ITALIC: frozenset[SegmentStyle] = frozenset(("italic",))
NAME_ORDER = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
# Stands for a title.
MARK = "\ufdef"
Piece = tuple[str, bool]


def render_plainly(entry: CitationEntry, words: DateWords, *, is_quoted: bool = True) -> RenderedCitation:
    """Return author, “title,” container, number, publisher, date and address, as far as the entry gives them.

    A title is in quotation marks unless `is_quoted` is False, as for bills, or it is a description in square
    brackets.
    """
    pieces = _pieces(entry, words, is_quoted=is_quoted)
    # English alone has the comma inside.
    closing = words.plain("quoted", words=MARK).partition(MARK)[2] if words.language.startswith("en") else ""
    return RenderedCitation(note=_join(pieces, ",", closing), bibliography=_join(pieces, ".", closing))


def _pieces(entry: CitationEntry, words: DateWords, *, is_quoted: bool) -> list[Piece]:
    """Return the parts of the citation, each with whether it is italic."""
    csl = entry.csl
    title = clean_text(entry.title)
    number = _text(csl, "number")
    is_description = title.startswith("[") and title.endswith("]")
    pieces = [
        (_names(csl.get("author"), words), False),
        (_text(csl, "authority"), False),
        (words.plain("quoted", words=title) if is_quoted and not is_description else title, False),
        ("" if number.casefold() in title.casefold() else number, False),
        (_text(csl, "container-title"), True),
        (_text(csl, "publisher"), False),
        (_date(entry, words), False),
        (clean_text(entry.url or ""), False),
    ]
    return [(text, is_italic) for text, is_italic in pieces if text]


def _join(pieces: list[Piece], mark: str, closing: str) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for index, (text, is_italic) in enumerate(pieces):
        is_last = index == len(pieces) - 1
        text, after = _punctuated(text, "." if is_last else mark, closing)
        segments.append(Segment(text=text, style=ITALIC if is_italic else frozenset()))
        segments.append(Segment(text=after if is_last else f"{after} "))
    return _merged(segments)


def _punctuated(text: str, mark: str, closing: str) -> tuple[str, str]:
    """Return the text and what follows it: none after a mark of its own.

    Before the closing quotation mark, if one is given, the mark goes inside.
    """
    is_quotation = bool(closing) and text.endswith(closing)
    words = text.removesuffix(closing) if is_quotation else text
    if words.endswith(("?", "!", mark)):
        return text, ""
    return (f"{words}{mark}{closing}", "") if is_quotation else (text, mark)


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


def _names(value: object, words: DateWords) -> str:
    names = [name for name in map(_name, value if isinstance(value, list | tuple) else ()) if name]
    if len(names) < 2:
        return "".join(names)
    return words.plain("and", first=words.plain("list_separator").join(names[:-1]), last=names[-1])


def _name(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    keys = ("literal",) if value.get("literal") else NAME_ORDER
    return clean_text(" ".join(str(value.get(key) or "") for key in keys))


def _date(entry: CitationEntry, words: DateWords) -> str:
    if entry.issued:
        return format_date(parse_date(entry.issued), words)
    issued = entry.csl.get("issued")
    return _text(issued, "literal") if isinstance(issued, Mapping) else ""
