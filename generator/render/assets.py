"""Files beside the pages that hold no page: settings and words for the scripts, and the build's id."""

from __future__ import annotations

from dataclasses import asdict

from generator.render.page import Dossier
from generator.render.strings import script_json
from generator.text.search_words import UNSPACED

SETTINGS_FILE = "dossier/settings.js"
BUILD_FILE = "dossier/build.css"
# Enough of the corpus's SHA-256 to tell two builds apart.
BUILD_ID_LENGTH = 12


def render_assets(dossier: Dossier) -> dict[str, bytes]:
    """Return the files by path: `window.dossier` for the scripts, and what printed pages say as properties of styles.

    The build's id stands in a file of its own, so that a change of one document does not change every page.
    """
    settings = {
        "language": dossier.strings.language,
        "strings": dict(dossier.strings.script),
        "settings": {
            "cards": asdict(dossier.corpus.dossier.record.cards),
            "search": {"unspaced": UNSPACED},
        },
    }
    build = dossier.corpus.digest[:BUILD_ID_LENGTH]
    properties = {
        "build": build,
        "build-words": dossier.strings.plain("print_build", id=build),
        "title": dossier.corpus.dossier.record.title,
    }
    declarations = "".join(f" --dossier-{name}: {css_string(words)};" for name, words in properties.items())
    return {
        SETTINGS_FILE: f"window.dossier={script_json(settings)};\n".encode(),
        BUILD_FILE: f":root {{{declarations} }}\n".encode(),
    }


def css_string(words: str) -> str:
    """Return words as a string of a style sheet (CSS Syntax Level 3, 4.3.5); nothing in them ends it."""
    escaped = "".join(c if c.isalnum() or c in " -_.,:()" else f"\\{ord(c):x} " for c in words)
    return f'"{escaped}"'
