"""Exactness of the generator's own pages: those not rendered again are what they would be if they were."""

from __future__ import annotations

import random
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.build import write_dossier
from generator.built import Built
from generator.layout import find_layout
from generator.render import OpenDossier, PlannedPage, plan_pages, render_page
from generator.resources import TEMPLATES
from tests.edited_dossiers import EDITS, Papers, first_papers, write_papers
from tests.large_corpus import write_large_corpus
from tests.property.test_build_laws import differences, read_tree

ROOT = Path(__file__).resolve().parents[2]
AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)
CHAINS = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 999)), min_size=1, max_size=6)
# A word of a corpus file that editors write: in front matter, YAML or a text.
WORD = re.compile(r"(?<=[a-z] )[a-z]{4,}(?=[ ,.])")


def write(folder: Path) -> Built:
    """Write the pages of the dossier in a folder, with what earlier builds left there."""
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None
    return write_dossier(layout, lambda stage: None)


def assert_as_clean(edited: Path, clean: Path) -> bool:
    """Assert that both folders get the same pages; return whether they got any."""
    built, wanted = write(edited), write(clean)
    assert built.is_done == wanted.is_done
    if wanted.is_done:
        assert differences(read_tree(edited / "docs"), read_tree(clean / "docs")) == []
    return wanted.is_done


def check_chain(start: Papers, edits: Sequence[tuple[str, int]]) -> int:
    """Return after how many edits the pages could be written. Assert that they are those of a clean build."""
    written = 0
    with tempfile.TemporaryDirectory() as temporary:
        edited = Path(temporary).resolve() / "edited"
        write_papers(edited, start)
        assert write(edited).is_done
        papers = start
        for number, (name, choice) in enumerate(edits):
            changed = EDITS[name](papers, choice)
            clean = edited.with_name(f"clean{number}")
            write_papers(edited, changed)
            write_papers(clean, changed)
            # What cannot be published is taken back.
            papers = changed if assert_as_clean(edited, clean) else papers
            written += papers is changed
    return written


@pytest.mark.slow
def test_every_kind_of_edit_is_followed() -> None:
    chance = random.Random(11)  # noqa: S311 - the same edits in every run
    edits = [(name, chance.randrange(1000)) for name in sorted(EDITS)]
    chance.shuffle(edits)
    assert check_chain(first_papers(5), edits) > len(edits) // 2


@pytest.mark.slow
@settings(max_examples=30, phases=AS_FOUND, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.integers(2, 9), CHAINS)
def test_chains_of_edits_are_followed(documents: int, edits: list[tuple[str, int]]) -> None:
    check_chain(first_papers(documents), edits)


@pytest.mark.parametrize("page_bytes", [3_000, pytest.param(120_000, marks=pytest.mark.slow)])
def test_a_text_that_changes_changes_few_pages(page_bytes: int, tmp_path: Path) -> None:
    edited, clean = tmp_path / "edited", tmp_path / "clean"
    write_large_corpus(edited / "corpus", 40)
    rendered: list[str] = []

    def render(opened: OpenDossier, planned: PlannedPage) -> bytes:
        rendered.append(planned.path)
        return render_page(opened, planned)

    with (
        patch("generator.render.list_planner.PAGE_BYTES", page_bytes),
        patch("generator.render.list_planner.PART_BYTES", page_bytes),
        patch("generator.render.long_lists.KEPT_BYTES", page_bytes // 10),
        patch("generator.render.list_planner.KEPT_BYTES", page_bytes // 10),
        patch.dict("os.environ", {"DOSSIER_JOBS": "1"}),
        patch("generator.page_store.render_page", render),
    ):
        assert write(edited).is_done
        everything = len(rendered)
        rendered.clear()
        assert write(edited).is_done
        always = len(rendered)
        text = edited / "corpus/texts/d7.md"
        first, _, rest = text.read_text().partition("\n\n")
        text.write_text(f"{first}\n\nAn added sentence about stone.\n\n{rest}")
        shutil.copytree(edited / "corpus", clean / "corpus")
        rendered.clear()
        assert write(edited).is_done
        assert "documents/d7.md" in rendered
        changed = len(rendered)
        assert assert_as_clean(edited, clean)
    assert always < everything / 2
    assert changed < everything * 3 / 4


def test_a_page_that_is_planned_as_another_is_rendered_again(tmp_path: Path) -> None:
    """A page that says why a document is gone may come to lead on to another, though nothing that it read changed."""
    write_large_corpus(tmp_path / "corpus", 2)
    assert write(tmp_path).is_done
    before = (tmp_path / "docs/about.md").read_bytes()

    def plan(opened: OpenDossier) -> tuple[PlannedPage, ...]:
        return tuple(
            replace(one, template="timeline") if one.path == "about.md" else one for one in plan_pages(opened)
        )

    with patch("generator.page_store.plan_pages", plan):
        assert write(tmp_path).is_done
    assert (tmp_path / "docs/about.md").read_bytes() != before


@pytest.mark.slow
def test_words_of_the_default_dossier_are_followed(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - the same words in every run
    edited = tmp_path / "edited"
    shutil.copytree(ROOT / "corpus", edited / "corpus")
    assert write(edited).is_done
    files = [
        path
        for path in sorted((edited / "corpus").rglob("*"))
        if path.suffix in (".md", ".yml", ".yaml", ".json")
    ]
    followed = 0
    for number in range(16):
        path = chance.choice(files)
        before = path.read_text(encoding="utf-8")
        words = list(WORD.finditer(before))
        if not words:
            continue
        word = chance.choice(words)
        path.write_text(f"{before[: word.start()]}{word[0][::-1]}{before[word.end() :]}", encoding="utf-8")
        clean = tmp_path / f"clean{number}"
        shutil.copytree(edited / "corpus", clean / "corpus")
        if assert_as_clean(edited, clean):
            followed += 1
        else:
            path.write_text(before, encoding="utf-8")
        shutil.rmtree(clean)
    assert followed >= 5
