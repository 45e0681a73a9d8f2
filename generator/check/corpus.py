"""All checks of a loaded, linked and indexed corpus."""

from __future__ import annotations

from generator.check.citing import check_citing
from generator.check.claims import check_claims
from generator.check.corrections import check_corrections
from generator.check.excerpts import check_excerpts
from generator.check.footnotes import check_footnotes
from generator.check.formerly import check_formerly
from generator.check.links import check_links
from generator.check.origins import check_origins
from generator.check.proofs import check_proofs
from generator.check.published import check_published
from generator.check.records import check_records
from generator.check.register import check_register
from generator.diagnostics import Diagnostic, sort_diagnostics
from generator.model.corpus import Corpus
from generator.model.edition_names import PUBLIC
from generator.model.index import Index
from generator.model.linked import LinkedCorpus


def check_corpus(corpus: Corpus, linked: LinkedCorpus, index: Index) -> tuple[Diagnostic, ...]:
    """Return every finding about links, claims, notes, records, origins, the register, sentences and corrections.

    `published.lock` records the public edition; another one holds more or less, and is not compared with it.
    """
    is_public = corpus.edition.name == PUBLIC
    return sort_diagnostics(
        [
            *check_records(corpus),
            *check_links(corpus, linked),
            *check_claims(corpus, linked),
            *check_footnotes(corpus, linked),
            *check_citing(corpus, linked),
            *check_excerpts(corpus, linked),
            *check_proofs(corpus, linked, index),
            *check_origins(corpus, linked),
            *check_register(corpus, index),
            *check_formerly(corpus),
            *(check_corrections(corpus) if is_public else ()),
            *(check_published(corpus, linked) if is_public else ()),
        ]
    )
