"""Pages on disk until they are written: of a large dossier they would fill the memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.disk import replace_file
from generator.write.manifest import hash_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedFile:
    """A file that is to be written: its path below the folder, and the SHA-256 of its bytes.

    `is_new`: they stand in the staging folder; else the folder has them already.
    """

    path: str
    hash: str
    is_new: bool


def stage_file(path: str, content: bytes, *, folder: Path, staging: Path) -> StagedFile:
    """Lay a file aside, unless `folder` holds the same bytes at its path. Any process may do so."""
    target = folder / path
    try:
        is_new = (
            target.is_symlink() or target.stat().st_size != len(content) or target.read_bytes() != content
        )
    except OSError:
        is_new = True
    if is_new:
        # Nobody reads what an interrupted build laid aside: it needs no other name until it is whole.
        staging.mkdir(parents=True, exist_ok=True)
        _place_aside(staging, path).write_bytes(content)
    return StagedFile(path=path, hash=hash_bytes(content), is_new=is_new)


def _place_aside(staging: Path, path: str) -> Path:
    return staging / hash_bytes(path.encode("utf-8", "surrogatepass"))


class StagedFiles(Mapping[str, bytes]):
    """Files by path, read when they are asked for."""

    def __init__(self, files: Mapping[str, StagedFile], *, folder: Path, staging: Path) -> None:
        """`folder` is where they are to be written, `staging` where those are that it does not hold."""
        self._files = files
        self._folder = folder
        self._staging = staging

    def __getitem__(self, path: str) -> bytes:
        staged = self._files[path]
        if not staged.is_new:
            return (self._folder / path).read_bytes()
        return self._aside(path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def hash_of(self, path: str) -> str:
        """Return the SHA-256 of a file."""
        return self._files[path].hash

    def stands(self, path: str) -> bool:
        """Return whether the folder had the file as it is to be when it was laid aside."""
        return not self._files[path].is_new

    def move(self, path: str, target: Path) -> bool:
        """Move a file to its place; return False where it cannot be moved: it stands there, or on another disk."""
        if not self._files[path].is_new:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._aside(path).replace(target)
        except OSError:
            return False
        return True

    def _aside(self, path: str) -> Path:
        return _place_aside(self._staging, path)


class JoinedFiles(Mapping[str, bytes]):
    """Several sets of files as one; a path is read from the last that has it."""

    def __init__(self, *sets: Mapping[str, bytes]) -> None:
        self._sets = sets
        self._paths = {path: files for files in sets for path in files}

    def __getitem__(self, path: str) -> bytes:
        return self._paths[path][path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def files_of(self, path: str) -> Mapping[str, bytes]:
        """Return the set from which a path is read."""
        return self._paths[path]


def put_file(files: Mapping[str, bytes], path: str, target: Path) -> None:
    """Put one of these files in its place, in one step; one that was laid aside is gone from there."""
    if isinstance(files, JoinedFiles):
        put_file(files.files_of(path), path, target)
    elif isinstance(files, StagedFiles) and files.move(path, target):
        return
    else:
        replace_file(target, files[path])


def stands(files: Mapping[str, bytes], path: str) -> bool:
    """Return whether one of these files is known to stand in its place already."""
    if isinstance(files, JoinedFiles):
        return stands(files.files_of(path), path)
    return isinstance(files, StagedFiles) and files.stands(path)


def hash_of(files: Mapping[str, bytes], path: str) -> str:
    """Return the SHA-256 of one of these files, without reading it where it is known."""
    if isinstance(files, JoinedFiles):
        return hash_of(files.files_of(path), path)
    return files.hash_of(path) if isinstance(files, StagedFiles) else hash_bytes(files[path])
