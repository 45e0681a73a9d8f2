"""The map from alias to actor or issue, and how it finds names in a text.

Matching is by Aho-Corasick over folded text (Aho & Corasick, "Efficient string matching", CACM 18, 1975), linear in the
length of the text plus the number of matches.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import ahocorasick_rs

from generator.model.text import Span
from generator.text.folding import Folded, fold_name, spelling
from generator.text.scripts import ARABIC_ARTICLE, ARABIC_TO_THE, is_hangul, is_proclitic, is_unspaced
from generator.text.spans import SpanSet

# l'Iran, d'Allemagne, qu'Huawei: what may stand elided before a name.
ELISIONS = frozenset(
    {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "dell", "all", "nell"}
)
# anti-Huawei, non-Chinese: what a hyphen may join to a name without making another name of it.
PREFIXES = frozenset({"anti", "co", "ex", "mid", "neo", "non", "post", "pre", "pro", "trans", "un", "vice"})

# Beside these of ASCII a name is whole, whatever stands behind them; within a row of those it is a piece of a word.
FREE = frozenset(" \n" + string.punctuation) - frozenset("@'-_")
LETTERS = frozenset(string.ascii_letters + string.digits + "_")
# Of how many spellings it is kept whom they mean.
MOST_SPELLINGS = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One spelling and whom it means; `slug` is None for a longer name that means nobody known."""

    slug: str | None
    alias: str
    is_case_sensitive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
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
        self._keys = sorted(self._names)
        self._automaton = ahocorasick_rs.AhoCorasick(self._keys) if self._keys else None
        # One name is written in few ways.
        self._meanings = lru_cache(maxsize=MOST_SPELLINGS)(self._find_meanings)

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[tuple[Name, ...]]]:
        return Gazetteer, (self._given,)

    def find(self, text: str, *, blocked: Sequence[Span] = ()) -> tuple[Found, ...]:
        """Return the names in `text` outside `blocked`, sorted by span, none overlapping another.

        Where aliases overlap the longest wins, then the leftmost. Offsets count code points of `text`.
        """
        if self._automaton is None or not text:
            return ()
        folded = fold_name(text)
        hits = self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
        if not hits:
            return ()
        names = [
            found
            for key, start, end in _whole_hits(hits, text, folded, blocked)
            if (found := self._read(key, text, folded, start, end)) is not None
        ]
        if any(found.is_joined for found in names):
            # Of two words joined by a hyphen, each is a name only where the other is one: "Lee-Xi", not "Lee-Xiang".
            edges = {edge for one in names for edge in (one.start, one.end)}
            names = [
                one
                for one in names
                if not one.is_joined
                or _is_whole(folded.text, one.start, one.end, edges, text, one.found.span)
            ]
        return _without_overlaps([one.found for one in names])

    def _read(self, key: int, text: str, folded: Folded, start: int, end: int) -> _Candidate | None:
        """Return what a stretch of the folded text may mean, None where no alias allows its capitals."""
        span = _original_span(text, folded, start, end)
        slugs = self._meanings(key, text[span.start : span.end])
        if slugs is None:
            return None
        is_joined = "-" in (folded.text[start - 1 : start], folded.text[end : end + 1])
        return _Candidate(start, end, is_joined, Found(span=span, slugs=slugs))

    def _find_meanings(self, key: int, words: str) -> tuple[str, ...] | None:
        """Return whom the words may mean, exact spellings before folded ones; None where no alias allows them."""
        written = spelling(words)
        names = [n for n in self._names[self._keys[key]] if _allows(n, written)]
        if not names:
            return None
        exact = [n for n in names if spelling(n.alias) == written]
        slugs = {n.slug for n in exact or names if n.slug is not None}
        return tuple(sorted(slugs))


class _Candidate(NamedTuple):
    """A name found between two places of the folded text. `is_joined`: a hyphen stands before or behind it."""

    start: int
    end: int
    is_joined: bool
    found: Found


def _whole_hits(
    hits: list[tuple[int, int, int]], text: str, folded: Folded, blocked: Sequence[Span]
) -> Iterator[tuple[int, int, int]]:
    """Yield the hits that tear no word apart and are not blocked; a hyphen may join them to any other hit."""
    plain = folded.text
    length = len(plain)
    no_names = SpanSet(blocked) if blocked else None
    edges: set[int] | None = None
    for hit in hits:
        _, start, end = hit
        # Most hits stand between spaces and commas, or within longer words.
        is_free = start == 0 or plain[start - 1] in FREE
        if not (is_free and (end == length or plain[end] in FREE)):
            if is_free and plain[end] in LETTERS and plain[end - 1] in LETTERS:
                continue
            if edges is None:
                edges = {edge for _, first, last in hits for edge in (first, last)}
            span = _original_span(text, folded, start, end)
            if not _is_whole(plain, start, end, edges, text, span):
                continue
        if no_names is not None and no_names.touches(_original_span(text, folded, start, end)):
            continue
        yield hit


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
        return Span(start=start, end=end)
    first, last = folded.offsets[start], folded.offsets[end - 1] + 1
    while last < len(text) and last < folded.offsets[end] and unicodedata.combining(text[last]):
        last += 1
    return Span(start=first, end=last)


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
    found.sort(key=lambda one: one.span.start)
    if all(one.span.end <= other.span.start for one, other in pairwise(found)):
        return tuple(found)
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda f: (f.span.start - f.span.end, f.span.start)):
        stretch = range(one.span.start, one.span.end)
        if taken.isdisjoint(stretch):
            kept.append(one)
            taken.update(stretch)
    return tuple(sorted((f for f in kept), key=lambda f: f.span))
