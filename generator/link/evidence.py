"""What the quotations of one document are checked against: its text, its source file, or the lock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from generator.link.quotations import OMISSION, QuotableLeaves, QuotableText, Selector
from generator.model.corpus import Corpus
from generator.model.linked import LeafSpan, LinkedText, QuotationState, TextRole
from generator.model.text import Span
from generator.recent import Recent
from generator.text.folding import NORMALISATION, quotation_digest
from generator.text.tokens import find_sequence, split_tokens

# How many texts are kept ready: quotations of one document are looked for in a row, and often cited together.
MOST_READY = 64

TextKey = tuple[str, TextRole, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What became of one quotation: how often it stands in the text, and where, if it is there once.

    `leaf_spans` are stretches of a published transcription, `spans` the parts in the whole text that was searched.
    `digest` is the hash of the words, empty where they were not found.
    """

    state: QuotationState
    digest: str = ""
    count: int = 1
    leaf_spans: tuple[LeafSpan, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotable:
    """A text made ready for finding many quotations; `leaves` are those of a transcription, None for a source file."""

    text: QuotableText
    leaves: QuotableLeaves | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEvidence:
    """The text at hand of one document, and what the lock says of it.

    `path` names the text in messages. `text_sha256` is the hash of the text searched, empty where none is at hand.
    `ready` gives the text made ready for finding quotations. `redacted` are words of it that the edition does not show:
    no quotation may hold them, nor be held by them.
    """

    path: str = ""
    text_sha256: str = ""
    transcription: LinkedText | None = None
    ready: Callable[[], Quotable] | None = None
    locked: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    lock_fault: str = ""
    redacted: tuple[tuple[str, ...], ...] = ()

    @property
    def is_at_hand(self) -> bool:
        """Return whether there is a text to search."""
        return self.ready is not None

    def find(self, selector: Selector, *, anywhere: bool = False) -> Found:
        """Return what the evidence says of a quotation; `anywhere`: the first of several places will do.

        Without a text, only what the lock covers is proven.
        """
        if self.is_redacted(selector.quote):
            return Found(state="missing", count=0)
        if self.ready is None:
            digest = quotation_digest(selector.quote, selector.prefix, selector.suffix)
            spans = self.locked.get(digest)
            if spans is None:
                return Found(state="unchecked")
            return Found(state="verified-in-source", spans=spans, digest=digest)
        quotable = self.ready()
        places = quotable.text.find(selector)
        if not places or (len(places) > 1 and not anywhere):
            return Found(state="missing", count=len(places))
        digest = quotation_digest(selector.quote, selector.prefix, selector.suffix)
        is_published = self.transcription is not None and self.transcription.is_published
        if quotable.leaves is None or not is_published:
            return Found(state="verified-in-source", spans=places[0], digest=digest)
        leaf_spans = quotable.leaves.split(places[0])
        return Found(state="verified", spans=places[0], leaf_spans=leaf_spans, digest=digest)

    def is_redacted(self, quote: str) -> bool:
        """Return whether a quotation holds words that the edition redacts, or is held by them."""
        tokens = split_tokens(quote)
        return any(
            next(find_sequence(words, tokens), None) is not None
            or next(find_sequence(tokens, words), None) is not None
            for words in self.redacted
        )

    def nearest(self, quote: str) -> str:
        """Return the words of the text most like a quotation; empty where there is no text."""
        return self.ready().text.nearest(quote) if self.ready is not None else ""


class Evidence(Mapping[str, DocumentEvidence]):
    """The evidence for each document by slug: the transcription, else the source file, else the lock.

    A text is made ready when it is first searched, and again where it is searched after many others.
    """

    def __init__(self, corpus: Corpus, texts: Mapping[TextKey, LinkedText]) -> None:
        self._corpus = corpus
        self._texts = texts
        self._gathered: dict[str, DocumentEvidence] = {}
        self._ready = Recent[str, Quotable](MOST_READY)

    def __getitem__(self, slug: str) -> DocumentEvidence:
        if slug not in self._gathered:
            self._gathered[slug] = self._gather(slug)
        return self._gathered[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._corpus.documents)

    def __len__(self) -> int:
        return len(self._corpus.documents)

    def _gather(self, slug: str) -> DocumentEvidence:
        corpus = self._corpus
        record = corpus.documents[slug].record
        locked, fault = _read_lock(corpus, slug)
        redacted = tuple(
            tuple(split_tokens(part)) for one in record.redactions for part in OMISSION.split(one.quote)
        )
        only_lock = DocumentEvidence(locked=locked, lock_fault=fault, redacted=redacted)
        transcription = self._texts.get((slug, "transcription", ""))
        if transcription is not None:
            return replace(
                only_lock,
                path=transcription.place.path,
                text_sha256=hashlib.sha256(corpus.transcriptions[slug].text.encode()).hexdigest(),
                transcription=transcription,
                ready=partial(self._ready.get, slug, partial(_read_text, transcription)),
            )
        source = corpus.sources.get(record.source.file) if record.source is not None else None
        if source is None or source.text is None:
            return only_lock
        return replace(
            only_lock,
            path=source.path,
            text_sha256=hashlib.sha256(source.text.encode()).hexdigest(),
            ready=partial(self._ready.get, slug, partial(_read_source, source.text)),
        )


def _read_text(transcription: LinkedText) -> Quotable:
    leaves = QuotableLeaves(transcription.leaves)
    return Quotable(text=leaves.text, leaves=leaves)


def _read_source(text: str) -> Quotable:
    return Quotable(text=QuotableText(text))


def _read_lock(corpus: Corpus, slug: str) -> tuple[dict[str, tuple[Span, ...]], str]:
    """Return the spans that the lock holds by the hash of the words, and why it holds none for the document."""
    if corpus.lock is None:
        return {}, "there is no evidence.lock"
    lock = corpus.lock.record
    if lock.normalisation != NORMALISATION:
        return (
            {},
            f"evidence.lock was written under normalisation {lock.normalisation}, this is {NORMALISATION}",
        )
    entry = lock.documents.get(slug)
    if entry is None:
        return {}, "evidence.lock says nothing of the document"
    source = corpus.documents[slug].record.source
    if entry.source != (source.sha256 if source is not None else None):
        return {}, "evidence.lock is of another source file than the record names"
    return {
        one.words: tuple(Span(start=start, end=end) for start, end in one.spans)
        for one in entry.quotations
        if one.spans and all(start < end for start, end in one.spans)
    }, ""
