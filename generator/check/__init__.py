"""Stage four: what the corpus claims but does not hold."""

from generator.check.corpus import check_corpus
from generator.check.proofs import check_proofs, count_proven
from generator.check.published_state import publish_state

__all__ = ["check_corpus", "check_proofs", "count_proven", "publish_state"]
