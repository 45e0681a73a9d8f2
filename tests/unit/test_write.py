"""Write: what a folder holds after any runs, interrupted or not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import format_diagnostic
from generator.write import WriteSummary, hold_lock, write_files

NAMES = st.sampled_from(["a", "b", "c.md", "é.md"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
CONTENTS = st.sampled_from([b"", b"one", b"two", b"three"])
FOREIGN_CONTENTS = st.sampled_from([b"by hand", b"by another hand"])


def is_tree(paths: Mapping[str, bytes]) -> bool:
    """Return whether no path is also the folder of another."""
    return not any(other.startswith(f"{path}/") for path in paths for other in paths)


FILES = st.dictionaries(PATHS, CONTENTS, max_size=5).filter(is_tree)


class Interruption(BaseException):
    """Stands for a killed process: no code of ours catches it."""


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return every file below the folder but the manifest, by relative path."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    found.pop(".manifest.json", None)
    return found


def write(files: Mapping[str, bytes], folder: Path) -> tuple[WriteSummary, list[str]]:
    """Write the files and return the summary with the findings as text."""
    summary, found = write_files(files, folder, manifest=folder / ".manifest.json")
    return summary, [format_diagnostic(each) for each in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder for pages that does not exist yet."""
    return tmp_path / "docs"


def test_the_first_run_writes_every_file(folder: Path) -> None:
    summary, found = write({"a/b.md": b"one", "c.md": b"two"}, folder)
    assert found == []
    assert summary == WriteSummary(written=2)
    assert read_folder(folder) == {"a/b.md": b"one", "c.md": b"two"}


def test_only_files_whose_bytes_differ_are_written(folder: Path) -> None:
    write({"a.md": b"one", "b.md": b"two"}, folder)
    before = (folder / "a.md").stat()
    summary, _ = write({"a.md": b"one", "b.md": b"new"}, folder)
    after = (folder / "a.md").stat()
    assert summary == WriteSummary(written=1, unchanged=1)
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_run_without_changes_leaves_the_manifest_as_it_is(folder: Path) -> None:
    write({"a.md": b"one"}, folder)
    before = (folder / ".manifest.json").stat()
    write({"a.md": b"one"}, folder)
    assert (folder / ".manifest.json").stat().st_mtime_ns == before.st_mtime_ns


def test_stale_files_go_with_the_folders_they_leave_empty(folder: Path) -> None:
    write({"a/b/c.md": b"one", "d.md": b"two"}, folder)
    summary, _ = write({"d.md": b"two"}, folder)
    assert summary == WriteSummary(unchanged=1, removed=1)
    assert not (folder / "a").exists()


def test_a_folder_that_holds_a_foreign_file_stays(folder: Path) -> None:
    write({"a/b.md": b"one"}, folder)
    (folder / "a/mine.md").write_bytes(b"by hand")
    write({}, folder)
    assert read_folder(folder) == {"a/mine.md": b"by hand"}


def test_a_deleted_page_is_written_again(folder: Path) -> None:
    write({"a.md": b"one"}, folder)
    (folder / "a.md").unlink()
    summary, found = write({"a.md": b"one"}, folder)
    assert (summary.written, found) == (1, [])


def test_a_foreign_file_is_an_error_and_nothing_is_written(folder: Path) -> None:
    folder.mkdir()
    (folder / "b.md").write_bytes(b"by hand")
    summary, found = write({"a.md": b"one", "b.md": b"two"}, folder)
    assert summary == WriteSummary()
    assert found == [
        "docs/b.md:1:1: error[foreign-file] a page would replace this file, which dossier did not write\n"
        "  why:  files written by hand are never overwritten\n"
        "  help: move or delete the file, or rename the record whose page has this name"
    ]
    assert read_folder(folder) == {"b.md": b"by hand"}


@pytest.mark.parametrize("later", [{"a.md": b"two"}, {}], ids=["still generated", "stale"])
def test_a_page_edited_by_hand_is_an_error(folder: Path, later: dict[str, bytes]) -> None:
    write({"a.md": b"one"}, folder)
    (folder / "a.md").write_bytes(b"edited")
    _, found = write(later, folder)
    assert found == [
        "docs/a.md:1:1: error[edited-page] this generated page was edited by hand\n"
        "  why:  the next build would lose the edit\n"
        "  help: move the edit into the corpus, or delete the file; then build again"
    ]
    assert read_folder(folder) == {"a.md": b"edited"}


def test_an_edit_that_equals_the_new_page_is_no_fault(folder: Path) -> None:
    write({"a.md": b"one"}, folder)
    (folder / "a.md").write_bytes(b"two")
    assert write({"a.md": b"two"}, folder) == (WriteSummary(unchanged=1), [])


@pytest.mark.parametrize(
    "path", ["../a.md", "/a.md", "a/../../b.md", "a//b.md", "./a.md", "", "C:\\a.md", "a\\b.md"]
)
def test_a_path_outside_the_folder_is_an_error(folder: Path, path: str) -> None:
    _, found = write({path: b"one"}, folder)
    shown = path.replace("\x00", "\\u0000")
    assert found == [
        f"docs:1:1: error[path-leaves-folder] `{shown}` is no path below `docs`\n"
        "  why:  pages are written there and nowhere else\n"
        "  help: rename the record: letters, digits and hyphens are safe everywhere"
    ]
    assert not folder.exists()


def test_a_symbolic_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.mkdir()
    (folder / "a").symlink_to(outside)
    _, found = write({"a/b.md": b"one"}, folder)
    assert found == [
        "docs/a/b.md:1:1: error[path-leaves-folder] the path goes through the symbolic link `a`\n"
        "  why:  what lies behind a link was not written by dossier\n"
        "  help: replace the link `docs/a` by a folder, or remove it"
    ]
    assert list(outside.iterdir()) == []


def test_a_stale_page_behind_a_symbolic_link_is_not_deleted(folder: Path, tmp_path: Path) -> None:
    write({"a/b.md": b"one"}, folder)
    (folder / "a").rename(tmp_path / "outside")
    (folder / "a").symlink_to(tmp_path / "outside")
    _, found = write({}, folder)
    assert "[path-leaves-folder]" in found[0]
    assert (tmp_path / "outside/b.md").read_bytes() == b"one"


def test_a_link_in_the_place_of_a_page_is_foreign(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"by hand")
    folder.mkdir()
    (folder / "a.md").symlink_to(tmp_path / "secret")
    _, found = write({"a.md": b"one"}, folder)
    assert "[foreign-file]" in found[0]
    assert (tmp_path / "secret").read_bytes() == b"by hand"


@pytest.mark.parametrize(
    ("one", "other"), [("Ab.md", "ab.md"), ("\u00e9.md", "e\u0301.md"), ("A/x.md", "a/y.md")]
)
def test_paths_that_are_one_file_on_macos_are_an_error(folder: Path, one: str, other: str) -> None:
    _, found = write({one: b"one", other: b"two"}, folder)
    assert len(found) == 1
    assert "differ only in case or Unicode form" in found[0]
    assert not folder.exists()


def test_a_collision_names_both_paths(folder: Path) -> None:
    _, found = write({"Ab.md": b"one", "ab.md": b"two"}, folder)
    assert found == [
        "docs/ab.md:1:1: error[path-collision] `ab.md` and `Ab.md` differ only in case or Unicode form\n"
        "  why:  on macOS and Windows the one would overwrite the other\n"
        "  help: rename one of the two"
    ]


def test_a_path_that_is_page_and_folder_is_an_error(folder: Path) -> None:
    _, found = write({"a": b"one", "a/b.md": b"two"}, folder)
    assert "error[path-collision] `a` is both a page and a folder of pages" in found[0]


def test_a_page_may_become_a_folder_and_a_folder_a_page(folder: Path) -> None:
    write({"a": b"one", "b/c/d": b"two"}, folder)
    summary, found = write({"a/x": b"one", "b": b"two"}, folder)
    assert (summary, found) == (WriteSummary(written=2, removed=2), [])
    assert read_folder(folder) == {"a/x": b"one", "b": b"two"}


def test_a_page_cannot_take_the_place_of_a_folder_with_foreign_files(folder: Path) -> None:
    write({"b/c": b"one"}, folder)
    (folder / "b/mine").write_bytes(b"by hand")
    _, found = write({"b": b"two"}, folder)
    assert "docs/b:1:1: error[foreign-file]" in found[0]
    assert read_folder(folder) == {"b/c": b"one", "b/mine": b"by hand"}


def test_a_page_renamed_in_case_alone_survives(folder: Path) -> None:
    write({"A.md": b"one"}, folder)
    summary, found = write({"a.md": b"one"}, folder)
    assert (summary, found) == (WriteSummary(written=1, removed=1), [])
    assert read_folder(folder) == {"a.md": b"one"}


DAMAGED = [
    "",
    "{",
    "[]",
    '{"files": {"../x": []}}',
    '{"files": {"a.md": "x"}}',
    '{"files": {"a.md": [1]}}',
    "[" * 10**5,
]


@pytest.mark.parametrize("damage", DAMAGED, ids=range(len(DAMAGED)))
def test_after_a_damaged_manifest_equal_files_are_adopted_and_others_foreign(
    folder: Path, damage: str
) -> None:
    write({"a.md": b"one", "b.md": b"two"}, folder)
    (folder / ".manifest.json").write_text(damage)
    _, found = write({"a.md": b"one", "b.md": b"new"}, folder)
    assert found[0] == (
        ".manifest.json:1:1: info[damaged-manifest] the list of written files cannot be read\n"
        "  why:  pages that differ from the new ones cannot be told from files written by hand\n"
        "  help: delete the pages that are reported as foreign, then build again"
    )
    assert "docs/b.md:1:1: error[foreign-file]" in found[1]
    write({"a.md": b"one", "b.md": b"two"}, folder)
    assert write({}, folder) == (WriteSummary(removed=2), [])


def test_a_manifest_never_deletes_outside_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"one")
    write({"a.md": b"one"}, folder)
    manifest = folder / ".manifest.json"
    manifest.write_text(manifest.read_text().replace("a.md", "../precious"))
    write({}, folder)
    assert (tmp_path / "precious").exists()


def test_the_manifest_is_the_same_whatever_the_order_of_the_files(tmp_path: Path) -> None:
    write({"a.md": b"one", "b.md": b"two"}, tmp_path / "x")
    write({"b.md": b"two", "a.md": b"one"}, tmp_path / "y")
    contents = [(tmp_path / name / ".manifest.json").read_bytes() for name in "xy"]
    assert contents[0] == contents[1]
    assert list(json.loads(contents[0])["files"]) == ["a.md", "b.md"]


@given(
    runs=st.lists(FILES, max_size=4),
    foreign=st.dictionaries(PATHS, FOREIGN_CONTENTS, max_size=3).filter(is_tree),
)
def test_any_runs_leave_the_last_files_and_all_foreign_ones(
    runs: list[dict[str, bytes]], foreign: dict[str, bytes]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in foreign.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        expected: dict[str, bytes] = {}
        for files in runs:
            _, found = write(files, folder)
            meets_foreign = any(
                not is_tree({mine: b"", other: b""}) or mine == other for mine in files for other in foreign
            )
            assert bool(found) == meets_foreign
            expected = expected if found else files
            assert read_folder(folder) == {**foreign, **expected}
            empty = [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]
            assert empty == []


@contextmanager
def interruption_at(step: int) -> Iterator[None]:
    """Raise at the given change of a file's name, counted from 0, before or (odd steps) after it."""
    steps = iter(range(10**6))

    def changing(change: str) -> object:
        original = getattr(os, change)

        def changed(*arguments: object, **options: object) -> None:
            if next(steps) == step:
                raise Interruption
            original(*arguments, **options)
            if next(steps) == step:
                raise Interruption

        return changed

    with ExitStack() as patches:
        for change in ("replace", "unlink", "rmdir", "mkdir"):
            patches.enter_context(patch.object(os, change, changing(change)))
        yield


@given(before=FILES, during=FILES, after=FILES, step=st.integers(0, 30))
def test_the_next_run_repairs_any_interruption(
    before: dict[str, bytes], during: dict[str, bytes], after: dict[str, bytes], step: int
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "docs"
        write(before, folder)
        try:
            with interruption_at(step):
                write(during, folder)
        except Interruption:
            pass
        assert write(after, folder)[1] == []
        assert read_folder(folder) == after
        assert [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())] == []


def test_a_killed_process_is_repaired_by_the_next_run(folder: Path) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from generator.write import write_files\n"
        "left, original = [int(sys.argv[2])], os.replace\n"
        "def replace(*names):\n"
        "    left[0] -= 1\n"
        "    if left[0] == 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    original(*names)\n"
        "os.replace = replace\n"
        "folder = Path(sys.argv[1])\n"
        "files = {f'{n % 3}/{n}.md': b'new' for n in range(9)}\n"
        "write_files(files, folder, manifest=folder / '.manifest.json')\n"
    )
    for moment in (1, 2, 6, 11):
        write({f"{n}/old.md": b"old" for n in range(3)}, folder)
        killed = subprocess.run([sys.executable, "-c", program, str(folder), str(moment)], check=False)
        assert killed.returncode == -signal.SIGKILL
        _, found = write({"1/1.md": b"newer"}, folder)
        assert found == []
        assert read_folder(folder) == {"1/1.md": b"newer"}


def test_two_writers_at_once_leave_the_files_of_one(folder: Path) -> None:
    sets = [{f"{n}.md": bytes([k]) for n in range(40)} for k in range(4)]
    threads = [threading.Thread(target=write, args=(files, folder)) for files in sets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_folder(folder) in sets
    assert write({}, folder) == (WriteSummary(removed=40), [])


def test_the_lock_waits_for_its_holder_and_leaves_no_file(tmp_path: Path) -> None:
    events: list[str] = []

    def wait_for_it() -> None:
        with hold_lock(tmp_path / "lock"):
            events.append("second")

    with hold_lock(tmp_path / "lock"):
        thread = threading.Thread(target=wait_for_it)
        thread.start()
        thread.join(timeout=0.2)
        events.append("first")
    thread.join()
    assert events == ["first", "second"]
    assert list(tmp_path.iterdir()) == []
