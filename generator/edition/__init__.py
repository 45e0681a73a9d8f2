"""Stage between load and link: the corpus as one edition holds it. What is withheld is not there for later stages."""

from generator.edition.choose import choose_edition
from generator.edition.prune import prune_orphans
from generator.edition.select import find_withheld_targets, select_edition, select_lock
from generator.edition.withheld import find_withheld

__all__ = [
    "choose_edition",
    "find_withheld",
    "find_withheld_targets",
    "prune_orphans",
    "select_edition",
    "select_lock",
]
