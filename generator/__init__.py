"""Dossier: a compiler from a corpus of documents to a cross-linked MkDocs site."""

__version__ = "0.1.0"
