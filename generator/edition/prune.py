"""What an edition leaves out because nothing in it leads there any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from generator.model.corpus import Corpus

Value = TypeVar("Value")
# What makes the links of the home page and of "About".
INTRODUCTIONS = ""


def prune_orphans(corpus: Corpus, ways: Iterable[tuple[str, str]]) -> Corpus:
    """Return the corpus without actors, issues and sources to which no document or introduction of the edition leads.

    A withheld document would else be told from the actors that it alone names. `ways` are all that lead from one page
    to another, as slugs. A page leads on to those that it names, but pages that lead to each other alone are left out.
    """
    leads_to: dict[str, set[str]] = defaultdict(set)
    for source, target in ways:
        leads_to[source].add(target)
    reached = {*corpus.documents, INTRODUCTIONS}
    waiting = list(reached)
    while waiting:
        found = leads_to[waiting.pop()] - reached
        reached |= found
        waiting.extend(found)
    orphans = {*corpus.actors, *corpus.issues, *corpus.citations} - reached
    if not orphans:
        return corpus
    inputs = {
        path: sha256
        for path, sha256 in corpus.inputs.items()
        if not (path.startswith(("actors/", "issues/")) and path.partition("/")[2][:-3] in orphans)
    }
    if orphans & set(corpus.citations) and "citations.yml" in inputs:
        inputs["citations.yml"] = None
    return replace(
        corpus,
        documents={
            slug: replace(
                entry,
                record=replace(
                    entry.record,
                    resolve=tuple(r for r in entry.record.resolve if r.as_ not in orphans),
                ),
            )
            for slug, entry in corpus.documents.items()
        },
        actors=_without(corpus.actors, orphans),
        issues=_without(corpus.issues, orphans),
        citations=_without(corpus.citations, orphans),
        citation_places=_without(corpus.citation_places, orphans),
        inputs=inputs,
        withheld=corpus.withheld | orphans,
    )


def _without(entries: Mapping[str, Value], slugs: set[str]) -> dict[str, Value]:
    return {slug: entry for slug, entry in entries.items() if slug not in slugs}
