"""`dossier build` writes the pages and builds the site."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from generator.built import STAGES
from generator.cli.answers import errors, refuse, report
from generator.cli.opening import edition_choice, open_layout
from generator.cli.options import PATH_HELP, FolderOrAddress, common_options, edition_options, engine_options
from generator.engine import count_processes
from generator.engine.processes import JOBS
from generator.layout import Layout
from generator.rebuild import build_if_changed
from generator.report import show_progress
from generator.write import hold_lock


@click.command(epilog=PATH_HELP)
@common_options
@edition_options
@engine_options
@click.option(
    "--site-dir",
    type=FolderOrAddress(path_type=Path, file_okay=False),
    help="Build the site into DIR.",
    metavar="DIR",
)
def build(
    path: Path | str,
    sources: Path | None,
    strict: bool,
    as_json: bool,
    edition: str,
    day: datetime | None,
    site_dir: Path | str | None,
    engine: str,
    scheduler: str,
    work: str,
    jobs: int | None,
) -> None:
    """Write the pages, build the site with MkDocs, and check every link in it.

    A corpus with errors changes nothing: the pages and the site of the last good build stay as they are. With
    --engine dask PATH and the DIR of --site-dir may be addresses such as s3://bucket/papers.

    \b
    Examples:
      dossier build
      dossier build ../papers --strict
      dossier build --site-dir /srv/www/papers --json
      dossier build --edition internal --sources ~/received
      dossier build --engine dask --scheduler tcp://10.0.0.5:8786 --work /shared/work
    """
    if jobs is not None:
        os.environ[JOBS] = str(jobs)
    if engine == "local":
        if scheduler or work or isinstance(site_dir, str):
            refuse("--scheduler, --work and sites in a store are for --engine dask")
        assert isinstance(path, Path)
        layout, layout_found = open_layout(path, site_dir, as_json=as_json, edition=edition)
        # A second build of this dossier waits; a folder without a corpus is left as it is.
        lock = hold_lock(layout.work / "build.lock") if layout.corpus.is_dir() else nullcontext()
        with lock, show_progress(errors(as_json), STAGES) as on_stage:
            built = build_if_changed(
                layout, on_stage, edition=edition_choice(edition, day), is_strict=strict, sources=sources
            )
        built = replace(built, diagnostics=(*layout_found, *built.diagnostics))
        opened: Layout | None = layout
        site = str(layout.site)
    else:
        # It takes a second to import, which a build that has nothing to do takes in all.
        from generator.cluster_build import Target, build_on_cluster

        target = Target(path=path, site=site_dir, scheduler=scheduler, work=work, workers=count_processes())
        with show_progress(errors(as_json), STAGES) as on_stage:
            answer = build_on_cluster(
                target, on_stage, edition=edition_choice(edition, day), is_strict=strict, sources=sources
            )
        built, opened, site = answer.built, answer.layout, answer.site
    report(built, opened, as_json=as_json, is_build=opened is not None, site=site)
    sys.exit(0 if built.is_done else 1)
