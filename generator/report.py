"""How far a run has come, and what it made, for people at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from generator.built import Built
from generator.layout import Layout

LABELS = {
    "documents": "Documents",
    "actors": "Actors",
    "issues": "Issues",
    "sources": "Cited sources",
    "annotations": "Annotations",
    "mentions": "Mentions",
    "backlinks": "Backlinks",
    "sentences": "Sentences",
    "proven": "  proven",
    "pages": "Pages",
    "written": "  written",
    "unchanged": "  unchanged",
    "removed": "  removed",
    "links": "Links checked",
}


@contextmanager
def show_progress(console: Console, stages: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Show a bar that moves with each stage named to the callback; nothing where no person looks on."""
    columns = (
        TextColumn("{task.description:<8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=len(stages))
        yield lambda stage: progress.update(task, description=stage, completed=stages.index(stage))


@contextmanager
def show_count(console: Console, what: str) -> Iterator[Callable[[str, int], None]]:
    """Show a bar that moves with each call, which gives a name and how many there are.

    Nothing where no person looks on.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda name, total: progress.update(
            task, description=f"{what} {name[-40:]}", total=total, advance=1
        )


def show_summary(
    console: Console, built: Built, layout: Layout | None, *, is_build: bool, site: str = ""
) -> None:
    """Print a table of what the run counted, and after a build where the site is: `site`, if not in the layout."""
    if built.counts:
        table = Table(box=None, show_header=False, pad_edge=False)
        table.add_column()
        table.add_column(justify="right")
        for key, label in LABELS.items():
            if key in built.counts:
                table.add_row(label, str(built.counts[key]))
        console.print(table)
    severities = [diagnostic.severity for diagnostic in built.diagnostics]
    words = [
        f"{severities.count(severity)} {severity}{'' if severities.count(severity) == 1 else 's'}"
        for severity in ("error", "warning")
        if severity in severities
    ]
    if words:
        console.print(", ".join(words), markup=False)
    if built.is_done and layout is not None and "links" in built.counts:
        console.print(f"Open {site or layout.site}/index.html", markup=False, soft_wrap=True)
    elif not built.is_done and is_build:
        console.print("The site was left as it was.", markup=False)
