"""The date that a document bears, as EDTF, with the words that give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.importing.model import Fact, Line
from generator.importing.rules.article_furniture import plain
from generator.text.calendar_words import find_locale

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da")
ISO = re.compile(
    r"(?<!\d)(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
# 12.10.2023, the order of day and month being that of the countries that write full stops
POINTS = re.compile(
    r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])\.(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
)
# Words by which a line says that its date is the document's.
SAYS = re.compile(
    r"\b(?:date[d]?|published|posted|released?|release|issued|updated|embargo\w*|of|veröffentlicht|datum|publié|stand|vom|den|le|am)\b",
    re.IGNORECASE,
)
# How far into a text a date may stand that is the document's own.
HEAD_LINES = 40
SHORT_CP = 90
# A date further into a paragraph is none of the document's own.
SEARCHED_CP = 2000


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Return the number of each month by its name and abbreviation in the languages above."""
    names: dict[str, int] = {}
    for language in LANGUAGES:
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in find_locale(language).months[form][width].items():
                    names.setdefault(name.casefold().rstrip("."), number)
    return {**names, "sept": 9, "jän": 1, "jänner": 1}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    year = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
    return (
        # October 29, 2025   Oct. 29th, 2025
        re.compile(
            rf"\b(?P<month>{month})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{year}", re.IGNORECASE
        ),
        # 29 October 2025   29. Oktober 2025   1er mai 2020   29 de octubre de 2025
        re.compile(
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th|º)?\s+(?:de\s+|of\s+)?(?P<month>{month})\.?,?\s+(?:de\s+)?{year}",
            re.IGNORECASE,
        ),
        # October 2025
        re.compile(rf"\b(?P<month>{month})\.?,?\s+(?P<day>)(?:de\s+)?{year}", re.IGNORECASE),
    )


def find_dates(text: str) -> Iterator[tuple[str, str]]:
    """Yield each date at the head of a text as EDTF with its words; of the calendar only, whole days before months."""
    text = text[:SEARCHED_CP]
    for pattern in (ISO, POINTS, *_patterns()):
        for match in pattern.finditer(text):
            raw = match["month"].casefold().rstrip(".")
            month = int(raw) if raw.isdigit() else _months()[raw]
            if not match["day"]:
                yield f"{match['year']}-{month:02}", match[0]
            elif 1 <= int(match["day"]) <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
                yield f"{match['year']}-{month:02}-{int(match['day']):02}", match[0]


def find_date(lines: Sequence[Line], stated: Sequence[Fact]) -> Fact | None:
    """Return the document's date, or None where it bears none.

    What the format states comes first, then a line at the head that is a date or says that it gives one, then a
    dateline; at last such a line at the foot. Dates that the text only speaks of are no evidence. `lines` are those
    of the source.
    """
    for fact in stated:
        found = next(find_dates(fact.value), None)
        if fact.key == "date" and found:
            return Fact(key="date", value=found[0], line=fact.line, words=fact.words)
    filled = [(line.number, plain(line.text)) for line in lines if line.text.strip()]
    for number, text in (*filled[:HEAD_LINES], *filled[-8:]):
        for value, words in find_dates(text[:400]):
            if _is_own(text, words):
                return Fact(key="date", value=value, line=number, words=words)
    return None


def _is_own(text: str, words: str) -> bool:
    """Return whether a line with a date is about the document: it is little more than the date, or says so."""
    rest = text.replace(words, "", 1).strip(" ,.;:()|·–—-*_")
    if len(rest) <= 30 and not re.search(
        r"\b(?:since|until|before|after|from|by|between|bis|seit)\b", rest, re.IGNORECASE
    ):
        return True
    before = text[: text.find(words)]
    if re.match(
        r"^\s*(?:date|published|posted|updated|issued|released|veröffentlicht|publié)\b\W*$",
        before,
        re.IGNORECASE,
    ):
        return True
    # By Hezekiah Blom-Adeyemi, for The Estuary Review · 9 May 2018 · 5 min read
    if re.match(r"^\W*(?:(?:\w+ )?by|von|par)\b", text, re.IGNORECASE) and len(text) <= 160:
        return True
    # TARN HAVEN, Norvessa, 12 October 2023 — The state
    if re.match(r"^\W*[A-ZÀ-Þ][A-ZÀ-Þ .,’'-]{2,}", text) and re.match(
        r"^.{0,3}\s*(?:—|–|--)", text[text.find(words) + len(words) :]
    ):
        return True
    return len(text) <= SHORT_CP and SAYS.search(before) is not None
