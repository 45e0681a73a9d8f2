"""The words in a file of a built site, however they are packed: tags, escapes, compression, archives, metadata."""

from __future__ import annotations

import base64
import binascii
import gzip
import hashlib
import html
import io
import re
import struct
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator

# Elements within a line: between two of them a word may go on.
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^<>]*>")
# \u00e9 in JSON and scripts
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
# y.html#:~:text=half%20of%20it
PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
BETWEEN_ADDRESSES = re.compile(r"[\s\"'<>]+")
# The files of the search index stand in scripts as base64.
BASE64 = re.compile(r"[A-Za-z0-9+/]{64,}={0,2}")
PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
PNG = b"\x89PNG\r\n\x1a\n"
GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
MAX_DEPTH = 4
MAX_UNPACKED = 1024**3


def read_words(
    content: bytes, name: str, seen: set[bytes] | None = None, depth: int = 0
) -> Iterator[tuple[str, str]]:
    """Yield the texts in a file, each with the name of the file, or of what is packed in it.

    A text may be yielded in several readings: with its escapes resolved, with tags and without. At most MAX_DEPTH
    layers are opened. `seen` holds the hashes of what was unpacked before: the same content is not read again.

    Raises:
        ValueError: a layer is damaged, encrypted, or grows beyond MAX_UNPACKED.
    """
    if depth > MAX_DEPTH:
        raise ValueError(f"more than {MAX_DEPTH} layers are packed into each other")
    seen = set() if seen is None else seen
    digest = hashlib.sha256(content).digest()
    if digest in seen:
        return
    seen.add(digest)
    if content.startswith(GZIP):
        yield from read_words(_unpack(content), name, seen, depth + 1)
    elif content.startswith(ZIP):
        yield from _read_zip(content, name, seen, depth)
    elif content.startswith(PNG):
        yield from ((name, text) for text in _read_png(content))
    else:
        text = _decode(content)
        if text is None:
            yield from ((name, words) for words in _read_binary(content))
        else:
            yield from _read_text(text, name, seen, depth)


def _read_text(text: str, name: str, seen: set[bytes], depth: int) -> Iterator[tuple[str, str]]:
    readings = [html.unescape(text) if "&" in text else text]
    if ESCAPE.search(text):
        readings.append(html.unescape(ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)))
    for reading in readings:
        # As it is: attributes, comments, and what scripts in the page hold.
        yield name, reading
        if "<" in reading:
            yield name, html.unescape(TAG.sub(" ", INLINE_TAG.sub("", reading)))
    if PERCENT.search(text):
        addresses = (part for part in BETWEEN_ADDRESSES.split(text) if "%" in part)
        yield name, urllib.parse.unquote("\n".join(addresses).replace("+", " "))
    for match in BASE64.finditer(text) if depth < MAX_DEPTH else ():
        packed = _from_base64(match[0])
        if packed:
            yield from _read_packed(packed, name, seen, depth)


def _read_packed(packed: bytes, name: str, seen: set[bytes], depth: int) -> Iterator[tuple[str, str]]:
    """Yield what stands in base64; most that looks like it is a hash or a name, and no finding if it cannot be read."""
    if packed.startswith((GZIP, ZIP, PNG)):
        yield from read_words(packed, name, seen, depth + 1)
        return
    text = _decode(packed)
    if text is not None:
        yield from _read_text(text, name, seen, depth + 1)
    else:
        yield from ((name, words) for words in _read_binary(packed))


def _read_zip(content: bytes, name: str, seen: set[bytes], depth: int) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise ValueError("it unpacks to more than a gigabyte")
            yield name, archive.comment.decode("utf-8", "replace")
            for member in archive.infolist():
                inner = f"{name}!{member.filename}"
                yield inner, member.filename
                yield inner, member.comment.decode("utf-8", "replace")
                yield from read_words(archive.read(member), inner, seen, depth + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error) as fault:
        raise ValueError(f"the archive cannot be read: {fault}") from fault


def _unpack(content: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            unpacked = stream.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as fault:
        raise ValueError(f"it cannot be unpacked: {fault}") from fault
    if len(unpacked) > MAX_UNPACKED:
        raise ValueError("it unpacks to more than a gigabyte")
    return unpacked


def _read_png(content: bytes) -> Iterator[str]:
    """Yield the words in a PNG's chunks; those of zTXt and iTXt may be compressed (PNG, 11.3.3)."""
    position = len(PNG)
    while position + 8 <= len(content):
        (size,) = struct.unpack(">I", content[position : position + 4])
        kind = content[position + 4 : position + 8]
        chunk = content[position + 8 : position + 8 + size]
        if kind != b"IDAT":
            yield from _read_binary(chunk)
            yield from _inflated(chunk)
        position += size + 12
    yield from _read_binary(content[position:])


def _inflated(chunk: bytes) -> Iterator[str]:
    """Yield the words of a compressed stretch that begins behind a NUL or two."""
    for start in [match.end() for match in re.finditer(rb"\x00", chunk)][:8]:
        try:
            unpacked = zlib.decompressobj().decompress(chunk[start:], MAX_UNPACKED)
        except zlib.error:
            continue
        if unpacked:
            yield from _read_binary(unpacked)


def _read_binary(content: bytes) -> Iterator[str]:
    """Yield the words of a file that is no text: as UTF-8, and where it has many NULs, as UTF-16 of both kinds."""
    yield content.decode("utf-8", "ignore")
    if content.count(0) * 5 > len(content):
        for skipped in (0, 1):
            yield content[skipped:].decode("utf-16-le", "ignore")
            yield content[skipped:].decode("utf-16-be", "ignore")
    if b"endstream" in content:
        for match in PDF_STREAM.finditer(content):
            try:
                yield zlib.decompressobj().decompress(match[1], MAX_UNPACKED).decode("utf-8", "ignore")
            except zlib.error:
                continue


def _decode(content: bytes) -> str | None:
    """Return the content as text, or None where it is none."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content[:4096]:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _from_base64(letters: str) -> bytes:
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
