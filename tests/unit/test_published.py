"""The lock of the last publication: what it records, what it notices, and what comes of moved and withdrawn pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.built import EditionChoice
from generator.cli import main
from tests.corpora import HARBOUR, run_stages, write_corpus

NOTE = "  note: The figure is revised in [[minutes-1963]].\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The corpus folder of a dossier that was published."""
    corpus = write_corpus(tmp_path)
    assert run("publish", str(tmp_path)).exit_code == 0
    return corpus


def change(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def move(root: Path, old: str, new: str) -> None:
    """Give a document another slug everywhere, as an editor would."""
    for folder, ending in (("documents", ".md"), ("texts", ".md"), ("annotations", ".yml")):
        if (root / folder / f"{old}{ending}").is_file():
            (root / folder / f"{old}{ending}").rename(root / folder / f"{new}{ending}")
    for path in root.rglob("*.[my]*"):
        path.write_text(path.read_text().replace(old, new))
    change(root, f"documents/{new}.md", "\nkind:", f"\nformerly: [{old}]\nkind:")


def found(root: Path) -> list[tuple[str, str]]:
    """Return code and place of what the check finds."""
    return [(one.code, f"{one.place.path}:{one.place.line}") for one in run_stages(root).diagnostics]


def test_publish_writes_a_sorted_lock_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    root = write_corpus(tmp_path)
    result = run("publish", str(tmp_path))
    assert result.exit_code == 0
    assert "+ memo-1962\n" in result.output
    assert "published.lock written: 8 pages, 2 annotations, 0 corrections, 0 retired\n" in result.output
    lock = (root / "published.lock").read_text()
    assert lock.startswith("# What was published last, written by `dossier publish`: never edit it")
    assert "\n  memo-1962:\n    kind: document\n    words: " in lock
    assert "\n      wall-cost:\n        quotation: " in lock
    # Its transcription is withheld: no passage of it has a permalink.
    assert lock.count("passages:") == 1
    pages = [line.strip(" :") for line in lock.split("\n") if line.startswith("  ") and line[2] != " "]
    assert pages == sorted(pages)
    before = (root / "published.lock").stat().st_mtime_ns
    again = run("publish", str(tmp_path))
    assert "published.lock is as it was: " in again.output
    assert (root / "published.lock").stat().st_mtime_ns == before
    assert [path.name for path in root.iterdir() if path.name.startswith(".")] == []


def test_publish_tells_and_writes_nothing_under_dry_run(tmp_path: Path) -> None:
    root = write_corpus(tmp_path)
    answer = json.loads(run("publish", str(tmp_path), "--dry-run", "--json").stdout)
    assert answer["ok"]
    assert not answer["written"]
    assert answer["counts"] == {"pages": 8, "annotations": 2, "corrections": 0, "retired": 0}
    assert "+ minutes-1963" in answer["changes"]
    assert "would be written" in run("publish", str(tmp_path), "--dry-run").output
    assert not (root / "published.lock").exists()


def test_publish_refuses_a_corpus_with_errors(root: Path) -> None:
    before = (root / "published.lock").read_bytes()
    change(root, "annotations/memo-1962.yml", "twice the sum", "thrice the sum")
    result = run("publish", str(root.parent))
    assert result.exit_code == 1
    assert "error[uncorrected-change]" in result.output
    assert "Nothing was recorded." in result.output
    assert (root / "published.lock").read_bytes() == before


def test_publish_holds_warnings_for_errors_under_strict(tmp_path: Path) -> None:
    write_corpus(tmp_path, {"documents/notes.txt": "x"})
    assert run("publish", str(tmp_path), "--strict").exit_code == 1
    assert run("publish", str(tmp_path)).exit_code == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("documents/memo-1962.md", "warns of", "spoke of", "corpus/documents/memo-1962.md:13"),
        ("actors/ann-lee.md", "built", "drew", "corpus/actors/ann-lee.md:8"),
        ("issues/harbour-wall.md", "leaked", "held", "corpus/issues/harbour-wall.md:6"),
        ("annotations/memo-1962.yml", "twice the sum named", "twice the sum", "corpus/annotations/memo-1962.yml:1"),
        ("annotations/memo-1962.yml", "speaker: ann-lee", "speaker: jo-smith", "corpus/annotations/memo-1962.yml:1"),
        ("annotations/memo-1962.yml", "is revised", "is raised", "corpus/annotations/memo-1962.yml:1"),
        ("annotations/memo-1962.yml", NOTE, "", "corpus/annotations/memo-1962.yml:1"),
        ("annotations/minutes-1963.yml", "1963-01-07", "1963-01-08", "corpus/annotations/minutes-1963.yml:1"),
        ("annotations/minutes-1963.yml", "[harbour-dues]", "[harbour-wall]", "corpus/annotations/minutes-1963.yml:1"),
        ("texts/memo-1962.md", "Labour is scarce", "Labour is dear", "corpus/texts/memo-1962.md:1"),
    ],
)  # fmt: skip
def test_a_change_of_published_words_needs_a_correction(
    root: Path, name: str, old: str, new: str, place: str
) -> None:
    assert found(root) == []
    change(root, name, old, new)
    assert found(root) == [("uncorrected-change", place)]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("documents/memo-1962.md", "The engineer warns of", "The *engineer*\nwarns  of"),
        ("documents/memo-1962.md", "Memorandum on the harbour wall", "Memorandum on a wall"),
        ("annotations/memo-1962.yml", "speaker: ann-lee", "speaker: [ann-lee]"),
        ("annotations/memo-1962.yml", "twice the sum named", "twice\n    the sum named"),
        ("annotations/minutes-1963.yml", "  date:", "  note: It is so.\n  date:"),
        ("annotations/minutes-1963.yml", "- id: dues", "- {id: tenth, quote: by a tenth}\n- id: dues"),
        ("texts/memo-1962.md", "- Stone is dear.", "- Sand is dear.\n- Stone is dear."),
    ],
)
def test_markup_order_and_what_is_new_need_none(root: Path, name: str, old: str, new: str) -> None:
    change(root, name, old, new)
    assert found(root) == []


def test_the_entry_that_the_help_shows_is_the_one_that_is_needed(root: Path) -> None:
    change(root, "annotations/memo-1962.yml", "twice the sum named", "twice the sum")
    [finding] = run_stages(root).diagnostics
    entry = finding.help.partition("corrections.yml: ")[2]
    (root / "corrections.yml").write_text(f"{entry.replace('YYYY-MM-DD', '2001-02-03')}\n")
    assert found(root) == []
    assert run("publish", str(root.parent)).exit_code == 0
    assert found(root) == []
    # Counted now, it excuses no second change.
    change(root, "annotations/memo-1962.yml", "the wall will cost", "wall will cost")
    assert [code for code, _ in found(root)] == ["uncorrected-change"]


def test_a_moved_document_keeps_its_claims_and_retires_its_slug(root: Path) -> None:
    move(root, "memo-1962", "wall-memo")
    assert found(root) == []
    assert run("publish", str(root.parent)).exit_code == 0
    lock = (root / "published.lock").read_text()
    assert "\nretired:\n  pages:\n    memo-1962: document\n" in lock
    assert found(root) == []
    change(root, "documents/wall-memo.md", "formerly: [memo-1962]\n", "")
    assert [code for code, _ in found(root)] == ["page-gone"]


def test_a_moved_actor_is_the_same_speaker(root: Path) -> None:
    (root / "actors/ann-lee.md").rename(root / "actors/ann-b-lee.md")
    for path in root.rglob("*.[my]*"):
        path.write_text(path.read_text().replace("ann-lee", "ann-b-lee"))
    change(root, "actors/ann-b-lee.md", "\nkind:", "\nformerly: [ann-lee]\nkind:")
    assert found(root) == []


def test_an_id_that_was_removed_never_comes_back_even_under_another_slug(root: Path) -> None:
    (root / "annotations/minutes-1963.yml").write_text("")
    for name in ("documents/minutes-1963.md", "actors/harbour-board.md", "issues/harbour-dues.md"):
        change(root, name, "[@minutes-1963#dues]", "[@minutes-1963]")
    assert [code for code, _ in found(root)] == ["uncorrected-change"]
    (root / "corrections.yml").write_text(
        '- {id: one, date: 2001-01-01, kind: withdrawal, of: "minutes-1963#dues", what: It was wrong., why: Haste.}\n'
    )
    assert found(root) == []
    assert run("publish", str(root.parent)).exit_code == 0
    (root / "annotations/minutes-1963.yml").write_text("- {id: Dues, quote: by a tenth}\n")
    assert [code for code, _ in found(root)] == ["permalink-reused"]
    move(root, "minutes-1963", "board-minutes")
    change(root, "corrections.yml", "board-minutes", "minutes-1963")
    assert [code for code, _ in found(root)] == ["permalink-reused"]


def test_a_withdrawn_page_stays_withdrawn(root: Path) -> None:
    (root / "citations.yml").write_text("[]\n")
    change(root, "documents/memo-1962.md", 'footnotes:\n  "1": {cites: [gazette-1961]}\n', "")
    for name in ("actors/jo-smith.md", "issues/harbour-wall.md"):
        text = (root / name).read_text()
        (root / name).write_text(text.replace("[@gazette-1961, p. 4]", "").replace("[@gazette-1961]", ""))
    assert [code for code, _ in found(root)] == ["page-gone"]
    (root / "corrections.yml").write_text(
        "- {id: one, date: 2001-01-01, kind: withdrawal, of: gazette-1961, what: It is gone., why: Haste.}\n"
    )
    assert run("publish", str(root.parent)).exit_code == 0
    assert found(root) == []
    (root / "citations.yml").write_text(HARBOUR["citations.yml"])
    assert "permalink-reused" in [code for code, _ in found(root)]


def test_an_edition_other_than_the_published_one_is_not_compared(root: Path) -> None:
    change(root, "actors/ann-lee.md", "built", "drew")
    assert "uncorrected-change" in run_stages(root).messages
    assert run_stages(root, EditionChoice(name="internal", day="2026-01-01")).messages == ""


def test_a_lock_that_cannot_be_read_stops_a_publication(root: Path) -> None:
    (root / "published.lock").write_text("version: 1\npages: [x]\n")
    assert [code for code, _ in found(root)] == ["wrong-type"]
    assert run("publish", str(root.parent)).exit_code == 1
    assert (root / "published.lock").read_text() == "version: 1\npages: [x]\n"


def test_a_document_of_which_only_the_record_is_public_has_no_published_annotations(tmp_path: Path) -> None:
    files: Mapping[str, str] = {
        "documents/minutes-1963.md": HARBOUR["documents/minutes-1963.md"].replace("excerpts", "record")
    }
    root = write_corpus(tmp_path, files)
    assert run("publish", str(tmp_path)).exit_code == 0
    assert "dues:" not in (root / "published.lock").read_text().replace("harbour-dues:", "")
