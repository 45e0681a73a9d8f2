"""Passages of two documents that share wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# The shared words stand in quotation marks in both documents, in one of them, or in neither.
ParallelKind = Literal["common-original", "quotation", "copy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelSide:
    """Where a parallel stands in one document: the id on its page, and the number of its passage, 0 where it has none.

    `goes_on_before` and `goes_on_after`: the paragraph has words beyond the shared stretch.
    """

    document: str
    anchor: str
    number: int
    is_quoted: bool
    goes_on_before: bool
    goes_on_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelPiece:
    """Consecutive words of both documents, as each prints them; one may be empty where they differ.

    A space at the end stands where white space follows.
    """

    first: str
    second: str
    is_common: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parallel:
    """A stretch of two documents with common wording. `first` is of the document that comes first by slug.

    `words` counts the common words; a letter of a script without spaces counts as half a word.
    """

    kind: ParallelKind
    first: ParallelSide
    second: ParallelSide
    pieces: tuple[ParallelPiece, ...]
    words: int
