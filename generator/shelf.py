"""Values that are many, and of which few are asked for at a time, on disk instead of in memory."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
# Bytes on disk of the values that a process keeps in memory: those that were asked for last.
KEPT_BYTES = 4_000_000


class ShelvableMapping(Mapping[Key, Value]):
    """A mapping like any other, whose values can be put on disk when most of the work with them is done.

    Processes that are copied from this one read the same file: unlike memory it is not doubled by being looked at.
    """

    def __init__(self, held: Mapping[Key, Value]) -> None:
        # Values, or once they are shelved where each starts and ends.
        self._held: dict[Key, Any] = dict(held)
        self._shelf: _Shelf | None = None
        self._kept: dict[Key, Value] = {}
        self._kept_bytes = 0

    def shelve(self, folder: Path) -> None:
        """Put all values into a file without a name, on the disk of a folder. Whoever holds one keeps it.

        Raises:
            OSError: if they cannot be written; then they stay in memory.
        """
        if self._shelf is not None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        shelf = _Shelf(folder)
        places = shelf.put(self._held.values())
        self._shelf, self._held = shelf, dict(zip(self._held, places, strict=True))

    def __getitem__(self, key: Key) -> Value:
        found = self._held[key]
        if self._shelf is None:
            value: Value = found
            return value
        if key not in self._kept:
            self._keep(key, self._shelf.read(*found))
        return self._kept[key]

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def __iter__(self) -> Iterator[Key]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def _keep(self, key: Key, value: Value) -> None:
        """Keep a value, and let go of those that were read longest ago."""
        self._kept[key] = value
        self._kept_bytes += self._size_of(key)
        while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._kept_bytes -= self._size_of(oldest)

    def _size_of(self, key: Key) -> int:
        start, end = self._held[key]
        return int(end) - int(start)


class _Shelf:
    """A file without a name, on which values stand one after the other."""

    def __init__(self, folder: Path) -> None:
        # It is open as long as the shelf is used.
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        weakref.finalize(self, self._file.close)

    def put(self, values: Iterable[object]) -> list[tuple[int, int]]:
        """Write values, and return where each starts and ends."""
        places = []
        start = 0
        for value in values:
            _Pickler(self._file, pickle.HIGHEST_PROTOCOL).dump(value)
            end = self._file.tell()
            places.append((start, end))
            start = end
        self._file.flush()
        return places

    def read(self, start: int, end: int) -> Any:
        """Return the value between two places. Processes that share the file may read at once."""
        number, size = self._file.fileno(), end - start
        if hasattr(os, "pread"):
            content = os.pread(number, size, start)
        else:
            # There processes cannot be copied, and nobody else reads.
            os.lseek(number, start, os.SEEK_SET)
            content = os.read(number, size)
        return pickle.loads(content)  # noqa: S301 (written by this program, in this run)


class _Written(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How records are pickled, by their types: as their fields, in a third of the time that they take by themselves."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if not is_dataclass(kind) or not all(hasattr(put, "__set__") for put in _slots_of(kind)):
            raise KeyError(kind)
        names = [each.name for each in fields(kind)]
        if len(names) < 2:
            self[kind] = lambda record: (_remake, (kind, *(getattr(record, name) for name in names)))
        else:
            read = attrgetter(*names)
            self[kind] = lambda record: (_remake, (kind, *read(record)))
        return self[kind]


class _Pickler(pickle.Pickler):
    dispatch_table = _Written()


def _remake(kind: type, *values: object) -> Any:
    """Return a record of a type with the values of its fields, in their order."""
    record: Any = object.__new__(kind)
    for slot, value in zip(_slots_of(kind), values, strict=True):
        slot.__set__(record, value)
    return record


@cache
def _slots_of(kind: type) -> tuple[Any, ...]:
    """Return what sets each field of a record, also of a frozen one; of a type without slots something else."""
    return tuple(getattr(kind, each.name, None) for each in fields(kind))
