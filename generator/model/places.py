"""Where something stands in the corpus, and what a record was read from."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

Record = TypeVar("Record", covariant=True)

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A point in a corpus file. `line` and `column` count from 1, columns in code points."""

    path: str
    line: int = 1
    column: int = 1


class FilePlaces(Mapping[KeyPath, Place]):
    """The places of the key paths of one file, in little memory: files of one form share their key paths."""

    __slots__ = ("_marks", "_order", "_path")

    def __init__(self, path: str, keys: tuple[KeyPath, ...], marks: bytes) -> None:
        """`marks` has the line and the column of each key, as `array("I")` writes them."""
        self._path = path
        self._order = _order_of(keys)
        self._marks = marks

    def __getitem__(self, key: KeyPath) -> Place:
        at = 2 * self._order[key]
        line, column = memoryview(self._marks).cast("I")[at : at + 2]
        return Place(path=self._path, line=line, column=column)

    def __contains__(self, key: object) -> bool:
        return key in self._order

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def __reduce__(self) -> tuple[object, ...]:
        return FilePlaces, (self._path, tuple(self._order), self._marks)


def pack_places(path: str, places: Mapping[KeyPath, Place]) -> FilePlaces:
    """Return the places of one file's key paths."""
    marks = array("I", (number for place in places.values() for number in (place.line, place.column)))
    return FilePlaces(path, tuple(places), marks.tobytes())


@lru_cache(maxsize=1024)
def _order_of(keys: tuple[KeyPath, ...]) -> Mapping[KeyPath, int]:
    return {key: number for number, key in enumerate(keys)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFile:
    """A text file of the corpus: its path relative to the dossier's folder (with `/`) and its NFC text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[Record]):
    """A validated record with the file it was read from.

    `places` maps each key path of the YAML (such as `("signatories", 2)`) to its place; `()` is the whole.
    `body` is the Markdown below the front matter, `body_line` the line on which it begins.
    """

    slug: str
    record: Record
    file: CorpusFile
    places: Mapping[KeyPath, Place]
    body: str = ""
    body_line: int = 1

    def place(self, *keys: str | int) -> Place:
        """Return the place of a key path, or of its nearest enclosing one."""
        for length in range(len(keys), -1, -1):
            found = self.places.get(keys[:length])
            if found is not None:
                return found
        return Place(path=self.file.path)
