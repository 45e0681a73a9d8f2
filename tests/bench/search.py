"""What a search costs: bytes read and milliseconds for one query, over HTTP and from disk, by the size of the dossier.

Usage: python tests/bench/search.py [DOCUMENTS]    (1,000 if left out; needs Chromium)
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import build_site, find_chromium
from tests.browser.sites import serve
from tests.large_corpus import write_large_corpus

QUERIES = ("Unique7x3", "harbour wall", '"the harbour wall"', "Number7", "stone tide letter", "Nonumber")
TOLD = """
() => {
  const words = document.querySelector(".search-status")?.textContent;
  return words && !words.includes("…");
}
"""
SEARCHED = """
asked => {
  const field = document.querySelector("[data-search] input");
  field.value = asked;
  field.form.requestSubmit();
}
"""


def size_of(folder: Path) -> float:
    """Return the megabytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def ask(page: Page, address: str, query: str) -> tuple[float, float, float, str]:
    """Return the milliseconds of a first and of a second asking, the kilobytes read by the first, and the answer."""
    bytes_read = 0

    def count(response: object) -> None:
        nonlocal bytes_read
        bytes_read += len(response.body())  # type: ignore[attr-defined]

    page.goto(f"{address}search.html")
    page.wait_for_function("() => window.dossier.mountSearch")
    page.on(
        "requestfinished", lambda request: count(request.response()) if "pagefind" in request.url else None
    )
    times = []
    for _ in range(2):
        start = time.perf_counter()
        page.evaluate(SEARCHED, "")
        page.evaluate(SEARCHED, query)
        page.wait_for_function(TOLD, polling=5)
        times.append((time.perf_counter() - start) * 1000)
    return times[0], times[1], bytes_read / 1000, page.locator(".search-status").inner_text()


def main() -> None:
    """Print the sizes of the index and a table of queries."""
    documents = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_large_corpus(Path(folder, "corpus"), documents)
        site = build_site(Path(folder)).site
        index = site / "pagefind"
        sizes = f"index {size_of(index):.1f} MB with its scripts, site {size_of(site):.1f} MB"
        print(f"{documents} documents: {sizes}")  # noqa: T201
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        with serve(site) as web:
            for name, address in (("HTTP", web), ("disk", f"{site.as_uri()}/")):
                for query in QUERIES:
                    page = browser.new_page()
                    first, second, kilobytes, told = ask(page, address, query)
                    cost = f"{first:6.0f} ms, again {second:5.0f} ms, {kilobytes:6.0f} KB"
                    print(f"{name} {query!r:>22}: {cost}: {told}")  # noqa: T201
                    page.close()
        browser.close()


if __name__ == "__main__":
    main()
