"""A small dossier to start from."""

from __future__ import annotations

from pathlib import Path

STARTER_FOLDER = "starter"
RENAMED = {"gitignore": ".gitignore"}


def write_starter(folder: Path, templates: Path) -> tuple[str, ...]:
    """Write a starter dossier into a new or empty folder and return the paths of its files, sorted.

    Raises:
        FileExistsError: the folder holds files already.
        NotADirectoryError: it is a file.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(str(folder))
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(str(folder))
    starter = templates / STARTER_FOLDER
    written = []
    for source in sorted(path for path in starter.rglob("*") if path.is_file()):
        relative = source.relative_to(starter)
        target = folder / relative.with_name(RENAMED.get(relative.name, relative.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        written.append(target.relative_to(folder).as_posix())
    return tuple(sorted(written))
