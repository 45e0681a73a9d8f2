"""Surnames that stand alone in a document which gives the full name of a person of the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.model.corpus import Corpus
from generator.model.records import ActorRecord
from generator.suggest import vocabulary as voc
from generator.suggest.candidates import Candidate, Occurrence
from generator.suggest.model import (
    MAX_CONTEXTS,
    NewAlias,
    ScorePart,
    Suggestion,
    points_of_count,
    suggestion_id,
)
from generator.suggest.readings import Reading

BASE = 45
# Ann Lee Jr., Ann Lee III
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "jun", "sen"})


def suggest_surnames(
    corpus: Corpus, readings: Sequence[Reading], candidates: Sequence[Candidate]
) -> Iterator[Suggestion]:
    """Yield an alias for each person whose surname follows the full name, unless two persons there could be meant."""
    owners = surnames(corpus)
    first_named = _first_named(corpus, readings)
    order = {id(reading): index for index, reading in enumerate(readings)}
    for candidate in candidates:
        slugs = owners.get(voc.plain(candidate.words), ())
        for slug in slugs:
            found = [
                one
                for one in candidate.occurrences
                if _follows(one, first_named.get((slug, one.reading.text.owner)), order)
            ]
            if found:
                yield _suggest(corpus, candidate, slug, found, [other for other in slugs if other != slug])


def surnames(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Return the persons of the register by folded surname, sorted by slug."""
    owners: dict[str, list[str]] = {}
    for slug, entry in sorted(corpus.actors.items()):
        surname = _surname(entry.record)
        if surname:
            owners.setdefault(voc.plain(surname), []).append(slug)
    return {surname: tuple(slugs) for surname, slugs in owners.items()}


def _surname(record: ActorRecord) -> str:
    """Return a person's surname, by `sort_name` or as the last word of the name; empty for others."""
    if voc.plain(record.kind) != "person":
        return ""
    if record.sort_name is not None and "," in record.sort_name:
        return record.sort_name.partition(",")[0].strip()
    parts = [part for part in record.name.split() if voc.plain(part) not in SUFFIXES]
    return parts[-1] if len(parts) > 1 else ""


def _first_named(corpus: Corpus, readings: Sequence[Reading]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return, for each person and page, the reading and offset at which a name of several words first ends."""
    first: dict[tuple[str, str], tuple[int, int]] = {}
    for index, reading in enumerate(readings):
        for known in reading.known:
            if len(known.slugs) != 1 or known.slugs[0] not in corpus.actors:
                continue
            if " " in reading.block.text[known.span.start : known.span.end]:
                first.setdefault((known.slugs[0], reading.text.owner), (index, known.span.end))
        for link in reading.block.wikilinks:
            first.setdefault((link.target.slug, reading.text.owner), (index, link.span.end))
    return first


def _follows(one: Occurrence, full: tuple[int, int] | None, order: Mapping[int, int]) -> bool:
    return full is not None and (order[id(one.reading)], one.span.start) > full


def _suggest(
    corpus: Corpus, candidate: Candidate, slug: str, found: Sequence[Occurrence], others: Sequence[str]
) -> Suggestion:
    count = len(found)
    name = corpus.actors[slug].record.name
    shared = (
        f"; so are {', '.join(f'`{other}`' for other in others)}, so decide it under `resolve:`"
        if others
        else ""
    )
    return Suggestion(
        id=suggestion_id("surname", candidate.words, slug),
        kind="surname",
        words=candidate.words,
        target=slug,
        reason=f"the surname of `{slug}`, and stands behind “{name}” in the same document{shared}",
        parts=(
            ScorePart(label="a surname behind the full name", points=BASE),
            ScorePart(
                label=f"occurs {count} times" if count > 1 else "occurs once", points=points_of_count(count)
            ),
            *((ScorePart(label="shared by others", points=-20),) if others else ()),
        ),
        count=count,
        contexts=tuple(one.reading.context(one.span) for one in found[:MAX_CONTEXTS]),
        writes=None if others else NewAlias(slug=slug, alias=candidate.words),
    )
