"""Whole builds: repeatable, harmless on bad input, right again after any interruption."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import build_dossier
from generator.built import Built
from generator.layout import Layout, find_layout
from generator.resources import TEMPLATES
from generator.starter import write_starter

PROJECT = Path(__file__).resolve().parents[2]


def layout_of(folder: Path) -> Layout:
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None
    return layout


def build(folder: Path) -> Built:
    return build_dossier(layout_of(folder), lambda stage: None)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_starter(tmp_path / "papers", TEMPLATES)
    assert build(tmp_path / "papers").is_done
    return tmp_path / "papers"


def test_two_builds_in_other_folders_and_with_other_hash_seeds_are_byte_identical(tmp_path: Path) -> None:
    sites = []
    for name, seed, zone in (("one", "1", "UTC"), ("two/deeper", "2", "Asia/Tokyo")):
        folder = tmp_path / name
        shutil.copytree(PROJECT / "corpus", folder / "corpus")
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(PROJECT)}
        environment.pop("SOURCE_DATE_EPOCH", None)
        command = [sys.executable, "-m", "generator", "build", str(folder)]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        sites.append(files_of(folder / "site"))
    assert sites[0] == sites[1]
    assert len(sites[0]) > 100


def test_a_second_build_writes_no_page(papers: Path) -> None:
    before = files_of(papers / "site")
    again = build(papers)
    assert again.counts["written"] == 0
    assert files_of(papers / "site") == before


def test_plain_mkdocs_builds_the_same_site_from_the_written_pages(papers: Path) -> None:
    site = files_of(papers / "site")
    shutil.rmtree(papers / "site")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "946684800"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", ".dossier/mkdocs.yml"]
    subprocess.run(command, cwd=papers, env=environment, check=True, capture_output=True)
    plain = files_of(papers / "site")
    site.pop(".dossier-site")
    # What the pages were made from is not known to MkDocs.
    site.pop("manifest.json")
    assert {path: text for path, text in plain.items() if not path.startswith("sitemap")} == {
        path: text for path, text in site.items() if not path.startswith("sitemap")
    }


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("actors/ann-lee.md", "---\nname: [\n---\n"),
        ("annotations/memo-1962.yml", "- {id: x, quote: words that stand nowhere}\n"),
        ("dossier.md", "---\ntitle: x\n---\n[[nowhere]]\n"),
        ("texts/memo-1962.md", "\xff\xfe"),
    ],
)
def test_bad_input_leaves_pages_and_site_untouched(papers: Path, path: str, text: str) -> None:
    before = (files_of(papers / "docs"), files_of(papers / "site"))
    (papers / "corpus" / path).write_text(text, encoding="latin-1")
    assert not build(papers).is_done
    assert (files_of(papers / "docs"), files_of(papers / "site")) == before


def test_a_dead_link_on_a_hand_written_page_leaves_the_site_untouched(papers: Path) -> None:
    before = files_of(papers / "site")
    (papers / "docs/mine.md").write_text('# Mine\n\n<a href="nowhere.html">dead</a>\n')
    built = build(papers)
    assert not built.is_done
    assert [diagnostic.code for diagnostic in built.diagnostics] == ["dead-link"]
    assert files_of(papers / "site") == before


def test_a_page_whose_record_is_gone_is_removed_and_a_page_of_the_editors_stays(papers: Path) -> None:
    (papers / "docs/issues/mine.md").write_text("# Mine\n\nOwn words.\n")
    issue = papers / "corpus/issues/harbour-wall.md"
    issue.rename(issue.with_name("sea-wall.md"))
    for path in ("documents/memo-1962.md", "annotations/memo-1962.yml"):
        file = papers / "corpus" / path
        file.write_text(file.read_text().replace("[harbour-wall]", "[sea-wall]"))
    assert build(papers).is_done
    assert not (papers / "docs/issues/harbour-wall.md").exists()
    assert (papers / "docs/issues/sea-wall.md").exists()
    assert (papers / "docs/issues/mine.md").read_text() == "# Mine\n\nOwn words.\n"
    assert (papers / "site/issues/mine.html").exists()


def test_a_page_in_the_way_that_dossier_did_not_write_is_never_touched(papers: Path) -> None:
    page = papers / "docs/actors/tom-lee.md"
    page.write_text("# Mine\n")
    (papers / "corpus/actors/tom-lee.md").write_text("---\nname: Tom Lee\nkind: person\n---\n")
    built = build(papers)
    assert not built.is_done
    assert "foreign-file" in {diagnostic.code for diagnostic in built.diagnostics}
    assert page.read_text() == "# Mine\n"


def test_a_bare_corpus_folder_builds_without_any_configuration(tmp_path: Path) -> None:
    write_starter(tmp_path / "papers", TEMPLATES)
    bare = tmp_path / "bare Käse #1"
    shutil.copytree(tmp_path / "papers/corpus", bare)
    assert build(bare).is_done
    assert (bare / "site/documents/memo-1962.html").is_file()


def test_a_corpus_of_one_document_alone_builds(tmp_path: Path) -> None:
    record = "---\ntitle: Alone\ndate: 2001\nkind: note\nrights: {publish: record}\n---\n"
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/alone.md").write_text(record)
    built = build(tmp_path)
    assert built.is_done
    assert built.diagnostics == ()


def test_a_template_of_the_dossier_replaces_the_tools_own(papers: Path) -> None:
    (papers / "templates/partials").mkdir(parents=True)
    (papers / "templates/partials/crumbs.md.j2").write_text("Own words above each page.\n")
    assert build(papers).is_done
    assert "Own words above each page." in (papers / "site/issues/harbour-wall.html").read_text()


def test_withheld_words_stand_in_no_file_of_the_site(papers: Path) -> None:
    record = papers / "corpus/documents/memo-1962.md"
    record.write_text(
        record.read_text().replace("publish: full", "publish: excerpts").replace("#¶3", "#twice-the-sum")
    )
    for path in ("actors/ann-lee.md", "actors/harbour-board.md", "dossier.md"):
        file = papers / "corpus" / path
        file.write_text(file.read_text().replace("#¶1", "#twice-the-sum").replace("#¶3", "#twice-the-sum"))
    assert build(papers).is_done
    for folder in ("site", "docs"):
        for path, content in files_of(papers / folder).items():
            assert b"I ask the board to decide" not in content, path
            assert b"A drawing is enclosed" not in content, path


def test_a_site_folder_that_holds_the_dossier_itself_is_refused(papers: Path) -> None:
    (papers / ".dossier-site").write_text("as if a build had made this folder\n")
    layout, _ = find_layout(papers, packaged_templates=TEMPLATES, site=papers)
    assert layout is not None
    before = files_of(papers)
    built = build_dossier(layout, lambda stage: None)
    assert [diagnostic.code for diagnostic in built.diagnostics if diagnostic.severity == "error"] == [
        "foreign-site"
    ]
    assert files_of(papers / "corpus") == {
        path.removeprefix("corpus/"): text for path, text in before.items() if path.startswith("corpus/")
    }


def test_footnotes_of_several_texts_on_one_page_keep_their_own_words(papers: Path) -> None:
    record = papers / "corpus/documents/memo-1962.md"
    record.write_text(
        record.read_text() + "\nMore.[^1][@memo-1962#¶1]\n\n[^1]: Words of the digest's note.\n"
    )
    notes = papers / "corpus/annotations/memo-1962.yml"
    notes.write_text(notes.read_text() + "    Still more.[^1]\n\n    [^1]: Words of the annotation's note.\n")
    assert build(papers).is_done
    page = (papers / "site/documents/memo-1962.html").read_text()
    for words in ("Words of the digest's note.", "Words of the annotation's note.", "Wall to cost little."):
        assert page.count(words) >= 1, words


@pytest.mark.parametrize("docs_dir", [".", "corpus/texts", "../elsewhere"])
def test_pages_go_to_a_folder_of_their_own_inside_the_dossier(papers: Path, docs_dir: str) -> None:
    (papers / "mkdocs.yml").write_text(f"site_name: x\nuse_directory_urls: false\ndocs_dir: {docs_dir}\n")
    layout, found = find_layout(papers, packaged_templates=TEMPLATES)
    assert layout is None
    assert [diagnostic.code for diagnostic in found] == ["bad-site-config"]


def test_a_broken_template_is_reported_with_its_line(papers: Path) -> None:
    (papers / "templates").mkdir()
    (papers / "templates/home.md.j2").write_text("# Mine\n\n{% if %}\n")
    built = build(papers)
    assert [(d.code, d.place.path, d.place.line) for d in built.diagnostics] == [
        ("bad-template", "templates/home.md.j2", 3)
    ]


def test_words_of_repairs_of_a_withheld_text_are_withheld(papers: Path) -> None:
    record = papers / "corpus/documents/memo-1962.md"
    repairs = "repairs:\n  - {rule: cut, before: secretbefore, after: secretafter, note: Cut.}\n"
    text = record.read_text().replace("publish: full", "publish: excerpts").replace("#¶3", "#twice-the-sum")
    record.write_text(text.replace("gaps:", f"{repairs}gaps:"))
    for path in ("actors/ann-lee.md", "actors/harbour-board.md", "dossier.md"):
        file = papers / "corpus" / path
        file.write_text(file.read_text().replace("#¶1", "#twice-the-sum").replace("#¶3", "#twice-the-sum"))
    assert build(papers).is_done
    for path, content in files_of(papers / "site").items():
        assert b"secretbefore" not in content, path
        assert b"secretafter" not in content, path
