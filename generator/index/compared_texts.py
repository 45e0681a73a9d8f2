"""The paragraphs whose words are compared across documents: published ones only, each word as a number."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, LinkedText
from generator.model.records import Annotation
from generator.model.text import Block, Span
from generator.text.quoted import find_quoted
from generator.text.spans import SpanSet
from generator.text.words import find_words, fold_word, is_unspaced_word, split_words

# A word that stands in more paragraphs than these, and in more than one of twenty, is in everything: the, of, board.
COMMON_PARAGRAPHS = 24
COMMON_SHARE = 20
# "which" has five letters as well, but few such words stand side by side.
LONG_LETTERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A leaf of a published text: where its words are among those of all, and where it is found on a page.

    `number` is that of its passage, 0 for a quotation from a text that is not published. `of_others` are the spans
    that are others' words for another reason than quotation marks.
    """

    document: str
    anchor: str
    number: int
    text: str
    first: int
    end: int
    of_others: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWords:
    """Where each word of a paragraph begins and ends in its text, and what of it is quoted."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: SpanSet

    def is_quoted(self, word: int) -> bool:
        """Return whether the word of this index stands in a quotation."""
        return self.quoted.touches(Span(start=self.starts[word], end=self.ends[word]))


class _Numbers(dict[str, int]):
    """The number of each word, by all its spellings; a new one where it is new."""

    def __init__(self) -> None:
        super().__init__()
        self.words: dict[str, int] = {}

    def __missing__(self, spelling: str) -> int:
        word = fold_word(spelling)
        number = self[spelling] = self.words.setdefault(word, len(self.words))
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTexts:
    """The paragraphs of all published texts, and their words by number, those of one paragraph in its order.

    `holders` counts the paragraphs that have each word.
    """

    paragraphs: tuple[Paragraph, ...]
    words: array[int]
    vocabulary: tuple[str, ...]
    holders: array[int]

    def words_of(self, paragraph: Paragraph) -> tuple[int, ...]:
        """Return the words of a paragraph by their numbers."""
        return tuple(self.words[paragraph.first : paragraph.end])

    def length(self, words: Sequence[int]) -> float:
        """Return how many words these are; a letter of a script without spaces is half a word."""
        return sum(0.5 if is_unspaced_word(self.vocabulary[number]) else 1 for number in words)

    def telling(self) -> frozenset[int]:
        """Return the words that say what a text is about: long or with a digit, and not in everything."""
        most = max(COMMON_PARAGRAPHS, len(self.paragraphs) // COMMON_SHARE)
        return frozenset(
            number
            for number, word in enumerate(self.vocabulary)
            if self.holders[number] <= most
            # Words of other scripts than Latin, Greek and Cyrillic are short or are letters.
            and (len(word) >= LONG_LETTERS or word[0] > "\u0590" or any(c.isdigit() for c in word))
        )


def read_paragraphs(corpus: Corpus, linked: LinkedCorpus) -> ComparedTexts:
    """Return the paragraphs of all published texts by document, those of one text in its order, and their words.

    Of a document with a published transcription these are its passages, else the published quotations of its
    annotations. Notes, headings and code are left out: works cited alike are no common wording.
    """
    numbers = _Numbers()
    words = array("I")
    paragraphs = tuple(
        paragraph
        for _, text in sorted(linked.texts.items(), key=lambda item: item[0])
        if text.is_published and text.role in ("transcription", "quotation")
        for paragraph in _read_text(corpus, linked, text, numbers, words)
    )
    holders = array("I", bytes(4 * len(numbers.words)))
    for paragraph in paragraphs:
        for number in set(words[paragraph.first : paragraph.end]):
            holders[number] += 1
    return ComparedTexts(paragraphs=paragraphs, words=words, vocabulary=tuple(numbers.words), holders=holders)


def place_words(paragraph: Paragraph) -> PlacedWords:
    """Return where the words of a paragraph stand; few paragraphs are ever asked."""
    found = list(find_words(paragraph.text))
    return PlacedWords(
        starts=tuple(start for _, start, _ in found),
        ends=tuple(end for _, _, end in found),
        quoted=SpanSet([*find_quoted(paragraph.text), *paragraph.of_others]),
    )


def _read_text(
    corpus: Corpus, linked: LinkedCorpus, text: LinkedText, numbers: _Numbers, words: array[int]
) -> Iterator[Paragraph]:
    """Yield the paragraphs of one text, and add their words to those of all."""
    of_others = _words_of_others(corpus, linked, text)
    for index, leaf in enumerate(text.leaves):
        passage = text.passage_at(index)
        if passage is None or leaf.kind not in ("paragraph", "cell"):
            continue
        first = len(words)
        words.extend([numbers[word] for word in split_words(leaf.text)])
        yield Paragraph(
            document=text.owner,
            anchor=text.anchor or passage.permalink,
            number=passage.number if text.role == "transcription" else 0,
            text=leaf.text,
            first=first,
            end=len(words),
            of_others=tuple(of_others.get(index, ())),
        )


def _words_of_others(corpus: Corpus, linked: LinkedCorpus, text: LinkedText) -> dict[int, list[Span]]:
    """Return the spans that are others' words for another reason than quotation marks, by leaf.

    A block quote is, and an annotation's quotation where its speaker is not who wrote the document.
    """
    quoted: dict[int, list[Span]] = defaultdict(list)
    for index, (leaf, is_in_quote) in enumerate(_leaves(text.parsed.blocks)):
        if is_in_quote:
            quoted[index].append(Span(start=0, end=len(leaf.text)))
    annotations = corpus.annotations.get(text.owner)
    for annotation in annotations.record if annotations else ():
        if not _is_of_others(corpus, text.owner, annotation):
            continue
        if text.role == "quotation":
            if annotation.id == text.key:
                quoted[0].append(Span(start=0, end=len(text.leaves[0].text)))
            continue
        for piece in linked.quotations[text.owner, annotation.id].spans:
            quoted[piece.leaf].append(piece.span)
    return quoted


def _is_of_others(corpus: Corpus, document: str, annotation: Annotation) -> bool:
    record = corpus.documents[document].record
    own = {*record.authors, *record.signatories, record.publisher}
    return bool(annotation.speakers) and not own.issuperset(annotation.speakers)


def _leaves(blocks: Sequence[Block], is_in_quote: bool = False) -> Iterator[tuple[Block, bool]]:
    """Yield the leaves in reading order, as `Block.leaves` does, and whether each stands in a block quote."""
    for block in blocks:
        if block.children:
            yield from _leaves(block.children, is_in_quote or block.kind == "quote")
        elif block.leaves():
            yield block, is_in_quote
