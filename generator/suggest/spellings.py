"""Names that are spelled nearly as an alias of the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from generator.model.corpus import Corpus
from generator.suggest import vocabulary as voc
from generator.suggest.candidates import Candidate
from generator.suggest.model import (
    MAX_CONTEXTS,
    NewAlias,
    ScorePart,
    Suggestion,
    points_of_count,
    suggestion_id,
)
from generator.suggest.readings import Reading

BASE = 40
# Shorter names differ by a letter without being the same: Ross, Rose.
MIN_LENGTH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spelling:
    folded: str
    alias: str
    slug: str


def suggest_spellings(
    corpus: Corpus, readings: Sequence[Reading], candidates: Sequence[Candidate]
) -> Iterator[Suggestion]:
    """Yield a suggestion for each candidate near one alias, with what tells the two apart."""
    del readings
    known = _known(corpus)
    choices = [one.folded for one in known]
    for candidate in candidates:
        holds = sorted({slug for one in candidate.occurrences for slug in one.holds})
        near = _with_form(corpus, candidate, known, holds) if holds else _nearest(candidate, known, choices)
        if near is not None:
            yield _suggest(candidate, *near)


def _with_form(
    corpus: Corpus, candidate: Candidate, known: Sequence[_Spelling], holds: Sequence[str]
) -> tuple[_Spelling, str, int] | None:
    """Return the alias of a company of which the candidate has the form as well: Acme, Acme Holdings."""
    for one in known:
        actor = corpus.actors.get(one.slug)
        if list(holds) != [one.slug] or actor is None or voc.plain(actor.record.kind) != "company":
            continue
        rest = voc.plain(candidate.words).removeprefix(f"{one.folded} ").split()
        if " ".join((one.folded, *rest)) == voc.plain(candidate.words) and set(rest) <= voc.COMPANY:
            return one, f"`{' '.join(rest)}`", 1
    return None


def _known(corpus: Corpus) -> list[_Spelling]:
    spellings = [
        _Spelling(folded=voc.plain(alias), alias=alias, slug=slug)
        for slug, entry in sorted({**corpus.actors, **corpus.issues}.items())
        for alias in _aliases(entry.record)
    ]
    return [one for one in spellings if one.folded]


def _aliases(record: object) -> list[str]:
    names = [str(name)] if (name := getattr(record, "name", None)) else []
    return names + [one if isinstance(one, str) else one.alias for one in getattr(record, "aliases", ())]


def _nearest(
    candidate: Candidate, known: Sequence[_Spelling], choices: Sequence[str]
) -> tuple[_Spelling, str, int] | None:
    """Return the nearest alias, in what it differs, and by how many letters; None where none is near."""
    words = voc.plain(candidate.words)
    if len(words) < MIN_LENGTH or (
        " " not in words and candidate.words.isupper() and len(words) < 2 * MIN_LENGTH
    ):
        # "CHINA" and "China" are one word, "HUL" and "HULL" are not.
        same = [one for one in known if one.folded == words]
        return (same[0], "capitals", 0) if same else None
    found: list[tuple[int, str, _Spelling, str]] = []
    for _, distance, index in process.extract(
        words, choices, scorer=OSA.distance, score_cutoff=2 if len(words) > 7 else 1, limit=None
    ):
        one = known[index]
        why = _difference(words, one.folded, int(distance))
        if why:
            found.append((int(distance), one.slug, one, why))
    if not found:
        found = [(1, one.slug, one, why) for one in known if (why := _other_order(words, one.folded))]
    if not found:
        return None
    distance, _, nearest, why = min(found, key=lambda each: (each[0], each[1], each[2].alias))
    return nearest, why, distance


def _difference(words: str, alias: str, distance: int) -> str:
    """Return in what two folded names differ, or nothing where they are two names: North Elm, South Elm."""
    if distance == 0:
        return "capitals"
    if words.replace("-", " ") == alias.replace("-", " ") or words.replace(" ", "") == alias.replace(" ", ""):
        return "a space or hyphen"
    if any(c.isdigit() for c in words + alias):
        return ""
    left, right = words.split(), alias.split()
    if len(left) != len(right):
        return ""
    for one, other in zip(left, right, strict=True):
        allowed = (
            0 if min(len(one), len(other)) < MIN_LENGTH - 1 else 1 if min(len(one), len(other)) < 7 else 2
        )
        if OSA.distance(one, other) > allowed:
            return ""
    countries = voc.countries("en")
    if words in countries and alias in countries:
        return ""
    return f"{distance} letter{'' if distance == 1 else 's'}"


def _other_order(words: str, alias: str) -> str:
    """Return how the same words are put otherwise: in another order, or with an initial more or less."""
    left, right = words.replace(",", "").split(), alias.replace(",", "").split()
    if len(left) < 2 or len(right) < 2:
        return ""
    if sorted(left) == sorted(right):
        return "the order of the words"
    plain_left, plain_right = (
        [part for part in parts if len(part.rstrip(".")) > 1] for parts in (left, right)
    )
    return "an initial" if plain_left == plain_right and len(plain_left) > 1 else ""


def _suggest(candidate: Candidate, near: _Spelling, why: str, distance: int) -> Suggestion:
    count = len(candidate.occurrences)
    return Suggestion(
        id=suggestion_id("spelling", candidate.words, near.slug),
        kind="spelling",
        words=candidate.words,
        target=near.slug,
        reason=f"near `{near.alias}` of `{near.slug}`, but for {why}",
        parts=(
            ScorePart(label="near an alias", points=BASE),
            ScorePart(label=f"differs by {why}", points=-5 * distance),
            ScorePart(
                label=f"occurs {count} times" if count > 1 else "occurs once", points=points_of_count(count)
            ),
        ),
        count=count,
        contexts=tuple(one.reading.context(one.span) for one in candidate.occurrences[:MAX_CONTEXTS]),
        writes=NewAlias(slug=near.slug, alias=candidate.words),
        help="a slip of the source stays in its transcription: the alias makes it a mention",
    )
