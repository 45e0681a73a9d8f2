"""What one build publishes: an edition, and what it withholds of the corpus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from generator.model.records import EditionSettings

PUBLIC = "public"
INTERNAL = "internal"
WithheldKind = Literal["passage", "note", "redaction", "name", "slug"]

# What the editors work with: nothing is withheld from them.
EVERYTHING = EditionSettings(full_texts=True, embargoed=True, internal=True, redacted=False, excerpt_words=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition on one day. `day` (YYYY-MM-DD) decides which embargoes are over."""

    name: str
    settings: EditionSettings
    day: str


# No edition: all that the editors wrote, under the rights that they recorded.
WHOLE = Edition(name="", settings=replace(EVERYTHING, full_texts=False, excerpt_words=10**9), day="")


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
