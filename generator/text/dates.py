"""Dates of the corpus, in EDTF: read, compared, and shown in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.text.date_bounds import FIRST_DAY, LAST_DAY, find_bounds
from generator.text.date_words import DateWords, word_date
from generator.text.moments import MAX_EDTF_LENGTH, split_edtf

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MAX_EDTF_LENGTH",
    "DateWords",
    "DossierDate",
    "format_date",
    "parse_date",
]


# A year of which no digit is known. It stands last wherever dates are sorted.
UNDATED = "XXXX"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDate:
    """A date as the editors wrote it, and the first and last day that it can mean (ISO 8601, YYYY-MM-DD).

    An open or unknown end, a year before 1 and one after 9999 stand at FIRST_DAY and LAST_DAY.
    """

    edtf: str
    earliest: str
    latest: str
    is_approximate: bool = False
    is_uncertain: bool = False

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """What dates are sorted by: first day, last day, then the text, so that the order is total."""
        return self.earliest, self.latest, self.edtf


# A corpus has few days and names them often.
@lru_cache(maxsize=16_384)
def parse_date(edtf: str) -> DossierDate:
    """Return the date that an EDTF string (ISO 8601-2:2019, levels 0 to 2) means.

    Takes no locale and no clock. `~` and `%` anywhere make it approximate, `?` and `%` uncertain; so does an
    estimated year (`1950S2`) make it approximate.

    Raises:
        ValueError: it is not EDTF, longer than MAX_EDTF_LENGTH, or no such day exists; the message says what
        is wrong.
    """
    earliest, latest = (LAST_DAY, LAST_DAY) if edtf == UNDATED else find_bounds(split_edtf(edtf))
    return DossierDate(
        edtf=edtf,
        earliest=earliest,
        latest=latest,
        is_approximate=any(mark in edtf for mark in "~%S"),
        is_uncertain=any(mark in edtf for mark in "?%"),
    )


def format_date(date: DossierDate, words: DateWords) -> str:
    """Return the date in the language of the words, such as `29 October 2025`.

    Where no words fit it, it is the EDTF itself.
    """
    if date.edtf == UNDATED:
        return words.plain("date_undated")
    return word_date(split_edtf(date.edtf), words) or date.edtf
