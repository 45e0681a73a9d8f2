"""The index of a linked corpus."""

from __future__ import annotations

from collections.abc import Iterable

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
from generator.model.index import Index, PageBacklinks, Reference
from generator.model.linked import LinkedCorpus, TextRole

KIND_ORDER: dict[PageKind | None, int] = {"document": 0, "issue": 1, "actor": 2, "source": 3, None: 4}


def index_corpus(corpus: Corpus, linked: LinkedCorpus) -> tuple[Index, tuple[Diagnostic, ...]]:
    """Return the inverted views of a corpus. References to what does not exist are kept; `check` reports them."""
    statements = find_statements(corpus, linked)
    said_by = group_statements(statements, lambda a: a.speakers)
    related = find_relations(statements)
    named_in = count_namings(linked)
    timeline = find_timeline(corpus, linked, statements)
    backlinks = _invert(corpus, find_references(corpus, linked))
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
        co_mentions=count_co_mentions(corpus, linked),
        named_in=named_in,
        names_of=invert_counts(named_in),
        chronology=chronology,
        timeline=timeline,
        timeline_of=group_timeline(timeline),
        sentences=judge_sentences(corpus, linked),
        parallels=find_parallels(corpus, linked),
        origins=origins,
        rests_on=last_origins(origins, statements),
        gaps=gaps,
        gaps_of=group_gaps(gaps),
    )
    return index, ()


def _invert(corpus: Corpus, references: Iterable[Reference]) -> dict[str, tuple[PageBacklinks, ...]]:
    """Return the references by target; pages by kind, documents by date, other pages by name."""
    grouped: dict[str, dict[tuple[str, TextRole | None], list[Reference]]] = {}
    for reference in references:
        target = reference.target.slug
        if target != reference.source:
            page = reference.role if reference.role in ("about", "correction") else None
            grouped.setdefault(target, {}).setdefault((reference.source, page), []).append(reference)
    sources = {page for pages in grouped.values() for page in pages}
    keys = {page: _page_key(corpus, *page) for page in sources}
    return {
        target: tuple(
            PageBacklinks(source=source, role=role, references=_in_order(pages[source, role]))
            for source, role in sorted(pages, key=keys.__getitem__)
        )
        for target, pages in sorted(grouped.items())
    }


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


def _page_key(corpus: Corpus, source: str, page: TextRole | None) -> tuple[object, ...]:
    kind = corpus.kind_of(source)
    date = date_key(corpus.documents[source].record.date) if kind == "document" else ("", "", "")
    name = corpus.name_of(source).casefold() if kind else page or ""
    return KIND_ORDER[kind], date, name, source
