"""What an EDTF string is made of: single moments, intervals and sets of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from edtf import EDTFParseException, parse_edtf

MAX_EDTF_LENGTH = 100

# Samples: 2026-02~  ?2004-06  2004-06~-11  201X  -0044-03-15  2026-21  1985-04-12T23:20:30Z
MOMENT = re.compile(
    r"(?P<before>[?~%]?)(?P<year>-?[0-9X]{4})(?P<year_after>[?~%]?)"
    r"(?:-(?P<month_before>[?~%]?)(?P<month>[0-9X]{2})(?P<month_after>[?~%]?)"
    r"(?:-(?P<day_before>[?~%]?)(?P<day>[0-9X]{2})(?P<day_after>[?~%]?))?)?"
    r"(?:T(?P<time>[0-9:]{8})(?P<zone>Z|[+-][0-9:]{2,5})?)?"
)
# Sample: 1950S2, a year estimated as 1950 of which two digits count
ESTIMATED_YEAR = re.compile(r"(?P<year>-?[0-9]{4})S(?P<digits>[1-4])")
# Samples: Y17000  Y-17000S2  Y17E7
LONG_YEAR = re.compile(r"Y(?P<base>-?[1-9][0-9]*)(?:E(?P<exponent>[1-9][0-9]*))?(?P<digits>S[1-9][0-9]?)?")
# Sample: -0044-03-15. Level 0 and needs no grammar beyond this and the calendar. "-0000" is no year.
PLAIN = re.compile(r"(?!-0000)-?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
HALF_KNOWN_MONTHS = frozenset(["0X", "1X"] + [f"X{digit}" for digit in "0123456789"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One date of any precision.

    `X` stands for an unknown digit; a month of 21 to 41 is a season or part of a year.
    `qualifier` is `?`, `~` or `%` where it holds for the whole; `is_partly_qualified` says that one holds for
    a part. `significant_digits` is how many digits of an estimated year count, None where all do.
    """

    edtf: str
    year: str
    month: str | None = None
    day: str | None = None
    time: str | None = None
    zone: str | None = None
    qualifier: str = ""
    is_partly_qualified: bool = False
    significant_digits: int | None = None
    is_long: bool = False


Bound = Moment | Literal["..", ""]
"""An end of an interval: a moment, open (`..`) or unknown (empty)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """All the time from one end to the other, or in a set any moment between them."""

    lower: Bound
    upper: Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentSet:
    """One of several dates (`[…]`) or all of them (`{…}`)."""

    is_choice: bool
    members: tuple[Moment | Interval, ...]


Edtf = Moment | Interval | MomentSet


def split_edtf(edtf: str) -> Edtf:
    """Return the parts of an EDTF string (ISO 8601-2:2019, levels 0 to 2).

    Takes time linear in the number of members, a few milliseconds for each that the grammar library must
    judge.

    Raises:
        ValueError: it is not EDTF, is longer than MAX_EDTF_LENGTH, or has no end of its own.
    """
    if not edtf:
        raise ValueError("the date is empty")
    if len(edtf) > MAX_EDTF_LENGTH:
        raise ValueError(f"the date has {len(edtf)} characters; at most {MAX_EDTF_LENGTH} are allowed")
    if (edtf[0], edtf[-1]) in (("[", "]"), ("{", "}")):
        return _split_set(edtf)
    lower, slash, upper = edtf.partition("/")
    if not slash:
        return _read_moment(edtf)
    return Interval(lower=_read_bound(lower, edtf), upper=_read_bound(upper, edtf, other=lower))


def _split_set(edtf: str) -> MomentSet:
    members: list[Moment | Interval] = []
    for member in edtf[1:-1].split(","):
        lower, dots, upper = member.strip(" ").partition("..")
        if not member.strip(" "):
            raise _not_edtf(edtf)
        if dots:
            bounds = (_read_bound(lower or "..", edtf), _read_bound(upper or "..", edtf, other=lower or ".."))
            members.append(Interval(lower=bounds[0], upper=bounds[1]))
        else:
            members.append(_read_moment(lower))
    return MomentSet(is_choice=edtf[0] == "[", members=tuple(members))


def _read_bound(text: str, edtf: str, *, other: str | None = None) -> Bound:
    if text in ("..", "") and other in ("..", ""):
        raise ValueError(f'"{edtf}" has neither a beginning nor an end')
    if text == "..":
        return ".."
    return _read_moment(text) if text else ""


def _read_moment(text: str) -> Moment:
    long_year = LONG_YEAR.fullmatch(text)
    if long_year:
        _check_grammar(text)
        return Moment(edtf=text, year=_long_year(long_year), is_long=True)
    estimated = ESTIMATED_YEAR.fullmatch(text)
    if estimated:
        return Moment(edtf=text, year=estimated["year"], significant_digits=int(estimated["digits"]))
    found = MOMENT.fullmatch(text)
    if found is None:
        raise _not_edtf(text)
    after = next((name for name in ("day", "month", "year") if found[name]), "year") + "_after"
    qualifier = found[after]
    # A plain date with a qualifier after it needs no grammar: level 1, and seasons, which the library refuses
    # there.
    if not PLAIN.fullmatch(text.removesuffix(qualifier)):
        _check_grammar(_with_unknown_year(text) if (found["month"] or "") in HALF_KNOWN_MONTHS else text)
    names = ("before", "year_after", "month_before", "month_after", "day_before", "day_after")
    return Moment(
        edtf=text,
        year=found["year"],
        month=found["month"],
        day=found["day"],
        time=found["time"],
        zone=found["zone"],
        qualifier=qualifier,
        is_partly_qualified=any(found[name] for name in names if name != after),
    )


def _long_year(found: re.Match[str]) -> str:
    """Return the year in digits, cut to six: any longer one lies outside the calendar all the same."""
    base = found["base"]
    zeros = min(int(found["exponent"] or 0), 6)
    return (base + "0" * zeros)[:7] if base.startswith("-") else (base + "0" * zeros)[:6]


def _with_unknown_year(text: str) -> str:
    """Return the text with the last digit of its year unknown.

    The library (edtf 5.0.2) fails with an AttributeError on a known year with a half-known month, such as
    2025-1X, but judges 202X-1X, of the same shape, as it should.
    """
    return re.sub(r"([0-9X]{3})[0-9X]", r"\1X", text, count=1)


def _check_grammar(text: str) -> None:
    """Raise ValueError unless the library's grammar knows the text."""
    try:
        parse_edtf(text)
    except EDTFParseException:
        raise _not_edtf(text) from None


def _not_edtf(text: str) -> ValueError:
    return ValueError(
        f'"{text}" is not a date in EDTF, such as 2018-05-14, 2018-05, 2018~ or 2018-05/2018-06'
    )
