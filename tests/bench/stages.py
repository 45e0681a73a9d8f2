"""How each stage grows with the corpus, as ratios within one run: a corpus four times as large should take four times.

Usage: python tests/bench/stages.py [DOCUMENTS]    (the smaller corpus; 100 if left out)
"""

from __future__ import annotations

import random
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

FACTOR = 4
WORDS = ["the", "of", "harbour", "wall", "cost", "letter", "board", "sum", "tide", "stone", "report", "said"]


def write_corpus(folder: Path, documents: int) -> None:
    """Write a corpus with one actor for five documents, one issue for twenty, 700 words and 30 names a document."""
    chance = random.Random(documents)  # noqa: S311 - the same words in every run
    actors = max(documents // 5, 2)
    issues = max(documents // 20, 1)
    for name in ("documents", "texts", "annotations", "actors", "issues"):
        (folder / name).mkdir(parents=True)
    for number in range(actors):
        text = f"---\nname: Person Number{number}\nkind: person\naliases: [Number{number}]\n---\nNamed.\n"
        (folder / f"actors/p{number}.md").write_text(text)
    for number in range(issues):
        text = f"---\ntitle: Issue {number}\naliases: [matter{number}]\n---\nDisputed.\n"
        (folder / f"issues/i{number}.md").write_text(text)
    for number in range(documents):
        passages = []
        for passage in range(10):
            words = [chance.choice(WORDS) for _ in range(70)]
            for _ in range(3):
                words[chance.randrange(70)] = f"Number{chance.randrange(actors)}"
            words[chance.randrange(70)] = f"matter{chance.randrange(issues)}"
            passages.append(f"Unique{number}x{passage} " + " ".join(words) + ".")
        (folder / f"texts/d{number}.md").write_text("\n\n".join(passages) + "\n")
        record = f"---\ntitle: Document {number}\ndate: 19{number % 90 + 10}-01-02\nkind: letter\n"
        record += f"rights: {{publish: full}}\nissues: [i{number % issues}]\n---\nA digest.[@d{number}#¶2]\n"
        (folder / f"documents/d{number}.md").write_text(record)
        notes = "".join(
            f"- {{id: n{p}, quote: Unique{number}x{p}, speaker: p{number % actors}, issues: [i{number % issues}]}}\n"
            for p in range(0, 10, 3)
        )
        (folder / f"annotations/d{number}.yml").write_text(notes)


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
        write_corpus(small, documents)
        write_corpus(large, documents * FACTOR)
        time_stages(small)  # once unmeasured: imports, caches
        few, many = time_stages(small), time_stages(large)
    print(f"{'stage':<8}{documents:>10}{documents * FACTOR:>10}   ratio (linear: {FACTOR})")  # noqa: T201
    for stage, seconds in few.items():
        print(f"{stage:<8}{seconds:>9.2f}s{many[stage]:>9.2f}s   {many[stage] / seconds:.1f}")  # noqa: T201


if __name__ == "__main__":
    main()
