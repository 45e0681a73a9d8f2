"""The names of all actors and issues, for a search that finds nothing: it offers the nearest."""

from __future__ import annotations

from generator.model.records import Alias
from generator.render.page import Dossier
from generator.render.paths import page_key
from generator.render.strings import script_json

NAMES_FILE = "dossier/names.js"


def render_names(dossier: Dossier) -> dict[str, bytes]:
    """Return the file of names: for each actor and issue the key of its page, its name, and its aliases.

    It grows with the register; only a search without a result loads it.
    """
    corpus = dossier.corpus
    aliases: dict[str, tuple[str | Alias, ...]] = {
        **{slug: entry.record.aliases for slug, entry in corpus.actors.items()},
        **{slug: entry.record.aliases for slug, entry in corpus.issues.items()},
    }
    names = [
        [
            page_key(corpus, slug),
            corpus.name_of(slug),
            *(spelling.alias if isinstance(spelling, Alias) else spelling for spelling in spellings),
        ]
        for slug, spellings in aliases.items()
    ]
    names.sort(key=lambda row: (row[1].casefold(), row[0]))
    return {NAMES_FILE: f"dossier.names={script_json(names)};\n".encode()}
