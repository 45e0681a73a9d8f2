"""`manifest.json`: the SHA-256 of every file of a site, and what the site was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.disk import list_files
from generator.model.manifest import MANIFEST, SIGNATURES, BuildFacts, format_manifest, manifest_of

Spread = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]


def write_manifest(site: Path, facts: BuildFacts, *, spread: Spread = map) -> dict[str, str]:
    """Write the manifest of a finished site, and return what it lists: the SHA-256 of each file by its path.

    It is the last of the files, and lists all but itself and its signatures.

    `spread` maps a function over the names of the files, in order.
    """
    left = {MANIFEST, *SIGNATURES}
    names = [name for name in list_files(site) if name not in left]
    outputs = dict(zip(names, spread(partial(_hash_file, str(site)), names), strict=True))
    (site / MANIFEST).write_bytes(format_manifest(manifest_of(facts, outputs)))
    return outputs


def _hash_file(folder: str, name: str) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    # Of tens of thousands of files: strings take half the time of paths.
    with open(f"{folder}/{name}", "rb") as stream:  # noqa: PTH123
        return sha256(stream.read()).hexdigest()
