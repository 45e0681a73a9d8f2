"""Sentences of the editors that cite nothing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, LinkedText, TextRole
from generator.model.places import Place
from generator.model.text import Block
from generator.text.sentences import find_sentences, sentence_before

ROLES: frozenset[TextRole] = frozenset({"digest", "profile", "overview", "relation"})


def check_citing(corpus: Corpus, linked: LinkedCorpus) -> Iterator[Diagnostic]:
    """Yield an error for each sentence of the editors' own prose without a citation, where the dossier asks."""
    if not corpus.dossier.record.citations.require:
        return
    for text in linked.texts.values():
        if text.role in ROLES:
            # A footnote is a proof itself; only the sentences of the text need one.
            for leaf in (leaf for block in text.parsed.blocks for leaf in block.leaves()):
                if leaf.kind == "paragraph":
                    yield from _check_leaf(leaf, text)


def _check_leaf(leaf: Block, text: LinkedText) -> Iterator[Diagnostic]:
    where = "a relation's note" if text.role == "relation" else "a digest, profile or overview"
    sentences = find_sentences(leaf.text, text.language)
    cited = {sentence_before(sentences, citation.offset) for citation in leaf.citations}
    for sentence in sentences:
        if sentence not in cited:
            words = leaf.text[sentence.start : sentence.end]
            yield error(
                Place(path=leaf.place.path, line=leaf.place.line, column=leaf.place.column),
                "uncited-sentence",
                f"no passage is cited for: “{words if len(words) <= 90 else words[:89] + '…'}”",
                why=f"this dossier requires that each sentence of {where} cites one",
                help="add [@document#annotation] after it, or set `citations: {require: false}` in dossier.md",
            )
