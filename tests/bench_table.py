"""The figures of tests/bench/build.py against what they are to reach, for the terminal and for the documentation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
RESULTS = PROJECT / "tests/bench/results/build.json"
PAGE = PROJECT / "docs/benchmarks.md"
# The size for which the limits of memory hold.
LARGEST = 20_000
GROWTH = 1.10
# What stands before the table in the page, and after it.
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measure with what was measured, what is to be reached, and whether it was; None where nothing is to be."""

    documents: str
    measure: str
    measured: str
    beside: str
    ratio: str
    target: str
    is_met: bool | None

    def __str__(self) -> str:
        met = {True: "met", False: "NOT MET", None: ""}[self.is_met]
        return (
            f"{self.documents:>14}  {self.measure:<44}{self.measured:>22}{self.beside:>22}"
            f"{self.ratio:>9}  {self.target:<16}{met}"
        )


def compare(figures: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return a row for each measure of each size, in the order of sizes, and the growth from the first to the last."""
    sizes = {int(size): told for size, told in figures["sizes"].items()}
    rows = [row for size in sorted(sizes) for row in _compare_size(size, sizes[size])]
    if len(sizes) > 1:
        few, many = min(sizes), max(sizes)
        first, last = (sizes[size]["clean"]["seconds"] / size for size in (few, many))
        rows.append(
            Row(
                documents=f"{few:,} to {many:,}",
                measure="clean build, time a document",
                measured=f"{last * 1000:.1f} ms",
                beside=f"{first * 1000:.1f} ms",
                ratio=f"{last / first:.2f}",
                target=f"at most {GROWTH:.2f}",
                is_met=last / first <= GROWTH,
            )
        )
    return tuple(rows)


def _compare_size(size: int, told: Mapping[str, Any]) -> Iterator[Row]:
    documents = f"{size:,}"
    if "plain" not in told:
        yield from _tell_alone(documents, told, size)
        return
    plain, search = told["plain"], told["plain_search"]
    yield _time(documents, "clean build, search left out; plain MkDocs", told["without_search"], plain, 7)
    if "hugo" in told:
        yield _time(documents, "the same; Hugo, minimal theme", told["without_search"], told["hugo"], 1)
    else:
        yield Row(
            documents=documents, measure="the same; Hugo, minimal theme", measured="", beside="not installed",
            ratio="", target="at most 1/1", is_met=None,
        )  # fmt: skip
    yield _time(documents, "clean build; plain MkDocs with its search", told["clean"], search, 3)
    yield _time(documents, "after one changed document", told["document"], search, 50)
    yield _time(documents, "after one renamed alias", told["alias"], search, 50)
    yield _time(documents, "nothing changed", told["nothing"], search, 100)
    pages = told["alias_pages"]
    yield _count(
        documents, "pages made for the alias, without need", pages["made"] - pages["changed"], pages["made"]
    )
    yield _count(documents, "files touched where nothing changed", told["moved"], told["site"]["files"])
    yield _memory(documents, "largest process", told["clean"], search, 1500, size)
    yield _memory(documents, "largest process, search left out", told["without_search"], plain, 500, size)


def _tell_alone(documents: str, told: Mapping[str, Any], size: int) -> Iterator[Row]:
    """Yield the rows of a size of which nothing else was measured."""
    measures = {
        "clean build": told["clean"],
        "after one changed document": told["document"],
        "nothing changed": told["nothing"],
    }
    for measure, cost in measures.items():
        yield Row(
            documents=documents, measure=measure, measured=f"{cost['seconds']:.1f} s", beside="", ratio="",
            target="", is_met=None,
        )  # fmt: skip
    yield _count(documents, "files touched where nothing changed", told["moved"], told["site"]["files"])
    yield _memory(documents, "largest process", told["clean"], None, 1500, size)


def _time(documents: str, measure: str, cost: Mapping[str, Any], beside: Mapping[str, Any], part: int) -> Row:
    ratio = beside["seconds"] / cost["seconds"]
    return Row(
        documents=documents,
        measure=measure,
        measured=f"{cost['seconds']:.1f} s",
        beside=f"{beside['seconds']:.1f} s",
        ratio=f"1/{ratio:.1f}",
        target=f"at most 1/{part}",
        is_met=ratio >= part,
    )


def _count(documents: str, measure: str, number: int, among: int) -> Row:
    return Row(
        documents=documents, measure=measure, measured=f"{number:,}", beside=f"of {among:,}", ratio="",
        target="none", is_met=number == 0,
    )  # fmt: skip


def _memory(
    documents: str,
    measure: str,
    cost: Mapping[str, Any],
    beside: Mapping[str, Any] | None,
    limit_mb: int,
    size: int,
) -> Row:
    """Return a row whose limit holds for the largest size; a smaller one that keeps within it says nothing."""
    is_within = cost["memory_mb"] <= limit_mb
    return Row(
        documents=documents,
        measure=measure,
        measured=f"{cost['memory_mb']:,} MB",
        beside=f"{beside['memory_mb']:,} MB" if beside else "",
        ratio=f"{cost['memory_mb'] / beside['memory_mb']:.2f}" if beside else "",
        target=f"{limit_mb:,} MB",
        is_met=is_within if size >= LARGEST or not is_within else None,
    )


def write_table(figures: Mapping[str, Any]) -> str:
    """Return the figures as a Markdown table, with a line on the machine."""
    machine = figures["machine"]
    programs = ", ".join(
        f"{name} {machine[name]}" for name in machine if name not in ("cores", "system", "python")
    )
    lines = [
        "",
        f"{machine['cores']} cores, {machine['system']}, Python {machine['python']}, {programs}.",
        "",
        "| documents | measure | measured | beside it | ratio | to reach | met |",
        "|---:|---|---:|---:|---:|---|---|",
    ]
    lines += [f"| {' | '.join(_cells(row))} |" for row in compare(figures)]
    return "\n".join([*lines, "", ""])


def _cells(row: Row) -> tuple[str, ...]:
    met = {True: "yes", False: "no", None: ""}[row.is_met]
    return row.documents, row.measure, row.measured, row.beside, row.ratio, row.target, met


def read_table(page: str) -> str:
    """Return the table that stands in a page.

    Raises:
        ValueError: it has no place for one.
    """
    _, begin, rest = page.partition(BEGIN)
    table, end, _ = rest.partition(END)
    if not begin or not end:
        raise ValueError("the page has no marks between which figures stand")
    return table


def keep(figures: Mapping[str, Any], results: Path = RESULTS, page: Path = PAGE) -> None:
    """Write the raw figures to a file, and their table into a page."""
    results.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest[len(read_table(text)) :]
    page.write_text(f"{before}{BEGIN}{write_table(figures)}{after}", encoding="utf-8")
