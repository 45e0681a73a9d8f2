"""`dossier verify` checks a copy of a site."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from generator.cli.answers import errors, json_text, print_diagnostics
from generator.diagnostics import diagnostic_as_json, stops_build
from generator.verify import verify_copy


@click.command()
@click.argument("copy", type=click.Path(path_type=Path, exists=True), metavar="DIR|ZIP")
@click.option(
    "--expect", default="", help="The SHA-256 that manifest.json must have, as published.", metavar="SHA256"
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def verify(copy: Path, expect: str, as_json: bool) -> None:
    """Check a copy of a site, in a folder or a zip, against the manifest in it. Writes nothing.

    \b
    Examples:
      dossier verify site
      dossier verify ~/Downloads/papers.zip --json
    """
    try:
        checked, found = verify_copy(copy, expected=expect)
    except OSError as fault:
        click.echo(f"dossier: the disk refused: {fault}", err=True)
        sys.exit(1)
    is_whole = checked is not None and not stops_build(found)
    if as_json:
        facts = asdict(checked) if checked else {}
        diagnostics = [diagnostic_as_json(diagnostic) for diagnostic in found]
        click.echo(json_text({"ok": is_whole, "copy": str(copy), **facts, "diagnostics": diagnostics}))
        sys.exit(0 if is_whole else 1)
    print_diagnostics(errors(as_json), found)
    if checked is not None:
        click.echo(f"Edition   {checked.edition}")
        click.echo(f"Commit    {checked.commit or 'not known'}")
        click.echo(f"Files     {checked.files}")
        click.echo(f"Manifest  SHA-256 {checked.manifest_sha256}")
        click.echo(
            "The copy is whole and unchanged." if is_whole else "The copy is not what its manifest says."
        )
    sys.exit(0 if is_whole else 1)
