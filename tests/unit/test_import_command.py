"""The command `dossier import`: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.importing.compose import RULES
from generator.importing.run import Options, import_files
from tests.import_files import make_pdf, make_zip
from tests.unit.test_import_duplicates import REPOST, WHOLE
from tests.unit.test_import_store import ARTICLE, FIRST, OTHER, SECOND, files_of, put


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)])


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty dossier; messages name files in the folder of the test."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "papers"
    (folder / "corpus/documents").mkdir(parents=True)
    return folder


def test_the_help_shows_examples() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "Examples:" in result.output
    assert "dossier import letter.pdf" in result.output


def test_an_import_says_what_it_made_of_each_file_and_what_it_wrote(papers: Path) -> None:
    put(papers.parent, {"salt.txt": ARTICLE})
    result = run("salt.txt", "--into", "papers")
    assert result.exit_code == 0, result.output
    assert re.search(r"^File +Document +Paragraphs +Notes +Repairs +Cut$", result.output, re.MULTILINE)
    assert re.search(r"^salt\.txt +the-salt-road +2 +0 +\d+ +2$", result.output, re.MULTILINE)
    assert "  title      The salt road   line 1: The salt road\n" in result.output
    assert "  cut     3  By Ottoline Grau\n" in result.output
    for path in ("sources/salt.txt", "texts/the-salt-road.md", "documents/the-salt-road.md"):
        assert f"wrote {path}\n" in result.output
        assert (papers / "corpus" / path).is_file()


def test_a_second_import_says_that_there_is_nothing_to_write(papers: Path) -> None:
    put(papers.parent, {"salt.txt": ARTICLE})
    run("salt.txt", "--into", "papers")
    result = run("salt.txt", "--into", "papers")
    assert result.exit_code == 0
    assert "Nothing to write: the corpus is as this import gives it.\n" in result.output


def test_a_changed_source_is_shown_as_a_difference(papers: Path) -> None:
    put(papers.parent, {"salt.txt": ARTICLE})
    run("salt.txt", "--into", "papers")
    put(papers.parent, {"salt.txt": ARTICLE.replace("before the winter", "in the winter")})
    result = run("salt.txt", "--into", "papers", "--dry-run")
    assert f"\n-{SECOND}\n" in result.output
    assert "would write texts/the-salt-road.md\n" in result.output
    assert "before the winter" in (papers / "corpus/texts/the-salt-road.md").read_text()


def test_a_dry_run_writes_nothing(papers: Path) -> None:
    put(papers.parent, {"salt.txt": ARTICLE})
    before = files_of(papers)
    result = run("salt.txt", "--into", "papers", "--dry-run")
    assert result.exit_code == 0
    assert "would write sources/salt.txt\n" in result.output
    assert files_of(papers) == before


def test_json_is_one_object_on_standard_output(papers: Path) -> None:
    put(papers.parent, {"salt.txt": ARTICLE, "bad.pdf": b"%PDF-1.4 and no more"})
    result = run("salt.txt", "bad.pdf", "--into", "papers", "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["ok"] is False
    assert [file["document"] for file in answer["files"]] == ["the-salt-road", None]
    assert answer["files"][0]["facts"][0]["key"] == "title"
    assert {"rule", "line", "before", "after"} == set(answer["files"][0]["repairs"][0])
    assert [change["path"] for change in answer["changes"]] == [
        "sources/salt.txt",
        "texts/the-salt-road.md",
        "documents/the-salt-road.md",
    ]
    assert [found["code"] for found in answer["diagnostics"]] == ["damaged-file"]


def test_keep_and_without_bring_lines_back(papers: Path) -> None:
    put(papers.parent, {"salt.txt": ARTICLE})
    text = papers / "corpus/texts/salt.md"
    for number, option in enumerate(
        (("--keep", "3"), ("--keep", "Ottoline"), ("--without", "article-furniture"))
    ):
        slug = f"salt-{number}"
        result = run(
            "salt.txt", "--into", "papers", "--separate", "--dry-run", "--json", "--slug", slug, *option
        )
        cut = [
            one["line"]
            for one in json.loads(result.stdout)["files"][0]["repairs"]
            if one["rule"] == "article-furniture"
        ]
        assert cut == []
    assert not text.exists()


def test_slug_names_the_document(papers: Path) -> None:
    put(papers.parent, {"salt.txt": ARTICLE})
    assert run("salt.txt", "--into", "papers", "--slug", "salt").exit_code == 0
    assert (papers / "corpus/documents/salt.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a.txt", "b.txt", "--slug", "salt"), "dossier: --slug names one document; import its file alone\n"),
        ((".", "--slug", "salt"), "dossier: --slug names one document; import its file alone\n"),
        (("a.txt", "--slug", "a/b"), "dossier: `a/b` cannot be a slug: it "),
        (("nowhere.txt",), "'nowhere.txt' does not exist"),
        ((), "Missing argument"),
        (("a.txt", "--without", "nonsense"), "'nonsense' is not one of"),
        (("a.txt", "--jobs", "0"), "0 is not in the range"),
    ],
)
def test_wrong_usage_exits_2(papers: Path, arguments: tuple[str, ...], words: str) -> None:
    put(papers.parent, {"a.txt": ARTICLE, "b.txt": ARTICLE})
    result = run(*arguments, "--into", "papers")
    assert result.exit_code == 2
    assert words in result.output


def test_a_repost_is_told(papers: Path) -> None:
    put(papers.parent, {"a.txt": f"# The wall\n\n{WHOLE}", "b.txt": REPOST})
    result = run("a.txt", "b.txt", "--into", "papers")
    assert result.exit_code == 0
    assert re.search(r"^b\.txt +the-wall \(version\)", result.output, re.MULTILINE)
    assert "of the smaller text stands in `the-wall` as well: recorded there as a version\n" in result.output
    assert "  help: `--separate` makes it a document of its own\n" in result.output


@pytest.mark.parametrize(
    ("name", "content", "printed"),
    [
        (
            "empty.txt",
            b"",
            "empty.txt:1:1: error[empty-file] the file is empty\n"
            "  why:  there is nothing to transcribe\n"
            "  help: look whether the download or export broke off\n",
        ),
        (
            "blank.txt",
            b" \n\n\t\n",
            "blank.txt:1:1: error[empty-file] the file holds no word, only blanks\n"
            "  why:  there is nothing to transcribe\n"
            "  help: look whether the download or export broke off\n",
        ),
        (
            "scan.pdf",
            make_pdf("", ""),
            "scan.pdf:1:1: error[no-text-layer] none of its 2 pages holds text\n"
            "  why:  the pages are pictures; recognising text in pictures (OCR) is out of scope\n"
            "  help: run an OCR program over the PDF, and import what that makes\n",
        ),
        (
            "secret.pdf",
            make_pdf("Words", password="x"),
            "secret.pdf:1:1: error[encrypted-file] the PDF file is protected by a password\n"
            "  why:  an import never asks for passwords, nor tries any\n"
            "  help: open it with the password, save a copy without one, and import the copy\n",
        ),
        (
            "out.zip",
            make_zip({"../../out.txt": b"x"}),
            "out.zip:1:1: error[path-leaves-folder] the member `../../out.txt` leads out of the archive's folder\n"
            "  why:  an archive that names places outside itself is made to overwrite files there\n"
            "  help: ask its sender; the other members are read\n",
        ),
        (
            "picture.png",
            b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
            "picture.png:1:1: error[unsupported-format] this is ",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_cure(
    papers: Path, name: str, content: bytes, printed: str
) -> None:
    put(papers.parent, {name: content})
    before = files_of(papers / "corpus")
    result = run(name, "--into", "papers")
    assert result.exit_code == 1
    assert printed in result.output
    assert files_of(papers / "corpus") == before


def test_a_file_under_another_name_is_read_and_told(papers: Path) -> None:
    put(papers.parent, {"page.txt": f"<!doctype html><html><body><p>{FIRST}</p><p>{OTHER}</p></body></html>"})
    result = run("page.txt", "--into", "papers")
    assert result.exit_code == 0
    assert (
        "page.txt:1:1: info[wrong-extension] the name ends in .txt, but the content is HTML\n"
        "  why:  the content decides how it is read\n"
        "  help: rename the file, so that other programs open it too\n"
    ) in result.output


def test_a_conflict_exits_1_and_says_where(papers: Path) -> None:
    put(papers.parent, {"salt.txt": ARTICLE})
    run("salt.txt", "--into", "papers", "--slug", "salt")
    text = papers / "corpus/texts/salt.md"
    text.write_text(text.read_text().replace("before the winter", "after the winter"))
    put(papers.parent, {"salt.txt": ARTICLE.replace("before the winter", "in the winter")})
    result = run("salt.txt", "--into", "papers", "--slug", "salt")
    assert result.exit_code == 1
    assert "papers/corpus/texts/salt.md:3:1: error[import-conflict]" in result.output.replace(
        str(papers.parent) + "/", ""
    )


def test_control_characters_of_a_file_cannot_drive_the_terminal(papers: Path) -> None:
    put(
        papers.parent,
        {"red.txt": f"\x1b[31mShare on Facebook\n\n# Salt \x1b[31mroad\n\n{FIRST}\n\n{OTHER}\n"},
    )
    result = run("red.txt", "--into", "papers", "--without", "invisible-characters")
    assert "\x1b[31m" not in result.output


def test_every_rule_may_be_named(papers: Path) -> None:
    put(papers.parent, {"salt.txt": ARTICLE})
    arguments = [argument for name in RULES for argument in ("--without", name)]
    assert run("salt.txt", "--into", "papers", "--dry-run", *arguments).exit_code == 0


def test_progress_is_told_once_for_each_file(papers: Path) -> None:
    put(papers.parent, {"all/a.txt": ARTICLE, "all/b.txt": OTHER})
    told: list[tuple[str, int]] = []
    import_files(
        [papers.parent / "all"],
        papers / "corpus",
        "corpus",
        Options(),
        lambda name, total: told.append((Path(name).name, total)),
    )
    assert told == [("a.txt", 2), ("b.txt", 2)]
