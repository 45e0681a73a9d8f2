"""The files that a build writes: pages, and where the editors keep none, configuration and overrides."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.disk import list_files
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
        overrides = {name: (site_overrides / name).read_bytes() for name in _files_of(site_overrides)}
        yield FileSet(
            files={**overrides, **render_theme_files(record)},
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
    return {name: (folder / name).read_bytes() for name in _files_of(folder) if name not in generated}


def _files_of(folder: Path) -> list[str]:
    """Return the files of a folder that are not hidden."""
    return [name for name in list_files(folder) if not name.rpartition("/")[2].startswith(".")]
