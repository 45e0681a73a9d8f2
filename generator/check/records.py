"""Fields of records that name what does not exist, or hold what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.places import Entry, KeyPath, Place
from generator.model.records import NOBODY, Annotation, DocumentRecord
from generator.text.addresses import is_safe_address
from generator.text.dates import parse_date
from generator.text.nearest import did_you_mean

Field = tuple[KeyPath, str]
# 12/05/2001, 12.5.2001
DAY_AND_MONTH = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")


def check_records(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield the findings on slugs, dates and addresses in records, and on files that belong to no document."""
    for document in corpus.documents.values():
        yield from _check_document(corpus, document)
    for annotations in corpus.annotations.values():
        yield from _check_annotations(corpus, annotations)
    for actor in corpus.actors.values():
        for index, role in enumerate(actor.record.roles):
            yield from _check_slugs(
                corpus, actor, [(("roles", index, "at"), role.at or "")], corpus.actors, "actor"
            )
            yield from _check_dates(actor, [(("roles", index, "date"), role.date or "")])
    for issue in corpus.issues.values():
        related = [(("related", index), slug) for index, slug in enumerate(issue.record.related)]
        yield from _check_slugs(corpus, issue, related, corpus.issues, "issue")
    yield from _check_owners(corpus)


def _check_document(corpus: Corpus, document: Entry[DocumentRecord]) -> Iterator[Diagnostic]:
    record = document.record
    people = [
        *_listed("authors", record.authors),
        *_listed("signatories", record.signatories),
        *_listed("recipients", record.recipients),
        (("publisher",), record.publisher or ""),
        *((("provenance", index, "actor"), step.actor or "") for index, step in enumerate(record.provenance)),
    ]
    yield from _check_slugs(corpus, document, people, corpus.actors, "actor")
    yield from _check_slugs(corpus, document, _listed("issues", record.issues), corpus.issues, "issue")
    known = {**corpus.actors, **corpus.issues, NOBODY: None}
    decided = [(("resolve", index, "as"), resolution.as_) for index, resolution in enumerate(record.resolve)]
    yield from _check_slugs(corpus, document, decided, known, "actor or issue")
    dates = [(("provenance", index, "date"), step.date or "") for index, step in enumerate(record.provenance)]
    yield from _check_dates(document, [(("date",), record.date), *dates])
    for index, step in enumerate(record.provenance):
        if step.actor is None and step.name is None:
            yield error(
                document.place("provenance", index),
                "missing-key",
                f"`actor` or `name` is missing in `provenance.{index}`",
                help="say whose hands the document went through",
            )
        if step.url is not None and not is_safe_address(step.url):
            yield error(
                document.place("provenance", index, "url"),
                "unsafe-address",
                f"`{step.url[:80]}` cannot be linked",
                why="only whole http, https and mailto addresses may leave the dossier",
                help="write the address in full, beginning with https://",
            )


def _check_annotations(corpus: Corpus, entry: Entry[tuple[Annotation, ...]]) -> Iterator[Diagnostic]:
    first: dict[str, Place] = {}
    for index, annotation in enumerate(entry.record):
        place = entry.place(index, "id")
        key = annotation.id.casefold()
        if key in first:
            yield error(
                place,
                "duplicate-annotation",
                f"the id `{annotation.id}` stands twice in this file",
                why=f"it was first used in line {first[key].line}; a link to it could mean either",
                help="give the later one another id",
            )
        first.setdefault(key, place)
        people = [
            *_of_annotation(index, "speaker", annotation.speaker),
            *_of_annotation(index, "addressee", annotation.addressee),
            *(
                ((index, "chain", position, "actor"), step.actor or "")
                for position, step in enumerate(annotation.chain)
            ),
        ]
        yield from _check_slugs(corpus, entry, people, corpus.actors, "actor")
        issues = [((index, "issues", position), slug) for position, slug in enumerate(annotation.issues)]
        yield from _check_slugs(corpus, entry, issues, corpus.issues, "issue")
        yield from _check_dates(entry, [((index, "date"), annotation.date or "")])


def _check_owners(corpus: Corpus) -> Iterator[Diagnostic]:
    for slug, annotations in corpus.annotations.items():
        if slug not in corpus.documents and not corpus.is_left_out(slug):
            yield _without_document(annotations.file.path, slug, corpus)
    for slug, transcription in corpus.transcriptions.items():
        if slug not in corpus.documents and not corpus.is_left_out(slug):
            yield _without_document(transcription.path, slug, corpus)


def _without_document(path: str, slug: str, corpus: Corpus) -> Diagnostic:
    return error(
        Place(path=path),
        "unknown-document",
        f"there is no documents/{slug}.md that this file could belong to",
        why="what it says would be missing from the dossier without a word",
        help=did_you_mean(slug, corpus.documents, "write the record, or rename the file to the slug of one"),
    )


def _check_slugs(
    corpus: Corpus, entry: Entry[object], fields: Sequence[Field], known: Mapping[str, object], what: str
) -> Iterator[Diagnostic]:
    for keys, slug in fields:
        if slug and slug not in known and not corpus.is_left_out(slug):
            yield error(
                entry.place(*keys),
                f"unknown-{what.replace(' ', '-')}",
                f"there is no {what} `{slug}`",
                why="the page would link to nothing",
                help=did_you_mean(slug, known, f"write its record, or correct the slug of the {what}"),
            )


def _check_dates(entry: Entry[object], fields: Sequence[Field]) -> Iterator[Diagnostic]:
    for keys, date in fields:
        if not date:
            continue
        try:
            parse_date(date)
        except ValueError as fault:
            yield error(
                entry.place(*keys),
                "invalid-date",
                f"the date `{date[:60]}` cannot be read: {fault}",
                why="it could not be put in order",
                help=_date_help(date),
            )


def _date_help(date: str) -> str:
    if DAY_AND_MONTH.fullmatch(date):
        return "day and month could be either: write the year first, then the month, as in 2001-05-12"
    return "write 2025-10-29, 2025-10, 2025, 2026-02~ (about), 2026? (uncertain), 2025-07/2025-09, or XXXX for undated"


def _listed(key: str, slugs: tuple[str, ...]) -> list[Field]:
    return [((key, index), slug) for index, slug in enumerate(slugs)]


def _of_annotation(index: int, key: str, value: str | tuple[str, ...]) -> list[Field]:
    if isinstance(value, str):
        return [((index, key), value)]
    return [((index, key, position), slug) for position, slug in enumerate(value)]
