"""What was found in the texts of one document, as marks on their words, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.diagnostics import Diagnostic
from generator.link.names import build_gazetteer, declared_names
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, LinkedText, LocatedQuotation, TextRole
from generator.model.places import Place
from generator.model.records import Annotation
from generator.model.text import Block, Span
from generator.text.gazetteer import Gazetteer

MarkKind = Literal["actor", "issue", "link", "quotation", "note", "doubt"]
ROLES: tuple[TextRole, ...] = ("transcription", "digest", "annotation", "field")
QUOTATION_STATES = {
    "verified": "stands in the transcription",
    "verified-in-source": "stands in the source file",
    "unchecked": "not checked: neither transcription nor source file is at hand",
    "missing": "not found, or found more than once",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span of a leaf with what it is. `label` is a slug, an annotation's number, a note's label or the doubt.

    A note's mark covers nothing: it stands at an offset.
    """

    kind: MarkKind
    span: Span
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One block of text with its marks in order of place. `passage` is its number, None outside passages."""

    block: Block
    marks: tuple[Mark, ...]
    passage: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One text of the document: its transcription, a note of it, its digest, an editors' note or field."""

    title: str
    place: Place
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """An actor or issue that the document names, in how many places of its texts."""

    slug: str
    name: str
    kind: Literal["actor", "issue"]
    count: int
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An annotation of the document with its number and whether its words are where they should be."""

    number: int
    annotation: Annotation
    located: LocatedQuotation | None
    place: Place

    @property
    def is_doubtful(self) -> bool:
        """Whether nobody has found the words in a text."""
        return self.located is None or self.located.state in ("unchecked", "missing")

    @property
    def state(self) -> str:
        """What is known of the words, as the end of a sentence."""
        return QUOTATION_STATES[self.located.state if self.located else "unchecked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote of the document: its definition's place, how often it is marked, and what it cites."""

    label: str
    place: Place
    marks: int
    is_defined: bool
    is_by_editors: bool
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something an editor should look at. `code` is that of a diagnostic, or says what kind of doubt it is."""

    code: str
    what: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One document with all that was found in it. `diagnostics` are those on its own files."""

    slug: str
    title: str
    date: str
    kind: str
    sections: tuple[Section, ...]
    namings: tuple[Naming, ...]
    quotations: tuple[Quotation, ...]
    notes: tuple[Note, ...]
    doubts: tuple[Doubt, ...]
    diagnostics: tuple[Diagnostic, ...]


def examine(
    corpus: Corpus, linked: LinkedCorpus, diagnostics: Iterable[Diagnostic], slug: str
) -> Examination:
    """Return what was found in the document `slug`, its texts in reading order.

    Raises:
        KeyError: no document has this slug.
    """
    entry = corpus.documents[slug]
    texts = [
        text for role in ROLES for text in linked.texts.values() if (text.owner, text.role) == (slug, role)
    ]
    gazetteer = build_gazetteer(declared_names(corpus))
    quotations = tuple(_quotations(corpus, linked, slug))
    doubts: list[Doubt] = []
    sections: list[Section] = []
    for text in texts:
        unclear = _unclear(text, gazetteer)
        doubts += _ambiguities(text, unclear)
        sections += _sections(text, corpus, quotations, unclear)
    notes = tuple(_notes(corpus, linked, slug))
    own = {entry.file.path}
    own |= {file.path for file in (corpus.transcriptions.get(slug),) if file is not None}
    own |= {notes_of.file.path for notes_of in (corpus.annotations.get(slug),) if notes_of is not None}
    of_files = tuple(found for found in diagnostics if found.place.path in own)
    doubts += _other_doubts(corpus, slug, quotations, notes)
    return Examination(
        slug=slug,
        title=entry.record.title,
        date=entry.record.date,
        kind=entry.record.kind,
        sections=tuple(sections),
        namings=tuple(_namings(corpus, texts)),
        quotations=quotations,
        notes=notes,
        doubts=tuple(sorted(doubts, key=lambda doubt: (doubt.place, doubt.code, doubt.what))),
        diagnostics=of_files,
    )


def _sections(
    text: LinkedText,
    corpus: Corpus,
    quotations: tuple[Quotation, ...],
    unclear: Mapping[int, tuple[tuple[Span, str], ...]],
) -> Iterator[Section]:
    leaves = [
        _leaf(text, index, corpus, quotations, unclear.get(index, ())) for index in range(len(text.leaves))
    ]
    of_notes = {
        id(leaf): note.label
        for note in text.parsed.footnotes
        for block in note.blocks
        for leaf in block.leaves()
    }
    title = {"transcription": "Transcription", "digest": "Digest", "annotation": "Note on"}.get(
        text.role, "Field"
    )
    shown = [leaf for leaf in leaves if id(leaf.block) not in of_notes and leaf.block.text.strip()]
    if shown:
        yield Section(title=f"{title} {text.key}".strip(), place=text.place, leaves=tuple(shown))
    for note in text.parsed.footnotes:
        own = tuple(leaf for leaf in leaves if of_notes.get(id(leaf.block)) == note.label)
        if own:
            yield Section(title=f"Footnote {note.label}", place=note.place, leaves=own)


def _leaf(
    text: LinkedText,
    index: int,
    corpus: Corpus,
    quotations: tuple[Quotation, ...],
    unclear: tuple[tuple[Span, str], ...],
) -> Leaf:
    block = text.leaves[index]
    marks = [
        Mark(kind="actor" if m.slug in corpus.actors else "issue", span=m.span, label=m.slug)
        for m in text.mentions
        if m.leaf == index
    ]
    marks += [Mark(kind="link", span=link.span, label=str(link.target)) for link in block.wikilinks]
    marks += [
        Mark(kind="note", span=Span(start=mark.offset, end=mark.offset), label=mark.label)
        for mark in block.note_marks
    ]
    marks += [Mark(kind="doubt", span=span, label=label) for span, label in unclear]
    if text.role == "transcription":
        marks += [
            Mark(kind="quotation", span=piece.span, label=str(quotation.number))
            for quotation in quotations
            for piece in (quotation.located.spans if quotation.located else ())
            if piece.leaf == index
        ]
    passage = text.passage_at(index)
    return Leaf(
        block=block,
        marks=tuple(sorted(marks, key=lambda m: (m.span.start, -m.span.end, m.kind, m.label))),
        passage=passage.number if passage is not None and text.role == "transcription" else None,
    )


def _unclear(text: LinkedText, gazetteer: Gazetteer) -> dict[int, tuple[tuple[Span, str], ...]]:
    """Return, by leaf, the words that several records share and on which nothing is decided, with their slugs."""
    unclear: dict[int, tuple[tuple[Span, str], ...]] = {}
    decided = {(mention.leaf, mention.span) for mention in text.mentions}
    for index, leaf in enumerate(text.leaves):
        blocked = [style.span for style in leaf.styles if style.kind in ("address", "code")]
        blocked += [link.span for link in leaf.wikilinks]
        spans = tuple(
            (found.span, " or ".join(found.slugs))
            for found in gazetteer.find(leaf.text, blocked=blocked)
            if len(found.slugs) > 1 and (index, found.span) not in decided
        )
        if spans and leaf.kind != "code":
            unclear[index] = spans
    return unclear


def _ambiguities(text: LinkedText, unclear: Mapping[int, tuple[tuple[Span, str], ...]]) -> Iterator[Doubt]:
    for index, spans in unclear.items():
        leaf = text.leaves[index]
        for span, slugs in spans:
            words = leaf.text[span.start : span.end]
            yield Doubt(code="ambiguous-alias", what=f"“{words}” may mean {slugs}", place=leaf.place)


def _namings(corpus: Corpus, texts: Iterable[LinkedText]) -> Iterator[Naming]:
    """Yield the actors and issues named in the texts, actors first, most named first."""
    counts: dict[str, int] = {}
    spellings: dict[str, dict[str, None]] = {}
    for text in texts:
        for mention in text.mentions:
            words = text.leaves[mention.leaf].text[mention.span.start : mention.span.end]
            counts[mention.slug] = counts.get(mention.slug, 0) + 1
            spellings.setdefault(mention.slug, {})[" ".join(words.split())] = None
    for slug in sorted(counts, key=lambda one: (one not in corpus.actors, -counts[one], one)):
        kind: Literal["actor", "issue"] = "actor" if slug in corpus.actors else "issue"
        name = corpus.name_of(slug)
        yield Naming(slug=slug, name=name, kind=kind, count=counts[slug], spellings=tuple(spellings[slug]))


def _quotations(corpus: Corpus, linked: LinkedCorpus, slug: str) -> Iterator[Quotation]:
    entry = corpus.annotations.get(slug)
    for index, annotation in enumerate(entry.record if entry else ()):
        assert entry is not None
        yield Quotation(
            number=index + 1,
            annotation=annotation,
            located=linked.quotations.get((slug, annotation.id)),
            place=entry.place(index, "quote"),
        )


def _notes(corpus: Corpus, linked: LinkedCorpus, slug: str) -> Iterator[Note]:
    """Yield the footnotes of the transcription, defined ones in the order of the file, then those only marked."""
    text = linked.text(slug, "transcription")
    if text is None:
        return
    marks = [mark for leaf in text.leaves for mark in leaf.note_marks]
    details = corpus.documents[slug].record.footnotes
    places = {note.label: note.place for note in reversed(text.parsed.footnotes)}
    labels = dict.fromkeys([*(note.label for note in text.parsed.footnotes), *(mark.label for mark in marks)])
    for label in labels:
        own = [mark for mark in marks if mark.label == label]
        detail = details.get(label)
        yield Note(
            label=label,
            place=places[label] if label in places else own[0].place,
            marks=len(own),
            is_defined=label in places,
            is_by_editors=detail is not None and detail.placed_by == "editors",
            cites=detail.cites if detail is not None else (),
        )


def _other_doubts(
    corpus: Corpus, slug: str, quotations: Iterable[Quotation], notes: Iterable[Note]
) -> Iterator[Doubt]:
    entry = corpus.documents[slug]
    for quotation in quotations:
        if quotation.is_doubtful:
            words = fold_words(quotation.annotation.quote)
            yield Doubt(
                code="unverified-quotation",
                what=f"“{words}” ({quotation.annotation.id}): {quotation.state}",
                place=quotation.place,
            )
    for note in notes:
        if not note.marks:
            yield Doubt(
                code="unused-note", what=f"note [^{note.label}] has no mark in the text", place=note.place
            )
        elif not note.is_defined:
            yield Doubt(code="undefined-note", what=f"note [^{note.label}] has no words", place=note.place)
        elif note.is_by_editors:
            what = f"the mark of note [^{note.label}] was placed by the editors"
            yield Doubt(code="placed-by-editors", what=what, place=note.place)
    if any(sign in entry.record.date for sign in "?~%X"):
        yield Doubt(
            code="vague-date", what=f"the date {entry.record.date} is approximate", place=entry.place("date")
        )
    for index, gap in enumerate(entry.record.gaps):
        what = f"{gap.what} {gap.why or ''}".strip()
        yield Doubt(code="gap", what=what, place=entry.place("gaps", index))


def fold_words(words: str, limit: int = 80) -> str:
    """Return the words as one line of at most `limit` code points."""
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
