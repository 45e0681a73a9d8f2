"""Stage four: what the corpus claims but does not hold."""

from generator.check.corpus import check_corpus
from generator.check.proofs import check_proofs, count_proven

__all__ = ["check_corpus", "check_proofs", "count_proven"]
