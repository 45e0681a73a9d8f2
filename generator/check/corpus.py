"""All checks of a loaded, linked and indexed corpus."""

from __future__ import annotations

from generator.check.citing import check_citing
from generator.check.corrections import check_corrections
from generator.check.footnotes import check_footnotes
from generator.check.formerly import check_formerly
from generator.check.links import check_links
from generator.check.published import check_published
from generator.check.records import check_records
from generator.check.register import check_register
from generator.diagnostics import Diagnostic, sort_diagnostics
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus


def check_corpus(
    corpus: Corpus, linked: LinkedCorpus, index: Index, *, is_published_edition: bool = True
) -> tuple[Diagnostic, ...]:
    """Return every finding about links, notes, records, the register, uncited sentences and corrections.

    `is_published_edition`: the corpus is that of the edition which `published.lock` records. Another one holds more
    or less, and is not compared with it.
    """
    return sort_diagnostics(
        [
            *check_records(corpus),
            *check_links(corpus, linked),
            *check_footnotes(corpus, linked),
            *check_citing(corpus, linked),
            *check_register(corpus, index),
            *check_formerly(corpus),
            *(check_corrections(corpus) if is_published_edition else ()),
            *(check_published(corpus, linked) if is_published_edition else ()),
        ]
    )
