"""Days, months and years as the languages of the Unicode CLDR write them (https://cldr.unicode.org, by Babel)."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

# Day before month, as the sites that the dossier takes after have it; "en-US" has the American order.
ENGLISH = "en-GB"
# One piece of a pattern: quoted words, letters that stand for a value, or other words. Sample: d 'de' MMMM 'de' y
PATTERN = re.compile(r"'(?P<quoted>[^']*)'|(?P<field>([dMLy])\3*)|(?P<words>[^'dMLy]+)")
# Letters in a pattern that stand for something else than a day, a month or a year, such as an era: not used here.
OTHER_FIELDS = re.compile(r"[A-Za-z]")
PLAIN_PATTERNS = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}


@lru_cache(maxsize=64)
def find_locale(language: str) -> Locale:
    """Return the locale of a language (BCP 47), or of the language it is a variety of; English where none is known."""
    for tag in (ENGLISH if language == "en" else language, language.split("-")[0], ENGLISH):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise UnknownLocaleError(ENGLISH)


def word_day(language: str, year: str, month: int, day: str) -> str:
    """Return a day with its month and year: `29 October 2025`, `29. Oktober 2025`, `2025年10月29日`."""
    return _fill(language, "day", year, month, day)


def word_month(language: str, year: str, month: int) -> str:
    """Return a month with its year: `October 2025`, `2025年10月`."""
    return _fill(language, "month", year, month)


def word_year(language: str, year: str) -> str:
    """Return a year where it stands alone: `2025`, `2025年`."""
    return _fill(language, "year", year)


@lru_cache(maxsize=256)
def _pattern(language: str, unit: str) -> str:
    locale = find_locale(language)
    if unit == "day":
        pattern = str(locale.date_formats["long"].pattern)
    else:
        pattern = str(locale.datetime_skeletons["yMMMM" if unit == "month" else "y"].pattern)
    words = PATTERN.sub(lambda found: found["words"] or "", pattern)
    # Thai and others count years by another era.
    return PLAIN_PATTERNS[unit] if OTHER_FIELDS.search(words) else pattern


def _fill(language: str, unit: str, year: str, month: int = 1, day: str = "") -> str:
    names = find_locale(language).months

    def piece(found: re.Match[str]) -> str:
        field = found["field"]
        if field is None:
            return found["quoted"] or found["words"] or "'"
        if field[0] == "y":
            return year
        if field[0] == "d":
            return day
        if len(field) < 3:
            return f"{month:0{len(field)}}"
        kind = "format" if field[0] == "M" else "stand-alone"
        return str(names[kind]["wide"][month])

    return PATTERN.sub(piece, _pattern(language, unit))
