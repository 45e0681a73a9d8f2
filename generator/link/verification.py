"""Each annotation's quotation, looked for where it must stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, error, info
from generator.link.quotations import QuotableLeaves, QuotableText, Selector
from generator.model.corpus import Corpus
from generator.model.linked import LeafSpan, LinkedText, LocatedQuotation, QuotationState, TextRole
from generator.model.places import Entry, Place
from generator.model.records import Annotation


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """What a document's quotations are checked against."""

    path: str
    leaves: QuotableLeaves | None
    source: QuotableText | None
    transcription: LinkedText | None


def locate_quotations(
    corpus: Corpus, texts: Mapping[tuple[str, TextRole, str], LinkedText]
) -> tuple[dict[tuple[str, str], LocatedQuotation], tuple[Diagnostic, ...]]:
    """Return where every annotation's quotation stands, and an error for each that stands nowhere or twice.

    It is looked for in the transcription; where there is none, in the source file; where neither is at hand it is
    left unchecked, and one finding per document says so.
    """
    located: dict[tuple[str, str], LocatedQuotation] = {}
    found: list[Diagnostic] = []
    for slug, entry in corpus.annotations.items():
        if slug not in corpus.documents:
            continue
        evidence = _evidence(corpus, slug, texts.get((slug, "transcription", "")))
        for index, annotation in enumerate(entry.record):
            quotation, faults = _locate(slug, annotation, entry.place(index, "quote"), evidence)
            located[slug, annotation.id] = quotation
            found.extend(faults)
        is_at_hand = evidence.leaves is not None or evidence.source is not None
        if entry.record and not is_at_hand and ("texts", slug) not in corpus.left_out:
            found.append(_unchecked(entry))
    return located, tuple(found)


def _evidence(corpus: Corpus, slug: str, transcription: LinkedText | None) -> _Evidence:
    if transcription is not None:
        return _Evidence(
            path=transcription.place.path,
            leaves=QuotableLeaves(transcription.leaves),
            source=None,
            transcription=transcription,
        )
    record = corpus.documents[slug].record
    source = corpus.sources.get(record.source.file) if record.source is not None else None
    text = QuotableText(source.text) if source is not None and source.text is not None else None
    return _Evidence(path=source.path if source else "", leaves=None, source=text, transcription=None)


def _locate(
    slug: str, annotation: Annotation, place: Place, evidence: _Evidence
) -> tuple[LocatedQuotation, tuple[Diagnostic, ...]]:
    selector = Selector(quote=annotation.quote, prefix=annotation.prefix, suffix=annotation.suffix)
    state: QuotationState = "unchecked"
    spans: tuple[LeafSpan, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    count = 1
    nearest = ""
    if evidence.leaves is not None:
        in_leaves = evidence.leaves.find(selector)
        count, state = len(in_leaves), "verified"
        spans = in_leaves[0] if count == 1 else ()
        nearest = evidence.leaves.text.nearest(annotation.quote) if not count else ""
    elif evidence.source is not None:
        count, state = len(evidence.source.find(selector)), "verified-in-source"
        nearest = evidence.source.nearest(annotation.quote) if not count else ""
    if count != 1:
        state = "missing"
        faults = (
            _not_found(annotation, place, evidence, nearest)
            if count == 0
            else _ambiguous(annotation, place, evidence, count),
        )
    passage = None
    if spans and evidence.transcription is not None:
        holder = evidence.transcription.passage_at(spans[0].leaf)
        passage = holder.number if holder is not None else None
    return (
        LocatedQuotation(document=slug, annotation=annotation.id, state=state, spans=spans, passage=passage),
        faults,
    )


def _not_found(annotation: Annotation, place: Place, evidence: _Evidence, nearest: str) -> Diagnostic:
    has_context = bool(annotation.prefix or annotation.suffix)
    return error(
        place,
        "quote-not-found",
        f"the quotation of `{annotation.id}` is not in {evidence.path}: “{_short(annotation.quote)}”",
        why="what is not there word for word cannot be quoted",
        help=(
            f"nearest words: “{_short(nearest)}”"
            + ("; prefix and suffix must match too" if has_context else "")
            if nearest
            else "the text is empty; restore it or remove the annotation"
        ),
    )


def _ambiguous(annotation: Annotation, place: Place, evidence: _Evidence, count: int) -> Diagnostic:
    return error(
        place,
        "ambiguous-quote",
        f"the quotation of `{annotation.id}` stands {count} times in {evidence.path}: “{_short(annotation.quote)}”",
        why="the note could stand at any of them",
        help="add the words just before it as `prefix:` or just after it as `suffix:`",
    )


def _unchecked(entry: Entry[tuple[Annotation, ...]]) -> Diagnostic:
    count = len(entry.record)
    return info(
        Place(path=entry.file.path),
        "quotes-not-checked",
        f"{count} quotation{'s' if count > 1 else ''} not checked: neither transcription nor source file is at hand",
        why="a quotation from a text that may not be kept here is checked wherever the text is present",
        help="run `dossier check --sources DIR` where the source files are",
    )


def _short(words: str, limit: int = 200) -> str:
    words = " ".join(words.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
