"""What is read of a dossier while one of its pages is rendered.

The dossier that pages are made from is watched: its records and mappings note each look at them (see `watched.py`).
What is made once for many pages keeps the reads that it took, and whoever uses it has read them, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, TypeVar

# How something was read: a value by its key, whether a key is there, all keys, all values.
How = Literal["value", "key", "keys", "values"]
# How, the name of the mapping or of a record's field, and the key; of a field the value under None.
Read = tuple[How, str, Any]
Reads = frozenset[Read]
Value = TypeVar("Value")

_open: list[set[Read]] = []


@contextmanager
def reading() -> Iterator[set[Read]]:
    """Give the set in which all that is read within is noted."""
    reads: set[Read] = set()
    _open.append(reads)
    try:
        yield reads
    finally:
        _open.pop()


def note(how: How, place: str, key: Any = None) -> None:
    """Note a read where reads are noted."""
    if _open:
        _open[-1].add((how, place, key))


def note_all(reads: Iterable[Read]) -> None:
    """Note what was read when something was made that is used now."""
    if _open:
        _open[-1].update(reads)


def make_traced(make: Callable[..., Value], *arguments: Any) -> tuple[Value, Reads]:
    """Return what a function makes, and what it read for it: whoever keeps the one keeps the other for `note_all`."""
    with reading() as reads:
        made = make(*arguments)
    return made, frozenset(reads)
