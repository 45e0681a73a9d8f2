"""Every link that the pages make, in reading order, with the sentence around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from generator.model.corpus import Corpus
from generator.model.index import Context, PlaceKind, Reference, ReferenceKind
from generator.model.linked import LinkedCorpus, LinkedText, TextRole
from generator.model.records import Annotation
from generator.model.text import Citation, Span, Target, shared_span
from generator.text.ids import annotation_id, footnote_key, note_id
from generator.text.sentences import find_sentences, sentence_around, sentence_before
from generator.text.targets import parse_target

# What stands where a text's words stand, by its role.
ROLE_PLACES: Mapping[TextRole, PlaceKind] = {
    "transcription": "transcription",
    "digest": "digest",
    "profile": "profile",
    "overview": "overview",
    "introduction": "introduction",
    "about": "about",
}
FIELD_PLACES: Mapping[str, PlaceKind] = {
    "gaps": "gap",
    "repairs": "repair",
    "record": "record",
    "notes": "note",
}


def find_references(corpus: Corpus, linked: LinkedCorpus) -> Iterator[Reference]:
    """Yield the references of every published text and record, those of one text in reading order."""
    yield from text_references(corpus, linked.texts.values())
    yield from record_references(corpus, corpus.documents)
    yield from register_references(corpus)


def text_references(corpus: Corpus, texts: Iterable[LinkedText]) -> Iterator[Reference]:
    """Yield the references of those texts that are published."""
    for text in texts:
        if text.is_published:
            yield from _TextReferences(corpus, text).find()


class _TextReferences:
    """The references of one text; sentences of a leaf are found once."""

    def __init__(self, corpus: Corpus, text: LinkedText) -> None:
        self._corpus = corpus
        self._text = text
        self._sentences: dict[int, tuple[Span, ...]] = {}
        self._places: dict[int, tuple[str, PlaceKind, str]] = {}
        self._words: dict[tuple[int, Span], str] = {}

    def find(self) -> Iterator[Reference]:
        yield from self._mentions()
        for index, leaf in enumerate(self._text.leaves):
            for link in leaf.wikilinks:
                yield self._reference("wikilink", index, link.target, (link.span,))
            for citation in leaf.citations:
                yield from self._cited(index, citation)
            for mark in leaf.note_marks:
                yield from self._noted(index, mark.offset, mark.label)

    def _mentions(self) -> Iterator[Reference]:
        """Yield one reference for each sentence that names a target, however often it does."""
        grouped: dict[tuple[int, Span, str], list[Span]] = {}
        for mention in self._text.mentions:
            sentence = self._sentence(mention.leaf, mention.span)
            grouped.setdefault((mention.leaf, sentence, mention.slug), []).append(mention.span)
        for (leaf, sentence, slug), spans in grouped.items():
            target = _page_target(slug)
            # The sentence of the first mention is that of all.
            yield self._in_sentence("mention", leaf, target, tuple(spans), sentence)

    def _cited(self, leaf: int, citation: Citation) -> Iterator[Reference]:
        before = self._sentence_before(leaf, citation.offset)
        for cited in citation.cited:
            yield self._reference("citation", leaf, cited.target, (), around=before, locator=cited.locator)

    def _noted(self, leaf: int, offset: int, label: str) -> Iterator[Reference]:
        """Yield the works cited by a footnote, with the sentence at which its mark stands."""
        document = self._corpus.documents.get(self._text.owner)
        if document is None or self._text.role != "transcription":
            return
        detail = document.record.footnotes.get(label)
        before = self._sentence_before(leaf, offset)
        for target in detail.cites if detail else ():
            yield self._reference("footnote", leaf, parse_target(target), (), around=before, note=label)

    def _reference(
        self,
        kind: ReferenceKind,
        leaf: int,
        target: Target,
        hits: tuple[Span, ...],
        *,
        around: Span | None = None,
        locator: str = "",
        note: str = "",
    ) -> Reference:
        sentence = self._sentence(leaf, around or hits[0])
        return self._in_sentence(kind, leaf, target, hits, sentence, locator=locator, note=note)

    def _in_sentence(
        self,
        kind: ReferenceKind,
        leaf: int,
        target: Target,
        hits: tuple[Span, ...],
        sentence: Span,
        *,
        locator: str = "",
        note: str = "",
    ) -> Reference:
        text = self._text
        anchor, place, number = self._place(leaf)
        return Reference(
            kind=kind,
            source=text.owner,
            role=text.role,
            anchor=anchor,
            place=place,
            place_number=number,
            target=target,
            context=Context(
                words=self._words_of(leaf, sentence),
                hits=_shared_hits(*(_within(hit, sentence) for hit in hits)),
                language=text.language,
            ),
            locator=locator,
            note=note,
        )

    def _words_of(self, leaf: int, sentence: Span) -> str:
        """Return the words of a sentence, one string for all that stands in it."""
        words = self._words.get((leaf, sentence))
        if words is None:
            words = self._text.leaves[leaf].text[sentence.start : sentence.end]
            self._words[leaf, sentence] = words
        return words

    def _sentence(self, leaf: int, span: Span) -> Span:
        return sentence_around(self._sentences_of(leaf), span)

    def _sentence_before(self, leaf: int, offset: int) -> Span:
        """Return the sentence to which a note belongs; where none begins before it, the first, or no words at all."""
        sentences = self._sentences_of(leaf)
        return sentence_before(sentences, offset) or (sentences[0] if sentences else Span(start=0, end=0))

    def _sentences_of(self, leaf: int) -> tuple[Span, ...]:
        if leaf not in self._sentences:
            self._sentences[leaf] = find_sentences(self._text.leaves[leaf].text, self._text.language)
        return self._sentences[leaf]

    def _place(self, leaf: int) -> tuple[str, PlaceKind, str]:
        """Return the id on the page nearest to a leaf, what stands there, and its number."""
        if leaf not in self._places:
            self._places[leaf] = self._find_place(leaf)
        return self._places[leaf]

    def _find_place(self, leaf: int) -> tuple[str, PlaceKind, str]:
        text = self._text
        if text.anchor:
            return text.anchor, _field_place(text), ""
        passage = text.passage_at(leaf)
        if passage is not None and text.role == "transcription":
            return passage.permalink, "passage", str(passage.number)
        if passage is not None:
            return passage.permalink, ROLE_PLACES[text.role], ""
        note_label = note_label_at(text, leaf)
        if note_label is not None:
            page = text.owner or ("about" if text.role == "about" else "index")
            return note_id(page, footnote_key(note_label, text.role, text.key)), "numbered_note", note_label
        following = [p for p in text.passages if p.first > leaf]
        return (following[0].permalink if following else ""), ROLE_PLACES[text.role], ""


@lru_cache(maxsize=1 << 16)
def _shared_hits(*hits: Span) -> tuple[Span, ...]:
    """Return the spans as a tuple that is one object for all sentences with the same."""
    return hits


@lru_cache(maxsize=1 << 16)
def _page_target(slug: str) -> Target:
    return Target(slug=slug)


def _within(hit: Span, sentence: Span) -> Span:
    """Return a span of a leaf as a span of one of its sentences."""
    start, end = max(hit.start - sentence.start, 0), min(hit.end, sentence.end) - sentence.start
    return hit if (start, end) == (hit.start, hit.end) else shared_span(start, end)


def note_label_at(text: LinkedText, leaf: int) -> str | None:
    """Return the label of the footnote that holds a leaf, or None where it is not in a footnote."""
    sizes = [
        (note.label, sum(len(block.leaves()) for block in note.blocks)) for note in text.parsed.footnotes
    ]
    end = len(text.leaves) - sum(size for _, size in sizes)
    if leaf < end:
        return None
    for label, size in sizes:
        end += size
        if leaf < end:
            return label
    return None


def _field_place(text: LinkedText) -> PlaceKind:
    if text.role in ("quotation", "correction"):
        return text.role
    return "note" if text.role in ("annotation", "relation") else FIELD_PLACES[text.anchor]


def record_references(corpus: Corpus, documents: Iterable[str]) -> Iterator[Reference]:
    """Yield the links that the fields of documents and annotations make, given the documents' slugs."""
    slugs = list(documents)
    for slug in slugs:
        record = corpus.documents[slug].record
        fields: list[tuple[str, tuple[str, ...]]] = [
            ("author", record.authors),
            ("signatory", record.signatories),
            ("recipient", record.recipients),
            ("publisher", (record.publisher,) if record.publisher else ()),
            ("provenance", tuple(step.actor for step in record.provenance if step.actor)),
            ("issue", record.issues),
        ]
        for relation, targets in fields:
            for target in dict.fromkeys(targets):
                yield _record_reference(slug, "record", target, relation)
    for slug in slugs:
        annotations = corpus.annotations.get(slug)
        if annotations is None or corpus.documents[slug].record.rights.publish == "record":
            continue
        for annotation in annotations.record:
            anchor = annotation_id(annotation.id)
            for relation, targets in (
                ("speaker", annotation.speakers),
                ("addressee", annotation.addressees),
                ("annotated issue", annotation.issues),
            ):
                for target in dict.fromkeys(targets):
                    yield _record_reference(slug, anchor, target, relation)
            yield from _origin_references(corpus, slug, annotation)
            for stated in annotation.relations:
                if stated.confirmed_by is not None:
                    claim = parse_target(stated.to)
                    yield _record_reference(slug, anchor, claim.slug, "related statement", claim.fragment)


def register_references(corpus: Corpus) -> Iterator[Reference]:
    """Yield the links that the fields of actors and issues make."""
    for slug, actor in corpus.actors.items():
        for role in actor.record.roles:
            if role.at:
                yield _record_reference(slug, "record", role.at, "role")
            for cited in role.cites:
                proof = parse_target(cited)
                yield _record_reference(slug, "record", proof.slug, "role", proof.fragment)
    for slug, issue in corpus.issues.items():
        for related in issue.record.related:
            yield _record_reference(slug, "record", related, "related issue")


def _origin_references(corpus: Corpus, slug: str, annotation: Annotation) -> Iterator[Reference]:
    """Yield the links of a statement to the hands it went through, and with its words to what it goes back to."""
    anchor = annotation_id(annotation.id)
    for actor in dict.fromkeys(step.actor for step in annotation.chain if step.actor):
        yield _record_reference(slug, anchor, actor, "chain")
    if annotation.origin is not None:
        language = corpus.documents[slug].record.language or corpus.dossier.record.language
        words = Context(words=" ".join(annotation.quote.split()), hits=(), language=language)
        target = parse_target(annotation.origin)
        made = _record_reference(slug, anchor, target.slug, "origin", target.fragment)
        yield replace(made, place="quotation", context=words)


def _record_reference(source: str, anchor: str, slug: str, relation: str, fragment: str = "") -> Reference:
    return Reference(
        kind="record",
        source=source,
        role=None,
        anchor=anchor,
        place="record",
        target=Target(slug=slug, fragment=fragment),
        relation=relation,
    )
