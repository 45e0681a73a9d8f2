"""Notes become drafts of bibliography entries that the bibliography can hold without a finding."""

from __future__ import annotations

import pytest

from generator.importing.citations import CitationDraft, draft_citations
from generator.importing.draft import render_citations
from generator.importing.model import Note
from generator.load.csl import parse_citations
from generator.load.yaml import parse_yaml
from generator.model.places import Place


def draft(text: str) -> CitationDraft:
    (only,) = draft_citations([Note(label="1", text=text, line=1)])
    return only


def fields(text: str) -> dict[str, object]:
    return draft(text).values


def names(text: str) -> list[dict[str, str]]:
    found = fields(text).get("author", [])
    assert isinstance(found, list)
    return found


NOTES = (
    "Quist, Orla, and Holm, Ada. “The late ferry.” *The Estuary Post*, May 4, 2030. https://post.example/a?id=3.",
    "Orla Quist, “The late ferry,” *The Estuary Post*, 4 May 2030, <https://post.example/a>",
    "The White Hall, “Order on Ferries,” September 25, 2025.",
    "“Ferries are late.” The White Hall, September 25, 2025. https://hall.example/order",
    "Orla Quist, *The Law of Quays*, 2019, p. 4.",
    "S.1053",
    "H.R. 3447 — An act on quays",
    "Quist v. Holm, “On the quay,” 2011.",
    "The Quays Act, § 5",
    "https://law.example/quays",
    "[The Post](https://post.example/a)",
    "Marginal note: the wall, once more, is old",
    "„Der Deich“, *Grauhafener Bote*, 3. März 2021",
    "« La digue », *Le Port*, 1er mai 2020",
    "See L. Marchetti and P. Kessel, “On ferries,” 1999.",
    "& * # - : [ ] { } ! | > ' \" % @ `",
    "no",
    "2031",
    "“" + "Long words. " * 40 + "”",
    "https://a.example/x\\y “A title of words”",
    "www.law.example/quays “A title of words”",
    "http://[::1 “A title of words”",
)


@pytest.mark.parametrize("text", NOTES)
def test_a_draft_loads_without_a_finding(text: str) -> None:
    written = render_citations([draft(text)])
    value, _, found = parse_yaml(written, path="citations.yml")
    assert not found
    entries, found = parse_citations(value, lambda keys: Place(path="citations.yml"))
    assert not found
    assert len(entries) == 1


def test_all_drafts_load_together_and_each_has_an_id_of_its_own() -> None:
    drafts = draft_citations(
        [Note(label=str(n), text=text, line=n) for n, text in enumerate(NOTES * 2, start=1)]
    )
    value, _, found = parse_yaml(render_citations(drafts), path="citations.yml")
    assert not found
    entries, found = parse_citations(value, lambda keys: Place(path="citations.yml"))
    assert not found
    assert len({entry.id for entry in entries}) == len(NOTES) * 2


def test_an_article_has_authors_title_outlet_date_and_address() -> None:
    drafted = draft(NOTES[0])
    assert drafted.id == "quist-holm-2030"
    assert drafted.values == {
        "type": "article-newspaper",
        "title": "The late ferry",
        "author": [{"family": "Quist", "given": "Orla"}, {"family": "Holm", "given": "Ada"}],
        "container-title": "The Estuary Post",
        "issued": "2030-05-04",
        "URL": "https://post.example/a?id=3",
    }
    assert drafted.doubts == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orla Quist, “A title of words,” 2030.", [{"family": "Quist", "given": "Orla"}]),
        ("See Orla Quist, “A title of words,” 2030.", [{"family": "Quist", "given": "Orla"}]),
        ("Harbour Office, “A title of words,” 2030.", [{"literal": "Harbour Office"}]),
        (
            "L. Marchetti and P. Kessel, “A title of words,” 2030.",
            [{"family": "Marchetti", "given": "L."}, {"family": "Kessel", "given": "P."}],
        ),
        ("“A title of words,” 2030.", []),
    ],
)
def test_authors_are_read_in_either_order(text: str, expected: list[dict[str, str]]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("S.1053", "bill"),
        ("H.R. 3447", "bill"),
        ("The Quays Act, § 5", "legislation"),
        ("Quist v. Holm, “On the quay,” 2011.", "legal_case"),
        ("Orla Quist, *The Law of Quays*, 2019.", "book"),
        ("https://law.example/quays", "webpage"),
        ("“A title of words,” https://law.example/quays", "webpage"),
        ("“A title of words,” 2011.", "article"),
        ("A letter in the harbour's files", "document"),
    ],
)
def test_the_type_is_told_from_what_the_note_holds(text: str, kind: str) -> None:
    assert fields(text)["type"] == kind


@pytest.mark.parametrize("text", ["Ibid., p. 4", "Id. at 7", "Supra note 3", "Ebd., S. 4", "See note 12."])
def test_a_note_that_repeats_another_has_no_entry(text: str) -> None:
    assert draft_citations([Note(label="1", text=text, line=1)]) == ()


def test_a_note_without_a_title_in_quotation_marks_is_a_doubt_that_stands_in_the_file() -> None:
    drafted = draft("A letter in the harbour's files")
    assert drafted.values["title"] == "A letter in the harbour's files"
    assert render_citations([drafted]).startswith(
        "# the note puts no title in quotation marks; the whole note stands for it\n- id: "
    )


def test_an_address_that_nobody_may_follow_is_a_doubt() -> None:
    drafted = draft("“A title of words,” https://a.example/x\\y")
    assert "URL" not in drafted.values
    assert drafted.doubts == ("the address in the note is none that a reader may follow",)


def test_a_year_in_the_title_is_not_the_date() -> None:
    assert "issued" not in fields("Orla Quist, “The winter of 1999 in the port.”")


def test_taken_ids_are_not_given_again() -> None:
    (only,) = draft_citations([Note(label="1", text=NOTES[0], line=1)], taken=["quist-holm-2030"])
    assert only.id == "quist-holm-2030-2"
