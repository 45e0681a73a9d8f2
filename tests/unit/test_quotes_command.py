"""`dossier quotes`: the lock, and proposals for what is not found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from generator.text.folding import quotation_digest
from tests.corpora import HARBOUR, PUBLIC, run_stages, stage, write_corpus

DIGEST = HARBOUR["documents/minutes-1963.md"].replace(
    "The Harbour Board raises the harbour dues.", 'The members "resolved to raise the dues,"'
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_corpus(tmp_path, {"documents/minutes-1963.md": DIGEST})
    return tmp_path


def lock_of(papers: Path) -> dict[str, object]:
    loaded = yaml.safe_load((papers / "corpus/evidence.lock").read_text())
    assert isinstance(loaded, dict)
    return loaded


def test_the_lock_holds_what_is_proven_of_texts_that_are_not_published(papers: Path) -> None:
    result = run("quotes", str(papers))
    assert result.exit_code == 0, result.output
    assert "minutes-1963: 2 in a text not published" in result.output
    assert "memo-1962: 1 in the published text" in result.output
    assert "evidence.lock: written, 2 quotations added, 0 dropped" in result.output
    lock = lock_of(papers)
    assert lock["normalisation"] == 1
    documents = lock["documents"]
    assert isinstance(documents, dict)
    assert list(documents) == ["minutes-1963"]
    assert documents["minutes-1963"]["quotations"] == [
        {"words": quotation_digest("resolved to raise the dues"), "spans": [[12, 38]]},
        {"words": quotation_digest("raise the dues"), "spans": [[24, 38]]},
    ]


def test_a_second_run_changes_nothing(papers: Path) -> None:
    run("quotes", str(papers))
    before = (papers / "corpus/evidence.lock").read_bytes()
    assert "evidence.lock: nothing new" in run("quotes", str(papers)).output
    assert (papers / "corpus/evidence.lock").read_bytes() == before


def test_a_dossier_whose_texts_are_all_published_needs_no_lock(papers: Path) -> None:
    record = papers / "corpus/documents/minutes-1963.md"
    record.write_text(record.read_text().replace("excerpts", "full"))
    assert "evidence.lock: not needed" in run("quotes", str(papers)).output
    assert not (papers / "corpus/evidence.lock").exists()


def test_without_the_text_the_lock_proves_what_it_covers(papers: Path) -> None:
    run("quotes", str(papers))
    (papers / "corpus/texts/minutes-1963.md").unlink()
    staged = run_stages(papers / "corpus")
    assert staged.messages == ""
    assert staged.linked.quotations["minutes-1963", "dues"].state == "verified-in-source"
    (quotation,) = staged.linked.prose_quotations["minutes-1963", "digest", ""]
    assert (quotation.state, quotation.document) == ("verified-in-source", "minutes-1963")
    # The lock is not lost where the text is not at hand.
    assert "evidence.lock: nothing new" in run("quotes", str(papers)).output


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("annotations/minutes-1963.yml", "raise the dues", "raise the dues by"),
        ("documents/minutes-1963.md", "resolved to raise", "resolve to raise"),
        ("evidence.lock", "normalisation: 1", "normalisation: 2"),
    ],
)
def test_any_change_voids_the_lock(papers: Path, path: str, before: str, after: str) -> None:
    run("quotes", str(papers))
    (papers / "corpus/texts/minutes-1963.md").unlink()
    file = papers / "corpus" / path
    file.write_text(file.read_text().replace(before, after))
    assert "error[quote-not-proven]" in run("check", str(papers)).output


def test_another_source_voids_the_lock(papers: Path) -> None:
    record = papers / "corpus/documents/minutes-1963.md"
    named = record.read_text().replace("issues:", f"source: {{file: m.txt, sha256: {'a' * 64}}}\nissues:")
    record.write_text(named)
    run("quotes", str(papers))
    (papers / "corpus/texts/minutes-1963.md").unlink()
    assert run("check", str(papers)).exit_code == 0
    record.write_text(named.replace("a" * 64, "b" * 64))
    output = run("check", str(papers)).output
    assert "evidence.lock is of another source file than the record names" in output


def test_a_lock_that_lacks_something_is_a_warning_where_the_text_is(papers: Path) -> None:
    run("quotes", str(papers))
    notes = papers / "corpus/annotations/minutes-1963.yml"
    notes.write_text(notes.read_text() + "- {id: tenth, quote: by a tenth}\n")
    assert "warning[lock-outdated] evidence.lock lacks 1 of the 3" in run("check", str(papers)).output
    assert "1 quotations added" in run("quotes", str(papers)).output
    assert run("check", str(papers), "--strict").exit_code == 0


def test_a_damaged_lock_is_an_error_with_its_line(papers: Path) -> None:
    (papers / "corpus/evidence.lock").write_text("normalisation: 1\ndocuments:\n  memo-1962: {text: abc}\n")
    output = run("check", str(papers)).output
    assert "corpus/evidence.lock:3:15: error[wrong-value]" in output


def test_proposals_change_nothing_until_they_are_accepted(papers: Path) -> None:
    notes = papers / "corpus/annotations/minutes-1963.yml"
    notes.write_text(notes.read_text().replace("raise the dues", "rise the due") + "# a comment\n")
    digest = papers / "corpus/documents/minutes-1963.md"
    digest.write_text(digest.read_text().replace("resolved to raise the", "resolved to\nlower the"))
    before = {path: path.read_bytes() for path in (notes, digest)}
    shown = run("quotes", str(papers), "--fix")
    assert shown.exit_code == 1
    assert "1  minutes-1963#dues  (" in shown.output
    assert "[-rise-]{+raise+} the [-due-]{+dues+}" in shown.output
    assert "resolved to [-lower-]{+raise+} the" in shown.output
    assert {path: path.read_bytes() for path in (notes, digest)} == before
    accepted = run("quotes", str(papers), "--accept", "minutes-1963#dues", "--accept", "2")
    assert accepted.exit_code == 0, accepted.output
    assert notes.read_text() == HARBOUR["annotations/minutes-1963.yml"] + "# a comment\n"
    assert '"resolved to raise the dues' in digest.read_text()
    assert "2 quotations added" in accepted.output


@pytest.mark.parametrize(
    "style", ["|\n    rise the due\n", ">-\n    rise the\n    due\n", '"rise the due"\n']
)
def test_a_proposal_is_written_whatever_the_style_of_the_quotation(papers: Path, style: str) -> None:
    notes = papers / "corpus/annotations/minutes-1963.yml"
    notes.write_text(HARBOUR["annotations/minutes-1963.yml"].replace("raise the dues\n", style))
    result = run("quotes", str(papers), "--accept", "all")
    assert result.exit_code == 0, result.output
    assert notes.read_text() == HARBOUR["annotations/minutes-1963.yml"]


def test_a_proposal_that_is_not_there_is_refused(papers: Path) -> None:
    result = run("quotes", str(papers), "--accept", "3")
    assert result.exit_code == 2
    assert "there is no proposal `3`; there are 0" in result.output


def test_marks_of_markdown_within_a_quotation_are_left_to_the_editor(papers: Path) -> None:
    digest = papers / "corpus/documents/minutes-1963.md"
    digest.write_text(DIGEST.replace("resolved to raise", "resolved *to* lower"))
    result = run("quotes", str(papers), "--accept", "all")
    assert result.exit_code == 1
    assert "error[not-written] the proposal `minutes-1963:9` was not written" in result.output


def test_quotations_as_json(papers: Path) -> None:
    answer = json.loads(run("quotes", str(papers), "--json").output)
    assert answer["ok"] is True
    assert answer["lock"] == {"added": 2, "dropped": 0, "kept": []}
    assert answer["in_prose"] == [
        {
            "text": "minutes-1963",
            "role": "digest",
            "document": "minutes-1963",
            "state": "verified-in-source",
            "quote": "resolved to raise the dues,",
        }
    ]
    states = {(one["document"], one["annotation"]): one["state"] for one in answer["quotations"]}
    assert states == {("memo-1962", "wall-cost"): "verified", ("minutes-1963", "dues"): "verified-in-source"}


def test_proven_sentences_are_counted_and_can_be_demanded(papers: Path) -> None:
    counted = run("check", str(papers))
    assert counted.exit_code == 0
    lines = dict(line.rsplit(None, 1) for line in counted.output.splitlines() if line.strip())
    assert (lines["Sentences"], lines["  proven"]) == ("7", "5")
    demanded = run("check", str(papers), "--proven", "72")
    assert demanded.exit_code == 1
    assert "error[too-little-proven] 5 of 7 sentences are proven; 72 % are demanded" in demanded.output
    assert run("check", str(papers), "--proven", "71").exit_code == 0


@pytest.mark.parametrize(
    ("sentence", "state"),
    [
        ("The wall is dear.[@memo-1962#wall-cost]", "proven"),
        ("The wall is dear.[@memo-1962#¶2]", "proven"),
        ("The wall is dear.[@memo-1962]", "cited"),
        ("The wall is dear.[@gazette-1961]", "cited"),
        ("The wall is dear.[@gazette-1961; @memo-1962#wall-cost]", "proven"),
        ('The wall "will cost".[@memo-1962#wall-cost]', "proven"),
        ('The wall "must cost".[@memo-1962#wall-cost]', "unproven"),
        ("The wall is dear.", "uncited"),
        ("The wall is dear.[@editors]", "own"),
    ],
)
def test_what_proves_a_sentence(tmp_path: Path, sentence: str, state: str) -> None:
    record = f"---\ntitle: The harbour wall\naliases: [harbour wall]\n---\n{sentence}\n"
    staged = stage(tmp_path, {"issues/harbour-wall.md": record}, PUBLIC)
    assert [one.state for one in staged.index.sentences["harbour-wall", "overview", ""]] == [state]
