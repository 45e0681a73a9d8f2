"""Slugs: which are usable, why not, and which collide."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.slugs import slug_fault, slug_key


@pytest.mark.parametrize(
    "slug",
    ["memo-1962", "wei_XiChasing_2025", "a.b", "2018", "Łódź", "習近平", "हिन्दी", "x" * 100, "conference"],
)
def test_letters_and_digits_of_any_script_make_a_usable_slug(slug: str) -> None:
    assert slug_fault(slug) is None


@pytest.mark.parametrize(
    ("slug", "fault"),
    [
        ("", "is empty"),
        ("e\u0301t\u00e9", "is not in Unicode form NFC"),
        ("x" * 101, "has 101 characters; at most 100 are allowed"),
        ("習" * 67, "has 201 bytes in UTF-8; at most 200 are allowed"),
        ("doi:10.1/x", 'holds ":"'),
        ("a/b", 'holds "/"'),
        ("..\\x", 'holds "\\"'),
        ("a b", "holds a space"),
        ("a\x00b", "holds U+0000"),
        ("a\u202eb", "holds U+202E"),
        ("-a", 'begins with "-", not with a letter or digit'),
        (".hidden", 'begins with ".", not with a letter or digit'),
        ("\u0301a", "begins with U+0301, not with a letter or digit"),
        ("a.", "ends with a full stop"),
        ("nul", 'begins with "nul", the name of a device on Windows'),
        ("COM1.memo", 'begins with "com1", the name of a device on Windows'),
        ("Index", "is the name of the site's own page"),
    ],
)
def test_an_unusable_slug_is_told_why(slug: str, fault: str) -> None:
    assert slug_fault(slug) == fault


def test_slugs_that_differ_in_case_or_unicode_form_have_one_key() -> None:
    assert slug_key("Stra\u00dfe-\u00c9") == slug_key("STRASSE-e\u0301")
    assert slug_key("memo-1962") != slug_key("memo-1963")


@given(st.text())
def test_a_key_is_its_own_key(slug: str) -> None:
    assert slug_key(slug_key(slug)) == slug_key(slug)


@given(st.text(max_size=110))
def test_a_usable_slug_holds_nothing_that_a_path_or_a_link_could_mistake(slug: str) -> None:
    if slug_fault(slug) is None:
        assert not set(slug) & set("/\\:#?%[]|<>\"'&* \t\n\x00")
        assert slug[0].isalnum()
        assert unicodedata.is_normalized("NFC", slug)
