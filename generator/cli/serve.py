"""`dossier serve` shows the site while it is edited."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.answers import errors, print_diagnostics, refuse
from generator.cli.opening import open_layout
from generator.cli.options import PATH_HELP
from generator.serve import serve_dossier


@click.command(epilog=PATH_HELP)
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen, as HOST:PORT.")
def serve(path: Path, address: str) -> None:
    """Serve the site and rebuild it whenever the corpus, a template or a page in docs/ changes.

    \b
    Examples:
      dossier serve
      dossier serve ../papers --address 127.0.0.1:9000
    """
    layout, found = open_layout(path, None, as_json=False)
    console = errors(as_json=False)
    print_diagnostics(console, found)
    try:
        sys.exit(serve_dossier(layout, address, lambda found: print_diagnostics(console, found)))
    except OSError as fault:
        refuse(fault.strerror or str(fault))
