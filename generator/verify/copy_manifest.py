"""The manifest of a copy, read as outside data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.manifest import FORMAT, MANIFEST, format_manifest
from generator.verify.copy_files import path_fault

MAX_MANIFEST_BYTES = 64 * 1024 * 1024
SHA256 = re.compile(r"[0-9a-f]{64}")
# What a pack puts above the folder with its manifest: ../index.html
ABOVE = "../"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyManifest:
    """What a manifest says: `outputs` holds the SHA-256 of each file by its path from the manifest's folder."""

    edition: str
    commit: str | None
    outputs: Mapping[str, str]


def parse_manifest(content: bytes) -> CopyManifest:
    """Return what a manifest says.

    Raises:
        ValueError: it is no manifest; the message is the end of a sentence that begins with its name.
    """
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise ValueError("is no JSON") from fault
    if not isinstance(value, dict):
        raise ValueError("holds no mapping")
    if value.get("format") != FORMAT:
        raise ValueError(f"is not of format {FORMAT}, which this version of dossier reads")
    edition, commit, outputs = (value.get(key) for key in ("edition", "commit", "outputs"))
    if not isinstance(edition, str) or not (commit is None or isinstance(commit, str)):
        raise ValueError("names no edition, or an odd commit")
    if not isinstance(outputs, dict) or not outputs:
        raise ValueError("lists no files under `outputs`")
    for path, sha256 in outputs.items():
        if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
            raise ValueError(f"has no SHA-256 for `{path[:200]}`")
        odd = path_fault(_below(path))
        if odd is not None:
            raise ValueError(f"lists `{path[:200]}`, which {odd}")
    if MANIFEST in outputs:
        raise ValueError("lists itself")
    if not _is_canonical(value, content):
        raise ValueError("is not written as dossier writes it: a key stands twice in it, or it was changed")
    return CopyManifest(edition=edition, commit=commit, outputs=outputs)


def _is_canonical(value: Mapping[str, object], content: bytes) -> bool:
    """Return whether the manifest is written in its one spelling, in which no key stands twice."""
    try:
        return format_manifest(value) == content
    except (RecursionError, UnicodeEncodeError):
        return False


def _below(path: str) -> str:
    """Return a path as its check is to see it: one step up is allowed, to a file beside the manifest's folder."""
    beside = path.removeprefix(ABOVE)
    return beside if "/" not in beside else path
