"""Stage four: what the corpus claims but does not hold."""

from generator.check.corpus import check_corpus

__all__ = ["check_corpus"]
