"""The harbour papers as sites, opened by mouse and by touch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.cards.harbour import LONG_PAGE, build_with, open_stopped
from tests.browser.sites import serve


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_with(tmp_path_factory.mktemp("harbour"))


@pytest.fixture(scope="session")
def harbour_with_settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = "cards: {notes: false, previews: [actor], preview_delay_ms: 50, close_delay_ms: 1000}\n"
    return build_with(tmp_path_factory.mktemp("settings"), settings)


@pytest.fixture(scope="session")
def harbour_from_right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_with(tmp_path_factory.mktemp("right"), language="ar")


@pytest.fixture(scope="session")
def web(harbour: Path) -> Iterator[str]:
    with serve(harbour) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def site(request: pytest.FixtureRequest, harbour: Path) -> str:
    """The address of the site, once from disk and once from a web server."""
    if request.param == "http":
        address = request.getfixturevalue("web")
        assert isinstance(address, str)
        return address
    return harbour.as_uri() + "/"


@pytest.fixture
def long_page(harbour: Path, page: Page) -> Page:
    """The long document, its clock stopped: `page.clock.run_for` lets time pass."""
    return open_stopped(page, harbour)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def touched(harbour: Path, phone: BrowserContext) -> Page:
    """The long document on a phone, reached from the home page."""
    page = phone.new_page()
    page.goto((harbour / "index.html").as_uri())
    page.goto((harbour / LONG_PAGE).as_uri())
    return page
