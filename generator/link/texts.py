"""Every text of a corpus, parsed: transcriptions, bodies of records, notes and prose fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic
from generator.link.redactions import redact
from generator.model.corpus import Corpus
from generator.model.linked import TextRole
from generator.model.places import CorpusFile, Entry, KeyPath, Place
from generator.model.records import ActorRecord, Annotation, DocumentRecord, Resolution
from generator.model.text import Block, ParsedText
from generator.text.ids import annotation_id, correction_id, relation_key
from generator.text.markdown import parse_markdown
from generator.text.places import PlaceFinder

DOSSIER = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkedText:
    """A parsed text with what is known of it before names are looked for; see `LinkedText`.

    `resolutions` are those of its document; `note_cites` what the footnotes of a transcription cite, by label.
    """

    owner: str
    role: TextRole
    key: str
    place: Place
    parsed: ParsedText
    language: str
    anchor: str = ""
    is_published: bool = True
    resolutions: tuple[Resolution, ...] = ()
    note_cites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class TextReader:
    """Parses the texts of one corpus in reading order and gathers what is wrong with them."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.found: list[Diagnostic] = []

    def read_all(self) -> Iterator[UnlinkedText]:
        """Yield the texts of the dossier, documents, actors and issues, in that order."""
        corpus = self._corpus
        yield from self._read_dossier()
        for document in corpus.documents.values():
            yield from self._read_document(document)
        for actor in corpus.actors.values():
            yield self._body(actor, "profile")
            yield from self._fields(actor, _actor_fields(actor.record))
        for issue in corpus.issues.values():
            yield self._body(issue, "overview")

    def _read_dossier(self) -> Iterator[UnlinkedText]:
        entry = self._corpus.dossier
        yield self._markdown(entry.file, entry.body, entry.body_line, owner=DOSSIER, role="introduction")
        if self._corpus.about is not None:
            about = self._corpus.about
            yield self._markdown(about, about.text, 1, owner=DOSSIER, role="about")
        corrections = self._corpus.corrections
        for index, correction in enumerate(corrections.record):
            for key, words in (("what", correction.what), ("why", correction.why)):
                yield self._field(
                    corrections.file,
                    corrections.place(index, key),
                    words,
                    owner=DOSSIER,
                    role="correction",
                    key=f"{correction.id}.{key}",
                    anchor=correction_id(correction.id),
                )

    def _read_document(self, entry: Entry[DocumentRecord]) -> Iterator[UnlinkedText]:
        slug = entry.slug
        yield self._body(entry, "digest")
        transcription = self._corpus.transcriptions.get(slug)
        is_full = entry.record.rights.publish == "full"
        if transcription is not None:
            finder = PlaceFinder(transcription)
            parsed, found = parse_markdown(transcription.text, finder, name_of=None)
            self.found.extend(found)
            parsed, found = redact(parsed, entry)
            self.found.extend(found)
            yield UnlinkedText(
                owner=slug,
                role="transcription",
                key="",
                place=Place(path=transcription.path),
                parsed=parsed,
                language=self._language(entry),
                is_published=is_full,
                resolutions=entry.record.resolve,
                note_cites={label: detail.cites for label, detail in entry.record.footnotes.items()},
            )
        annotations = self._corpus.annotations.get(slug)
        for index, annotation in enumerate(annotations.record if annotations else ()):
            assert annotations is not None
            anchor = annotation_id(annotation.id)
            place = annotations.place(index, "quote")
            if not (transcription is not None and is_full):
                yield _quotation(entry, annotation, place, self._language(entry), anchor)
            if annotation.note is not None:
                yield self._field(
                    annotations.file,
                    annotations.place(index, "note"),
                    annotation.note,
                    owner=slug,
                    role="annotation",
                    key=annotation.id,
                    anchor=anchor,
                    is_published=entry.record.rights.publish != "record",
                )
            yield from self._relations(entry, annotations, index)
        has_notes = is_full and transcription is not None
        yield from self._fields(entry, _document_fields(entry.record), has_notes=has_notes)

    def _relations(
        self, entry: Entry[DocumentRecord], annotations: Entry[tuple[Annotation, ...]], index: int
    ) -> Iterator[UnlinkedText]:
        """Yield the notes on an annotation's relations; those of drafts are not published."""
        annotation = annotations.record[index]
        for position, relation in enumerate(annotation.relations):
            if relation.note is not None:
                yield self._field(
                    annotations.file,
                    annotations.place(index, "relations", position, "note"),
                    relation.note,
                    owner=entry.slug,
                    role="relation",
                    key=relation_key(annotation.id, position),
                    anchor=annotation_id(annotation.id),
                    is_published=relation.confirmed_by is not None
                    and entry.record.rights.publish != "record",
                )

    def _body(self, entry: Entry[object], role: TextRole) -> UnlinkedText:
        return self._markdown(entry.file, entry.body, entry.body_line, owner=entry.slug, role=role)

    def _fields(
        self,
        entry: Entry[object],
        fields: Iterator[tuple[KeyPath, str | None, str]],
        *,
        has_notes: bool = False,
    ) -> Iterator[UnlinkedText]:
        """Yield the prose fields; what editors say of footnotes is published where the footnotes are."""
        for keys, text, anchor in fields:
            if text is not None:
                yield self._field(
                    entry.file,
                    entry.place(*keys),
                    text,
                    owner=entry.slug,
                    role="field",
                    key=".".join(str(key) for key in keys),
                    anchor=anchor,
                    is_published=has_notes or keys[0] != "footnotes",
                )

    def _field(
        self,
        file: CorpusFile,
        place: Place,
        text: str,
        *,
        owner: str,
        role: TextRole,
        key: str,
        anchor: str,
        is_published: bool = True,
    ) -> UnlinkedText:
        finder = PlaceFinder(file, first_line=place.line, first_column=place.column, is_exact=False)
        parsed, found = parse_markdown(text, finder, name_of=self._name_of)
        self.found.extend(found)
        return UnlinkedText(
            owner=owner,
            role=role,
            key=key,
            place=place,
            parsed=parsed,
            language=self._own_language,
            anchor=anchor,
            is_published=is_published,
            resolutions=self._resolutions(owner),
        )

    def _markdown(
        self, file: CorpusFile, text: str, line: int, *, owner: str, role: TextRole
    ) -> UnlinkedText:
        finder = PlaceFinder(file, first_line=line)
        parsed, found = parse_markdown(text, finder, name_of=self._name_of)
        self.found.extend(found)
        return UnlinkedText(
            owner=owner,
            role=role,
            key="",
            place=Place(path=file.path, line=line),
            parsed=parsed,
            language=self._own_language,
            resolutions=self._resolutions(owner),
        )

    def _resolutions(self, owner: str) -> tuple[Resolution, ...]:
        document = self._corpus.documents.get(owner)
        return document.record.resolve if document is not None else ()

    def _name_of(self, slug: str) -> str | None:
        return self._corpus.name_of(slug) if self._corpus.kind_of(slug) else None

    @property
    def _own_language(self) -> str:
        return self._corpus.dossier.record.language

    def _language(self, entry: Entry[DocumentRecord]) -> str:
        return entry.record.language or self._own_language


def _quotation(
    entry: Entry[DocumentRecord], annotation: Annotation, place: Place, language: str, anchor: str
) -> UnlinkedText:
    """Return the words of a quotation as a text: readers see them where the transcription is not published."""
    words = " ".join(annotation.quote.split())
    return UnlinkedText(
        owner=entry.slug,
        role="quotation",
        key=annotation.id,
        place=place,
        parsed=ParsedText(blocks=(Block(kind="paragraph", place=place, text=words),)),
        language=language,
        anchor=anchor,
        is_published=entry.record.rights.publish != "record",
        resolutions=entry.record.resolve,
    )


def _document_fields(record: DocumentRecord) -> Iterator[tuple[KeyPath, str | None, str]]:
    yield ("date_note",), record.date_note, "record"
    for index, step in enumerate(record.provenance):
        yield ("provenance", index, "note"), step.note, "record"
    yield ("rights", "statement"), record.rights.statement, "record"
    for label, detail in record.footnotes.items():
        yield ("footnotes", label, "note"), detail.note, "notes"
    for index, gap in enumerate(record.gaps):
        yield ("gaps", index, "what"), gap.what, "gaps"
        yield ("gaps", index, "why"), gap.why, "gaps"
    for index, repair in enumerate(record.repairs):
        yield ("repairs", index, "note"), repair.note, "repairs"


def _actor_fields(record: ActorRecord) -> Iterator[tuple[KeyPath, str | None, str]]:
    for index, role in enumerate(record.roles):
        yield ("roles", index, "role"), role.role, "record"
