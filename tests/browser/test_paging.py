"""An actor with many pages behind hers in a browser: walked from disk and over HTTP, on a phone, by keyboard users."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import find_violations
from tests.browser.conftest import build_site
from tests.browser.sites import serve
from tests.corpora import write_corpus
from tests.unit.test_paging import DOCUMENTS, large_corpus

pytestmark = pytest.mark.browser

MOST_BYTES = 200_000


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    write_corpus(folder, large_corpus())
    return build_site(folder).site


def walk(page: Page, start: str, way: str) -> list[str]:
    """Return the headings of documents on all pages of a list, by the link to the next page from the first on."""
    page.goto(start)
    with page.expect_navigation():
        page.locator(way).click()
    found = []
    while True:
        found += page.locator(".backlink-head > a:first-child, .statement .quotation").all_inner_texts()
        later = page.locator(".pager .later a")
        if not later.count():
            return found
        with page.expect_navigation():
            later.click()


@pytest.mark.parametrize("over", ["file", "http"])
def test_every_document_that_names_an_actor_is_met_once_on_the_way_through_her_pages(
    page: Page, large_site: Path, over: str
) -> None:
    with serve(large_site) as address:
        root = address if over == "http" else f"{large_site.as_uri()}/"
        found = walk(page, f"{root}actors/ann-lee.html", 'a:has-text("with every sentence: Documents")')
    assert sorted(name for name in found if name.startswith("Letter")) == sorted(
        f"Letter {number}" for number in range(DOCUMENTS)
    )


def test_the_way_up_leads_to_the_page_itself_and_a_place_to_its_passage(page: Page, large_site: Path) -> None:
    page.goto((large_site / "actors/ann-lee.html").as_uri())
    page.locator('a:has-text("with every sentence: Documents")').click()
    page.locator(".backlink .place").first.click()
    expect(page).to_have_url(re.compile(r"/documents/[\w-]+\.html#"))
    assert page.evaluate("Boolean(document.getElementById(decodeURIComponent(location.hash.slice(1))))")
    page.go_back()
    page.locator(".crumbs a").last.click()
    expect(page).to_have_url(re.compile(r"/actors/ann-lee\.html$"))


def test_a_document_is_found_by_its_year_in_the_index(page: Page, large_site: Path) -> None:
    page.goto((large_site / "documents/index.html").as_uri())
    page.locator(".stretches a", has_text="1905").click()
    expect(page.locator("h1")).to_contain_text("1905")
    assert page.locator("tbody th a", has_text=re.compile(r"^Letter 5$")).count() == 1


def test_the_filter_of_a_page_of_a_ledger_says_that_it_chooses_among_its_own(
    page: Page, large_site: Path
) -> None:
    page.goto((large_site / "issues/harbour-wall.html").as_uri())
    page.locator("p.all a", has_text="statements").click()
    expect(page.locator(".ledger > .hint")).to_contain_text("on this page")
    total = page.locator(".statement").count()
    page.locator(".timeline-filter select").last.select_option(index=1)
    assert 0 < page.locator(".statement:visible").count() < total


@pytest.mark.parametrize(
    "name",
    [
        *("actors/ann-lee.html", "actors/ann-lee/documents-*.html", "issues/harbour-wall/ledger-*.html"),
        *(
            "actors/ann-lee/positions-1.html",
            "bibliography/gazette-1961/documents-*.html",
            "documents/index.html",
        ),
        *("documents/index/190*.html", "gaps/other-1.html", "about/rights-1.html"),
    ],
)
def test_pages_of_long_lists_are_sound_on_a_phone_and_light(
    browser: Browser, large_site: Path, name: str
) -> None:
    path = min(large_site.glob(name))
    assert path.stat().st_size < MOST_BYTES
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not find_violations(page)
    context.close()


def test_pages_work_without_script(browser: Browser, large_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((large_site / "actors/ann-lee.html").as_uri())
    page.locator('a:has-text("with every sentence: Documents")').click()
    page.locator(".pager .later a").click()
    expect(page.locator(".pager [aria-current]")).to_have_count(1)
    context.close()


def test_search_finds_a_sentence_on_its_document_alone(large_site: Path) -> None:
    for path in [*large_site.glob("actors/ann-lee/*.html"), *large_site.glob("issues/harbour-wall/*.html")]:
        page = path.read_text(encoding="utf-8")
        assert '<meta name="robots" content="noindex">' in page
        assert '<meta name="dossier-page" content="none">' in page


def test_counts_of_thousands_are_written_and_sorted_as_numbers(page: Page, tmp_path: Path) -> None:
    head = "---\ntitle: {0}\naliases: [{0}]\n---\n"
    files: dict[str, str | bytes | None] = {
        "dossier.md": "---\ntitle: Counted\n---\n",
        "documents/list.md": "---\ntitle: A list\ndate: 1960\nkind: list\nrights: {publish: full}\n---\n",
        "issues/sea-wall.md": head.format("Sea wall"),
        "issues/dues.md": head.format("Dues"),
        "issues/cranes.md": head.format("Cranes"),
        "texts/list.md": "Of the Sea wall.\n\n" * 1100 + "Of Dues.\n\n" * 20 + "Of Cranes.\n",
    }
    write_corpus(tmp_path, files, base={})
    page.goto((build_site(tmp_path).site / "issues/index.html").as_uri())
    column = page.locator("table.counted tbody td:nth-child(3)")
    head_cell = page.locator("table.counted th", has_text="Passages")
    head_cell.locator("button").click()
    assert column.all_inner_texts() == ["1,100", "20", "1"]
    head_cell.locator("button").click()
    assert column.all_inner_texts() == ["1", "20", "1,100"]
