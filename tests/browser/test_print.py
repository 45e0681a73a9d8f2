"""Paper: what a document, an issue and the whole dossier say on sheets, read from the PDF that Chromium makes."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def print_page(browser: Browser, page: Path, folder: Path, scheme: str = "light") -> list[str]:
    """Return the words of each sheet of A4 that a page of the site is printed on, blanks joined."""
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.goto(page.as_uri())
    target = folder / "page.pdf"
    tab.pdf(path=target, format="A4", prefer_css_page_size=True)
    context.close()
    answer = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, check=True, text=True
    )
    sheets = answer.stdout.split("\f")
    return [re.sub(r"\s+", " ", sheet).strip() for sheet in sheets if sheet.strip()]


@pytest.fixture(scope="module")
def letter(default_site: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    page = default_site / "documents/senators-letter-2025.html"
    return print_page(browser, page, tmp_path_factory.mktemp("print"))


def test_every_sheet_says_its_dossier_build_page_and_number(letter: list[str], default_site: Path) -> None:
    style = (default_site / "dossier/build.css").read_text(encoding="utf-8")
    build = re.search(r'--dossier-build: "([0-9a-f]{12})"', style)
    assert build is not None
    for number, sheet in enumerate(letter, start=1):
        assert sheet.startswith(f"Bargaining Chips Build {build[1]}"), number
        assert sheet.endswith(f"documents/senators-letter-2025.html {number} / {len(letter)}"), number


def test_text_notes_and_addresses_are_printed(letter: list[str]) -> None:
    words = " ".join(letter)
    for printed in (
        "Letter of twelve senators to President Trump",
        "We are deeply disturbed by your recent statements",
        "¶7",
        "Annotations 22",
        "Notes of the document",
        "Editors’ citations",
        "https://www.wsj.com/world/china/trump-xi-talks-china-taiwan-8ed82d1b",
        "SHA-256",
    ):
        assert printed in words, printed


def test_what_only_a_screen_needs_is_not_printed(letter: list[str]) -> None:
    words = " ".join(letter)
    for absent in (
        "Skip to content",
        "What links here",
        "Copy quotation",
        "BibTeX",
        "Earlier document",
        "Search",
        "↩",
    ):
        assert absent not in words, absent


def test_document_takes_few_sheets_and_none_is_nearly_empty(letter: list[str]) -> None:
    assert len(letter) <= 16
    assert min(len(sheet) for sheet in letter[:-1]) > 600


def test_issue_is_printed_with_its_ledger(default_site: Path, browser: Browser, tmp_path: Path) -> None:
    sheets = print_page(browser, default_site / "issues/zte-sanctions.html", tmp_path)
    words = " ".join(sheets)
    for printed in ("Overview", "Ledger 16", "reflective of the larger trade deal", "Editors’ citations"):
        assert printed in words, printed


def test_paper_is_white_in_the_dark(default_site: Path, browser: Browser) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto((default_site / "issues/zte-sanctions.html").as_uri())
    page.emulate_media(media="print")
    ground = "() => [document.documentElement, document.body].map(e => getComputedStyle(e).backgroundColor)"
    assert set(page.evaluate(ground)) <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    ink = page.locator("h1").evaluate("h1 => getComputedStyle(h1).color")
    assert max(map(int, re.findall(r"\d+", ink)[:3])) < 80
    context.close()


def test_whole_dossier_is_printed_from_its_contents_to_its_build(
    default_site: Path, browser: Browser, tmp_path: Path
) -> None:
    sheets = print_page(browser, default_site / "whole.html", tmp_path)
    assert 60 <= len(sheets) <= 120
    assert all(
        sheet.endswith(f"whole.html {number} / {len(sheets)}") for number, sheet in enumerate(sheets, start=1)
    )
    words = " ".join(sheets)
    parts = (
        "U.S. technology security in trade talks with China",
        "Report on senators' objections to easing sanctions on ZTE",
        "We are deeply disturbed by your recent statements",
        "Chinese telecom companies",
        "Ron Wyden",
        "Bibliography",
        "About this dossier",
    )
    assert [part for part in parts if part not in words] == []
    assert "What links here" not in words


def test_whole_dossier_is_reached_from_about_and_read_on_a_screen(
    default_site: Path, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto((default_site / "about.html").as_uri())
    page.get_by_role("link", name="The whole dossier").click()
    assert page.locator("h1").inner_text() == "Bargaining Chips"
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="Ron Wyden").click()
    assert page.url.endswith("whole.html#actors/ron-wyden")
    assert page.locator("[id='actors/ron-wyden']").evaluate(
        "e => Math.abs(e.getBoundingClientRect().top) < 200"
    )
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    page.close()
