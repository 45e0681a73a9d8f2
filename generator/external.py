"""Every outside address of a corpus, and a polite look at whether it still answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.model.places import Place
from generator.verify import check_external


def check_addresses(
    corpus: Corpus, linked: LinkedCorpus, work: Path, *, delay_s: float, cache_days: int
) -> tuple[Diagnostic, ...]:
    """Return a finding for each outside address that is dead or does not tell."""
    addresses = list(dict.fromkeys(find_outside_addresses(corpus, linked)))
    _, found = check_external(addresses, cache=work / "external.json", delay_s=delay_s, cache_days=cache_days)
    return found


def find_outside_addresses(corpus: Corpus, linked: LinkedCorpus) -> Iterator[tuple[str, Place]]:
    """Yield the web addresses of texts, provenance and bibliography, with where they stand."""
    for text in linked.texts.values():
        for leaf in text.leaves:
            for style in leaf.styles:
                if style.kind == "address" and style.address.startswith(("http://", "https://")):
                    yield style.address, leaf.place
    for document in corpus.documents.values():
        for index, step in enumerate(document.record.provenance):
            if step.url:
                yield step.url, document.place("provenance", index, "url")
    for entry in corpus.citations.values():
        if entry.url:
            yield entry.url, corpus.citation_places[entry.id]
