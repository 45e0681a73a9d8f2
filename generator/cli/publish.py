"""`dossier publish` records what is published."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click

from generator.build import check_dossier
from generator.cli.answers import errors, json_text, print_diagnostics
from generator.cli.opening import edition_choice, open_layout
from generator.cli.options import PATH_HELP, common_options
from generator.diagnostics import diagnostic_as_json, sort_diagnostics, stops_build
from generator.model.edition_names import PUBLIC
from generator.publish import plan_publication, write_publication
from generator.write import hold_lock


@click.command(epilog=PATH_HELP)
@common_options
@click.option("--dry-run", is_flag=True, help="Tell what would be recorded, and write nothing.")
def publish(path: Path, sources: Path | None, strict: bool, as_json: bool, dry_run: bool) -> None:
    """Record what is published now in corpus/published.lock.

    From then on whatever of it is changed or removed needs an entry in corrections.yml. Run it on the corpus that you
    publish, and commit the file.

    \b
    Examples:
      dossier publish --dry-run
      dossier publish ../papers
    """
    layout, found = open_layout(path, None, as_json=as_json)
    lock = nullcontext() if dry_run or not layout.corpus.is_dir() else hold_lock(layout.work / "publish.lock")
    with lock:
        choice = edition_choice(PUBLIC, None)
        checked = check_dossier(layout, lambda stage: None, sources=sources, edition=choice)
        found = sort_diagnostics([*found, *checked.diagnostics])
        publication = None
        if not stops_build(found, is_strict=strict) and checked.corpus and checked.linked:
            publication = plan_publication(checked.corpus, checked.linked, layout.corpus)
            if publication.is_changed and not dry_run:
                write_publication(publication, layout.corpus)
    if as_json:
        answer = {
            "ok": publication is not None,
            "written": publication is not None and publication.is_changed and not dry_run,
            "counts": dict(publication.counts) if publication else {},
            "changes": list(publication.lines) if publication else [],
            "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in found],
        }
        click.echo(json_text(answer))
        sys.exit(0 if publication else 1)
    print_diagnostics(errors(as_json), found)
    if publication is None:
        click.echo("Nothing was recorded.", err=True)
        sys.exit(1)
    for line in publication.lines:
        click.echo(line)
    shown = f"{layout.shown}/published.lock" if layout.shown else "published.lock"
    words = ", ".join(f"{count} {name}" for name, count in publication.counts.items())
    state = "is as it was" if not publication.is_changed else "would be written" if dry_run else "written"
    click.echo(f"{shown} {state}: {words}")
