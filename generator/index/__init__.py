"""Stage three: everything inverted, from who links to who is linked."""

from generator.index.co_mentions import count_namings, count_pairs, invert_counts, order_co_mentions
from generator.index.corpus import Inverted, index_corpus, invert_references, page_key, page_of
from generator.index.proofs import judge_sentences
from generator.index.references import (
    find_references,
    record_references,
    register_references,
    text_references,
)

__all__ = [
    "Inverted",
    "count_namings",
    "count_pairs",
    "find_references",
    "index_corpus",
    "invert_counts",
    "invert_references",
    "judge_sentences",
    "order_co_mentions",
    "page_key",
    "page_of",
    "record_references",
    "register_references",
    "text_references",
]
