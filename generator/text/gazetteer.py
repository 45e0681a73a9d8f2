"""The map from alias to actor or issue, and how it finds names in a text.

Matching is by Aho-Corasick over folded text (Aho & Corasick, "Efficient string matching", CACM 18, 1975), linear in the
length of the text plus the number of matches.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from generator.model.text import Span, shared_span
from generator.text.folding import (
    MARK,
    WIDE_MARK,
    CasedFolding,
    Folded,
    fold_alias_but_case,
    fold_name,
    spelling,
)
from generator.text.scripts import ARABIC_ARTICLE, ARABIC_TO_THE, is_hangul, is_proclitic, is_unspaced
from generator.text.spans import SpanSet

# l'Iran, d'Allemagne, qu'Huawei: what may stand elided before a name.
ELISIONS = frozenset(
    {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "dell", "all", "nell"}
)
# anti-Huawei, non-Chinese: what a hyphen may join to a name without making another name of it.
PREFIXES = frozenset({"anti", "co", "ex", "mid", "neo", "non", "post", "pre", "pro", "trans", "un", "vice"})

# Beside these of ASCII a name is whole, whatever stands behind them; within a row of those it is a piece of a word.
FREE = frozenset(" \n" + MARK + WIDE_MARK + string.punctuation) - frozenset("@'-_")
LETTERS = frozenset(string.ascii_letters + string.digits + "_")
# The index of a pattern, and where it begins and ends.
Hit = tuple[int, int, int]
# Of how many spellings it is kept whom they mean.
MOST_SPELLINGS = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One spelling and whom it means; `slug` is None for a longer name that means nobody known."""

    slug: str | None
    alias: str
    is_case_sensitive: bool


class Found(NamedTuple):
    """A span of text that one alias covers, and every slug it may mean, sorted; none for an excluded name."""

    span: Span
    slugs: tuple[str, ...]


class Gazetteer:
    """All names of a corpus, ready for matching. A pickled one is built anew from its names."""

    def __init__(self, names: Sequence[Name]) -> None:
        """Raises ValueError where an alias is empty once folded."""
        self._given = tuple(names)
        self._names: dict[str, list[Name]] = {}
        for name in (form for one in names for form in _forms(one)):
            key = fold_name(name.alias).text.strip()
            if not key:
                raise ValueError(f"the alias {name.alias!r} is empty")
            self._names.setdefault(key, []).append(name)
        self._all = _Automaton({key: key for key in self._names})
        folded = {
            key for key, same in self._names.items() if any(not name.is_case_sensitive for name in same)
        }
        self._folded = _Automaton({key: key for key in folded})
        self._cased = _Automaton(
            {
                form: key
                for key, same in self._names.items()
                for name in same
                for form in _cased_forms(name, key)
            }
        )
        self._folding = CasedFolding((*self._cased.patterns, *self._folded.patterns))
        self._patterns = _Patterns(self._cased.keys + self._folded.keys)
        self._all_patterns = _Patterns(self._all.keys)
        # One name is written in few ways.
        self._meanings = lru_cache(maxsize=MOST_SPELLINGS)(self._find_meanings)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[tuple[Name, ...]]]:
        return Gazetteer, (self._given,)

    def find(self, text: str, *, blocked: Sequence[Span] = ()) -> tuple[Found, ...]:
        """Return the names in `text` outside `blocked`, sorted by span, none overlapping another.

        Where aliases overlap the longest wins, then the leftmost. Offsets count code points of `text`.
        """
        cased = self._folding.fold(text)
        if cased is None:
            folded = fold_name(text)
            hits = self._all.find(folded.text)
            return self._read_hits(hits, self._all_patterns, text, folded.text, folded, blocked)
        # Most names are written with capitals, and most words are not: what looks for capitals has little to follow.
        hits = self._cased.find(cased)
        if self._folded.keys:
            count = len(self._cased.keys)
            others = [
                (pattern + count, start, end)
                for pattern, start, end in self._folded.find(self._folding.fold_case(text, cased))
            ]
            known = {hit[1:] for hit in hits}
            hits = [*hits, *(hit for hit in others if hit[1:] not in known)]
        return self._read_hits(hits, self._patterns, text, cased, None, blocked)

    def _read_hits(
        self,
        hits: list[Hit],
        patterns: _Patterns,
        text: str,
        searched: str,
        folded: Folded | None,
        blocked: Sequence[Span],
    ) -> tuple[Found, ...]:
        """Return the hits that are names: whole words, not blocked, and written as an alias allows.

        `folded` may be None where each code point of the `searched` text stands for the same one of `text`.
        """
        keys, last = patterns.keys, patterns.last
        length = len(searched)
        is_aligned = folded is None or isinstance(folded.offsets, range)
        no_names = SpanSet(blocked) if blocked and hits else None
        names: list[tuple[int, int, Found]] = []
        edges: set[int] | None = None
        is_joined = False
        for pattern, start, end in hits:
            # Most hits stand between spaces and commas, or within longer words.
            is_free = start == 0 or searched[start - 1] in FREE
            if not (is_free and (end == length or searched[end] in FREE)):
                if end < length and searched[end] in LETTERS and searched[end - 1] in LETTERS:
                    continue
                if edges is None:
                    edges = {edge for _, first, last in hits for edge in (first, last)}
                if folded is None:
                    folded = Folded(text=self._folding.fold_case(text, searched), offsets=range(length + 1))
                span = _original_span(text, folded, start, end)
                if not _is_whole(folded.text, start, end, edges, text, span):
                    continue
                is_joined = True
            elif folded is None or is_aligned:
                span = shared_span(start, end)
            else:
                span = _original_span(text, folded, start, end)
            if no_names is not None and no_names.touches(span):
                continue
            words = text[span.start : span.end]
            meaning = last[pattern]
            if meaning is None or meaning[0] != words:
                meaning = last[pattern] = (words, self._meanings(keys[pattern], words))
            slugs = meaning[1]
            if slugs is not None:
                names.append((start, end, Found(span, slugs)))
        if is_joined and folded is not None:
            # Of two words joined by a hyphen, each is a name only where the other is one: "Lee-Xi", not "Lee-Xiang".
            edges = {edge for start, end, _ in names for edge in (start, end)}
            names = [one for one in names if _is_whole(folded.text, one[0], one[1], edges, text, one[2].span)]
        return _without_overlaps([found for _, _, found in names])

    def _find_meanings(self, key: str, words: str) -> tuple[str, ...] | None:
        """Return whom the words may mean, exact spellings before folded ones; None where no alias allows them."""
        written = spelling(words)
        names = [n for n in self._names[key] if _allows(n, written)]
        if not names:
            return None
        exact = [n for n in names if spelling(n.alias) == written]
        slugs = {n.slug for n in exact or names if n.slug is not None}
        return tuple(sorted(slugs))


class _Patterns:
    """The key of the names that each pattern stands for, and how it was last spelled, with whom that meant."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        self.last: list[tuple[str, tuple[str, ...] | None] | None] = [None] * len(keys)


class _Automaton:
    """Many patterns looked for at once; `keys` has the key of the names that each stands for."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self.patterns = tuple(sorted(keys))
        self.keys = tuple(keys[pattern] for pattern in self.patterns)
        self._automaton = ahocorasick_rs.AhoCorasick(self.patterns) if keys else None

    def find(self, text: str) -> list[Hit]:
        """Return each place of each pattern in the text, overlapping ones too."""
        if self._automaton is None or not text:
            return []
        return self._automaton.find_matches_as_indexes(text, overlapping=True)


def _cased_forms(name: Name, key: str) -> Iterator[str]:
    """Yield how a name that keeps its capitals stands in texts of `CasedFolding`; see `_allows`."""
    if not name.is_case_sensitive:
        return
    yield fold_alias_but_case(name.alias)
    alias = spelling(name.alias)
    capital = alias[:1].upper() + alias[1:]
    if alias[:1].islower() and fold_name(capital).text.strip() == key:
        yield fold_alias_but_case(capital)


def _forms(name: Name) -> Iterator[Name]:
    """Yield a name as it is, and as Arabic writes it after "to": the article becomes part of the preposition."""
    yield name
    alias = spelling(name.alias)
    if alias.startswith(ARABIC_ARTICLE):
        merged = ARABIC_TO_THE + alias.removeprefix(ARABIC_ARTICLE)
        yield Name(slug=name.slug, alias=merged, is_case_sensitive=name.is_case_sensitive)


def _allows(name: Name, written: str) -> bool:
    """Return whether the alias admits the capitals of the words; accents never matter.

    An alias that begins with a small letter, such as "the board", may begin a sentence.
    """
    if not name.is_case_sensitive:
        return True
    words, alias = _without_accents(written), _without_accents(spelling(name.alias))
    return words == alias or (alias[:1].islower() and words == alias[:1].upper() + alias[1:])


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _original_span(text: str, folded: Folded, start: int, end: int) -> Span:
    """Return the span in the original; marks that folding dropped stay with the letter before them."""
    if isinstance(folded.offsets, range):
        return shared_span(start, end)
    first, last = folded.offsets[start], folded.offsets[end - 1] + 1
    while last < len(text) and last < folded.offsets[end] and unicodedata.combining(text[last]):
        last += 1
    return shared_span(first, last)


def _is_whole(text: str, start: int, end: int, edges: set[int], original: str, span: Span) -> bool:
    """Return whether the folded stretch, which is `span` of the original, tears no word apart."""
    return _begins(text, start, end, edges) and _ends(text, end, edges, original, span)


def _begins(text: str, start: int, end: int, edges: set[int]) -> bool:
    """Return whether no word goes on into the folded stretch from before it."""
    if start == 0:
        return True
    before = text[start - 1]
    if _is_word(before):
        if is_hangul(before) and is_hangul(text[start]):
            return False
        if is_unspaced(before) or is_unspaced(text[start]):
            return True
        return is_proclitic(_word_before(text, start), text[start:end])
    if before == "@":
        return False
    if before == "'" and start >= 2 and _is_word(text[start - 2]):
        return _word_before(text, start - 1) in ELISIONS
    if before == "-" and start >= 2 and _is_word(text[start - 2]):
        # "Lee-Smith" is not a mention of "Smith"; "Trump-Xi", where both are names, and "anti-Huawei" are.
        return start - 1 in edges or _word_before(text, start - 1) in PREFIXES
    return True


def _ends(text: str, end: int, edges: set[int], original: str, span: Span) -> bool:
    """Return whether no word goes on from the folded stretch, which is `span` of the original."""
    if end == len(text):
        return True
    after = text[end]
    if _is_word(after):
        # A vowel sign belongs to the letter before it.
        is_sign = unicodedata.category(after).startswith("M")
        return not is_sign and (is_unspaced(after) or is_unspaced(text[end - 1]))
    if after == "-" and end + 1 not in edges:
        # "Ann Lee-Smith" is not a mention of "Ann Lee"; "Biden-era" is one of Biden.
        return not original[span.end + 1 : span.end + 2].isupper()
    rest = text[end + 1 : end + 3]
    if after == "'" and rest and _is_word(rest[0]):
        return rest[0] == "s" and not (len(rest) > 1 and _is_word(rest[1]))
    return True


def _word_before(text: str, end: int) -> str:
    start = end
    while start > 0 and _is_word(text[start - 1]):
        start -= 1
    return text[start:end]


@lru_cache(maxsize=8192)
def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")


def _without_overlaps(found: list[Found]) -> tuple[Found, ...]:
    end = 0
    for one in found:
        if one.span.start < end:
            break
        end = one.span.end
    else:
        return tuple(found)
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda f: (f.span.start - f.span.end, f.span.start)):
        stretch = range(one.span.start, one.span.end)
        if taken.isdisjoint(stretch):
            kept.append(one)
            taken.update(stretch)
    return tuple(sorted((f for f in kept), key=lambda f: f.span))
