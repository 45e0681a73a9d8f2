"""Where something stands in the corpus, and what a record was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Record = TypeVar("Record", covariant=True)

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A point in a corpus file. `line` and `column` count from 1, columns in code points."""

    path: str
    line: int = 1
    column: int = 1


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
