"""What every command prints: findings, summaries, refusals, and objects of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console

from generator.built import Built
from generator.diagnostics import Diagnostic, diagnostic_as_json, format_diagnostic
from generator.layout import Layout
from generator.report import show_summary


def report(
    built: Built,
    layout: Layout | None,
    *,
    as_json: bool,
    is_build: bool = False,
    pack: Path | None = None,
    site: str = "",
) -> None:
    """Print the findings and the summary; with --json one object on standard output and nothing else there."""
    if as_json:
        answer = {
            "ok": built.is_done,
            "site": site or (str(layout.site) if layout is not None else None),
            **({"pack": str(pack)} if pack is not None else {}),
            "counts": dict(built.counts),
            "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in built.diagnostics],
        }
        click.echo(json_text(answer))
        return
    print_diagnostics(errors(as_json), built.diagnostics)
    show_summary(Console(highlight=False), built, layout, is_build=is_build, site=site)


def print_diagnostics(console: Console, found: Iterable[Diagnostic]) -> None:
    """Print each finding, its first line in the colour of its severity."""
    for diagnostic in found:
        colour = {"error": "bold red", "warning": "yellow", "info": "dim"}[diagnostic.severity]
        first, *rest = format_diagnostic(diagnostic).split("\n")
        console.print(first, style=colour, markup=False, soft_wrap=True)
        for line in rest:
            console.print(line, markup=False, soft_wrap=True)


def errors(as_json: bool) -> Console:
    """Return the console of standard error, which says nothing beside an object of JSON."""
    return Console(stderr=True, highlight=False, quiet=as_json)


def refuse(message: str) -> NoReturn:
    """End the run as wrong usage."""
    click.echo(f"dossier: {message}", err=True)
    sys.exit(2)


def json_text(value: object) -> str:
    """Return an object as it is printed."""
    return json.dumps(value, ensure_ascii=False, indent=2)
