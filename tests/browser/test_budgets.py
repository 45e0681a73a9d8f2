"""How heavy the site is: scripts, styles, the markup of pages, what each page loads, and whether anything jumps."""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from generator.build import write_dossier
from generator.finish import finish_site
from generator.layout import find_layout
from generator.resources import TEMPLATES
from generator.site import build_site
from tests.browser.sites import pages_of, serve
from tests.browser.test_access import open_card
from tests.large_corpus import write_large_corpus

pytestmark = pytest.mark.browser

KB = 1024
MAX_SCRIPT = 40 * KB
MAX_STYLE = 30 * KB
MAX_MARKUP = 60 * KB
# The words of a page's cards stand in it as a block of data.
MAX_DATA = 32 * KB
# Pages whose markup grows with what they list, and how far it may. All else keeps to MAX_MARKUP.
HEAVY: Mapping[str, int] = {
    "whole.html": 600 * KB,  # all pages in one, to print
    "documents/": 130 * KB,  # a transcription, its annotations, notes and backlinks, each word of them linked
    "actors/": 110 * KB,  # a ledger of each statement, and every passage that names the actor
    "issues/": 120 * KB,
    "documents/index.html": 350 * KB,  # a row for each document
    "gaps.html": 350 * KB,  # a line for each document that lacks something
    "about.html": 170 * KB,  # the rights in each document
}
SHIFTS = """
window.SHIFTS = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries())
    window.SHIFTS.push([entry.value, entry.sources.map(one => one.node && one.node.outerHTML.slice(0, 80)).join(" ")]);
}).observe({ type: "layout-shift", buffered: true });
"""


def weigh(paths: Iterable[Path]) -> int:
    """Return the bytes of files, each compressed as web servers do."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def own(site: Path, folder: str, ending: str) -> list[Path]:
    """Return the scripts or styles that are not the theme's."""
    found = sorted((site / folder).glob(f"*{ending}"))
    return [path for path in found if not path.name.endswith(f".min{ending}")]


def weigh_page(page: bytes) -> tuple[int, int]:
    """Return the bytes of a page's markup, which is all but its words and its data, and of its data."""
    root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    words = data = 0
    for element in root.iter():
        own_words = len((element.text or "").encode()) if isinstance(element.tag, str) else 0
        if element.tag == "script" and element.get("type"):
            data += own_words
        elif element.tag != "script":
            words += own_words
        words += len((element.tail or "").encode())
    return len(page) - words - data, data


def too_heavy(site: Path) -> list[str]:
    """Return the pages whose markup or data is over its limit, with their bytes."""
    found = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        markup, data = weigh_page(path.read_bytes())
        folder = f"{posixpath.dirname(name)}/" if not name.endswith("index.html") else ""
        limit = HEAVY.get(name, HEAVY.get(folder, MAX_MARKUP))
        if markup > limit or data > MAX_DATA:
            found.append(f"{name}: {markup} bytes of markup, {data} of data")
    return found


@pytest.fixture(scope="session")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of 1,000 documents, 200 actors and 50 issues; its links are not checked."""
    folder = tmp_path_factory.mktemp("large")
    write_large_corpus(folder / "corpus", 1000)
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None
    assert write_dossier(layout, lambda stage: None).is_done
    built, found = build_site(layout.config, layout.site, epoch=1, is_strict=True)
    assert built.folder is not None, found
    assert finish_site(built.folder) == ()
    return built.folder


def test_own_scripts_and_styles_are_small(default_site: Path) -> None:
    assert weigh(own(default_site, "assets/javascripts", ".js")) <= MAX_SCRIPT
    assert weigh(own(default_site, "assets/stylesheets", ".css")) <= MAX_STYLE


def test_pages_of_three_documents_have_little_markup(default_site: Path) -> None:
    assert too_heavy(default_site) == []


@pytest.mark.slow
@pytest.mark.xdist_group("large")
def test_pages_of_a_thousand_documents_have_little_markup(large_site: Path) -> None:
    assert too_heavy(large_site) == []


def loaded(page: Page, address: str, name: str) -> dict[str, int]:
    """Return what a page loads by itself: the bytes of each file by its path."""
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.__setitem__(urlsplit(answer.url).path, len(answer.body())))
    page.goto(address + name, wait_until="networkidle")
    sizes.pop(f"/{name}", None)
    return sizes


@pytest.mark.slow
@pytest.mark.xdist_group("large")
@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("index.html", "index.html"),
        ("about.html", "about.html"),
        ("documents/index.html", "documents/index.html"),
        ("documents/senators-letter-2025.html", "documents/d7.html"),
        ("actors/ron-wyden.html", "actors/p7.html"),
        ("issues/zte-sanctions.html", "issues/i7.html"),
        ("search.html", "search.html"),
        ("network.html", "network.html"),
    ],
)
def test_nothing_that_every_page_loads_grows_with_the_dossier(
    default_site: Path, large_site: Path, browser: Browser, small: str, large: str
) -> None:
    with serve(default_site) as few, serve(large_site) as many:
        first, second = browser.new_page(), browser.new_page()
        of_few, of_many = loaded(first, few, small), loaded(second, many, large)
        first.close()
        second.close()
    assert set(of_many) <= set(of_few)
    for path, size in of_many.items():
        assert size <= of_few[path] + 100, path


@pytest.mark.parametrize("is_served", [False, True], ids=["disk", "web"])
def test_no_kind_of_page_asks_another_host(default_site: Path, browser: Browser, is_served: bool) -> None:
    requests: list[str] = []
    context = browser.new_context(offline=not is_served)
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    with serve(default_site) as served:
        address = served if is_served else f"{default_site.as_uri()}/"
        for name in pages_of(default_site).values():
            if name != "404.html" or is_served:
                page.goto(address + name)
    context.close()
    own_addresses = (address, "data:", "blob:")
    assert [url for url in requests if not url.startswith(own_addresses)] == []


@pytest.fixture
def watched(browser: Browser, default_site: Path) -> Iterator[Callable[[str], Page]]:
    """Open a page of the default dossier and watch whether anything in it jumps."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(SHIFTS)

    def open_page(name: str) -> Page:
        page = context.new_page()
        page.goto((default_site / name).as_uri())
        page.wait_for_timeout(500)  # what comes late would jump late
        return page

    yield open_page
    context.close()


def shifts(page: Page) -> list[list[object]]:
    """Return what has jumped so far: how far, and which elements."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[list[object]] = page.evaluate("() => window.SHIFTS")
    return found


@pytest.mark.parametrize(
    "kind", ["document in full", "document in excerpts", "timeline", "network", "home", "search"]
)
def test_nothing_jumps_while_a_page_is_opened(
    watched: Callable[[str], Page], default_site: Path, kind: str
) -> None:
    found = shifts(watched(pages_of(default_site)[kind]))
    # 0.1 is "good" (https://web.dev/articles/cls); a tenth of it cannot be seen.
    assert sum(float(str(value)) for value, _ in found) < 0.01, found


def test_nothing_jumps_when_cards_marginal_notes_and_search_open(watched: Callable[[str], Page]) -> None:
    page = watched("documents/senators-letter-2025.html")
    before = len(shifts(page))
    for selector in (".prose .footnote-ref", ".prose a.actor"):
        open_card(page.locator(selector).first)
        page.keyboard.press("Escape")
    page.locator(".side-note").first.focus()
    page.evaluate("() => scrollTo(0, 0)")
    page.locator(".md-header .search-input").click()
    page.keyboard.type("trade")
    page.locator(".search-result").first.wait_for()
    page.keyboard.press("Escape")
    assert shifts(page)[before:] == []
