"""What the search index is made of, kept from build to build: each thing by the hash of all that it was made from.

Nothing depends on what is kept. What is missing or damaged is made again.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.disk import keep_file, list_files, replace_file

# Of a folder that is kept: its files with their lengths and checksums, and what is to be known of it.
LIST = "kept.json"
HASH_LENGTH = 32


def key_of(*parts: object) -> str:
    """Return a hash of values: of their JSON, with keys in order."""
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:HASH_LENGTH]


class Kept:
    """A folder of things by key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, key: str) -> bool:
        """Return whether something is kept under a key, whole or not."""
        return (self._folder / key).exists()

    def read(self, key: str) -> bytes | None:
        """Return what is kept under a key."""
        try:
            return (self._folder / key).read_bytes()
        except OSError:
            return None

    def write(self, key: str, content: bytes) -> None:
        """Keep something. Whoever is stopped in the middle leaves nothing half written."""
        replace_file(self._folder / key, content)

    def folder_of(
        self, key: str, make: Callable[[Path], Mapping[str, Any]]
    ) -> tuple[Path, Mapping[str, Any]]:
        """Return the folder that is kept under a key and what was said of it, after making it where it is not whole."""
        folder = self._folder / key
        said = _said_of(folder)
        if said is None:
            shutil.rmtree(folder, ignore_errors=True)
            half = self._folder / f".{key}.{os.getpid()}"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir(parents=True)
            said = make(half)
            listed = json.dumps({"said": said, "files": _sums(half)}, sort_keys=True).encode()
            (half / LIST).write_bytes(with_checksum(listed))
            half.replace(folder)
        return folder, said

    def forget_others(self, keys: Iterable[str]) -> None:
        """Remove what is kept under other keys."""
        used = frozenset(keys)
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.name not in used:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def with_checksum(content: bytes) -> bytes:
    """Return content after a line with its checksum."""
    return b"%08x\n" % zlib.crc32(content) + content


def without_checksum(stored: bytes) -> bytes | None:
    """Return the content of what was written so, None where it is damaged."""
    checksum, _, content = stored.partition(b"\n")
    return content if checksum == b"%08x" % zlib.crc32(content) else None


def _said_of(folder: Path) -> Mapping[str, Any] | None:
    try:
        content = without_checksum((folder / LIST).read_bytes())
    except OSError:
        return None
    if content is None:
        return None
    listed = json.loads(content)
    said: Mapping[str, Any] = listed["said"]
    return said if listed["files"] == _sums(folder) else None


def _sums(folder: Path) -> dict[str, list[int]]:
    """Return the length and the checksum of each file by its path."""
    sums = {}
    for name in files_in(folder):
        # A part has thousands of files: strings take a fifth of the time of paths.
        with open(f"{folder}/{name}", "rb") as stream:  # noqa: PTH123
            content = stream.read()
        sums[name] = [len(content), zlib.crc32(content)]
    return sums


def files_in(folder: Path) -> list[str]:
    """Return the paths of all files in a folder but its list."""
    return [name for name in list_files(folder) if name != LIST]


def copy_folder(source: Path, target: Path) -> None:
    """Copy the files of a kept folder; they are the same on the disk where it can do that."""
    names = files_in(source)
    for below in {name.rpartition("/")[0] for name in names}:
        (target / below).mkdir(parents=True, exist_ok=True)
    for name in names:
        keep_file(f"{source}/{name}", f"{target}/{name}")
