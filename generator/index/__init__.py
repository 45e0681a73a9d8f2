"""Stage three: everything inverted, from who links to who is linked."""

from generator.index.corpus import index_corpus

__all__ = ["index_corpus"]
