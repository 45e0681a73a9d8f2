"""`dossier new` starts a dossier."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from generator.cli.answers import refuse
from generator.resources import TEMPLATES
from generator.starter import write_starter


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new(folder: Path) -> None:
    """Start a small dossier that builds, in the new or empty folder DIR.

    \b
    Example:
      dossier new papers && dossier build papers
    """
    try:
        written = write_starter(folder, TEMPLATES)
    except FileExistsError:
        refuse(f"{folder} is not empty; name a new or empty folder")
    except NotADirectoryError:
        refuse(f"{folder} is a file; name a new or empty folder")
    except OSError as fault:
        refuse(f"{folder} cannot be written: {fault.strerror}")
    for path in written:
        click.echo(f"{folder}/{path}")
    click.echo(f"\nNext: dossier build {shlex.quote(str(folder))}, then open {folder}/site/index.html")
