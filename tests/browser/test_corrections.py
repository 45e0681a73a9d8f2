"""Former addresses lead on, from disk and over HTTP, with and without scripts; corrections are where readers look."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.build import write_dossier
from generator.layout import find_layout
from generator.resources import TEMPLATES
from tests.browser.conftest import build_site
from tests.browser.sites import serve
from tests.corpora import write_corpus
from tests.unit.test_corrections import FILES

pytestmark = pytest.mark.browser
OLD = "documents/h%C3%A4fen-memo.html"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose links were checked, with moved and withdrawn pages."""
    folder = tmp_path_factory.mktemp("corrected")
    write_corpus(folder, FILES)
    return build_site(folder).site


@pytest.mark.parametrize("way", ["disk", "http"])
@pytest.mark.parametrize("has_scripts", [True, False])
def test_former_address_leads_on(corrected: Path, browser: Browser, way: str, *, has_scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=has_scripts)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    with serve(corrected) as address:
        base = address if way == "http" else f"{corrected.as_uri()}/"
        page.goto(f"{base}{OLD}#a-wall-cost")
        # Only a script can take along the place in the page.
        page.wait_for_url(f"{base}documents/memo-1962.html{'#a-wall-cost' if has_scripts else ''}")
        assert page.locator("h1").inner_text() == "Memorandum on the harbour wall"
    assert faults == []
    context.close()


def test_former_address_has_a_link_and_is_not_found_by_search(corrected: Path, page: Page) -> None:
    text = (corrected / "documents/häfen-memo.html").read_text()
    assert '<a class="document" href="memo-1962.html">Harbour memo</a>' in text
    assert 'name="robots" content="noindex"' in text
    with serve(corrected) as address:
        page.goto(f"{address}search.html")
        page.locator("#search-query").fill("moved")
        page.wait_for_selector(".search-status:not(:empty), .search-result, .search-none")
        assert page.locator('.search-result a[href*="fen-memo"]').count() == 0


def test_corrections_are_shown_where_readers_look(corrected: Path, page: Page) -> None:
    page.goto((corrected / "actors/ann-lee.html").as_uri())
    assert "She built the quay, as Jo Smith says." in page.locator("#corrections + div").inner_text()
    feed = page.locator('link[rel~="alternate"][type="application/atom+xml"]')
    assert feed.evaluate("link => link.href") == (corrected / "corrections.xml").as_uri()
    page.locator(".site-foot").get_by_role("link", name="Corrections").click()
    page.wait_for_url("**/corrections.html")
    page.get_by_role("link", name="letter-1960").click()
    page.wait_for_url("**/documents/letter-1960.html")
    assert "A request." in page.locator("article").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_corrections_fit_the_screen(corrected: Path, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for name in ("corrections.html", "about.html", "documents/letter-1960.html"):
        page.goto((corrected / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    context.close()


def test_dossier_that_writes_its_pages_twice_writes_the_same(tmp_path: Path) -> None:
    write_corpus(tmp_path, FILES)
    layout, _ = find_layout(tmp_path, packaged_templates=TEMPLATES)
    assert layout is not None
    assert write_dossier(layout, lambda stage: None).counts["written"] > 0
    assert write_dossier(layout, lambda stage: None).counts["written"] == 0
