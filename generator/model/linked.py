"""What `link` makes of a corpus: texts with numbered passages, mentions and located quotations."""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.model.places import Place
from generator.model.text import Block, ParsedText, Span

TextRole = Literal[
    "transcription",
    "quotation",
    "digest",
    "profile",
    "overview",
    "annotation",
    "relation",
    "field",
    "introduction",
    "about",
    "correction",
]
QuotationState = Literal["verified", "verified-in-source", "unchecked", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A numbered part of a text with a permalink; its leaves are `text.leaves[first:end]`.

    `number` counts from 1. `permalink` is the id of its element on the page.
    """

    number: int
    permalink: str
    block: Block
    first: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of a leaf where a text names an actor or issue. `leaf` is an index into the text's leaves."""

    leaf: int
    span: Span
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedText:
    """One text of the corpus with all that was found in it.

    `owner` is the slug of the record it belongs to; `key` tells texts of one role apart: the annotation's id, that and
    the place of a relation in it (`wall-cost.0`), or the key path of a field such as `gaps.0.what`. `is_published` is
    whether its words may stand on a page. `anchor` is the id on the owner's page of a text whose passages have none of
    their own.
    """

    owner: str
    role: TextRole
    place: Place
    parsed: ParsedText
    leaves: tuple[Block, ...]
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    language: str
    key: str = ""
    anchor: str = ""
    is_published: bool = True

    def passage_at(self, leaf: int) -> Passage | None:
        """Return the passage that holds a leaf; None for headings and the words of footnotes."""
        following = bisect.bisect_right(self.passages, leaf, key=lambda passage: passage.first)
        passage = self.passages[following - 1] if following else None
        return passage if passage is not None and leaf < passage.end else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafSpan:
    """A stretch of one leaf of a text."""

    leaf: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedQuotation:
    """Where an annotation's quotation stands, in the leaves of a transcription that is published, else nowhere.

    `state` is what readers are told: `verified`: it stands in the text on the page; `verified-in-source`: in one that
    is not published; `unchecked`: nothing proves it; `missing`: it does not stand in the text.
    """

    document: str
    annotation: str
    state: QuotationState
    spans: tuple[LeafSpan, ...] = ()
    passage: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseQuotation:
    """Words in quotation marks that an editor cites a document for, in a leaf of the editors' text.

    `span` covers the words without the marks. `document` is the cited one in which they stand, empty where none is.
    """

    leaf: int
    span: Span
    document: str
    state: QuotationState


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedText:
    """What was found in one document's text at hand: the spans of each quotation by the hash of its words.

    `sha256` is that of the text searched, empty where none is at hand; then the spans are those of the lock.
    """

    sha256: str
    spans: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCorpus:
    """All texts by (owner, role, key), all quotations by (document, annotation id), and what was searched by document.

    `prose_quotations` has those of a text by the text's key, in reading order.
    """

    texts: Mapping[tuple[str, TextRole, str], LinkedText]
    quotations: Mapping[tuple[str, str], LocatedQuotation]
    prose_quotations: Mapping[tuple[str, TextRole, str], tuple[ProseQuotation, ...]] = field(
        default_factory=dict
    )
    searched: Mapping[str, SearchedText] = field(default_factory=dict)

    def text(self, owner: str, role: TextRole, key: str = "") -> LinkedText | None:
        """Return one text, or None where the record has none."""
        return self.texts.get((owner, role, key))
