"""A corpus narrowed to what an edition holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from generator.diagnostics import Diagnostic, error
from generator.edition.internal_marks import MARK, drop_internal, find_unclosed, has_marks, keep_internal
from generator.edition.values import words_in
from generator.model.corpus import Corpus
from generator.model.edition import Edition
from generator.model.evidence import EvidenceLock
from generator.model.places import CorpusFile, Entry, KeyPath, Place
from generator.model.records import (
    ActorRecord,
    Annotation,
    Correction,
    DocumentRecord,
    IssueRecord,
    Redaction,
    Repair,
    Role,
)
from generator.text.folding import normalise_quotation

# Keys whose words are those of a source: a `%%` in them is the source's own.
QUOTING = frozenset(
    {"quote", "prefix", "suffix", "before", "after", "words", "evidence", "versions", "alias"}
)
Reword = Callable[[str], str]
IsHeld = Callable[[str], bool]
Record = TypeVar("Record")


def select_edition(
    corpus: Corpus, edition: Edition, *, withheld: frozenset[str] | None = None
) -> tuple[Corpus, tuple[Diagnostic, ...]]:
    """Return the corpus as the edition holds it, and an error for each mark of internal words that is not closed.

    Documents, annotations, profiles and words that it withholds are not in the result, nor what rests on them in
    records: cites, relations, roles. `withheld` of the result names them, so that links to them can be reported.
    Rights are those that the edition gives: `full` for all where it has full texts. Where `corpus` is but a part of the
    whole, `withheld` names what the edition withholds of all parts.
    """
    settings = edition.settings
    documents, annotations = _select_records(corpus, edition)
    if withheld is None:
        withheld = frozenset(_withheld_targets(corpus, documents, annotations))

    def is_held(target: str) -> bool:
        slug = target.removeprefix("@").partition("#")[0].strip()
        return slug not in withheld and target.removeprefix("@").strip() not in withheld

    reword: Reword = keep_internal if settings.internal else drop_internal
    # Of what was public once, corrections may tell what became of it.
    once_published = corpus.once_published
    texts = {s: f for s, f in corpus.transcriptions.items() if s in documents or s not in corpus.documents}
    narrowed = replace(
        corpus,
        edition=edition,
        withheld=withheld,
        dossier=replace(corpus.dossier, body=reword(corpus.dossier.body)),
        about=replace(corpus.about, text=reword(corpus.about.text)) if corpus.about else None,
        documents={s: _select_document(entry, edition, reword, is_held) for s, entry in documents.items()},
        actors={s: _select_actor(e, settings.internal, reword, is_held) for s, e in corpus.actors.items()},
        issues={s: _select_issue(e, settings.internal, reword) for s, e in corpus.issues.items()},
        annotations={s: _reword_annotations(entry, reword, is_held) for s, entry in annotations.items()},
        transcriptions=texts,
        corrections=_select_corrections(
            corpus, reword, lambda target: is_held(target) or target in once_published
        ),
        lock=select_lock(corpus, settings.redacted),
    )
    inputs = _select_inputs(corpus, narrowed)
    is_narrowed = bool(withheld) or None in inputs.values()
    return replace(narrowed, inputs=inputs, is_narrowed=is_narrowed), tuple(_report_unclosed(narrowed))


def find_withheld_targets(corpus: Corpus, edition: Edition) -> frozenset[str]:
    """Return the pages (slug) and annotations (document#annotation) that the edition does not hold of a corpus."""
    return frozenset(_withheld_targets(corpus, *_select_records(corpus, edition)))


def _select_records(
    corpus: Corpus, edition: Edition
) -> tuple[dict[str, Entry[DocumentRecord]], dict[str, Entry[tuple[Annotation, ...]]]]:
    """Return the documents that the edition holds, and their annotations that it holds."""
    settings = edition.settings
    documents = {
        slug: entry
        for slug, entry in corpus.documents.items()
        if (settings.internal or not entry.record.internal)
        and (settings.embargoed or (entry.record.embargo_until or "") <= edition.day)
    }
    annotations = {
        slug: _select_annotations(entry, is_internal=settings.internal)
        for slug, entry in corpus.annotations.items()
        if slug in documents or slug not in corpus.documents
    }
    return documents, annotations


def _withheld_targets(
    corpus: Corpus,
    documents: Mapping[str, Entry[DocumentRecord]],
    annotations: Mapping[str, Entry[tuple[Annotation, ...]]],
) -> Iterator[str]:
    for slug, document in corpus.documents.items():
        if slug not in documents:
            yield slug
            yield from document.record.formerly
    for slug, entry in corpus.annotations.items():
        held = {annotation.id for annotation in annotations[slug].record} if slug in annotations else set()
        yield from (f"{slug}#{one.id}" for one in entry.record if one.id not in held)


def select_lock(corpus: Corpus, is_redacted: bool) -> Entry[EvidenceLock] | None:
    """Return the lock with the sources' hashes as `_select_document` leaves them."""
    lock = corpus.lock
    if lock is None or not is_redacted:
        return lock
    documents = {
        slug: replace(one, source="")
        if one.source is not None
        and slug in corpus.documents
        and corpus.documents[slug].record.redactions
        and (named := corpus.documents[slug].record.source) is not None
        and named.sha256 == one.source
        else one
        for slug, one in lock.record.documents.items()
    }
    return replace(lock, record=replace(lock.record, documents=documents))


def _select_corrections(corpus: Corpus, reword: Reword, is_held: IsHeld) -> Entry[tuple[Correction, ...]]:
    """Return the corrections of what the edition holds, or held once; each keeps its places."""
    entry = corpus.corrections
    kept: list[Correction] = []
    places = {keys: place for keys, place in entry.places.items() if not keys}
    places_of: dict[object, dict[KeyPath, Place]] = defaultdict(dict)
    for keys, place in entry.places.items():
        places_of[keys[:1]][keys[1:]] = place
    for index, correction in enumerate(entry.record):
        targets = tuple(filter(is_held, correction.targets))
        what, why = _reworded(correction.what, reword), _reworded(correction.why, reword)
        if targets and what and why:
            places |= {(len(kept), *rest): place for rest, place in places_of[index,].items()}
            kept.append(replace(correction, of=targets, what=what, why=why))
    return replace(entry, record=tuple(kept), places=places)


def _select_document(
    entry: Entry[DocumentRecord], edition: Edition, reword: Reword, is_held: IsHeld
) -> Entry[DocumentRecord]:
    record, settings = entry.record, edition.settings
    redactions = record.redactions if settings.redacted else ()
    source = record.source
    if redactions and source is not None:
        # The hash of a file would tell a right guess of the redacted words from a wrong one.
        source = replace(source, sha256="")
    selected = replace(
        record,
        rights=replace(
            record.rights,
            publish="full" if settings.full_texts else record.rights.publish,
            statement=_reworded(record.rights.statement, reword),
        ),
        redactions=redactions,
        source=source,
        date_note=_reworded(record.date_note, reword),
        provenance=tuple(replace(step, note=_reworded(step.note, reword)) for step in record.provenance),
        footnotes={
            label: replace(
                detail, cites=tuple(filter(is_held, detail.cites)), note=_reworded(detail.note, reword)
            )
            for label, detail in record.footnotes.items()
        },
        repairs=tuple(_select_repair(repair, redactions, reword) for repair in record.repairs),
        evidence={k: e for k, e in record.evidence.items() if not _holds(e.words, redactions)},
        versions=() if redactions else record.versions,
        gaps=tuple(
            replace(gap, what=what, why=_reworded(gap.why, reword))
            for gap in record.gaps
            if (what := _reworded(gap.what, reword))
        ),
        resolve=tuple(r for r in record.resolve if not _holds(r.quote or "", redactions)),
    )
    return _with(entry, selected, reword(entry.body))


def _with(entry: Entry[Record], record: Record, body: str) -> Entry[Record]:
    """Return the entry with this record and body: itself where it has them, as most have in most editions."""
    is_same = record == entry.record and body == entry.body
    return entry if is_same else replace(entry, record=record, body=body)


def _select_repair(repair: Repair, redactions: tuple[Redaction, ...], reword: Reword) -> Repair:
    """Return a repair without words that are redacted."""
    note = _reworded(repair.note, reword)
    if _holds(f"{repair.before}\n{repair.after}", redactions):
        return replace(repair, before="", after="", note=note)
    return replace(repair, note=note)


def _holds(words: str, redactions: tuple[Redaction, ...]) -> bool:
    if not redactions:
        return False
    normal = normalise_quotation(words).text.casefold()
    return any(normalise_quotation(one.quote).text.casefold() in normal for one in redactions)


def _select_actor(
    entry: Entry[ActorRecord], is_internal: bool, reword: Reword, is_held: IsHeld
) -> Entry[ActorRecord]:
    record = entry.record
    if record.internal and not is_internal:
        return replace(entry, record=replace(record, roles=(), identifiers={}), body="")
    roles = tuple(_select_role(role, is_held, reword) for role in record.roles)
    return _with(entry, replace(record, roles=tuple(role for role in roles if role)), reword(entry.body))


def _select_role(role: Role, is_held: IsHeld, reword: Reword) -> Role | None:
    """Return a role with the cites that the edition holds, or None where it rests on withheld ones alone."""
    cites = tuple(filter(is_held, role.cites))
    words = _reworded(role.role, reword)
    if (role.cites and not cites) or not words:
        return None
    return replace(role, role=words, cites=cites)


def _select_issue(entry: Entry[IssueRecord], is_internal: bool, reword: Reword) -> Entry[IssueRecord]:
    return _with(entry, entry.record, "" if entry.record.internal and not is_internal else reword(entry.body))


def _select_annotations(
    entry: Entry[tuple[Annotation, ...]], *, is_internal: bool
) -> Entry[tuple[Annotation, ...]]:
    """Return the entry without internal annotations; each of the others keeps its places."""
    kept = [(index, one) for index, one in enumerate(entry.record) if is_internal or not one.internal]
    if len(kept) == len(entry.record):
        return entry
    numbers = {index: number for number, (index, _) in enumerate(kept)}
    places = {
        (numbers[keys[0]], *keys[1:]) if keys and isinstance(keys[0], int) else keys: place
        for keys, place in entry.places.items()
        if not keys or not isinstance(keys[0], int) or keys[0] in numbers
    }
    return replace(entry, record=tuple(one for _, one in kept), places=places)


def _reword_annotations(
    entry: Entry[tuple[Annotation, ...]], reword: Reword, is_held: IsHeld
) -> Entry[tuple[Annotation, ...]]:
    reworded = tuple(
        replace(
            one,
            note=_reworded(one.note, reword),
            origin=one.origin if one.origin and is_held(one.origin) else None,
            relations=tuple(
                replace(relation, note=_reworded(relation.note, reword))
                for relation in one.relations
                if is_held(relation.to)
            ),
        )
        for one in entry.record
    )
    return _with(entry, reworded, entry.body)


def _reworded(words: str | None, reword: Reword) -> str | None:
    """Return words as the edition holds them, None where it holds none of them."""
    if words is None:
        return None
    reworded = reword(words)
    return reworded if reworded.strip() else None


def _select_inputs(corpus: Corpus, narrowed: Corpus) -> dict[str, str | None]:
    """Return the hashes of the files that the edition publishes in whole, None for those it publishes in part."""
    selected: dict[str, str | None] = {}
    for path, sha256 in corpus.inputs.items():
        folder, _, name = path.partition("/")
        slug = name.rpartition(".")[0]
        if folder in ("documents", "texts", "annotations") and slug in corpus.documents:
            document = narrowed.documents.get(slug)
            if document is None or (folder == "texts" and document.record.rights.publish != "full"):
                continue
        selected[path] = sha256 if _is_whole(corpus, narrowed, folder, slug) else None
    return selected


def _is_whole(corpus: Corpus, narrowed: Corpus, folder: str, slug: str) -> bool:
    """Return whether the edition holds everything that a file of the corpus says to readers."""
    if narrowed.edition.settings.internal and not narrowed.withheld and folder != "texts":
        return True
    if folder == "texts":
        document = narrowed.documents.get(slug)
        return document is None or not document.record.redactions
    if folder == "documents":
        before, after = corpus.documents.get(slug), narrowed.documents.get(slug)
        if before is None or after is None:
            return True
        rights = replace(before.record.rights, publish=after.record.rights.publish)
        same_rights = replace(before, record=replace(before.record, rights=rights))
        return not after.record.redactions and _is_same(same_rights, after)
    if folder == "annotations":
        return _is_same(corpus.annotations.get(slug), narrowed.annotations.get(slug))
    if folder == "actors":
        return _is_same(corpus.actors.get(slug), narrowed.actors.get(slug))
    if folder == "issues":
        return _is_same(corpus.issues.get(slug), narrowed.issues.get(slug))
    if folder == "dossier.md":
        return not has_marks(corpus.dossier.body)
    if folder == "about.md":
        return corpus.about is None or not has_marks(corpus.about.text)
    if folder == "corrections.yml":
        return len(corpus.corrections.record) == len(narrowed.corrections.record) and not has_marks(
            "".join(one.what + one.why for one in corpus.corrections.record)
        )
    # What stands in these files concerns all documents.
    return folder == "citations.yml" or not narrowed.withheld


def _is_same(before: Entry[object] | None, after: Entry[object] | None) -> bool:
    return before is None or (
        after is not None and (before.record, before.body) == (after.record, after.body)
    )


def _report_unclosed(narrowed: Corpus) -> Iterator[Diagnostic]:
    """Yield an error for each file in which a `%%` is left: nothing closes it, or it stands where it means nothing."""
    entries: list[tuple[Entry[Any], object]] = [
        (narrowed.dossier, (narrowed.dossier.record, narrowed.dossier.body)),
        (narrowed.corrections, narrowed.corrections.record),
        *((entry, (entry.record, entry.body)) for entry in narrowed.documents.values()),
        *((entry, (entry.record, entry.body)) for entry in narrowed.actors.values()),
        *((entry, (entry.record, entry.body)) for entry in narrowed.issues.values()),
        *((entry, entry.record) for entry in narrowed.annotations.values()),
    ]
    for entry, value in entries:
        if any(MARK in words for words in words_in(value, but=QUOTING)):
            yield _unclosed(entry.file)
    if narrowed.about is not None and MARK in narrowed.about.text:
        yield _unclosed(narrowed.about)
    for identity, source in narrowed.citations.items():
        if any(MARK in words for words in words_in(source.csl, but=QUOTING)):
            place = narrowed.citation_places[identity]
            yield _unclosed(CorpusFile(path=place.path, text=""), place)


def _unclosed(file: CorpusFile, place: Place | None = None) -> Diagnostic:
    offset = max(find_unclosed(file.text), 0)
    before = file.text[:offset]
    return error(
        place
        or Place(path=file.path, line=before.count("\n") + 1, column=offset - (before.rfind("\n") + 1) + 1),
        "unclosed-internal",
        "`%%` opens words for the editors alone, and nothing closes them, or it stands where it is plain text",
        why="where they end decides what is published",
        help="write `%%` once before and once behind words of a text in Markdown; write a single % for a percent sign",
    )
