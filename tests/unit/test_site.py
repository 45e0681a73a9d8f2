"""Site: a build that never harms the former one, and what the builder's words become."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, format_diagnostic
from generator.site import (
    MkdocsPaths,
    SiteBuild,
    build_site,
    read_mkdocs_paths,
    source_date_epoch,
    swap_site,
)
from generator.site.folders import repair_site

CONFIG = """\
site_name: Harbour papers
theme: {name: material, font: false}
use_directory_urls: false
validation: {links: {anchors: warn}}
"""
EPOCH_S = 1_700_000_000


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """Return a folder with one page and its configuration; nothing is built."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Harbour papers\n\nA wall.\n")
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return tmp_path


def build(dossier: Path, *, is_strict: bool = True) -> tuple[SiteBuild, list[str]]:
    """Build the dossier's site and return it with the findings as text."""
    built, found = build_site(dossier / "mkdocs.yml", dossier / "site", epoch=EPOCH_S, is_strict=is_strict)
    return built, as_text(found)


def as_text(found: tuple[Diagnostic, ...]) -> list[str]:
    return [format_diagnostic(each) for each in found]


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def names_beside(dossier: Path) -> list[str]:
    return sorted(path.name for path in dossier.iterdir())


def test_a_site_is_built_beside_the_former_one_and_swapped_in(dossier: Path) -> None:
    built, found = build(dossier)
    assert found == []
    assert built.folder is not None
    assert built.folder.parent == dossier
    assert not (dossier / "site").exists()
    swap_site(built.folder, dossier / "site")
    assert "A wall." in (dossier / "site/index.html").read_text()
    assert names_beside(dossier) == ["docs", "mkdocs.yml", "site"]


def test_two_builds_are_byte_identical(dossier: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("an other folder")
    for name in ("docs", "mkdocs.yml"):
        subprocess.run(["cp", "-r", str(dossier / name), str(other)], check=True)
    trees = []
    for folder in (dossier, other):
        built, _ = build(folder)
        assert built.folder is not None
        trees.append(read_tree(built.folder))
    assert trees[0] == trees[1]


def test_a_second_build_replaces_the_first(dossier: Path) -> None:
    for words in ("first", "second"):
        (dossier / "docs/index.md").write_text(f"# {words}\n")
        built, found = build(dossier)
        assert (found, built.folder is None) == ([], False)
        assert built.folder is not None
        swap_site(built.folder, dossier / "site")
    assert "second" in (dossier / "site/index.html").read_text()
    assert names_beside(dossier) == ["docs", "mkdocs.yml", "site"]


def test_a_warning_of_mkdocs_is_placed_on_its_page(dossier: Path) -> None:
    (dossier / "docs/index.md").write_text("# Home\n\n[gone](gone.md)\n")
    built, found = build(dossier, is_strict=False)
    assert built.folder is not None
    assert found == [
        "docs/index.md:1:1: warning[site-builder] Doc file 'index.md' contains a link 'gone.md', but the target is not "
        "found among documentation files."
    ]


def test_a_failed_build_keeps_its_output_and_the_former_site(dossier: Path) -> None:
    built, _ = build(dossier)
    assert built.folder is not None
    swap_site(built.folder, dossier / "site")
    before = read_tree(dossier / "site")
    (dossier / "docs/index.md").write_text("# Home\n\n[gone](gone.md)\n")
    failed, found = build(dossier)
    assert failed.folder is None
    assert "contains a link 'gone.md'" in failed.output
    assert "\x1b" not in failed.output
    assert found[1] == (
        "mkdocs.yml:1:1: error[site-builder] the site builder ended with exit code 1\n"
        "  why:  Aborted with 1 warnings in strict mode!\n"
        "  help: mend the other findings of the site builder"
    )
    assert read_tree(dossier / "site") == before
    assert names_beside(dossier) == ["docs", "mkdocs.yml", "site"]


def test_a_configuration_error_of_mkdocs_is_an_error_on_the_configuration(dossier: Path) -> None:
    (dossier / "mkdocs.yml").write_text("site_name: x\nplugins: [no-such-plugin]\n")
    _, found = build(dossier)
    assert found[0].startswith("mkdocs.yml:1:1: error[site-builder] Config value 'plugins': ")


def test_a_crash_of_the_builder_is_an_error_with_its_last_words(dossier: Path) -> None:
    builder = (sys.executable, "-c", "raise SystemExit('it rained')")
    built, found = build_site(
        dossier / "mkdocs.yml", dossier / "site", epoch=EPOCH_S, is_strict=True, builder=builder
    )
    assert built == SiteBuild(folder=None, output="it rained\n")
    assert as_text(found) == [
        "mkdocs.yml:1:1: error[site-builder] the site builder ended with exit code 1\n"
        "  why:  it rained\n"
        "  help: read all that it printed"
    ]


def test_another_builder_gets_the_same_options(dossier: Path) -> None:
    program = "import os, sys; os.mkdir(sys.argv[5]); print(sys.argv[1:4], os.environ['SOURCE_DATE_EPOCH'])"
    builder = (sys.executable, "-c", program)
    built, _ = build_site(dossier / "mkdocs.yml", dossier / "site", epoch=7, is_strict=True, builder=builder)
    assert built.output == "['build', '--config-file', 'mkdocs.yml'] 7\n"


def test_a_module_in_the_dossier_does_not_shadow_the_builder(dossier: Path) -> None:
    (dossier / "mkdocs.py").write_text("raise SystemExit('hijacked')")
    (dossier / "yaml.py").write_text("raise SystemExit('hijacked')")
    assert build(dossier)[1] == []


def test_a_folder_that_is_not_ours_is_never_replaced(dossier: Path) -> None:
    (dossier / "site").mkdir()
    (dossier / "site/thesis.txt").write_text("precious")
    built, found = build(dossier)
    assert built.folder is None
    assert found == [
        "site:1:1: error[foreign-site] dossier did not build what is here\n"
        "  why:  a build replaces the whole folder\n"
        "  help: move or delete it, or name another folder"
    ]
    assert read_tree(dossier / "site") == {"thesis.txt": b"precious"}


def test_an_empty_folder_may_become_the_site(dossier: Path) -> None:
    (dossier / "site").mkdir()
    built, found = build(dossier)
    assert found == []
    assert built.folder is not None
    swap_site(built.folder, dossier / "site")
    assert (dossier / "site/index.html").is_file()


def test_a_swap_that_fails_puts_the_former_site_back(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/page").write_text("former")
    with pytest.raises(FileNotFoundError):
        swap_site(tmp_path / "missing", tmp_path / "site")
    assert read_tree(tmp_path) == {"site/page": b"former"}


def test_a_site_behind_a_symbolic_link_is_replaced_where_it_is(tmp_path: Path) -> None:
    for name in ("built", "elsewhere"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page").write_text(name)
    (tmp_path / "site").symlink_to("elsewhere")
    swap_site(tmp_path / "built", tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "elsewhere/page").read_text() == "built"


def test_what_interrupted_runs_left_is_repaired(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    pid = int(ended.stdout)
    (tmp_path / f".site.dossier-old-{pid}").mkdir()
    (tmp_path / f".site.dossier-old-{pid}/page").write_text("former")
    (tmp_path / f".site.dossier-new-{pid}").mkdir()
    repair_site(tmp_path / "site")
    assert read_tree(tmp_path) == {"site/page": b"former"}
    assert names_beside(tmp_path) == ["site"]


def test_the_folder_of_a_running_build_is_left_alone(tmp_path: Path) -> None:
    running = tmp_path / f".site.dossier-new-{os.getppid()}"
    running.mkdir()
    repair_site(tmp_path / "site")
    assert running.is_dir()


def test_settings_are_read_past_tags_that_only_mkdocs_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGES", "pages")
    (tmp_path / "mkdocs.yml").write_text(
        "docs_dir: !ENV [NO_SUCH_NAME, PAGES, docs]\nsite_dir: public\nuse_directory_urls: false\nplugins: []\n"
        "x: !!python/name:os.system\ny: !!python/object/apply:os.system [exit 1]\nz: !relative\n"
    )
    assert read_mkdocs_paths(tmp_path / "mkdocs.yml") == (
        MkdocsPaths(
            config=tmp_path / "mkdocs.yml",
            docs_dir=tmp_path / "pages",
            site_dir=tmp_path / "public",
            use_directory_urls=False,
        ),
        (),
    )


def test_inherited_settings_stand_below_the_own_ones(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("docs_dir: below\nsite_dir: below\n")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_dir: own\n")
    paths, _ = read_mkdocs_paths(tmp_path / "mkdocs.yml")
    assert paths is not None
    assert (paths.docs_dir.name, paths.site_dir.name, paths.use_directory_urls) == ("below", "own", True)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "site_name: [",
            "mkdocs.yml:1:13: error[bad-site-config] the site's configuration is no valid YAML: ",
        ),
        (
            "- a\n",
            "mkdocs.yml:1:1: error[bad-site-config] the site's configuration is no mapping of settings",
        ),
        (
            "INHERIT: mkdocs.yml\n",
            "mkdocs.yml:1:1: error[bad-site-config] the site's configuration inherits itself by way",
        ),
        (
            "INHERIT: gone.yml\n",
            "gone.yml:1:1: error[bad-site-config] the site's configuration cannot be read: No such",
        ),
    ],
)
def test_a_bad_configuration_is_an_error_with_its_line(tmp_path: Path, text: str, finding: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    paths, found = read_mkdocs_paths(tmp_path / "mkdocs.yml")
    assert paths is None
    assert as_text(found)[0].startswith(finding)


def test_a_missing_configuration_is_an_error(tmp_path: Path) -> None:
    assert as_text(read_mkdocs_paths(tmp_path / "mkdocs.yml")[1]) == [
        "mkdocs.yml:1:1: error[bad-site-config] the site's configuration cannot be read: No such file or directory\n"
        "  why:  it says where pages are read and where the site is built\n"
        "  help: at the least, `site_name: …` in a file `mkdocs.yml` beside the corpus"
    ]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a git repository with one commit of known time in `a/` and a later one in `b/`."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    git = ["git", "-C", str(tmp_path), "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    for name, moment in (("a", EPOCH_S), ("b", EPOCH_S + 9)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
        dates = {"GIT_AUTHOR_DATE": f"{moment} +0000", "GIT_COMMITTER_DATE": f"{moment} +0000"}
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-qm", name], check=True, env={**os.environ, **dates})
    return tmp_path


def test_the_moment_of_a_build_is_the_last_commit_that_touched_the_folder(repository: Path) -> None:
    assert source_date_epoch(repository / "a") == EPOCH_S
    assert source_date_epoch(repository) == EPOCH_S + 9


def test_the_variable_goes_before_the_commit(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    assert source_date_epoch(repository) == 7


@pytest.mark.parametrize("value", ["0", "-1", "tomorrow", "", "²"])
def test_a_useless_variable_counts_as_not_set(
    repository: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert source_date_epoch(repository / "a") == EPOCH_S


def test_without_git_the_moment_is_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert source_date_epoch(tmp_path) == 946_684_800
    monkeypatch.setenv("PATH", str(tmp_path))
    assert source_date_epoch(tmp_path) == 946_684_800
