"""How each stage grows with the corpus, as ratios within one run: a corpus four times as large should take four times.

Usage: python tests/bench/stages.py [DOCUMENTS]    (the smaller corpus; 100 if left out)
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from generator.check import check_corpus
from generator.index import index_corpus
from generator.link import link_corpus
from generator.load import load_corpus
from generator.render import render_pages
from generator.resources import TEMPLATES
from tests.large_corpus import write_large_corpus

FACTOR = 4


def time_stages(folder: Path) -> dict[str, float]:
    """Return the seconds that each stage takes on a corpus."""
    seconds: dict[str, float] = {}

    def lap(stage: str, start: float) -> None:
        seconds[stage] = time.perf_counter() - start

    start = time.perf_counter()
    corpus, _ = load_corpus(folder)
    lap("load", start)
    assert corpus is not None
    start = time.perf_counter()
    linked, _ = link_corpus(corpus)
    lap("link", start)
    start = time.perf_counter()
    index, _ = index_corpus(corpus, linked)
    lap("index", start)
    start = time.perf_counter()
    check_corpus(corpus, linked, index)
    lap("check", start)
    start = time.perf_counter()
    render_pages(corpus, linked, index, [TEMPLATES])
    lap("render", start)
    return seconds


def main() -> None:
    """Print a table of seconds and ratios."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        write_large_corpus(small, documents)
        write_large_corpus(large, documents * FACTOR)
        time_stages(small)  # once unmeasured: imports, caches
        few, many = time_stages(small), time_stages(large)
    print(f"{'stage':<8}{documents:>10}{documents * FACTOR:>10}   ratio (linear: {FACTOR})")  # noqa: T201
    for stage, seconds in few.items():
        print(f"{stage:<8}{seconds:>9.2f}s{many[stage]:>9.2f}s   {many[stage] / seconds:.1f}")  # noqa: T201


if __name__ == "__main__":
    main()
