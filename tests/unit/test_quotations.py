"""Quotations: what counts as word for word, and where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.link.quotations import QuotableLeaves, QuotableText, Selector
from generator.model.linked import LeafSpan, LocatedQuotation
from generator.model.places import CorpusFile
from generator.model.text import Span
from generator.text.folding import normalise_quotation
from generator.text.markdown import parse_markdown
from generator.text.places import PlaceFinder
from tests.corpora import stage


def find(text: str, quote: str, prefix: str = "", suffix: str = "") -> list[list[str]]:
    """Return the words of each place where a quotation stands, part by part."""
    selector = Selector(quote=quote, prefix=prefix, suffix=suffix)
    return [[text[span.start : span.end] for span in spans] for spans in QuotableText(text).find(selector)]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("the  wall\n will\tcost", "the wall will cost"),
        ("the wall", "  the\n  wall\n"),
        ("the\u00a0wall", "the wall"),
        ("\u201cthe wall\u2019s cost\u201d", '"the wall\'s cost"'),
        ('"the wall\'s cost"', "\u201cthe wall\u2019s cost\u201d"),
        ("\u00abthe wall\u00bb", '"the wall"'),
        ("national secu-\nrity", "national security"),
        ("national secu\u2010  \n  rity", "national security"),
        ("national secu\u00adrity", "national security"),
        ("national security", "national secu-\nrity"),
        ("the wall\u200b is", "the wall is"),
    ],
)
def test_white_space_quotation_marks_and_torn_words_are_made_equal(text: str, quote: str) -> None:
    assert find(f"So {text} it", quote) == [[text]]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("the wall", "The wall"),
        ("the wall", "the walls"),
        ("the walls", "the wall"),
        ("a seawall", "wall"),
        ("the wáll", "the wall"),
        ("1962", "96"),
        ("the wall, too", "the wall too"),
        ("post-\nWar", "postWar"),
        ("pre- and post-war", "preand"),
        ("the en\u2013dash", "the en-dash"),
        ("anything", ""),
        ("anything", "[…]"),
    ],
)
def test_nothing_else_is_made_equal(text: str, quote: str) -> None:
    assert find(text, quote) == []


def test_scripts_without_capitals_have_no_whole_words() -> None:
    assert find("他说习近平访问", "习近平") == [["习近平"]]


@pytest.mark.parametrize("mark", ["[…]", "[...]", " […] ", "\n[…]\n", "[…] […]"])
def test_an_omission_stands_for_any_words_between(mark: str) -> None:
    assert find("it will, in my view, cost twice", f"it will{mark}cost") == [["it will", "cost"]]


def test_the_parts_of_a_quotation_stand_in_their_order() -> None:
    assert find("one two three", "three […] one") == []
    assert find("one two one", "one […] one") == [["one", "one"]]
    assert find("one two", "one […] one") == []


def test_parts_are_whole_words_too() -> None:
    assert find("one ones two", "one […] one") == []
    assert find("one ones one", "one […] one") == [["one", "one"]]


def test_prefix_and_suffix_decide_between_equal_words() -> None:
    text = "Stone is dear. Stone is cheap.  Stone, they say."
    assert len(find(text, "Stone")) == 3
    assert len(find(text, "Stone", suffix="is")) == 2
    assert len(find(text, "Stone", suffix=" is  cheap")) == 1
    assert len(find(text, "Stone", prefix="cheap.\n")) == 1
    assert len(find(text, "Stone", prefix="dear.", suffix=",")) == 0
    assert len(find(text, "Stone is […] say", prefix="dear.", suffix=".")) == 1


def test_a_prefix_at_the_beginning_and_a_suffix_at_the_end_are_found_nowhere() -> None:
    assert find("Stone", "Stone", prefix="x") == []
    assert find("Stone", "Stone", suffix="x") == []


def test_overlapping_places_are_all_found() -> None:
    assert len(find("so so so", "so so")) == 2


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("the wll will csot", "the wall will cost"),
        ("the harbour wall", "the wall"),
        ("named last yea", "named last year"),
        (
            "In my vieww the wall will cost twice the sums named last year, and more will be asked of us",
            "In my view the wall will cost twice the sum named last year, and more will be asked of us",
        ),
        (
            "Our engineers all believe that the wall will cost twice the sum named last year, and more",
            "Indeed. In my view the wall will cost twice the sum named last year, and more",
        ),
    ],
)
def test_the_nearest_words_to_a_lost_quotation_are_whole_words(quote: str, nearest: str) -> None:
    text = (
        "Indeed. In my view the wall will cost twice the sum named last year, and more will be asked of us."
    )
    assert QuotableText(text).nearest(quote) == nearest


def test_an_empty_text_has_no_nearest_words() -> None:
    assert QuotableText("").nearest("x") == ""
    assert QuotableText("x").nearest("") == ""


def test_a_long_text_that_repeats_itself_is_searched_in_linear_time() -> None:
    text = QuotableText("the cat sat on the wall. " * 40_000 + "zebra")
    assert len(text.find(Selector(quote="the […] zebra"))) == 80_000
    assert text.find(Selector(quote="the […] zebu")) == ()
    assert text.find(Selector(quote="the", prefix="zzz", suffix="zzz")) == ()
    assert text.nearest("the zebra sat on the wall. " * 200)


def test_a_quotation_across_blocks_is_split_at_their_borders() -> None:
    text = "One *two*\nthree.\n\n- Four.\n\n> Five six[^1]\n\n[^1]: Seven.\n"
    parsed = parse_markdown(text, PlaceFinder(CorpusFile(path="a", text=text)), name_of=None)[0]
    leaves = parsed.leaves()
    (pieces,) = QuotableLeaves(leaves).find(Selector(quote="three. Four. […] six"))
    assert [(p.leaf, leaves[p.leaf].text[p.span.start : p.span.end]) for p in pieces] == [
        (0, "three."),
        (1, "Four."),
        (2, "six"),
    ]


def located(
    tmp_path: Path, text: str | None, annotations: str, source: bytes | None = None
) -> LocatedQuotation:
    """Return where the quotation `q` of a document stands."""
    record = "---\ntitle: Letter\ndate: 1964\nkind: letter\nrights: {publish: full}\n"
    files: dict[str, str | bytes | None] = {
        "documents/letter.md": record + f"source: {{file: letter.txt, sha256: {'0' * 64}}}\n---\n",
        "annotations/letter.yml": annotations,
        "texts/letter.md": text,
        "sources/letter.txt": source,
    }
    return stage(tmp_path, files).linked.quotations["letter", "q"]


def test_a_quotation_is_located_in_its_passage(tmp_path: Path) -> None:
    found = located(tmp_path, "# One\n\nTwo.\n\nThree four.\n", "- {id: q, quote: four}\n")
    assert (found.state, found.passage) == ("verified", 2)
    assert found.spans == (LeafSpan(leaf=2, span=Span(start=6, end=10)),)


def test_a_quotation_of_a_heading_or_a_note_stands_in_no_passage(tmp_path: Path) -> None:
    text = "# One\n\nTwo.[^1]\n\n[^1]: Three.\n"
    assert located(tmp_path, text, "- {id: q, quote: One}\n").passage is None
    assert located(tmp_path, text, "- {id: q, quote: Three}\n").passage is None


def test_without_a_transcription_the_source_proves_a_quotation(tmp_path: Path) -> None:
    assert located(tmp_path, None, "- {id: q, quote: four}\n", b"Three four.").state == "verified-in-source"
    assert located(tmp_path, None, "- {id: q, quote: five}\n", b"Three four.").state == "missing"


def test_a_source_in_another_unicode_form_and_with_other_line_ends_proves_the_same(tmp_path: Path) -> None:
    source = "\ufeffThe cafe\u0301 and national secu-\r\nrity".encode()
    found = located(tmp_path, None, "- {id: q, quote: The café and national security}\n", source)
    assert found.state == "verified-in-source"


def test_an_escape_in_yaml_may_be_in_another_unicode_form(tmp_path: Path) -> None:
    assert located(tmp_path, "The café.\n", '- {id: q, quote: "The cafe\\u0301"}\n').state == "verified"


def test_a_source_that_is_not_text_leaves_a_quotation_unchecked(tmp_path: Path) -> None:
    assert located(tmp_path, None, "- {id: q, quote: four}\n", b"%PDF\xff").state == "unchecked"


@pytest.mark.parametrize("text", ["secu-\nrity", "a \u200b b", " x ", "“a” ‘b’", "a-\n-\nb", "\u00ad-\nx"])
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise_quotation(text).text
    assert normalise_quotation(once).text == once
