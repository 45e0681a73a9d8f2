"""Stretches of capitalised words that no name of the register covers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.model.text import Span
from generator.suggest import vocabulary as voc
from generator.suggest.readings import Known, Reading, Word, has_capitals
from generator.text.folding import spelling
from generator.text.gazetteer import ELISIONS
from generator.text.spans import SpanSet

# Longer stretches are letterheads and headlines.
MAX_WORDS = 8
ABBREVIATED = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "st", "hon", "rev", "capt", "lt")
)
# Before a noun far oftener than before a person's name.
GERMAN_OPENERS = frozenset(("nach", "auf", "zu", "in", "laut"))
# I'm, We'll, That's
CONTRACTED = frozenset(("m", "ll", "re", "ve", "d", "s", "t"))
# R-SC, D-Ore
PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z][A-Za-z]*")
# American-made, Lee-era
HYPHENATED = re.compile(r"[^\W\d_]+[-‑][a-z].*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One place where a candidate stands, with what stands around it, folded.

    `title` is the title before it, `before` and `after` the words beside it, empty across a comma or full stop.
    `is_first`: a sentence begins with it, so that its capital says nothing. `holds` names the actors whose alias is
    part of it.
    """

    reading: Reading
    span: Span
    words: str
    is_first: bool
    title: str = ""
    before: str = ""
    after: str = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A name that the register lacks, as one spelling, with all its occurrences in reading order.

    `is_common`: the texts write each of its words small as well. `is_doubtful`: one word that only ever begins a
    sentence, or a German one that may be any noun; it is a name only where something else says so.
    """

    words: str
    occurrences: tuple[Occurrence, ...]
    is_common: bool = False
    is_doubtful: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The words, folded, without full stops."""
        return tuple(voc.plain(part) for part in self.words.split())

    @property
    def documents(self) -> int:
        """How many pages of the dossier it stands on."""
        return len({one.reading.text.owner for one in self.occurrences})


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How the texts write each folded word: how often small, and how often with a capital where that is a choice."""

    small: Mapping[str, int]
    capital: Mapping[str, int]


def find_candidates(readings: Sequence[Reading]) -> tuple[Candidate, ...]:
    """Return the names that no alias covers, in order of first occurrence.

    A capital at the beginning of a sentence is no evidence; nor is one in German, where every noun has one.
    """
    habits = _habits(readings)
    by_words: dict[str, list[Occurrence]] = {}
    for reading in readings:
        if reading.has_case and has_capitals(reading.block.text):
            for found in _occurrences(reading, habits):
                by_words.setdefault(spelling(found.words), []).append(found)
    return tuple(
        Candidate(
            words=words,
            occurrences=tuple(found),
            is_common=_is_common(words, habits),
            is_doubtful=_is_doubtful(words, found),
        )
        for words, found in by_words.items()
        if _is_name(words, found, habits)
    )


def _is_common(words: str, habits: Habits) -> bool:
    return all(habits.small.get(voc.plain(part), 0) for part in words.split())


def _is_doubtful(words: str, found: Sequence[Occurrence]) -> bool:
    if " " in words or words.isupper():
        return False
    if all(one.reading.language == "de" for one in found):
        return not _is_german_name([words], found)
    return all(one.is_first and not one.title for one in found)


def _habits(readings: Sequence[Reading]) -> Habits:
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for reading in readings:
        if not reading.has_case:
            continue
        closed = SpanSet(reading.closed)
        for word in reading.words:
            if not word.is_capital:
                small[word.plain] += 1
            elif not word.is_first and not word.is_all_capitals and not closed.touches(word.span):
                capital[word.plain] += 1
    return Habits(small=small, capital=capital)


def _occurrences(reading: Reading, habits: Habits) -> Iterator[Occurrence]:
    closed = SpanSet(reading.closed)
    for run in _runs(reading, closed):
        yield from _split_at_known(run, reading, habits)


def _runs(reading: Reading, closed: SpanSet) -> Iterator[tuple[Word, ...]]:
    """Yield stretches of capitalised words with the small words between them that belong to a name."""
    run: list[Word] = []
    waiting: list[Word] = []
    for index, word in enumerate(reading.words):
        before = reading.words[index - 1] if index else None
        is_joined = before is not None and _is_joined(reading.block.text, before, word)
        if not is_joined and run:
            yield tuple(run)
            run, waiting = [], []
        if _may_be_part(word, reading, closed):
            if word.is_first and run:
                yield tuple(run)
                run, waiting = [], []
            if waiting and (
                _is_german_noun(run, reading) or not _joins(waiting, run, word, reading.language)
            ):
                yield tuple(run)
                run = []
            run += [*waiting, word] if run else [word]
            waiting = []
            if word.plain in voc.LEGAL_FORMS and len(run) > 1:
                yield tuple(run)
                run = []
        elif run and len(waiting) < 3 and not word.is_capital and _may_join(word):
            waiting.append(word)
        elif run:
            yield tuple(run)
            run, waiting = [], []
    if run:
        yield tuple(run)


def _may_be_part(word: Word, reading: Reading, closed: SpanSet) -> bool:
    if not word.is_capital or closed.touches(word.span) or word.text[0].isdigit():
        return False
    if word.span.start and reading.block.text[word.span.start - 1] in "@#/_\\":
        return False
    if word.plain in voc.calendar_words(reading.language):
        return False
    head, _, contracted = word.plain.partition("'")
    if head in voc.FUNCTION_WORDS and contracted in CONTRACTED:
        return False
    if word.plain in voc.PARTICLES and not word.is_first:
        # It was De la Vega.
        return True
    # The board, The Hague: only the first word of a sentence could be meant.
    return not (word.plain in voc.FUNCTION_WORDS and len(word.plain) > 1 and not word.is_all_capitals)


def _is_joined(text: str, before: Word, word: Word) -> bool:
    """Return whether nothing but a space, or the full stop of an initial or a title, stands between two words."""
    if before.is_possessive:
        return False
    gap = text[before.span.end : word.span.start]
    if gap.strip(" \u00a0") in ("", "&"):
        return gap != ""
    if gap[-1:] in ("'", "’") and gap[:-1].strip().lower() in ELISIONS:
        # Agence de l'Eau
        return True
    is_short = len(before.text) == 1 or before.plain in ABBREVIATED
    return gap in (". ", ".\u00a0", ".") and is_short


def _may_join(word: Word) -> bool:
    return word.plain in voc.PARTICLES or word.plain in voc.OF or word.plain in voc.AND or word.plain == "the"


def _joins(waiting: Sequence[Word], run: Sequence[Word], word: Word, language: str) -> bool:
    """Return whether small words tie the capitalised ones before and after them into one name."""
    small = [one.plain for one in waiting]
    if language == "de" and small[0] in voc.GERMAN_ARTICLES:
        return False
    said = [one.plain for one in run]
    names_body = any(part in voc.ORGANISING for part in said)
    if small[0] in voc.AND and len(small) == 1:
        return names_body and any(p in voc.OF for p in said) and word.plain not in voc.ORGANISING
    if all(part in voc.PARTICLES for part in small):
        return said[-1] not in voc.TITLES or names_body
    if all(part in voc.OF or part in voc.PARTICLES or part == "the" for part in small):
        if small[0] in ("in", "to") and small[1:] != ["the"]:
            return False
        return names_body and small[0] != "the"
    return False


def _is_german_noun(run: Sequence[Word], reading: Reading) -> bool:
    """Return whether the one word of a German stretch is a noun: "nach Ansicht von Kolt" is not "Ansicht von Kolt"."""
    if reading.language != "de" or len(run) != 1 or run[0].plain in voc.ORGANISING:
        return False
    word = reading.word_before(run[0].span.start)
    before = word.plain if word is not None else ""
    return before in GERMAN_OPENERS or voc.is_determiner(before, "de")


def _split_at_known(run: Sequence[Word], reading: Reading, habits: Habits) -> Iterator[Occurrence]:
    """Yield the parts of a stretch that no alias covers, and the longer names that an alias is only part of."""
    known = reading.known_in(_around(run))
    if not known:
        yield from _trimmed(run, reading, habits)
        return
    pieces: list[list[Word]] = [[]]
    for word in run:
        if any(one.span.overlaps(word.span) for one in known):
            pieces.append([])
        else:
            pieces[-1].append(word)
    longer = _longer_name(run, known, reading)
    if longer is not None:
        yield longer
        return
    for piece in pieces:
        # What is left beside a name is seldom one: "Lee Tariffs".
        if len([word for word in piece if word.is_capital]) > 1:
            yield from _trimmed(piece, reading, habits)


def _longer_name(run: Sequence[Word], known: Sequence[Known], reading: Reading) -> Occurrence | None:
    """Return "Lee Foundation" or "Jo Lee" where the register knows only "Lee", an actor; None for anything else."""
    if len(known) != 1 or not known[0].slugs:
        return None
    covered = [word for word in run if known[0].span.overlaps(word.span)]
    first, last = run.index(covered[0]), run.index(covered[-1])
    behind, ahead = run[last + 1 :], run[:first]
    if behind and not ahead and behind[-1].plain in voc.ORGANISING and len(behind) <= 3:
        return _occurrence(run, reading, holds=known[0].slugs)
    is_given_name = (
        len(ahead) == 1
        and not behind
        and len(covered) == 1
        and not ahead[0].is_first
        and not ahead[0].is_all_capitals
        and not _is_noise(ahead[0], reading.language)
        and ahead[0].plain not in voc.ORGANISING | voc.THINGS
        and reading.language != "de"
    )
    return _occurrence(run, reading, holds=known[0].slugs) if is_given_name else None


def _trimmed(run: Sequence[Word], reading: Reading, habits: Habits) -> Iterator[Occurrence]:
    """Yield the stretch without openers of a sentence, titles and loose ends; nothing where nothing is left."""
    words = list(run)
    title = ""
    while words:
        first = words[0]
        opens = first.is_first and len(words) > 1 and _is_opener(first, words[1], habits, reading.language)
        is_title = voc.is_title(first.plain, reading.language) and not _is_body(words)
        is_adjective = (
            len(words) > 1 and words[1].plain in voc.TITLES and voc.is_people(first.plain, reading.language)
        )
        if not first.is_capital or opens or is_adjective:
            words.pop(0)
        elif is_title:
            title = first.plain
            words.pop(0)
        else:
            break
    while words and (not words[-1].is_capital or words[-1].plain in voc.TITLES):
        words.pop()
    if not words or len(words) > MAX_WORDS or all(_is_noise(word, reading.language) for word in words):
        return
    if len(words) == 1 and words[0].plain in voc.ORGANISING | voc.THINGS | voc.PLACE:
        return
    if words[-1].plain in voc.THINGS or sum(c.isalpha() for word in words for c in word.text) < 2:
        return
    found = _occurrence(words, reading)
    # The minister's title may be written small: "president Kolt".
    small = found.before if found.before in voc.TITLES and len(found.before) > 1 else ""
    yield replace(found, title=title or small)


def _is_body(words: Sequence[Word]) -> bool:
    """Return whether the words name a body although a title begins them: Justice Department."""
    return any(word.plain in voc.ORGANISING - voc.TITLES for word in words[1:3])


def _is_opener(first: Word, second: Word, habits: Habits, language: str) -> bool:
    if first.plain in voc.FUNCTION_WORDS or (language == "en" and first.plain.endswith("ly")):
        return True
    is_small = habits.small.get(first.plain, 0) > habits.capital.get(first.plain, 0)
    return is_small and second.is_capital


def _is_noise(word: Word, language: str) -> bool:
    """Return whether a capitalised word names nobody by itself."""
    if not word.is_capital or (len(word.text) == 1):
        return True
    if word.is_all_capitals and (word.plain in voc.NO_ACRONYMS or any(c.isdigit() for c in word.text)):
        return True
    if PARTY_AND_STATE.fullmatch(word.text) or HYPHENATED.fullmatch(word.text):
        return True
    return (
        voc.is_title(word.plain, language)
        or word.plain in voc.FUNCTION_WORDS
        or voc.is_people(word.plain, language)
    )


def _occurrence(words: Sequence[Word], reading: Reading, holds: tuple[str, ...] = ()) -> Occurrence:
    span = _around(words)
    # The full stop of "Acme Inc." would only end the sentence; that of "U.S." is part of the word.
    before, after = reading.word_before(span.start), reading.word_after(span.end)
    text = reading.block.text
    return Occurrence(
        reading=reading,
        span=span,
        words=text[span.start : span.end],
        is_first=words[0].is_first,
        before=before.plain if before and text[before.span.end : span.start].strip() in ("", ".") else "",
        after=after.plain if after and not text[span.end : after.span.start].strip(" ,") else "",
        holds=holds,
    )


def _around(words: Sequence[Word]) -> Span:
    return Span(start=words[0].span.start, end=words[-1].span.end)


def _is_name(words: str, found: Sequence[Occurrence], habits: Habits) -> bool:
    """Return whether the occurrences, taken together, speak for a name."""
    parts = words.split()
    if len(parts) == 1:
        plain = voc.plain(words)
        # As often a common word.
        if habits.small.get(plain, 0) >= len(found) and not words.isupper():
            return False
    is_german = all(one.reading.language == "de" for one in found)
    return not is_german or len(parts) == 1 or _is_german_name(parts, found)


def _is_german_name(parts: Sequence[str], found: Sequence[Occurrence]) -> bool:
    """Return whether more than its capitals speaks for a German name: a title, more words, capitals, recurrence."""
    has_article = any(voc.is_determiner(one.before, "de") for one in found)
    is_common = any(voc.plain(part).endswith(voc.GERMAN_ENDINGS) for part in parts)
    if any(one.title for one in found) or any(one.holds for one in found):
        return True
    if any(part.isupper() and len(part) > 1 for part in parts):
        return True
    if len(parts) > 1:
        folded = {voc.plain(part) for part in parts}
        return bool(folded & voc.ORGANISING) or not (has_article or is_common or found[0].is_first)
    return len(found) > 2 and not has_article and not is_common
