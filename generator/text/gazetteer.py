"""The map from alias to actor or issue, and how it finds names in a text.

Matching is by Aho-Corasick over folded text (Aho & Corasick, "Efficient string matching", CACM 18, 1975), linear in the
length of the text plus the number of matches.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    """All names of a corpus, ready for matching."""

    def __init__(self, names: Sequence[Name]) -> None:
        """Raises ValueError where an alias is empty once folded."""
        self._names: dict[str, list[Name]] = {}
        for name in (form for one in names for form in _forms(one)):
            key = fold_name(name.alias).text.strip()
            if not key:
                raise ValueError(f"the alias {name.alias!r} is empty")
            self._names.setdefault(key, []).append(name)
        self._keys = sorted(self._names)
        self._automaton = ahocorasick_rs.AhoCorasick(self._keys) if self._keys else None

    def find(self, text: str, *, blocked: Sequence[Span] = ()) -> tuple[Found, ...]:
        """Return the names in `text` outside `blocked`, sorted by span, none overlapping another.

        Where aliases overlap the longest wins, then the leftmost. Offsets count code points of `text`.
        """
        if self._automaton is None or not text:
            return ()
        folded = fold_name(text)
        hits = self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
        no_names = SpanSet(blocked)
        names: list[tuple[int, int, Found]] = []
        any_edge = {edge for _, start, end in hits for edge in (start, end)}
        for key, start, end in hits:
            span = _original_span(text, folded, start, end)
            if no_names.touches(span) or not _is_whole(folded.text, start, end, any_edge, text, span):
                continue
            slugs = self._meanings(self._keys[key], text[span.start : span.end])
            if slugs is not None:
                names.append((start, end, Found(span=span, slugs=slugs)))
        # Of two words joined by a hyphen, each is a name only where the other is one: "Lee-Xi", not "Lee-Xiang".
        edges = {edge for start, end, _ in names for edge in (start, end)}
        return _without_overlaps(
            [
                found
                for start, end, found in names
                if _is_whole(folded.text, start, end, edges, text, found.span)
            ]
        )

    def _meanings(self, key: str, words: str) -> tuple[str, ...] | None:
        """Return whom the words may mean, exact spellings before folded ones; None where no alias allows them."""
        written = spelling(words)
        names = [n for n in self._names[key] if _allows(n, written)]
        if not names:
            return None
        exact = [n for n in names if spelling(n.alias) == written]
        slugs = {n.slug for n in exact or names if n.slug is not None}
        return tuple(sorted(slugs))


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


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")


def _without_overlaps(found: Sequence[Found]) -> tuple[Found, ...]:
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda f: (f.span.start - f.span.end, f.span.start)):
        stretch = range(one.span.start, one.span.end)
        if taken.isdisjoint(stretch):
            kept.append(one)
            taken.update(stretch)
    return tuple(sorted((f for f in kept), key=lambda f: f.span))
