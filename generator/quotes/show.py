"""The states of all quotations on a terminal or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console

from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, QuotationState
from generator.quotes.lock import LockChange
from generator.quotes.proposals import Proposal

STATES: dict[QuotationState, str] = {
    "verified": "in the published text",
    "verified-in-source": "in a text not published",
    "unchecked": "not proven",
    "missing": "not found",
}


def show_quotes(
    console: Console, linked: LinkedCorpus, change: LockChange, proposals: Sequence[Proposal], *, lock: str
) -> None:
    """Print how many quotations of each document are in which state, the proposals, and what became of the lock."""
    for document, counts in _count(linked).items():
        shown = ", ".join(f"{counts[state]} {STATES[state]}" for state in STATES if counts[state])
        console.print(f"{document}: {shown}", markup=False, soft_wrap=True)
    for one in proposals:
        console.print(
            f"\n{one.number}  {one.id}  ({one.place.path}:{one.place.line})", markup=False, soft_wrap=True
        )
        console.print(f"   {one.changes}", markup=False, soft_wrap=True)
    if proposals:
        console.print("\nAccept with: dossier quotes --accept N (or an id, or all). Nothing was changed.")
    for slug in change.kept:
        console.print(
            f"{slug}: no text at hand; its entry in evidence.lock stays", markup=False, soft_wrap=True
        )
    console.print(f"evidence.lock: {lock}", markup=False, soft_wrap=True)


def quotes_as_json(
    corpus: Corpus, linked: LinkedCorpus, change: LockChange, proposals: Sequence[Proposal]
) -> dict[str, Any]:
    """Return every quotation with its state, and the proposals, as plain values."""
    quoted = {(slug, one.id): one.quote for slug, entry in corpus.annotations.items() for one in entry.record}
    return {
        "quotations": [
            {"document": slug, "annotation": identity, "state": one.state, "quote": quoted[slug, identity]}
            for (slug, identity), one in linked.quotations.items()
        ],
        "in_prose": [
            {
                "text": owner or "dossier",
                "role": role,
                "document": one.document,
                "state": one.state,
                "quote": linked.texts[owner, role, key].leaves[one.leaf].text[one.span.start : one.span.end],
            }
            for (owner, role, key), quotations in linked.prose_quotations.items()
            for one in quotations
        ],
        "lock": {"added": change.added, "dropped": change.dropped, "kept": list(change.kept)},
        "proposals": [
            {
                "number": one.number,
                "id": one.id,
                "path": one.place.path,
                "line": one.place.line,
                "document": one.document,
                "quote": one.quote,
                "nearest": one.nearest,
                "changes": one.changes,
            }
            for one in proposals
        ],
    }


def _count(linked: LinkedCorpus) -> dict[str, Counter[str]]:
    """Return the states by document, those of annotations and of words in prose together."""
    counts: dict[str, Counter[str]] = {}
    for (slug, _), located in sorted(linked.quotations.items()):
        counts.setdefault(slug, Counter())[located.state] += 1
    for quotations in linked.prose_quotations.values():
        for one in quotations:
            counts.setdefault(one.document or "(in prose)", Counter())[one.state] += 1
    return counts
