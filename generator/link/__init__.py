"""Stage two: texts to passages, mentions, notes and located quotations."""

from generator.link.corpus import LinkContext, LinkedTexts, join_linked, link_corpus, link_texts, make_context
from generator.link.names import declared_names
from generator.link.texts import RawText, TextReader
from generator.link.verification import VerifiedTexts, verify_texts

__all__ = [
    "LinkContext",
    "LinkedTexts",
    "RawText",
    "TextReader",
    "VerifiedTexts",
    "declared_names",
    "join_linked",
    "link_corpus",
    "link_texts",
    "make_context",
    "verify_texts",
]
