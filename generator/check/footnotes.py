"""Footnotes without a definition, without a mark, or defined twice."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, LinkedText
from generator.model.places import Place


def check_footnotes(corpus: Corpus, linked: LinkedCorpus) -> Iterator[Diagnostic]:
    """Yield the findings on the footnotes of every text, and on what records say of them."""
    for (slug, role, _), text in linked.texts.items():
        yield from _check_text(text, _lost_marks(corpus, slug) if role == "transcription" else frozenset())
    for slug, document in corpus.documents.items():
        transcription = linked.text(slug, "transcription")
        if transcription is None:
            continue
        labels = {note.label for note in transcription.parsed.footnotes}
        for label in document.record.footnotes:
            if label not in labels:
                yield error(
                    document.place("footnotes", label),
                    "unknown-footnote",
                    f"the transcription has no footnote [^{label}]",
                    why="what the record says of it would be shown nowhere",
                    help=f"its footnotes are {_known(labels)}" if labels else "remove the entry",
                )


def _lost_marks(corpus: Corpus, slug: str) -> frozenset[str]:
    """Return the labels of the notes whose marks the source has lost, as the record says."""
    entry = corpus.documents.get(slug)
    details = entry.record.footnotes if entry is not None else {}
    return frozenset(label for label, detail in details.items() if detail.mark == "lost")


def _check_text(text: LinkedText, lost: frozenset[str]) -> Iterator[Diagnostic]:
    defined: dict[str, Place] = {}
    for note in text.parsed.footnotes:
        if note.label in defined:
            yield error(
                note.place,
                "duplicate-footnote",
                f"footnote [^{note.label}] is defined again",
                why=f"its first definition is in line {defined[note.label].line}; only one could be shown",
                help="give one of the two another label",
            )
        defined.setdefault(note.label, note.place)
    marked = set()
    for leaf in text.leaves:
        for mark in leaf.note_marks:
            marked.add(mark.label)
            if mark.label not in defined:
                yield error(
                    mark.place,
                    "undefined-footnote",
                    f"footnote [^{mark.label}] has no definition",
                    why="its card and its line in the notes would be empty",
                    help=f"add a line `[^{mark.label}]: …`" + _or_cite(set(defined)),
                )
    for label, place in defined.items():
        if label not in marked and label not in lost:
            yield error(
                place,
                "unused-footnote",
                f"footnote [^{label}] has no mark in the text",
                why="readers could not tell which sentence it supports",
                help=f"put [^{label}] where the note belongs, remove the definition, or say `mark: lost` in the record",
            )


def _or_cite(labels: set[str]) -> str:
    known = _known(labels)
    return f", or use one that is defined: {known}" if known else ""


def _known(labels: set[str]) -> str:
    return ", ".join(f"[^{label}]" for label in sorted(labels)[:12])
