"""Passages of different documents that share wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.index.alignment import Alignment, align
from generator.index.compared_texts import ComparedTexts, Paragraph, PlacedWords, place_words, read_paragraphs
from generator.index.exact_passages import FEWEST_TELLING, FEWEST_WORDS, LONG_ROW, find_exact_pairs
from generator.index.near_passages import find_near_pairs
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.model.parallels import Parallel, ParallelKind, ParallelPiece, ParallelSide

# What more documents have is a letterhead, a disclaimer or a form.
MOST_DOCUMENTS = 24
MOST_OF_TWO_DOCUMENTS = 12
# A stretch is a quotation where most of the common words are.
QUOTED_SHARE = 0.75
# Of how many paragraphs the places of words are kept while pairs of them are compared.
MOST_PLACED = 1024
HALF_ROW = LONG_ROW // 2


def find_parallels(corpus: Corpus, linked: LinkedCorpus) -> Mapping[str, tuple[Parallel, ...]]:
    """Return the parallels of each document, those with most common words first; documents without any are not named.

    A parallel has at least six common words, three of them in a row, and either two different telling words among them
    (long ones that do not stand in everything, see `telling`) or twelve in a row. By this "as well as in the
    case of" is none, and "my personal relationship with President Xi" is one; no list of stop words is needed, which
    each language would want for itself.

    Candidates are paragraphs with six words in a row in common, two of them telling, or twelve whatever they are, of
    which an index of all such runs knows; and those that MinHash takes for nearly the same. What stands in more than
    MOST_DOCUMENTS documents makes no candidates, so that one boilerplate in everything costs no more than its words; of
    two documents the MOST_OF_TWO_DOCUMENTS longest parallels are kept. Near-linear in the words of the corpus. Words
    that are not published take no part: what a page says of common wording would give them away.
    """
    compared = read_paragraphs(corpus, linked)
    paragraphs = compared.paragraphs
    if len({paragraph.document for paragraph in paragraphs}) < 2:
        return {}
    telling = compared.telling()
    pairs = find_exact_pairs(compared, telling, most_documents=MOST_DOCUMENTS)
    pairs |= find_near_pairs(compared, most_documents=MOST_DOCUMENTS)
    placed = lru_cache(maxsize=MOST_PLACED)(lambda index: place_words(paragraphs[index]))
    # Pairs come in the order of their first paragraph.
    rows_of = lru_cache(maxsize=1)(lambda index: _read_rows(compared.words_of(paragraphs[index])))
    by_documents: dict[tuple[str, str], dict[tuple[int, ...], Parallel]] = defaultdict(dict)
    for one, other in sorted(pairs):
        first, second = paragraphs[one], paragraphs[other]
        words, other_words = compared.words_of(first), compared.words_of(second)
        if not _may_be_parallel(telling.intersection(words), rows_of(one), other_words):
            continue
        for alignment in align(words, other_words):
            common = tuple(word for run in alignment for word in words[run.first : run.first + run.size])
            if _is_parallel(alignment, common, compared, telling):
                # Two annotations may quote the same words.
                known = by_documents[first.document, second.document]
                if common not in known:
                    sides = _Side(first, placed(one)), _Side(second, placed(other))
                    known[common] = _make_parallel(alignment, *sides, words=int(compared.length(common)))
    grouped: dict[str, list[Parallel]] = defaultdict(list)
    for documents, parallels in sorted(by_documents.items()):
        longest = sorted(parallels.values(), key=_order)[:MOST_OF_TWO_DOCUMENTS]
        for document in documents:
            grouped[document].extend(longest)
    return {slug: tuple(sorted(found, key=_order)) for slug, found in sorted(grouped.items())}


class _Side(NamedTuple):
    """A paragraph with the places of its words."""

    paragraph: Paragraph
    placed: PlacedWords


def _read_rows(words: tuple[int, ...]) -> frozenset[tuple[int, ...]]:
    return frozenset(words[start : start + HALF_ROW] for start in range(len(words) - HALF_ROW + 1))


def _may_be_parallel(
    telling: frozenset[int], rows: frozenset[tuple[int, ...]], second: tuple[int, ...]
) -> bool:
    """Return whether any stretch of two paragraphs can be a parallel: most candidates of MinHash share too little.

    Given the telling words of the first, and all its rows of HALF_ROW words: of LONG_ROW words in a row in the second
    one of the places looked at begins a part so long.
    """
    if len(telling.intersection(second)) >= FEWEST_TELLING:
        return True
    places = range(0, len(second) - HALF_ROW + 1, HALF_ROW)
    return any(second[place : place + HALF_ROW] in rows for place in places)


def _is_parallel(
    alignment: Alignment, common: tuple[int, ...], compared: ComparedTexts, telling: frozenset[int]
) -> bool:
    """Return whether the common words are many and telling enough; see `find_parallels`."""
    if compared.length(common) < FEWEST_WORDS:
        return False
    rows = []
    end = 0
    for run in alignment:
        end += run.size
        rows.append(common[end - run.size : end])
    if max(compared.length(row) for row in rows) >= LONG_ROW:
        return True
    return len(telling.intersection(common)) >= FEWEST_TELLING


def _make_parallel(alignment: Alignment, first: _Side, second: _Side, *, words: int) -> Parallel:
    one = _make_side(first, [n for run in alignment for n in range(run.first, run.first + run.size)])
    other = _make_side(second, [n for run in alignment for n in range(run.second, run.second + run.size)])
    return Parallel(
        kind=_kind(one, other),
        first=one,
        second=other,
        pieces=tuple(_pieces(alignment, first, second)),
        words=words,
    )


def _make_side(side: _Side, common: list[int]) -> ParallelSide:
    paragraph, placed = side
    quoted = sum(placed.is_quoted(word) for word in common)
    return ParallelSide(
        document=paragraph.document,
        anchor=paragraph.anchor,
        number=paragraph.number,
        is_quoted=quoted >= QUOTED_SHARE * len(common),
        goes_on_before=common[0] > 0,
        goes_on_after=common[-1] + 1 < len(placed.starts),
    )


def _kind(first: ParallelSide, second: ParallelSide) -> ParallelKind:
    if first.is_quoted and second.is_quoted:
        return "common-original"
    return "quotation" if first.is_quoted or second.is_quoted else "copy"


def _pieces(alignment: Alignment, first: _Side, second: _Side) -> Iterator[ParallelPiece]:
    """Yield the stretch in pieces, common ones and such as differ; signs and a space go with the words before them."""
    at_first, at_second = alignment[0].first, alignment[0].second
    last = alignment[-1]
    for run in alignment:
        if run.first > at_first or run.second > at_second:
            yield ParallelPiece(
                first=_words(first, at_first, run.first),
                second=_words(second, at_second, run.second),
                is_common=False,
            )
        at_first, at_second = run.first + run.size, run.second + run.size
        is_last = run is last
        yield ParallelPiece(
            first=_words(first, run.first, at_first, is_last=is_last),
            second=_words(second, run.second, at_second, is_last=is_last),
            is_common=True,
        )


def _words(side: _Side, start: int, end: int, *, is_last: bool = False) -> str:
    if start == end:
        return ""
    text, (starts, ends) = side.paragraph.text, (side.placed.starts, side.placed.ends)
    words = text[starts[start] : ends[end - 1] if is_last or end == len(starts) else starts[end]]
    # The white space behind them says whether the next piece stands apart.
    return " ".join(words.split()) + " " * words[-1:].isspace()


def _order(parallel: Parallel) -> tuple[object, ...]:
    first, second = parallel.first, parallel.second
    return (
        -parallel.words,
        first.document,
        second.document,
        first.number,
        first.anchor,
        second.number,
        second.anchor,
    )
