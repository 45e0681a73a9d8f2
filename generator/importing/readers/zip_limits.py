"""What a ZIP may hold: the limits that keep its content from filling the memory, checked before and while unpacking."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

# A file unpacks to this much at most; a Word file with pictures has ten megabytes, an archive of letters a hundred.
MAX_TOTAL_BYTES = 300 * 1024 * 1024
MAX_MEMBER_BYTES = 200 * 1024 * 1024
# Text packs to a tenth, XML to a fortieth; Deflate packs noughts to a thousandth.
MAX_RATIO = 200
# Small members may pack better: they do no harm.
RATIO_FROM_BYTES = 1024 * 1024
MAX_MEMBERS = 5000
CHUNK_BYTES = 1024 * 1024
# The methods that Python unpacks without a further library.
METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
# Bits of a member's flags (APPNOTE.TXT, 4.4.4).
ENCRYPTED_FLAG = 0x1
# The least that stands before a member's content (APPNOTE.TXT, 4.3.7).
LOCAL_HEADER_BYTES = 30


class TooMuchError(Exception):
    """A member unpacks to more than it states, or may."""


def archive_fault(members: Sequence[zipfile.ZipInfo]) -> str:
    """Return why the archive as a whole is refused, as a sentence's end behind "the archive", or ""."""
    if len(members) > MAX_MEMBERS:
        return f"holds {len(members):,} members; {MAX_MEMBERS:,} are allowed"
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL_BYTES:
        return f"unpacks to {_mb(total)} MB; {_mb(MAX_TOTAL_BYTES)} MB are allowed"
    end = -1
    for member in sorted(members, key=lambda m: m.header_offset):
        if member.header_offset < end:
            return f"holds members that lie over each other, `{member.orig_filename[:80]}` and the one before"
        # Directories and links may be empty, the header never is.
        end = member.header_offset + LOCAL_HEADER_BYTES + member.compress_size
    return ""


def member_fault(member: zipfile.ZipInfo) -> str:
    """Return why one member is not unpacked, as a sentence's end behind its name, or ""."""
    if member.file_size > MAX_MEMBER_BYTES:
        return f"unpacks to {_mb(member.file_size)} MB; {_mb(MAX_MEMBER_BYTES)} MB are allowed"
    if member.file_size > RATIO_FROM_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        ratio = member.file_size // max(member.compress_size, 1)
        return f"unpacks to {ratio:,} times its size; {MAX_RATIO} times are allowed"
    return ""


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member's content.

    Raises:
        TooMuchError: it unpacks to more than it states.
    """
    pieces = []
    size = 0
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            size += len(chunk)
            if size > member.file_size:
                raise TooMuchError
            pieces.append(chunk)
    return b"".join(pieces)


def _mb(size: int) -> str:
    return f"{size / 1024 / 1024:,.0f}"
