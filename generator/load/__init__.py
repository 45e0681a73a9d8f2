"""Stage one: files to records, all faults at once, with line and column."""

from generator.load.corpus import LoadedDocuments, join_corpus, load_corpus, load_documents, missing_corpus

__all__ = [
    "LoadedDocuments",
    "join_corpus",
    "load_corpus",
    "load_documents",
    "missing_corpus",
]
