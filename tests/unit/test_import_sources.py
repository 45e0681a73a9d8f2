"""Messy sources are imported as well as recorded: no figure changes without a reviewer seeing it in a diff.

`scores.yml` holds what `make bench-import` prints. After a change that is meant, write it anew with
DOSSIER_WRITE_SCORES=1 in the environment of pytest, and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from generator.importing.compose import compose
from tests.import_truth import Score, find_cases, judge, judge_hashes, read_case

SOURCES = Path(__file__).resolve().parents[1] / "import_sources"
SCORES = SOURCES / "scores.yml"
RECEIVED = Path(__file__).resolve().parents[3] / "shared/corpus"
HUGE = "23-ocr-big-report"


def figures(score: Score) -> dict[str, object]:
    """Return the figures of one source as they are recorded."""
    return {
        "paragraphs": list(score.paragraphs),
        "furniture": list(score.furniture),
        "notes": list(score.notes),
        "marks": list(score.anchors),
        "facts_wrong": sorted(key for key, is_right in score.facts.items() if not is_right),
    }


def name_of(expected: Path) -> str:
    return expected.name.split(".")[0]


CASES = [
    pytest.param(path, id=name_of(path), marks=[pytest.mark.slow] if name_of(path) == HUGE else [])
    for group in ("seen", "blind")
    for path in find_cases(SOURCES / group)
]


@pytest.mark.parametrize("expected", CASES)
def test_a_source_is_imported_as_well_as_recorded(expected: Path) -> None:
    received, truth = read_case(expected)
    if received is None:
        assert truth["error"] == "no-text-layer"
        return
    found = figures(judge(compose(received), truth))
    recorded = yaml.safe_load(SCORES.read_text(encoding="utf-8")) or {}
    if os.environ.get("DOSSIER_WRITE_SCORES"):
        recorded[name_of(expected)] = found
        lines = [
            f"{name}: {yaml.safe_dump(recorded[name], default_flow_style=True, width=200)}"
            for name in sorted(recorded)
        ]
        SCORES.write_text(
            "# right, given, expected; of furniture: cut, left, expected\n" + "".join(lines), encoding="utf-8"
        )
    assert found == recorded[name_of(expected)]


@pytest.mark.skipif(
    not RECEIVED.is_dir(), reason="the three real sources are not at hand; two are under copyright"
)
@pytest.mark.parametrize("expected", find_cases(SOURCES / "real"), ids=name_of)
def test_a_real_source_is_imported_without_hand_work(expected: Path) -> None:
    score = judge_hashes(expected, RECEIVED)
    assert score.wrong == ()
    assert score.paragraphs[0] == score.paragraphs[1] == score.paragraphs[2]
    assert score.notes[0] == score.notes[1] == score.notes[2]
    assert score.anchors[0] == score.anchors[1] == score.anchors[2]
    assert all(score.facts.values())


def test_sources_are_varied_and_many() -> None:
    endings = {
        next(p for p in path.parent.glob(f"{name_of(path)}.*") if ".expected." not in p.name).suffix
        for path in (*find_cases(SOURCES / "seen"), *find_cases(SOURCES / "blind"))
    }
    assert endings >= {".txt", ".md", ".html", ".pdf", ".docx", ".eml", ".zip"}
    assert len(CASES) >= 20
