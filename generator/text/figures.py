"""The numbers that words state: grouped digits, decimals, and the words for thousands and millions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from babel import Locale, UnknownLocaleError

# "19.9", "400 000 000", "1’250.50"; not the "200" of "H200", which is part of a name.
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,'’ \u00a0\u202f]\d+)*")
# " million" after "$400", "-billion" after "2.5"
SCALE_WORD = re.compile(r"[\s\u00a0\u202f-]?([A-Za-z]+)")
GROUP = 3
THOUSAND, MILLION, BILLION, TRILLION = 10**3, 10**6, 10**9, 10**12
# The long scale of German: its "Billion" is a thousand "Milliarden".
SCALES: Mapping[str, Mapping[str, int]] = {
    "de": {
        "tausend": THOUSAND,
        "mio": MILLION,
        "million": MILLION,
        "millionen": MILLION,
        "mrd": BILLION,
        "milliarde": BILLION,
        "milliarden": BILLION,
        "bio": TRILLION,
        "billion": TRILLION,
        "billionen": TRILLION,
    },
    "en": {
        "thousand": THOUSAND,
        "million": MILLION,
        "mn": MILLION,
        "billion": BILLION,
        "bn": BILLION,
        "trillion": TRILLION,
        "tn": TRILLION,
    },
}


def find_numbers(words: str, language: str) -> frozenset[Decimal]:
    """Return the numbers that words state in digits, with and without a word such as "million" behind them.

    The language decides which of `,` and `.` is the decimal mark; the other, an apostrophe or a space groups digits by
    three. What is grouped otherwise is several numbers. Words of scale are known in German, else in English. Without
    sign: "fell by 5" and "-5" both state 5. Text without digits gives none.
    """
    scales = SCALES.get(language.split("-")[0].lower(), SCALES["en"])
    mark = _decimal_mark(language)
    found = set()
    for match in NUMBER.finditer(words):
        numbers = list(_read_digits(match[0], mark))
        found.update(numbers)
        scale = SCALE_WORD.match(words, match.end())
        factor = scales.get(scale[1].lower()) if scale else None
        if factor is not None:
            found.add(numbers[-1] * factor)
    return frozenset(found)


def _read_digits(digits: str, mark: str) -> Iterator[Decimal]:
    """Yield the one number of a run of digits, or, where its groups are none, each of its parts."""
    whole, _, fraction = digits.rpartition(mark) if digits.count(mark) == 1 else (digits, "", "")
    if not whole:
        whole, fraction = digits, ""
    parts = re.split(r"\D", whole)
    separators = {character for character in whole if not character.isdigit()}
    is_grouped = (
        len(separators) <= 1 and all(len(part) == GROUP for part in parts[1:]) and len(parts[0]) <= GROUP
    )
    if fraction.isdigit() and (is_grouped or len(parts) == 1):
        yield Decimal(f"{''.join(parts)}.{fraction}")
    elif not fraction and (len(parts) == 1 or (is_grouped and mark not in separators)):
        yield Decimal("".join(parts))
    else:
        yield from (Decimal(part) for part in re.split(r"\D", digits))


def _decimal_mark(language: str) -> str:
    try:
        symbols = Locale.parse(language, sep="-").number_symbols
    except (UnknownLocaleError, ValueError):
        return "."
    return str(symbols.get("latn", {}).get("decimal", "."))
