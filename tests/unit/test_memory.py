"""What a build keeps in memory, and how long."""

from __future__ import annotations

import gc
import shutil
from collections import Counter
from pathlib import Path

import pytest

from generator.build import write_dossier
from generator.layout import find_layout
from generator.model.corpus import Corpus
from generator.model.index import Index, Reference
from generator.model.linked import LinkedCorpus, LinkedText
from generator.recent import Recent
from generator.render.page import Dossier
from generator.resources import TEMPLATES

PROJECT = Path(__file__).resolve().parents[2]


def test_the_corpus_is_let_go_of_when_its_pages_are_written(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "corpus", tmp_path / "corpus")
    layout, _ = find_layout(tmp_path, packaged_templates=TEMPLATES)
    assert layout is not None
    gc.collect()
    gc.disable()
    try:
        before = count_held()
        assert write_dossier(layout, lambda stage: None).counts["documents"] > 2
        held = count_held() - before
    finally:
        gc.enable()
    # Nothing was left to the collector, which is called rarely.
    assert held == Counter()


def count_held() -> Counter[str]:
    kinds = (Corpus, LinkedCorpus, LinkedText, Index, Reference, Dossier)
    return Counter(type(one).__name__ for one in gc.get_objects() if isinstance(one, kinds))


def test_the_last_values_that_were_asked_for_are_kept() -> None:
    made = []

    def ask(kept: Recent[str, str], key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key.upper())  # type: ignore[func-returns-value]

    kept = Recent[str, str](2)
    assert [ask(kept, key) for key in "abacab"] == list("ABACAB")
    # "b" was asked for longest ago when "c" came, and then "c" when "b" came again.
    assert made == list("abcb")
    assert len(kept) == 2


@pytest.mark.parametrize("value", [None, 0, ""])
def test_a_value_that_is_nothing_is_kept_as_well(value: object) -> None:
    kept = Recent[str, object](1)
    assert kept.get("key", lambda: value) is value
    assert kept.get("key", lambda: "another") is value
