"""`dossier quotes` proves quotations."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from generator.build import check_dossier
from generator.built import Built
from generator.cli.answers import errors, json_text, print_diagnostics, refuse, report
from generator.cli.opening import open_layout
from generator.cli.options import PATH_HELP, common_options
from generator.diagnostics import Diagnostic, diagnostic_as_json, sort_diagnostics, stops_build
from generator.layout import Layout
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.quotes import (
    LOCK_FILE,
    accept_proposals,
    choose_proposals,
    find_proposals,
    plan_lock,
    quotes_as_json,
    show_quotes,
    write_lock,
)
from generator.write import hold_lock


@click.command(epilog=PATH_HELP)
@common_options
@click.option("--fix", is_flag=True, help="Propose the nearest words for quotations that are not found.")
@click.option(
    "--accept",
    "chosen",
    multiple=True,
    help="Write these proposals into the corpus: numbers, ids, or all. May be given again.",
    metavar="N|ID",
)
def quotes(
    path: Path, sources: Path | None, strict: bool, as_json: bool, fix: bool, chosen: tuple[str, ...]
) -> None:
    """Prove every quotation where the sources are, and write corpus/evidence.lock for builds without them.

    \b
    Examples:
      dossier quotes --sources ~/received
      dossier quotes --fix
      dossier quotes --accept 1 --accept memo-1962#wall-cost
    """
    layout, layout_found = open_layout(path, None, as_json=as_json)
    corpus, linked, found = _linked(layout, layout_found, sources, as_json=as_json)
    proposals = find_proposals(corpus, linked) if fix or chosen else ()
    with hold_lock(layout.work / "quotes.lock"):
        if chosen:
            try:
                picked = choose_proposals(proposals, chosen)
            except ValueError as fault:
                refuse(str(fault))
            _, not_written = accept_proposals(corpus, layout.corpus, picked)
            corpus, linked, found = _linked(layout, layout_found, sources, as_json=as_json)
            found += not_written
            proposals = find_proposals(corpus, linked)
        change = plan_lock(corpus, linked)
        # A proposal alone changes nothing.
        outcome = (
            "not written: accept or refuse the proposals first"
            if proposals and not chosen
            else write_lock(change, layout.corpus / LOCK_FILE, is_complete=not corpus.left_out)
        )
    # The lock lacks nothing any more.
    found = sort_diagnostics(one for one in found if one.code != "lock-outdated")
    is_clean = not stops_build(found, is_strict=strict)
    if as_json:
        answer = quotes_as_json(corpus, linked, change, proposals)
        listed = [diagnostic_as_json(diagnostic) for diagnostic in found]
        click.echo(json_text({"ok": is_clean, **answer, "diagnostics": listed}))
    else:
        print_diagnostics(errors(as_json), found)
        show_quotes(Console(highlight=False), linked, change, proposals, lock=outcome)
    sys.exit(0 if is_clean else 1)


def _linked(
    layout: Layout, layout_found: tuple[Diagnostic, ...], sources: Path | None, *, as_json: bool
) -> tuple[Corpus, LinkedCorpus, tuple[Diagnostic, ...]]:
    """Return the whole corpus linked, with all findings; ends the run where there is none."""
    checked = check_dossier(layout, lambda stage: None, sources=sources)
    found = (*layout_found, *checked.diagnostics)
    if checked.corpus is None or checked.linked is None:
        report(Built(diagnostics=found), layout, as_json=as_json)
        sys.exit(1)
    return checked.corpus, checked.linked, found
