"""The reader of ZIP archives: their members as further files, none of them written anywhere."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from lzma import LZMAError

from generator.diagnostics import Diagnostic, error, info
from generator.importing.readers.result import Member, ReadResult, damaged, empty_file, refuse
from generator.importing.readers.zip_limits import (
    ENCRYPTED_FLAG,
    METHODS,
    TooMuchError,
    archive_fault,
    member_fault,
    read_member,
)
from generator.model.places import Place

# C:letter.txt
DRIVE = re.compile(r"[A-Za-z]:")
# What systems put beside the files: not for anyone to read.
# __MACOSX/._letter.txt   .DS_Store   Thumbs.db
LITTER = re.compile(r"(?:^|/)(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$")
# Parts of pages that browsers saved, and pictures: no document of their own.
PAGE_PART = re.compile(
    r"\.(?:css|m?js|map|woff2?|ttf|otf|eot|ico|cur|svg|png|jpe?g|gif|webp|avif|bmp|tiff?|mp[34]|webm|ogg|wav)$"
    r"|(?:_files|_fichiers|_archivos|_arquivos|_bestanden|-Dateien|_dateien|_file|_pliki)/",
    re.IGNORECASE,
)
MAX_LISTED = 8
NESTED = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
# A Word file is a ZIP as well.
DOCX_MARK = b"[Content_Types].xml"
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def read_archive(name: str, content: bytes) -> ReadResult:
    """Return the members of a ZIP in the order of their names; one bad member never stops the rest.

    Names are those in the archive, with `/`. No member is unpacked to more than `zip_limits` allows.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(name, archive)
    except FAULTS as fault:
        return damaged(name, "ZIP", str(fault))


def _read(name: str, archive: zipfile.ZipFile) -> ReadResult:
    listed = archive.infolist()
    fault = archive_fault(listed)
    if fault:
        return refuse(
            name,
            "archive-bomb",
            f"the archive {fault}",
            why="unpacking it could fill the memory of the machine",
            help="unpack it yourself, and import the files that you need",
        )
    members: list[Member] = []
    found: list[Diagnostic] = []
    seen: set[str] = set()
    page_parts: list[str] = []
    for member in sorted(listed, key=lambda m: (m.filename, m.header_offset)):
        if member.is_dir() or LITTER.search(member.filename):
            continue
        refused = _refuse_name(name, member) or _refuse_kind(name, member, seen)
        seen.add(member.filename)
        if refused is None and PAGE_PART.search(member.filename):
            page_parts.append(member.filename)
            continue
        if refused is None:
            got = _unpack(name, archive, member)
            if isinstance(got, Member):
                members.append(got)
                continue
            refused = got
        found.append(refused)
    if page_parts:
        found.append(_page_parts(name, page_parts))
    if not members and not found:
        return empty_file(name, "the archive holds no file")
    return ReadResult(members=tuple(members), found=tuple(found))


def _page_parts(name: str, names: list[str]) -> Diagnostic:
    more = len(names) - MAX_LISTED
    listed = ", ".join(f"`{part[:80]}`" for part in names[:MAX_LISTED]) + (
        f" and {more} more" if more > 0 else ""
    )
    return info(
        Place(path=name),
        "members-left-out",
        f"pictures and parts of saved pages are left out: {listed}",
        why="they hold no text of a document",
        help="import one by itself if it does",
    )


def _refuse_name(name: str, member: zipfile.ZipInfo) -> Diagnostic | None:
    # zipfile cuts a name at its first NUL, and writes `/` for the system's own separator.
    raw = member.orig_filename.replace("\\", "/")
    parts = raw.split("/")
    leaves = raw.startswith("/") or ".." in parts or DRIVE.match(raw) or "\0" in raw
    if not leaves:
        return None
    return error(
        Place(path=name),
        "path-leaves-folder",
        f"the member `{_shown(member)}` leads out of the archive's folder",
        why="an archive that names places outside itself is made to overwrite files there",
        help="ask its sender; the other members are read",
    )


def _refuse_kind(name: str, member: zipfile.ZipInfo, seen: set[str]) -> Diagnostic | None:
    mode = member.external_attr >> 16
    if stat.S_ISLNK(mode):
        return _left_out(
            name,
            member,
            "link-in-archive",
            "is a symbolic link",
            why="it would stand for a file of the machine that imports it",
            help="pack the file itself",
        )
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return _left_out(
            name, member, "unsupported-format", "is no plain file", why="", help="pack plain files only"
        )
    if member.flag_bits & ENCRYPTED_FLAG:
        return _left_out(
            name,
            member,
            "encrypted-file",
            "is protected by a password",
            why="an import never asks for passwords, nor tries any",
            help="unpack it with the password, and import the file",
        )
    if member.filename in seen:
        return _left_out(
            name,
            member,
            "duplicate-member",
            "stands in the archive twice; the first is read",
            why="programs differ in which of them they show",
            help="unpack it yourself, and look at both",
        )
    if member.compress_type not in METHODS:
        return _left_out(
            name,
            member,
            "unsupported-format",
            f"is packed by a method unknown here ({member.compress_type})",
            why="",
            help="unpack it yourself, and import the file",
        )
    return None


def _unpack(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Member | Diagnostic:
    """Return the member's content, or why it is left out."""
    fault = member_fault(member)
    if not fault:
        try:
            content = read_member(archive, member)
        except TooMuchError:
            fault = "unpacks to more than it states"
        except FAULTS as broken:
            return _left_out(
                name,
                member,
                "damaged-file",
                f"is damaged: {' '.join(str(broken).split())[:200]}",
                why="what it held cannot be told from what was lost",
                help="ask for the archive again; the other members are read",
            )
    if fault:
        return _left_out(
            name,
            member,
            "archive-bomb",
            fault,
            why="unpacking it could fill the memory of the machine",
            help="unpack it yourself if you trust it",
        )
    if content.startswith(NESTED) and DOCX_MARK not in content:
        return _left_out(
            name,
            member,
            "nested-archive",
            "is an archive itself",
            why="archives in archives hide what they unpack to",
            help="unpack it, and import what it holds",
        )
    return Member(name=member.filename, content=content)


def _left_out(name: str, member: zipfile.ZipInfo, code: str, what: str, *, why: str, help: str) -> Diagnostic:
    make = info if code == "duplicate-member" else error
    return make(Place(path=name), code, f"the member `{_shown(member)}` {what}", why=why, help=help)


def _shown(member: zipfile.ZipInfo) -> str:
    return member.orig_filename[:120]
