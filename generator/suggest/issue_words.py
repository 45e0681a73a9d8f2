"""Passages that name no issue, but use the words of one."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.model.corpus import Corpus
from generator.model.text import Span
from generator.suggest import vocabulary as voc
from generator.suggest.candidates import Candidate
from generator.suggest.model import NewAlias, ScorePart, Suggestion, suggestion_id
from generator.suggest.readings import Reading, Word
from generator.text.spans import SpanSet

ROLES = frozenset({"transcription", "quotation", "digest"})
MIN_WORDS = 2
# Words of an issue that stand further apart are not one expression.
MAX_EXPRESSION = 3
MIN_LETTERS = 4
# controls, dues · policies · Zölle
PLURAL = re.compile(r"(?:ies|es|s|en|e)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overlap:
    """The words of one passage that are words of one issue, with the points for how rare they are."""

    reading: Reading
    slug: str
    words: tuple[Word, ...]
    points: int


def suggest_issue_words(
    corpus: Corpus, readings: Sequence[Reading], candidates: Sequence[Candidate]
) -> Iterator[Suggestion]:
    """Yield, for each passage of a document without an issue, the issue with which it shares most.

    At least two words are shared, of at least four letters; a word of many passages or of many issues counts less
    (inverse document frequency). Where the words stand together they are offered as an alias of the issue.
    """
    del candidates
    of_issue = {slug: _words_of(corpus, slug) for slug in sorted(corpus.issues)}
    passages = _passages(readings)
    spread = Counter(
        stem for passage in passages for stem in {stem for one in passage for stem in _stems(one)}
    )
    shared = Counter(stem for stems in of_issue.values() for stem in stems)
    rarity = {
        stem: math.log2(1 + len(passages) / spread[stem]) / shared[stem] for stem in shared if spread[stem]
    }
    expressions: dict[str, Suggestion] = {}
    for passage in passages:
        if any(slug in corpus.issues for one in passage for slug in _named(one)):
            continue
        best = _best(passage, of_issue, rarity)
        if best is not None:
            suggestion = _suggest(best)
            expressions.setdefault(suggestion.id, suggestion)
    yield from expressions.values()


def _passages(readings: Sequence[Reading]) -> list[tuple[Reading, ...]]:
    passages: dict[tuple[int, int], list[Reading]] = {}
    for reading in readings:
        passage = reading.text.passage_at(reading.leaf)
        if reading.text.role in ROLES and passage is not None:
            passages.setdefault((id(reading.text), passage.number), []).append(reading)
    return [tuple(members) for members in passages.values()]


def _named(reading: Reading) -> set[str]:
    mentioned = {slug for known in reading.known for slug in known.slugs}
    return mentioned | {link.target.slug for link in reading.block.wikilinks}


def _words_of(corpus: Corpus, slug: str) -> frozenset[str]:
    record = corpus.issues[slug].record
    names = [record.title, *(one if isinstance(one, str) else one.alias for one in record.aliases)]
    words = re.findall(r"[^\W\d_]+", " ".join(names))
    # What names an actor says who is spoken of, not what about.
    actors = {part for entry in corpus.actors.values() for part in voc.plain(entry.record.name).split()}
    return frozenset(
        stem_of(voc.plain(word))
        for word in words
        if _is_content(voc.plain(word)) and voc.plain(word) not in actors
    )


def stem_of(word: str) -> str:
    """Return a folded word without the commonest plural endings."""
    return PLURAL.sub("", word) if len(word) > MIN_LETTERS + 1 else word


def _is_content(word: str) -> bool:
    return (
        len(word) >= MIN_LETTERS
        and word not in voc.FUNCTION_WORDS | voc.TITLES
        and word.removesuffix("s") not in voc.TITLES
        and not voc.is_people(word, "en")
    )


def _stems(reading: Reading) -> Iterator[str]:
    for word in reading.words:
        yield stem_of(word.plain)


def _best(
    passage: Sequence[Reading], of_issue: Mapping[str, frozenset[str]], rarity: Mapping[str, float]
) -> _Overlap | None:
    found: list[_Overlap] = []
    for reading in passage:
        known = SpanSet(one.span for one in reading.known)
        words = [word for word in reading.words if not known.touches(word.span)]
        for slug, stems in of_issue.items():
            hits = [word for word in words if stem_of(word.plain) in stems]
            distinct = {stem_of(word.plain) for word in hits}
            if len(distinct) >= min(MIN_WORDS, max(len(stems), MIN_WORDS)):
                points = round(4 * sum(rarity.get(stem, 0.0) for stem in distinct))
                found.append(_Overlap(reading=reading, slug=slug, words=tuple(hits), points=min(points, 40)))
    return max(found, key=lambda one: (one.points, one.slug), default=None)


def _suggest(best: _Overlap) -> Suggestion:
    text = best.reading.block.text
    shown = list(dict.fromkeys(word.text for word in best.words))
    expression = _expression(best)
    alias = text[expression.start : expression.end] if expression else ""
    place = best.reading.place(best.words[0].span)
    return Suggestion(
        id=suggestion_id("issue-words", alias or f"{place.path}_{place.line}", best.slug),
        kind="issue-words",
        words=alias or ", ".join(shown),
        target=best.slug,
        reason=f"the passage names no issue but has words of `{best.slug}`: {', '.join(shown)}",
        parts=(
            ScorePart(label=f"shares {len(shown)} words with the issue", points=best.points),
            *((ScorePart(label="the words stand together", points=10),) if alias else ()),
        ),
        count=1,
        contexts=(best.reading.context(expression or best.words[0].span),),
        writes=NewAlias(slug=best.slug, alias=alias) if alias else None,
        help="" if alias else "add an alias that the passage uses, or an annotation with this issue",
    )


def _expression(best: _Overlap) -> Span | None:
    """Return the first stretch of a sentence in which two different words of the issue stand close together."""
    words = best.reading.words
    wanted = set(best.words)
    indexes = [index for index, word in enumerate(words) if word in wanted]
    for first, last in pairwise(indexes):
        gap = best.reading.block.text[words[first].span.start : words[last].span.end]
        is_open = not best.reading.known_in(Span(start=words[first].span.start, end=words[last].span.end))
        differs = stem_of(words[first].plain) != stem_of(words[last].plain)
        if is_open and differs and last - first <= MAX_EXPRESSION and not re.search(r"[.,;:!?()\n\"“”]", gap):
            return Span(start=words[first].span.start, end=words[last].span.end)
    return None
