"""Abbreviations that a text defines: "Harbour Users League (HUL)", "HUL (Harbour Users League)".

Long and short form are matched as in Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions
in biomedical text", Pacific Symposium on Biocomputing 8, 2003.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.corpus import Corpus
from generator.model.text import Span
from generator.suggest import vocabulary as voc
from generator.suggest.candidates import MAX_WORDS, PARTY_AND_STATE, Candidate, Occurrence
from generator.suggest.likely_kinds import likely_kind
from generator.suggest.model import (
    MAX_CONTEXTS,
    NewActor,
    NewAlias,
    ScorePart,
    Suggestion,
    points_of_count,
    suggestion_id,
)
from generator.suggest.readings import Reading
from generator.text.folding import spelling
from generator.text.spans import SpanSet

BASE = 50
# How far before a bracket its long form is looked for, in code points.
MAX_BEFORE = 200
# (HUL) · (Harbour Users League) · （CCP）
BRACKETS = re.compile(r"[(（]([^()（）\n]{2,90})[)）]")
# HUL · H.U.L. · AfD · TÜV-B
SHORT = re.compile(r"[^\W_](?:[.&/-]?[^\W_]){1,9}\.?")
# (the “HUL”) · (hereafter HUL) · (kurz: HUL)
INTRODUCED = re.compile(
    r"^(?:(?:the|hereafter|hereinafter|henceforth|or|short|kurz|die|der|das|le|la|les|el|los|il|ci-après)[:,]?\s+)*"
    r"[\"“”„«»'‘’]?(.+?)[\"“”„«»'‘’]?$",
    re.IGNORECASE,
)
LAST_SHORT = re.compile(rf"(?<![\w.&/-])({SHORT.pattern})\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A long and a short form, and the spans of both in one leaf."""

    reading: Reading
    long: Span
    short: Span

    @property
    def forms(self) -> tuple[str, str]:
        """The long and the short form, in plain spelling."""
        text = self.reading.block.text
        return tuple(spelling(text[s.start : s.end]) for s in (self.long, self.short))  # type: ignore[return-value]


def suggest_abbreviations(
    corpus: Corpus, readings: Sequence[Reading], candidates: Sequence[Candidate]
) -> Iterator[Suggestion]:
    """Yield a suggestion for each pair of forms of which the register lacks one or both."""
    del corpus
    by_words = {candidate.words: candidate for candidate in candidates}
    defined: dict[tuple[str, str], list[Definition]] = {}
    for reading in readings:
        for definition in find_definitions(reading):
            defined.setdefault(definition.forms, []).append(definition)
    for (long, short), found in defined.items():
        suggestion = _suggest(long, short, found, by_words)
        if suggestion is not None:
            yield suggestion


def find_definitions(reading: Reading) -> Iterator[Definition]:
    """Yield the definitions in a leaf, in order; none in links, code and titles of works."""
    text = reading.block.text
    closed = SpanSet(reading.closed)
    for match in BRACKETS.finditer(text):
        inner = INTRODUCED.match(match[1].strip())
        if inner is None or closed.touches(Span(start=match.start(), end=match.end())):
            continue
        start = text.index(inner[1], match.start(1))
        inside = Span(start=start, end=start + len(inner[1]))
        yield from _short_inside(reading, match.start(), inside)
        yield from _long_inside(reading, match.start(), inside)


def _short_inside(reading: Reading, bracket: int, inside: Span) -> Iterator[Definition]:
    text = reading.block.text
    short = text[inside.start : inside.end]
    if not _is_short(short):
        return
    first = max(bracket - MAX_BEFORE, 0)
    end = first + len(text[first:bracket].rstrip())
    known = reading.known_in(Span(start=max(end - 1, 0), end=end))
    mention = next((one for one in known if one.span.end == end and one.slugs), None)
    found = _start_of_long(text[first:end], short)
    start = None if found is None else first + found
    if mention is not None and start is None and not _is_other_script(text, mention.span):
        return
    # A mention that is only the end of a longer name is not what is abbreviated.
    is_longer = mention is not None and start is not None and start < mention.span.start
    if mention is not None and not (is_longer and _is_named(text[start:end])):
        yield Definition(reading=reading, long=mention.span, short=inside)
    elif start is not None and _is_named(text[start:end]):
        yield Definition(reading=reading, long=_whole_name(reading, Span(start=start, end=end)), short=inside)


def _long_inside(reading: Reading, bracket: int, inside: Span) -> Iterator[Definition]:
    text = reading.block.text
    first = max(bracket - MAX_BEFORE, 0)
    short = LAST_SHORT.search(text[first:bracket])
    long = text[inside.start : inside.end]
    if short is None or not _is_short(short[1]) or len(long.split()) < 2 or not _is_named(long):
        return
    if _start_of_long(long, short[1]) == 0:
        span = Span(start=first + short.start(1), end=first + short.end(1))
        yield Definition(reading=reading, long=inside, short=span)


def _is_short(words: str) -> bool:
    capitals = sum(c.isupper() for c in words)
    is_written_short = (
        bool(SHORT.fullmatch(words)) and capitals >= 2 and not PARTY_AND_STATE.fullmatch(words.rstrip("."))
    )
    return is_written_short and 2 * capitals >= sum(c.isalpha() for c in words)


def _start_of_long(text: str, short: str) -> int | None:
    """Return where the long form that ends `text` begins, or None where its letters do not give the short one.

    Each letter of the short form is looked for from the end on; the first one must begin a word, which is at most as
    many words away as the short form has letters and five, or twice as many.
    """
    letters = [c for c in voc.plain(short) if c.isalnum()]
    folded = [voc.plain(c) for c in text]
    position = len(folded)
    for index in range(len(letters) - 1, -1, -1):
        position -= 1
        while position >= 0 and (
            folded[position] != letters[index]
            or (index == 0 and position > 0 and text[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
    limit = min(len(letters) + 5, 2 * len(letters))
    is_longer = len(text) - position > len(short)
    return position if is_longer and len(text[position:].split()) <= limit else None


def _is_named(words: str) -> bool:
    """Return whether the words are a name: each long one has a capital, but for particles."""
    return all(
        any(c.isupper() for c in word)
        or voc.plain(word) in voc.OF | voc.AND | voc.PARTICLES
        or voc.plain(word) == "the"
        for word in words.replace("-", " ").split()
    )


def _is_other_script(text: str, span: Span) -> bool:
    return not any(c.isascii() and c.isalpha() for c in text[span.start : span.end])


def _whole_name(reading: Reading, long: Span) -> Span:
    """Return the span widened to the capitalised words just before it: the National Harbour Users League (HUL)."""
    start = long.start
    while (word := reading.word_before(start)) is not None:
        is_next = not reading.block.text[word.span.end : start].strip(" ") and start - word.span.end > 0
        is_full = len(reading.block.text[word.span.start : long.end].split()) > MAX_WORDS
        if (
            is_full
            or word.is_all_capitals
            or not is_next
            or not word.is_capital
            or word.is_first
            or word.plain in voc.TITLES | voc.FUNCTION_WORDS
        ):
            break
        start = word.span.start
    return Span(start=start, end=long.end)


def _meanings(found: Sequence[Definition], which: str) -> set[str]:
    """Return the slugs of the names that cover the whole of a form, wherever it is defined."""
    spans = [(one.reading, one.long if which == "long" else one.short) for one in found]
    return {
        slug
        for reading, span in spans
        for known in reading.known_in(span)
        if known.span == span
        for slug in known.slugs
    }


def _suggest(
    long: str, short: str, found: Sequence[Definition], by_words: Mapping[str, Candidate]
) -> Suggestion | None:
    long_means, short_means = _meanings(found, "long"), _meanings(found, "short")
    if len(long_means | short_means) > 1 or (long_means and short_means):
        # Known already, or for an editor to decide.
        return None
    if any(
        k.span == s for d in found for s in (d.long, d.short) for k in d.reading.known_in(s) if not k.slugs
    ):
        # The editors have excluded it, or several records share it.
        return None
    target = next(iter(long_means | short_means), "")
    lacking = long if short_means else short
    occurrences = [*_occurrences(by_words, long), *_occurrences(by_words, short)]
    count = max(len(occurrences), len(found))
    contexts = tuple(
        d.reading.context(Span(start=min(d.long.start, d.short.start), end=max(d.long.end, d.short.end)))
        for d in found[:MAX_CONTEXTS]
    )
    parts = (
        ScorePart(label="defined in the text", points=BASE),
        ScorePart(
            label=f"occurs {count} times" if count > 1 else "occurs once", points=points_of_count(count)
        ),
    )
    if target:
        return Suggestion(
            id=suggestion_id("abbreviation", lacking, target),
            kind="abbreviation",
            words=lacking,
            target=target,
            reason=f"{'stands for' if long_means else 'is the long form of'} "
            f"`{long if long_means else short}`, a name of `{target}`",
            parts=parts,
            count=count,
            contexts=contexts,
            writes=NewAlias(slug=target, alias=lacking),
        )
    kind, why, _ = likely_kind(by_words.get(long) or _as_candidate(long, found))
    return Suggestion(
        id=suggestion_id("abbreviation", long),
        kind="abbreviation",
        words=long,
        likely_kind=kind,
        reason=f"has the abbreviation `{short}`; likely {kind}: {why}",
        parts=parts,
        count=count,
        contexts=contexts,
        writes=NewActor(name=long, kind=kind, aliases=(short,)),
    )


def _occurrences(by_words: Mapping[str, Candidate], words: str) -> tuple[Occurrence, ...]:
    return by_words[words].occurrences if words in by_words else ()


def _as_candidate(words: str, found: Sequence[Definition]) -> Candidate:
    return Candidate(
        words=words,
        occurrences=tuple(
            Occurrence(reading=d.reading, span=d.long, words=words, is_first=False) for d in found
        ),
    )
