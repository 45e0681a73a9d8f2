"""Two sequences of words aligned: their common runs, joined across a few words that differ."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A common run has this many words in a row at least: shorter ones are everywhere.
ROW = 3
# Runs on the same line of thought are this far apart at most, on either side.
GAP = 8
# Three words that stand more often in one paragraph begin no run; a run may still lead across them.
MAX_REPEATS = 8
LOOK_BACK = 64


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Run:
    """Words common to both: from `first` and `second`, `size` of them."""

    first: int
    second: int
    size: int


Alignment = tuple[Run, ...]


def align(first: Sequence[int], second: Sequence[int]) -> tuple[Alignment, ...]:
    """Return the stretches that two sequences share, the longest first; no two of them overlap in either.

    Each is a tuple of runs in order, one of ROW words at least, no two further apart than GAP. The same stretches are
    found whichever sequence comes first. Linear in the length of both, but where they repeat themselves.
    """
    first, second = tuple(first), tuple(second)
    if second < first:
        return tuple(
            tuple(Run(first=run.second, second=run.first, size=run.size) for run in alignment)
            for alignment in align(second, first)
        )
    taken: list[Alignment] = []
    for chain in _chains(sorted(_find_runs(first, second))):
        if not any(_overlap(chain, other) for other in taken):
            taken.append(chain)
    return tuple(_filled(chain, first, second) for chain in taken)


def _find_runs(first: tuple[int, ...], second: tuple[int, ...]) -> Iterator[Run]:
    """Yield every longest run of ROW common words or more."""
    places: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for start in range(len(first) - ROW + 1):
        places[first[start : start + ROW]].append(start)
    # How far the second sequence was followed, by how far the first is ahead of it.
    reached: dict[int, int] = {}
    for start in range(len(second) - ROW + 1):
        found = places.get(second[start : start + ROW], ())
        if len(found) > MAX_REPEATS:
            continue
        for place in found:
            diagonal = place - start
            done = reached.get(diagonal, 0)
            if done > start:
                continue
            begin, end = start, start + ROW
            while begin > done and begin + diagonal > 0 and first[begin + diagonal - 1] == second[begin - 1]:
                begin -= 1
            while end < len(second) and end + diagonal < len(first) and first[end + diagonal] == second[end]:
                end += 1
            reached[diagonal] = end
            yield Run(first=begin + diagonal, second=begin, size=end - begin)


def _chains(runs: list[Run]) -> Iterator[Alignment]:
    """Yield chains of runs that follow one another in both sequences, those with most words first, each run once."""
    sizes = [run.size for run in runs]
    before = [-1] * len(runs)
    for index, run in enumerate(runs):
        for other in range(index - 1, max(-1, index - 1 - LOOK_BACK), -1):
            lap = _lap(runs[other], run)
            if lap is not None and sizes[other] + run.size - lap > sizes[index]:
                sizes[index], before[index] = sizes[other] + run.size - lap, other
    used: set[int] = set()
    for last in sorted(range(len(runs)), key=lambda n: (-sizes[n], runs[n])):
        chain: list[Run] = []
        index = last
        while index >= 0 and index not in used:
            used.add(index)
            chain.append(runs[index])
            index = before[index]
        if chain:
            yield _without_laps(chain[::-1])


def _lap(before: Run, after: Run) -> int | None:
    """Return by how many words two runs overlap; None where the second does not follow the first closely."""
    gaps = (after.first - before.first - before.size, after.second - before.second - before.size)
    lap = max(0, -gaps[0], -gaps[1])
    is_after = after.first > before.first and after.second > before.second
    return lap if is_after and lap < after.size and max(gaps) + lap <= GAP else None


def _without_laps(chain: list[Run]) -> Alignment:
    cut = chain[:1]
    for run in chain[1:]:
        end, end_second = cut[-1].first + cut[-1].size, cut[-1].second + cut[-1].size
        lap = max(0, end - run.first, end_second - run.second)
        cut.append(Run(first=run.first + lap, second=run.second + lap, size=run.size - lap))
    return tuple(cut)


def _overlap(one: Alignment, other: Alignment) -> bool:
    return (
        one[0].first < other[-1].first + other[-1].size and other[0].first < one[-1].first + one[-1].size
    ) or (
        one[0].second < other[-1].second + other[-1].size and other[0].second < one[-1].second + one[-1].size
    )


def _filled(chain: Alignment, first: tuple[int, ...], second: tuple[int, ...]) -> Alignment:
    """Return the chain with the single words that are common between its runs."""
    runs = [chain[0]]
    for run in chain[1:]:
        start, start_second = runs[-1].first + runs[-1].size, runs[-1].second + runs[-1].size
        matcher = difflib.SequenceMatcher(
            None, first[start : run.first], second[start_second : run.second], autojunk=False
        )
        runs.extend(
            Run(first=start + block.a, second=start_second + block.b, size=block.size)
            for block in matcher.get_matching_blocks()
            if block.size
        )
        runs.append(run)
    return tuple(runs)
