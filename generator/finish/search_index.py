"""The search index of a built site: its pages as search sees them, given to Pagefind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from generator.diagnostics import Diagnostic, error
from generator.finish.search_order import order_facets
from generator.finish.search_pages import SearchPage, read_search_page, write_search_page
from generator.finish.search_scripts import write_search_scripts
from generator.model.places import Place

INDEX_FOLDER = "pagefind"
# -P: the site's folder must not shadow a module.
PAGEFIND: tuple[str, ...] = (sys.executable, "-P", "-m", "pagefind")
# The page that a server shows in place of a missing one.
ERROR_PAGE = "404.html"
# Of a site whose pages name none.
FALLBACK_LANGUAGE = "en"
# Facets whose values are pages: shown by that page's title, told apart by its slug.
PAGE_FACETS = {
    "actors": ("actor", "actor"),
    "issues": ("issue", "issue"),
    "publisher": ("publisher", "actor"),
}
# The kind of an actor is shown beside its name; the facet is that of documents.
SHOWN_KIND = "what"
# What a visitor's browser needs of Pagefind. Its own interfaces, playground and worker are not used.
KEPT = ("pagefind.js", "pagefind-entry.json", "*.pf_meta", "index/*", "filter/*", "fragment/*")


def write_search_index(
    site: Path, shown: str, *, pagefind: tuple[str, ...] = PAGEFIND
) -> tuple[Diagnostic, ...]:
    """Write the index of a built site into its folder `pagefind` and return what went wrong; no pages, no index.

    The same pages give the same bytes. `shown` names the site in findings, `pagefind` is the command before its
    options.
    """
    pages = _read_pages(site)
    if not pages:
        return ()
    language = _language_of(pages)
    folder = site / INDEX_FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="dossier-search-") as temporary:
        _write_pages(pages, Path(temporary), language)
        options = ["--site", temporary, "--output-path", str(folder.resolve()), "--force-language", language]
        found = _run([*pagefind, *options, "--keep-index-url", "--quiet"], shown)
    if found:
        shutil.rmtree(folder, ignore_errors=True)
        return found
    fault = _tidy(folder)
    if fault:
        shutil.rmtree(folder, ignore_errors=True)
        return (_failed(shown, fault, "it is of a version that Dossier does not know"),)
    write_search_scripts(folder)
    return ()


def _tidy(folder: Path) -> str:
    """Leave of an index what the site uses, in a fixed order, and return what is wrong with it, empty if nothing is."""
    missing = _keep_needed(folder)
    if missing:
        return f"Pagefind wrote no `{missing}`"
    try:
        order_facets(folder)
    except (ValueError, IndexError, OSError, EOFError) as fault:
        return f"the index cannot be read: {fault}"
    return ""


def _read_pages(site: Path) -> dict[str, SearchPage]:
    """Return the pages that can be found by their path below the site."""
    pages = {}
    for path in sorted(site.rglob("*.html"), key=lambda path: path.relative_to(site).as_posix()):
        name = path.relative_to(site).as_posix()
        if name != ERROR_PAGE and not name.startswith(f"{INDEX_FOLDER}/"):
            page = read_search_page(path.read_bytes())
            if page is not None:
                pages[name] = page
    return pages


def _language_of(pages: Mapping[str, SearchPage]) -> str:
    """Return the language of most pages: one site is one index, whose words are all stemmed alike."""
    counted = Counter(page.language.lower() for page in pages.values() if page.language)
    return min(counted, key=lambda language: (-counted[language], language), default=FALLBACK_LANGUAGE)


def _write_pages(pages: Mapping[str, SearchPage], folder: Path, language: str) -> None:
    titles = {(page.kind, page.said.get("slug", "")): page.title for page in pages.values()}
    ranks = _ranks(pages)
    for name, page in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            write_search_page(page, _facets(page, titles), ranks[name], language), encoding="utf-8"
        )


def _facets(page: SearchPage, titles: Mapping[tuple[str, str], str]) -> dict[str, list[str]]:
    """Return the values of a page by facet. One that is a page is written `title #slug`."""
    facets = {"page": [page.kind]}
    if page.said.get("kind"):
        facets["kind" if page.kind == "document" else SHOWN_KIND] = [page.said["kind"]]
    if page.said.get("years"):
        facets["year"] = page.said["years"].split()
    for said, (facet, kind) in PAGE_FACETS.items():
        slugs = page.said.get(said, "").split()
        if slugs:
            facets[facet] = [f"{titles.get((kind, slug), slug)} #{slug}" for slug in slugs]
    return facets


def _ranks(pages: Mapping[str, SearchPage]) -> dict[str, dict[str, int]]:
    """Return where each page stands among all by date, from the newest and from the oldest; undated ones stand last.

    Pagefind leaves pages without a value out of sorted results, and compares numbers in single precision: a rank has no
    more digits than that holds, a day has.
    """
    days = {name: page.said.get("date", "") for name, page in pages.items()}
    dated = sorted((name for name in pages if days[name]), key=lambda name: (days[name], name))
    undated = sorted(name for name in pages if not days[name])
    newest = {name: rank for rank, name in enumerate([*reversed(dated), *undated])}
    oldest = {name: rank for rank, name in enumerate([*dated, *undated])}
    return {name: {"newest": newest[name], "oldest": oldest[name]} for name in pages}


def _run(command: list[str], shown: str) -> tuple[Diagnostic, ...]:
    # One thread, in the order of the paths: the same pages give the same bytes.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    environment |= {"RAYON_NUM_THREADS": "1"}
    try:
        ended = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as fault:
        return (_failed(shown, "Pagefind cannot be run", str(fault)),)
    if ended.returncode == 0:
        return ()
    lines = [line.strip() for line in ended.stdout.splitlines() if line.strip()]
    last = lines[-1] if lines else "it printed nothing"
    return (_failed(shown, f"Pagefind ended with exit code {ended.returncode}", last),)


def _keep_needed(folder: Path) -> str:
    """Remove what the site does not use and return the first thing that it lacks, empty if it lacks nothing."""
    entry = folder / "pagefind-entry.json"
    if not entry.is_file():
        return entry.name
    languages = json.loads(entry.read_text(encoding="utf-8"))["languages"]
    programs = {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in languages.values()}
    kept = {path for pattern in KEPT for path in folder.glob(pattern)} | {folder / name for name in programs}
    lacking = [name for name in ("pagefind.js", *sorted(programs)) if not (folder / name).is_file()]
    if lacking:
        return lacking[0]
    for path in [path for path in folder.rglob("*") if path.is_file() and path not in kept]:
        path.unlink()
    return ""


def _failed(shown: str, what: str, why: str) -> Diagnostic:
    return error(
        Place(path=f"{shown}/{INDEX_FOLDER}"),
        "search-index",
        what,
        why=f"{why}; the site would have no search",
        help="install what `pip install dossier-generator` brings: `pip install 'pagefind[bin]>=1.5,<1.6'`",
    )
