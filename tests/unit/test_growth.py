"""That what is kept of a corpus grows as the corpus does, whatever parts of the format it uses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.build import Checked, check_dossier
from generator.built import EditionChoice
from generator.diagnostics import Diagnostic
from generator.layout import find_layout
from generator.render import open_dossier, plan_pages, render_page
from generator.render.read_numbers import bytes_of
from generator.render.watched import watched_parts
from generator.resources import TEMPLATES
from tests.rich_corpus import write_rich_corpus

SIZES = (60, 240)
# Four times as many documents: some views begin with little, and numbers have more digits.
MOST = 4 * 1.35
# What is less than this may be anything.
SMALL_BYTES = 20_000
# Bytes of Markdown that any page may have.
PAGE_BYTES = 200_000


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Checked]:
    found = {}
    for size in SIZES:
        folder = tmp_path_factory.mktemp(f"rich-{size}")
        write_rich_corpus(folder / "corpus", size)
        layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
        assert layout is not None
        found[size] = check_dossier(layout, lambda stage: None, edition=EditionChoice())
    return found


def faults(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [one for one in found if one.severity != "info"]


def test_a_corpus_with_every_part_of_the_format_has_no_faults(checked: Mapping[int, Checked]) -> None:
    for one in checked.values():
        assert faults(one.diagnostics) == []
        assert one.corpus is not None
        assert one.index is not None
        assert one.corpus.is_narrowed
        assert one.corpus.corrections.record
        for held in (one.index.gaps, one.index.origins, one.index.parallels, one.index.related):
            assert held


def test_nothing_that_pages_read_grows_faster_than_the_corpus(checked: Mapping[int, Checked]) -> None:
    few, many = (sizes_of(checked[size]) for size in SIZES)
    grown = {place: many[place] / few[place] for place in few if many[place] > SMALL_BYTES}
    assert len(grown) > 15
    assert {place: round(times, 2) for place, times in grown.items() if times > MOST} == {}


def sizes_of(checked: Checked) -> dict[str, int]:
    """Return how many bytes of values stand at each place that pages read."""
    assert checked.corpus is not None
    assert checked.linked is not None
    assert checked.index is not None
    opened, _ = open_dossier(checked.corpus, checked.linked, checked.index, [TEMPLATES])
    assert opened is not None
    return {
        place: sum(len(bytes_of(one)) for one in held.values())
        if isinstance(held, Mapping)
        else len(bytes_of(held))
        for place, held in watched_parts(opened.dossier)
    }


def test_no_page_of_such_a_corpus_is_heavy(checked: Mapping[int, Checked]) -> None:
    one = checked[SIZES[-1]]
    assert one.corpus is not None
    assert one.linked is not None
    assert one.index is not None
    opened, _ = open_dossier(one.corpus, one.linked, one.index, [TEMPLATES])
    assert opened is not None
    pages = {planned.path: len(render_page(opened, planned)) for planned in plan_pages(opened)}
    assert len(pages) > 900
    assert {path: size for path, size in pages.items() if size > PAGE_BYTES} == {}


def test_the_corpus_of_every_part_is_the_same_in_every_run(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_rich_corpus(tmp_path / name, 20)
    files = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "other")
    ]
    assert files[0] == files[1]
    assert len(files[0]) > 60
