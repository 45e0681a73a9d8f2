"""The files that a build writes: pages, and where the editors keep none, configuration and overrides."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.layout import OVERRIDES_FOLDER, Layout
from generator.model.records import DossierRecord
from generator.render import render_config, render_theme_files


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
    yield FileSet(files=pages, folder=layout.docs, manifest=layout.work / "pages.json")
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
            docs_dir=os.path.relpath(layout.docs, layout.work),
            site_dir=str(layout.site),
            custom_dir=OVERRIDES_FOLDER,
        )
        yield FileSet(
            files={layout.config.name: config},
            folder=layout.config.parent,
            manifest=layout.work / "config.json",
        )


def _read_folder(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
