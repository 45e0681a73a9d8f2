"""Whether a build would do again what the last one did: the same inputs, and its files as it left them.

Inputs are compared by their bytes, what was built by size and time. Where the site's configuration lets other programs
have a say (plugins, hooks, variables of the environment), nothing is known, and everything is built.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, diagnostic_as_json, diagnostic_from_json
from generator.disk import list_files, replace_file
from generator.identity import digest_bytes, digest_files, digest_program
from generator.layout import Layout
from generator.model.corpus_parts import PARTS
from generator.resources import SITE_OVERRIDES
from generator.site import find_commit, is_closed_config, source_date_epoch
from generator.write import read_generated

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBuild:
    """What a build left to be said: its numbers and findings."""

    counts: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]


def digest_inputs(layout: Layout, options: Mapping[str, str], sources: Path | None) -> str:
    """Return the digest of everything that a build is made from, "" where that cannot be known.

    `options` are those that decide on the result, by name.
    """
    if not layout.is_config_generated and not is_closed_config(layout.config):
        return ""
    commit = find_commit(layout.root, [layout.corpus / part for part in PARTS])
    generated = read_generated(layout.pages_manifest)
    hand_written = layout.hand_written or layout.docs
    # In an edition's own folder stand copies of the pages written by hand.
    written = read_generated(layout.work / "pages.json") if layout.hand_written else generated
    own = {layout.work, layout.site, layout.docs, layout.config}
    corpus = layout.corpus.iterdir() if layout.corpus.is_dir() else ()
    overrides = SITE_OVERRIDES if layout.overrides is not None else layout.custom_dir
    folders = (
        *sorted(path for path in corpus if path not in own and not path.name.startswith(".")),
        *layout.templates,
        *(folder for folder in (overrides, sources) if folder is not None),
    )
    parts = [
        str(FORMAT),
        repr(sorted(options.items())),
        repr(commit),
        str(source_date_epoch(layout.root)),
        digest_program(),
        *(f"{folder.name} {_digest(folder)}" for folder in folders),
        digest_files((name for name in list_files(hand_written) if name not in written), hand_written),
        "" if layout.is_config_generated else digest_bytes(layout.config.read_bytes()),
    ]
    return digest_bytes(*(part.encode() for part in parts))


def read_last_build(layout: Layout, inputs: str) -> LastBuild | None:
    """Return the last build, if it was made from these inputs and nobody touched its files since."""
    try:
        value = json.loads(layout.last_build.read_bytes())
        if not inputs or value["format"] != FORMAT or value["inputs"] != inputs:
            return None
        if value["outputs"] != _digest_outputs(layout):
            return None
        return LastBuild(
            counts={str(name): int(number) for name, number in value["counts"].items()},
            diagnostics=tuple(diagnostic_from_json(each) for each in value["diagnostics"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def write_last_build(layout: Layout, inputs: str, last: LastBuild) -> None:
    """Remember a build that succeeded."""
    if not inputs:
        layout.last_build.unlink(missing_ok=True)
        return
    value = {
        "format": FORMAT,
        "inputs": inputs,
        "outputs": _digest_outputs(layout),
        "counts": dict(last.counts),
        "diagnostics": [diagnostic_as_json(each) for each in last.diagnostics],
    }
    replace_file(layout.last_build, json.dumps(value, ensure_ascii=False).encode())


def _digest_outputs(layout: Layout) -> str:
    """Return the digest of the names, sizes and times of all that was written."""
    generated = read_generated(layout.pages_manifest)
    pages = (name for name in list_files(layout.docs) if name in generated)
    outputs = [(layout.docs, pages), (layout.site, list_files(layout.site))]
    if layout.overrides is not None:
        outputs.append((layout.overrides, list_files(layout.overrides)))
    if layout.is_config_generated:
        outputs.append((layout.config.parent, [layout.config.name]))
    lines = []
    for folder, names in outputs:
        for name in names:
            stat = os.stat(f"{folder}/{name}")  # noqa: PTH116 (of thousands of files)
            lines.append(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return digest_bytes(*lines)


def _digest(path: Path) -> str:
    """Return the digest of a file or of all files in a folder; of nothing, where nothing is there."""
    if path.is_dir():
        return digest_files(list_files(path), path)
    return digest_bytes(path.read_bytes()) if path.is_file() else ""
