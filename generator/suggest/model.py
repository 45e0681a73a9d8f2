"""A suggestion, why it stands where it stands, and what it would write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from generator.model.places import Place
from generator.model.text import Span

SuggestionKind = Literal[
    "abbreviation", "surname", "spelling", "name", "issue-words", "unused-alias", "unnamed-actor"
]
SUGGESTION_KINDS: tuple[SuggestionKind, ...] = get_args(SuggestionKind)
# An editor who has read so many lines knows; a name of a large corpus has thousands.
MAX_CONTEXTS = 20
LikelyKind = Literal["person", "company", "public body", "organisation", "place", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One line of a text around a find; `hit` covers the found words in `words`."""

    place: Place
    document: str
    words: str
    hit: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """Points and what they are given for."""

    label: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewActor:
    """A record that the register would get."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlias:
    """An alias that a record of the register would get."""

    slug: str
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One thing that the register lacks, or has to no purpose.

    `id` stays the same as long as the words do; `number` is the place in the ranking, from 1, and 0 before it.
    `target` is the slug of the record concerned, empty for none. `writes` is None where only an editor can act.
    `count` counts occurrences in the texts, of which `contexts` shows the first.
    """

    id: str
    kind: SuggestionKind
    words: str
    reason: str
    parts: tuple[ScorePart, ...]
    number: int = 0
    target: str = ""
    likely_kind: LikelyKind | None = None
    count: int = 0
    contexts: tuple[Context, ...] = ()
    writes: NewActor | NewAlias | None = None
    help: str = field(default="")

    @property
    def score(self) -> int:
        """The sum of the parts."""
        return sum(part.points for part in self.parts)


def suggestion_id(kind: SuggestionKind, words: str, target: str = "") -> str:
    """Return an id that one can type: `name:Boris_Kolt`, `surname:ann-lee:Lee`."""
    typed = "_".join(words.replace(",", " ").split())
    return ":".join(part for part in (kind, target, typed) if part)


def points_of_count(count: int) -> int:
    """Return 10 points for one occurrence, 10 more for each doubling or so, at most 40."""
    return min(10 * count.bit_length(), 40)
