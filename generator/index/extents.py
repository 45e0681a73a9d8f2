"""Where a date stands in time: the days that it can mean, and the years under which a list shows it."""

from __future__ import annotations

from functools import lru_cache

from generator.model.timeline import Era, Extent
from generator.text.dates import FIRST_DAY, LAST_DAY, DossierDate, parse_date
from generator.text.moments import Interval, Moment, split_edtf

UNDATED = Era(kind="undated")


@lru_cache(maxsize=16_384)
def find_extent(edtf: str) -> tuple[Extent | None, Era]:
    """Return the extent of a date, None without a place in the years 1 to 9999, and the years that list it.

    A date of which nothing is known, or that cannot be read (`check` reports it), is undated.
    """
    try:
        date = parse_date(edtf)
    except ValueError:
        return None, UNDATED
    parts = split_edtf(edtf)
    if isinstance(parts, Moment) and parts.year == "XXXX":
        return None, UNDATED
    is_interval = isinstance(parts, Interval)
    first = "" if date.earliest == FIRST_DAY else date.earliest
    last = "" if date.latest == LAST_DAY else date.latest
    era = _find_era(date, first, last, is_interval=is_interval)
    if (not first and not last) or date.earliest == LAST_DAY or date.latest == FIRST_DAY:
        return None, era
    is_vague = date.is_approximate or date.is_uncertain
    return Extent(first=first, last=last, is_interval=is_interval, is_vague=is_vague), era


def _find_era(date: DossierDate, first: str, last: str, *, is_interval: bool) -> Era:
    if date.earliest == LAST_DAY:
        return Era(kind="after-years")
    if not first and (not last or date.latest == FIRST_DAY):
        return Era(kind="before-years")
    years = int((first or last)[:4]), int((last or first)[:4])
    if not first:
        return Era(kind="until", first=years[1], last=years[1])
    if is_interval or years[0] == years[1]:
        return Era(kind="year", first=years[0], last=years[0])
    return Era(kind="years", first=years[0], last=years[1])
