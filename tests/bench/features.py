"""What a dossier costs that uses every part of the corpus format, at two sizes: whether any of it grows faster.

Usage: python tests/bench/features.py [DOCUMENTS ...]

500 and 2,000 documents if left out: with excerpts, redactions, embargoes, corrections, relations, origins, gaps, former
slugs and more (`tests/rich_corpus.py`). Prints the time of a clean build by stage and its memory, then that after one
changed document.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.measure import Cost, build
from tests.rich_corpus import write_rich_corpus

SIZES = (500, 2_000)


def main() -> None:
    """Build, and print."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    each: list[float] = []
    for documents in sizes:
        with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
            dossier = Path(folder).resolve()
            write_rich_corpus(dossier / "corpus", documents)
            clean = build(dossier)
            with (dossier / "corpus/texts/d3.md").open("a", encoding="utf-8") as text:
                text.write("\nA line more.\n")
            for name, cost in (("clean", clean), ("after one changed document", build(dossier))):
                print(f"{documents:>7,} documents, {name}: {tell(cost)}")  # noqa: T201
            each.append(clean.seconds / documents)
    if len(each) > 1:
        print(f"time a document, {sizes[0]:,} to {sizes[-1]:,}: {each[-1] / each[0]:.2f}")  # noqa: T201


def tell(cost: Cost) -> str:
    """Return what a build cost, in words."""
    stages = ", ".join(f"{name} {stage['seconds']:.1f}" for name, stage in cost.told["stages"].items())
    return f"{cost.seconds:.1f} s, {cost.memory_mb} MB ({stages})"


if __name__ == "__main__":
    main()
