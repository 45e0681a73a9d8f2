"""An entry of a bibliography as RIS, the tagged format that reference managers read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.model.records import CitationEntry
from generator.render.citation_markup import clean_text

# Types of RIS (Research Information Systems, 2011) by those of CSL; the rest are GEN.
TYPES = {
    "article": "JOUR",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "map": "MAP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "post": "BLOG",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "speech": "GEN",
    "thesis": "THES",
    "webpage": "ELEC",
}
LINE = "{tag}  - {value}\r\n"


def write_ris(entry: CitationEntry) -> str:
    """Return the entry; a value is one line, whatever line breaks it had."""
    return "".join(LINE.format(tag=tag, value=value) for tag, value in _lines(entry)) + "ER  - \r\n"


def _lines(entry: CitationEntry) -> Iterator[tuple[str, str]]:
    csl = entry.csl
    yield "TY", TYPES.get(entry.type, "GEN")
    yield from _several("AU", _names(csl.get("author")))
    yield from _several("ED", _names(csl.get("editor")))
    yield from _several("A2", _names(csl.get("recipient")))
    singles = {
        "TI": entry.title,
        "T2": csl.get("container-title"),
        "PB": csl.get("publisher") or csl.get("authority"),
        "CY": csl.get("publisher-place"),
        "VL": csl.get("volume"),
        "IS": csl.get("issue"),
        "SP": csl.get("page"),
        "M3": csl.get("genre"),
        **_date(csl.get("issued")),
        "DO": csl.get("DOI"),
        "UR": entry.url,
        "LA": csl.get("language"),
        "ID": entry.id,
    }
    for tag, value in singles.items():
        words = clean_text(value) if isinstance(value, str) else ""
        if words:
            yield tag, words


def _several(tag: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        yield tag, value


def _names(value: object) -> list[str]:
    names = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    return [name for name in map(_name, names) if name]


def _name(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    if value.get("literal"):
        return clean_text(str(value["literal"]))
    family = " ".join(str(value[key]) for key in ("non-dropping-particle", "family") if value.get(key))
    given = " ".join(str(value[key]) for key in ("given", "dropping-particle") if value.get(key))
    return ", ".join(
        clean_text(part) for part in (family, given, str(value.get("suffix") or "")) if clean_text(part)
    )


def _date(issued: Any) -> dict[str, str]:
    """Return year and date, `2026/02//about February 2026`: the last part is free words."""
    if not isinstance(issued, Mapping):
        return {}
    parts = issued.get("date-parts") or ()
    first = list(parts[0]) if parts else []
    words = clean_text(str(issued.get("literal") or "")).replace("/", "-")
    if not first:
        return {"DA": f"///{words}"} if words else {}
    year, month, day = (
        str(part).zfill(width) for part, width in zip([*first, "", ""][:3], (4, 2, 2), strict=True)
    )
    month, day = (part if part.strip("0") else "" for part in (month, day))
    return {"PY": year, "DA": f"{year}/{month}/{day}/{words}"}
