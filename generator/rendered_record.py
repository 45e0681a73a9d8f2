"""What each page of the last build was made from, on disk for the next build.

The record is a NumPy archive (`.npz`). Numbers of all pages stand one after the other, with the ends of those of each.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from array import array
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from generator.disk import replacing
from generator.render import ReadNumbers


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPage:
    """A page: the SHA-256 of its Markdown, and what was read for it."""

    hash: str
    read: ReadNumbers


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedRecord:
    """The pages of a build by the keys of their plans; the digest of what all share: templates, words, programs."""

    shared: str = ""
    pages: Mapping[str, RenderedPage] = field(default_factory=dict)


def read_record(file: Path) -> RenderedRecord:
    """Return the record; an empty one where it is missing or damaged."""
    import numpy as np

    try:
        with file.open("rb") as stream, np.load(stream) as arrays:
            held = {name: arrays[name] for name in arrays.files}
        shared, *keys = held["names"].tobytes().decode("utf-8", "surrogateescape").split("\0")
        hashes = held["hashes"].tobytes().decode().split("\0")
        needed = np.split(held["needed"], held["needed_ends"][:-1])
        absent = np.split(held["absent"], held["absent_ends"][:-1])
        pages = {
            key: RenderedPage(hash=digest, read=ReadNumbers(needed=needs, absent=lacks))
            for key, digest, needs, lacks in zip(keys, hashes, needed, absent, strict=True)
        }
        return RenderedRecord(shared=shared, pages=pages)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return RenderedRecord()


class RecordWriter:
    """Takes the pages of a build one by one and writes their record; what they read waits on disk, not in memory."""

    def __init__(self, file: Path) -> None:
        """`file` is the record's; the folder is made where it is missing."""
        self._file = file
        self._names: list[str] = []
        self._hashes: list[str] = []
        # By the name of an array: where the numbers of each page end.
        self._ends = {"needed": array("q"), "absent": array("q")}
        self._numbers: dict[str, IO[bytes]] = {}
        self._open = ExitStack()

    def __enter__(self) -> RecordWriter:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        for name in self._ends:
            stream = self._open.enter_context(tempfile.TemporaryFile(dir=self._file.parent))
            self._numbers[name] = stream
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def add(self, key: str, page: RenderedPage) -> None:
        """Take a page by the key of its plan."""
        self._names.append(key)
        self._hashes.append(page.hash)
        for name, numbers in (("needed", page.read.needed), ("absent", page.read.absent)):
            ends = self._ends[name]
            ends.append((ends[-1] if ends else 0) + len(numbers))
            self._numbers[name].write(numbers.tobytes())

    def write(self, shared: str) -> None:
        """Write the record in one step; `shared` is the digest of what all pages share."""
        import numpy as np

        names = "\0".join((shared, *self._names)).encode("utf-8", "surrogateescape")
        with replacing(self._file) as unfinished, zipfile.ZipFile(unfinished, "w") as archive:
            _put_array(archive, "names", np.frombuffer(names, dtype=np.uint8))
            _put_array(archive, "hashes", np.frombuffer("\0".join(self._hashes).encode(), dtype=np.uint8))
            for name, ends in self._ends.items():
                _put_array(archive, f"{name}_ends", np.array(ends, dtype=np.int64))
                _put_numbers(archive, name, self._numbers[name], ends[-1] if ends else 0)


def _put_array(archive: zipfile.ZipFile, name: str, values: Any) -> None:
    from numpy.lib import format as npy

    with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
        npy.write_array(entry, values)


def _put_numbers(archive: zipfile.ZipFile, name: str, stream: IO[bytes], count: int) -> None:
    """Write so many numbers from a file as an array that is never in memory."""
    import numpy as np
    from numpy.lib import format as npy

    head = {"descr": npy.dtype_to_descr(np.dtype(np.uint64)), "fortran_order": False, "shape": (count,)}
    stream.seek(0)
    with archive.open(f"{name}.npy", "w", force_zip64=True) as entry:
        npy.write_array_header_1_0(entry, head)
        shutil.copyfileobj(stream, entry)
