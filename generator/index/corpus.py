"""The index of a linked corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby

from generator.diagnostics import Diagnostic
from generator.index.co_mentions import count_co_mentions, count_namings, invert_counts
from generator.index.gaps import find_gaps, group_gaps
from generator.index.origins import find_origins, last_origins
from generator.index.parallels import find_parallels
from generator.index.positions import find_positions
from generator.index.proofs import judge_sentences
from generator.index.references import find_references
from generator.index.relations import find_relations
from generator.index.statements import (
    date_key,
    find_statements,
    group_statements,
    statements_of_documents,
)
from generator.index.timeline import find_timeline, group_timeline
from generator.model.corpus import Corpus, PageKind
from generator.model.index import Index, JudgedSentence, PageBacklinks, Reference
from generator.model.linked import LinkedCorpus, TextRole
from generator.model.parallels import Parallel

TextKey = tuple[str, TextRole, str]
PageKey = tuple[object, ...]
Make = Callable[[], Mapping[str, tuple[Parallel, ...]]]
KIND_ORDER: dict[PageKind | None, int] = {"document": 0, "issue": 1, "actor": 2, "source": 3, None: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inverted:
    """What is gathered of all texts, see `Index`: it can be gathered of parts of them as well."""

    backlinks: Mapping[str, tuple[PageBacklinks, ...]]
    named_in: Mapping[str, Mapping[str, int]]
    names_of: Mapping[str, Mapping[str, int]]
    co_mentions: Mapping[str, Mapping[str, int]]
    sentences: Mapping[TextKey, tuple[JudgedSentence, ...]]


def _when_asked(make: Make) -> Make:
    return make


def index_corpus(
    corpus: Corpus,
    linked: LinkedCorpus,
    inverted: Inverted | None = None,
    *,
    begin: Callable[[Make], Make] = _when_asked,
) -> tuple[Index, tuple[Diagnostic, ...]]:
    """Return the inverted views of a corpus. References to what does not exist are kept; `check` reports them.

    `begin` begins what takes longest, beside the rest, and returns what waits for it.
    """
    parallels = begin(partial(find_parallels, corpus, linked))
    inverted = inverted or _invert_corpus(corpus, linked)
    backlinks = inverted.backlinks
    statements = find_statements(corpus, linked)
    said_by = group_statements(statements, lambda a: a.speakers)
    related = find_relations(statements)
    timeline = find_timeline(corpus, linked, statements)
    of_document = statements_of_documents(statements)
    chronology = tuple(
        sorted(corpus.documents, key=lambda slug: (date_key(corpus.documents[slug].record.date), slug))
    )
    origins = find_origins(corpus, statements)
    gaps = find_gaps(corpus, linked, backlinks, of_document, chronology)
    index = Index(
        backlinks=backlinks,
        statements=statements,
        of_document=of_document,
        related=related,
        positions=find_positions(corpus, said_by, related),
        said_by=said_by,
        said_to=group_statements(statements, lambda a: a.addressees),
        on_issue=group_statements(statements, lambda a: a.issues),
        co_mentions=inverted.co_mentions,
        named_in=inverted.named_in,
        names_of=inverted.names_of,
        chronology=chronology,
        timeline=timeline,
        timeline_of=group_timeline(timeline),
        sentences=inverted.sentences,
        parallels=parallels(),
        origins=origins,
        rests_on=last_origins(origins, statements),
        gaps=gaps,
        gaps_of=group_gaps(gaps),
    )
    return index, ()


def _invert_corpus(corpus: Corpus, linked: LinkedCorpus) -> Inverted:
    named_in = count_namings(linked.texts.values())
    return Inverted(
        backlinks=invert_references(find_references(corpus, linked), partial(page_key, corpus)),
        named_in=named_in,
        names_of=invert_counts(named_in),
        co_mentions=count_co_mentions(corpus, linked),
        sentences=judge_sentences(corpus, linked),
    )


def invert_references(
    references: Iterable[Reference], key_of: Callable[[str, TextRole | None], PageKey]
) -> dict[str, tuple[PageBacklinks, ...]]:
    """Return the references by target; the pages that make them in the order of `page_key`."""
    grouped: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.target.slug != reference.source:
            grouped[reference.target.slug].append(reference)

    @cache
    def order_of(source: str, page: TextRole | None) -> PageKey:
        return key_of(source, page), page or ""

    # Each list is given up before the next one is divided: all of them together are large.
    return {
        target: tuple(
            PageBacklinks(source=source, role=page, references=_in_order(list(found)))
            for (source, page), found in groupby(
                sorted(grouped.pop(target), key=lambda one: order_of(one.source, page_of(one))),
                key=lambda one: (one.source, page_of(one)),
            )
        )
        for target in sorted(grouped)
    }


def page_of(reference: Reference) -> TextRole | None:
    """Return the role that tells the page of a reference from others of its source; those of records have one page."""
    return reference.role if reference.role in ("about", "correction") else None


def _in_order(references: list[Reference]) -> tuple[Reference, ...]:
    """Return the references of one page with records first, each sentence once."""
    if len(references) == 1:
        return tuple(references)
    unique: dict[tuple[object, ...], Reference] = {}
    for reference in sorted(references, key=lambda r: r.kind != "record"):
        words = reference.context.words if reference.context else reference.relation
        key = (reference.anchor, words, reference.target.fragment, reference.kind == "footnote")
        known = unique.get(key)
        if known is None or (known.kind == "citation" and reference.kind == "mention"):
            unique[key] = reference
    return tuple(unique.values())


def page_key(corpus: Corpus, source: str, page: TextRole | None) -> PageKey:
    """Return what backlinks are sorted by: pages by kind, documents by date, other pages by name."""
    kind = corpus.kind_of(source)
    date = date_key(corpus.documents[source].record.date) if kind == "document" else ("", "", "")
    name = corpus.name_of(source).casefold() if kind else page or ""
    return KIND_ORDER[kind], date, name, source
