"""What each page of the last build was made from, on disk for the next build."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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


def write_record(file: Path, record: RenderedRecord) -> None:
    """Write the record in one step."""
    import numpy as np

    pages = record.pages.values()
    nothing = np.zeros(0, dtype=np.uint64)
    names = "\0".join((record.shared, *record.pages)).encode("utf-8", "surrogateescape")
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as unfinished, unfinished.open("wb") as stream:
        np.savez(
            stream,
            names=np.frombuffer(names, dtype=np.uint8),
            hashes=np.frombuffer("\0".join(page.hash for page in pages).encode(), dtype=np.uint8),
            needed=np.concatenate([nothing, *(page.read.needed for page in pages)]),
            absent=np.concatenate([nothing, *(page.read.absent for page in pages)]),
            needed_ends=np.cumsum([len(page.read.needed) for page in pages], dtype=np.int64),
            absent_ends=np.cumsum([len(page.read.absent) for page in pages], dtype=np.int64),
        )
