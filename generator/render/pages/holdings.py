"""How much a dossier holds, as words with links."""

from __future__ import annotations

from generator.render.escape import Markdown
from generator.render.page import Page


def count_holdings(page: Page) -> dict[str, int]:
    """Return how many things of each kind the dossier has."""
    corpus = page.dossier.corpus
    return {
        "documents": len(corpus.documents),
        "actors": len(corpus.actors),
        "issues": len(corpus.issues),
        "annotations": len(page.dossier.index.statements),
        "sources": len(corpus.citations),
    }


def view_holdings(page: Page) -> list[Markdown]:
    """Return how many things of each kind the dossier has, linked to its index; nought is left out."""
    counts = count_holdings(page)
    kinds = (
        ("documents", "documents/index.md"),
        ("actors", "actors/index.md"),
        ("issues", "issues/index.md"),
        ("annotations", ""),
        ("sources", "bibliography/index.md"),
    )
    held = []
    for key, path in kinds:
        words = page.dossier.strings(f"held_{key}", n=counts[key])
        if counts[key]:
            held.append(Markdown(f"[{words}]({page.address_of(path)})") if path else words)
    return held
