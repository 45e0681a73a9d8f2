"""`dossier pack` makes one zip of the site."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from generator.build import build_dossier
from generator.built import STAGES
from generator.cli.answers import errors, refuse, report
from generator.cli.opening import edition_choice, open_layout
from generator.cli.options import PATH_HELP, common_options, edition_options
from generator.layout import Layout
from generator.model.edition_names import PUBLIC
from generator.pack import pack_name, pack_site
from generator.render.strings import open_strings
from generator.report import show_progress
from generator.site import source_date_epoch
from generator.verify import scan_file
from generator.write import hold_lock


@click.command(epilog=PATH_HELP)
@common_options
@edition_options
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the zip to FILE instead of <title>.zip in the current folder.",
    metavar="FILE",
)
def pack(
    path: Path,
    sources: Path | None,
    strict: bool,
    as_json: bool,
    edition: str,
    day: datetime | None,
    output: Path | None,
) -> None:
    """Build the site and pack it into one zip for readers at home.

    Unpacked, its index.html opens by a double click, without a web server or a network.

    \b
    Examples:
      dossier pack
      dossier pack ../papers --output ~/Desktop/papers.zip
    """
    layout, layout_found = open_layout(path, None, as_json=as_json, edition=edition)
    if output is not None:
        _check_output(output, layout)
    packed = None
    lock = hold_lock(layout.work / "build.lock") if layout.corpus.is_dir() else nullcontext()
    with lock, show_progress(errors(as_json), (*STAGES, "pack")) as on_stage:
        built = build_dossier(
            layout, on_stage, edition=edition_choice(edition, day), is_strict=strict, sources=sources
        )
        if built.is_done and built.record is not None:
            on_stage("pack")
            output = output or Path(pack_name(built.record, "" if edition == PUBLIC else edition))
            strings = open_strings(layout.templates, built.record.language)
            epoch = source_date_epoch(layout.root)
            packed, found = pack_site(
                layout.site, output, built.record, strings, epoch=epoch, is_strict=strict
            )
            leaks = scan_file(output, built.withheld) if packed is not None else ()
            if leaks:
                output.unlink()
                packed = None
            diagnostics = (*built.diagnostics, *found, *leaks)
            built = replace(built, diagnostics=diagnostics, is_done=packed is not None)
    built = replace(built, diagnostics=(*layout_found, *built.diagnostics))
    report(built, layout, as_json=as_json, is_build=True, pack=output if packed else None)
    if packed is not None and not as_json:
        click.echo(f"Packed {output} ({packed.files} files, {packed.size / 1_000_000:.1f} MB)")
    sys.exit(0 if built.is_done else 1)


def _check_output(output: Path, layout: Layout) -> None:
    """End the run where no zip can be written."""
    if output.resolve().is_relative_to(layout.site.resolve()):
        refuse(f"{output} is inside the site, which every build replaces; name a file elsewhere")
    if not output.absolute().parent.is_dir():
        refuse(f"{output.parent} is no folder; make it, or name a file elsewhere")
