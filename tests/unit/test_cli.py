"""The command line: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.load.schemas import KINDS


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    assert run("new", str(folder)).exit_code == 0
    return folder


def test_every_command_has_help_with_an_example() -> None:
    for command in (
        "build",
        "check",
        "pack",
        "publish",
        "verify",
        "serve",
        "suggest",
        "doctor",
        "new",
        "schema",
    ):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "Example" in result.output
        assert f"dossier {command}" in result.output


def test_new_says_what_it_wrote_and_what_to_do_next(tmp_path: Path) -> None:
    result = run("new", str(tmp_path / "papers"))
    assert result.exit_code == 0
    assert f"{tmp_path}/papers/corpus/documents/memo-1962.md\n" in result.output
    assert f"Next: dossier build {tmp_path}/papers" in result.output


def test_new_never_writes_into_a_folder_that_holds_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = run("new", str(tmp_path))
    assert result.exit_code == 2
    assert "is not empty" in result.output
    assert list(files_of(tmp_path)) == ["mine.txt"]


def test_new_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("new", str(tmp_path / "file"))
    assert result.exit_code == 2
    assert "is a file" in result.output


def test_check_of_a_clean_corpus_prints_counts_and_exits_0(papers: Path) -> None:
    result = run("check", str(papers), "--strict")
    assert result.exit_code == 0, result.output
    assert re.search(r"Documents +1", result.output)


def test_check_writes_nothing(papers: Path) -> None:
    before = files_of(papers)
    run("check", str(papers))
    assert files_of(papers) == before


def test_check_reports_every_fault_and_exits_1(papers: Path) -> None:
    actor = papers / "corpus/actors/ann-lee.md"
    actor.write_text(actor.read_text().replace("kind:", "kimd:") + "\nSee [[nobody-known]].\n")
    result = run("check", str(papers))
    assert result.exit_code == 1
    assert "error[unknown-key] `kimd` is not a key" in result.output
    assert "did you mean `kind`?" in result.output
    assert "error[missing-key] `kind` is missing" in result.output


def test_json_is_one_object_on_standard_output(papers: Path) -> None:
    (papers / "corpus/texts/memo-1962.md").write_text("Other words.[^9]\n")
    result = run("check", str(papers), "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["ok"] is False
    codes = {diagnostic["code"] for diagnostic in answer["diagnostics"]}
    assert {"quote-not-found", "undefined-footnote"} <= codes
    assert all(
        set(diagnostic) == {"path", "line", "column", "severity", "code", "what", "why", "help"}
        for diagnostic in answer["diagnostics"]
    )


def test_a_warning_stops_only_a_strict_run(papers: Path) -> None:
    (papers / "corpus/actors/notes.txt").write_text("stray")
    assert run("check", str(papers)).exit_code == 0
    assert run("check", str(papers), "--strict").exit_code == 1


def test_sources_may_stand_elsewhere(papers: Path, tmp_path: Path) -> None:
    (papers / "corpus/texts/memo-1962.md").unlink()
    record = papers / "corpus/documents/memo-1962.md"
    text = record.read_text().replace("publish: full", "publish: excerpts")
    text = re.sub(r"footnotes:\n.*\n", "", text).replace("#¶3", "#twice-the-sum")
    sha256 = "b8bfd0eb1a8ac5c8b0d4b0eb9d9b8e1c1d5a4c4b1f3fdf4a1a1a1a1a1a1a1a1a"
    record.write_text(text.replace("issues:", f"source: {{file: memo.txt, sha256: {sha256}}}\nissues:"))
    for path in ("actors/ann-lee.md", "actors/harbour-board.md", "dossier.md"):
        file = papers / "corpus" / path
        file.write_text(re.sub(r"memo-1962#¶\d", "memo-1962#twice-the-sum", file.read_text()))
    assert "quote-not-proven" in run("check", str(papers)).output
    received = tmp_path / "received"
    received.mkdir()
    (received / "memo.txt").write_text("It will cost twice the sum that\nthe Gazette named.")
    output = run("check", str(papers), "--sources", str(received)).output
    assert "quotes-not-checked" not in output
    assert "quote-not-found" not in output
    assert "error[source-changed]" in output


def test_a_missing_corpus_is_reported(tmp_path: Path) -> None:
    result = run("check", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "error[missing-corpus] no corpus here" in result.output


def test_wrong_usage_exits_2(tmp_path: Path) -> None:
    assert run("check", "--nonsense").exit_code == 2
    assert run("schema").exit_code == 2
    assert run("schema", "document", "--out", str(tmp_path)).exit_code == 2


def test_schema_prints_json_schema_of_every_kind(tmp_path: Path) -> None:
    for kind in KINDS:
        result = run("schema", kind)
        assert result.exit_code == 0
        assert json.loads(result.output)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert run("schema", "--out", str(tmp_path / "schemas")).exit_code == 0
    assert sorted(files_of(tmp_path / "schemas")) == sorted(f"{kind}.schema.json" for kind in KINDS)


def test_a_broken_mkdocs_configuration_is_reported(papers: Path) -> None:
    (papers / "mkdocs.yml").write_text("site_name: [\n")
    result = run("build", str(papers))
    assert result.exit_code == 1
    assert "error[bad-site-config]" in result.output


def test_control_characters_of_a_corpus_cannot_drive_the_terminal(papers: Path) -> None:
    actor = papers / "corpus/actors/ann-lee.md"
    actor.write_text(actor.read_text() + "\nSee [[\x1b[31mred]].\n")
    result = run("check", str(papers))
    assert result.exit_code == 1
    assert "\x1b[31mred" not in result.output
