"""The pages of a dossier rendered in several processes, each laid aside on disk as soon as it is made."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.engine import map_in_processes
from generator.layout import Layout
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.render import (
    BAD_TEMPLATE,
    OpenDossier,
    PlannedPage,
    bad_template,
    open_dossier,
    plan_pages,
    render_page,
)
from generator.write import StagedFile, StagedFiles, stage_file


def lay_pages_aside(
    layout: Layout, corpus: Corpus, linked: LinkedCorpus, index: Index
) -> tuple[Mapping[str, bytes], tuple[Diagnostic, ...]]:
    """Return every page by its path in the docs folder; they are read from disk when they are asked for.

    A page that the docs folder has with the same bytes is not written again.
    """
    opened, found = open_dossier(corpus, linked, index, layout.templates)
    if opened is None:
        return {}, found
    # What an interrupted build left.
    shutil.rmtree(layout.staging, ignore_errors=True)
    try:
        plan = plan_pages(opened)
        staged = map_in_processes(partial(_lay_aside, opened, layout.docs, layout.staging), plan)
        files = {file.path: file for file in staged}
    except BAD_TEMPLATE as fault:
        return {}, (*found, bad_template(fault))
    return StagedFiles(files, folder=layout.docs, staging=layout.staging), found


def clear_pages(layout: Layout) -> None:
    """Delete what was laid aside."""
    shutil.rmtree(layout.staging, ignore_errors=True)


def _lay_aside(opened: OpenDossier, folder: Path, staging: Path, planned: PlannedPage) -> StagedFile:
    return stage_file(planned.path, render_page(opened, planned), folder=folder, staging=staging)
