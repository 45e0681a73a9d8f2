"""Names of persons and bodies that the register does not have at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from generator.model.corpus import Corpus
from generator.suggest import vocabulary as voc
from generator.suggest.candidates import Candidate, Occurrence
from generator.suggest.likely_kinds import likely_kind
from generator.suggest.model import (
    MAX_CONTEXTS,
    NewActor,
    ScorePart,
    Suggestion,
    points_of_count,
    suggestion_id,
)
from generator.suggest.readings import Reading
from generator.suggest.surnames import surnames


def suggest_names(
    corpus: Corpus, readings: Sequence[Reading], candidates: Sequence[Candidate]
) -> Iterator[Suggestion]:
    """Yield a new actor for each candidate; a surname alone becomes an alias of the one full name that has it."""
    del readings
    known = surnames(corpus)
    short_of, taken = _pair_surnames(candidates)
    for candidate in candidates:
        if candidate.words in taken or candidate.is_doubtful:
            continue
        short = short_of.get(candidate.words)
        yield _suggest(candidate, short, known.get(candidate.parts[-1], ()))


def _pair_surnames(candidates: Sequence[Candidate]) -> tuple[dict[str, Candidate], set[str]]:
    """Return for full names the candidate that is their surname alone, and the words of all these surnames."""
    by_last: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        starts_small = candidate.parts[0] in voc.PARTICLES
        if 2 <= len(candidate.parts) <= 5 and not starts_small and likely_kind(candidate)[0] == "person":
            by_last.setdefault(candidate.parts[-1], []).append(candidate)
    pairs: dict[str, Candidate] = {}
    taken: set[str] = set()
    for candidate in candidates:
        is_surname = all(part in voc.PARTICLES for part in candidate.parts[:-1])
        full = by_last.get(candidate.parts[-1], ()) if is_surname else ()
        if len(full) != 1 or full[0] is candidate or candidate.words.isupper():
            continue
        if full[0].parts[-len(candidate.parts) :] == candidate.parts:
            pairs[full[0].words] = candidate
            taken.add(candidate.words)
    return pairs, taken


def _suggest(candidate: Candidate, short: Candidate | None, namesakes: Sequence[str]) -> Suggestion:
    kind, why, sureness = likely_kind(candidate)
    if short is not None and sureness < 15:
        of_short = likely_kind(short)
        if of_short[0] == "person":
            kind, why, sureness = of_short
        else:
            why, sureness = f"the surname `{short.words}` stands alone elsewhere", 10
    found = sorted(chain(candidate.occurrences, short.occurrences if short else ()), key=_order)
    holds = sorted({slug for one in found for slug in one.holds})
    reason = f"likely {kind}: {why}" if kind != "unknown" else f"kind unknown: {why}"
    if holds:
        reason += f"; now counted as a mention of {', '.join(f'`{slug}`' for slug in holds)}"
    elif namesakes and len(candidate.parts) == 1:
        reason += f"; the surname of {', '.join(f'`{slug}`' for slug in namesakes)}"
    return Suggestion(
        id=suggestion_id("name", candidate.words),
        kind="name",
        words=candidate.words,
        likely_kind=kind,
        reason=reason,
        parts=tuple(_parts(candidate, found, sureness, why, bool(holds))),
        count=len(found),
        contexts=tuple(one.reading.context(one.span) for one in found[:MAX_CONTEXTS]),
        writes=NewActor(name=candidate.words, kind=kind, aliases=(_tail(candidate, short),) if short else ()),
    )


def _tail(full: Candidate, short: Candidate) -> str:
    """Return the surname as the full name has it: "van der Elm", which a sentence begins with "Van der Elm"."""
    is_small = short.words[:1] != full.words.split()[-len(short.parts)][:1]
    return " ".join(full.words.split()[-len(short.parts) :]) if is_small else short.words


def _parts(
    candidate: Candidate, found: Sequence[Occurrence], sureness: int, why: str, holds: bool
) -> Iterator[ScorePart]:
    count, pages = len(found), len({one.reading.text.owner for one in found})
    yield ScorePart(
        label=f"occurs {count} times" if count > 1 else "occurs once", points=points_of_count(count)
    )
    if pages > 1:
        yield ScorePart(label=f"on {pages} pages", points=min(8 * (pages - 1), 16))
    if len(candidate.parts) > 1 and sureness >= 0:
        yield ScorePart(label="has several words", points=15)
    if sureness:
        yield ScorePart(label=why, points=sureness)
    if holds:
        yield ScorePart(label="is taken for another actor now", points=15)
    if candidate.is_common:
        yield ScorePart(label="the texts write its words small as well", points=-15)
    if all(one.is_first for one in found) and sureness < 10:
        yield ScorePart(label="only ever begins a sentence or line", points=-10)
    if any(part in voc.THINGS for part in candidate.parts):
        yield ScorePart(label="has a word for a thing in it", points=-15)


def _order(one: Occurrence) -> tuple[str, int, int, int]:
    place = one.reading.block.place
    return place.path, place.line, place.column, one.span.start
