"""Sentences: where they end, and which of them a link or a note belongs to."""

from __future__ import annotations

import pytest

from generator.model.text import Span
from generator.text.sentences import MAX_SEGMENTED, find_sentences, sentence_around, sentence_before


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span in find_sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("One. Two? Three!", "en", ["One.", "Two?", "Three!"]),
        (
            "Mr. Lee of the U.S. Senate left. He came back.",
            "en",
            ["Mr. Lee of the U.S. Senate left.", "He came back."],
        ),
        ("  One.  \n Two.  ", "en", ["One.", "Two."]),
        ("Er kam am 3. Mai an. Dann ging er.", "de", ["Er kam am 3. Mai an.", "Dann ging er."]),
        ("他来了。他走了。", "zh", ["他来了。", "他走了。"]),
        ("One. Two.", "xx-unknown", ["One.", "Two."]),
        ("no full stop", "en", ["no full stop"]),
        ("", "en", []),
        (" \n", "en", []),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, language: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


def test_a_long_text_is_cut_at_its_sentences_all_the_same() -> None:
    text = " ".join(f"This is sentence number {number} of many." for number in range(1000))
    assert len(text) > 5 * MAX_SEGMENTED
    assert sentences(text) == [f"This is sentence number {number} of many." for number in range(1000)]


def test_a_long_text_without_sentences_is_cut_in_pieces_that_hold_all_of_it() -> None:
    text = "`" * (3 * MAX_SEGMENTED)
    assert "".join(sentences(text)) == text


TEXT = "One is. Two is.  Three is."


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 3, "One is."),
        (4, 6, "One is."),
        (8, 11, "Two is."),
        (4, 11, "One is. Two is."),
        (0, 26, TEXT),
        (7, 8, " "),
        (15, 18, "  Three is."),
    ],
)
def test_the_sentences_around_a_span_are_those_it_touches(start: int, end: int, expected: str) -> None:
    found = sentence_around(find_sentences(TEXT, "en"), Span(start=start, end=end))
    assert TEXT[found.start : found.end] == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, None),
        (3, "One is."),
        (7, "One is."),
        (8, "One is."),
        (9, "Two is."),
        (16, "Two is."),
        (26, "Three is."),
    ],
)
def test_a_note_belongs_to_the_sentence_that_begins_before_it(offset: int, expected: str | None) -> None:
    found = sentence_before(find_sentences(TEXT, "en"), offset)
    assert (TEXT[found.start : found.end] if found else None) == expected
