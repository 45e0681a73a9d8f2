"""How well `dossier import` does: paragraphs kept whole, furniture cut, notes, marks and facts, against editors' truth.

Usage: python tests/bench/importing.py [CORPUS]    (CORPUS holds the three real sources; left out where it is not
at hand)

`seen` are sources that the rules were written with, `blind` those that were written apart from them.
Each figure is right/given/expected.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from generator.importing.compose import compose
from tests.import_truth import Score, find_cases, judge, judge_hashes, read_case

SOURCES = Path(__file__).resolve().parents[1] / "import_sources"
REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus"


def main() -> None:
    """Print a table for each group of sources and the sums."""
    real = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL
    console = Console(highlight=False, width=120)
    groups: list[tuple[str, list[tuple[str, Score]]]] = []
    if real.is_dir():
        groups.append(("real", [(one.name, judge_hashes(one, real)) for one in find_cases(SOURCES / "real")]))
    else:
        console.print(f"the three real sources are not at hand: {real} does not exist")
    start = time.perf_counter()
    for group in ("seen", "blind"):
        cases = []
        for expected in find_cases(SOURCES / group):
            received, truth = read_case(expected)
            if received is not None:
                cases.append((expected.name.split(".")[0], judge(compose(received), truth)))
        groups.append((group, cases))
    spent_s = time.perf_counter() - start
    for name, scores in groups:
        console.print(_table(name, scores))
    console.print(f"{sum(len(scores) for _, scores in groups)} sources in {spent_s:.1f} s on one core")


def _table(name: str, scores: list[tuple[str, Score]]) -> Table:
    table = Table(
        "source", "paragraphs", "furniture cut", "notes", "marks", "facts wrong", title=name, box=None
    )
    for case, score in scores:
        wrong = ", ".join(key for key, is_right in score.facts.items() if not is_right)
        table.add_row(
            case,
            _of(score.paragraphs),
            f"{score.furniture[0]}/{score.furniture[2]}",
            _of(score.notes),
            _of(score.anchors),
            wrong,
        )
    for words, weight in (("recall", 2), ("precision", 1)):
        table.add_row(
            f"[bold]{words}",
            _share(score.paragraphs for _, score in scores)
            if weight == 2
            else _share(((s.paragraphs[0], 0, s.paragraphs[1]) for _, s in scores)),
            _share(((s.furniture[0], 0, s.furniture[2]) for _, s in scores)) if weight == 2 else "",
            _share(s.notes if weight == 2 else (s.notes[0], 0, s.notes[1]) for _, s in scores),
            _share(s.anchors if weight == 2 else (s.anchors[0], 0, s.anchors[1]) for _, s in scores),
            _facts(scores) if weight == 2 else "",
        )
    return table


def _of(counts: tuple[int, int, int]) -> str:
    return "/".join(str(count) for count in counts)


def _share(counts: Iterable[tuple[int, int, int]]) -> str:
    """Return right of expected over all cases, in per cent."""
    pairs = list(counts)
    whole = sum(pair[2] for pair in pairs)
    return f"{min(sum(pair[0] for pair in pairs) / whole, 1):.1%}" if whole else "–"


def _facts(scores: list[tuple[str, Score]]) -> str:
    values = [is_right for _, score in scores for is_right in score.facts.values()]
    dates = [score.facts["date"] for _, score in scores if "date" in score.facts]
    return f"{sum(values)}/{len(values)} right, dates {sum(dates)}/{len(dates)}" if values else ""


if __name__ == "__main__":
    main()
