"""Values put on disk, and read again one by one."""

from __future__ import annotations

import os
import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import shelf
from generator.build import check_dossier
from generator.engine import map_in_processes
from generator.layout import find_layout
from generator.model.linked import LinkedText
from generator.model.text import Span, Target
from generator.resources import TEMPLATES
from generator.shelf import ShelvableMapping

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Loose:
    """A record without slots, which is pickled in its own way."""

    words: str


def test_every_text_of_the_default_dossier_is_the_same_from_disk(tmp_path: Path) -> None:
    layout, _ = find_layout(PROJECT, packaged_templates=TEMPLATES)
    assert layout is not None
    linked = check_dossier(layout, lambda stage: None).linked
    assert linked is not None
    before = dict(linked.texts)
    assert isinstance(linked.texts, ShelvableMapping)
    linked.texts.shelve(tmp_path)
    assert len(before) > 20
    for key, text in before.items():
        read = linked.texts[key]
        assert isinstance(read, LinkedText)
        assert read is not text
        assert read == text
        assert read.parsed.blocks[:1] == text.parsed.blocks[:1]


def test_a_shelved_mapping_has_the_same_keys_in_the_same_order(tmp_path: Path) -> None:
    held = {"b": (Span(start=1, end=2),), "a": (Target(slug="a"), Loose(words="w")), "c": None}
    mapping = ShelvableMapping[str, object](held)
    for _ in range(2):
        assert list(mapping) == ["b", "a", "c"]
        assert dict(mapping) == held
        assert "a" in mapping
        assert "d" not in mapping
        assert mapping.get("d", 5) == 5
        assert len(mapping) == 3
        with pytest.raises(KeyError):
            mapping["d"]
        mapping.shelve(tmp_path)
    # The file has no name.
    assert not list(tmp_path.iterdir())


def test_few_values_are_kept_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "KEPT_BYTES", 1000)
    mapping = ShelvableMapping(dict.fromkeys(range(20), "x" * 300))
    mapping.shelve(tmp_path)
    first = mapping[0]
    assert mapping[0] is first
    assert [mapping[number] for number in range(20)] == ["x" * 300] * 20
    assert mapping[19] is mapping[19]
    assert mapping[0] is not first
    assert 1 <= len(mapping._kept) <= 4


def test_a_value_larger_than_what_is_kept_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "KEPT_BYTES", 10)
    mapping = ShelvableMapping({1: "x" * 300, 2: "y" * 300})
    mapping.shelve(tmp_path)
    assert (mapping[1], mapping[2], mapping[1]) == ("x" * 300, "y" * 300, "x" * 300)


def test_processes_read_the_same_file_at_once(tmp_path: Path) -> None:
    mapping = ShelvableMapping({number: f"value {number} " * 50 for number in range(2000)})
    mapping.shelve(tmp_path)
    read = list(map_in_processes(mapping.__getitem__, list(range(2000)), 4))
    assert read == [f"value {number} " * 50 for number in range(2000)]


def test_values_that_cannot_be_written_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    mapping = ShelvableMapping({1: "one"})
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(OSError, match="No space"):
        mapping.shelve(tmp_path)
    assert mapping[1] == "one"


def test_without_pread_values_are_read_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "pread")
    mapping = ShelvableMapping({1: "one", 2: "two"})
    mapping.shelve(tmp_path)
    assert dict(mapping) == {1: "one", 2: "two"}


def test_a_value_that_cannot_be_pickled_leaves_the_mapping_as_it_is(tmp_path: Path) -> None:
    mapping = ShelvableMapping[int, object]({1: "one", 2: lambda: None})
    with pytest.raises((pickle.PicklingError, AttributeError)):
        mapping.shelve(tmp_path)
    assert mapping[1] == "one"
