"""The files of a corpus in a folder or a store: those of documents in parts, all others at hand."""

from __future__ import annotations

import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.engine.store import open_store
from generator.engine.tasks import Work
from generator.identity import digest_bytes
from generator.model.corpus_parts import PARTS
from generator.text.slugs import slug_key

# Folders with one file for each document.
OF_DOCUMENTS = ("documents", "texts", "annotations")
SOURCES = "sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusPlace:
    """Where a corpus stands: a folder, or an address of fsspec. `shown` is how messages name it."""

    address: str
    is_folder: bool
    shown: str


def plan_parts(place: CorpusPlace, documents_a_part: int) -> tuple[Work, ...]:
    """Return the names of the documents' files, by folder, in parts of so many documents.

    Names that differ in case or Unicode form alone, and all that belong to one document, are in one part. A part's
    identity follows from what the file system says of its files: name, size, and time or checksum.
    """
    stamps = _stamps(place)
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for folder, name in sorted(stamps):
        if folder in OF_DOCUMENTS:
            slug = unicodedata.normalize("NFC", name.rpartition(".")[0] or name)
            groups[slug_key(slug)].append((folder, name))
    sources = digest_bytes(*(f"{n} {s}".encode() for (f, n), s in sorted(stamps.items()) if f == SOURCES))
    keys = sorted(groups)
    works = []
    for start in range(0, len(keys), documents_a_part):
        files = [file for key in keys[start : start + documents_a_part] for file in groups[key]]
        names = {f: tuple(name for folder, name in files if folder == f) for f in OF_DOCUMENTS}
        told = [f"{folder}/{name} {stamps[folder, name]}" for folder, name in files]
        works.append(Work(identity=digest_bytes(sources.encode(), *(t.encode() for t in told)), value=names))
    return tuple(works)


@contextmanager
def files_at_hand(place: CorpusPlace, names: Mapping[str, tuple[str, ...]]) -> Iterator[Path]:
    """Give the folder of the corpus, or one for a while with copies of these files."""
    if place.is_folder:
        yield Path(place.address)
        return
    with tempfile.TemporaryDirectory(prefix="dossier-part-") as folder:
        for part, files in names.items():
            for name in files:
                _copy(place, f"{part}/{name}", Path(folder))
        yield Path(folder)


def fetch_sources(place: CorpusPlace, folder: Path, names: Iterable[str]) -> bool:
    """Copy those of these sources that a store holds into a folder; return whether there were any."""
    held = [] if place.is_folder else [n for n in names if open_store(place.address).has(f"{SOURCES}/{n}")]
    for name in held:
        _copy(place, f"{SOURCES}/{name}", folder)
    return bool(held)


@contextmanager
def rest_at_hand(place: CorpusPlace) -> Iterator[Path]:
    """Give the folder of the corpus, or one for a while with copies of all files but those of documents."""
    if place.is_folder:
        yield Path(place.address)
        return
    with tempfile.TemporaryDirectory(prefix="dossier-rest-") as folder:
        store = open_store(place.address)
        for name in sorted(store.names("")):
            if name.partition("/")[0] not in (*OF_DOCUMENTS, "imports"):
                _copy(place, name, Path(folder))
        yield Path(folder)


def _copy(place: CorpusPlace, name: str, folder: Path) -> None:
    target = folder / name
    if not open_store(place.address).has(name):
        # A folder where a file should be: what reads it says so.
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(open_store(place.address).read(name))


def _stamps(place: CorpusPlace) -> dict[tuple[str, str], str]:
    """Return what tells one state of a file from another, by folder and name."""
    stamps = {}
    if not place.is_folder:
        for name, stamp in open_store(place.address).stamps().items():
            folder, _, rest = name.partition("/")
            if folder in PARTS and rest and not rest.startswith("."):
                # A folder in a folder is one stray name.
                stamps[folder, rest.partition("/")[0]] = stamp
        return stamps
    for folder in (*OF_DOCUMENTS, SOURCES):
        path = Path(place.address, folder)
        for entry in path.iterdir() if path.is_dir() else ():
            stat = entry.lstat()
            stamps[folder, entry.name] = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"
    return stamps
