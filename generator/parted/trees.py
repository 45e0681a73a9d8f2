"""The files of a folder as values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.disk import list_files


def read_tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by path, in path order."""
    return {name: (folder / name).read_bytes() for name in list_files(folder)}


def write_tree(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
