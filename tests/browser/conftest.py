"""A real Chromium, and sites built by the real pipeline."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator.build import build_dossier
from generator.diagnostics import format_diagnostic
from generator.layout import Layout, find_layout
from generator.resources import TEMPLATES

# `make test` takes a tour through the site: what a reader does, hostile texts, the content policy, the zip, and whether
# it has stayed small. What looks into one part in depth, in each browser and at each width, is slow and left to
# `make test-all`.
TOUR = frozenset(
    {
        "test_budgets",
        "test_content_policy",
        "test_default_dossier",
        "test_pack",
        "test_readers_way",
        "test_untrusted_text",
    }
)
PROJECT = Path(__file__).resolve().parents[2]
CANDIDATES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow every browser test that does not belong to the tour."""
    for item in items:
        is_browser = Path(__file__).parent in item.path.parents
        if is_browser and item.path.stem not in TOUR:
            item.add_marker(pytest.mark.slow)


def find_chromium() -> str:
    """Return the path of a Chromium. A missing browser fails the tests; it does not skip them."""
    for candidate in (os.environ.get("DOSSIER_CHROMIUM", ""), *CANDIDATES):
        found = shutil.which(candidate) if candidate else None
        if found is not None:
            return found
    raise RuntimeError(
        "no Chromium found: install it (Debian: apt-get install chromium) or set DOSSIER_CHROMIUM"
    )


def build_site(folder: Path, site: Path | None = None) -> Layout:
    """Return the layout of a dossier after building it; any error fails the test with its text."""
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES, site=site)
    assert layout is not None
    built = build_dossier(layout, lambda stage: None)
    assert built.is_done, "\n".join(format_diagnostic(diagnostic) for diagnostic in built.diagnostics)
    return layout


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        instance = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield instance
        instance.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def default_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default dossier, built from a copy of its corpus."""
    folder = tmp_path_factory.mktemp("default")
    shutil.copytree(PROJECT / "corpus", folder / "corpus")
    return build_site(folder).site
