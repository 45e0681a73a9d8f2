"""Which edition a name means: a built-in one, or one of the dossier's table."""

from __future__ import annotations

from collections.abc import Mapping

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.edition import EVERYTHING, Edition
from generator.model.edition_names import INTERNAL, PUBLIC
from generator.model.records import EditionSettings
from generator.text.nearest import did_you_mean


def choose_edition(corpus: Corpus, name: str, day: str) -> tuple[Edition | None, tuple[Diagnostic, ...]]:
    """Return the edition of this name on this day, or None where the dossier knows none.

    The dossier's table may add editions, and word `public` and `internal` anew.
    """
    known = editions_of(corpus)
    if name in known:
        return Edition(name=name, settings=known[name], day=day), ()
    return None, (
        error(
            corpus.dossier.place("editions"),
            "unknown-edition",
            f"there is no edition `{name}`",
            why="what it may hold would be guessed",
            help=did_you_mean(name, known, f"write it under `editions:`, or build one of {', '.join(known)}"),
        ),
    )


def editions_of(corpus: Corpus) -> Mapping[str, EditionSettings]:
    """Return the settings of every edition by name, the built-in ones first."""
    return {PUBLIC: EditionSettings(), INTERNAL: EVERYTHING, **corpus.dossier.record.editions}
