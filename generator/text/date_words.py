"""Dates in words: days and months as the language writes them, and the words around them from the interface."""

from __future__ import annotations

from typing import Protocol

from generator.text.calendar_words import word_day, word_month, word_year
from generator.text.moments import Bound, Edtf, Interval, Moment, MomentSet

# Keys of the parts of a year by their numbers (ISO 8601-2:2019, 4.8). The hemisphere of 25 to 32 is not worded.
SEASONS = ("spring", "summer", "autumn", "winter")
QUARTERS = ("quarter_1", "quarter_2", "quarter_3", "quarter_4")
THIRDS = ("third_1", "third_2", "third_3")
HALVES = ("half_1", "half_2")
PARTS_OF_YEAR = dict(enumerate((*SEASONS, *SEASONS, *SEASONS, *QUARTERS, *THIRDS, *HALVES), start=21))


class DateWords(Protocol):
    """The words around dates, by keys that begin with `date_`."""

    @property
    def language(self) -> str:
        """The language of the words (BCP 47)."""

    @property
    def locale(self) -> str:
        """The language of days and months (BCP 47)."""

    def plain(self, key: str, **values: object) -> str:
        """Return the words of a key, each `{name}` in them replaced."""


def word_date(parts: Edtf, words: DateWords) -> str | None:
    """Return the date in words, such as `about February 2026`, or None where it has none here."""
    return _Wording(words).word(parts)


class _Wording:
    """Words dates in one language."""

    def __init__(self, words: DateWords) -> None:
        self._say = words.plain
        self._language = words.locale
        self._is_one_language = words.language.split("-")[0] == words.locale.split("-")[0]

    def word(self, parts: Edtf) -> str | None:
        if isinstance(parts, Moment):
            return self._moment(parts)
        if isinstance(parts, Interval):
            return self._interval(parts)
        return self._set(parts)

    def _moment(self, moment: Moment, days: str = "") -> str | None:
        """Return a moment in words; `days` stands in the place of its day."""
        is_partly_known = moment.is_partly_qualified or moment.significant_digits
        words = None if is_partly_known else self._unqualified(moment, days)
        if words is None:
            return None
        if moment.qualifier in ("~", "%"):
            words = self._say("date_about", date=words)
        return self._say("date_uncertain", date=words) if moment.qualifier in ("?", "%") else words

    def _unqualified(self, moment: Moment, days: str) -> str | None:
        if moment.month is None:
            return self._year(moment)
        if "X" in moment.year or moment.is_long:
            return None
        year = self._known_year(int(moment.year))
        if moment.month == "XX":
            unknown = {None: "date_month_unknown", "XX": "date_month_and_day_unknown"}.get(moment.day)
            return self._say(unknown, date=word_year(self._language, year)) if unknown else None
        if "X" in moment.month:
            return None
        month = int(moment.month)
        if month in PARTS_OF_YEAR:
            return self._say(f"date_{PARTS_OF_YEAR[month]}", year=year)
        if moment.day is None:
            return word_month(self._language, year, month)
        if moment.day == "XX":
            return self._say("date_day_unknown", date=word_month(self._language, year, month))
        if "X" in moment.day:
            return None
        day = word_day(self._language, year, month, days or str(int(moment.day)))
        return self._timed(day, moment)

    def _year(self, moment: Moment) -> str | None:
        if moment.is_long:
            digits = moment.edtf.removeprefix("Y")
            return self._lone_year(int(digits)) if digits.lstrip("-").isdigit() else None
        if moment.year.startswith("-"):
            return None if "X" in moment.year else self._lone_year(int(moment.year))
        known = moment.year.rstrip("X")
        if "X" in known or not known.strip("0"):
            return None
        if len(known) == 3:
            return self._say("date_decade", year=f"{int(known)}0")
        if len(known) < 3:
            first, last = (self._lone_year(int(known.ljust(4, digit))) for digit in "09")
            return self._say("date_between", first=first, last=last)
        return self._lone_year(int(known))

    def _lone_year(self, year: int) -> str:
        return word_year(self._language, self._known_year(year))

    def _known_year(self, year: int) -> str:
        """Return the year, and BC for years before 1: EDTF counts a year 0, which is 1 BC."""
        return str(year) if year > 0 else self._say("date_bc", year=1 - year)

    def _timed(self, day: str, moment: Moment) -> str:
        if moment.time is None:
            return day
        if moment.zone is None:
            return self._say("date_time", date=day, time=moment.time)
        zone = "" if moment.zone == "Z" else moment.zone
        return self._say("date_time_zone", date=day, time=moment.time, zone=f"UTC{zone}")

    def _interval(self, interval: Interval) -> str | None:
        lower, upper = interval.lower, interval.upper
        if isinstance(lower, Moment) and isinstance(upper, Moment):
            # Words of another language would stand inside the date: 2018年5月13 to 15日.
            if self._is_one_language and _is_within_a_month(lower, upper):
                days = self._say("date_days", first=int(lower.day or 0), last=int(upper.day or 0))
                return self._moment(upper, days)
            first, last = self._moment(lower), self._moment(upper)
            return None if first is None or last is None else self._say("date_range", first=first, last=last)
        if isinstance(lower, Moment):
            return self._around("date_since" if upper else "date_since_end_unknown", lower)
        return self._around("date_until" if lower else "date_until_beginning_unknown", upper)

    def _around(self, key: str, bound: Bound) -> str | None:
        words = self._moment(bound) if isinstance(bound, Moment) else None
        return None if words is None else self._say(key, date=words)

    def _set(self, dates: MomentSet) -> str | None:
        words = [self._member(member) for member in dates.members]
        known = [word for word in words if word is not None]
        if len(known) < len(words):
            return None
        if len(known) == 1:
            return known[0]
        listed = self._say("list_separator").join(known)
        return self._say("date_one_of" if dates.is_choice else "date_all_of", dates=listed)

    def _member(self, member: Moment | Interval) -> str | None:
        if isinstance(member, Moment):
            return self._moment(member)
        if isinstance(member.lower, Moment) and isinstance(member.upper, Moment):
            return self._interval(member)
        if isinstance(member.lower, Moment):
            return self._around("date_or_later", member.lower)
        return self._around("date_or_earlier", member.upper)


def _is_within_a_month(lower: Moment, upper: Moment) -> bool:
    """Return whether both are known days of one month, so that it need be named only once."""
    if (lower.year, lower.month) != (upper.year, upper.month):
        return False
    return all(
        moment.day is not None and len(moment.edtf) == 10 and "X" not in moment.edtf
        for moment in (lower, upper)
    )
