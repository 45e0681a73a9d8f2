"""Annotations as ledgers: in time order, by speaker, addressee and issue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from generator.model.corpus import Corpus
from generator.model.index import Statement
from generator.model.linked import LinkedCorpus
from generator.model.records import Annotation
from generator.text.dates import LAST_DAY, parse_date


def find_statements(corpus: Corpus, linked: LinkedCorpus) -> tuple[Statement, ...]:
    """Return every annotation whose words may be published, by date of what is said, document, and place in it."""
    statements = []
    for slug, annotations in corpus.annotations.items():
        document = corpus.documents.get(slug)
        if document is None or document.record.rights.publish == "record":
            continue
        document_date = document.record.date
        for number, annotation in enumerate(annotations.record, start=1):
            quotation = linked.quotations[slug, annotation.id]
            date = annotation.date or document_date
            statements.append(
                Statement(
                    document=slug,
                    annotation=annotation,
                    number=number,
                    date=date,
                    state=quotation.state,
                    passage=quotation.passage,
                    sort_key=(*date_key(date), slug, number),
                )
            )
    return tuple(sorted(statements, key=lambda s: s.sort_key))


def statements_of_documents(statements: Iterable[Statement]) -> Mapping[str, tuple[Statement, ...]]:
    """Return the statements by document, in the order of its annotations."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda s: (s.document, s.number)):
        groups[statement.document].append(statement)
    return {slug: tuple(group) for slug, group in groups.items()}


def group_statements(
    statements: Iterable[Statement], slugs_of: Callable[[Annotation], tuple[str, ...]]
) -> Mapping[str, tuple[Statement, ...]]:
    """Return the statements by each slug that `slugs_of` gives for them, in the order received."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for slug in dict.fromkeys(slugs_of(statement.annotation)):
            groups[slug].append(statement)
    return {slug: tuple(group) for slug, group in sorted(groups.items())}


def date_key(edtf: str) -> tuple[str, str, str]:
    """Return what a date is sorted by; one that cannot be read comes last (`check` reports it)."""
    try:
        return parse_date(edtf).sort_key
    except ValueError:
        return LAST_DAY, LAST_DAY, edtf
