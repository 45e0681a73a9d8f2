"""All suggestions for one corpus, ranked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostic, info, sort_diagnostics
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.suggest.abbreviations import suggest_abbreviations
from generator.suggest.candidates import Candidate, find_candidates
from generator.suggest.issue_words import suggest_issue_words
from generator.suggest.model import SUGGESTION_KINDS, NewActor, Suggestion
from generator.suggest.names import suggest_names
from generator.suggest.readings import Reading, has_capitals, read_corpus
from generator.suggest.spellings import suggest_spellings
from generator.suggest.surnames import suggest_surnames
from generator.suggest.unnamed_actors import suggest_unnamed_actors
from generator.suggest.unused_aliases import suggest_unused_aliases
from generator.text.folding import spelling

Suggester = Callable[[Corpus, Sequence[Reading], Sequence[Candidate]], Iterator[Suggestion]]

# Surest first: what one has explained is not asked about again by the next.
OF_CANDIDATES: tuple[Suggester, ...] = (
    suggest_abbreviations,
    suggest_surnames,
    suggest_spellings,
    suggest_names,
)
OF_REGISTER: tuple[Suggester, ...] = (suggest_issue_words, suggest_unnamed_actors, suggest_unused_aliases)


def find_suggestions(
    corpus: Corpus, linked: LinkedCorpus
) -> tuple[tuple[Suggestion, ...], tuple[Diagnostic, ...]]:
    """Return what the register lacks, best first and numbered from 1, and a notice on each text that was not read.

    Ties are broken by kind, words and id, so that one corpus always gives one list.
    """
    readings = read_corpus(corpus, linked)
    candidates = find_candidates(readings)
    found: list[Suggestion] = []
    rest: Collection[Candidate] = candidates
    for suggester in OF_CANDIDATES:
        of_one = list(suggester(corpus, readings, tuple(rest)))
        found.extend(of_one)
        explained = set(_explained(of_one))
        rest = [candidate for candidate in rest if candidate.words not in explained]
    for suggester in OF_REGISTER:
        found.extend(suggester(corpus, readings, tuple(rest)))
    return rank(found), sort_diagnostics(_unread(readings))


def rank(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return the suggestions numbered, most points first."""
    ranked = sorted(found, key=lambda one: (-one.score, SUGGESTION_KINDS.index(one.kind), one.words, one.id))
    return tuple(replace(one, number=number) for number, one in enumerate(ranked, start=1))


def _explained(found: Iterable[Suggestion]) -> Iterator[str]:
    for one in found:
        yield spelling(one.words)
        if isinstance(one.writes, NewActor):
            yield from (spelling(alias) for alias in one.writes.aliases)


def _unread(readings: Sequence[Reading]) -> Iterator[Diagnostic]:
    """Yield one notice for each text in which no names can be sought, because its script has no capitals."""
    for reading in {id(one.text): one for one in reversed(readings)}.values():
        words = "".join(leaf.text for leaf in reading.text.leaves)
        if not has_capitals(words):
            yield info(
                reading.text.place,
                "names-not-sought",
                f"no new names are sought in this text ({reading.text.language}): its script has no capitals",
                why="names could only be guessed; aliases, abbreviations and issues are looked at all the same",
                help="add the actors whom you know by hand; their mentions are found in every script",
            )
