"""The names of all actors and issues, for a search that finds nothing: it offers the nearest."""

from __future__ import annotations

from generator.model.records import Alias
from generator.render.page import Dossier
from generator.render.paths import path_of, relative_link
from generator.render.strings import script_json

NAMES_FILE = "dossier/names.js"


def render_names(dossier: Dossier) -> dict[str, bytes]:
    """Return the file of names: for each actor and issue its page below the site's root, its name, and its aliases.

    It grows with the register; only a search without a result loads it.
    """
    corpus = dossier.corpus
    names = []
    for slug, entry in [*corpus.actors.items(), *corpus.issues.items()]:
        aliases = [a.alias if isinstance(a, Alias) else a for a in entry.record.aliases]
        address = relative_link("index.md", path_of(corpus, slug))
        names.append([address, corpus.name_of(slug), *aliases])
    names.sort(key=lambda row: (row[1].casefold(), row[0]))
    return {NAMES_FILE: f"dossier.names={script_json(names)};\n".encode()}
