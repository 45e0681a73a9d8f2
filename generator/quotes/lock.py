"""The evidence lock made anew from what is at hand; what is not at hand keeps its entry."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.disk import replace_file
from generator.link.verification import needs_lock
from generator.model.corpus import Corpus
from generator.model.evidence import EvidenceLock, LockedDocument, LockedQuotation
from generator.model.linked import LinkedCorpus, SearchedText
from generator.text.folding import NORMALISATION

LOCK_FILE = "evidence.lock"
HEAD = """\
# What `dossier quotes` found where the sources are present; written by it alone. A build without them accepts these
# quotations and no others: by the SHA-256 of the source and of the normalised words. Spans count the code points of
# the text searched, whose SHA-256 is `text`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockChange:
    """A new lock, and what it does: quotations added and dropped, and documents whose entry was kept unseen."""

    lock: EvidenceLock
    added: int
    dropped: int
    kept: tuple[str, ...]


def plan_lock(corpus: Corpus, linked: LinkedCorpus) -> LockChange:
    """Return the lock for a corpus: entries for the documents that builds elsewhere may lack, in slug order.

    Where a document's text is at hand the entry holds what was found in it, and nothing else; where it is not, the
    former entry stays as it is, if it was written under the same normalisation.
    """
    former = corpus.lock.record if corpus.lock is not None else None
    is_same = former is not None and former.normalisation == NORMALISATION
    documents: dict[str, LockedDocument] = {}
    kept = []
    for slug in corpus.documents:
        searched = linked.searched.get(slug)
        if not needs_lock(corpus, slug):
            continue
        if searched is not None and searched.sha256:
            documents[slug] = _lock_document(corpus, slug, searched)
        elif former is not None and is_same and slug in former.documents:
            documents[slug] = former.documents[slug]
            kept.append(slug)
    lock = EvidenceLock(normalisation=NORMALISATION, documents=documents)
    before, after = _words(former), _words(lock)
    return LockChange(lock=lock, added=len(after - before), dropped=len(before - after), kept=tuple(kept))


def format_lock(lock: EvidenceLock) -> str:
    """Return the file's text, the same for the same lock: one line for each quotation, in order of its place."""
    lines = [f"{HEAD}normalisation: {lock.normalisation}\n"]
    lines.append("documents:\n" if lock.documents else "documents: {}\n")
    for slug, document in sorted(lock.documents.items()):
        lines.append(f'  "{slug}":\n')
        if document.source is not None:
            lines.append(f"    source: {document.source}\n")
        lines.append(f"    text: {document.text}\n")
        lines.append("    quotations:\n" if document.quotations else "    quotations: []\n")
        for one in document.quotations:
            spans = ", ".join(f"[{start}, {end}]" for start, end in one.spans)
            lines.append(f"      - {{words: {one.words}, spans: [{spans}]}}\n")
    return "".join(lines)


def write_lock(change: LockChange, path: Path, *, is_complete: bool) -> str:
    """Write the lock in one step, if it says anything new, and return in words what became of it.

    Nothing is written unless all files of the corpus could be read.
    """
    if not is_complete:
        return "not written: files of the corpus could not be read"
    text = format_lock(change.lock)
    if path.exists() and path.read_bytes() == text.encode():
        return "nothing new"
    if not path.exists() and not change.lock.documents:
        return "not needed: every text is published"
    replace_file(path, text.encode())
    return f"written, {change.added} quotations added, {change.dropped} dropped"


def _lock_document(corpus: Corpus, slug: str, searched: SearchedText) -> LockedDocument:
    source = corpus.documents[slug].record.source
    quotations = [
        LockedQuotation(words=words, spans=tuple((span.start, span.end) for span in spans))
        for words, spans in searched.spans.items()
    ]
    return LockedDocument(
        source=source.sha256 if source is not None else None,
        text=searched.sha256,
        quotations=tuple(sorted(quotations, key=lambda one: (one.spans, one.words))),
    )


def _words(lock: EvidenceLock | None) -> set[tuple[str, str]]:
    documents = lock.documents if lock is not None else {}
    return {(slug, one.words) for slug, document in documents.items() for one in document.quotations}
