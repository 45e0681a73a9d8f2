"""Actors of the register whom no text names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.corpus import Corpus
from generator.model.text import Span
from generator.suggest.candidates import Candidate
from generator.suggest.model import Context, ScorePart, Suggestion, suggestion_id
from generator.suggest.readings import Reading
from generator.text.nearest import nearest

BASE = 25


def suggest_unnamed_actors(
    corpus: Corpus, readings: Sequence[Reading], candidates: Sequence[Candidate]
) -> Iterator[Suggestion]:
    """Yield each actor without a mention or wikilink outside its own page, with the nearest name that is uncovered."""
    named = {slug for reading in readings for slug in _named_by_others(reading)}
    recorded = _in_records(corpus)
    words = [candidate.words for candidate in candidates]
    for slug, entry in sorted(corpus.actors.items()):
        if slug in named:
            continue
        near = nearest(entry.record.name, words)
        name = entry.record.name
        yield Suggestion(
            id=suggestion_id("unnamed-actor", slug),
            kind="unnamed-actor",
            words=name,
            target=slug,
            reason=f"no text but its own page names `{slug}`"
            + ("; records do" if slug in recorded else "")
            + (f"; the texts have `{near}`" if near else ""),
            parts=(
                ScorePart(label="an actor without mentions", points=BASE),
                *((ScorePart(label="records name it", points=-15),) if slug in recorded else ()),
            ),
            contexts=(
                Context(
                    place=entry.place("name"), document=slug, words=name, hit=Span(start=0, end=len(name))
                ),
            ),
            help="add an alias under which the texts name it, or remove the record",
        )


def _in_records(corpus: Corpus) -> frozenset[str]:
    """Return the actors that a record names by slug."""
    slugs: list[str | None] = []
    for document in corpus.documents.values():
        record = document.record
        slugs += [*record.authors, *record.signatories, *record.recipients, record.publisher]
        slugs += [step.actor for step in record.provenance]
    for entry in corpus.annotations.values():
        slugs += [slug for one in entry.record for slug in (*one.speakers, *one.addressees)]
    slugs += [role.at for actor in corpus.actors.values() for role in actor.record.roles]
    return frozenset(slug for slug in slugs if slug)


def _named_by_others(reading: Reading) -> Iterator[str]:
    owner = reading.text.owner
    for mention in reading.text.mentions:
        if mention.leaf == reading.leaf and mention.slug != owner:
            yield mention.slug
    for link in reading.block.wikilinks:
        if link.target.slug != owner:
            yield link.target.slug
