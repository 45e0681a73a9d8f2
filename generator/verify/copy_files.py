"""The files of a copy of a site, in a folder or a zip: listed with care, read in pieces, never unpacked to disk."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from generator.diagnostics import Diagnostic, error
from generator.model.places import Place

# Beyond these a copy is no site of ours: a zip of a few kilobytes can stand for petabytes.
MAX_FILES = 200_000
MAX_FILE_BYTES = 2 * 1024**3
MAX_TOTAL_BYTES = 8 * 1024**3
GIGABYTE = 1024**3
PIECE_BYTES = 1024 * 1024
ENCRYPTED = 0x1
Opener = Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFile:
    """One file of a copy: how many bytes it says to have, and how to read it."""

    size: int
    open: Opener


def list_folder(folder: Path) -> tuple[Mapping[str, CopyFile], tuple[Diagnostic, ...]]:
    """Return the files below a folder by path; links and devices are reported and not followed."""
    files: dict[str, CopyFile] = {}
    found: list[Diagnostic] = []
    for parent, folders, names in os.walk(folder, onerror=_raise):
        here = Path(parent)
        for name in sorted([*folders, *names]):
            path = here / name
            shown = path.relative_to(folder).as_posix()
            state = path.lstat()
            if stat.S_ISDIR(state.st_mode):
                continue
            if not stat.S_ISREG(state.st_mode):
                found.append(_refuse(shown, "is a link or device, no plain file", "copy the file itself"))
                continue
            files[shown] = CopyFile(size=state.st_size, open=_file_opener(path))
    return files, tuple(found)


def list_zip(archive: zipfile.ZipFile) -> tuple[Mapping[str, CopyFile], tuple[Diagnostic, ...]]:
    """Return the members of a zip by path; none where any of them shows that the zip is not to be trusted."""
    files: dict[str, CopyFile] = {}
    found: list[Diagnostic] = []
    for member in archive.infolist():
        if member.is_dir():
            continue
        # `orig_filename` is what stands in the archive; on Windows `filename` has it with slashes turned.
        fault = path_fault(member.orig_filename) or _member_fault(member)
        if fault is None and member.filename in files:
            fault = "stands in the zip twice"
        if fault is not None:
            found.append(
                _refuse(member.orig_filename[:200], fault, "do not unpack this zip; get another copy")
            )
            continue
        files[member.filename] = CopyFile(size=member.file_size, open=_member_opener(archive, member))
    return ({} if found else files), tuple(found)


def check_bounds(files: Mapping[str, CopyFile]) -> tuple[Diagnostic, ...]:
    """Return an error for a copy with more files or bytes than any site has."""
    found = [
        _refuse(
            path, f"has {file.size / GIGABYTE:.1f} GB; a file of a site has 2 at most", "get another copy"
        )
        for path, file in files.items()
        if file.size > MAX_FILE_BYTES
    ]
    total = sum(file.size for file in files.values())
    if not found and total > MAX_TOTAL_BYTES:
        found.append(_refuse("", f"has {total / GIGABYTE:.1f} GB; a site has 8 at most", "get another copy"))
    if len(files) > MAX_FILES:
        found.append(
            _refuse("", f"has {len(files)} files; a site has {MAX_FILES} at most", "get another copy")
        )
    return tuple(found)


def path_fault(path: str) -> str | None:
    """Return why a path of a list or zip does not stay in its folder on every system, None where it does."""
    parts = path.split("/")
    if not path or path.startswith("/") or any(c in ":\\\0" or "\ud800" <= c <= "\udfff" for c in path):
        return "is no path inside the copy"
    return "leads out of the copy" if any(part in ("", ".", "..") for part in parts) else None


def hash_copy(file: CopyFile) -> str:
    """Return the SHA-256 of a file of a copy.

    Raises:
        CopyError: it cannot be read to its end, or holds more than it says.
    """
    total, size = hashlib.sha256(), 0
    for piece in read_pieces(file):
        total.update(piece)
        size += len(piece)
        if size > MAX_FILE_BYTES:
            raise CopyError("holds more than it says")
    return total.hexdigest()


def read_pieces(file: CopyFile) -> Iterator[bytes]:
    """Yield the bytes of a file of a copy, a megabyte at a time.

    Raises:
        CopyError: it cannot be read.
    """
    try:
        with file.open() as stream:
            while piece := stream.read(PIECE_BYTES):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as fault:
        raise CopyError(f"cannot be unpacked: {fault}") from fault
    except OSError as fault:
        raise CopyError(f"cannot be read: {fault.strerror or fault}") from fault


class CopyError(Exception):
    """A file of a copy cannot be read; the message is the end of a sentence that begins with its path."""


def _member_fault(member: zipfile.ZipInfo) -> str | None:
    if member.flag_bits & ENCRYPTED:
        return "is encrypted"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # LZMA may ask for gigabytes of memory before the first byte.
        return "is packed neither plainly nor by Deflate"
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "is a link or device, no plain file"
    return None


def _file_opener(path: Path) -> Opener:
    # A link put in its place since it was listed is not followed either.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return lambda: os.fdopen(os.open(path, flags), "rb")


def _member_opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Opener:
    return lambda: archive.open(member)


def _raise(fault: OSError) -> None:
    raise fault


def _refuse(path: str, what: str, cure: str) -> Diagnostic:
    return error(
        Place(path=path or "."),
        "unsafe-copy",
        f"`{path}` {what}" if path else f"the copy {what}",
        why="nothing of it was read: a check must not harm who runs it",
        help=cure,
    )
