"""How a long list is cut into pages of bounded size, without a group of it being torn where it fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunName:
    """One page of a list: whole groups of items, or some items of one group.

    `first` and `last` are the keys of its groups, `number` counts the runs that begin with the key `first` from 1.
    """

    first: str
    last: str
    number: int

    @property
    def name(self) -> str:
        """What the run is called in an address: its first key, and its number where others begin with that too."""
        return f"{self.first}-{self.number}" if self.number > 1 else self.first


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(RunName, Generic[Item]):
    """A page of a list with its items."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHead(RunName):
    """A page of a list without its items; `dates` are the first and last of them (EDTF), empty where they have none."""

    dates: tuple[str, str]


def cut_runs(
    items: Iterable[Item],
    *,
    key: Callable[[Item], str],
    weigh: Callable[[Item], int],
    most_weight: int,
    most_items: int,
    is_alone: Callable[[str], bool] = lambda _: False,
) -> tuple[Run[Item], ...]:
    """Return the items in runs, in their order; linear in their number.

    `key` gives the group of an item; items of a group stand together. A run has at most `most_items` items and, if it
    has more than one, at most `most_weight`. `is_alone`: a group of this key shares no run with another.
    """
    runs: list[Run[Item]] = []
    held: list[tuple[str, Item]] = []
    weight = 0
    used: dict[str, int] = {}

    def close() -> None:
        nonlocal weight
        if held:
            first = held[0][0]
            used[first] = used.get(first, 0) + 1
            runs.append(
                Run(
                    first=first,
                    last=held[-1][0],
                    number=used[first],
                    items=tuple(item for _, item in held),
                )
            )
        held.clear()
        weight = 0

    for name, group in groupby(items, key):
        members = [(item, weigh(item)) for item in group]
        is_full = (
            len(held) + len(members) > most_items
            or weight + sum(heavy for _, heavy in members) > most_weight
            or is_alone(name)
            or (bool(held) and is_alone(held[-1][0]))
        )
        if is_full:
            close()
        for item, heavy in members:
            if held and (len(held) >= most_items or weight + heavy > most_weight):
                close()
            held.append((name, item))
            weight += heavy
    close()
    return tuple(runs)
