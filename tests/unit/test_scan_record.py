"""What a leak scan remembers of files that hold nothing withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.model.withheld import Withheld, WithheldText
from generator.verify import ScanRecord, scan_pages, scan_site

SECRET = "the members had resolved to raise the dues by a tenth"


def withheld(words: str = SECRET) -> Withheld:
    return Withheld(texts=(WithheldText(kind="passage", what="a passage", path="texts/a.md", words=words),))


class Counting:
    """Maps a function over names, and keeps these."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, function: Callable[[Any], Any], items: Sequence[Any]) -> Iterable[Any]:
        self.names = list(items)
        return map(function, items)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    for name, words in (("a.html", "Nothing."), ("b.html", "Nothing either."), ("c.js", "var a;")):
        (folder / name).write_text(words)
    return folder


def scan(site: Path, wanted: Withheld | None = None) -> tuple[list[str], list[str]]:
    """Return the names of the files that were read, and those in which something was found."""
    hashes = {path.name: sha256(path.read_bytes()).hexdigest() for path in site.iterdir()}
    counting = Counting()
    found = scan_site(
        site,
        wanted or withheld(),
        hashes=hashes,
        record=ScanRecord(site.parent / "record.bin"),
        spread=counting,
    )
    return counting.names, [one.place.path for one in found]


def test_a_file_that_is_the_same_is_not_read_again(site: Path) -> None:
    assert scan(site) == (["a.html", "b.html", "c.js"], [])
    assert scan(site) == ([], [])
    (site / "b.html").write_text("Another thing.")
    assert scan(site) == (["b.html"], [])
    assert scan(site) == ([], [])


def test_a_leak_is_found_in_every_scan(site: Path) -> None:
    scan(site)
    (site / "b.html").write_text(f"<p>{SECRET}</p>")
    assert scan(site) == (["b.html"], ["site/b.html"])
    assert scan(site) == (["b.html"], ["site/b.html"])


def test_where_other_words_are_withheld_every_file_is_read(site: Path) -> None:
    (site / "b.html").write_text("<p>A boat was seen near the unlit harbour at night</p>")
    assert scan(site)[1] == []
    names, found = scan(site, withheld("a boat was seen near the unlit harbour at night"))
    assert names == ["a.html", "b.html", "c.js"]
    assert found == ["site/b.html"]


def test_a_known_file_under_another_name_is_read(site: Path) -> None:
    scan(site)
    (site / "b.html").rename(site / "d.html")
    assert scan(site) == (["d.html"], [])


@pytest.mark.parametrize("damage", ["truncated", "emptied", "overwritten", "removed"])
def test_with_a_damaged_record_files_are_read(site: Path, damage: str) -> None:
    scan(site)
    record = site.parent / "record.bin"
    content = record.read_bytes()
    if damage == "removed":
        record.unlink()
    else:
        record.write_bytes(
            {"truncated": content[:30], "emptied": b"", "overwritten": content[:50] + b"\0" * 200}[damage]
        )
    (site / "b.html").write_text(SECRET)
    assert scan(site) == (["a.html", "b.html", "c.js"], ["site/b.html"])


def test_files_without_a_hash_are_always_read(site: Path) -> None:
    record = ScanRecord(site.parent / "record.bin")
    for _ in range(2):
        counting = Counting()
        assert scan_site(site, withheld(), record=record, spread=counting) == ()
        assert counting.names == ["a.html", "b.html", "c.js"]


def test_no_hash_is_asked_for_where_nothing_is_withheld() -> None:
    def refuse(path: str) -> str:
        raise AssertionError(path)

    assert scan_pages({"a.md": b"words"}, Withheld(), shown_as="docs", hash_of=refuse) == ()
