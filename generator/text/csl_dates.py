"""Dates as CSL-JSON has them."""

from __future__ import annotations

from typing import Any

from generator.text.dates import parse_date
from generator.text.moments import Interval, Moment, split_edtf


def split_csl_date(edtf: str) -> tuple[dict[str, Any], bool]:
    """Return the date object of CSL-JSON for an EDTF string, and whether it says the whole truth.

    `date-parts` hold what they can. Where the date is about, uncertain, a season, a time, open or a set, words are
    needed besides: `literal`, which citation processors prefer.

    Raises:
        ValueError: it is not EDTF.
    """
    date = parse_date(edtf)
    parts = split_edtf(edtf)
    ends = (parts.lower, parts.upper) if isinstance(parts, Interval) else (parts,)
    known = [_date_parts(end) for end in ends if isinstance(end, Moment)]
    csl: dict[str, Any] = {}
    if len(known) == len(ends) and all(known):
        csl["date-parts"] = known
    if isinstance(parts, Moment) and _is_season(parts) and (parts.month or "") <= "24":
        csl["season"] = int(parts.month or 0) - 20
    if date.is_approximate or date.is_uncertain:
        csl["circa"] = True
    is_whole = "date-parts" in csl and len(csl) == 1
    return csl, is_whole and not any(_is_season(end) or _has_time(end) for end in ends)


def _date_parts(moment: Moment) -> list[int]:
    """Return year, month and day as far as they are known. CSL counts 1 BC as -1, EDTF as 0."""
    if moment.is_long or moment.significant_digits or "X" in moment.edtf:
        return []
    year = int(moment.year)
    month = [int(moment.month)] if moment.month and not _is_season(moment) else []
    day = [int(moment.day)] if moment.day else []
    return [year if year > 0 else year - 1, *month, *day]


def _is_season(end: object) -> bool:
    return isinstance(end, Moment) and (end.month or "").isdigit() and int(end.month or 0) > 12


def _has_time(end: object) -> bool:
    return isinstance(end, Moment) and end.time is not None
