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
from generator.rendered_record import RecordWriter, RenderedPage, RenderedRecord, read_record

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
    assert read_record(file) == RenderedRecord()
    pages = {
        "a.md": RenderedPage(
            hash="0" * 64, read=ReadNumbers(np.array([1, 2], np.uint64), np.array([], np.uint64))
        ),
        "ä.md": RenderedPage(
            hash="1" * 64, read=ReadNumbers(np.array([], np.uint64), np.array([3], np.uint64))
        ),
    }
    with RecordWriter(file) as writer:
        for key, rendered in pages.items():
            writer.add(key, rendered)
        writer.write("s")
    record = read_record(file)
    assert record.shared == "s"
    assert {
        path: (page.hash, *(part.tolist() for part in page.read)) for path, page in record.pages.items()
    } == {
        "a.md": ("0" * 64, [1, 2], []),
        "ä.md": ("1" * 64, [], [3]),
    }
    for damaged in (b"", b"{", file.read_bytes()[:200]):
        file.write_bytes(damaged)
        assert read_record(file) == RenderedRecord()
