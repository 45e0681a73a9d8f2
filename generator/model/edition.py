"""What one build publishes: an edition, and what it withholds of the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.records import EditionSettings

PUBLIC = "public"
INTERNAL = "internal"
WithheldKind = Literal["passage", "note", "redaction", "name"]

# What editors work with: nothing is withheld from them.
EVERYTHING = EditionSettings(full_texts=True, embargoed=True, internal=True, redacted=False, excerpt_words=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition on one day. `day` (YYYY-MM-DD) decides which embargoes are over."""

    name: str
    settings: EditionSettings
    day: str


# The corpus before any edition is chosen.
WHOLE = Edition(name=INTERNAL, settings=EVERYTHING, day="")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldText:
    """Words that the edition's files must not hold. `what` says what they are, `path` where they stand: for messages.

    A passage counts as found where eight of its words in a row are; everything else where all of its words are.
    `context` are words before and after, where the words alone are too short to be looked for; empty if they are not.
    """

    kind: WithheldKind
    what: str
    path: str
    words: str
    context: tuple[str, str] = ("", "")
