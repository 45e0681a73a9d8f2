"""The full search page: its form and the ways around it; results are the script's."""

from __future__ import annotations

from generator.render.page import Page


def search_context(page: Page) -> dict[str, object]:
    """Return what `search.md.j2` shows: which lists there are to browse instead."""
    corpus = page.dossier.corpus
    lists = (
        ("documents", "documents/index.md", corpus.documents),
        ("actors", "actors/index.md", corpus.actors),
        ("issues", "issues/index.md", corpus.issues),
        ("bibliography", "bibliography/index.md", corpus.citations),
    )
    return {"lists": [(name, page.address_of(path)) for name, path, held in lists if held]}
