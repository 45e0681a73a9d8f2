"""What a dossier of 21,578 newswire items costs, and how far its mentions agree with the tags of their editors.

Usage: python tests/bench/reuters.py [ARCHIVE] [--limit N] [--without-places] [--into FOLDER] [--json FILE]

ARCHIVE is that of the collection Reuters-21578, for research use only; where it is missing nothing is measured. The
dossier is made in a temporary folder, or in FOLDER, outside the repository, and kept there to be looked at.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from generator.link import link_corpus
from generator.load import load_corpus
from tests.measure import PROJECT, Cost, build, sizes_of
from tests.newswire.dossier import write_corpus_of_items
from tests.newswire.items import Item, read_archive
from tests.newswire.names import name_all
from tests.newswire.score import KindScore, Score, mentioned_pairs, score_kinds

ARCHIVE = PROJECT / ".." / "shared" / "data" / "reuters21578.tar.xz"


def main() -> None:
    """Make the dossier, build it twice, and print what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", nargs="?", type=Path, default=ARCHIVE)
    parser.add_argument("--limit", type=int, help="the first so many items alone")
    parser.add_argument("--without-places", action="store_true", help="places are no actors")
    parser.add_argument("--into", type=Path, help="a new or empty folder, kept")
    parser.add_argument("--json", type=Path, help="write the raw figures to this file")
    given = parser.parse_args()
    console = Console(highlight=False, width=120)
    if not given.archive.is_file():
        console.print(f"skipped: the collection is not at hand: {given.archive} does not exist")
        return
    if given.into is not None and given.into.resolve().is_relative_to(PROJECT):
        parser.error("name a folder outside the repository: the collection may not be published")
    if given.into is not None and given.into.is_dir() and any(given.into.iterdir()):
        parser.error(f"{given.into} holds files already")
    folder = given.into.resolve() if given.into else Path(tempfile.mkdtemp(prefix="dossier-reuters-"))
    try:
        items, described = read_archive(given.archive, given.limit)
        names = name_all(items, described)
        write_corpus_of_items(folder / "corpus", items, names, with_places=not given.without_places)
        figures = measure(folder, items)
    finally:
        if given.into is None:
            shutil.rmtree(folder, ignore_errors=True)
    show(console, figures)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measure(folder: Path, items: tuple[Item, ...]) -> dict[str, Any]:
    """Return all figures of a dossier of items."""
    # Before anything large is loaded here: a process is at least as large as the one that starts it.
    clean, again = build(folder), build(folder)
    corpus, _ = load_corpus(folder / "corpus")
    assert corpus is not None
    linked, _ = link_corpus(corpus)
    return {
        "items": len(items),
        "worded": sum(1 for item in items if item.blocks),
        "clean": clean.as_json(),
        "again": again.as_json(),
        "site": sizes_of(folder / "site"),
        "mentions": {
            kind: asdict(score) for kind, score in score_kinds(items, mentioned_pairs(linked)).items()
        },
    }


def show(console: Console, figures: dict[str, Any]) -> None:
    """Print the figures as tables."""
    clean, again = Cost(**figures["clean"]), Cost(**figures["again"])
    counts = ", ".join(f"{number:,} {name}" for name, number in clean.told["counts"].items())
    console.print(f"{figures['items']:,} items, {figures['worded']:,} of them with a text; {counts}")
    findings = ", ".join(f"{number:,} {name}s" for name, number in clean.told["findings"].items() if number)
    console.print(f"findings: {findings or 'none'}\n")
    table = Table("stage", "clean, s", "until then, MB", "nothing changed, s", box=None)
    for stage, told in clean.told["stages"].items():
        table.add_row(
            stage, f"{told['seconds']:.1f}", f"{told['memory_mb']:,}",
            f"{again.told['stages'].get(stage, {}).get('seconds', 0):.1f}",
        )  # fmt: skip
    table.add_row("all", f"{clean.seconds:.1f}", "", f"{again.seconds:.1f}")
    table.add_row("processor time", f"{clean.cpu_seconds:.1f}", "", f"{again.cpu_seconds:.1f}")
    table.add_row("largest process, MB", "", f"{clean.memory_mb:,}", f"{again.memory_mb:,}")
    console.print(table)
    site = figures["site"]
    console.print(
        f"\nsite: {site['pages']:,} pages ({site['page_bytes'] / 1e6:.1f} MB), {site['files']:,} files,"
        f" {site['bytes'] / 1e6:.1f} MB, {site['search_bytes'] / 1e6:.1f} MB of them search\n"
    )
    largest = Table("kind", "largest page", "KB", box=None)
    for kind, page in site["largest"].items():
        largest.add_row(kind, page["page"], f"{page['bytes'] / 1e3:,.0f}")
    console.print(largest)
    console.print()
    mentions = Table(
        "tags", "number", "given", "found", "precision", "recall", "macro precision", "macro recall", box=None
    )
    for kind, score in figures["mentions"].items():
        mentions.add_row(kind, *_row(score))
    console.print(mentions)


def _row(score: dict[str, Any]) -> list[str]:
    one = KindScore(**{**score, "micro": Score(**score["micro"])})
    return [
        str(one.tags), f"{one.micro.given:,}", f"{one.micro.found:,}", f"{one.micro.precision:.3f}",
        f"{one.micro.recall:.3f}", f"{one.macro_precision:.3f}", f"{one.macro_recall:.3f}",
    ]  # fmt: skip


if __name__ == "__main__":
    main()
