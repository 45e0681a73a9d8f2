"""`dossier suggest` tells what the register lacks."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import click
from rich.console import Console

from generator.build import check_dossier
from generator.built import Built
from generator.cli.answers import errors, json_text, print_diagnostics, refuse, report
from generator.cli.opening import open_layout
from generator.cli.options import PATH_HELP
from generator.diagnostics import diagnostic_as_json, sort_diagnostics, stops_build
from generator.suggest import (
    SUGGESTION_KINDS,
    choose,
    find_suggestions,
    select,
    show_suggestions,
    show_written,
    suggestion_as_json,
    write_suggestions,
)
from generator.write import hold_lock


@click.command(epilog=PATH_HELP)
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--kind", "kinds", type=click.Choice(SUGGESTION_KINDS), multiple=True, help="Show one kind alone."
)
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0), help="Show so many; 0 for all."
)
@click.option(
    "--write",
    "chosen",
    multiple=True,
    help="Put these into the register: numbers (3, 1,4-6) or ids. May be given again.",
    metavar="N|ID",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def suggest(path: Path, kinds: tuple[str, ...], limit: int, chosen: tuple[str, ...], as_json: bool) -> None:
    """Rank what the register lacks: names, abbreviations, spellings, surnames. Links nothing by itself.

    \b
    Examples:
      dossier suggest
      dossier suggest ../papers --kind name --limit 50
      dossier suggest --write 1,3-5 --write surname:ann-lee:Lee
    """
    layout, found = open_layout(path, None, as_json=as_json)
    checked = check_dossier(layout, lambda stage: None)
    found += tuple(d for d in checked.diagnostics if d.severity == "error")
    if checked.corpus is None or checked.linked is None:
        report(Built(diagnostics=found), layout, as_json=as_json)
        sys.exit(1)
    suggestions, unread = find_suggestions(checked.corpus, checked.linked)
    try:
        picked = choose(suggestions, chosen)
    except ValueError as fault:
        refuse(str(fault))
    lock = hold_lock(layout.work / "suggest.lock") if picked else nullcontext()
    with lock:
        written, not_written = write_suggestions(checked.corpus, layout.corpus, layout.shown, picked)
    found = sort_diagnostics([*found, *unread, *not_written])
    shown = select(suggestions, kinds, limit) if not chosen else ()
    is_clean = not stops_build(found)
    if as_json:
        answer = {
            "ok": is_clean,
            "count": len(suggestions),
            "suggestions": [suggestion_as_json(one) for one in shown],
            "written": [{"id": one.suggestion.id, "path": one.path} for one in written],
            "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in found],
        }
        click.echo(json_text(answer))
    else:
        print_diagnostics(errors(as_json), found)
        console = Console(highlight=False)
        show_written(console, written)
        if not chosen:
            show_suggestions(console, shown, len(suggestions))
    sys.exit(0 if is_clean else 1)
