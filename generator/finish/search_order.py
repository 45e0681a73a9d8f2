"""The facets and sort orders of a search index in a fixed order: Pagefind 1.5 writes them in another in each run.

A file of facets is named by its content, the file of the index names it, and the entry names that: all three are
written anew. They hold CBOR (RFC 8949) of lists, words and whole numbers alone.
"""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

# What each file begins with once it is unpacked.
SIGNATURE = b"pagefind_dcd"
# Of the SHA-256 in hexadecimal; the language and `_` stand before it.
FACET_HASH_LENGTH = 7
INDEX_HASH_LENGTH = 10
# Where the lists of facets and of sort orders stand in the file of the index.
FACETS, SORTS = 3, 4

Value = int | str | list["Value"]


def order_facets(folder: Path) -> None:
    """Write the facets and sort orders of the index in this folder in the order of their names and values.

    Raises:
        ValueError: a file is not as Pagefind 1.5 writes it.
    """
    entry = folder / "pagefind-entry.json"
    for index in sorted(folder.glob("pagefind.*.pf_meta")):
        meta = _read(index)
        if not isinstance(meta, list) or len(meta) <= SORTS:
            raise ValueError(f"{index.name} holds no facets")
        facets, sorts = meta[FACETS], meta[SORTS]
        if not isinstance(facets, list) or not isinstance(sorts, list):
            raise ValueError(f"{index.name} holds no lists of facets")
        meta[FACETS] = sorted((_order_facet(folder, facet) for facet in facets), key=str)
        meta[SORTS] = sorted(sorts, key=str)
        content = _pack(meta)
        language, _, former = index.name.removeprefix("pagefind.").removesuffix(".pf_meta").rpartition("_")
        name = f"{language}_{sha256(content).hexdigest()[:INDEX_HASH_LENGTH]}"
        index.unlink()
        (folder / f"pagefind.{name}.pf_meta").write_bytes(_compressed(content))
        written = entry.read_text(encoding="utf-8")
        entry.write_text(
            written.replace(f'"{language}_{former}"', f'"{name}"'), encoding="utf-8", newline="\n"
        )


def _order_facet(folder: Path, facet: Value) -> Value:
    """Return the name of a facet and that of its file, after writing the file in order."""
    if not isinstance(facet, list) or len(facet) != 2 or not isinstance(facet[1], str):
        raise ValueError("a facet is not a name and a file")
    path = folder / "filter" / f"{facet[1]}.pf_filter"
    name, values = _facet_of(_read(path), path.name)
    content = _pack([name, sorted(values, key=str)])
    file = f"{facet[1].rpartition('_')[0]}_{sha256(content).hexdigest()[:FACET_HASH_LENGTH]}"
    path.unlink()
    (folder / "filter" / f"{file}.pf_filter").write_bytes(_compressed(content))
    return [name, file]


def _facet_of(value: Value, file: str) -> tuple[str, list[Value]]:
    if isinstance(value, list):
        match value:
            case [str(name), list(values)]:
                return name, values
    raise ValueError(f"{file} holds no facet")


def _read(path: Path) -> Value:
    content = gzip.decompress(path.read_bytes())
    value, end = _unpack(content, len(SIGNATURE))
    if not content.startswith(SIGNATURE) or end != len(content):
        raise ValueError(f"{path.name} is not a file of Pagefind 1.5")
    return value


def _compressed(content: bytes) -> bytes:
    return gzip.compress(SIGNATURE + content, mtime=0)


def _unpack(content: bytes, start: int) -> tuple[Value, int]:
    """Return the value that begins at `start`, and where it ends (RFC 8949, 3)."""
    kind, short = content[start] >> 5, content[start] & 31
    size = {24: 1, 25: 2, 26: 4, 27: 8}.get(short, 0)
    if short > 27 or kind not in (0, 3, 4):
        raise ValueError(f"byte {content[start]} is neither a list nor words nor a number")
    at = start + 1 + size
    number = int.from_bytes(content[start + 1 : at]) if size else short
    if kind == 0:
        return number, at
    if kind == 3:
        return content[at : at + number].decode(), at + number
    values: list[Value] = []
    for _ in range(number):
        value, at = _unpack(content, at)
        values.append(value)
    return values, at


def _pack(value: Value) -> bytes:
    """Return a value as CBOR, its numbers in the fewest bytes."""
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    return _head(4, len(value)) + b"".join(_pack(one) for one in value)


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    code, size = next(
        (code, size) for code, size in ((24, 1), (25, 2), (26, 4), (27, 8)) if number < 256**size
    )
    return bytes([kind << 5 | code]) + number.to_bytes(size)
