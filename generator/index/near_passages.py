"""Paragraphs that are nearly the same without a longer run in common: found by MinHash."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from generator.index.compared_texts import Paragraph, Vocabulary

# Windows of so many words, each half over the one before: of a copied paragraph some window is nearly the same.
WINDOW = 96
STRIDE = 48
# A shorter paragraph with a changed word in every six has hardly a shingle left.
FEWEST_WORDS = 16
SHINGLE = 3
# 21 bands of three hashes find a pair with half of its shingles in common in 95 of 100 cases, one with a tenth in 2
# (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4).
BANDS, ROWS = 21, 3
HASHES = BANDS * ROWS
SEED = 1
MASK = 0xFFFFFFFF


def find_near_pairs(
    paragraphs: Sequence[Paragraph], vocabulary: Vocabulary, *, most_documents: int
) -> set[tuple[int, int]]:
    """Return the pairs of indexes of paragraphs of different documents that may be nearly the same.

    What more than `most_documents` documents have alike is not looked at. The hashes are those of the words, so that a
    new document changes no pair of others. No hash is made where fewer than two documents have paragraphs long enough.
    """
    long_ones = [n for n, paragraph in enumerate(paragraphs) if len(paragraph.words) >= FEWEST_WORDS]
    if len({paragraphs[n].document for n in long_ones}) < 2:
        return set()
    # It brings NumPy and SciPy, for which a dossier of one text should not wait.
    from datasketch import MinHash, MinHashLSH

    codes: dict[int, int] = {}
    holders: list[int] = []
    shingles: list[list[int]] = []
    known: set[tuple[int, ...]] = set()
    for n in long_ones:
        for window in _windows(paragraphs[n].words):
            # The same words again are found without.
            if window not in known:
                known.add(window)
                holders.append(n)
                shingles.append(sorted(_shingles(window, codes, vocabulary)))
    index = MinHashLSH(num_perm=HASHES, params=(BANDS, ROWS))
    hashes = MinHash.bulk(shingles, num_perm=HASHES, seed=SEED, hashfunc=_as_it_is)
    for number, hashed in enumerate(hashes):
        index.insert(number, hashed, check_duplication=False)
    # All are in the index before it is asked: else the first documents of many would count as few.
    near: dict[int, set[int]] = {}
    for number, hashed in enumerate(hashes):
        found = {holders[other] for other in index.query(hashed)}
        if len({paragraphs[other].document for other in found}) <= most_documents:
            near.setdefault(holders[number], set()).update(found)
    pairs: set[tuple[int, int]] = set()
    for one, found in near.items():
        for other in found:
            if one in near.get(other, ()) and paragraphs[one].document != paragraphs[other].document:
                pairs.add((min(one, other), max(one, other)))
    return pairs


def _windows(words: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for start in range(0, max(len(words) - WINDOW, 0) + STRIDE, STRIDE):
        window = words[start : start + WINDOW]
        if len(window) >= FEWEST_WORDS:
            yield window


def _shingles(words: tuple[int, ...], codes: dict[int, int], vocabulary: Vocabulary) -> Iterator[int]:
    """Yield a number of 32 bits for each run of SHINGLE words, the same in every corpus."""
    coded = []
    for word in words:
        code = codes.get(word)
        if code is None:
            code = codes[word] = zlib.crc32(vocabulary.word(word).encode())
        coded.append(code)
    for start in range(len(coded) - SHINGLE + 1):
        one, two, three = coded[start : start + SHINGLE]
        yield (one * 31 + two * 1_000_003 + three * 998_244_353) & MASK


def _as_it_is(value: int) -> int:
    return value
