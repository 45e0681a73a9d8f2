"""Stage one: files to records, all faults at once, with line and column."""

from generator.load.corpus import LoadedDocuments, join_corpus, load_corpus, load_documents, missing_corpus
from generator.load.files import PARTS

__all__ = [
    "PARTS",
    "LoadedDocuments",
    "join_corpus",
    "load_corpus",
    "load_documents",
    "missing_corpus",
]
