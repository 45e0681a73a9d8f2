"""What an import says to its editor: one table of files, then what was cut, found and left open in each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from generator.importing.characters import visible
from generator.importing.compose import CUTTING
from generator.importing.model import Repair
from generator.importing.run import Import, Imported

# As many lines of furniture are listed for each file; --json has them all.
SHOWN_CUTS = 12


def show_import(console: Console, result: Import, *, is_dry: bool) -> None:
    """Print what came of an import."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("File", "Document", "Paragraphs", "Notes", "Repairs", "Cut"):
        table.add_column(
            heading, justify="left" if heading in ("File", "Document") else "right", overflow="fold"
        )
    for file in result.files:
        table.add_row(*(_safe(cell) for cell in _row(file)))
    console.print(table)
    for file in result.files:
        _show_file(console, file)
    for change in result.changes:
        if change.difference:
            console.print(_safe(change.difference.rstrip("\n")), soft_wrap=True)
    console.print()
    verb = "would write" if is_dry else "wrote"
    for change in result.changes:
        console.print(_safe(f"{verb} {change.path}"), style="dim", soft_wrap=True)
    if not result.changes:
        console.print("Nothing to write: the corpus is as this import gives it.")


def _safe(words: str) -> Text:
    """Return words of a source for a terminal, which a control character in them could drive."""
    return Text("\n".join(visible(line) for line in words.split("\n")))


def _row(file: Imported) -> tuple[str, ...]:
    composed = file.composed
    if composed is None:
        return (file.name, "–", "", "", "", "")
    slug = f"{file.slug} (version)" if file.duplicate is not None else str(file.slug)
    return (
        file.name,
        slug,
        str(len(composed.blocks)),
        f"{sum(note.is_marked for note in composed.notes)}/{len(composed.notes)}" if composed.notes else "0",
        str(sum(repair.rule not in CUTTING for repair in composed.repairs)),
        str(len(_cuts(file))),
    )


def _cuts(file: Imported) -> tuple[Repair, ...]:
    if file.composed is None:
        return ()
    return tuple(repair for repair in file.composed.repairs if repair.rule in CUTTING)


def _show_file(console: Console, file: Imported) -> None:
    if file.composed is None:
        return
    console.print()
    console.print(_safe(file.name), style="bold")
    for fact in file.composed.facts:
        words = f"  {fact.key:<10} {fact.value}   line {fact.line}: {fact.words[:70]}"
        console.print(_safe(words), soft_wrap=True)
    for what, why in file.composed.gaps:
        console.print(_safe(f"  gap        {what} {why}".rstrip()), soft_wrap=True)
    counts = Counter(repair.rule for repair in file.composed.repairs)
    if counts:
        console.print(
            Text("  rules      " + ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items())))
        )
    cuts = _cuts(file)
    for repair in cuts[:SHOWN_CUTS]:
        console.print(_safe(f"  cut {repair.line:>5}  {repair.before[:90]}"), style="dim", soft_wrap=True)
    if len(cuts) > SHOWN_CUTS:
        console.print(
            Text(f"  and {len(cuts) - SHOWN_CUTS} more lines; `--keep LINE` brings one back"), style="dim"
        )


def import_as_json(result: Import) -> dict[str, Any]:
    """Return what came of an import as one object for editors' tools."""
    return {
        "files": [
            {
                "name": file.name,
                "document": file.slug,
                "version_of": file.duplicate.slug if file.duplicate is not None else None,
                "share": file.duplicate.share if file.duplicate is not None else None,
                "paragraphs": len(file.composed.blocks) if file.composed is not None else 0,
                "notes": [
                    {"label": note.label, "is_marked": note.is_marked}
                    for note in (file.composed.notes if file.composed else ())
                ],
                "facts": [
                    {"key": fact.key, "value": fact.value, "line": fact.line, "words": fact.words}
                    for fact in (file.composed.facts if file.composed else ())
                ],
                "repairs": [
                    {"rule": repair.rule, "line": repair.line, "before": repair.before, "after": repair.after}
                    for repair in (file.composed.repairs if file.composed else ())
                ],
                "gaps": [
                    {"what": what, "why": why} for what, why in (file.composed.gaps if file.composed else ())
                ],
            }
            for file in result.files
        ],
        "changes": [
            {"path": change.path, "is_new": change.is_new, "difference": change.difference}
            for change in result.changes
        ],
    }
