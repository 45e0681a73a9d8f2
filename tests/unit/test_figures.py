"""Numbers in words: which figures a quotation states."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.figures import find_numbers


@pytest.mark.parametrize(
    ("words", "language", "numbers"),
    [
        ("a share of 25%", "en", ["25"]),
        ("19.9 % of it", "en", ["19.9"]),
        ("19,9 % davon", "de", ["19.9"]),
        ("1,250 men", "en", ["1250"]),
        ("1.250 Mann", "de", ["1250"]),
        ("1.250", "en", ["1.250"]),
        ("400 000 000 marks", "en", ["400000000"]),
        ("400\u202f000 Mark", "de", ["400000"]),
        ("1’250.50 Franken", "de-CH", ["1250.5"]),
        ("$400 million in all", "en", ["400", "400000000"]),
        ("a 2.5-billion loan", "en", ["2.5", "2500000000"]),
        ("3 Billionen Mark", "de", ["3", "3000000000000"]),
        ("2,5 Mrd. Euro", "de", ["2.5", "2500000000"]),
        ("3 million", "fr", ["3", "3000000"]),
        ("3 millionaires", "en", ["3"]),
        ("in 1962, 1963", "en", ["1962", "1963"]),
        ("12.5.1962", "de", ["12", "5", "1962"]),
        ("3,14 and 9,99,999", "en", ["3", "14", "9", "99", "999"]),
        ("Quay7 and 7th", "en", ["7"]),
        ("no digits at all", "en", []),
        ("", "xx-not-a-language", []),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(words: str, language: str, numbers: list[str]) -> None:
    assert find_numbers(words, language) == frozenset(map(Decimal, numbers))


@given(st.integers(min_value=0, max_value=10**15), st.sampled_from(["en", "de"]))
def test_a_whole_number_is_found_plain_and_grouped(number: int, language: str) -> None:
    mark = "." if language == "de" else ","
    for written in (str(number), f"{number:,}".replace(",", mark), f"{number:,}".replace(",", "\u00a0")):
        assert Decimal(number) in find_numbers(f"about {written} in all", language)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["en", "de"]))
def test_a_decimal_is_found_grouped_and_not(number: Decimal, language: str) -> None:
    swap = str.maketrans(",.", ".,") if language == "de" else {}
    for written in (f"{number:f}", f"{number:,f}"):
        assert number in find_numbers(f"about {written.translate(swap)} in all", language)


@given(st.text())
def test_any_text_is_read(words: str) -> None:
    assert all(number >= 0 for number in find_numbers(words, "en"))
