"""Pages are kept from the site that stands, or made anew, by one process or several; what is known may be wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import build_dossier
from generator.built import Built
from generator.layout import Layout, find_layout
from generator.rebuild import build_if_changed
from generator.resources import TEMPLATES
from generator.site import build_site, is_closed_config, read_made_pages
from generator.starter import write_starter
from generator.verify import read_links

ROOT = Path(__file__).resolve().parents[2]


def layout_of(folder: Path) -> Layout:
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None
    return layout


def build(folder: Path) -> Built:
    return build_dossier(layout_of(folder), lambda _: None)


def build_again(folder: Path) -> tuple[Built, list[str]]:
    stages: list[str] = []
    return build_if_changed(layout_of(folder), stages.append), stages


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def times_of(folder: Path) -> dict[str, int]:
    return {p.relative_to(folder).as_posix(): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "papers"
    write_starter(folder, TEMPLATES)
    assert build_again(folder)[0].is_done
    return folder


def test_a_build_of_the_same_files_does_nothing_and_says_what_the_last_one_said(built: Path) -> None:
    before = times_of(built)
    again, stages = build_again(built)
    assert stages == []
    assert again.is_done
    assert (again.counts["written"], again.counts["removed"]) == (0, 0)
    assert again.counts["unchanged"] >= again.counts["pages"]
    assert times_of(built) == before


def test_files_of_the_site_that_did_not_change_keep_their_time(built: Path) -> None:
    before = times_of(built / "site")
    (built / "corpus/about.md").write_text("A remark.[@editors]\n", "utf-8")
    again, stages = build_again(built)
    assert again.is_done
    assert "site" in stages
    after = times_of(built / "site")
    changed = {path for path, time in after.items() if before.get(path) != time}
    assert "about.html" in changed
    assert not any(path.startswith(("assets/", "actors/", "documents/")) for path in changed)


@pytest.mark.parametrize("name", ["site.json", "built.json"])
@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff", b'{"format": 1, "pages": 3}']
)
def test_a_damaged_record_is_no_record(tmp_path: Path, name: str, content: bytes) -> None:
    record = tmp_path / name
    record.write_bytes(content)
    assert read_made_pages(record).pages == {}
    assert read_links(record, ["a.html"]) == {}


def test_a_page_of_the_site_that_somebody_touched_is_made_anew(built: Path) -> None:
    good = files_of(built / "site")
    page = next((built / "site/documents").glob("[!i]*.html"))
    # The former file may have two names while a build runs: it is replaced, as an editor's program does.
    page.unlink()
    page.write_bytes(b"changed by hand")
    assert build_again(built)[0].is_done
    assert files_of(built / "site") == good


def test_records_of_other_builds_are_not_believed(built: Path) -> None:
    good = files_of(built / "site")
    record = layout_of(built).made_pages
    value = json.loads(record.read_bytes())
    value["shared"] = "of another theme"
    record.write_text(json.dumps(value), "utf-8")
    layout_of(built).last_build.unlink()
    assert build_again(built)[0].is_done
    assert files_of(built / "site") == good


def test_a_process_that_fails_fails_the_build_and_leaves_the_site(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = files_of(built / "site")
    own = built / "docs/own.md"
    own.write_text("# Own\n\n[nowhere](gone.md)\n", "utf-8")
    monkeypatch.setenv("DOSSIER_JOBS", "2")
    failed = build(built)
    assert not failed.is_done
    assert any("gone.md" in diagnostic.what for diagnostic in failed.diagnostics)
    assert files_of(built / "site") == good
    own.unlink()
    assert build(built).is_done


@pytest.mark.parametrize(
    ("settings", "is_closed"),
    [
        ("site_name: A\nplugins: []\nhooks:\n  - .dossier/site_overrides/hooks.py\n", True),
        ("site_name: A!\nextra: {a: b!}\n", True),
        ("site_name: A\nplugins: [tags]\n", False),
        ("site_name: A\nhooks: [own.py]\n", False),
        ("site_name: A\nmarkdown_extensions: [tables, {toc: {permalink: true}}]\n", True),
        ("site_name: A\nmarkdown_extensions: [pymdownx.snippets]\n", False),
        ("site_name: !ENV NAME\n", False),
        ("site_name: A\nx: [!!python/name:os.getcwd ]\n", False),
        ("INHERIT: other.yml\n", False),
        ("- a list\n", False),
        ("{", False),
    ],
)
def test_a_configuration_that_brings_in_more_is_not_taken_for_known(
    tmp_path: Path, settings: str, is_closed: bool
) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(settings, "utf-8")
    assert is_closed_config(config) is is_closed
    assert is_closed_config(tmp_path / "gone.yml") is False


IMPORTED = """
import sys
from generator.cli import main
main(["build", sys.argv[1]], standalone_mode=False)
"""


def test_a_build_that_has_nothing_to_do_loads_nothing_that_only_a_build_needs(built: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-c", IMPORTED, str(built)]
    imported = []
    for _ in range(2):
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
        assert ended.returncode == 0
        imported.append(set(re.findall(r"\| +(\S+)$", ended.stderr, re.MULTILINE)))
    needed = {"generator.build", "generator.load", "jinja2", "lxml.etree", "citeproc", "edtf"}
    assert needed <= imported[0]
    assert not needed & imported[1]
    assert "generator.unchanged" in imported[1]


HELD = """
from pathlib import Path
FILES = []
def on_files(files, **_):
    FILES.extend(files.documentation_pages())
    return files
def on_post_build(config, **_):
    held = sum(len(file.page.content or "") + len(file.page.markdown or "") for file in FILES)
    Path(config.config_file_path).with_name("held.txt").write_text(f"{len(FILES)} pages hold {held}")
"""


def test_no_page_holds_its_text_once_it_is_written(tmp_path: Path) -> None:
    write_starter(tmp_path / "papers", TEMPLATES)
    assert build(tmp_path / "papers").is_done
    config = tmp_path / "papers/.dossier/mkdocs.yml"
    config.with_name("held.py").write_text(HELD)
    written = config.read_text("utf-8")
    config.write_text(written.replace("\nhooks:\n", "\nhooks:\n  - held.py\n"), "utf-8")
    site, _ = build_site(config, tmp_path / "site", epoch=1_000_000_000, is_strict=True)
    assert site.folder is not None, site.output
    pages, _, _, held = config.with_name("held.txt").read_text().split()
    assert int(pages) > 5
    assert held == "0"
