"""Every text of a corpus, read and parsed: transcriptions, bodies of records, notes and prose fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

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
class RawText:
    """One text of the corpus as it was written, with all that linking it needs but the names; it can be pickled.

    `file` holds it, from `place` on; `is_exact` is whether its lines are lines of the file. `words` of a quotation are
    plain, those of a transcription (which has a `document`) know no links, all others are Markdown of the editors.
    `resolutions` are those of its document.
    """

    owner: str
    role: TextRole
    key: str
    place: Place
    file: CorpusFile
    words: str
    is_exact: bool
    language: str
    anchor: str = ""
    is_published: bool = True
    resolutions: tuple[Resolution, ...] = ()
    document: Entry[DocumentRecord] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkedText:
    """A parsed text with what is known of it before names are looked for; see `LinkedText`."""

    raw: RawText
    parsed: ParsedText

    def cites_of_note(self, label: str) -> tuple[str, ...]:
        """Return what a footnote of a transcription cites."""
        document = self.raw.document
        detail = document.record.footnotes.get(label) if document is not None else None
        return detail.cites if detail is not None else ()


def parse_text(raw: RawText, names: Mapping[str, str]) -> tuple[UnlinkedText, tuple[Diagnostic, ...]]:
    """Return a text parsed, its redactions made, and what is wrong with it; `names` are those of all pages by slug."""
    if raw.role == "quotation":
        block = Block(kind="paragraph", place=raw.place, text=raw.words)
        return UnlinkedText(raw=raw, parsed=ParsedText(blocks=(block,))), ()
    place = raw.place
    finder = PlaceFinder(raw.file, first_line=place.line, first_column=place.column, is_exact=raw.is_exact)
    if raw.document is None:
        parsed, found = parse_markdown(raw.words, finder, name_of=names.get)
        return UnlinkedText(raw=raw, parsed=parsed), found
    parsed, found = parse_markdown(raw.words, finder, name_of=None)
    parsed, faults = redact(parsed, raw.document)
    return UnlinkedText(raw=raw, parsed=parsed), (*found, *faults)


def page_names(corpus: Corpus) -> dict[str, str]:
    """Return the words that stand for each page in links, by slug."""
    slugs = (*corpus.documents, *corpus.actors, *corpus.issues, *corpus.citations)
    return {slug: corpus.name_of(slug) for slug in slugs}


class TextReader:
    """Reads the texts of one corpus in order."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def read_all(self) -> Iterator[RawText]:
        """Yield the texts of the dossier, documents, actors and issues, in that order."""
        yield from self.read_dossier()
        yield from self.read_documents(self._corpus.documents)
        yield from self.read_register()

    def read_documents(self, slugs: Iterable[str]) -> Iterator[RawText]:
        """Yield the texts of documents."""
        for slug in slugs:
            yield from self._read_document(self._corpus.documents[slug])

    def read_register(self) -> Iterator[RawText]:
        """Yield the texts of actors and issues."""
        for actor in self._corpus.actors.values():
            yield self._body(actor, "profile")
            yield from self._fields(actor, _actor_fields(actor.record))
        for issue in self._corpus.issues.values():
            yield self._body(issue, "overview")

    def read_dossier(self) -> Iterator[RawText]:
        """Yield the texts of the dossier itself."""
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

    def _read_document(self, entry: Entry[DocumentRecord]) -> Iterator[RawText]:
        slug = entry.slug
        yield self._body(entry, "digest")
        transcription = self._corpus.transcriptions.get(slug)
        is_full = entry.record.rights.publish == "full"
        if transcription is not None:
            yield RawText(
                owner=slug,
                role="transcription",
                key="",
                place=Place(path=transcription.path),
                file=transcription,
                words=transcription.text,
                is_exact=True,
                language=self._language(entry),
                is_published=is_full,
                resolutions=entry.record.resolve,
                document=entry,
            )
        annotations = self._corpus.annotations.get(slug)
        for index, annotation in enumerate(annotations.record if annotations else ()):
            assert annotations is not None
            anchor = annotation_id(annotation.id)
            place = annotations.place(index, "quote")
            if not (transcription is not None and is_full):
                yield _quotation(entry, annotations.file, annotation, place, self._language(entry), anchor)
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
    ) -> Iterator[RawText]:
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

    def _body(self, entry: Entry[object], role: TextRole) -> RawText:
        return self._markdown(entry.file, entry.body, entry.body_line, owner=entry.slug, role=role)

    def _fields(
        self,
        entry: Entry[object],
        fields: Iterator[tuple[KeyPath, str | None, str]],
        *,
        has_notes: bool = False,
    ) -> Iterator[RawText]:
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
    ) -> RawText:
        return RawText(
            owner=owner,
            role=role,
            key=key,
            place=place,
            file=file,
            words=text,
            is_exact=False,
            language=self._own_language,
            anchor=anchor,
            is_published=is_published,
            resolutions=self._resolutions(owner),
        )

    def _markdown(self, file: CorpusFile, text: str, line: int, *, owner: str, role: TextRole) -> RawText:
        return RawText(
            owner=owner,
            role=role,
            key="",
            place=Place(path=file.path, line=line),
            file=file,
            words=text,
            is_exact=True,
            language=self._own_language,
            resolutions=self._resolutions(owner),
        )

    def _resolutions(self, owner: str) -> tuple[Resolution, ...]:
        document = self._corpus.documents.get(owner)
        return document.record.resolve if document is not None else ()

    @property
    def _own_language(self) -> str:
        return self._corpus.dossier.record.language

    def _language(self, entry: Entry[DocumentRecord]) -> str:
        return entry.record.language or self._own_language


def _quotation(
    entry: Entry[DocumentRecord],
    file: CorpusFile,
    annotation: Annotation,
    place: Place,
    language: str,
    anchor: str,
) -> RawText:
    """Return the words of a quotation as a text: readers see them where the transcription is not published."""
    return RawText(
        owner=entry.slug,
        role="quotation",
        key=annotation.id,
        place=place,
        file=file,
        words=" ".join(annotation.quote.split()),
        is_exact=False,
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
