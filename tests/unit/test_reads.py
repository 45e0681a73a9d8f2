"""What is noted when a page looks at the dossier, and the numbers by which it is known to be as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.render import ReadNumbers, number_present, reading
from generator.render.reads import Reads, make_traced, note_all
from generator.render.watched import watch
from generator.rendered_record import RecordWriter, RenderedPage, RenderedRecord

VALUES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """A record such as a corpus is."""

    names: Mapping[str, int] = field(default_factory=dict)
    title: str = ""

    def has(self, name: str) -> bool:
        return name in self.names


def reads_of(look: Callable[[Papers], object], papers: Papers) -> Reads:
    watched = watch(papers, "papers")
    with reading() as reads:
        look(watched)
    return frozenset(reads)


@pytest.mark.parametrize(
    ("look", "noted"),
    [
        (lambda papers: papers.title, {("value", "papers.title", None)}),
        (lambda papers: papers.names["a"], {("value", "papers.names", "a")}),
        (lambda papers: papers.names.get("x"), {("value", "papers.names", "x")}),
        (lambda papers: papers.has("x"), {("key", "papers.names", "x")}),
        (lambda papers: list(papers.names), {("keys", "papers.names", None)}),
        (lambda papers: bool(papers.names), {("keys", "papers.names", None)}),
        (lambda papers: dict(papers.names.items()), {("values", "papers.names", None)}),
        (lambda papers: max(papers.names.values()), {("values", "papers.names", None)}),
        (lambda papers: None, set()),
    ],
)
def test_each_way_to_look_is_noted(
    look: Callable[[Papers], object], noted: set[tuple[str, str, object]]
) -> None:
    assert reads_of(look, Papers(names={"a": 1}, title="T")) == noted


def test_a_watched_record_is_of_its_type_and_answers_as_it_would() -> None:
    papers = Papers(names={"a": 1, "b": 2}, title="T")
    watched = watch(papers, "papers")
    assert isinstance(watched, Papers)
    assert (watched.title, dict(watched.names), watched.has("a"), watched.has("x")) == (
        "T",
        papers.names,
        True,
        False,
    )
    with pytest.raises(KeyError):
        watched.names["x"]


def test_what_was_made_before_brings_its_reads_along() -> None:
    watched = watch(Papers(names={"a": 1}), "papers")
    with reading() as first:
        made, reads = make_traced(lambda: watched.names["a"])
    assert (made, first) == (1, set())
    with reading() as second:
        note_all(reads)
    assert second == {("value", "papers.names", "a")}


@given(VALUES, VALUES, st.sampled_from("abcdef"))
def test_a_page_holds_only_while_what_it_read_is_the_same(
    before: Mapping[str, int], after: Mapping[str, int], key: str
) -> None:
    looks: tuple[tuple[Callable[[Papers], object], Callable[[Mapping[str, int]], object]], ...] = (
        (lambda papers: papers.names.get(key), lambda names: names.get(key)),
        (lambda papers: papers.has(key), lambda names: key in names),
        (lambda papers: list(papers.names), list),
        (lambda papers: list(papers.names.items()), lambda names: list(names.items())),
    )
    then = number_present(watch(Papers(names=before), "papers"))
    now = number_present(watch(Papers(names=after), "papers"))
    for look, seen in looks:
        numbers = then.numbers_of(reads_of(look, Papers(names=before)))
        assert then.holds(numbers)
        assert now.holds(numbers) == (seen(before) == seen(after))


def test_a_changed_field_is_told_from_one_that_is_as_it_was() -> None:
    papers = Papers(names={"a": 1}, title="T")
    present = number_present(watch(papers, "papers"))
    title = present.numbers_of(reads_of(lambda each: each.title, papers))
    name = present.numbers_of(reads_of(lambda each: each.names["a"], papers))
    later = number_present(watch(replace(papers, title="U"), "papers"))
    assert not later.holds(title)
    assert later.holds(name)


def test_a_record_is_read_as_it_was_written_and_a_damaged_one_is_empty(tmp_path: Path) -> None:
    file = tmp_path / "rendered.npz"
    assert held_by(file) == ("", {})
    written = {"a.md": ("0" * 64, [1, 2], []), "ä.md": ("1" * 64, [], [3]), "b.md": ("2" * 64, [4], [5, 6])}
    with RecordWriter(file) as writer:
        for key, (digest, *numbers) in written.items():
            needed, absent = (np.array(each, np.uint64) for each in numbers)
            writer.add(key, RenderedPage(hash=digest, read=ReadNumbers(needed, absent)))
        writer.write("s")
    assert held_by(file) == ("s", written)
    with RenderedRecord(file) as record:
        assert record.find(lambda read: 4 not in read.needed) == {"a.md": "0" * 64, "ä.md": "1" * 64}
        # In whatever order.
        assert [record.page(key).read.needed.tolist() for key in ("b.md", "a.md", "b.md")] == [
            [4],
            [1, 2],
            [4],
        ]
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[whole.index(np.array([1, 2, 4], np.uint64).tobytes())] ^= 1
    for damaged in (b"", b"{", whole[:200], whole[: len(whole) // 2], bytes(flipped)):
        file.write_bytes(damaged)
        assert held_by(file)[1] == {}


def test_a_record_of_no_pages_is_one(tmp_path: Path) -> None:
    with RecordWriter(tmp_path / "rendered.npz") as writer:
        writer.write("s")
    assert held_by(tmp_path / "rendered.npz") == ("s", {})


def held_by(file: Path) -> tuple[str, dict[str, tuple[str, list[int], list[int]]]]:
    with RenderedRecord(file) as record:
        pages = {key: record.page(key) for key in record.find(lambda read: True)}
        return record.shared, {
            key: (page.hash, page.read.needed.tolist(), page.read.absent.tolist())
            for key, page in pages.items()
        }
