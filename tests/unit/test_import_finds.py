"""What the fuzzers found, once and for all: each file of tests/fuzz/finds/ is imported, and every law holds of it.

A find is named after what it is, `<kind>-<words>`; the kind is the ending that the importer is told.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.seeds import PAGES, TEXTS
from tests.import_laws import import_content

FINDS = Path(__file__).parents[1] / "fuzz/finds"


@pytest.mark.parametrize("find", [path.name for path in sorted(FINDS.glob("*-*"))])
def test_what_a_fuzzer_found_is_imported(find: str) -> None:
    import_content(f"find.{find.partition('-')[0]}", (FINDS / find).read_bytes())


@pytest.mark.parametrize("seed", TEXTS)
def test_every_law_holds_of_the_seeds(seed: str) -> None:
    assert import_content("seed.txt", seed.encode()) is not None


@pytest.mark.parametrize("seed", PAGES)
def test_every_law_holds_of_the_seeds_that_are_pages(seed: str) -> None:
    assert import_content("seed.html", seed.encode()) is not None
