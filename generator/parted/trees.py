"""The files of a folder as values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

IGNORED = frozenset({"__pycache__"})


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by path, in path order."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not IGNORED & {*path.parts})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def write_tree(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
