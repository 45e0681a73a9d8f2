"""Files beside the pages that hold no page: settings and words for the scripts, and the build's id."""

from __future__ import annotations

from dataclasses import asdict

from generator.model.edition_names import PUBLIC
from generator.render.page import Dossier
from generator.render.strings import script_json
from generator.text.search_words import UNSPACED

SETTINGS_FILE = "dossier/settings.js"
BUILD_FILE = "dossier/build.css"
# Enough of the corpus's SHA-256 to tell two builds apart.
BUILD_ID_LENGTH = 12
# What narrow screens say before each cell of the table of repairs.
REPAIR_COLUMNS = ("line", "before", "after", "remark")
# Every page of an edition that is not the public one says so.
BANNER = """\
body::before {
  display: block; padding: 0.3em 1em; font-weight: 700; text-align: center;
  background: #7a1f1f; color: #fff; content: var(--dossier-edition);
}
@media print { body::before { background: none; color: #000; border: 1px solid; } }
"""


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
        **{f"repair-{name}": dossier.strings.plain(f"document_repair_{name}") for name in REPAIR_COLUMNS},
    }
    edition = dossier.corpus.edition.name
    banner = ""
    if edition not in ("", PUBLIC):
        properties["edition"] = dossier.strings.plain("edition_banner", name=edition)
        banner = BANNER
    declarations = "".join(f" --dossier-{name}: {css_string(words)};" for name, words in properties.items())
    return {
        SETTINGS_FILE: f"window.dossier={script_json(settings)};\n".encode(),
        BUILD_FILE: f":root {{{declarations} }}\n{banner}".encode(),
    }


def css_string(words: str) -> str:
    """Return words as a string of a style sheet (CSS Syntax Level 3, 4.3.5); nothing in them ends it."""
    escaped = "".join(c if c.isalnum() or c in " -_.,:()" else f"\\{ord(c):x} " for c in words)
    return f'"{escaped}"'
