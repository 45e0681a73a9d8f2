"""What the dossier lacks: derived from the records, entered by the editors, on one page and on those concerned."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.model.index import FoundGap
from tests.corpora import stage
from tests.unit.test_origins import write_pages

Files = Mapping[str, str | bytes | None]
TEXT = (
    "The wall leaks. The board knows.[^1] Nobody says so.[^3]\n\n[^1]: One.\n\n[^2]: Two.\n\n[^3]: Three.\n"
)


def document(fields: str = "", *, date: str = "1964-03-02", publish: str = "full") -> str:
    """Return the record of one more document, with these lines in it."""
    return f"---\ntitle: Sheet\ndate: {date}\nkind: letter\nrights: {{publish: {publish}}}\n{fields}---\n"


def gaps(folder: Path, files: Files) -> list[FoundGap]:
    """Return the gaps of the document `sheet` in the harbour corpus with these files."""
    return list(stage(folder, files).index.gaps_of.get("sheet", ()))


def findings(found: list[FoundGap]) -> list[tuple[str, str]]:
    """Return the group and finding of each gap."""
    return [(gap.group, gap.finding) for gap in found]


@pytest.mark.parametrize(
    ("date", "finding"),
    [
        ("XXXX", "undated"),
        ("1964~", "approximate"),
        ("1964-03?", "uncertain"),
        ("1964-XX", "unspecified"),
        ("1964-03", None),
        ("1964/1965", None),
        ("soon", None),
    ],
)
def test_dates_that_are_not_known_for_certain_are_gaps(
    tmp_path: Path, date: str, finding: str | None
) -> None:
    files = {"documents/sheet.md": document("authors: [ann-lee]\n", date=date), "texts/sheet.md": "Words.\n"}
    assert findings(gaps(tmp_path, files)) == ([("undated", finding)] if finding else [])


def test_nobody_named_as_author_or_publisher_is_a_gap(tmp_path: Path) -> None:
    files = {"documents/sheet.md": document(), "texts/sheet.md": "Words.\n"}
    assert findings(gaps(tmp_path / "none", files)) == [("unnamed", "nobody")]
    for key in ("authors: [ann-lee]", "signatories: [ann-lee]", "publisher: ann-lee"):
        named = {**files, "documents/sheet.md": document(f"{key}\n")}
        assert gaps(tmp_path / key[:4], named) == []


def test_marks_that_are_lost_or_placed_by_the_editors_are_gaps(tmp_path: Path) -> None:
    notes = 'footnotes: {"1": {placed_by: editors}, "2": {mark: lost}, "3": {placed_by: source}}\n'
    files = {"documents/sheet.md": document("publisher: ann-lee\n" + notes), "texts/sheet.md": TEXT}
    found = gaps(tmp_path, files)
    assert [(*pair, gap.labels) for pair, gap in zip(findings(found), found, strict=True)] == [
        ("lost-mark", "lost", ("2",)),
        ("placed-mark", "placed", ("1",)),
    ]


def test_statements_of_nobody_and_hearsay_through_nameless_hands_are_gaps(tmp_path: Path) -> None:
    annotations = """\
- {id: said, quote: The wall leaks., speaker: ann-lee}
- {id: told, quote: The board knows., attribution: a clerk}
- {id: plain, quote: leaks}
- {id: heard, quote: Nobody, speaker: ann-lee, modality: hearsay, chain: [{actor: jo-smith}, {name: a clerk}]}
- {id: named, quote: says so, speaker: ann-lee, modality: hearsay, chain: [{actor: jo-smith}]}
"""
    files = {
        "documents/sheet.md": document("publisher: ann-lee\n"),
        "texts/sheet.md": "The wall leaks. The board knows. Nobody says so.\n",
        "annotations/sheet.yml": annotations,
    }
    (found,) = gaps(tmp_path, files)
    assert (found.group, found.finding) == ("unnamed-speaker", "no-speaker")
    assert [one.annotation.id for one in found.statements] == ["told", "heard"]


def test_texts_that_are_not_published_say_how_much_is_and_what_is_not_verified(tmp_path: Path) -> None:
    annotations = "- {id: leak, quote: The wall leaks., speaker: ann-lee}\n"
    files: Files = {"annotations/sheet.yml": annotations}
    publisher = "publisher: ann-lee\n"
    excerpts = {**files, "documents/sheet.md": document(publisher, publish="excerpts")}
    found = gaps(tmp_path / "excerpts", excerpts)
    assert findings(found) == [("unverified", "not-verified"), ("withheld", "excerpts")]
    assert (len(found[1].statements), found[1].words) == (1, 3)
    record = {**files, "documents/sheet.md": document(publisher, publish="record")}
    assert findings(gaps(tmp_path / "record", record)) == [("withheld", "record")]
    full = {"documents/sheet.md": document(publisher)}
    assert findings(gaps(tmp_path / "full", full)) == [("withheld", "no-text")]


def test_a_work_that_documents_refer_to_is_absent_unless_one_holds_its_address(tmp_path: Path) -> None:
    index = stage(tmp_path / "absent").index
    assert [gap.slug for gap in index.gaps if gap.finding == "absent"] == ["gazette-1961"]
    (of_work,) = index.gaps_of["gazette-1961"]
    assert [(use.source, use.note) for use in of_work.uses] == [("memo-1962", "1")]
    assert of_work in index.gaps_of["memo-1962"]
    entry = "- {id: gazette-1961, type: webpage, title: The wall that leaks, URL: 'https://g.example/a/'}\n"
    held = document("publisher: ann-lee\nprovenance: [{actor: jo-smith, url: 'https://g.example/a'}]\n")
    files = {"citations.yml": entry, "documents/sheet.md": held, "texts/sheet.md": "Words.\n"}
    assert "gazette-1961" not in stage(tmp_path / "held", files).index.gaps_of


def test_a_work_that_only_the_editors_cite_elsewhere_is_not_absent(tmp_path: Path) -> None:
    memo = (
        "---\ntitle: Memo\ndate: 1962\nkind: letter\nauthors: [ann-lee]\nrights: {publish: full}\n---\nOne.\n"
    )
    index = stage(tmp_path, {"documents/memo-1962.md": memo}).index
    assert "gazette-1961" not in index.gaps_of


def test_what_the_editors_entered_stands_under_its_kind_and_first_on_its_page(tmp_path: Path) -> None:
    entered = (
        "gaps: [{what: Plan., kind: absent-document}, {what: Page 2., kind: missing-pages}, {what: Ink.}]\n"
    )
    files = {"documents/sheet.md": document(entered), "texts/sheet.md": "Words.\n"}
    staged = stage(tmp_path, files)
    assert [(gap.group, gap.entered) for gap in staged.index.gaps_of["sheet"]] == [
        ("absent-document", 0),
        ("missing-pages", 1),
        ("other", 2),
        ("unnamed", None),
    ]
    groups = [gap.group for gap in staged.index.gaps if gap.slug == "sheet"]
    assert groups == ["absent-document", "missing-pages", "unnamed", "other"]


def test_the_page_of_gaps_counts_each_kind_and_links_to_the_places(tmp_path: Path) -> None:
    notes = 'footnotes: {"1": {placed_by: editors}, "2": {mark: lost}, "3": {placed_by: editors}}\n'
    fields = notes + "gaps: [{what: 'The drawing, as [[ann-lee]] says.', why: Torn off.}]\n"
    annotations = "- {id: told, quote: The wall leaks., attribution: a clerk}\n"
    files = {
        "documents/sheet.md": document(fields, date="1964~"),
        "texts/sheet.md": TEXT,
        "annotations/sheet.yml": annotations,
    }
    pages = write_pages(tmp_path, files)
    page = (pages / "gaps.md").read_text()
    assert re.findall(r'^## (.+) <span class="count">(\d+)<', page, re.MULTILINE) == [
        ("Referred to, but not in the dossier", "1"),
        ("Dates not known for certain", "1"),
        ("Lost footnote marks", "1"),
        ("Footnote marks placed by the editors", "2"),
        ("Author and publisher unnamed", "1"),
        ("Statements without a named speaker", "1"),
        ("Texts not published", "1"),
        ("Noted by the editors", "1"),
    ]
    for words in (
        "The wall that leaks](bibliography/gazette-1961.md){: .source } Known from: [Harbour memo]",
        "[Sheet](documents/sheet.md#record){: .document } The date is an estimate: about 1964.",
        "The mark of note [2](documents/sheet.md#fn:sheet-n-2) is lost.",
        "placed by the editors: [1](documents/sheet.md#fn:sheet-n-1), [3](documents/sheet.md#fn:sheet-n-3).",
        "is unnamed: [&#91;1&#93;](documents/sheet.md#a-told)",
        "Of the text only 1 quotation is published; words in all: 3.",
        'says. <span class="why">Torn off.</span>',
    ):
        assert words in page
    own = (pages / "documents/sheet.md").read_text().partition("## Gaps")[2].partition("\n## ")[0]
    assert own.count("<li") == 6
    assert "The drawing" in own.split("<li")[1]


def test_the_pages_concerned_tell_of_an_absent_work(tmp_path: Path) -> None:
    pages = write_pages(tmp_path, {})
    source = (pages / "bibliography/gazette-1961.md").read_text()
    assert "not in the dossier: it is known from [Harbour memo](../documents/memo-1962.md)" in source
    memo = (pages / "documents/memo-1962.md").read_text()
    assert "Refers to a work that is not in the dossier: [The wall that leaks]" in memo


def test_home_and_about_lead_to_the_gaps_where_there_are_any(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "gaps", {})
    assert "[Known gaps](gaps.md)" in (pages / "index.md").read_text()
    about = (pages / "about.md").read_text()
    assert "[Texts not published](gaps.md#gaps-withheld)" in about
    files: Files = {
        "documents/minutes-1963.md": None,
        "texts/minutes-1963.md": None,
        "annotations/minutes-1963.yml": None,
        "documents/memo-1962.md": document("authors: [ann-lee]\nissues: [harbour-wall]\n").replace(
            "Sheet", "Memo"
        ),
        "annotations/memo-1962.yml": None,
        "actors/harbour-board.md": "---\nname: Harbour Board\nkind: public body\n---\n",
        "issues/harbour-dues.md": "---\ntitle: Harbour dues\nrelated: [harbour-wall]\n---\n",
        "actors/ann-lee.md": "---\nname: Ann Lee\nkind: person\n---\n",
        "dossier.md": "---\ntitle: Harbour Papers\n---\n",
    }
    whole = write_pages(tmp_path / "none", files)
    assert not (whole / "gaps.md").exists()
    assert all("gaps.md" not in path.read_text() for path in whole.rglob("*.md"))
