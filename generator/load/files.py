"""Corpus files from disk: what may be read, decoded to NFC text, all faults reported."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from generator.diagnostics import Diagnostic, error, warning
from generator.model.corpus_parts import PARTS
from generator.model.places import CorpusFile, Place
from generator.text.nearest import nearest
from generator.text.slugs import slug_fault, slug_key

MAX_TEXT_BYTES = 10 * 1024 * 1024
MEGABYTE = 1024 * 1024
LIKELY_PART = 80.0
IGNORED_SUFFIXES = ("~", ".bak", ".orig", ".swp", ".tmp")


@dataclass(slots=True)
class Reading:
    """What one reading of a corpus folder gathers: diagnostics, the hash over all that was read, and what was left out.

    `left_out` holds folder and slug of each file with faults; the bibliography is `("citations", "")`. `names` are the
    names that are read of each folder of records; None reads all that stand there.
    """

    root: Path
    shown: str
    found: list[Diagnostic] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    left_out: set[tuple[str, str]] = field(default_factory=set)
    names: Mapping[str, tuple[str, ...]] | None = None

    def shown_path(self, path: Path) -> str:
        """Return the path as messages print it: relative to where the reader stands, with `/`."""
        relative = path.relative_to(self.root).as_posix()
        return f"{self.shown}/{relative}" if self.shown else relative


def report_misplaced(reading: Reading) -> None:
    """Report what stands in the corpus folder under a name like that of a part of the corpus, and is not read."""
    for path in sorted(reading.root.iterdir(), key=lambda p: p.name):
        if path.name in PARTS or path.name.startswith("."):
            continue
        meant = nearest(path.name.casefold(), PARTS)
        if meant is not None and fuzz.ratio(path.name.casefold(), meant) >= LIKELY_PART:
            reading.found.append(
                warning(
                    Place(path=reading.shown_path(path)),
                    "stray-file",
                    f"`{path.name}` is not read: no part of a corpus has this name",
                    why="what it says would be missing from the dossier without a word",
                    help=f"did you mean `{meant}`?",
                )
            )


def list_records(reading: Reading, folder: str, suffix: str) -> dict[str, Path]:
    """Return the record files of a folder by slug, in slug order; odd files and slugs are reported."""
    by_slug: dict[str, Path] = {}
    by_key: dict[str, Path] = {}
    for path in _list_folder(reading, folder):
        if path.name.startswith(".") or path.name.endswith(IGNORED_SUFFIXES):
            continue
        place = Place(path=reading.shown_path(path))
        if path.is_dir() or path.suffix != suffix:
            reading.found.append(_stray_file(place, path, folder, suffix))
            continue
        slug = unicodedata.normalize("NFC", path.name[: -len(suffix)])
        fault = slug_fault(slug)
        if fault is not None:
            reading.found.append(_invalid_slug(place, slug, fault))
            continue
        twin = by_key.get(slug_key(slug))
        if twin is not None:
            reading.found.append(slug_collision(place, slug, reading.shown_path(twin)))
            reading.left_out.add((folder, slug))
            continue
        by_key[slug_key(slug)] = path
        by_slug[slug] = path
    return dict(sorted(by_slug.items()))


def _list_folder(reading: Reading, folder: str) -> list[Path]:
    directory = reading.root / folder
    if reading.names is not None:
        return [directory / name for name in sorted(reading.names.get(folder, ()))]
    return sorted(directory.iterdir(), key=lambda p: p.name) if directory.is_dir() else []


def _stray_file(place: Place, path: Path, folder: str, suffix: str) -> Diagnostic:
    cure = "move its files up" if path.is_dir() else f"rename it to end in {suffix}"
    return warning(
        place,
        "stray-file",
        f"`{path.name}` is not read: {folder}/ holds files named <slug>{suffix}",
        why="what it says would be missing from the dossier without a word",
        help=f"{cure}, or move it out of {folder}/",
    )


def _invalid_slug(place: Place, slug: str, fault: str) -> Diagnostic:
    return error(
        place,
        "invalid-slug",
        f"`{slug}` cannot be a slug: it {fault}",
        why="the slug becomes a file name and an address of the site",
        help="use letters, digits and `-`, beginning with a letter or digit",
    )


def slug_collision(place: Place, slug: str, other: str) -> Diagnostic:
    """Return the diagnostic for a slug that two records share."""
    return error(
        place,
        "duplicate-slug",
        f"the slug `{slug}` is also that of {other}",
        why="a link to it could mean either, and on some systems one page would overwrite the other",
        help="rename one of the two files; case and Unicode form do not tell slugs apart",
    )


def read_text(reading: Reading, path: Path, *, may_be_empty: bool = False) -> CorpusFile | None:
    """Return the file's text in NFC with `\\n` line ends, or None after reporting why it cannot be read."""
    shown = reading.shown_path(path)
    place = Place(path=shown)
    if _leaves(reading, path, place):
        return None
    try:
        size = path.stat().st_size
        if not path.is_file():
            # Reading a pipe would wait for ever.
            raise OSError("it is not a plain file")
        if size > MAX_TEXT_BYTES:
            reading.found.append(_too_large(place, size))
            return None
        raw = path.read_bytes()
    except OSError as fault:
        reading.found.append(
            error(
                place,
                "unreadable-file",
                f"cannot be read: {fault.strerror or fault}",
                help="check that it is a plain file and that you may read it",
            )
        )
        return None
    reading.digests[path.relative_to(reading.root).as_posix()] = hashlib.sha256(raw).hexdigest()
    text = _decode(reading, raw, place)
    if text is None:
        return None
    if not text.strip() and not may_be_empty:
        reading.found.append(
            error(
                place,
                "empty-file",
                "the file is empty",
                why="a record needs at least its required keys",
                help="fill it in, or delete it",
            )
        )
        return None
    return CorpusFile(path=shown, text=text)


def _decode(reading: Reading, raw: bytes, place: Place) -> str | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        # The fault counts from behind a byte order mark.
        before = _with_plain_line_ends(fault.object[: fault.start].decode())
        line = before.count("\n") + 1
        column = len(before.rpartition("\n")[2]) + 1
        reading.found.append(
            error(
                Place(path=place.path, line=line, column=column),
                "not-utf8",
                f"byte 0x{fault.object[fault.start]:02x} is not UTF-8",
                why="its letters would be guessed, and quotations would no longer match",
                help="save the file as UTF-8",
            )
        )
        return None
    text = unicodedata.normalize("NFC", _with_plain_line_ends(text))
    null = text.find("\0")
    if null >= 0:
        reading.found.append(
            error(
                Place(
                    path=place.path,
                    line=text.count("\n", 0, null) + 1,
                    column=null - text.rfind("\n", 0, null),
                ),
                "not-text",
                "the file holds a NUL character",
                why="it is not a text file, or was damaged",
                help="save it again as plain UTF-8 text",
            )
        )
        return None
    return text


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_source(raw: bytes) -> str | None:
    """Return the text of a source file in NFC with `\\n` line ends, or None where it is not UTF-8."""
    try:
        return unicodedata.normalize("NFC", _with_plain_line_ends(raw.decode("utf-8-sig")))
    except UnicodeDecodeError:
        return None


def _too_large(place: Place, size: int) -> Diagnostic:
    return error(
        place,
        "file-too-large",
        f"{size / MEGABYTE:.0f} MB; a text of the corpus may have {MAX_TEXT_BYTES // MEGABYTE} MB",
        why="such a page cannot be read by anyone, nor built in bounded time",
        help="split it into several documents, or keep it in sources/ only",
    )


def _leaves(reading: Reading, path: Path, place: Place) -> bool:
    """Report and return whether the path leads out of the corpus, by a symbolic link."""
    try:
        resolved = path.resolve()
        # A link that leads back to itself leads nowhere in the corpus: it stays a link, and before Python 3.13 raises a
        # RuntimeError.
        if resolved.is_relative_to(reading.root.resolve()) and not resolved.is_symlink():
            return False
    except (OSError, RuntimeError):
        pass
    reading.found.append(path_leaves_folder(place, path.name))
    return True


def path_leaves_folder(place: Place, name: str) -> Diagnostic:
    """Return the diagnostic for a name that leads out of the corpus folder."""
    return error(
        place,
        "path-leaves-folder",
        f"`{name}` leads out of the corpus folder",
        why="a corpus must not publish other files of the machine that builds it",
        help="copy the file into the corpus",
    )


def hash_chunks(path: Path) -> Iterator[bytes]:
    """Yield the file's bytes in pieces of one megabyte."""
    with path.open("rb") as stream:
        while chunk := stream.read(MEGABYTE):
            yield chunk
