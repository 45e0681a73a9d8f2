"""A page of a staged corpus, open for rendering."""

from __future__ import annotations

from generator.render.long_lists import LongLists
from generator.render.network import build_network
from generator.render.page import Dossier, Page, open_page
from generator.render.strings import open_strings
from generator.resources import TEMPLATES
from tests.corpora import Staged


def open_any_page(staged: Staged) -> Page:
    """Return a page that knows the corpus and its words, without citations or timeline."""
    language = staged.corpus.dossier.record.language
    dossier = Dossier(
        corpus=staged.corpus,
        linked=staged.linked,
        index=staged.index,
        citations={},
        document_entries={},
        document_citations={},
        strings=open_strings([TEMPLATES], language),
        timeline={},
        long_lists=LongLists(),
        network=build_network(staged.corpus, staged.index),
    )
    return open_page(dossier, "index.md")
