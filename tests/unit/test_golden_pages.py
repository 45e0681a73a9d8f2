"""The starter dossier's pages, as a reviewer reads them in a diff. `make golden` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

from generator.build import write_dossier
from generator.layout import find_layout
from generator.resources import TEMPLATES
from generator.starter import write_starter

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def test_pages_of_the_starter_dossier_are_the_golden_ones(tmp_path: Path) -> None:
    write_starter(tmp_path / "papers", TEMPLATES)
    layout, _ = find_layout(tmp_path / "papers", packaged_templates=TEMPLATES)
    assert layout is not None
    written = write_dossier(layout, lambda stage: None)
    assert written.is_done
    pages = {
        path.relative_to(layout.docs).as_posix(): path.read_text(encoding="utf-8")
        for path in layout.docs.rglob("*.md")
    }
    if os.environ.get("DOSSIER_WRITE_GOLDEN"):
        _replace_golden(pages)
    golden = {
        path.relative_to(GOLDEN).as_posix(): path.read_text(encoding="utf-8") for path in GOLDEN.rglob("*.md")
    }
    assert sorted(pages) == sorted(golden)
    for path, text in pages.items():
        assert _without_build_facts(text) == golden[path], path


def _replace_golden(pages: dict[str, str]) -> None:
    for old in GOLDEN.rglob("*.md"):
        old.unlink()
    for path, text in pages.items():
        target = GOLDEN / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_without_build_facts(text), encoding="utf-8")


def _without_build_facts(text: str) -> str:
    """Return the page without the line that changes with each version of the generator."""
    return "\n".join(line for line in text.split("\n") if "<dt>Generator</dt>" not in line)
