"""Dates in English words."""

from __future__ import annotations

from generator.text.date_bounds import MONTH_NAMES
from generator.text.moments import Bound, Edtf, Interval, Moment, MomentSet

# Numbers of parts of a year (ISO 8601-2:2019, 4.8). The hemisphere of 25 to 32 is not worded.
SEASON_NAMES = ("spring", "summer", "autumn", "winter")
QUARTER_NAMES = ("first quarter of", "second quarter of", "third quarter of", "fourth quarter of")
THIRD_NAMES = ("first third of", "second third of", "last third of")
HALF_NAMES = ("first half of", "second half of")
PART_NAMES = dict(
    enumerate(
        (*SEASON_NAMES, *SEASON_NAMES, *SEASON_NAMES, *QUARTER_NAMES, *THIRD_NAMES, *HALF_NAMES), start=21
    )
)


def word_date(parts: Edtf) -> str | None:
    """Return the date in words, such as `about February 2026`, or None where it has none here."""
    if isinstance(parts, Moment):
        return _word_moment(parts)
    if isinstance(parts, Interval):
        return _word_interval(parts)
    return _word_set(parts)


def _word_moment(moment: Moment) -> str | None:
    words = None if moment.is_partly_qualified or moment.significant_digits else _word_unqualified(moment)
    if words is None:
        return None
    about = "about " if moment.qualifier in ("~", "%") else ""
    uncertain = " (uncertain)" if moment.qualifier in ("?", "%") else ""
    return f"{about}{words}{uncertain}"


def _word_unqualified(moment: Moment) -> str | None:
    if moment.month is None:
        return _word_year(moment)
    if "X" in moment.year or moment.is_long:
        return None
    year = _word_known_year(int(moment.year))
    if moment.month == "XX":
        unknown = {None: "month", "XX": "month and day"}.get(moment.day)
        return f"{year} ({unknown} unknown)" if unknown else None
    if "X" in moment.month:
        return None
    month = int(moment.month)
    name = PART_NAMES.get(month) or MONTH_NAMES[month - 1]
    if moment.day is None:
        return f"{name} {year}"
    if moment.day == "XX":
        return f"{name} {year} (day unknown)"
    return None if "X" in moment.day else f"{int(moment.day)} {name} {year}{_word_time(moment)}"


def _word_year(moment: Moment) -> str | None:
    if moment.is_long:
        digits = moment.edtf.removeprefix("Y")
        return _word_known_year(int(digits)) if digits.lstrip("-").isdigit() else None
    if moment.year.startswith("-"):
        return None if "X" in moment.year else _word_known_year(int(moment.year))
    known = moment.year.rstrip("X")
    if "X" in known or not known.strip("0"):
        return None
    if len(known) == 3:
        return f"{int(known)}0s"
    if len(known) < 3:
        return f"between {int(known.ljust(4, '0'))} and {int(known.ljust(4, '9'))}"
    return _word_known_year(int(known))


def _word_known_year(year: int) -> str:
    """Return the year, and BC for years before 1: EDTF counts a year 0, which is 1 BC."""
    return str(year) if year > 0 else f"{1 - year} BC"


def _word_time(moment: Moment) -> str:
    if moment.time is None:
        return ""
    zone = {None: "", "Z": " UTC"}.get(moment.zone, f" UTC{moment.zone}")
    return f", {moment.time}{zone}"


def _word_interval(interval: Interval) -> str | None:
    lower, upper = interval.lower, interval.upper
    if isinstance(lower, Moment) and isinstance(upper, Moment):
        if _is_within_a_month(lower, upper):
            return f"{int(lower.day or 0)} to {_word_moment(upper)}"
        return _joined(_word_moment(lower), " to ", _word_moment(upper))
    if isinstance(lower, Moment):
        return _joined("since ", _word_moment(lower), "" if upper else ", end unknown")
    return _joined("until ", _word_bound(upper), "" if lower else ", beginning unknown")


def _word_bound(bound: Bound) -> str | None:
    return _word_moment(bound) if isinstance(bound, Moment) else None


def _is_within_a_month(lower: Moment, upper: Moment) -> bool:
    """Return whether both are known days of one month, so that it need be named only once."""
    if (lower.year, lower.month) != (upper.year, upper.month):
        return False
    return all(
        moment.day is not None and len(moment.edtf) == 10 and "X" not in moment.edtf
        for moment in (lower, upper)
    )


def _word_set(dates: MomentSet) -> str | None:
    words = [_word_member(member) for member in dates.members]
    known = [word for word in words if word is not None]
    if len(known) < len(words):
        return None
    if len(known) == 1:
        return known[0]
    return f"{'one' if dates.is_choice else 'all'} of: {', '.join(known)}"


def _word_member(member: Moment | Interval) -> str | None:
    if isinstance(member, Moment):
        return _word_moment(member)
    if isinstance(member.lower, Moment) and isinstance(member.upper, Moment):
        return _word_interval(member)
    if isinstance(member.lower, Moment):
        return _joined(_word_moment(member.lower), " or later")
    return _joined(_word_bound(member.upper), " or earlier")


def _joined(*parts: str | None) -> str | None:
    """Return the parts in one string, or None if any is None."""
    known = [part for part in parts if part is not None]
    return "".join(known) if len(known) == len(parts) else None
