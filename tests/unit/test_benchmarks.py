"""What the benchmarks measure with, and the page that shows their figures."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.built import STAGES
from tests.bench_table import PAGE, RESULTS, compare, keep, read_table, write_table
from tests.corpora import run_stages, write_corpus
from tests.large_corpus import write_large_corpus
from tests.measure import MAXRSS_BYTES, build, run, sizes_of

MACHINE = {"cores": 2, "system": "Linux x86_64", "python": "3.12.1", "mkdocs": "1.6.1", "pagefind": "1.5.2"}


def cost(seconds: float, memory_mb: int = 100) -> dict[str, Any]:
    return {"seconds": seconds, "cpu_seconds": seconds, "memory_mb": memory_mb, "told": {}}


def size(clean_s: float, memory_mb: int = 100, **others: Any) -> dict[str, Any]:
    """Return the figures of one size beside plain MkDocs in 70 s, and in 90 s with its search."""
    return {
        "clean": cost(clean_s, memory_mb), "without_search": cost(10, memory_mb), "plain": cost(70, 400),
        "plain_search": cost(90, 400), "document": cost(1.5), "alias": cost(2.0), "nothing": cost(0.9),
        "site": {"files": 2000}, "moved": 0, "alias_pages": {"made": 7, "changed": 7}, **others,
    }  # fmt: skip


def test_the_table_of_the_page_is_that_of_the_figures_that_are_kept() -> None:
    figures = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert read_table(PAGE.read_text(encoding="utf-8")) == write_table(figures)


def test_each_measure_stands_beside_what_it_is_to_reach() -> None:
    figures = {
        "machine": MACHINE,
        "sizes": {"1000": size(30), "20000": size(660, 1600, moved=3, hugo=cost(10))},
    }
    assert write_table(figures).splitlines() == [
        "",
        "2 cores, Linux x86_64, Python 3.12.1, mkdocs 1.6.1, pagefind 1.5.2.",
        "",
        "| documents | measure | measured | beside it | ratio | to reach | met |",
        "|---:|---|---:|---:|---:|---|---|",
        "| 1,000 | clean build, search left out; plain MkDocs | 10.0 s | 70.0 s | 1/7.0 | at most 1/7 | yes |",
        "| 1,000 | the same; Hugo, minimal theme |  | not installed |  | at most 1/1 |  |",
        "| 1,000 | clean build; plain MkDocs with its search | 30.0 s | 90.0 s | 1/3.0 | at most 1/3 | yes |",
        "| 1,000 | after one changed document | 1.5 s | 90.0 s | 1/60.0 | at most 1/50 | yes |",
        "| 1,000 | after one renamed alias | 2.0 s | 90.0 s | 1/45.0 | at most 1/50 | no |",
        "| 1,000 | nothing changed | 0.9 s | 90.0 s | 1/100.0 | at most 1/100 | yes |",
        "| 1,000 | pages made for the alias, without need | 0 | of 7 |  | none | yes |",
        "| 1,000 | files touched where nothing changed | 0 | of 2,000 |  | none | yes |",
        "| 1,000 | largest process | 100 MB | 400 MB | 0.25 | 1,500 MB |  |",
        "| 1,000 | largest process, search left out | 100 MB | 400 MB | 0.25 | 500 MB |  |",
        "| 20,000 | clean build, search left out; plain MkDocs | 10.0 s | 70.0 s | 1/7.0 | at most 1/7 | yes |",
        "| 20,000 | the same; Hugo, minimal theme | 10.0 s | 10.0 s | 1/1.0 | at most 1/1 | yes |",
        "| 20,000 | clean build; plain MkDocs with its search | 660.0 s | 90.0 s | 1/0.1 | at most 1/3 | no |",
        "| 20,000 | after one changed document | 1.5 s | 90.0 s | 1/60.0 | at most 1/50 | yes |",
        "| 20,000 | after one renamed alias | 2.0 s | 90.0 s | 1/45.0 | at most 1/50 | no |",
        "| 20,000 | nothing changed | 0.9 s | 90.0 s | 1/100.0 | at most 1/100 | yes |",
        "| 20,000 | pages made for the alias, without need | 0 | of 7 |  | none | yes |",
        "| 20,000 | files touched where nothing changed | 3 | of 2,000 |  | none | no |",
        "| 20,000 | largest process | 1,600 MB | 400 MB | 4.00 | 1,500 MB | no |",
        "| 20,000 | largest process, search left out | 1,600 MB | 400 MB | 4.00 | 500 MB | no |",
        "| 1,000 to 20,000 | clean build, time a document | 33.0 ms | 30.0 ms | 1.10 | at most 1.10 | yes |",
        "",
    ]


def test_a_size_that_was_measured_alone_stands_beside_nothing() -> None:
    whole = size(660, 1600)
    alone = {name: whole[name] for name in ("clean", "nothing", "document", "site", "moved")}
    rows = write_table({"machine": MACHINE, "sizes": {"1000": size(30), "20000": alone}}).splitlines()
    assert rows[-7:] == [
        "| 20,000 | clean build | 660.0 s |  |  |  |  |",
        "| 20,000 | after one changed document | 1.5 s |  |  |  |  |",
        "| 20,000 | nothing changed | 0.9 s |  |  |  |  |",
        "| 20,000 | files touched where nothing changed | 0 | of 2,000 |  | none | yes |",
        "| 20,000 | largest process | 1,600 MB |  |  | 1,500 MB | no |",
        "| 1,000 to 20,000 | clean build, time a document | 33.0 ms | 30.0 ms | 1.10 | at most 1.10 | yes |",
        "",
    ]


@pytest.mark.parametrize("old", ["", "old\n"])
def test_figures_are_kept_raw_and_as_a_table(old: str, tmp_path: Path) -> None:
    results, page = tmp_path / "build.json", tmp_path / "page.md"
    page.write_text(f"Before.\n<!-- figures -->\n{old}<!-- end of figures -->\nAfter.\n")
    figures = {"machine": MACHINE, "sizes": {"1000": size(30)}}
    keep(figures, results, page)
    assert json.loads(results.read_text()) == figures
    assert page.read_text().startswith("Before.\n<!-- figures -->\n\n2 cores")
    assert page.read_text().endswith("|\n\n<!-- end of figures -->\nAfter.\n")
    assert read_table(page.read_text()) == write_table(figures)


def test_a_page_without_a_place_for_figures_is_refused() -> None:
    with pytest.raises(ValueError, match="no marks between which figures stand"):
        read_table("Words.")


def test_what_was_not_reached_is_said_aloud_at_the_terminal() -> None:
    rows = compare({"machine": MACHINE, "sizes": {"1000": size(31)}})
    assert [str(row).split()[-2:] for row in rows if row.is_met is False] == [["NOT", "MET"], ["NOT", "MET"]]


def test_the_memory_of_a_command_is_that_of_its_largest_process() -> None:
    child = "words = bytearray(200_000_000)"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{child}'])"
    measured = run([sys.executable, "-c", program])
    # A process begins with the memory of the one that started it, that of this test included.
    own_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_BYTES / 1e6
    assert 200 <= measured.memory_mb < max(400, own_mb + 10)
    assert measured.seconds > 0


def test_a_command_that_fails_is_told_with_what_it_printed() -> None:
    with pytest.raises(RuntimeError, match="it rained"):
        run([sys.executable, "-c", "raise SystemExit('it rained')"])


@pytest.mark.slow
def test_a_build_is_timed_by_stages_with_search_and_without(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    measured = build(tmp_path)
    assert list(measured.told["stages"]) == list(STAGES)
    assert measured.told["counts"]["documents"] == 2
    sizes = sizes_of(tmp_path / "site")
    assert sizes["search_bytes"] > 0
    assert sizes["largest"]["actors"]["page"].startswith("actors/")
    build(tmp_path, "--without-search")
    assert sizes_of(tmp_path / "site")["search_bytes"] == 0


def test_a_dossier_that_cannot_be_built_is_told_with_its_errors(tmp_path: Path) -> None:
    write_corpus(tmp_path, {"documents/memo-1962.md": "no front matter"})
    with pytest.raises(RuntimeError, match=r"memo-1962\.md"):
        build(tmp_path)


def test_a_document_of_a_large_corpus_has_the_words_names_and_notes_that_are_told(tmp_path: Path) -> None:
    write_large_corpus(tmp_path / "corpus", 40, notes=8)
    staged = run_stages(tmp_path / "corpus")
    assert staged.diagnostics == ()
    for slug in staged.corpus.documents:
        text = staged.linked.text(slug, "transcription")
        assert text is not None
        assert len(text.parsed.footnotes) == 8
        assert 35 <= len(text.mentions) <= 48
        assert 700 <= sum(len(leaf.text.split()) for leaf in text.leaves) <= 760
