"""Dates: read from EDTF, compared, and shown in English."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render.strings import open_strings
from generator.resources import TEMPLATES
from generator.text.dates import DossierDate, format_date, parse_date

ENGLISH = open_strings([TEMPLATES], "en")

NOT_EDTF = "is not a date in EDTF, such as 2018-05-14, 2018-05, 2018~ or 2018-05/2018-06"


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2025-10-29", "2025-10-29", "2025-10-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("2026-01/2026-03", "2026-01-01", "2026-03-31"),
        ("2026-21", "2026-03-01", "2026-05-31"),
        ("2026-33", "2026-01-01", "2026-03-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20X5", "2005-01-01", "2095-12-31"),
        ("2025-1X", "2025-10-01", "2025-12-31"),
        ("19XX-02-29", "1904-02-29", "1996-02-29"),
        ("1950S2", "1900-01-01", "1999-12-31"),
        ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12"),
        ("[2026-01, 2026-03]", "2026-01-01", "2026-03-31"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
    ],
)
def test_a_date_spans_the_days_it_can_mean(edtf: str, earliest: str, latest: str) -> None:
    date = parse_date(edtf)
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("../2026", "0001-01-01", "2026-12-31"),
        ("/2026", "0001-01-01", "2026-12-31"),
        ("2026-02/..", "2026-02-01", "9999-12-31"),
        ("2026-02/", "2026-02-01", "9999-12-31"),
        ("[..1984]", "0001-01-01", "1984-12-31"),
        ("-0044-03-15", "0001-01-01", "0001-01-01"),
        ("Y170000002", "9999-12-31", "9999-12-31"),
        ("Y-17E7", "0001-01-01", "0001-01-01"),
        ("Y1E" + "9" * 90, "9999-12-31", "9999-12-31"),
        ("0000", "0001-01-01", "0001-01-01"),
    ],
)
def test_open_ends_and_years_outside_the_calendar_stand_at_the_bounds(
    edtf: str, earliest: str, latest: str
) -> None:
    date = parse_date(edtf)
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("edtf", "is_approximate", "is_uncertain"),
    [("2018", False, False), ("2018~", True, False), ("2018?", False, True), ("2018%", True, True)],
)
def test_qualifiers_make_a_date_approximate_or_uncertain(
    edtf: str, is_approximate: bool, is_uncertain: bool
) -> None:
    date = parse_date(edtf)
    assert (date.is_approximate, date.is_uncertain) == (is_approximate, is_uncertain)


@pytest.mark.parametrize(
    ("edtf", "message"),
    [
        ("", "the date is empty"),
        ("2018" * 2500, "the date has 10000 characters; at most 100 are allowed"),
        ("29 October 2025", f'"29 October 2025" {NOT_EDTF}'),
        ("2018-5", f'"2018-5" {NOT_EDTF}'),
        ("[[2018]]", f'"[2018]" {NOT_EDTF}'),
        ("[]", f'"[]" {NOT_EDTF}'),
        ("-0000", f'"-0000" {NOT_EDTF}'),
        ("2025-13-01", 'there is no month 13 in "2025-13-01"; months go from 01 to 12'),
        ("2025-02-30", 'there is no day 30 in "2025-02-30"; February 2025 has 28 days'),
        ("20XX-02-30", 'there is no such day as "20XX-02-30"'),
        ("2025-21-01", '"2025-21-01" names a day in a season; write the month, 01 to 12'),
        ("2026/2025", "the date ends (2025-12-31) before it begins (2026-01-01)"),
        ("../..", '"../.." has neither a beginning nor an end'),
        ("/", '"/" has neither a beginning nor an end'),
    ],
)
def test_what_is_no_date_is_told_why(edtf: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_date(edtf)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-10-29", "29 October 2025"),
        ("2025-10", "October 2025"),
        ("2018", "2018"),
        ("2026-02~", "about February 2026"),
        ("2018?", "2018 (uncertain)"),
        ("2018%", "about 2018 (uncertain)"),
        ("2026-01/2026-03", "January 2026 to March 2026"),
        ("2018-05-13/2018-05-15", "13 to 15 May 2018"),
        ("2018-05-13/2018-06-15", "13 May 2018 to 15 June 2018"),
        ("2018-05-13~/2018-05-15", "about 13 May 2018 to 15 May 2018"),
        ("2026-21", "spring 2026"),
        ("2026-21?", "spring 2026 (uncertain)"),
        ("2026-34", "second quarter of 2026"),
        ("201X", "2010s"),
        ("20XX", "between 2000 and 2099"),
        ("2025-XX", "2025 (month unknown)"),
        ("2025-10-XX", "October 2025 (day unknown)"),
        ("2026-02/..", "since February 2026"),
        ("../2026", "until 2026"),
        ("2026/", "since 2026, end unknown"),
        ("/2026", "until 2026, beginning unknown"),
        ("[2026-01,2026-03]", "one of: January 2026, March 2026"),
        ("{2018,2020..2022}", "all of: 2018, 2020 to 2022"),
        ("[..1984]", "1984 or earlier"),
        ("1985-04-12T23:20:30Z", "12 April 1985, 23:20:30 UTC"),
        ("-0043-03-15", "15 March 44 BC"),
        ("Y17000", "17000"),
    ],
)
def test_a_date_is_worded_in_english(edtf: str, words: str) -> None:
    assert format_date(parse_date(edtf), ENGLISH) == words


@pytest.mark.parametrize("edtf", ["2004-06~-11", "1950S2", "2025-1X", "20X5", "000X", "Y17E7"])
def test_a_date_without_words_is_shown_as_it_is_written(edtf: str) -> None:
    assert format_date(parse_date(edtf), ENGLISH) == edtf


def test_dates_sort_by_first_day_then_last_day_then_text() -> None:
    dates = [
        parse_date(edtf) for edtf in ("2018-05", "2018", "2017/2018", "2018-05-01", "2018-05~", "../2016")
    ]
    ordered = [date.edtf for date in sorted(dates, key=lambda date: date.sort_key)]
    assert ordered == ["../2016", "2017/2018", "2018", "2018-05-01", "2018-05", "2018-05~"]


@pytest.mark.parametrize(
    "edtf", ["[" * 10_000, "[" * 100, "(" * 99, "Y1E" + "9" * 97, "[" + "X9X9," * 19 + "19XX]", "2018/" * 20]
)
def test_hostile_text_takes_no_time(edtf: str) -> None:
    start = time.monotonic()
    with contextlib.suppress(ValueError):
        parse_date(edtf)
    assert time.monotonic() - start < 5


def check(text: str) -> DossierDate | None:
    """Return the date if there is one; any exception but ValueError fails the test."""
    try:
        date = parse_date(text)
    except ValueError:
        return None
    assert "0001-01-01" <= date.earliest <= date.latest <= "9999-12-31"
    assert format_date(date, ENGLISH)
    return date


@given(st.text())
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    check(text)


@given(st.text(alphabet="0123456789X-~?%/.,[]{}YESTZ:+", max_size=40))
def test_any_text_in_the_letters_of_edtf_is_a_date_or_a_value_error(text: str) -> None:
    check(text)


@given(
    st.lists(
        st.from_regex(r"[?~%]?-?[0-9X]{4}[?~%]?(-[?~%]?[0123X][0-9X][?~%]?){0,2}", fullmatch=True), max_size=3
    ),
    st.sampled_from(["/", ",", ".."]),
    st.sampled_from(["", "[]", "{}"]),
)
def test_any_text_in_the_shape_of_edtf_is_a_date_or_a_value_error_without_printing(
    members: list[str], mark: str, brackets: str
) -> None:
    check(mark.join(members).join(brackets) if brackets else mark.join(members))


@given(st.dates())
def test_every_day_of_the_calendar_is_its_own_bounds(day: object) -> None:
    date = check(str(day))
    assert date is not None
    assert (date.earliest, date.latest) == (str(day), str(day))


def test_an_undated_thing_says_so_and_stands_last() -> None:
    undated = parse_date("XXXX")
    assert format_date(undated, ENGLISH) == "undated"
    assert undated.sort_key > parse_date("2100-12-31").sort_key
