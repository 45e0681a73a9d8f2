"""The first and last day that a date can mean."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from itertools import product

from generator.text.moments import Bound, Edtf, Interval, Moment

# Bounds for sorting: an open or unknown end, and years that a four-digit calendar cannot hold.
FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"

MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# First and last month of the numbers above 12 (ISO 8601-2:2019, 4.8). Seasons without a hemisphere are taken
# as the northern ones, and winter as December, so that the seasons of a year sort in their order.
PARTS_OF_YEAR = {
    21: (3, 5),
    22: (6, 8),
    23: (9, 11),
    24: (12, 12),
    25: (3, 5),
    26: (6, 8),
    27: (9, 11),
    28: (12, 12),
    29: (9, 11),
    30: (12, 12),
    31: (3, 5),
    32: (6, 8),
    33: (1, 3),
    34: (4, 6),
    35: (7, 9),
    36: (10, 12),
    37: (1, 4),
    38: (5, 8),
    39: (9, 12),
    40: (1, 6),
    41: (7, 12),
}


def find_bounds(parts: Edtf) -> tuple[str, str]:
    """Return the first and the last day (ISO 8601) that the date can mean.

    Open and unknown ends, negative years and years of more than four digits give FIRST_DAY or LAST_DAY.

    Raises:
        ValueError: no day of the calendar fits, or an interval ends before it begins.
    """
    if isinstance(parts, Moment):
        return _moment_bounds(parts)
    if isinstance(parts, Interval):
        return _interval_bounds(parts)
    bounds = [find_bounds(member) for member in parts.members]
    return min(first for first, _ in bounds), max(last for _, last in bounds)


def _interval_bounds(interval: Interval) -> tuple[str, str]:
    first = _end(interval.lower)[0]
    last = _end(interval.upper)[1]
    if first > last:
        raise ValueError(f"the date ends ({last}) before it begins ({first})")
    return first, last


def _end(bound: Bound) -> tuple[str, str]:
    return _moment_bounds(bound) if isinstance(bound, Moment) else (FIRST_DAY, LAST_DAY)


def _moment_bounds(moment: Moment) -> tuple[str, str]:
    pattern = _year_pattern(moment)
    if pattern.startswith("-"):
        _check_calendar(moment, "2000")
        return FIRST_DAY, FIRST_DAY
    if len(pattern) > 4:
        return LAST_DAY, LAST_DAY
    _check_calendar(moment, pattern)
    first = next(_days(moment, pattern, is_backwards=False), LAST_DAY)
    last = next(_days(moment, pattern, is_backwards=True), FIRST_DAY)
    return (first, last) if first <= last else (FIRST_DAY, FIRST_DAY)


def _year_pattern(moment: Moment) -> str:
    """Return the year with `X` for unknown digits: 1950 of which two digits count may be any of 19XX."""
    digits = moment.significant_digits
    if digits is None or moment.year.startswith("-"):
        return moment.year
    return moment.year[:digits] + "X" * (4 - digits)


def _check_calendar(moment: Moment, pattern: str) -> None:
    """Raise ValueError where the month does not exist or never has the day."""
    if moment.month is None:
        return
    months = _months(moment.month)
    if not months:
        raise ValueError(f'there is no month {moment.month} in "{moment.edtf}"; months go from 01 to 12')
    if moment.day is None:
        return
    if int(moment.month.replace("X", "0")) > 12:
        raise ValueError(f'"{moment.edtf}" names a day in a season; write the month, 01 to 12')
    years = _numbers(pattern)
    if not any(_fitting_days(moment.day, year, month) for year in years for month in months):
        raise ValueError(_missing_day(moment, pattern, months))


def _missing_day(moment: Moment, pattern: str, months: Sequence[int]) -> str:
    if len(months) > 1 or "X" in pattern:
        return f'there is no such day as "{moment.edtf}"'
    days = monthrange(_same_leap_year(int(pattern)), months[0])[1]
    year = "" if moment.year.startswith("-") else f" {int(pattern)}"
    return (
        f'there is no day {moment.day} in "{moment.edtf}"; {MONTH_NAMES[months[0] - 1]}{year} has {days} days'
    )


def _days(moment: Moment, pattern: str, *, is_backwards: bool) -> Iterator[str]:
    """Yield the days that fit, from the first, or from the last if `is_backwards`. Year 0 is left out."""
    step = -1 if is_backwards else 1
    months = _months(moment.month or "XX")[::step]
    for year in _numbers(pattern, is_backwards=is_backwards):
        for month in months if year else ():
            for day in _fitting_days(moment.day or "XX", year, month)[::step]:
                yield f"{year:04}-{month:02}-{day:02}"


def _months(pattern: str) -> tuple[int, ...]:
    part = PARTS_OF_YEAR.get(int(pattern)) if pattern.isdigit() else None
    if part:
        return tuple(range(part[0], part[1] + 1))
    return tuple(number for number in _numbers(pattern) if 1 <= number <= 12)


def _fitting_days(pattern: str, year: int, month: int) -> tuple[int, ...]:
    last = monthrange(_same_leap_year(year), month)[1]
    return tuple(number for number in _numbers(pattern) if 1 <= number <= last)


def _same_leap_year(year: int) -> int:
    """Return a year that the calendar module takes and that is a leap year if and only if `year` is."""
    return year or 2000


def _numbers(pattern: str, *, is_backwards: bool = False) -> Iterator[int]:
    """Yield the numbers that the pattern of digits and `X` can mean, in order."""
    digits = "9876543210" if is_backwards else "0123456789"
    for choice in product(*(digits if digit == "X" else digit for digit in pattern)):
        yield int("".join(choice))
