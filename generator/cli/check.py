"""`dossier check` lints the corpus."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.build import check_dossier, check_edition, count_corpus
from generator.built import STAGES, Built
from generator.check import check_proofs
from generator.cli.answers import errors, report
from generator.cli.opening import edition_choice, open_layout
from generator.cli.options import PATH_HELP, common_options
from generator.diagnostics import sort_diagnostics, stops_build
from generator.external import check_addresses
from generator.model.edition_names import PUBLIC
from generator.report import show_progress


@click.command(epilog=PATH_HELP)
@common_options
@click.option(
    "--edition", default=None, help="Check what this edition holds, instead of everything.", metavar="NAME"
)
@click.option(
    "--proven",
    type=click.IntRange(0, 100),
    help="Demand that so many of 100 sentences are proven, instead of what dossier.md demands.",
    metavar="PERCENT",
)
@click.option("--external", is_flag=True, help="Also ask the web whether outside addresses still answer.")
@click.option("--delay", default=1.0, show_default=True, help="Seconds between two requests to one host.")
@click.option("--cache-days", default=7, show_default=True, help="Days for which an answer is remembered.")
def check(
    path: Path,
    sources: Path | None,
    strict: bool,
    as_json: bool,
    edition: str | None,
    proven: int | None,
    external: bool,
    delay: float,
    cache_days: int,
) -> None:
    """Lint the corpus: links, notes, names, dates, quotations, claims. Writes nothing.

    Without --edition everything is checked, and the public edition besides, where it holds less.

    \b
    Examples:
      dossier check
      dossier check --sources ~/received
      dossier check --proven 100
      dossier check --external --delay 2
    """
    layout, found = open_layout(path, None, as_json=as_json)
    with show_progress(errors(as_json), STAGES[:5]) as on_stage:
        choice = edition_choice(edition or PUBLIC, None)
        checked = check_dossier(layout, on_stage, sources=sources, edition=choice)
        found += checked.diagnostics
        is_narrowed = checked.corpus is not None and checked.corpus.is_narrowed
        if edition is None and is_narrowed and checked.whole is not None:
            checked = check_edition(checked.whole, None, on_stage)
            found = tuple(dict.fromkeys((*found, *checked.diagnostics)))
    if proven is not None and checked.corpus and checked.linked and checked.index:
        found = tuple(one for one in found if one.code != "too-little-proven")
        found += tuple(check_proofs(checked.corpus, checked.linked, checked.index, proven))
    if external and checked.corpus is not None and checked.linked is not None:
        found += check_addresses(
            checked.corpus, checked.linked, layout.work, delay_s=delay, cache_days=cache_days
        )
    is_clean = not stops_build(found, is_strict=strict)
    report(
        Built(counts=count_corpus(checked), diagnostics=sort_diagnostics(found), is_done=is_clean),
        layout,
        as_json=as_json,
    )
    sys.exit(0 if is_clean else 1)
