"""What an import says of a document: date, kind, chain, language, title, each with the line that says it."""

from __future__ import annotations

import pytest

from generator.importing.compose import Composed, compose
from generator.importing.draft import SourceName, render_record
from generator.importing.facts.dates import find_date, find_dates
from generator.importing.model import Fact, Line
from generator.importing.readers.read import read_content

FIRST = "The harbour board met on the third day and heard what the engineers had to say of the old wall."
SECOND = "Nobody had asked the ferrymen, who would have told them that the wall was lost before the winter."
GERMAN = "Der Vorstand des Hafens kam am dritten Tag zusammen und hörte, was Ingenieure von der Mauer zu sagen hatten."
FRENCH = "Le conseil du port se réunit le troisième jour pour entendre ce que les ingénieurs avaient dit de la digue."


def drafted(text: str, name: str = "a.txt") -> Composed:
    received = read_content(name, text.encode()).received
    assert received is not None
    return compose(received)


def facts(text: str, name: str = "a.txt") -> dict[str, tuple[str, int]]:
    """Return the first value of each key, with its line."""
    return {fact.key: (fact.value, fact.line) for fact in reversed(drafted(text, name).facts)}


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("October 29, 2025", "2025-10-29"),
        ("Oct. 29th, 2025", "2025-10-29"),
        ("29 October 2025", "2025-10-29"),
        ("2025-10-29", "2025-10-29"),
        ("29. Oktober 2025", "2025-10-29"),
        ("29.10.2025", "2025-10-29"),
        ("1er mai 2020", "2020-05-01"),
        ("14 février 2019", "2019-02-14"),
        ("29 de octubre de 2025", "2025-10-29"),
        ("3 marzo 1998", "1998-03-03"),
        ("3 maart 1998", "1998-03-03"),
        ("October 2025", "2025-10"),
        ("marzo de 1998", "1998-03"),
    ],
)
def test_a_date_is_read_in_the_words_of_many_languages(words: str, edtf: str) -> None:
    assert next(find_dates(f"TARN, {words}"))[0] == edtf


@pytest.mark.parametrize(
    "words", ["31 February 2021", "2021-02-30", "May 32, 2021", "12/10/2023", "May 3", "1234567-10-2"]
)
def test_what_is_no_day_or_might_be_two_is_no_date(words: str) -> None:
    assert not [edtf for edtf, _ in find_dates(words) if len(edtf) == 10]


def lines(*texts: str) -> list[Line]:
    return [Line(text=text, number=number) for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    "line",
    [
        "12 March 2031",
        "Date: 12 March 2031",
        "Published on March 12, 2031",
        "Updated 12 March 2031 at noon in the Harbour House",
        "By Ottoline Grau, for The Estuary Review · 12 March 2031 · 5 min read",
        "TARN HAVEN, Norvessa, 12 March 2031 — The salt road is closed, and nobody knows for how long it will be.",
        "Grauhafen, den 12. März 2031",
    ],
)
def test_a_line_at_the_head_that_gives_its_date_is_believed(line: str) -> None:
    found = find_date(lines("The salt road", "", line, "", FIRST), ())
    assert found is not None
    assert (found.value, found.line) == ("2031-03-12", 3)


@pytest.mark.parametrize(
    "line",
    [
        f"On 12 March 2031 the wall was lost. {FIRST}",
        "The wall was lost on 12 March 2031, and the ferrymen said that nobody had asked them before.",
        "Closed since 12 March 2031",
        "From 12 March 2031",
    ],
)
def test_a_date_that_the_text_only_speaks_of_is_none_of_its_own(line: str) -> None:
    assert find_date(lines("The salt road", line, FIRST), ()) is None


def test_what_the_format_states_comes_before_what_the_text_says() -> None:
    stated = (Fact(key="date", value="2030-01-02T10:00:00Z", line=7, words="meta"),)
    found = find_date(lines("12 March 2031", FIRST), stated)
    assert found is not None
    assert (found.value, found.line, found.words) == ("2030-01-02", 7, "meta")


PAGE = f"""<!doctype html>
<html lang="en"><head>
<title>The salt road | Daily Loaf</title>
</head><body><article>
<h1>The salt road</h1>


<p>12 March 2031</p>



<p>{FIRST}</p>
<p>{SECOND}</p>
<p>Source: https://marsh.example/salt</p>
</article></body></html>
"""


def test_a_fact_of_a_page_names_the_line_of_the_file() -> None:
    found = facts(PAGE, "a.html")
    assert found["date"] == ("2031-03-12", 8)
    assert found["publisher"] == ("Marsh", 14)
    assert found["kind"] == ("news report", 14)


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_the_words_of_a_fact_stand_in_the_line_that_it_names(name: str) -> None:
    text = PAGE if name == "a.html" else LETTER
    rows = text.split("\n")
    for fact in drafted(text, name).facts:
        if fact.key != "language":
            assert fact.words.split()[0] in rows[fact.line - 1], fact


LETTER = f"""\
Ministry of Ferries

12 March 2031

The Honorable Orla Quist
Minister of Tides

Dear Minister Quist:

{FIRST}

{SECOND}

Sincerely,

Wilma Achterhof
"""


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        (LETTER, "letter", 8),
        (f"FOR IMMEDIATE RELEASE\n\n{FIRST}\n\n###\n", "press release", 1),
        (f"Pressemitteilung\n\n{GERMAN}\n", "press release", 1),
        (f"Statement of Ann Lee\nBefore the Committee on Quays\n\n{FIRST}\n", "testimony", 1),
        (f"Executive Summary\n\n{FIRST}\n\nChapter 1\n\n{SECOND}\n", "report", 1),
        (f"The salt road\n\nBy Ottoline Grau\n\n{FIRST}\n", "news report", 3),
        (f"{FIRST}\n\nOpen it. — Ottoline Grau (@PM_Grau) March 3, 2021\n\n{SECOND}\n", "news report", 3),
    ],
)
def test_the_form_of_a_text_says_its_kind(text: str, kind: str, line: int) -> None:
    assert facts(text)["kind"] == (kind, line)


def test_a_text_that_says_nothing_of_its_kind_has_none() -> None:
    assert "kind" not in facts(f"{FIRST}\n\n{SECOND}\n")


def outlets(text: str, name: str = "a.txt") -> list[str]:
    return [fact.value for fact in drafted(text, name).facts if fact.key == "outlet"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Source: https://www.marsh-post.example/salt",), ["Marsh-post"]),
        (("This article was originally published by The Fenland Herald.",), ["The Fenland Herald"]),
        (
            ("This article was originally published by The Fenland Herald and appeared on Good Odd News.",),
            ["The Fenland Herald", "Good Odd News"],
        ),
        (
            ("Source: https://marsh.example/salt", "Opinions do not reflect the views of LOAFX."),
            ["Marsh", "LOAFX"],
        ),
        (("© 2021 Daily Loaf",), []),
        (("The source of the river is the hill.",), []),
    ],
)
def test_a_chain_of_reposts_begins_at_the_origin(lines: tuple[str, ...], expected: list[str]) -> None:
    assert outlets("\n\n".join((FIRST, SECOND, *lines)) + "\n") == expected


def test_the_feed_that_an_article_appeared_in_comes_first() -> None:
    feed = "The post The salt road appeared first on LedgerGull."
    text = "\n\n".join((feed, FIRST, SECOND, FIRST, "© 2021 Daily Loaf")) + "\n"
    assert outlets(text) == ["LedgerGull", "Daily Loaf"]


@pytest.mark.parametrize(("text", "language"), [(FIRST, "en"), (GERMAN, "de"), (FRENCH, "fr")])
def test_the_words_say_the_language(text: str, language: str) -> None:
    assert facts(f"{text}\n\n{text}\n")["language"] == (language, 1)


@pytest.mark.parametrize("text", ["Ja.", "Orla Quist\n\nDov Castell", "1 2 3 4 5 6 7 8 9"])
def test_few_words_leave_the_language_open(text: str) -> None:
    assert "language" not in facts(text)


def test_a_page_is_not_believed_on_its_language_against_its_words() -> None:
    page = f'<!doctype html><html lang="en"><body><p>{GERMAN}</p><p>{GERMAN}</p></body></html>'
    assert facts(page, "a.html")["language"][0] == "de"


def test_a_page_is_believed_on_its_language_where_the_words_do_not_say() -> None:
    assert facts('<!doctype html><html lang="pt-BR"><body><p>Ja.</p></body></html>', "a.html")[
        "language"
    ] == ("pt-BR", 1)


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        (f"# The salt road\n\n{FIRST}\n", "The salt road", 1),
        (f"The salt road is closed\n\n{FIRST}\n\n{SECOND}\n", "The salt road is closed", 1),
        (f"Statement of\nAnn Lee\n\n{FIRST}\n", "Statement of Ann Lee", 1),
        (LETTER.replace("Dear", "Re: The dark lights\n\nDear"), "The dark lights", 8),
    ],
)
def test_the_title_is_told_from_the_first_paragraph(text: str, title: str, line: int) -> None:
    assert facts(text)["title"] == (title, line)


def test_a_page_bears_the_title_of_its_article_without_the_name_of_the_site() -> None:
    assert facts(PAGE, "a.html")["title"][0] == "The salt road"


@pytest.mark.parametrize("text", [f"{FIRST}\n\n{SECOND}\n", LETTER, "Yes.\n"])
def test_a_text_without_a_title_has_none_and_a_description_in_brackets(text: str) -> None:
    composed = drafted(text)
    assert "title" not in {fact.key for fact in composed.facts}
    record = render_record(composed, SourceName(file="a.txt", sha256="0" * 64), {}, {})
    assert record.split("\n")[1].startswith("title: '[")
    assert "- {what: A title.," in record or "what: A title." in record


def test_what_the_source_does_not_say_is_a_gap() -> None:
    record = render_record(drafted("Yes.\n"), SourceName(file="a.txt", sha256="0" * 64), {}, {})
    assert "date: XXXX\nkind: document\n" in record
    for gap in ("A title.", "A date.", "The kind of document.", "The language."):
        assert f"what: {gap}" in record


def test_a_line_within_a_block_of_a_page_is_that_of_the_file() -> None:
    page = (
        "<!doctype html><html><body>\n<p>12 March 2031</p>\n\n\n"
        "<p>The Honorable Orla Quist<br>\n\n\nMinister of Tides</p>\n\n<p>Dear Minister Quist:</p>\n"
        f"<p>{FIRST}</p>\n<p>{SECOND}</p>\n<p>Sincerely,</p>\n\n<p>Wilma Achterhof</p>\n</body></html>\n"
    )
    found = facts(page, "a.html")
    rows = page.split("\n")
    assert "Orla Quist" in rows[found["recipient"][1] - 1]
    assert "Wilma Achterhof" in rows[found["signatory"][1] - 1]
