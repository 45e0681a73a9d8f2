"""What search costs at any size: making its index, being ready, a first answer, and the bytes read, in two browsers.

Usage: python tests/bench/search.py [DOCUMENTS] [--facets]    (1,000 documents if left out; needs Chromium and Firefox)

The pages are made as they would be built: 700 words a document of which few are frequent and most are rare (Zipf), 30
names of actors, two issues, a date. `--facets` asks on the search page, which counts facets, instead of in the box.
"""

from __future__ import annotations

import itertools
import json
import multiprocessing
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from playwright.sync_api import sync_playwright

from generator.finish.search_index import write_search_index
from generator.text.search_words import UNSPACED
from tests.browser.conftest import find_chromium
from tests.browser.firefox import open_firefox
from tests.browser.readers import Chromium, Reader
from tests.browser.sites import serve

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "site_overrides/assets/javascripts"
STRINGS = ROOT / "templates/strings/en.yml"
STARTS = (*"bcdfghjklmnprstvw", "st", "tr", "pl", "gr", "br", "ch", "sh", "th")
VOWELS = (*"aeiouaeio", "ai", "ea", "ou")
ENDS = ("", "", "n", "r", "s", "t", "l", "m", "nd", "rt", "ck")
WORDS = 60_000
KINDS = ("letter", "report", "memorandum", "article")
SEARCH_PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Search</title>
<meta name="dossier-page" content="none">
<script src="dossier/settings.js"></script></head><body><article>
<form data-search="{form}" action="search.html"><input type="search" name="q"></form></article>
<script src="assets/javascripts/search.js"></script></body></html>
"""
# Asks as a reader does, and tells after how many milliseconds the first results stand on the page.
ASK = """
(() => {
  const field = document.querySelector("form[data-search] input");
  const status = document.querySelector(".search-status");
  status.textContent = "";
  window.told = undefined;
  const start = performance.now();
  new MutationObserver((_, observer) => {
    if (!status.textContent || status.textContent.includes("…")) return;
    observer.disconnect();
    window.told = [performance.now() - start, status.textContent];
  }).observe(status, { childList: true });
  field.value = %s;
  field.dispatchEvent(new Event(field.form.dataset.search === "page" ? "change" : "input", { bubbles: true }));
  if (field.form.dataset.search === "page") field.form.requestSubmit();
})()
"""
READY = """
(async () => {
  const start = performance.now();
  await dossier.openSearchIndex();
  return performance.now() - start;
})()
"""
# The box waits so long for the next letter before it searches.
WAIT_MS = {"page": 0, "box": 160}


def vocabulary() -> list[str]:
    """Return made-up words, the short ones first."""
    chance = random.Random(1)  # noqa: S311 - the same words in every run
    words: dict[str, None] = {}
    while len(words) < WORDS:
        syllables = min(1 + int(len(words) ** 0.5 / 60) + chance.randrange(2), 4)
        parts = (
            chance.choice(STARTS) + chance.choice(VOWELS) + chance.choice(ENDS) for _ in range(syllables)
        )
        words["".join(parts)] = None
    return list(words)


def pages(documents: int) -> Iterator[tuple[str, str]]:
    """Yield the path and the HTML of each page: one actor for five documents, one issue for twenty."""
    words = vocabulary()
    weights = list(itertools.accumulate((rank + 2.7) ** -1.1 for rank in range(WORDS)))
    actors, issues = max(documents // 5, 1), max(documents // 20, 1)
    for number in range(documents):
        chance = random.Random(number)  # noqa: S311 - the same words in every run
        named = set()
        passages = []
        for passage in range(1, 11):
            chosen = chance.choices(words, cum_weights=weights, k=70)
            for _ in range(3):
                actor = int(actors * chance.random() ** 2)
                named.add(f"p{actor}")
                chosen[chance.randrange(70)] = f"Person{actor}"
            passages.append(f'<p id="p-{passage}">{" ".join(chosen)}.</p>')
        day = f"{1 + number % 12:02}-{1 + number % 28:02}"
        said = {
            "page": "document", "slug": f"d{number}", "kind": chance.choice(KINDS), "when": f"{1900 + number % 120}",
            "date": f"{1900 + number % 120}-{day}", "years": f"{1900 + number % 120}",
            "actors": " ".join(sorted(named)), "issues": f"i{int(issues * chance.random() ** 2)}",
        }  # fmt: skip
        title = " ".join(chance.choices(words[100:], k=4))
        yield (
            f"documents/d{number}.html",
            html(title, f'<div class="transcription">{"".join(passages)}</div>', said),
        )
    for number in range(actors):
        said = {
            "page": "actor",
            "slug": f"p{number}",
            "kind": "person",
            "aliases": f"Person{number} · P. {number}",
        }
        yield (
            f"actors/p{number}.html",
            html(f"Person{number}", "<p>Named.</p>", said | {"actors": f"p{number}"}),
        )
    for number in range(issues):
        said = {"page": "issue", "slug": f"i{number}", "issues": f"i{number}"}
        yield f"issues/i{number}.html", html(f"Issue {words[number]}", "<p>Disputed.</p>", said)


def html(title: str, words: str, said: dict[str, str]) -> str:
    """Return a built page."""
    metas = "".join(f'<meta name="dossier-{name}" content="{value}">' for name, value in said.items())
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{metas}</head>'
        f"<body><article><h1>{title}</h1>{words}</article></body></html>"
    )


def queries() -> list[str]:
    """Return what is asked: words from frequent to rare, names, several words, a half-typed one, quotations."""
    words = vocabulary()
    one = next(content for _, content in pages(1)).split('id="p-3">')[1].split()
    alone = [words[rank] for rank in (60, 150, 400, 900, 2000, 4000, 9000, 20_000)]
    several = [
        f"{words[300]} {words[700]}",
        f"{words[80]} {words[3000]}",
        f"{words[150]} {words[220]} {words[500]}",
    ]
    quoted = [f'"{" ".join(one[at : at + 3])}"' for at in (2, 11, 30)]
    return [
        *alone,
        *several,
        "Person3",
        "Person41",
        "person150",
        words[5000][:-2],
        words[9001][:4],
        *quoted,
        "Unknownword",
    ]


def write_site(folder: Path, documents: int) -> None:
    """Write the pages, a search page and a page with the box, and what their scripts need."""
    for path, content in pages(documents):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)
    for form in ("page", "box"):
        (folder / ("search.html" if form == "page" else "box.html")).write_text(SEARCH_PAGE.format(form=form))
    shutil.copytree(SCRIPTS, folder / "assets/javascripts")
    strings = yaml.safe_load(STRINGS.read_text(encoding="utf-8"))
    settings = {
        "language": "en",
        "strings": strings["script"],
        "settings": {"search": {"unspaced": UNSPACED}},
    }
    (folder / "dossier").mkdir()
    (folder / "dossier/settings.js").write_text(f"window.dossier={json.dumps(settings)};\n")
    (folder / "dossier/names.js").write_text("window.dossier.names=[];\n")


def make_index(site: Path, cache: Path) -> None:
    """Make the index, make it again with nothing changed and with one document changed, and print what that cost."""
    for name in ("clean", "nothing changed", "one changed"):
        if name == "one changed":
            path = site / "documents/d7.html"
            path.write_text(path.read_text().replace("</p>", " anotherword</p>", 1))
        wall, own, others = (
            time.perf_counter(),
            time.process_time(),
            resource.getrusage(resource.RUSAGE_CHILDREN),
        )
        found = write_search_index(site, "site", cache=cache)
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = spent.ru_utime + spent.ru_stime - others.ru_utime - others.ru_stime
        seconds = f"{time.perf_counter() - wall:.1f} s, own CPU {time.process_time() - own:.1f} s"
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        peaks = f"peak {peak:.0f} MB, of one Pagefind {spent.ru_maxrss / 1000:.0f} MB"
        print(f"{name}: {seconds}, Pagefind's {cpu:.1f} s; {peaks} {found or ''}")  # noqa: T201
    entry = json.loads((site / "pagefind/pagefind-entry.json").read_bytes())["languages"]
    files = [path for path in (site / "pagefind").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{len(entry)} parts, {len(files)} files, {size:.0f} MB with the scripts for pages from disk")  # noqa: T201


def size_of(site: Path, address: str) -> int:
    """Return the bytes of a file of the index by the address that was asked for; 0 for all other files."""
    path = unquote(urlsplit(address).path)
    if "/pagefind/" not in path:
        return 0
    file = site / "pagefind" / path.split("/pagefind/", 1)[1]
    return file.stat().st_size if file.is_file() else 0


@contextmanager
def serve_apart(site: Path) -> Iterator[str]:
    """Serve a folder as `serve` does, in a process of its own: what drives the browser takes no time from it."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve_until_told, args=(site, there))
    server.start()
    try:
        yield here.recv()
    finally:
        here.send("end")
        server.join()


def serve_until_told(site: Path, there: Connection) -> None:
    """Serve a folder, tell its address, and end when told to."""
    with serve(site) as address:
        there.send(address)
        there.recv()


def measure(name: str, reader: Reader, site: Path, address: str, form: str) -> None:
    """Print how long a browser takes to be ready and to answer, and what it reads."""
    reader.goto(f"{address}{'search' if form == 'page' else 'box'}.html")
    # Loads the scripts of search, but not its index.
    reader.evaluate("document.querySelector('input').dispatchEvent(new Event('focusin', {bubbles: true}))")
    reader.wait_for("window.dossier.mountSearch && document.querySelector('.search-status') !== null")
    before = len(reader.requests())
    ready = float(reader.evaluate(READY))
    asked = reader.requests()
    first = sum(size_of(site, one) for one in asked[before:])
    times, sizes = [], []
    for query in queries():
        before = len(asked)
        reader.evaluate(ASK % json.dumps(query))
        took, told = reader.wait_for("window.told", timeout_s=60)
        asked = reader.requests()
        times.append(float(took) - WAIT_MS[form])
        sizes.append(sum(size_of(site, one) for one in asked[before:]))
        print(f"    {query!r:40} {times[-1]:6.0f} ms {sizes[-1] / 1000:6.0f} KB  {told}")  # noqa: T201
    middle = f"median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms"
    query = f"a query {statistics.median(sizes) / 1000:.0f} KB, at most {max(sizes) / 1000:.0f} KB"
    read = f"read {first / 1000:.0f} KB to be ready, {query}"
    print(f"  {name}: ready in {ready:.0f} ms, {middle}; {read}", flush=True)  # noqa: T201


def main() -> None:
    """Print what the index costs, and a table of queries for each browser over HTTP and from disk."""
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    documents = numbers[0] if numbers else 1000
    form = "page" if "--facets" in sys.argv else "box"
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        site.mkdir()
        write_site(site, documents)
        print(f"{documents} documents, {sum(1 for _ in site.rglob('*.html'))} pages")  # noqa: T201
        make_index(site, Path(folder, "cache"))
        with serve_apart(site) as web:
            addresses = {"over HTTP": web, "from disk": f"{site.as_uri()}/"}
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
                for name, address in addresses.items():
                    measure(f"Chromium {name}", Chromium(browser.new_page()), site, address, form)
                browser.close()
            for name, address in addresses.items():
                with open_firefox() as firefox:
                    measure(f"Firefox {name}", firefox, site, address, form)


if __name__ == "__main__":
    main()
