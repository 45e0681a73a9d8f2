"""A copy of a site against its manifest: what is missing, changed, or was added."""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, error, sort_diagnostics
from generator.model.manifest import MANIFEST, SIGNATURES
from generator.model.places import Place
from generator.text.nearest import nearest
from generator.verify.copy_files import (
    CopyError,
    CopyFile,
    check_bounds,
    hash_copy,
    list_folder,
    list_zip,
    read_pieces,
)
from generator.verify.copy_manifest import ABOVE, MAX_MANIFEST_BYTES, CopyManifest, parse_manifest

# Where a pack keeps the site, below its start page.
SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
PACK_FOLDER = "files/"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCopy:
    """What the manifest of a copy says, and its own SHA-256, which its publisher may have made known.

    `files` is how many files were compared.
    """

    edition: str
    commit: str | None
    files: int
    manifest_sha256: str


def verify_copy(path: Path, *, expected: str = "") -> tuple[CheckedCopy | None, tuple[Diagnostic, ...]]:
    """Return what a folder or zip is a copy of, and every file that is not as its manifest says.

    None where there is no manifest, or the copy is not to be trusted. `expected` is the SHA-256 that the manifest must
    have, as its publisher says. Writes nothing and keeps no more than a megabyte of a file.
    """
    if path.is_dir():
        return _verify(*list_folder(path), expected)
    if not path.is_file():
        # Reading a pipe would wait for ever.
        return None, (_no_manifest(path.name, "is neither a folder nor a plain file"),)
    with path.open("rb") as stream:
        if stream.read(2) != b"PK":
            # A zip may stand behind a program; whoever gets it may run the one and check the other.
            return None, (_no_manifest(path.name, "does not begin as a zip does"),)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as fault:
        return None, (_no_manifest(path.name, f"is no zip that can be read: {fault}"),)
    with archive:
        return _verify(*list_zip(archive), expected)


def _verify(
    files: Mapping[str, CopyFile], refused: tuple[Diagnostic, ...], expected: str
) -> tuple[CheckedCopy | None, tuple[Diagnostic, ...]]:
    files = {name: file for name, file in files.items() if not _is_of_system(name)}
    refused = (*refused, *check_bounds(files))
    if refused:
        return None, sort_diagnostics(refused)
    top, folder = _find_manifest(files)
    if folder is None:
        return None, (_no_manifest(MANIFEST, "is not in this copy"),)
    name = f"{folder}{MANIFEST}"
    try:
        content = _read_manifest(files[name])
        manifest = parse_manifest(content)
        listed = _place_outputs(manifest, top, folder)
    except (CopyError, ValueError) as fault:
        return None, (_no_manifest(name, str(fault)),)
    sha256 = hashlib.sha256(content).hexdigest()
    found = list(_compare(files, listed, {name, *(f"{folder}{one}" for one in SIGNATURES)}))
    if expected and expected.strip().lower() != sha256:
        found.append(_other_manifest(name, sha256, expected))
    checked = CheckedCopy(
        edition=manifest.edition, commit=manifest.commit, files=len(listed), manifest_sha256=sha256
    )
    return checked, sort_diagnostics(found)


def _is_of_system(name: str) -> bool:
    """Return whether a system put the file there by itself, beside what it shows or packs."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in SYSTEM_FILES


def _find_manifest(files: Mapping[str, CopyFile]) -> tuple[str, str | None]:
    """Return the top folder of the copy and that of its manifest, each "" or ending in a slash; None for no manifest.

    A zip, or a folder that one was unpacked into, may hold the whole copy in one folder.
    """
    firsts = {name.partition("/")[0] for name in files if "/" in name}
    has_one_folder = len(firsts) == 1 and all("/" in name for name in files)
    for top in ("", *(f"{first}/" for first in firsts if has_one_folder)):
        for folder in (top, f"{top}{PACK_FOLDER}"):
            if f"{folder}{MANIFEST}" in files:
                return top, folder
    return "", None


def _place_outputs(manifest: CopyManifest, top: str, folder: str) -> dict[str, str]:
    """Return the listed hashes by path in the copy.

    Raises:
        ValueError: files of the list stand above the folder that was given.
    """
    if folder == top and any(path.startswith(ABOVE) for path in manifest.outputs):
        raise ValueError("lists files above its folder: name the folder that holds this one")
    return {posixpath.normpath(f"{folder}{path}"): sha256 for path, sha256 in manifest.outputs.items()}


def _read_manifest(file: CopyFile) -> bytes:
    if file.size > MAX_MANIFEST_BYTES:
        raise CopyError("is larger than the list of any site")
    content = b""
    for piece in read_pieces(file):
        content += piece
        if len(content) > MAX_MANIFEST_BYTES:
            raise CopyError("is larger than the list of any site")
    return content


def _compare(
    files: Mapping[str, CopyFile], listed: Mapping[str, str], unlisted: set[str]
) -> Iterator[Diagnostic]:
    for path, sha256 in listed.items():
        if path not in files:
            yield error(Place(path=path), "missing-file", "the file is missing", help="get a whole copy")
            continue
        try:
            actual = hash_copy(files[path])
        except CopyError as fault:
            yield error(Place(path=path), "changed-file", f"the file {fault}", help="get another copy")
            continue
        if actual != sha256:
            yield error(
                Place(path=path),
                "changed-file",
                "the file was changed",
                why=f"its SHA-256 is {actual[:12]}…, the manifest says {sha256[:12]}…",
                help="do not rely on it; get another copy",
            )
    missing = listed.keys() - files.keys()
    for path in sorted(files.keys() - listed.keys() - unlisted):
        near = nearest(path, missing)
        yield error(
            Place(path=path),
            "extra-file",
            "the manifest does not list this file",
            why=f"`{near}` is missing: it may have been renamed"
            if near
            else "it was not published with the site",
            help="remove it from the copy",
        )


def _no_manifest(path: str, what: str) -> Diagnostic:
    return error(
        Place(path=path),
        "bad-manifest",
        f"`{path}` {what}",
        why="without the list of its files a copy cannot be checked",
        help="name the folder or zip of a site that `dossier build` or `dossier pack` made",
    )


def _other_manifest(path: str, actual: str, expected: str) -> Diagnostic:
    return error(
        Place(path=path),
        "other-manifest",
        f"the manifest's SHA-256 is {actual}, not {expected.strip()[:64]}",
        why="the copy agrees with a list that is not the one you were told of",
        help="it may be of another build; ask who published it, or get another copy",
    )
