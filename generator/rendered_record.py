"""What each page of the last build was made from, on disk for the next build.

The record is a NumPy archive (`.npz`). Numbers of all pages stand one after the other, with the ends of those of each.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from array import array
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from generator.disk import replacing
from generator.render import ReadNumbers

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint64]

# The arrays of a page's numbers: those that must be there, and those of keys that must not.
NUMBERS = ("needed", "absent")
NUMBER_BYTES = 8
# What reading a damaged file can raise.
DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPage:
    """A page: the SHA-256 of its Markdown, and what was read for it."""

    hash: str
    read: ReadNumbers


class RenderedRecord:
    """The record of a build on disk, read page by page: the numbers of all pages are never in memory at once.

    `shared` is the digest of what all pages share: templates, words, programs. It is empty, and there are no pages,
    where the file is missing or damaged.
    """

    def __init__(self, file: Path) -> None:
        """`file` is the record's."""
        self.shared = ""
        self._hashes: list[str] = []
        self._open = ExitStack()
        self._places: dict[str, int] = {}
        self._ends: dict[str, Any] = {}
        self._numbers: dict[str, _NumberReader] = {}
        try:
            archive = self._open.enter_context(zipfile.ZipFile(file))
            self.shared, *keys = _read_lines(archive, "names")
            if keys:
                self._hashes = _read_lines(archive, "hashes")
                self._ends = {name: _read_array(archive, f"{name}_ends") for name in NUMBERS}
                self._numbers = {
                    name: self._open.enter_context(_NumberReader(archive, name)) for name in NUMBERS
                }
            if any(len(held) != len(keys) for held in (self._hashes, *self._ends.values())):
                raise ValueError
            self._places = {key: place for place, key in enumerate(keys)}
        except DAMAGED:
            self.shared = ""

    def __enter__(self) -> RenderedRecord:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def find(self, is_found: Callable[[ReadNumbers], bool]) -> Mapping[str, str]:
        """Return the hashes of the pages of which something is true, by the keys of their plans."""
        try:
            return {
                key: self._hashes[place]
                for key, place in self._places.items()
                if is_found(self._numbers_at(place))
            }
        except DAMAGED:
            return {}

    def page(self, key: str) -> RenderedPage:
        """Return a page by the key of its plan. Pages are best asked for in the order in which they were written."""
        place = self._places[key]
        return RenderedPage(hash=self._hashes[place], read=self._numbers_at(place))

    def _numbers_at(self, place: int) -> ReadNumbers:
        needed, absent = (
            self._numbers[name].between(int(ends[place - 1]) if place else 0, int(ends[place]))
            for name, ends in self._ends.items()
        )
        return ReadNumbers(needed=needed, absent=absent)


class _NumberReader:
    """Reads stretches of an array in a zip archive, best from its beginning to its end."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name

    def __enter__(self) -> _NumberReader:
        from numpy.lib import format as npy

        self._stream = self._archive.open(f"{self._name}.npy")
        npy.read_magic(self._stream)
        shape, _, kind = npy.read_array_header_1_0(self._stream)
        if kind.str != "<u8" or len(shape) != 1:
            raise ValueError
        self._first = self._stream.tell()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def between(self, start: int, end: int) -> Numbers:
        """Return the numbers from one place to another."""
        import numpy as np

        size = NUMBER_BYTES * (end - start)
        self._stream.seek(self._first + NUMBER_BYTES * start)
        read = self._stream.read(size)
        if len(read) != size:
            raise EOFError
        return np.frombuffer(read, dtype=np.uint64)


def _read_array(archive: zipfile.ZipFile, name: str) -> Any:
    from numpy.lib import format as npy

    with archive.open(f"{name}.npy") as entry:
        return npy.read_array(entry)


def _read_lines(archive: zipfile.ZipFile, name: str) -> list[str]:
    lines: str = _read_array(archive, name).tobytes().decode("utf-8", "surrogateescape")
    return lines.split("\0")


class RecordWriter:
    """Takes the pages of a build one by one and writes their record; what they read waits on disk, not in memory."""

    def __init__(self, file: Path) -> None:
        """`file` is the record's; the folder is made where it is missing."""
        self._file = file
        self._names: list[str] = []
        self._hashes: list[str] = []
        # By the name of an array: where the numbers of each page end.
        self._ends = {name: array("q") for name in NUMBERS}
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
