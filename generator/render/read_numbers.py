"""Reads as numbers: what a page has read is compared with what would be read now without rendering it.

Each value that can be read has a number, made from its place, its key and its bytes. A page keeps those that it has
read. If all of them are numbers of what is there now, and nothing that was missing then is there, the page would be the
same. Numbers are of 64 bits: of a million values one that has changed keeps its number once in 10**13 builds.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.render.reads import Reads
from generator.render.watched import watched_parts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint64]

Spread = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
# Values whose numbers are made at once by one process.
CHUNK = 256
# Of a key that is there, whatever its value.
THERE = 0x9E3779B97F4A7C15


class ReadNumbers(NamedTuple):
    """What a page read: numbers that must be there, and those of keys that must not."""

    needed: Numbers
    absent: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What can be read now: the numbers of all keys in order, of the value of each, and all that can be needed."""

    keys: Numbers
    values: Numbers
    known: Numbers

    def numbers_of(self, reads: Reads) -> ReadNumbers:
        """Return what was read just now as numbers."""
        import numpy as np

        asked = np.fromiter((_key_number(*read) for read in reads), dtype=np.uint64, count=len(reads))
        only_there = np.fromiter((how == "key" for how, _, _ in reads), dtype=bool, count=len(reads))
        places = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        is_there = self.keys[places] == asked
        needed = np.where(only_there, asked ^ np.uint64(THERE), self.values[places])[is_there]
        return ReadNumbers(needed=np.unique(needed), absent=np.unique(asked[~is_there]))

    def holds(self, read: ReadNumbers) -> bool:
        """Return whether all that was read is there still, and nothing that was missing is."""
        return bool(_are_in(read.needed, self.known).all() and not _are_in(read.absent, self.keys).any())


def number_present(dossier: Any, spread: Spread = map) -> Present:
    """Return the numbers of all that can be read of a watched dossier; `spread` maps a function in order."""
    import numpy as np

    mappings: list[tuple[str, Mapping[Any, Any]]] = []
    singles: list[tuple[str, Any]] = []
    for place, value in watched_parts(dossier):
        (mappings if isinstance(value, Mapping) else singles).append((place, value))
    parts = [
        (place, held, keys)
        for place, held in mappings
        for keys in _chunks(list(held))
    ]  # fmt: skip
    numbered = iter(spread(_number_part, parts))
    keys, values = [], []
    rest = iter(zip(parts, numbered, strict=True))
    of_place: dict[str, list[Numbers]] = {place: [] for place, _ in mappings}
    for (place, _, _), (key_numbers, value_numbers) in rest:
        keys.append(key_numbers)
        values.append(value_numbers)
        of_place[place].append(key_numbers)
        of_place[place].append(value_numbers)
    whole = [
        *((_key_number("value", place, None), _number(place, _digest_of(value))) for place, value in singles),
        *chain.from_iterable(
            (
                (_key_number("keys", place, None), _number(place, *(each.tobytes() for each in held[::2]))),
                (_key_number("values", place, None), _number(place, *(each.tobytes() for each in held))),
            )
            for place, held in of_place.items()
        ),
    ]
    keys.append(np.array([key for key, _ in whole], dtype=np.uint64))
    values.append(np.array([value for _, value in whole], dtype=np.uint64))
    all_keys, all_values = np.concatenate(keys), np.concatenate(values)
    order = np.argsort(all_keys)
    known = np.unique(np.concatenate([all_values, all_keys ^ np.uint64(THERE)]))
    return Present(keys=all_keys[order], values=all_values[order], known=known)


def _chunks(keys: list[Any]) -> Iterator[list[Any]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _number_part(part: tuple[str, Mapping[Any, Any], list[Any]]) -> tuple[Numbers, Numbers]:
    """Return the numbers of some keys of a mapping, and of their values."""
    import numpy as np

    place, held, keys = part
    key_numbers = [_key_number("value", place, key) for key in keys]
    values = [
        _number(place, number.to_bytes(8), bytes_of(held[key]))
        for key, number in zip(keys, key_numbers, strict=True)
    ]
    return np.array(key_numbers, dtype=np.uint64), np.array(values, dtype=np.uint64)


def bytes_of(value: object) -> bytes:
    """Return the bytes of a value: the same of equal values, but that sets may be in another order."""
    written = BytesIO()
    _Pickler(written).dump(value)
    return written.getvalue()


def _digest_of(value: object) -> bytes:
    """Return the digest of the bytes of a value, which may be too many to be in memory at once."""
    written = _Digest()
    _Pickler(written).dump(value)
    return written.digest()


class _Digest:
    """A file that keeps nothing but the digest of what is written into it."""

    def __init__(self) -> None:
        self._digest = blake2b(digest_size=16)

    def write(self, content: bytes) -> int:
        """Take more bytes."""
        self._digest.update(content)
        return len(content)

    def digest(self) -> bytes:
        """Return the digest of all that was written."""
        return self._digest.digest()


class _Pickler(pickle.Pickler):
    """Writes values whatever objects they share, and records as their fields, which it reads at once."""

    def __init__(self, file: BytesIO | _Digest) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.fast = True
        self.dispatch_table = _REDUCED


class _Reduced(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How records are written, by their types."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if not is_dataclass(kind):
            raise KeyError(kind)
        names = [each.name for each in fields(kind)]
        read: Callable[[Any], Any] = (
            attrgetter(*names) if len(names) > 1 else lambda of: tuple(getattr(of, each) for each in names)
        )
        self[kind] = lambda record: (kind, read(record))
        return self[kind]


_REDUCED = _Reduced()


@lru_cache(maxsize=1 << 16)
def _key_number(how: str, place: str, key: object) -> int:
    """Return the number of a key of a mapping; of one that is only looked for it is the same."""
    return _number("value" if how == "key" else how, place.encode(), repr(key).encode())


def _number(place: str, *contents: bytes) -> int:
    digest = blake2b(place.encode(), digest_size=8)
    for content in contents:
        digest.update(len(content).to_bytes(8))
        digest.update(content)
    return int.from_bytes(digest.digest())


def _are_in(numbers: Numbers, of: Numbers) -> Any:
    import numpy as np

    if not len(of):
        return np.zeros(len(numbers), dtype=bool)
    return of[np.minimum(np.searchsorted(of, numbers), len(of) - 1)] == numbers
