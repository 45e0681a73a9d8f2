"""`manifest.json`: the SHA-256 of every file of a site, and what the site was made from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.disk import list_files
from generator.model.manifest import MANIFEST, SIGNATURES, BuildFacts, format_manifest, manifest_of


def write_manifest(site: Path, facts: BuildFacts) -> None:
    """Write the manifest of a finished site, the last of its files: it lists all but itself and its signatures."""
    left = {MANIFEST, *SIGNATURES}
    outputs = {name: hash_file(site / name) for name in list_files(site) if name not in left}
    (site / MANIFEST).write_bytes(format_manifest(manifest_of(facts, outputs)))


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
