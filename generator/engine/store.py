"""The work store: bytes by name, in a folder or wherever fsspec reaches; a name once written is never changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from generator.disk import list_files, replace_file
from generator.engine.faults import bad_store, cluster_missing


class WorkStore:
    """A folder of a file system. Pickled, it is its address; each process opens it once."""

    def __init__(self, url: str) -> None:
        """`url` is a path, or an address such as `s3://bucket/work`; what stands before the address is fsspec's."""
        self.url = url
        self._folder: Path | None = None
        self._files: Any = None
        self._root = url
        path = url.removeprefix("file://")
        if "://" not in path and "::" not in path:
            # Not left to fsspec: a file is to be there as a whole or not at all.
            self._folder = Path(path).absolute()
            self.url = str(self._folder)
        else:
            self._files, self._root = _open_files(url)

    def __reduce__(self) -> tuple[object, ...]:
        return open_store, (self.url,)

    def has(self, name: str) -> bool:
        """Return whether a name was written; never from a cache."""
        if self._folder is not None:
            return (self._folder / name).is_file()
        self._files.invalidate_cache()
        return bool(self._files.isfile(self._path(name)))

    def read(self, name: str, start: int = 0, end: int | None = None) -> bytes:
        """Return the bytes of a name, or those from `start` to `end`.

        Raises:
            FileNotFoundError: nothing was written under this name.
        """
        source = (
            (self._folder / name).open("rb")
            if self._folder is not None
            else self._files.open(self._path(name), "rb")
        )
        with source:
            source.seek(start)
            return bytes(source.read() if end is None else source.read(end - start))

    def write(self, name: str, content: bytes) -> None:
        """Write a name in one step: readers see all of it or nothing."""
        if self._folder is None:
            try:
                self._files.pipe_file(self._path(name), content)
            except FileNotFoundError:
                # Object stores have no folders; servers do.
                self._files.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
                self._files.pipe_file(self._path(name), content)
            return
        replace_file(self._folder / name, content)

    def names(self, folder: str) -> frozenset[str]:
        """Return the names below a folder."""
        if self._folder is not None:
            below = f"{folder}/" if folder else ""
            return frozenset(f"{below}{name}" for name in list_files(self._folder / folder))
        self._files.invalidate_cache()
        found = self._files.find(self._path(folder).rstrip("/"))
        root = PurePosixPath(self._root)
        return frozenset(PurePosixPath(path).relative_to(root).as_posix() for path in found)

    def stamps(self) -> dict[str, str]:
        """Return what tells one state of each file from another: its size, and its time or checksum; not of a folder.

        What a file system says of a file is compared as a whole: an object store's ETag, a server's time.
        """
        if self._folder is not None:
            stats = {name: (self._folder / name).stat() for name in self.names("")}
            return {name: f"{stat.st_size} {stat.st_mtime_ns}" for name, stat in stats.items()}
        self._files.invalidate_cache()
        root = PurePosixPath(self._root)
        found = self._files.find(self._root, detail=True)
        return {
            PurePosixPath(path).relative_to(root).as_posix(): repr(sorted(map(repr, told.items())))
            for path, told in found.items()
        }

    def remove(self, names: Iterable[str]) -> None:
        """Remove names."""
        for name in sorted(names):
            if self._folder is not None:
                (self._folder / name).unlink(missing_ok=True)
            else:
                self._files.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


@lru_cache(maxsize=8)
def open_store(url: str) -> WorkStore:
    """Return the store at an address.

    Raises:
        EngineFault: it is none that fsspec knows, or fsspec is missing.
    """
    return WorkStore(url)


def is_address(path: str) -> bool:
    """Return whether a path is an address of fsspec, such as `s3://bucket/papers`, rather than a folder."""
    return "://" in path


def _open_files(url: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as fault:
        raise cluster_missing("fsspec") from fault
    try:
        files, root = fsspec.url_to_fs(url)
    except (ImportError, ValueError, OSError) as fault:
        raise bad_store(url, fault) from fault
    return files, root
