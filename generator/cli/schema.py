"""`dossier schema` prints the schemas of corpus files."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.answers import json_text
from generator.load.schemas import KINDS, schema_of_kind


@click.command()
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write all schemas into DIR.",
    metavar="DIR",
)
def schema(kind: str | None, out: Path | None) -> None:
    """Print the JSON Schema of one kind of corpus file, for completion in an editor.

    \b
    Examples:
      dossier schema document
      dossier schema --out .schemas
    """
    if (kind is None) == (out is None):
        raise click.UsageError("name a kind to print, or a folder with --out to write all of them")
    if kind is not None:
        click.echo(json_text(schema_of_kind(kind)))
        return
    assert out is not None
    out.mkdir(parents=True, exist_ok=True)
    for one in KINDS:
        path = out / f"{one}.schema.json"
        path.write_text(json_text(schema_of_kind(one)) + "\n", encoding="utf-8")
        click.echo(str(path))
