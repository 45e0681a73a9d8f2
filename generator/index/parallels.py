"""Passages of different documents that share wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.index.alignment import Alignment, align
from generator.index.compared_texts import Paragraph, Vocabulary, read_paragraphs
from generator.index.near_passages import find_near_pairs
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.model.parallels import Parallel, ParallelKind, ParallelPiece, ParallelSide

# Words in a row that two paragraphs must share to be looked at closely, and common words of a parallel at least.
FEWEST_WORDS = 6
FEWEST_TELLING = 2
# So many words in a row are no chance, whatever they are.
LONG_ROW = 12
# What more documents have is a letterhead, a disclaimer or a form.
MOST_DOCUMENTS = 24
MOST_OF_TWO_DOCUMENTS = 12
# A stretch is a quotation where most of the common words are.
QUOTED_SHARE = 0.75


def find_parallels(corpus: Corpus, linked: LinkedCorpus) -> Mapping[str, tuple[Parallel, ...]]:
    """Return the parallels of each document, those with most common words first; documents without any are not named.

    A parallel has at least six common words, three of them in a row, and either two different telling words among them
    (long ones that do not stand in everything, see `Vocabulary.telling`) or twelve in a row. By this "as well as in the
    case of" is none, and "my personal relationship with President Xi" is one; no list of stop words is needed, which
    each language would want for itself.

    Candidates are paragraphs with six words in a row in common, two of them telling, or twelve whatever they are, of
    which an index of all such runs knows; and those that MinHash takes for nearly the same. What stands in more than
    MOST_DOCUMENTS documents makes no candidates, so that one boilerplate in everything costs no more than its words; of
    two documents the MOST_OF_TWO_DOCUMENTS longest parallels are kept. Near-linear in the words of the corpus. Words
    that are not published take no part: what a page says of common wording would give them away.
    """
    paragraphs, vocabulary = read_paragraphs(corpus, linked)
    if len({paragraph.document for paragraph in paragraphs}) < 2:
        return {}
    telling = vocabulary.telling()
    pairs = _exact_pairs(paragraphs, telling)
    pairs |= find_near_pairs(paragraphs, vocabulary, most_documents=MOST_DOCUMENTS)
    by_documents: dict[tuple[str, str], dict[tuple[int, ...], Parallel]] = defaultdict(dict)
    for one, other in sorted(pairs):
        first, second = paragraphs[one], paragraphs[other]
        for alignment in align(first.words, second.words):
            common = tuple(
                word for run in alignment for word in first.words[run.first : run.first + run.size]
            )
            if _is_parallel(alignment, common, vocabulary, telling):
                # Two annotations may quote the same words.
                known = by_documents[first.document, second.document]
                known.setdefault(common, _make_parallel(alignment, first, second, vocabulary))
    grouped: dict[str, list[Parallel]] = defaultdict(list)
    for documents, parallels in sorted(by_documents.items()):
        longest = sorted(parallels.values(), key=_order)[:MOST_OF_TWO_DOCUMENTS]
        for document in documents:
            grouped[document].extend(longest)
    return {slug: tuple(sorted(found, key=_order)) for slug, found in sorted(grouped.items())}


def _exact_pairs(paragraphs: Sequence[Paragraph], telling: frozenset[int]) -> set[tuple[int, int]]:
    """Return the pairs of indexes of paragraphs of different documents that share a row of words; see `find_parallels`.

    Runs are compared by their hashes; the alignment finds out where two hashes are equal by chance.
    """
    first: dict[int, int] = {}
    holders: dict[int, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        words = paragraph.words
        for start in range(len(words) - FEWEST_WORDS + 1):
            row = words[start : start + FEWEST_WORDS]
            if len(telling.intersection(row)) < FEWEST_TELLING:
                row = words[start : start + LONG_ROW]
                if len(row) < LONG_ROW:
                    continue
            run = hash(row)
            known = first.setdefault(run, index)
            if known != index:
                found = holders.setdefault(run, [known])
                if found[-1] != index:
                    found.append(index)
    pairs: set[tuple[int, int]] = set()
    for found in map(list, dict.fromkeys(map(tuple, holders.values()))):
        by_document: dict[str, int] = {}
        for index in found:
            # A document that repeats itself is compared by the first of its paragraphs.
            by_document.setdefault(paragraphs[index].document, index)
        if 2 <= len(by_document) <= MOST_DOCUMENTS:
            ordered = list(by_document.values())
            pairs.update((one, other) for n, one in enumerate(ordered) for other in ordered[n + 1 :])
    return pairs


def _is_parallel(
    alignment: Alignment, common: tuple[int, ...], vocabulary: Vocabulary, telling: frozenset[int]
) -> bool:
    """Return whether the common words are many and telling enough; see `find_parallels`."""
    if vocabulary.length(common) < FEWEST_WORDS:
        return False
    rows = []
    end = 0
    for run in alignment:
        end += run.size
        rows.append(common[end - run.size : end])
    if max(vocabulary.length(row) for row in rows) >= LONG_ROW:
        return True
    return len(telling.intersection(common)) >= FEWEST_TELLING


def _make_parallel(
    alignment: Alignment, first: Paragraph, second: Paragraph, vocabulary: Vocabulary
) -> Parallel:
    in_first = [n for run in alignment for n in range(run.first, run.first + run.size)]
    in_second = [n for run in alignment for n in range(run.second, run.second + run.size)]
    one, other = _make_side(first, in_first), _make_side(second, in_second)
    return Parallel(
        kind=_kind(one, other),
        first=one,
        second=other,
        pieces=tuple(_pieces(alignment, first, second)),
        words=int(vocabulary.length([first.words[n] for n in in_first])),
    )


def _make_side(paragraph: Paragraph, common: list[int]) -> ParallelSide:
    quoted = sum(paragraph.is_quoted(word) for word in common)
    return ParallelSide(
        document=paragraph.document,
        anchor=paragraph.anchor,
        number=paragraph.number,
        is_quoted=quoted >= QUOTED_SHARE * len(common),
        goes_on_before=common[0] > 0,
        goes_on_after=common[-1] + 1 < len(paragraph.words),
    )


def _kind(first: ParallelSide, second: ParallelSide) -> ParallelKind:
    if first.is_quoted and second.is_quoted:
        return "common-original"
    return "quotation" if first.is_quoted or second.is_quoted else "copy"


def _pieces(alignment: Alignment, first: Paragraph, second: Paragraph) -> Iterator[ParallelPiece]:
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


def _words(paragraph: Paragraph, start: int, end: int, *, is_last: bool = False) -> str:
    if start == end:
        return ""
    stop = paragraph.ends[end - 1] if is_last or end == len(paragraph.words) else paragraph.starts[end]
    words = paragraph.text[paragraph.starts[start] : stop]
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
