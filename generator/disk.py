"""Files and folders: written in one step, listed, kept under a second name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

# What begins so is half written: whoever was writing it was stopped.
TEMPORARY_PREFIX = ".dossier-tmp-"
# What programs leave beside their files.
LEFT_BY_PROGRAMS = "__pycache__"


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, and its folders, so that its name shows either the old bytes or the new ones."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as unfinished:
        unfinished.write_bytes(content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a file to be written, which takes the place of `path` at the end, unless something is raised.

    Processes, and machines that share the folder, may do so at once.
    """
    unfinished = path.with_name(f"{TEMPORARY_PREFIX}{uuid4().hex}")
    try:
        yield unfinished
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def list_files(folder: Path) -> list[str]:
    """Return the files in a folder and below it by their POSIX paths in it, in order; none without the folder."""
    return sorted(_files_below(str(folder), "")) if folder.is_dir() else []


def _files_below(folder: str, prefix: str) -> Iterator[str]:
    # Entries of a folder know what they are: a tenth of the time of paths.
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != LEFT_BY_PROGRAMS:
                    yield from _files_below(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name


def keep_file(source: Path | str, target: Path | str) -> None:
    """Give a file a second name, or copy it with its time where a file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
