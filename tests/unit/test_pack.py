"""The zip of a site: what it holds, how it is named, that it is the same twice, and what it never replaces."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.model.records import DossierRecord
from generator.pack import READ_ME, pack_name, pack_site
from generator.render.strings import open_strings
from generator.resources import TEMPLATES

RECORD = DossierRecord(title="Harbour Papers: 1/2", subtitle="What came of it")
EPOCH = 1_700_000_000


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for path in (
        "index.html", "404.html", "sitemap.xml", ".dossier-site", "actors/ann.html", "assets/javascripts/bundle.js",
        "assets/javascripts/bundle.js.map", "assets/javascripts/lunr/x.js", "assets/javascripts/workers/s.js",
        "dossier/settings.js",
    ):  # fmt: skip
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


def pack(site: Path, target: Path, record: DossierRecord = RECORD, *, is_strict: bool = False) -> list[str]:
    """Return the codes of what was found."""
    strings = open_strings([TEMPLATES], record.language)
    _, found = pack_site(site, target, record, strings, epoch=EPOCH, is_strict=is_strict)
    return [diagnostic.code for diagnostic in found]


def test_zip_has_one_folder_with_a_start_page_and_what_readers_need(site: Path, tmp_path: Path) -> None:
    assert pack(site, tmp_path / "a.zip") == []
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == [
            "Harbour Papers 1 2/READ ME.txt",
            "Harbour Papers 1 2/files/actors/ann.html",
            "Harbour Papers 1 2/files/assets/javascripts/bundle.js",
            "Harbour Papers 1 2/files/dossier/open.js",
            "Harbour Papers 1 2/files/dossier/settings.js",
            "Harbour Papers 1 2/files/index.html",
            "Harbour Papers 1 2/index.html",
        ]
        assert archive.testzip() is None


def test_search_of_the_theme_is_packed_where_the_site_uses_it(site: Path, tmp_path: Path) -> None:
    (site / "search").mkdir()
    (site / "search/search_index.json").write_text("{}")
    pack(site, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert "Harbour Papers 1 2/files/assets/javascripts/workers/s.js" in archive.namelist()


def test_read_me_is_text_for_every_editor(site: Path, tmp_path: Path) -> None:
    pack(site, tmp_path / "a.zip", replace(RECORD, title="Häfen", language="de"))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        words = archive.read(f"Häfen/{READ_ME}").decode("utf-8")
    assert words == (
        "\ufeffHäfen\r\n\r\nWhat came of it\r\n\r\n"
        "Das ganze ZIP-Archiv entpacken, dann index.html mit einem Doppelklick öffnen. "
        "Der Ordner „files“ gehört daneben.\r\n\r\n"
        "Alles geht ohne Netz, und nichts wird von außen geladen.\r\n"
    )


def test_start_page_escapes_the_title(site: Path, tmp_path: Path) -> None:
    pack(site, tmp_path / "a.zip", replace(RECORD, title="</title><script>x</script>"))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        [page] = [name for name in archive.namelist() if name.count("/") == 1 and name.endswith("index.html")]
        assert b"<script>x" not in archive.read(page)


def test_two_packs_of_a_site_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    pack(site, tmp_path / "a.zip")
    (site / "index.html").touch()
    (site / "index.html").chmod(0o600)
    pack(site, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}


def test_moment_before_the_format_began_is_moved_to_its_beginning(site: Path, tmp_path: Path) -> None:
    strings = open_strings([TEMPLATES], "en")
    pack_site(site, tmp_path / "a.zip", RECORD, strings, epoch=1)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_former_pack_is_replaced_and_any_other_file_is_kept(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    pack(site, target)
    first = target.read_bytes()
    (site / "index.html").write_text("changed")
    assert pack(site, target) == []
    assert target.read_bytes() != first
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mine.txt", "mine")
    mine = target.read_bytes()
    assert pack(site, target) == ["foreign-file"]
    assert target.read_bytes() == mine
    target.write_text("")
    assert pack(site, target) == ["foreign-file"]


def test_interrupted_pack_leaves_the_former_one_and_no_rubbish(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.zip"
    pack(site, target)
    first = target.read_bytes()
    monkeypatch.setattr(
        zipfile.ZipFile, "writestr", lambda *_: (_ for _ in ()).throw(OSError("no space left"))
    )
    with pytest.raises(OSError, match="no space left"):
        pack(site, target)
    assert target.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "site"]


def test_path_too_long_for_windows_is_a_warning(site: Path, tmp_path: Path) -> None:
    (site / "documents").mkdir()
    (site / f"documents/{'x' * 180}.html").write_text("")
    assert pack(site, tmp_path / "a.zip") == ["long-path"]
    assert pack(site, tmp_path / "b.zip", is_strict=True) == ["long-path"]
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bargaining Chips", "bargaining-chips.zip"),
        ("A/B: “C”?", "a-b-c.zip"),
        ("Häfen & Kähne", "häfen-kähne.zip"),
        ("…", "dossier.zip"),
        ("CON", "dossier.zip"),
        ("..", "dossier.zip"),
        ("文書館", "文書館.zip"),
        ("x" * 300, "x" * 60 + ".zip"),
    ],
)
def test_zip_is_named_after_the_title(title: str, name: str) -> None:
    assert pack_name(replace(RECORD, title=title)) == name


@pytest.mark.parametrize(
    ("title", "folder"),
    [("a<b>: c?", "a b c"), ("CON", "Dossier"), ("nul.papers", "Dossier"), ("...", "Dossier"), ("A.", "A")],
)
def test_folder_has_a_name_that_every_system_allows(
    site: Path, tmp_path: Path, title: str, folder: str
) -> None:
    pack(site, tmp_path / "a.zip", replace(RECORD, title=title))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {name.split("/")[0] for name in archive.namelist()} == {folder}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    assert run("new", str(folder)).exit_code == 0
    return folder


def test_pack_builds_and_says_where_the_zip_is(papers: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.zip"
    result = run("pack", str(papers), "--output", str(target))
    assert result.exit_code == 0, result.output
    assert f"Packed {target} (" in result.output
    answer = json.loads(run("pack", str(papers), "--output", str(target), "--json").stdout)
    assert answer["ok"]
    assert answer["pack"] == str(target)


def test_pack_refuses_an_output_that_cannot_be(papers: Path) -> None:
    assert run("pack", str(papers), "--output", str(papers / "site/a.zip")).exit_code == 2
    result = run("pack", str(papers), "--output", str(papers / "nowhere/a.zip"))
    assert result.exit_code == 2
    assert "is no folder" in result.output


def test_corpus_with_errors_is_not_packed(papers: Path, tmp_path: Path) -> None:
    (papers / "corpus/documents/bad.md").write_text("---\n---\n")
    result = run("pack", str(papers), "--output", str(tmp_path / "a.zip"))
    assert result.exit_code == 1
    assert not (tmp_path / "a.zip").exists()
