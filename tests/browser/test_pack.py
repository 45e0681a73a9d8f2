"""The zip, unpacked where readers unpack things, works without a network."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from generator.model.records import DossierRecord
from generator.pack import pack_site
from generator.render.strings import open_strings
from generator.resources import TEMPLATES
from tests.browser.sites import pages_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def unpacked(default_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default dossier's zip, unpacked below a folder with spaces, accents and signs that addresses reserve."""
    home = tmp_path_factory.mktemp("home") / "Fräulein Ö’s #1 Töne & 100 % 文書"
    home.mkdir()
    record = DossierRecord(title="Bargaining Chips")
    packed, found = pack_site(
        default_site, home / "a.zip", record, open_strings([TEMPLATES], "en"), epoch=1_700_000_000
    )
    assert packed is not None, found
    with zipfile.ZipFile(home / "a.zip") as archive:
        archive.extractall(home)
    return home / "Bargaining Chips"


@pytest.fixture
def offline(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(offline=True)
    yield context
    context.close()


def test_start_page_opens_the_dossier(unpacked: Path, offline: BrowserContext) -> None:
    page = offline.new_page()
    page.goto((unpacked / "index.html").as_uri())
    page.wait_for_url("**/files/index.html")
    assert page.locator("h1").inner_text() == "Bargaining Chips"


def test_start_page_says_what_to_do_where_the_zip_was_not_unpacked(
    unpacked: Path, tmp_path: Path, offline: BrowserContext
) -> None:
    # As Windows opens a file inside a zip: that file alone, in a folder for a moment.
    (tmp_path / "index.html").write_bytes((unpacked / "index.html").read_bytes())
    page = offline.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    assert "unpack the whole zip first" in page.locator("body").inner_text()


def test_start_page_leads_on_without_scripts(unpacked: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((unpacked / "index.html").as_uri())
    page.get_by_role("link", name="Open the dossier").click()
    page.wait_for_url("**/files/index.html")
    context.close()


def test_pages_of_each_kind_are_whole(unpacked: Path, offline: BrowserContext) -> None:
    page = offline.new_page()
    faults: list[str] = []
    requested: list[str] = []
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: requested.append(request.url))
    for name in pages_of(unpacked / "files").values():
        page.goto((unpacked / "files" / name).as_uri())
        assert page.locator("h1").count() == 1, name
        assert page.evaluate("() => document.body.dataset.mdColorScheme") == "default"
    assert faults == []
    assert [url for url in requested if not url.startswith(("file:", "blob:", "data:"))] == []


def test_links_lead_from_page_to_page(unpacked: Path, offline: BrowserContext) -> None:
    page = offline.new_page()
    page.goto((unpacked / "files/index.html").as_uri())
    page.locator("article a.document").first.click()
    page.wait_for_url("**/documents/*.html*")
    page.locator("article a.actor").first.click()
    page.wait_for_url("**/actors/*.html*")
    assert page.locator("h1").inner_text() != ""


def test_search_finds_and_opens_pages(unpacked: Path, offline: BrowserContext) -> None:
    page = offline.new_page()
    page.goto((unpacked / "files/search.html").as_uri())
    page.locator("#search-query").fill("bargaining chip")
    page.locator(".search-result a").first.click()
    page.wait_for_url("**/files/*/*.html*")
