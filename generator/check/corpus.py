"""All checks of a loaded, linked and indexed corpus."""

from __future__ import annotations

from generator.check.citing import check_citing
from generator.check.claims import check_claims
from generator.check.footnotes import check_footnotes
from generator.check.links import check_links
from generator.check.records import check_records
from generator.check.register import check_register
from generator.diagnostics import Diagnostic, sort_diagnostics
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus


def check_corpus(corpus: Corpus, linked: LinkedCorpus, index: Index) -> tuple[Diagnostic, ...]:
    """Return every finding about links, claims, notes, records, the register and uncited sentences."""
    return sort_diagnostics(
        [
            *check_records(corpus),
            *check_links(corpus, linked),
            *check_claims(corpus, linked),
            *check_footnotes(corpus, linked),
            *check_citing(corpus, linked),
            *check_register(corpus, index),
        ]
    )
