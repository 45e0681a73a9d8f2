"""Paragraphs of different documents that have the same words in a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.index.compared_texts import ComparedTexts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]
    Indexes = npt.NDArray[np.uint32]

# Words in a row that two paragraphs must share to be looked at closely, and common words of a parallel at least.
FEWEST_WORDS = 6
FEWEST_TELLING = 2
# So many words in a row are no chance, whatever they are.
LONG_ROW = 12
# The golden ratio's, as in Knuth, TAOCP 3, 6.4; odd, so that no word is lost modulo 2**64.
MULTIPLIER = 0x9E3779B97F4A7C15
# How many words are looked at together, and about how many rows are sorted together.
BLOCK_WORDS = 1_000_000
SORTED_ROWS = 2_000_000


def find_exact_pairs(
    compared: ComparedTexts, telling: frozenset[int], *, most_documents: int
) -> set[tuple[int, int]]:
    """Return the pairs of indexes of paragraphs of different documents that share a row of words.

    A row has FEWEST_WORDS words, FEWEST_TELLING different telling ones among them, or LONG_ROW words whatever they are.
    One that more than `most_documents` documents have makes no pairs. Rows are compared by hashes of 64 bits: the
    alignment finds out where two are equal by chance. Takes 12 bytes for each word of the corpus.
    """
    paragraphs = compared.paragraphs
    if len({one.document for one in paragraphs if one.end - one.first >= FEWEST_WORDS}) < 2:
        return set()
    pairs: set[tuple[int, int]] = set()
    for sharing in set(_find_sharing(compared, telling)):
        by_document: dict[str, int] = {}
        for index in sharing:
            # A document that repeats itself is compared by the first of its paragraphs.
            by_document.setdefault(paragraphs[index].document, index)
        if 2 <= len(by_document) <= most_documents:
            ordered = list(by_document.values())
            pairs.update((one, other) for n, one in enumerate(ordered) for other in ordered[n + 1 :])
    return pairs


def _find_sharing(compared: ComparedTexts, telling: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Yield the indexes of the paragraphs that share a row, in order, for each row that two or more have."""
    # It takes a moment to import, for which a dossier of one text should not wait.
    import numpy as np

    blocks = list(_hash_rows(compared, telling))
    hashes = np.concatenate([block for block, _ in blocks])
    owners = np.concatenate([block for _, block in blocks])
    del blocks
    parts = len(hashes) // SORTED_ROWS + 1
    for part in range(parts):
        chosen = hashes % np.uint64(parts) == part if parts > 1 else slice(None)
        yield from _group(hashes[chosen], owners[chosen])


def _group(hashes: Hashes, owners: Indexes) -> Iterator[tuple[int, ...]]:
    """Yield the different owners of each hash that several have; those of one hash are given in order."""
    import numpy as np

    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    is_new = np.ones(len(hashes), dtype=bool)
    is_new[1:] = hashes[1:] != hashes[:-1]
    is_other = is_new.copy()
    is_other[1:] |= owners[1:] != owners[:-1]
    owners = owners[is_other]
    starts = np.flatnonzero(is_new[is_other])
    sizes = np.diff(np.append(starts, len(owners)))
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        yield tuple(owners[start : start + size].tolist())


def _hash_rows(compared: ComparedTexts, telling: frozenset[int]) -> Iterator[tuple[Hashes, Indexes]]:
    """Yield the hashes of the rows in stretches of paragraphs, with the indexes of their paragraphs."""
    import numpy as np

    paragraphs = compared.paragraphs
    is_telling = np.zeros(len(compared.vocabulary), dtype=bool)
    is_telling[list(telling)] = True
    all_words = np.frombuffer(compared.words, dtype=np.uint32)
    lengths = np.array([paragraph.end - paragraph.first for paragraph in paragraphs], dtype=np.int64)
    begin = 0
    while begin < len(paragraphs):
        end, size = begin, 0
        while end < len(paragraphs) and (end == begin or size + int(lengths[end]) <= BLOCK_WORDS):
            size += int(lengths[end])
            end += 1
        first = paragraphs[begin].first
        words = np.zeros(size + LONG_ROW, dtype=np.uint64)
        words[:size] = all_words[first : first + size]
        owners = np.repeat(np.arange(begin, end, dtype=np.uint32), lengths[begin:end])
        ends = np.repeat(np.cumsum(lengths[begin:end]), lengths[begin:end])
        room = ends - np.arange(size)
        # Two telling words of a row differ where the least of their numbers is not the greatest.
        told = np.zeros(size + LONG_ROW, dtype=bool)
        told[:size] = is_telling[all_words[first : first + size]]
        least = np.where(told, words, np.iinfo(np.uint64).max)
        greatest = np.where(told, words, 0)
        short = np.zeros(size + FEWEST_WORDS, dtype=np.uint64)
        lowest, highest = least[:size].copy(), greatest[:size].copy()
        for offset in range(FEWEST_WORDS):
            short = short * np.uint64(MULTIPLIER) + words[offset : offset + len(short)] + np.uint64(1)
            np.minimum(lowest, least[offset : offset + size], out=lowest)
            np.maximum(highest, greatest[offset : offset + size], out=highest)
        is_short = (room >= FEWEST_WORDS) & (highest > lowest)
        is_long = ~is_short & (room >= LONG_ROW)
        long = short[:size] * np.uint64(pow(MULTIPLIER, FEWEST_WORDS, 2**64)) + short[FEWEST_WORDS:]
        is_row = is_short | is_long
        yield np.where(is_short, short[:size], long)[is_row], owners[is_row]
        begin = end
