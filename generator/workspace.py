"""The files that a build writes: pages, and where the editors keep none, configuration and overrides."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.layout import OVERRIDES_FOLDER, Layout
from generator.model.records import DossierRecord
from generator.render import render_config, render_theme_files
from generator.write import JoinedFiles, read_generated


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSet:
    """Files by relative path, the folder they go to, and the manifest that remembers them."""

    files: Mapping[str, bytes]
    folder: Path
    manifest: Path


def plan_files(
    layout: Layout, pages: Mapping[str, bytes], record: DossierRecord, site_overrides: Path
) -> Iterator[FileSet]:
    """Yield what a build writes: the pages first, then what the tool supplies to MkDocs."""
    own = {} if layout.hand_written is None else _read_hand_written(layout, layout.hand_written)
    yield FileSet(files=JoinedFiles(own, pages), folder=layout.docs, manifest=layout.pages_manifest)
    if layout.overrides is not None:
        yield FileSet(
            files={**_read_folder(site_overrides), **render_theme_files(record)},
            folder=layout.overrides,
            manifest=layout.work / "overrides.json",
        )
    if layout.is_config_generated:
        config = render_config(
            record,
            layout.templates,
            docs_dir=os.path.relpath(layout.hand_written or layout.docs, layout.work),
            site_dir=str(layout.site if layout.hand_written is None else layout.root / "site"),
            custom_dir=OVERRIDES_FOLDER,
        )
        yield FileSet(
            files={layout.config.name: config},
            folder=layout.config.parent,
            manifest=layout.work / "config.json",
        )


def _read_hand_written(layout: Layout, folder: Path) -> dict[str, bytes]:
    """Return the files of the editors' own pages: all in their folder that no build of the public edition wrote."""
    generated = read_generated(layout.work / "pages.json")
    found = _read_folder(folder) if folder.is_dir() else {}
    return {path: content for path, content in found.items() if path not in generated}


def _read_folder(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
