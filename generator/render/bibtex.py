"""An entry of a bibliography as BibTeX, readable by BibTeX and BibLaTeX."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from generator.model.records import CitationEntry
from generator.render.citation_markup import clean_text
from generator.text.dates import DateWords

# What TeX takes for code, written so that braces stay in pairs: BibTeX counts `\{` as a brace all the same.
LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
TYPES = {
    **dict.fromkeys(("article-newspaper", "article-magazine", "article-journal", "article"), "article"),
    **dict.fromkeys(("report", "hearing"), "techreport"),
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "thesis": "phdthesis",
    **dict.fromkeys(("webpage", "post", "post-weblog"), "online"),
}
# Where each variable of CSL goes; the first of a type's own names, then the one of all.
CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
KEY = re.compile(r"[^A-Za-z0-9_.:-]")
# What a web address cannot hold unescaped in a BibTeX field (RFC 3986, 2); "%" stays, it begins an escape.
ADDRESS_SAFE = "!#$%&'()*+,/:;=?@[]-._~"


def write_bibtex(entry: CitationEntry, words: DateWords) -> str:
    """Return the entry, its text in Unicode with the characters escaped that TeX takes for code.

    `date` holds the EDTF (BibLaTeX knows it), `year` and `month` what BibTeX can read of it.
    """
    csl = entry.csl
    kind = TYPES.get(entry.type, "misc")
    fields: dict[str, str] = {
        "author": _names(csl.get("author")),
        "editor": _names(csl.get("editor")),
        "title": f"{{{_text(entry.title)}}}",
        CONTAINERS.get(kind, "howpublished"): _text(csl.get("container-title")),
        PUBLISHERS.get(kind, "publisher"): _text(csl.get("publisher") or csl.get("authority")),
        "address": _text(csl.get("publisher-place")),
        "volume": _text(csl.get("volume")),
        "number": _text(csl.get("issue") or csl.get("number")),
        "pages": _text(csl.get("page")),
        "type": _text(csl.get("genre")),
        **_date(entry),
        "doi": _address(csl.get("DOI")),
        "url": _address(entry.url),
        "language": _text(csl.get("language")),
        "note": _note(csl, words),
    }
    lines = [
        # The months are macros of BibTeX's styles.
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return f"@{kind}{{{bibtex_key(entry.id)},\n" + ",\n".join(lines) + "\n}\n"


def bibtex_key(identifier: str) -> str:
    """Return the id as a key that BibTeX reads: every other character as its code point."""
    return KEY.sub(lambda found: f"u{ord(found[0]):x}", identifier)


def _text(value: object) -> str:
    words = clean_text(value) if isinstance(value, str) else ""
    return "".join(LATEX.get(character, character) for character in words)


def _address(value: object) -> str:
    return quote(clean_text(value), safe=ADDRESS_SAFE) if isinstance(value, str) else ""


def _names(value: object) -> str:
    names = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return " and ".join(name for name in map(_name, names) if name)


def _name(value: object) -> str:
    """Return one name; one without parts stands in braces of its own, so that BibTeX does not take it apart."""
    if not isinstance(value, Mapping):
        return ""
    family = " ".join(
        _protected(_text(value.get(key))) for key in ("non-dropping-particle", "family") if value.get(key)
    )
    given = " ".join(
        _protected(_text(value.get(key))) for key in ("given", "dropping-particle") if value.get(key)
    )
    literal = _text(value.get("literal"))
    if literal or not family or not given:
        whole = literal or family or given
        return f"{{{whole}}}" if whole else ""
    suffix = f"{_protected(_text(value['suffix']))}, " if value.get("suffix") else ""
    return f"{family}, {suffix}{given}"


def _spoken(value: Any) -> str:
    """Return a name in the order in which it is spoken."""
    keys = (
        ("literal",)
        if value.get("literal")
        else ("given", "dropping-particle", "non-dropping-particle", "family")
    )
    return " ".join(_text(value.get(key)) for key in keys if value.get(key))


def _protected(part: str) -> str:
    """Return a part of a name in braces where its commas or the word "and" would split it."""
    return f"{{{part}}}" if "," in part or re.search(r"(?i)(^|\s)and(\s|$)", part) else part


def _date(entry: CitationEntry) -> dict[str, str]:
    issued = entry.csl.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first: Sequence[Any] = parts[0] if parts else ()
    is_month = len(first) > 1 and len(parts or ()) == 1
    return {
        "date": _text(entry.issued) if first else "",
        "year": str(first[0]) if first else "",
        "month": MONTHS[first[1] - 1] if is_month else "",
    }


def _note(csl: Mapping[str, Any], words: DateWords) -> str:
    """Return what has no field: addressees, and a date that only words can tell."""
    recipients = ", ".join(map(_spoken, csl.get("recipient") or ()))
    issued = csl.get("issued")
    date = _text(issued.get("literal")) if isinstance(issued, Mapping) else ""
    parts = [words.plain("cite_to", names=recipients) if recipients else "", date]
    return "; ".join(part for part in parts if part)
