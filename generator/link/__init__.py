"""Stage two: texts to passages, mentions, notes and located quotations."""

from generator.link.corpus import LinkedTexts, join_linked, link_corpus, link_texts
from generator.link.names import build_gazetteer, declared_names
from generator.link.texts import TextReader, UnlinkedText
from generator.link.verification import VerifiedTexts, verify_texts

__all__ = [
    "LinkedTexts",
    "TextReader",
    "UnlinkedText",
    "VerifiedTexts",
    "build_gazetteer",
    "declared_names",
    "join_linked",
    "link_corpus",
    "link_texts",
    "verify_texts",
]
