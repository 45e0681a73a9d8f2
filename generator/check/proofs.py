"""How many of the editors' sentences are proven, where the dossier demands a share."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.index import Index, JudgedSentence
from generator.model.linked import LinkedCorpus

SHOWN = 5


def count_proven(index: Index) -> tuple[int, int]:
    """Return how many sentences are proven, and how many there are that claim to be: all but the editors' own."""
    states = [one.state for sentences in index.sentences.values() for one in sentences if one.state != "own"]
    return states.count("proven"), len(states)


def check_proofs(
    corpus: Corpus, linked: LinkedCorpus, index: Index, demanded: int | None = None
) -> Iterator[Diagnostic]:
    """Yield an error where fewer sentences are proven than `demanded`, in percent; else than the dossier demands.

    Sentences that the editors mark as their own are not counted.
    """
    wanted = corpus.dossier.record.citations.proven if demanded is None else demanded
    proven, total = count_proven(index)
    if proven * 100 >= wanted * total:
        return
    open_ones = [
        (linked.texts[key].leaves[one.leaf].place, linked.texts[key].leaves[one.leaf].text, one)
        for key, sentences in index.sentences.items()
        for one in sentences
        if one.state not in ("proven", "own")
    ]
    shown = [f"{place.path}:{place.line} “{_words(text, one)}”" for place, text, one in open_ones[:SHOWN]]
    more = f" and {len(open_ones) - SHOWN} more" if len(open_ones) > SHOWN else ""
    yield error(
        min(place for place, _, _ in open_ones),
        "too-little-proven",
        f"{proven} of {total} sentences are proven; {wanted} % are demanded",
        why=f"not proven: {'; '.join(shown)}{more}",
        help="cite a passage whose words are verified, or mark a sentence as the editors' own by [@editors]",
    )


def _words(text: str, sentence: JudgedSentence, limit: int = 60) -> str:
    words = text[sentence.span.start : sentence.span.end]
    return words if len(words) <= limit else words[: limit - 1] + "…"
