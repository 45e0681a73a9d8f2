"""Laws of the import, for any text."""

from __future__ import annotations

import re
import time

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.importing.compose import compose
from generator.importing.draft import render_text
from generator.importing.merge import merge
from generator.importing.readers.read import read_content
from generator.importing.readers.text import lines_of
from tests.fuzz.seeds import ARTICLE, LETTER, PAGE, RELEASE
from tests.import_laws import RAW_MARK, import_content

# Pieces with every defect that a rule knows, so that they meet in every way.
PIECES = st.sampled_from(
    (
        *LETTER.split("\n"), *ARTICLE.split("\n"), *RELEASE.split("\n"), *PAGE.split("\n"),
        *("\n", "\n\n", "\f", "\t", "    ", "<sup>1</sup>", "[1]"),
        *("[^2]: ", "1. ", "(1) ", "²", "$^{3}$", "$\\S$", "$"),
        *("# ", "## ", "> ", "- ", "| a |", "---", "***", "**bold**"),
        *("*so*", "___", "[a](b)", "![a](b)", "<b>", "</b>"),
        *("&amp;", "&#0;", "&#xD800;", "donâ€™t", "\u00ad", "\u200b"),
        *("\ufeff", "\x00", "\x1b[31m", "\x85", "\u2028", "\r\n"),
        *("https://a.example/b?utm_source=x", "https://a.example/ b-c"),
        *("www.", "@x", "习近平", "مرحبا", "é", "𝄞", "ﬁ"),
    )
)  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MESS = st.lists(PIECES | ANY_TEXT, max_size=14).map("".join)
SMALL_WORDS = (
    "harbour",
    "wall",
    "ferries",
    "winter",
    "sea-wall",
    "keeper’s",
    "naïve",
    "Müller",
    "twelve",
    "board",
    "dues",
)
# Sentences without a defect: words of letters, a capital first, a full stop last.
SENTENCE = st.lists(st.sampled_from(SMALL_WORDS), min_size=4, max_size=14).map(
    lambda words: f"The {' '.join(words)} is."
)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
CLEAN = st.lists(PARAGRAPH, min_size=1, max_size=8, unique=True).map("\n\n".join)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@FEW
@given(CLEAN)
def test_the_words_of_a_text_without_defects_are_kept_whole_and_in_order(text: str) -> None:
    composed = import_content("clean.txt", f"{text}\n".encode())
    assert composed is not None
    assert words(render_text(composed)) == words(text)
    assert composed.repairs == ()


@FEW
@given(CLEAN, st.integers(min_value=50, max_value=100))
def test_hard_line_breaks_lose_no_word(text: str, width: int) -> None:
    import textwrap

    wrapped = "\n\n".join(
        textwrap.fill(part, width, break_long_words=False, break_on_hyphens=False)
        for part in text.split("\n\n")
    )
    composed = import_content("wrapped.txt", wrapped.encode())
    assert composed is not None
    assert words(render_text(composed)) == words(text)


@FEW
@given(MESS)
@example("[^2]: # **Ministry of Ferries**")
def test_every_law_holds_of_any_text(text: str) -> None:
    started = time.monotonic()
    import_content("mess.txt", text.encode())
    assert time.monotonic() - started < 20


@FEW
@given(MESS)
def test_every_law_holds_of_any_page(text: str) -> None:
    import_content("mess.html", f"<!doctype html><html><body>{text}</body></html>".encode())


@FEW
@given(st.binary(max_size=200))
def test_any_bytes_are_imported_or_refused(content: bytes) -> None:
    import_content("bytes.txt", content)


@FEW
@given(MESS)
def test_what_was_composed_has_no_raw_mark_of_a_note_that_it_has(text: str) -> None:
    result = read_content("mess.txt", text.encode())
    if result.received is None:
        return
    composed = compose(result.received)
    labels = {note.label for note in composed.notes}
    for block in composed.blocks:
        raw = {match[0] for match in RAW_MARK.finditer(block.text)}
        assert not {re.sub(r"\D", "", mark) for mark in raw} & (
            labels - {note.label for note in composed.notes if not note.is_marked}
        )


@FEW
@given(MESS)
def test_every_line_of_a_text_is_read_once_and_in_order(text: str) -> None:
    numbers = [line.number for line in lines_of(text)]
    assert numbers == sorted(numbers)
    assert set(numbers) <= set(range(1, text.count("\n") + 2))


LINES = st.lists(st.sampled_from(("a\n", "b\n", "c\n", "=======\n")), max_size=6).map("".join)


@given(LINES, LINES)
def test_a_merge_without_a_change_of_the_editors_is_the_import(base: str, new: str) -> None:
    assert merge(base, base, new).text == new
    assert merge(base, base, new).conflicts == ()


@given(LINES, LINES)
def test_a_merge_without_a_change_of_the_import_is_the_editors_text(base: str, current: str) -> None:
    assert merge(base, current, base).text == current


@given(LINES, LINES, LINES)
def test_no_line_of_the_editors_is_lost_in_a_merge_but_by_the_import_deleting_it(
    base: str, current: str, new: str
) -> None:
    merged = merge(base, current, new).text.splitlines()
    own = [line for line in current.splitlines() if line not in base.splitlines()]
    assert all(line in merged for line in own)
