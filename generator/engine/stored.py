"""A mapping whose values stay in the work store until they are asked for."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from generator.engine.store import WorkStore, open_store
from generator.engine.tasks import Done

Key = TypeVar("Key")
Value = TypeVar("Value")
# Values that a process keeps of all its mappings. A page asks for some dozens.
KEPT_VALUES = 2048


class StoredMapping(Mapping[Key, Value]):
    """Values by key, read from the store one by one; the last that were asked for are kept.

    Only the keys and the places of the values are held here: about 200 bytes for each.
    """

    def __init__(
        self, store: WorkStore, files: tuple[str, ...], places: Mapping[Key, tuple[int, int, int]]
    ) -> None:
        """`places` has the number of the file, the start and the end of each value."""
        self._store = store
        self._files = files
        self._places = places

    def __getitem__(self, key: Key) -> Value:
        number, start, end = self._places[key]
        value: Value = _read_value(self._store.url, self._files[number], start, end)
        return value

    def only(self, keys: Iterable[Key]) -> StoredMapping[Key, Value]:
        """Return the values of those of these keys that are here; they are not read."""
        return StoredMapping(
            self._store, self._files, {key: self._places[key] for key in keys if key in self._places}
        )

    def stream(self) -> Iterator[tuple[Key, Value]]:
        """Yield keys and values by file, each file read once; no value is kept."""
        by_file: dict[int, list[tuple[Key, int, int]]] = {}
        for key, (number, start, end) in self._places.items():
            by_file.setdefault(number, []).append((key, start, end))
        for number, places in by_file.items():
            content = self._store.read(self._files[number])
            for key, start, end in places:
                yield key, pickle.loads(content[start:end])  # noqa: S301 (written by our own tasks)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[Key]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __reduce__(self) -> tuple[object, ...]:
        return StoredMapping, (self._store, self._files, dict(self._places))


def stored_mapping(
    store: WorkStore,
    done: Iterable[Done],
    pack: str,
    *,
    order: Callable[[Any], Any] | None = None,
) -> StoredMapping[Any, Any]:
    """Return one pack of several results as one mapping: keys in the order of the results, or sorted by `order`."""
    files = []
    places: dict[Any, tuple[int, int, int]] = {}
    for number, one in enumerate(done):
        files.append(one.file(pack))
        for key, (start, end) in one.places.get(pack, {}).items():
            places[key] = (number, start, end)
    if order is not None:
        places = {key: places[key] for key in sorted(places, key=order)}
    return StoredMapping(store, tuple(files), places)


@lru_cache(maxsize=KEPT_VALUES)
def _read_value(url: str, file: str, start: int, end: int) -> Any:
    return pickle.loads(open_store(url).read(file, start, end))  # noqa: S301 (written by our own tasks)
