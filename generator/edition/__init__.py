"""Stage between load and link: the corpus as one edition holds it. What is withheld is not there for later stages."""

from generator.edition.choose import choose_edition
from generator.edition.prune import prune_orphans
from generator.edition.select import select_edition
from generator.edition.withheld import find_withheld

__all__ = ["choose_edition", "find_withheld", "prune_orphans", "select_edition"]
