"""What one build publishes: an edition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.model.records import EditionSettings

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
