"""The files of the search index once more as scripts: pages opened from disk may load scripts and nothing else."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

SCRIPTS_FOLDER = "scripts"


def write_search_scripts(folder: Path) -> None:
    """Write, for each file of an index in this folder, a script that hands its bytes to search-files.js.

    `scripts/index/en_x.pf_index.js` stands for `index/en_x.pf_index`. A page loads the one it needs.
    """
    scripts = folder / SCRIPTS_FOLDER
    for path in sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.is_relative_to(scripts)
    ):
        name = path.relative_to(folder).as_posix()
        script = scripts / f"{name}.js"
        script.parent.mkdir(parents=True, exist_ok=True)
        content = b64encode(path.read_bytes()).decode()
        script.write_text(f'dossier.storeSearchFile("{name}","{content}");\n', encoding="ascii", newline="\n")
