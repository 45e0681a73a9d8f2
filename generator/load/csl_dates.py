"""Dates of CSL-YAML, in all the forms that Zotero and pandoc write, to EDTF and CSL-JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process

from generator.load.csl_findings import Findings, key_name, kind_of, quoted
from generator.load.csl_terms import DATE_KEYS
from generator.model.places import KeyPath
from generator.text.csl_dates import split_csl_date

FALSE_WORDS = frozenset(("", "0", "false", "no"))
SEASONS = {
    "1": 21,
    "2": 22,
    "3": 23,
    "4": 24,
    "spring": 21,
    "summer": 22,
    "autumn": 23,
    "fall": 23,
    "winter": 24,
}
HELP = "write the date as EDTF, such as 2025-07-15, 2025-07, 2025~ or 2025-07/2025-09"
# Sample: -44
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CslDate:
    """A date as EDTF, None where it is free words, and as the date object of CSL-JSON."""

    edtf: str | None
    csl: dict[str, Any]


class _Unreadable(ValueError):
    """What is wrong with a structured date, and where within it."""

    def __init__(self, what: str, keys: KeyPath = ()) -> None:
        super().__init__(what)
        self.keys = keys


def read_date(value: object, keys: KeyPath, findings: Findings) -> CslDate | None:
    """Return the date, or None after reporting what is wrong with it.

    Takes an EDTF string, `{date-parts: …}`, `{raw: …}`, `{literal: …}`, `{year: …}`, or a list of one or two
    of the last. A literal that is not EDTF stays words, without an EDTF of its own.
    """
    _report_unknown_keys(value, keys, findings)
    if isinstance(value, dict) and not {"date-parts", "raw", "edtf", "year"} & value.keys():
        words = value.get("literal") or value.get("other")
        if isinstance(words, str):
            return _read_literal(words)
    try:
        edtf = _to_edtf(value)
        return CslDate(edtf=edtf, csl=csl_date(edtf))
    except _Unreadable as fault:
        where = (*keys, *fault.keys)
        findings.report(where, "invalid-date", f"`{key_name(where)}` is not a date: {fault}", help=HELP)
    except ValueError as fault:
        findings.report(keys, "invalid-date", f"`{key_name(keys)}`: {fault}", help=HELP)
    return None


def csl_date(edtf: str) -> dict[str, Any]:
    """Return the date object of CSL-JSON for an EDTF string.

    `date-parts` hold what they can; where that is not the whole truth (about, uncertain, seasons, open ends,
    sets), `edtf` keeps it: its words depend on the dossier's language, and rendering makes a `literal` of it.

    Raises:
        ValueError: it is not EDTF.
    """
    csl, is_whole = split_csl_date(edtf)
    if not is_whole:
        csl["edtf"] = edtf
    return csl


def _report_unknown_keys(value: object, keys: KeyPath, findings: Findings) -> None:
    members = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
    for index, member in members:
        for key in member if isinstance(member, dict) else ():
            if key not in DATE_KEYS:
                near = process.extractOne(key, sorted(DATE_KEYS))
                where = (*keys, key) if index is None else (*keys, index, key)
                findings.report(
                    where, "unknown-key", f"`{key}` is not a key of a date", help=f"did you mean `{near[0]}`?"
                )


def _read_literal(words: str) -> CslDate:
    try:
        return CslDate(edtf=words, csl=csl_date(words))
    except ValueError:
        return CslDate(edtf=None, csl={"literal": words})


def _to_edtf(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return _list_to_edtf(value)
    if not isinstance(value, dict):
        raise _Unreadable(f"it is {kind_of(value)}")
    for key in ("raw", "edtf"):
        text = value.get(key)
        if isinstance(text, str):
            return text
    circa = value.get("circa")
    mark = "" if circa is None or str(circa).casefold() in FALSE_WORDS else "~"
    if "date-parts" in value:
        return _parts_to_edtf(value["date-parts"], value.get("season"), mark)
    if "year" in value:
        fields = [value.get(key) for key in ("year", "month", "day")]
        return _moment_to_edtf(fields, value.get("season"), mark, ())
    raise _Unreadable("it has none of `date-parts`, `raw` and `literal`")


def _list_to_edtf(value: list[Any]) -> str:
    if len(value) not in (1, 2) or not all(isinstance(member, dict) for member in value):
        raise _Unreadable("a list of dates has one or two mappings with `year`")
    return "/".join(_to_edtf(member) for member in value)


def _parts_to_edtf(parts: object, season: object, mark: str) -> str:
    keys: KeyPath = ("date-parts",)
    if not isinstance(parts, list) or len(parts) not in (1, 2):
        raise _Unreadable("it has one list [year, month, day], or two for a range", keys)
    ends = []
    for index, fields in enumerate(parts):
        if not isinstance(fields, list) or not 1 <= len(fields) <= 3:
            raise _Unreadable(f"{kind_of(fields)} stands for [year, month, day]", (*keys, index))
        # citeproc-js writes the end of an open range as [0].
        is_open = index == 1 and fields in (["0"], [None], [""])
        ends.append(".." if is_open else _moment_to_edtf(fields, season, mark, (*keys, index)))
    return "/".join(ends)


def _moment_to_edtf(fields: list[Any], season: object, mark: str, keys: KeyPath) -> str:
    numbers = [_number(field, keys) for field in fields]
    while numbers and not numbers[-1]:
        numbers.pop()
    if not numbers or 0 in numbers[1:]:
        raise _Unreadable("its year or month is missing", keys)
    year = numbers[0] if numbers[0] > 0 else numbers[0] + 1
    digits = f"Y{year}" if abs(year) > 9999 else f"{year:05}" if year < 0 else f"{year:04}"
    rest = numbers[1:]
    if season not in (None, ""):
        if rest or str(season).casefold() not in SEASONS:
            raise _Unreadable(f"season {quoted(str(season))} is not 1 to 4, or stands beside a month", keys)
        rest = [SEASONS[str(season).casefold()]]
    return "-".join([digits, *(f"{number:02}" for number in rest)]) + mark


def _number(field: object, keys: KeyPath) -> int:
    if field in (None, ""):
        return 0
    if isinstance(field, str) and WHOLE_NUMBER.fullmatch(field):
        return int(field)
    raise _Unreadable(f"{kind_of(field)} is not a whole number", keys)
