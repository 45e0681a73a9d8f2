"""Files beside the pages that hold no page: settings and words for the scripts, and the build's id."""

from __future__ import annotations

from generator.render.page import Dossier
from generator.render.strings import script_json

SETTINGS_FILE = "dossier/settings.js"
BUILD_FILE = "dossier/build.css"
# Enough of the corpus's SHA-256 to tell two builds apart.
BUILD_ID_LENGTH = 12


def render_assets(dossier: Dossier) -> dict[str, bytes]:
    """Return the files by path: `window.dossier` for the scripts, and the build's id as a property of styles.

    The build's id stands in a file of its own, so that a change of one document does not change every page.
    """
    settings = {
        "language": dossier.strings.language,
        "strings": dict(dossier.strings.script),
        "settings": {},
    }
    build = dossier.corpus.digest[:BUILD_ID_LENGTH]
    return {
        SETTINGS_FILE: f"window.dossier={script_json(settings)};\n".encode(),
        BUILD_FILE: f':root {{ --dossier-build: "{build}"; }}\n'.encode(),
    }
