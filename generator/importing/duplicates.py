"""Texts that are nearly the same: found by MinHash, then compared word for word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datasketch import MinHash

# Shingles of five words, as in the study of near-duplicate pages by Broder (1997), "On the resemblance and
# containment of
# documents"; 128 hashes estimate the share of common shingles to about 0.09.
SHINGLE_WORDS = 5
HASHES = 128
# Candidates are looked at closely; the same document shares this much of the smaller text.
CANDIDATE_SHARE = 0.25
SAME_SHARE = 0.6
FEWEST_SHINGLES = 8
WORD = re.compile(r"\w+")
# Note marks and definitions' labels do not count: one copy has them, the other lost them.
MARK = re.compile(r"\[\^[^\]\s]+\]:?|<sup>[^<]*</sup>|[*_>#\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicate:
    """A text that shares most of its words with another: its slug, the share of the smaller text, what differs."""

    slug: str
    share: float
    added: int
    removed: int
    differences: tuple[tuple[str, str], ...]


def shingles(text: str) -> frozenset[str]:
    """Return each run of five words of a text, case and punctuation aside."""
    words = WORD.findall(MARK.sub("", text).casefold())
    return frozenset(" ".join(words[n : n + SHINGLE_WORDS]) for n in range(len(words) - SHINGLE_WORDS + 1))


class TextIndex:
    """The texts of a corpus, asked which of them a new one nearly equals.

    Asking costs about as much as reading the text.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        # It brings NumPy and SciPy, for which no other command has to wait.
        from datasketch import MinHashLSH

        self._texts: dict[str, str] = {}
        self._shingles: dict[str, frozenset[str]] = {}
        self._index = MinHashLSH(threshold=CANDIDATE_SHARE, num_perm=HASHES)
        for slug, text in texts.items():
            self.add(slug, text)

    def add(self, slug: str, text: str) -> None:
        """Let a text be found from now on."""
        found = shingles(text)
        if slug in self._texts or len(found) < FEWEST_SHINGLES:
            return
        self._texts[slug] = text
        self._shingles[slug] = found
        self._index.insert(slug, _hash(found))

    def find(self, text: str, *, but: str = "") -> NearDuplicate | None:
        """Return the text that shares most with a new one, or None where none shares enough. `but` is not looked at."""
        own = shingles(text)
        if len(own) < FEWEST_SHINGLES:
            return None
        best: tuple[float, str] | None = None
        for slug in sorted(set(map(str, self._index.query(_hash(own)))) | self._much_longer(own)):
            if slug == but:
                continue
            other = self._shingles[slug]
            share = len(own & other) / min(len(own), len(other))
            if share >= SAME_SHARE and (best is None or share > best[0]):
                best = (share, slug)
        if best is None:
            return None
        differences = tuple(word_differences(self._texts[best[1]], text))
        return NearDuplicate(
            slug=best[1],
            share=round(best[0], 3),
            added=sum(len(after.split()) for _, after in differences),
            removed=sum(len(before.split()) for before, _ in differences),
            differences=differences,
        )

    def _much_longer(self, own: frozenset[str]) -> set[str]:
        """Return the texts of which the new one may be a small part: hashes over the whole do not show it."""
        return {
            slug
            for slug, other in self._shingles.items()
            if len(other) >= len(own) / CANDIDATE_SHARE or len(own) >= len(other) / CANDIDATE_SHARE
        }


def _hash(found: Iterable[str]) -> MinHash:
    from datasketch import MinHash

    hashed = MinHash(num_perm=HASHES, seed=1)
    hashed.update_batch([one.encode() for one in sorted(found)])
    return hashed


def word_differences(before: str, after: str) -> Iterable[tuple[str, str]]:
    """Yield the words in which two texts differ, as pairs of before and after, in order."""
    olds, news = _tokens(before), _tokens(after)
    matcher = difflib.SequenceMatcher(None, olds, news, autojunk=len(olds) + len(news) > 20_000)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield " ".join(olds[start:end]), " ".join(news[new_start:new_end])


def _tokens(text: str) -> Sequence[str]:
    return MARK.sub("", text).split()
