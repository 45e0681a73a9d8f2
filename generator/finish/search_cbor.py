"""The files of a Pagefind index, read and written: CBOR (RFC 8949) of lists, words and whole numbers, compressed."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

# What each file begins with once it is unpacked.
SIGNATURE = b"pagefind_dcd"
# Bytes of a number by the five low bits of its head; smaller ones are the number itself.
SIZES = {24: 1, 25: 2, 26: 4, 27: 8}

Value = int | str | list["Value"]


def read_file(path: Path) -> bytes:
    """Return what a file of an index holds, without its signature.

    Raises:
        ValueError: it is none.
    """
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as fault:
        raise ValueError(f"{path.name} cannot be unpacked") from fault
    if not content.startswith(SIGNATURE):
        raise ValueError(f"{path.name} is not a file of Pagefind 1.5")
    return content[len(SIGNATURE) :]


def packed_file(content: bytes) -> bytes:
    """Return a file of an index that holds this."""
    # Level 6 is a third of the work of 9 for 2 % more bytes. No name, no time.
    return gzip.compress(SIGNATURE + content, 6, mtime=0)


def unpack_all(content: bytes) -> Value:
    """Return the one value that these bytes are.

    Raises:
        ValueError: they are not one.
    """
    try:
        value, end = unpack(content, 0)
    except (IndexError, UnicodeDecodeError) as fault:
        raise ValueError("a value is cut off") from fault
    if end != len(content):
        raise ValueError("there is more than one value")
    return value


def unpack(content: bytes, start: int) -> tuple[Value, int]:
    """Return the value that begins at `start`, and where it ends (RFC 8949, 3)."""
    number, at = unpack_head(content, start)
    kind = content[start] >> 5
    if kind == 0:
        return number, at
    if kind == 1:
        return -1 - number, at
    if kind == 3:
        return content[at : at + number].decode(), at + number
    if kind != 4:
        raise ValueError(f"byte {content[start]} is neither a list nor words nor a number")
    values: list[Value] = []
    for _ in range(number):
        value, at = unpack(content, at)
        values.append(value)
    return values, at


def unpack_head(content: bytes, start: int) -> tuple[int, int]:
    """Return the number in the head that begins at `start`, and where the head ends."""
    short = content[start] & 31
    if short < 24:
        return short, start + 1
    if short not in SIZES:
        raise ValueError(f"byte {content[start]} is no head of a list, of words or of a number")
    at = start + 1 + SIZES[short]
    return int.from_bytes(content[start + 1 : at]), at


def pack(value: Value | Sequence[Value]) -> bytes:
    """Return a value as CBOR, its numbers in the fewest bytes."""
    if isinstance(value, int):
        return pack_head(0, value) if value >= 0 else pack_head(1, -1 - value)
    if isinstance(value, str):
        return pack_head(3, len(value.encode())) + value.encode()
    return pack_list([pack(one) for one in value])


def pack_list(packed: Sequence[bytes]) -> bytes:
    """Return the list of values that are packed already."""
    return pack_head(4, len(packed)) + b"".join(packed)


def pack_head(kind: int, number: int) -> bytes:
    """Return the head of a value: its kind, and its number, length or how many it holds."""
    if number < 24:
        return bytes([kind << 5 | number])
    code, size = next((code, size) for code, size in SIZES.items() if number < 256**size)
    return bytes([kind << 5 | code]) + number.to_bytes(size)
