"""The files of the search index once more as scripts: pages opened from disk may load scripts and nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

SCRIPTS_FOLDER = "scripts"


def write_search_scripts(folder: Path, names: Iterable[str]) -> None:
    """Write, for files of an index in this folder, scripts that hand their bytes to search-query.js.

    `scripts/index/en_x.pf_index.js` stands for `index/en_x.pf_index`. A page loads the one it needs.
    """
    for name in names:
        script = folder / SCRIPTS_FOLDER / f"{name}.js"
        script.parent.mkdir(parents=True, exist_ok=True)
        content = b64encode((folder / name).read_bytes()).decode()
        script.write_text(f'dossier.storeSearchFile("{name}","{content}");\n', encoding="ascii", newline="\n")
