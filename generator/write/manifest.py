"""The manifest: which files were written here, and the hashes that they may have."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, info
from generator.model.places import Place
from generator.write.names import is_inside

Hashes = Mapping[str, frozenset[str]]

ABOUT = "Files that dossier wrote, with their SHA-256. Two hashes: a run was interrupted; the next one repairs it."


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(manifest: Path) -> tuple[Hashes, tuple[Diagnostic, ...]]:
    """Return the hashes recorded for each path; a missing or damaged manifest records nothing.

    A path that leaves the folder makes the whole manifest damaged: nothing is ever deleted on its word.
    """
    if not manifest.exists():
        return {}, ()
    try:
        recorded = _parse_manifest(json.loads(manifest.read_bytes()))
    except (ValueError, RecursionError):
        recorded = None
    if recorded is not None:
        return recorded, ()
    lost = info(
        Place(path=manifest.name),
        "damaged-manifest",
        "the list of written files cannot be read",
        why="pages that differ from the new ones cannot be told from files written by hand",
        help="delete the pages that are reported as foreign, then build again",
    )
    return {}, (lost,)


def read_generated(manifest: Path) -> frozenset[str]:
    """Return the paths of the files that were written, none where nothing is recorded."""
    return frozenset(read_manifest(manifest)[0])


def read_hashes(manifest: Path) -> dict[str, str]:
    """Return the SHA-256 of the files that were written, "" where a run was interrupted and it may be one of two."""
    return {
        path: next(iter(hashes)) if len(hashes) == 1 else ""
        for path, hashes in read_manifest(manifest)[0].items()
    }


def format_manifest(recorded: Mapping[str, Iterable[str]]) -> bytes:
    """Return the manifest as JSON, a line for each file, the same bytes for the same hashes."""
    # Python's own way of breaking lines takes a second for some thousand files.
    files = ",\n".join(
        f" {json.dumps(path, ensure_ascii=False)}: {json.dumps(sorted(hashes))}"
        for path, hashes in sorted(recorded.items())
    )
    return f'{{"about": {json.dumps(ABOUT)},\n"files": {{\n{files}\n}}}}\n'.encode()


def _parse_manifest(value: Any) -> Hashes | None:
    """Return the hashes by path, or None when the JSON has another form."""
    files = value.get("files") if isinstance(value, dict) else None
    if not isinstance(files, dict):
        return None
    for path, hashes in files.items():
        if not is_inside(path) or not isinstance(hashes, list):
            return None
        if not all(isinstance(each, str) for each in hashes):
            return None
    return {path: frozenset(hashes) for path, hashes in files.items()}
