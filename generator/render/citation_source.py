"""CSL-JSON entries as citeproc-py wants them, with no markup in any value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from citeproc.source import (  # type: ignore[import-untyped, unused-ignore]
    BibliographySource,
    Date,
    DateRange,
    LiteralDate,
    Name,
    Reference,
)
from citeproc.string import MixedString, NoCase, String  # type: ignore[import-untyped, unused-ignore]

from generator.model.records import CitationEntry
from generator.render.citation_markup import CLOSE_DATE, END, OPEN_DATE, clean_text
from generator.text.dates import DateWords, format_date, parse_date

KEY = "entry"
# Longer numbers stay text: a style may ask for Roman numerals, which grow with the number itself.
MAX_DIGITS = 5
NAME_PARTS = ("dropping-particle", "family", "given", "non-dropping-particle", "suffix")
DATE_PARTS = ("year", "month", "day")
# citeproc-py takes these itself and would fail on a variable of the same name.
TAKEN = frozenset(("id", "type", "key"))


def make_source(entry: CitationEntry, words: DateWords) -> BibliographySource:
    """Return a source that holds the one entry under KEY.

    citeproc's own reader of CSL-JSON is not used: it takes `<span class="nocase">` in a value as markup,
    knows too few of the name variables of CSL 1.0.2, and makes ids that differ in case one.
    """
    # An entry that does not say its language is taken to be in that of the dossier: styles give only English titles
    # the capitals of an English title.
    fields: dict[str, Any] = {} if "language" in entry.csl else {"language": words.locale.lower()}
    for variable, value in entry.csl.items():
        read = None if variable in TAKEN else _read_value(variable, value, words)
        if read:
            fields[variable.replace("-", "_")] = read
            # cs:number looks its variable up with the hyphen.
            fields[variable] = read
    source = BibliographySource()
    source.add(Reference(KEY, entry.type, **fields))
    return source


def _read_value(variable: str, value: object, words: DateWords) -> Any:
    if isinstance(value, Mapping):
        return _read_date(value, words)
    if isinstance(value, list | tuple):
        return [name for name in map(_read_name, value) if name]
    if not isinstance(value, str):
        return None
    text = clean_text(value)
    if not text or variable == "language":
        return text.lower()
    if text.startswith("[") and text.endswith("]"):
        # A description by the editors, not a title: a style must not give it a title's capitals.
        return MixedString([NoCase(text)])
    is_long_number = text.isdigit() and len(text) > MAX_DIGITS
    return MixedString([String(f"{text}{END}" if text[-1] in ".,;:!?" or is_long_number else text)])


def _read_name(value: object) -> Any:
    if not isinstance(value, Mapping):
        return None
    parts = {key: clean_text(str(value[key])) for key in (*NAME_PARTS, "literal") if value.get(key)}
    literal = parts.get("literal") or ("" if parts.get("family") else parts.get("given", ""))
    if literal:
        return Name(literal=literal)
    return Name(**parts) if parts.get("family") else None


def _read_date(value: Mapping[str, Any], words: DateWords) -> Any:
    """Return the date; in words where numbers do not say all of it, since the styles would drop `about`."""
    if "literal" in value:
        return _worded(str(value["literal"]))
    ends: Sequence[Any] = value.get("date-parts") or ()
    if len(ends) == 2 and any(len(fields) == 3 for fields in ends) and ends[0][0] > 0:
        # citeproc-py would print "13,–15, May 2018".
        edtf = "/".join(
            f"{fields[0]:04}" + "".join(f"-{number:02}" for number in fields[1:]) for fields in ends
        )
        return LiteralDate(format_date(parse_date(edtf), words))
    dates = [Date(**dict(zip(DATE_PARTS, fields, strict=False))) for fields in ends]
    if len(dates) > 1:
        return DateRange(begin=dates[0], end=dates[1])
    return dates[0] if dates else None


def _worded(words: str) -> LiteralDate:
    return LiteralDate(f"{OPEN_DATE}{clean_text(words)}{CLOSE_DATE}")
