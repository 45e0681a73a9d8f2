"""What a copy of the site is checked against: the list of its files, and what they were made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MANIFEST = "manifest.json"
# Where minisign, sigstore and OpenPGP put their signatures of the manifest.
SIGNATURES = frozenset(
    f"{MANIFEST}.{ending}" for ending in ("minisig", "sigstore", "sigstore.json", "sig", "asc")
)
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildFacts:
    """Where a site comes from. `inputs` holds the SHA-256 of each file by its path in the corpus.

    None stands for a file that is published only in part. `moment_s` is the build's, in seconds since 1970. `commit`
    and `is_dirty` are None where the dossier is in no git repository.
    """

    edition: str
    commit: str | None
    is_dirty: bool | None
    moment_s: int
    versions: Mapping[str, str]
    inputs: Mapping[str, str | None]


def manifest_of(facts: BuildFacts, outputs: Mapping[str, str]) -> dict[str, Any]:
    """Return the manifest of a site; `outputs` has the SHA-256 of each file by its path from the manifest's folder."""
    return {
        "format": FORMAT,
        "edition": facts.edition,
        "commit": facts.commit,
        "dirty": facts.is_dirty,
        "source_date_epoch": facts.moment_s,
        "versions": dict(facts.versions),
        "inputs": dict(facts.inputs),
        "outputs": dict(outputs),
    }


def format_manifest(manifest: Mapping[str, Any]) -> bytes:
    """Return the one spelling of a manifest: sorted, a value a line, so that plain tools can read it."""
    return (json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
