"""`dossier doctor` shows one document with its doubts."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from generator.build import check_dossier
from generator.built import Built
from generator.cli.answers import json_text, refuse, report
from generator.cli.opening import open_layout
from generator.cli.options import PATH_HELP, common_options
from generator.diagnostics import stops_build
from generator.doctor import examination_as_json, examine, find_document, show_examination


@click.command(epilog=PATH_HELP)
@click.argument("document", metavar="DOC")
@common_options
def doctor(document: str, path: Path, sources: Path | None, strict: bool, as_json: bool) -> None:
    """Show one document with all that was found in it, and all that is doubtful.

    DOC is its slug, or the path of its record, transcription, annotations or source.

    \b
    Examples:
      dossier doctor memo-1962
      dossier doctor corpus/texts/memo-1962.md --json
    """
    layout, found = open_layout(path, None, as_json=as_json)
    checked = check_dossier(layout, lambda stage: None, sources=sources)
    found += checked.diagnostics
    if checked.corpus is None or checked.linked is None:
        report(Built(diagnostics=found), layout, as_json=as_json)
        sys.exit(1)
    try:
        slug = find_document(checked.corpus, layout.corpus, document)
    except ValueError as fault:
        refuse(str(fault))
    examination = examine(checked.corpus, checked.linked, found, slug)
    is_clean = not stops_build(examination.diagnostics, is_strict=strict)
    if as_json:
        click.echo(json_text({"ok": is_clean, **examination_as_json(examination)}))
    else:
        show_examination(Console(highlight=False), examination)
    sys.exit(0 if is_clean else 1)
