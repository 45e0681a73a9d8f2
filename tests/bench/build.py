"""What a build costs beside plain MkDocs on the same Markdown, as ratios within one run.

Usage: python tests/bench/build.py [DOCUMENTS …] [--alone DOCUMENTS …] [--json FILE] [--keep]

Each size is measured: plain MkDocs with one process and Python-Markdown alone, the same with Material's search, Hugo
with a minimal theme where it is installed, and a build: clean, without search, where nothing changed, after one changed
document, after one renamed alias. 500 and 1,000 documents if no size is given. Of the sizes after `--alone`, for which
plain MkDocs would take hours, only builds with search are measured: clean, where nothing changed, after one changed
document. `--keep` writes the figures to tests/bench/results/build.json and their table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from tests.bench_table import RESULTS, compare, keep
from tests.large_corpus import write_large_corpus
from tests.measure import Cost, build, run, sizes_of

# Both so large that links are checked as in a large site.
SIZES = (500, 1000)
NOTES = 8
# What makes `dossier build` fast, in the configuration that it writes.
OWN_EXTENSION = "generator.convert.extension"
PACKAGES = ("mkdocs", "mkdocs-material", "Markdown", "pagefind")
HUGO_LAYOUT = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>\n"


def main() -> None:
    """Measure each size, print the comparison, and write what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", nargs="*", type=int)
    parser.add_argument("--alone", nargs="+", type=int, default=(), help="sizes without plain MkDocs")
    parser.add_argument("--json", type=Path, help="write the raw figures to this file")
    parser.add_argument("--keep", action="store_true", help="write them into the documentation")
    given = parser.parse_args()
    figures: dict[str, Any] = {"machine": describe_machine(), "sizes": {}}
    sizes = given.documents or ([] if given.alone else SIZES)
    for documents in sorted({*sizes, *given.alone}):
        with tempfile.TemporaryDirectory(prefix="dossier-bench-") as folder:
            figures["sizes"][str(documents)] = measure(
                Path(folder).resolve(), documents, is_alone=documents in given.alone
            )
    for row in compare(figures):
        print(row)  # noqa: T201
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if given.keep:
        keep(figures)
        print(f"kept in {RESULTS.name} and docs/benchmarks.md")  # noqa: T201


def describe_machine() -> dict[str, Any]:
    """Return what of the machine and its programs decides on the figures."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    told = {
        "cores": cores,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{package: version(package) for package in PACKAGES},
    }
    if shutil.which("hugo"):
        # hugo v0.111.3+extended linux/amd64 …
        printed = subprocess.run(["hugo", "version"], capture_output=True, text=True, check=True).stdout
        told["hugo"] = printed.split()[1].removeprefix("v").partition("+")[0].partition("-")[0]
    return told


def measure(folder: Path, documents: int, *, is_alone: bool) -> dict[str, Any]:
    """Return the figures of one size; `is_alone`: without those of other programs and other builds."""
    dossier = folder / "dossier"
    write_large_corpus(dossier / "corpus", documents, notes=NOTES)
    costs = {"clean": build(dossier)}
    site = sizes_of(dossier / "site")
    if not is_alone:
        costs |= measure_plain(dossier, folder / "plain")
    before = times_of(dossier / "site")
    costs["nothing"] = build(dossier)
    after = times_of(dossier / "site")
    moved = [name for name in before if after.get(name) != before[name]]
    told: dict[str, Any] = {"site": site, "moved": len(moved)}
    costs["document"], told["document_pages"] = measure_change(dossier, change_document)
    if not is_alone:
        costs["alias"], told["alias_pages"] = measure_change(dossier, rename_alias)
        for made in ("site", "docs", ".dossier"):
            shutil.rmtree(dossier / made)
        costs["without_search"] = build(dossier, "--without-search")
    return {**{name: cost.as_json() for name, cost in costs.items()}, **told}


def measure_plain(dossier: Path, site: Path) -> dict[str, Cost]:
    """Return the costs of plain MkDocs, with search and without, and of Hugo, on the Markdown of a dossier."""
    costs = {}
    for name, plugins in (("plain", []), ("plain_search", ["search"])):
        # Beside the configuration that was generated: paths in it are those from its folder.
        config = dossier / ".dossier" / f"{name}.yml"
        settings = yaml.safe_load((dossier / ".dossier/mkdocs.yml").read_text(encoding="utf-8"))
        settings["markdown_extensions"].remove(OWN_EXTENSION)
        del settings["hooks"]
        config.write_text(yaml.safe_dump({**settings, "plugins": plugins}, sort_keys=False), encoding="utf-8")
        command = [sys.executable, "-P", "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
        costs[name] = run([*command, "--site-dir", str(site)])
        shutil.rmtree(site)
        config.unlink()
    if shutil.which("hugo"):
        costs["hugo"] = measure_hugo(dossier / "docs", site)
    return costs


def measure_hugo(docs: Path, folder: Path) -> Cost:
    """Return the cost of Hugo with a theme that has nothing but title and text."""
    shutil.copytree(docs, folder / "content")
    for index in (folder / "content").rglob("index.md"):
        # A page of this name would take its neighbours for files of its own.
        index.rename(index.with_name("_index.md"))
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    for name in ("single", "list"):
        (layouts / f"{name}.html").write_text(HUGO_LAYOUT, encoding="utf-8")
    config = {
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
        "disableKinds": ["taxonomy", "term", "RSS"],
    }
    (folder / "hugo.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    cost = run(["hugo", "--quiet"], folder=folder)
    shutil.rmtree(folder)
    return cost


def measure_change(dossier: Path, change: Any) -> tuple[Cost, dict[str, int]]:
    """Return the cost of a build after a change, and how many pages it made and how many of them have changed."""
    pages, times = read_pages(dossier / "site"), times_of(dossier / "site")
    change(dossier / "corpus")
    cost = build(dossier)
    now, later = read_pages(dossier / "site"), times_of(dossier / "site")
    made = {name for name in now if later[name] != times.get(name)}
    return cost, {"made": len(made), "changed": sum(now[name] != pages.get(name) for name in made)}


def change_document(corpus: Path) -> None:
    """Add a sentence to a document."""
    path = corpus / "texts/d7.md"
    first, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    path.write_text(f"{first}\n\nAn added sentence about stone.\n\n{rest}", encoding="utf-8")


def rename_alias(corpus: Path) -> None:
    """Spell an alias anew, as nobody does in the texts."""
    path = corpus / "actors/p1.md"
    path.write_text(path.read_text(encoding="utf-8").replace("[Number1]", "[Renamed1]"), encoding="utf-8")


def read_pages(site: Path) -> dict[str, int]:
    """Return what tells the contents of pages apart."""
    return {path.relative_to(site).as_posix(): hash(path.read_bytes()) for path in site.rglob("*.html")}


def times_of(site: Path) -> dict[str, int]:
    """Return the time of each file."""
    return {
        path.relative_to(site).as_posix(): path.stat().st_mtime_ns
        for path in site.rglob("*")
        if path.is_file()
    }


if __name__ == "__main__":
    main()
