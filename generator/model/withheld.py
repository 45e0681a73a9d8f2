"""What an edition withholds of the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WithheldKind = Literal["passage", "note", "redaction", "name", "slug"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldText:
    """Words that the edition's files must not hold. `what` says what they are, `path` where they stand: for messages.

    A passage counts as found where eight of its words in a row are, so does anything longer; everything shorter where
    all of its words are, but for a passage: fewer than eight words of it are no finding. A slug is looked for as it is
    written.
    """

    kind: WithheldKind
    what: str
    path: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """All that an edition withholds, and the words of the same texts that it publishes: quotations, titles."""

    texts: tuple[WithheldText, ...] = ()
    published: tuple[str, ...] = ()


NOTHING_WITHHELD = Withheld()
