"""Paragraphs that are nearly the same without a longer run in common: found by MinHash.

The hashes are those of the library datasketch 2.0 (its scheme `affine32`), for all windows at once.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.index.compared_texts import ComparedTexts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint32]

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
MULTIPLIER = 0x9E3779B97F4A7C15
# How many windows are hashed together: their shingles should fit into a processor's cache.
BLOCK_WINDOWS = 1024


def find_near_pairs(compared: ComparedTexts, *, most_documents: int) -> set[tuple[int, int]]:
    """Return the pairs of indexes of paragraphs of different documents that may be nearly the same.

    What more than `most_documents` documents have alike is not looked at. The hashes are those of the words, so that a
    new document changes no pair of others. No hash is made where fewer than two documents have paragraphs long enough.
    """
    paragraphs = compared.paragraphs
    long_ones = [n for n, one in enumerate(paragraphs) if one.end - one.first >= FEWEST_WORDS]
    if len({paragraphs[n].document for n in long_ones}) < 2:
        return set()
    holders: list[int] = []
    windows: list[tuple[int, int]] = []
    known: set[bytes] = set()
    view = memoryview(compared.words)
    for n in long_ones:
        for first, end in _windows(paragraphs[n].first, paragraphs[n].end):
            # The same words again are found without.
            digest = hashlib.blake2b(view[first:end], digest_size=16).digest()
            if digest not in known:
                known.add(digest)
                holders.append(n)
                windows.append((first, end))
    near: dict[int, set[int]] = defaultdict(set)
    documents = [paragraphs[n].document for n in holders]
    for number, alike in _find_alike(_hash_windows(compared, windows), documents, most_documents).items():
        found = {holders[other] for other in alike}
        if len({paragraphs[other].document for other in found}) <= most_documents:
            near[holders[number]].update(found)
    pairs: set[tuple[int, int]] = set()
    for one, found in near.items():
        for other in found:
            if one in near.get(other, ()) and paragraphs[one].document != paragraphs[other].document:
                pairs.add((min(one, other), max(one, other)))
    return pairs


def _windows(first: int, end: int) -> Iterator[tuple[int, int]]:
    for start in range(first, max(end - WINDOW, first) + STRIDE, STRIDE):
        stop = min(start + WINDOW, end)
        if stop - start >= FEWEST_WORDS:
            yield start, stop


def _find_alike(hashes: Hashes, documents: list[str], most_documents: int) -> dict[int, set[int]]:
    """Return for each window those with which it shares a band, itself among them, by index.

    `documents` are those of the windows. Windows that share a band with those of too many are left out.
    """
    import numpy as np

    alike: dict[int, set[int]] = defaultdict(set)
    too_many: set[int] = set()
    for band in range(BANDS):
        keys = np.zeros(len(hashes), dtype=np.uint64)
        for row in range(ROWS):
            keys = keys * np.uint64(MULTIPLIER) + hashes[:, band * ROWS + row]
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(np.diff(keys[order]))
        starts, ends = np.append(0, edges + 1), np.append(edges + 1, len(keys))
        is_shared = ends - starts > 1
        for start, end in zip(starts[is_shared].tolist(), ends[is_shared].tolist(), strict=True):
            members = order[start:end].tolist()
            if len({documents[member] for member in members}) > most_documents:
                too_many.update(members)
                continue
            for member in members:
                alike[member].update(members)
    return {member: others for member, others in alike.items() if member not in too_many}


def _hash_windows(compared: ComparedTexts, windows: list[tuple[int, int]]) -> Hashes:
    """Return the least of each of the HASHES permuted hashes of the shingles of each window."""
    # It takes a moment to import, for which a dossier of one text should not wait.
    import numpy as np

    codes = np.array([zlib.crc32(word.encode()) for word in compared.vocabulary], dtype=np.uint32)
    all_words = np.frombuffer(compared.words, dtype=np.uint32)
    chance = np.random.RandomState(SEED)
    # An odd factor loses no number modulo 2**32.
    factors = chance.randint(0, 2**31, HASHES, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    summands = chance.randint(0, 2**32, HASHES, dtype=np.uint32)
    hashes = np.zeros((len(windows), HASHES), dtype=np.uint32)
    for begin in range(0, len(windows), BLOCK_WINDOWS):
        block = windows[begin : begin + BLOCK_WINDOWS]
        first, last = block[0][0], block[-1][1]
        shingles = _mix(_shingles(codes[all_words[first:last]]))
        edges = np.array(block, dtype=np.int64) - first
        edges[:, 1] -= SHINGLE - 1
        places = edges.ravel()
        for number in range(HASHES):
            permuted = shingles * factors[number] + summands[number]
            hashes[begin : begin + len(block), number] = np.minimum.reduceat(permuted, places)[::2]
    return hashes


def _mix(numbers: Hashes) -> Hashes:
    """Return the numbers with their bits mixed: the last step of MurmurHash3 for 32 bits (Appleby, 2011)."""
    import numpy as np

    numbers = (numbers ^ (numbers >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    numbers = (numbers ^ (numbers >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return numbers ^ (numbers >> np.uint32(16))


def _shingles(coded: Hashes) -> Hashes:
    """Return a number for each run of SHINGLE words, the same in every corpus, and one more that no window has."""
    import numpy as np

    runs = (
        coded[:-2] * np.uint32(31) + coded[1:-1] * np.uint32(1_000_003) + coded[2:] * np.uint32(998_244_353)
    )
    return np.append(runs, np.uint32(0))
