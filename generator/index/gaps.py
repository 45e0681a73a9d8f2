"""What the dossier lacks, as far as its own records show it, and what the editors entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from generator.model.corpus import Corpus
from generator.model.index import FoundGap, GapFinding, GapGroup, PageBacklinks, Reference, Statement
from generator.model.linked import LinkedCorpus
from generator.model.records import Annotation, DocumentRecord
from generator.text.dates import UNDATED, parse_date

ORDER: tuple[GapGroup, ...] = get_args(GapGroup)
# A quotation that nothing at hand proves.
UNPROVEN = frozenset({"unchecked"})


def find_gaps(
    corpus: Corpus,
    linked: LinkedCorpus,
    backlinks: Mapping[str, tuple[PageBacklinks, ...]],
    of_document: Mapping[str, tuple[Statement, ...]],
    chronology: Sequence[str],
) -> tuple[FoundGap, ...]:
    """Return every gap, by group, works that are absent before documents, documents in the order of their dates.

    Those that the editors entered without a kind come last. Linear in the size of the corpus.
    """
    found = list(_absent_works(corpus, backlinks))
    for slug in chronology:
        record = corpus.documents[slug].record
        found.extend(_entered(slug, record))
        found.extend(_of_date(slug, record.date))
        found.extend(_of_footnotes(slug, record))
        if not (record.authors or record.signatories or record.publisher):
            found.append(FoundGap(group="unnamed", finding="nobody", slug=slug))
        found.extend(_of_statements(slug, of_document.get(slug, ())))
        found.extend(_of_text(linked, slug, record, of_document.get(slug, ())))
    return tuple(sorted(found, key=lambda gap: ORDER.index(gap.group)))


def group_gaps(gaps: Sequence[FoundGap]) -> Mapping[str, tuple[FoundGap, ...]]:
    """Return the gaps by the slug of the page concerned, what the editors entered first, as they ordered it.

    A work that is absent concerns its own page and those of the documents that refer to it; with them stand their own
    uses of it alone.
    """
    grouped: dict[str, list[FoundGap]] = defaultdict(list)
    for gap in sorted(gaps, key=lambda gap: (gap.entered is None, gap.entered or 0)):
        grouped[gap.slug].append(gap)
        uses_of: dict[str, list[Reference]] = defaultdict(list)
        for use in gap.uses:
            uses_of[use.source].append(use)
        for slug, uses in uses_of.items():
            grouped[slug].append(replace(gap, uses=tuple(uses)))
    return {slug: tuple(found) for slug, found in sorted(grouped.items())}


def _absent_works(corpus: Corpus, backlinks: Mapping[str, tuple[PageBacklinks, ...]]) -> Iterator[FoundGap]:
    """Yield the works of the bibliography to which a document refers and which are no document of the dossier.

    A document holds a work where one of its hands is at the address of the work.
    """
    held = {
        step.url.rstrip("/")
        for entry in corpus.documents.values()
        for step in entry.record.provenance
        if step.url is not None
    }
    for slug in sorted(corpus.citations, key=lambda slug: (corpus.citations[slug].title.casefold(), slug)):
        url = corpus.citations[slug].url
        if url is not None and url.rstrip("/") in held:
            continue
        uses = tuple(
            reference
            for page in backlinks.get(slug, ())
            if page.source in corpus.documents
            for reference in page.references
        )
        if uses:
            yield FoundGap(group="absent-document", finding="absent", slug=slug, uses=uses)


def _entered(slug: str, record: DocumentRecord) -> Iterator[FoundGap]:
    for index, gap in enumerate(record.gaps):
        yield FoundGap(group=gap.kind or "other", finding="entered", slug=slug, entered=index)


def _of_date(slug: str, edtf: str) -> Iterator[FoundGap]:
    finding = _date_finding(edtf)
    if finding is not None:
        yield FoundGap(group="undated", finding=finding, slug=slug)


def _date_finding(edtf: str) -> GapFinding | None:
    """Return what is not known of a date; None where it is known, or cannot be read (`check` reports that)."""
    if edtf == UNDATED:
        return "undated"
    try:
        date = parse_date(edtf)
    except ValueError:
        return None
    if date.is_approximate:
        return "approximate"
    if date.is_uncertain:
        return "uncertain"
    return "unspecified" if "X" in edtf else None


def _of_footnotes(slug: str, record: DocumentRecord) -> Iterator[FoundGap]:
    lost = tuple(label for label, detail in record.footnotes.items() if detail.mark == "lost")
    placed = tuple(label for label, detail in record.footnotes.items() if detail.placed_by == "editors")
    if lost:
        yield FoundGap(group="lost-mark", finding="lost", slug=slug, labels=lost)
    if placed:
        yield FoundGap(group="placed-mark", finding="placed", slug=slug, labels=placed)


def _of_statements(slug: str, statements: Sequence[Statement]) -> Iterator[FoundGap]:
    unnamed = tuple(s for s in statements if _is_unnamed(s.annotation))
    unproven = tuple(s for s in statements if s.state in UNPROVEN)
    if unnamed:
        yield FoundGap(group="unnamed-speaker", finding="no-speaker", slug=slug, statements=unnamed)
    if unproven:
        yield FoundGap(group="unverified", finding="not-verified", slug=slug, statements=unproven)


def _is_unnamed(annotation: Annotation) -> bool:
    """Return whether words stand for who says it: for the speaker, or for a hand through which hearsay went."""
    has_nameless_step = any(step.actor is None for step in annotation.chain)
    return bool(annotation.attribution and not annotation.speakers) or (
        annotation.modality == "hearsay" and has_nameless_step
    )


def _of_text(
    linked: LinkedCorpus, slug: str, record: DocumentRecord, statements: Sequence[Statement]
) -> Iterator[FoundGap]:
    """Yield that a text is not published, with what is quoted of it."""
    if record.rights.publish != "full":
        words = sum(len(s.annotation.quote.split()) for s in statements)
        yield FoundGap(
            group="withheld",
            finding=record.rights.publish,
            slug=slug,
            statements=tuple(statements),
            words=words,
        )
    elif linked.text(slug, "transcription") is None:
        yield FoundGap(group="withheld", finding="no-text", slug=slug, statements=tuple(statements))
