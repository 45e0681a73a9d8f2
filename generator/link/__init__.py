"""Stage two: texts to passages, mentions, notes and located quotations."""

from generator.link.corpus import link_corpus

__all__ = ["link_corpus"]
