"""The leaves of a corpus as one who looks for names reads them: words, sentences, and what is known already."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.link.names import build_gazetteer, declared_names
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, LinkedText
from generator.model.places import Place
from generator.model.text import Block, Span
from generator.suggest.model import Context
from generator.suggest.vocabulary import FUNCTION_WORDS, plain
from generator.text.gazetteer import ELISIONS, Gazetteer
from generator.text.search_words import IS_UNSPACED
from generator.text.sentences import find_sentences, sentence_around

# U.S. · O’Keefe-Lee · Müller (with what combines with a letter), not the s of Lee’s: see `_without_ending`
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_][\u0300-\u036f]*(?:['’‑-]?[^\W_][\u0300-\u036f]*)*")
# Lee's, Lee’s
POSSESSIVE = re.compile(r"['’][sS]$")
MAX_CONTEXT = 110
MIN_QUOTED_TITLE = 4
MIN_HEADLINE = 6
# “Ports Ask for Quiet”
QUOTED = re.compile(r"[“\"„«‘]([^“”\"„«»‘\n]{8,200})[”\"“»’]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a leaf. `plain` is folded; `is_first`: a sentence, a line or a quotation begins with it."""

    text: str
    plain: str
    span: Span
    is_first: bool
    is_possessive: bool = False

    @property
    def is_capital(self) -> bool:
        """Whether the word is written with a capital, at its beginning or, as eBay, within."""
        return any(c.isupper() or c.istitle() for c in self.text)

    @property
    def is_all_capitals(self) -> bool:
        """Whether it has two letters or more, all of them capitals."""
        return sum(c.isalpha() for c in self.text) > 1 and self.text.isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A span that a name of the register covers, and all whom it may mean; none for an excluded name."""

    span: Span
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One leaf of one text. `known` and `closed` are sorted; in `closed` (links, code, titles) no name is sought.

    `has_case` is whether capitals mean something here: not in a script without them, nor in a line of capitals.
    """

    text: LinkedText
    leaf: int
    block: Block
    words: tuple[Word, ...]
    sentences: tuple[Span, ...]
    known: tuple[Known, ...]
    closed: tuple[Span, ...]
    language: str
    has_case: bool
    path_text: str

    def word_before(self, offset: int) -> Word | None:
        """Return the last word that ends at or before an offset."""
        index = bisect.bisect_right(self.words, offset, key=lambda word: word.span.end)
        return self.words[index - 1] if index else None

    def word_after(self, offset: int) -> Word | None:
        """Return the first word that begins at or behind an offset."""
        index = bisect.bisect_left(self.words, offset, key=lambda word: word.span.start)
        return self.words[index] if index < len(self.words) else None

    def known_in(self, span: Span) -> tuple[Known, ...]:
        """Return the known names that overlap a span."""
        first = bisect.bisect_right(self.known, span.start, key=lambda known: known.span.end)
        end = bisect.bisect_left(self.known, span.end, key=lambda known: known.span.start)
        return self.known[first:end]

    def context(self, span: Span) -> Context:
        """Return the sentence around a span as one line, cut to MAX_CONTEXT code points around it."""
        sentence = sentence_around(self.sentences, span)
        start, end = sentence.start, sentence.end
        room = max(MAX_CONTEXT - (span.end - span.start), 20)
        if end - start > MAX_CONTEXT:
            start = max(start, min(span.start - room // 2, end - MAX_CONTEXT))
            end = min(end, start + max(MAX_CONTEXT, span.end - start))
        raw = self.block.text
        before, hit, after = (
            " ".join(raw[a:b].split(" ")).replace("\n", " ")
            for a, b in ((start, span.start), (span.start, span.end), (span.end, end))
        )
        head = "…" if start > sentence.start else ""
        tail = "…" if end < sentence.end else ""
        first = len(head) + len(before)
        return Context(
            place=self.place(span),
            document=self.text.owner,
            words=f"{head}{before}{hit}{after}{tail}",
            hit=Span(start=first, end=first + len(hit)),
        )

    def place(self, span: Span) -> Place:
        """Return the line and column of a span in its file; the block's beginning where Markdown stands between."""
        words = self.block.text[span.start : span.end]
        # Harbour\nTrust, in a quotation Harbour\n> Trust
        pattern = re.compile(r"[\s>]+".join(re.escape(part) for part in words.split()) or r"(?!)")
        earlier = len(pattern.findall(self.block.text, 0, span.start))
        offset = line_starts(self.path_text)[self.block.place.line - 1]
        for index, match in enumerate(pattern.finditer(self.path_text, offset)):
            if index == earlier:
                line = self.path_text.count("\n", 0, match.start()) + 1
                column = match.start() - self.path_text.rfind("\n", 0, match.start())
                return Place(path=self.block.place.path, line=line, column=column)
        return self.block.place


@lru_cache(maxsize=8)
def line_starts(text: str) -> tuple[int, ...]:
    """Return the offset at which each line of a text begins."""
    return (0, *(index + 1 for index, character in enumerate(text) if character == "\n"))


def read_corpus(corpus: Corpus, linked: LinkedCorpus) -> tuple[Reading, ...]:
    """Return the leaves of every text in the order of `linked`, but for code and for quotations met elsewhere.

    A quotation is read where the transcription it comes from is not at hand.
    """
    gazetteer = build_gazetteer(declared_names(corpus))
    files = _file_texts(corpus)
    readings: list[Reading] = []
    for text in linked.texts.values():
        if text.role == "quotation" and linked.text(text.owner, "transcription") is not None:
            continue
        titles = _cited_words(text, corpus)
        for index, leaf in enumerate(text.leaves):
            if leaf.kind != "code" and leaf.text.strip():
                file_text = files.get(leaf.place.path, "")
                readings.append(_read(text, index, leaf, gazetteer, titles.get(id(leaf), ()), file_text))
    return tuple(readings)


def _read(
    text: LinkedText, index: int, leaf: Block, gazetteer: Gazetteer, cited: Sequence[str], file_text: str
) -> Reading:
    closed = [style.span for style in leaf.styles if style.kind in ("address", "code")]
    closed += [link.span for link in leaf.wikilinks]
    found = gazetteer.find(leaf.text, blocked=closed)
    closed += [span for words in cited for span in _find_words(leaf.text, words)]
    sentences = find_sentences(leaf.text, text.language)
    words = tuple(_words(leaf.text, sentences))
    closed += _titles(leaf.text, words, sentences)
    return Reading(
        text=text,
        leaf=index,
        block=leaf,
        words=words,
        sentences=sentences,
        known=tuple(Known(span=one.span, slugs=one.slugs) for one in found),
        closed=tuple(sorted(closed)),
        language=text.language.split("-")[0].lower(),
        has_case=leaf.kind != "heading" and _has_case(words),
        path_text=file_text,
    )


def has_capitals(text: str) -> bool:
    """Return whether most letters of a text belong to a script with capitals; a text without letters has them."""
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c.lower() != c.upper() for c in letters) >= len(letters)


def _words(text: str, sentences: Sequence[Span]) -> Iterator[Word]:
    starts = [sentence.start for sentence in sentences]
    end = 0
    is_first = True
    for match in WORD.finditer(text):
        if IS_UNSPACED.search(match[0]) and not match[0].isascii():
            continue
        start = match.start()
        gap = text[end:start]
        opens = any(c in '“"„«‘\n:•' for c in gap) or bisect.bisect_left(starts, end) < bisect.bisect_right(
            starts, start
        )
        is_first = is_first or opens
        words = _without_elision(match[0])
        start = match.end() - len(words)
        stem = POSSESSIVE.sub("", words)
        yield Word(
            text=stem,
            plain=plain(stem),
            span=Span(start=start, end=start + len(stem)),
            is_first=is_first,
            is_possessive=stem != words or text[match.end() : match.end() + 1] in ("'", "’"),
        )
        end = match.end()
        is_first = False


def _without_elision(word: str) -> str:
    """Return the word without the French or Italian article before its apostrophe: Iran of l'Iran."""
    head, _, rest = word.replace("’", "'").partition("'")
    return word[len(head) + 1 :] if rest and head.lower() in ELISIONS and rest[0].isupper() else word


def _has_case(words: Sequence[Word]) -> bool:
    """Return whether the leaf is not one of capitals alone, as letterheads and headings are."""
    letters = [word for word in words if any(c.isalpha() for c in word.text)]
    return sum(word.is_all_capitals for word in letters) * 3 <= len(letters) * 2


def _titles(text: str, words: Sequence[Word], sentences: Sequence[Span]) -> Iterator[Span]:
    """Yield stretches with a capital on words that have none in a sentence: titles of works and headlines."""
    quoted = [Span(start=m.start(1), end=m.end(1)) for m in QUOTED.finditer(text)]
    for is_quotation, stretch in (*((True, one) for one in quoted), *((False, one) for one in sentences)):
        first = bisect.bisect_left(words, stretch.start, key=lambda word: word.span.start)
        end = bisect.bisect_right(words, stretch.end, key=lambda word: word.span.end)
        inner = words[first:end]
        long = [w for w in inner if len(w.text) > 3]
        capitals = [w for w in long if w.is_capital]
        # “Ports Ask for Quiet” has a capital on every long word.
        is_quoted = is_quotation and len(inner) >= MIN_QUOTED_TITLE and len(capitals) == len(long)
        odd = [w for w in inner if w.is_capital and not w.is_first and _is_function_word(w)]
        is_headline = (
            len(long) >= MIN_HEADLINE
            and len(capitals) == len(long)
            and "," not in text[stretch.start : stretch.end]
        )
        if is_quoted or is_headline or (odd and 3 * len(capitals) >= 2 * len(long) and len(capitals) >= 3):
            yield stretch


def _is_function_word(word: Word) -> bool:
    return len(word.text) > 1 and word.plain in FUNCTION_WORDS and not word.is_all_capitals


def _cited_words(text: LinkedText, corpus: Corpus) -> Mapping[int, tuple[str, ...]]:
    """Return what the bibliography has of each footnote's works, by the identity of the note's leaves."""
    document = corpus.documents.get(text.owner)
    if text.role != "transcription" or document is None:
        return {}
    words: dict[int, tuple[str, ...]] = {}
    for note in text.parsed.footnotes:
        detail = document.record.footnotes.get(note.label)
        entries = [
            corpus.citations[one] for one in (detail.cites if detail else ()) if one in corpus.citations
        ]
        cited = tuple(part for entry in entries for part in _strings(entry.csl))
        for block in note.blocks:
            words.update({id(leaf): cited for leaf in block.leaves()})
    return words


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from _strings(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _strings(member)


def _find_words(text: str, words: str) -> Iterator[Span]:
    if len(words) > 1:
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
            yield Span(start=match.start(), end=match.end())


def _file_texts(corpus: Corpus) -> dict[str, str]:
    entries = [*corpus.documents.values(), *corpus.actors.values(), *corpus.issues.values()]
    files = [entry.file for entry in (*entries, corpus.dossier, *corpus.annotations.values())]
    files += [*corpus.transcriptions.values(), *([corpus.about] if corpus.about else [])]
    return {file.path: file.text for file in files}
