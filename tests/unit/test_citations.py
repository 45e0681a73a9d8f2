"""Citations in a style: the right words, corpus text as text, and no crash."""

from __future__ import annotations

import warnings
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.load.csl_dates import csl_date
from generator.model.citation import CitationFault, RenderedCitation, Segment, SegmentStyle, plain_text
from generator.model.records import CitationEntry
from generator.render.citations import DEFAULT_STYLE, OpenStyle, cite_entry, find_style, render_citations
from generator.render.document_citations import USUAL_STYLES
from generator.render.strings import open_strings
from generator.resources import TEMPLATES

ENGLISH = open_strings([TEMPLATES], "en")

LEE = [{"family": "Lee", "given": "Ann"}]
ITALIC: frozenset[SegmentStyle] = frozenset(("italic",))


def entry(title: str = "The wall", **keys: Any) -> CitationEntry:
    """Return an entry; `_` in a key stands for `-`, `issued` is EDTF."""
    issued, url = keys.pop("issued", None), keys.get("URL")
    csl: dict[str, Any] = {"id": "x", "type": "article-newspaper", "title": title}
    csl |= {key.replace("_", "-"): keys[key] for key in keys}
    if issued is not None:
        csl["issued"] = csl_date(issued)
    return CitationEntry(id="x", type=csl["type"], title=title, issued=issued, url=url, csl=csl)


def render(cited: CitationEntry, style: str = DEFAULT_STYLE) -> RenderedCitation:
    rendered, faults = render_citations([cited], style, ENGLISH)
    assert not faults
    return rendered["x"]


def note(cited: CitationEntry, style: str = DEFAULT_STYLE) -> str:
    return plain_text(render(cited, style).note)


def test_a_news_report_is_cited_in_full_in_note_and_bibliography() -> None:
    url = "https://gazette.example/wall?a=1&b=2"
    cited = entry("The Wall", author=LEE, container_title="Gazette", issued="2025-09-27", URL=url)
    assert render(cited) == RenderedCitation(
        note=(
            Segment(text="Ann Lee, “The Wall,” "),
            Segment(text="Gazette", style=ITALIC),
            Segment(text=f", September 27, 2025, {url}."),
        ),
        bibliography=(
            Segment(text="Lee, Ann. “The Wall.” "),
            Segment(text="Gazette", style=ITALIC),
            Segment(text=f", September 27, 2025. {url}."),
        ),
    )


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("modern-language-association", "Lee, Ann. “The Wall.” Gazette, 27 Sept. 2025."),
        ("apa", "Lee, A. (2025, September 27). The Wall. Gazette."),
        ("ieee", "A. Lee, “The Wall,” Gazette, Sep. 27, 2025."),
        ("oscola", "Ann Lee, ‘The Wall’ Gazette (27 September 2025)."),
        ("chicago-notes-bibliography", "Ann Lee, “The Wall,” Gazette, September 27, 2025."),
        ("new-harts-rules-notes", "Ann Lee, ‘The Wall’, Gazette (27 Sept. 2025)."),
        ("din-1505-2", "Lee, Ann: The Wall. In: Gazette (2025)"),
    ],
)
def test_each_style_has_its_own_words_and_punctuation(style: str, text: str) -> None:
    assert note(entry("The Wall", author=LEE, container_title="Gazette", issued="2025-09-27"), style) == text


def test_where_a_style_has_no_notes_the_note_is_the_line_of_the_bibliography() -> None:
    rendered = render(entry(author=LEE, issued="2025"), "apa")
    assert rendered.note == rendered.bibliography


def test_markup_in_a_title_comes_out_as_text() -> None:
    title = (
        '<b>HUGE</b> <span class="nocase">X</span> <script>alert(1)</script> &amp; $X^2$ \\textbf{Y} *Z* '
        "[A](javascript:alert(1))"
    )
    assert render(entry(title, type="book", issued="2025", language="de")).note == (
        Segment(text=title, style=ITALIC),
        Segment(text=", 2025."),
    )


def test_a_title_cannot_forge_the_markers_of_a_style() -> None:
    assert render(entry("A\ufdd0B\ufdd8\ufde1”\ufde2C", author=LEE, issued="2025")).note == (
        Segment(text="Ann Lee, “AB”C,” 2025."),
    )


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("What Now?", "Ann Lee, “What Now?” 2025."),
        ("Stop!", "Ann Lee, “Stop!” 2025."),
        ("The Firm Inc.", "Ann Lee, “The Firm Inc.,” 2025."),
        ("The “Inner”, Kept", "Ann Lee, “The “Inner”, Kept,” 2025."),
        ("Wait ... What", "Ann Lee, “Wait ... What,” 2025."),
    ],
)
def test_punctuation_stands_once_and_inside_the_quotation_marks(title: str, text: str) -> None:
    assert note(entry(title, author=LEE, issued="2025")) == text


def test_a_full_stop_is_not_doubled_after_a_title_in_italics() -> None:
    rendered = render(entry("What Now?", type="book", author=LEE, publisher="Quay Ltd.", issued="2025"))
    assert plain_text(rendered.bibliography) == "Lee, Ann. What Now? Quay Ltd., 2025."
    rendered = render(entry("The Firm Inc.", type="book", author=LEE, publisher="Quay", issued="2025"))
    assert plain_text(rendered.bibliography) == "Lee, Ann. The Firm Inc. Quay, 2025."


def test_a_description_in_brackets_has_no_quotation_marks_and_keeps_its_capitals() -> None:
    cited = entry(
        "[Tweet on the larger deal]", type="post", author=[{"literal": "Ann Lee (@lee)"}], issued="2018-05-14"
    )
    assert note(cited) == "Ann Lee (@lee), [Tweet on the larger deal], May 14, 2018."


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2026-02~", "about February 2026"),
        ("2018?", "2018 (uncertain)"),
        ("2026-01/2026-03", "January–March 2026"),
        ("2018-05-13/2018-05-15", "13 to 15 May 2018"),
        ("2026-21", "spring 2026"),
        ("../2026", "until 2026"),
        ("-0043", "44 BC"),
    ],
)
def test_a_date_keeps_its_doubts_and_its_range(edtf: str, words: str) -> None:
    assert note(entry("Wall", author=LEE, issued=edtf)) == f"Ann Lee, “Wall,” {words}."


def test_an_entry_without_author_and_date_is_cited() -> None:
    assert note(entry("Wall", container_title="Gazette")) == "“Wall,” Gazette, n.d."


def test_a_bill_is_named_once_and_not_called_a_law() -> None:
    assert note(entry("S.1053", type="bill", number="S.1053")) == "S.1053."
    assert note(entry("Harbour Act", type="bill", number="S.7", authority="U.S. Senate")) == (
        "U.S. Senate, Harbour Act, S.7."
    )


def test_a_hearing_names_its_committee() -> None:
    cited = entry("[Hearings on chips]", type="hearing", authority="House Committee", issued="2026-01")
    assert plain_text(render(cited).bibliography) == "House Committee. [Hearings on chips]. January 2026."


def test_names_that_only_newer_styles_know_do_no_harm() -> None:
    assert note(entry("Film", type="motion_picture", director=LEE, guest=LEE, issued="2018")) == "Film, 2018."


def test_an_unknown_style_is_a_fault_and_the_default_takes_its_place() -> None:
    rendered, faults = render_citations([entry("Wall", author=LEE)], "chicago-notes-biblography", ENGLISH)
    assert faults == (
        CitationFault(
            code="unknown-citation-style",
            entry=None,
            what='"chicago-notes-biblography" is not a citation style of the CSL repository',
            why=f"citations would be in the default style, {DEFAULT_STYLE}",
            help="did you mean `chicago-notes-bibliography`?",
        ),
    )
    assert plain_text(rendered["x"].note) == "Ann Lee, “Wall,” n.d."


@pytest.mark.parametrize("style", ["/etc/passwd", "../../x", "", "apa\x00", "<style/>"])
def test_a_style_is_a_name_and_never_a_path(style: str) -> None:
    faults = render_citations([entry()], style, ENGLISH)[1]
    assert [fault.code for fault in faults] == ["unknown-citation-style"]


def test_an_entry_that_the_style_cannot_word_comes_out_in_plain_words() -> None:
    cited = entry(
        "Wall",
        author=LEE,
        container_title="Gazette",
        issued="2018-05",
        accessed={"date-parts": [["a", "b", "c"], ["d"]]},
        URL="https://x.example/",
    )
    rendered, faults = render_citations([cited], DEFAULT_STYLE, ENGLISH)
    assert faults == (
        CitationFault(
            code="citation-not-styled",
            entry="x",
            what="`x` could not be rendered in the citation style",
            why="it stands in plain words instead "
            "(TypeError: '>' not supported between instances of 'str' and 'int')",
            help="look for an unusual value in the entry, or set another `citations.style` in dossier.md",
        ),
    )
    assert rendered["x"].note == (
        Segment(text="Ann Lee, “Wall,” "),
        Segment(text="Gazette", style=ITALIC),
        Segment(text=", May 2018, https://x.example/."),
    )


def test_the_order_of_entries_makes_no_difference() -> None:
    cited = [
        CitationEntry(id=f"e{n}", type=kind, title="Wall", issued=None, url=None, csl={
            "type": kind, "title": "Wall", "author": LEE, "accessed": csl_date("2025-01-02"),
            "issued": csl_date("2018-05-14"), "URL": "https://x.example/"})
        for n, kind in enumerate(["webpage", "book", "bill", "thesis", "article-journal", "webpage"])
    ]  # fmt: skip
    forwards = render_citations(cited, "modern-language-association", ENGLISH)
    backwards = render_citations(cited[::-1], "modern-language-association", ENGLISH)
    assert dict(forwards[0]) == dict(backwards[0])


def test_no_warning_escapes() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        render(entry(director=LEE, keyword="x", custom={"a": "b"}))


def comparable(text: str) -> str:
    return "".join(text.strip(" .,;:!?").upper().casefold().split())


@settings(deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cn"])),
    st.sampled_from(["book", "webpage"]),
)
def test_any_title_comes_out_whole_as_text_in_one_style(title: str, kind: str) -> None:
    rendered, faults = render_citations(
        [entry(title, type=kind, author=LEE, issued="2025")], DEFAULT_STYLE, ENGLISH
    )
    for form in (rendered["x"].note, rendered["x"].bibliography):
        assert comparable(title) in comparable(plain_text(form))
    assert not faults
    assert {segment.style for segment in rendered["x"].note} <= {frozenset(), ITALIC}


@settings(deadline=None, max_examples=50)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "volume",
                "issue",
                "page",
                "edition",
                "number",
                "number-of-pages",
                "genre",
                "publisher",
                "version",
            ]
        ),
        st.text(max_size=20),
    )
)
def test_any_values_are_rendered_without_a_crash(values: dict[str, str]) -> None:
    for style in (DEFAULT_STYLE, "apa"):
        rendered, _ = render_citations([entry("Wall", author=LEE, **values)], style, ENGLISH)
        assert "Wall" in plain_text(rendered["x"].note)


STYLES = (
    *USUAL_STYLES,
    *("ieee", "nature", "american-medical-association", "oscola"),
    *(
        "elsevier-harvard",
        "springer-basic-author-date",
        "iso690-author-date-en",
        "multidisciplinary-digital-publishing-institute",
    ),
)
NAMES = [
    *LEE,
    {"family": "Berg", "given": "Jean-Paul", "non-dropping-particle": "von"},
    {"literal": "The Board"},
]
TYPES = (
    *("article-journal", "book", "chapter", "report", "webpage", "legal_case", "thesis", "interview"),
    *("personal_communication", "article-newspaper", "paper-conference", "speech", "post", "document", "map"),
)
VARIABLES: dict[str, Any] = {
    "author": NAMES,
    "editor": NAMES[:2],
    "translator": LEE,
    "recipient": LEE,
    "container-title": "Gazette of the harbour",
    "publisher": "Quay & Co.",
    "publisher-place": "Wallport",
    "volume": "12",
    "issue": "3-4",
    "edition": "2",
    "page": "101-9",
    "number": "7b",
    "genre": "letter",
    "URL": "https://gazette.example/wall",
    "issued": csl_date("1962-03-14/1962-05"),
    "language": "de",
    "accessed": csl_date("2020-02-01"),
}


def test_a_held_tree_writes_what_citeproc_writes() -> None:
    """For entries of many types, each with variables of its own, the answers held change nothing."""
    chance = Random(7)  # noqa: S311 - the same entries in every run
    entries = []
    for number, kind in enumerate(TYPES * 2):
        held = {name: value for name, value in VARIABLES.items() if chance.random() < 0.5}
        title = f"What the wall cost, {number}{chance.choice(['', '?', ': a study'])}"
        csl = {"id": "x", "type": kind, "title": title, **held}
        entries.append(
            CitationEntry(id="x", type=kind, title=title, issued=None, url=held.get("URL"), csl=csl)
        )
    for name in STYLES:
        path = find_style(name)
        assert path is not None, name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            fast, slow = (OpenStyle(path, ENGLISH, is_held=is_held) for is_held in (True, False))
        for cited in entries:
            assert cite_entry(cited, fast) == cite_entry(cited, slow), (name, cited)
