"""How many of a text's sentences are proven, in words."""

from __future__ import annotations

from collections import Counter

from generator.model.linked import TextRole
from generator.render.escape import Markdown
from generator.render.page import Page


def count_proofs(page: Page, slug: str, role: TextRole) -> Markdown:
    """Return the line that says how many sentences of a text are proven, and what the others rest on."""
    sentences = page.dossier.index.sentences.get((slug, role, ""), ())
    if not sentences:
        return Markdown("")
    strings = page.dossier.strings
    counts = Counter("own" if one.state == "uncited" else one.state for one in sentences)
    proven = strings("proofs_proven", n=len(sentences), proven=counts["proven"])
    others = [
        strings(f"proofs_{state}", n=counts[state]) for state in ("cited", "unproven", "own") if counts[state]
    ]
    return strings.join("list_separator", (proven, *others))
