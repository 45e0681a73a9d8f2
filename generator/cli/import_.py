"""`dossier import` makes drafts of documents from files."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path

import click
from rich.console import Console

from generator.cli.answers import errors, json_text, print_diagnostics, refuse
from generator.cli.opening import open_layout
from generator.cli.options import PATH_HELP
from generator.diagnostics import diagnostic_as_json, sort_diagnostics, stops_build
from generator.importing.compose import RULES
from generator.importing.run import Options, import_files
from generator.importing.show import import_as_json, show_import
from generator.report import show_count
from generator.text.slugs import slug_fault
from generator.write import hold_lock

# Each process may take some hundred megabytes.
MAX_JOBS = 4


@click.command(name="import", epilog=PATH_HELP.replace("PATH", "--into"))
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="FILE..."
)
@click.option(
    "--into",
    "path",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="The dossier that the documents go to.",
    metavar="PATH",
)
@click.option(
    "--slug", default="", help="The slug of the document, where one file is imported.", metavar="SLUG"
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(RULES),
    help="Leave out a rule of repair. May be given again.",
    metavar="RULE",
)
@click.option(
    "--keep",
    "kept",
    multiple=True,
    help="Words of a line, or its number in the source, that is no furniture. May be given again.",
    metavar="LINE",
)
@click.option("--separate", is_flag=True, help="Make documents of near-duplicates, instead of versions.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="Files read at a time.", metavar="N")
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def import_(
    files: tuple[Path, ...],
    path: Path,
    slug: str,
    without: tuple[str, ...],
    kept: tuple[str, ...],
    separate: bool,
    jobs: int | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make drafts of documents from files as received: text, HTML, PDF, DOCX, e-mail, ZIP, or folders of these.

    Every repair is recorded, nothing is guessed in silence, and what editors have changed is never overwritten.

    \b
    Examples:
      dossier import letter.pdf
      dossier import received/ --into papers --jobs 4
      dossier import article.html --keep 53 --without page-furniture --dry-run
    """
    if slug and (len(files) > 1 or files[0].is_dir()):
        refuse("--slug names one document; import its file alone")
    fault = slug_fault(slug) if slug else None
    if fault is not None:
        refuse(f"`{slug}` cannot be a slug: it {fault}")
    layout, found = open_layout(path, None, as_json=as_json)
    options = Options(
        without=frozenset(without),
        kept=kept,
        slug=slug,
        is_separate=separate,
        is_dry=dry_run,
        jobs=jobs or min(os.cpu_count() or 1, MAX_JOBS),
    )
    with (
        nullcontext() if dry_run else hold_lock(layout.work / "import.lock"),
        show_count(errors(as_json), "import") as on_read,
    ):
        result = import_files(files, layout.corpus, layout.shown, options, on_read)
    found = sort_diagnostics([*found, *result.found])
    is_clean = not stops_build(found)
    if as_json:
        answer = {"ok": is_clean, **import_as_json(result)}
        click.echo(
            json_text({**answer, "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in found]})
        )
    else:
        print_diagnostics(errors(as_json), found)
        show_import(Console(highlight=False), result, is_dry=dry_run)
    sys.exit(0 if is_clean else 1)
