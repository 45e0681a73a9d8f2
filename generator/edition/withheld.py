"""What an edition withholds, as words that none of its files may hold, and what it publishes of the same texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.edition.internal_marks import find_internal
from generator.edition.values import words_in
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.model.places import CorpusFile, Entry
from generator.model.records import Annotation, DocumentRecord
from generator.model.withheld import Withheld, WithheldText
from generator.text.markdown import parse_markdown
from generator.text.places import PlaceFinder
from generator.text.tokens import find_sequence, split_tokens

# […], [the clerk]: what stands on both sides is not one stretch of the text
BRACKETS = re.compile(r"\[[^\[\]]*\]")
# How many words before and after a common redacted word are looked for with it.
CONTEXT_WORDS = 3
# A note or title of fewer words is not looked for: it would be found everywhere and tell nothing.
MIN_WORDS = 3


def find_withheld(whole: Corpus, corpus: Corpus, linked: LinkedCorpus) -> Withheld:
    """Return what `corpus`, the edition's part of `whole`, withholds; `linked` is the edition's.

    Withheld are the texts that it does not publish in full, notes, profiles and words for the editors alone, redacted
    words, and the titles and slugs of documents that it does not hold.
    """
    texts = [
        *_of_documents(whole, corpus, linked),
        *_of_notes(whole, corpus),
        *_of_prose(whole, corpus),
        *_of_corrections(whole, corpus),
    ]
    return Withheld(texts=tuple(texts), published=tuple(_published(corpus, linked)))


def _of_documents(whole: Corpus, corpus: Corpus, linked: LinkedCorpus) -> Iterator[WithheldText]:
    once_published = whole.once_published
    for slug, entry in whole.documents.items():
        held = corpus.documents.get(slug)
        if held is None:
            yield from _of_absent(entry, once_published)
        if held is None or held.record.rights.publish != "full":
            yield from _of_text(whole, entry, None if held is None else _known_words(linked, held))
        if held is not None and held.record.redactions:
            yield from _of_redactions(whole, entry, held.record)
        if held is None or held.record.rights.publish == "record":
            annotations = whole.annotations.get(slug)
            for one in annotations.record if annotations else ():
                what = f"the quotation of `{slug}#{one.id}`"
                yield _passage(what, annotations.file.path if annotations else "", one.quote)


def _of_absent(entry: Entry[DocumentRecord], published: frozenset[str]) -> Iterator[WithheldText]:
    """Yield the names of a document that the edition does not hold, and its digest; not the names that were public."""
    path = entry.file.path
    names = [("title", entry.record.title), ("short title", entry.record.short_title or "")]
    for what, words in names:
        if len(split_tokens(words)) >= MIN_WORDS:
            yield WithheldText(kind="name", what=f"the {what} of `{entry.slug}`", path=path, words=words)
    for slug in (entry.slug, *(one for one in entry.record.formerly if one not in published)):
        yield WithheldText(kind="slug", what=f"the slug `{slug}`", path=path, words=slug)
    yield _passage(f"the digest of `{entry.slug}`", path, entry.body)


def _of_text(whole: Corpus, entry: Entry[DocumentRecord], known_words: str | None) -> Iterator[WithheldText]:
    """Yield the transcription and the source file of a document, as far as they are at hand.

    `known_words` are those of the transcription where they have been read already.
    """
    transcription = whole.transcriptions.get(entry.slug)
    if transcription is not None:
        words = known_words if known_words is not None else _plain_words(transcription)
        yield _passage(f"a passage of `{entry.slug}`", transcription.path, words)
    source = whole.sources.get(entry.record.source.file) if entry.record.source else None
    if source is not None and source.text is not None:
        yield _passage(f"a passage of `{entry.slug}`", source.path, source.text)


def _of_redactions(
    whole: Corpus, entry: Entry[DocumentRecord], record: DocumentRecord
) -> Iterator[WithheldText]:
    transcription = whole.transcriptions.get(entry.slug)
    is_read = transcription is not None and any(one.common for one in record.redactions)
    tokens = split_tokens(_plain_words(transcription)) if transcription is not None and is_read else []
    for index, redaction in enumerate(record.redactions):
        what = f"words redacted in `{entry.slug}` ({redaction.reason})"
        path = entry.place("redactions", index, "quote").path
        if not redaction.common:
            yield WithheldText(kind="redaction", what=what, path=path, words=redaction.quote)
            continue
        wanted = split_tokens(redaction.quote)
        for start in find_sequence(wanted, tokens):
            end = start + len(wanted)
            words = tokens[max(start - CONTEXT_WORDS, 0) : end + CONTEXT_WORDS]
            yield WithheldText(kind="redaction", what=what, path=path, words=" ".join(words))


def _of_notes(whole: Corpus, corpus: Corpus) -> Iterator[WithheldText]:
    """Yield the notes of annotations that the edition does not hold, or of whose document it holds the record alone."""
    for slug, entry in whole.annotations.items():
        document = corpus.documents.get(slug)
        shows_notes = document is not None and document.record.rights.publish != "record"
        held = {one.id for one in corpus.annotations[slug].record} if slug in corpus.annotations else set()
        for one in entry.record:
            if one.id not in held or not shows_notes:
                yield from _of_note(slug, entry, one)


def _of_note(
    slug: str, entry: Entry[tuple[Annotation, ...]], annotation: Annotation
) -> Iterator[WithheldText]:
    notes = (annotation.note, *(relation.note for relation in annotation.relations))
    for note in notes:
        if note and len(split_tokens(note)) >= MIN_WORDS:
            yield WithheldText(
                kind="note", what=f"the note of `{slug}#{annotation.id}`", path=entry.file.path, words=note
            )


def _of_prose(whole: Corpus, corpus: Corpus) -> Iterator[WithheldText]:
    """Yield profiles and overviews that the edition lacks, and words between the marks of internal ones."""
    owners: list[tuple[Entry[Any], Entry[Any] | None]] = [
        (whole.dossier, corpus.dossier),
        *((entry, corpus.documents.get(slug)) for slug, entry in whole.documents.items()),
        *((entry, corpus.actors.get(slug)) for slug, entry in whole.actors.items()),
        *((entry, corpus.issues.get(slug)) for slug, entry in whole.issues.items()),
    ]
    for entry, held in owners:
        path = entry.file.path
        if entry.body.strip() and (held is None or not held.body.strip()):
            yield WithheldText(kind="note", what=f"the text of `{entry.slug}`", path=path, words=entry.body)
        elif not corpus.edition.settings.internal:
            yield from _between_marks(path, (entry.file.text,))
    if not corpus.edition.settings.internal:
        if whole.about is not None:
            yield from _between_marks(whole.about.path, (whole.about.text,))
        yield from _between_marks(
            whole.corrections.file.path,
            (text for one in whole.corrections.record for text in (one.what, one.why)),
        )
        for annotations in whole.annotations.values():
            yield from _between_marks(annotations.file.path, (one.note or "" for one in annotations.record))


def _of_corrections(whole: Corpus, corpus: Corpus) -> Iterator[WithheldText]:
    held = {one.id for one in corpus.corrections.record}
    for one in whole.corrections.record:
        if one.id not in held:
            for words in (one.what, one.why):
                what = f"the correction `{one.id}`"
                yield WithheldText(kind="note", what=what, path=whole.corrections.file.path, words=words)


def _between_marks(path: str, texts: Iterable[str]) -> Iterator[WithheldText]:
    for text in texts:
        for words in find_internal(text):
            if len(split_tokens(words)) < MIN_WORDS:
                continue
            yield WithheldText(kind="note", what="words between `%%`", path=path, words=words)


def _published(corpus: Corpus, linked: LinkedCorpus) -> Iterator[str]:
    """Yield the words of sources that the edition publishes: whole texts, quotations, titles."""
    for text in linked.texts.values():
        if text.is_published and text.role in ("transcription", "quotation"):
            yield from (leaf.text for leaf in text.leaves)
    for slug, entry in corpus.annotations.items():
        if slug in corpus.documents and corpus.documents[slug].record.rights.publish != "record":
            yield from (part for one in entry.record for part in BRACKETS.split(one.quote))
    for key, quotations in linked.prose_quotations.items():
        leaves = linked.texts[key].leaves
        quoted = (
            leaves[one.leaf].text[one.span.start : one.span.end]
            for one in quotations
            if one.document not in corpus.documents
            or corpus.documents[one.document].record.rights.publish != "record"
        )
        yield from (part for words in quoted for part in BRACKETS.split(words))
    for document in corpus.documents.values():
        yield document.record.title
        yield document.record.short_title or ""
    for entry_ in corpus.citations.values():
        yield from words_in(entry_.csl)


def _passage(what: str, path: str, words: str) -> WithheldText:
    return WithheldText(kind="passage", what=what, path=path, words=words)


def _known_words(linked: LinkedCorpus, held: Entry[DocumentRecord]) -> str | None:
    """Return the words of a transcription as the edition has read it, None where some are redacted."""
    text = linked.text(held.slug, "transcription")
    if text is None or held.record.redactions:
        return None
    return "\n\n".join(leaf.text for leaf in text.leaves)


def _plain_words(file: CorpusFile) -> str:
    """Return the words of a transcription without its Markdown."""
    parsed, _ = parse_markdown(file.text, PlaceFinder(file), name_of=None)
    return "\n\n".join(leaf.text for leaf in parsed.leaves())
