"""The timeline: documents, statements and events in time order, of the dossier and of each issue and actor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.index.extents import find_extent
from generator.model.corpus import Corpus
from generator.model.index import Statement, TimelineItem, TimelineKind, TimelinePassage
from generator.model.linked import LinkedCorpus
from generator.model.records import DocumentRecord

KINDS: tuple[TimelineKind, ...] = ("document", "statement", "event")


def find_timeline(
    corpus: Corpus, linked: LinkedCorpus, statements: Iterable[Statement]
) -> tuple[TimelineItem, ...]:
    """Return every document and every passage with a date of its own, in time order, the undated last.

    What a document says on its own date stands with the document. `statements` may come in any order; each is in the
    result once. Linear in their number, but for sorting.
    """
    own: dict[str, list[TimelinePassage]] = defaultdict(list)
    items = []
    for statement in sorted(statements, key=lambda s: (s.document, s.number)):
        passage = TimelinePassage(statement=statement, actors=_actors_of(corpus, linked, statement))
        if statement.date == corpus.documents[statement.document].record.date:
            own[statement.document].append(passage)
        else:
            items.append(_passage_item(passage))
    items.extend(_document_item(slug, entry.record, own[slug]) for slug, entry in corpus.documents.items())
    return tuple(sorted(items, key=lambda item: item.sort_key))


def group_timeline(timeline: Iterable[TimelineItem]) -> Mapping[str, tuple[TimelineItem, ...]]:
    """Return the items that concern each issue and actor, in the order received.

    A document is there for its record, or for a passage of its date, and keeps only the passages that concern the slug.
    """
    groups: dict[str, list[TimelineItem]] = defaultdict(list)
    for item in timeline:
        passages: dict[str, list[TimelinePassage]] = defaultdict(list)
        for passage in item.passages:
            for slug in dict.fromkeys((*passage.statement.annotation.issues, *passage.actors)):
                passages[slug].append(passage)
        for slug in sorted({*item.issues, *item.actors, *passages}):
            groups[slug].append(replace(item, passages=tuple(passages[slug])))
    return {slug: tuple(items) for slug, items in sorted(groups.items())}


def _document_item(slug: str, record: DocumentRecord, passages: list[TimelinePassage]) -> TimelineItem:
    publisher = (record.publisher,) if record.publisher else ()
    actors = (*record.authors, *record.signatories, *record.recipients, *publisher)
    return _make_item("document", slug, record.date, tuple(passages), record.issues, actors)


def _passage_item(passage: TimelinePassage) -> TimelineItem:
    statement = passage.statement
    annotation = statement.annotation
    kind: TimelineKind = "statement" if annotation.speakers else "event"
    return _make_item(kind, statement.document, statement.date, (passage,), annotation.issues, passage.actors)


def _make_item(
    kind: TimelineKind,
    document: str,
    date: str,
    passages: tuple[TimelinePassage, ...],
    issues: tuple[str, ...],
    actors: tuple[str, ...],
) -> TimelineItem:
    extent, era = find_extent(date)
    first, last = (extent.first or extent.last, extent.last or "9999") if extent else ("", "")
    number = passages[0].statement.number if kind != "document" else 0
    return TimelineItem(
        kind=kind,
        document=document,
        date=date,
        era=era,
        extent=extent,
        passages=passages,
        issues=tuple(dict.fromkeys(issues)),
        actors=tuple(dict.fromkeys(actors)),
        # The undated go by document: how little is known of each says nothing of their order.
        sort_key=(
            era.sort_key,
            first,
            last,
            "" if era.kind == "undated" else date,
            KINDS.index(kind),
            document,
            number,
        ),
    )


def _actors_of(corpus: Corpus, linked: LinkedCorpus, statement: Statement) -> tuple[str, ...]:
    """Return who says it and to whom; what no actor says concerns those whom its words name as well."""
    annotation = statement.annotation
    involved = [*annotation.speakers, *annotation.addressees]
    if not annotation.speakers:
        involved.extend(slug for slug in _named_in(linked, statement) if slug in corpus.actors)
    return tuple(dict.fromkeys(involved))


def _named_in(linked: LinkedCorpus, statement: Statement) -> Iterator[str]:
    """Yield what the quoted words name: as the quotation is linked, or as the published text is at its place."""
    slug, key = statement.document, statement.annotation.id
    quotation = linked.text(slug, "quotation", key)
    if quotation is not None:
        yield from (mention.slug for mention in quotation.mentions)
        return
    text = linked.text(slug, "transcription")
    if text is not None and text.is_published:
        for place in linked.quotations[slug, key].spans:
            for mention in text.mentions:
                if mention.leaf == place.leaf and mention.span.overlaps(place.span):
                    yield mention.slug
