"""The default dossier as a reader meets it, from disk and from a web server."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.load import load_corpus
from generator.model.corpus import Corpus
from tests.browser.conftest import PROJECT

LETTER = "documents/senators-letter-2025.html"
ZTE = "documents/zte-report-2018.html"
PAUSES = "documents/security-pauses-2026.html"
WORDS_WITHOUT_MARKS = """
element => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("sup").forEach(mark => mark.remove());
  return copy.textContent.replace(/\\s+/g, " ");
}
"""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without writing a log."""

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    loaded, found = load_corpus(PROJECT / "corpus")
    assert loaded is not None
    assert found == ()
    return loaded


@pytest.fixture(scope="module")
def web(default_site: Path) -> Iterator[str]:
    handler = functools.partial(QuietHandler, directory=str(default_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(params=["file", "http"])
def site(request: pytest.FixtureRequest, default_site: Path) -> str:
    """The address of the site, once from disk and once from a web server."""
    if request.param == "http":
        address = request.getfixturevalue("web")
        assert isinstance(address, str)
        return address
    return default_site.as_uri() + "/"


def test_the_home_page_leads_to_every_document(site: str, page: Page) -> None:
    page.goto(site + "index.html")
    for path in (LETTER, ZTE, PAUSES):
        assert page.locator(f'article a[href$="{path}"]').count() >= 1


def test_every_actor_and_issue_has_a_page_that_its_index_lists(site: str, page: Page, corpus: Corpus) -> None:
    for folder, slugs in (("actors", corpus.actors), ("issues", corpus.issues)):
        page.goto(f"{site}{folder}/index.html")
        listed = page.locator("article table a").evaluate_all(
            "links => links.map(a => a.getAttribute('href'))"
        )
        assert sorted(listed) == sorted(f"{slug}.html" for slug in slugs)


def test_a_mention_and_its_backlink_lead_to_each_other(site: str, page: Page) -> None:
    page.goto(site + LETTER)
    page.locator('.transcription a[href="../actors/cfius.html"]').first.click()
    assert page.url.endswith("/actors/cfius.html")
    backlink = page.locator("article .backlink", has_text="Senators' letter, 2025")
    assert "hamper the vital work" in (backlink.text_content() or "")
    place = backlink.locator('a[href*="#p-"]').first
    place.evaluate("link => link.closest('details')?.setAttribute('open', '')")
    place.click()
    assert LETTER in page.url
    passage = page.locator(f'[id="{page.url.split("#")[1]}"]')
    assert "hamper the vital work" in passage.inner_text()
    expect(passage).to_be_in_viewport()


def test_an_issue_page_is_a_ledger_in_time_order(site: str, page: Page) -> None:
    page.goto(site + "issues/security-as-bargaining-chip.html")
    dates = page.locator("article .statement .date").all_inner_texts()
    assert "May 2018" in dates[0]
    assert "2026" in dates[-1]
    quotations = " ".join(page.locator("article .statement blockquote").all_inner_texts())
    assert quotations.index("used as a bargaining chip") < quotations.index("negotiating chip")


def test_a_note_opens_as_a_card_on_hover(site: str, page: Page) -> None:
    page.goto(site + LETTER)
    mark = page.locator(".transcription .footnote-ref", has_text="7").first
    mark.scroll_into_view_if_needed()
    card = page.locator(".card:popover-open")
    for _ in range(10):  # no card opens while the page still scrolls
        page.mouse.move(0, 0)
        mark.hover()
        page.wait_for_timeout(1000)
        if card.count():
            break
    assert "Opposing Taiwan Independence" in card.inner_text()
    assert "placed by the editors" in card.inner_text()


def test_a_note_and_its_mark_lead_to_each_other(site: str, page: Page) -> None:
    page.goto(site + LETTER)
    page.locator(".transcription .footnote-ref", has_text="3").first.click()
    note = page.locator(f'[id="{page.url.split("#")[1]}"]')
    assert "Saving TikTok" in note.inner_text()
    assert "placed by the editors" not in note.inner_text()
    note.locator('[role="doc-backlink"]').first.click()
    assert page.url.split("#")[1].startswith("fnref:")


def test_the_letter_is_whole_and_repaired(site: str, page: Page) -> None:
    page.goto(site + LETTER)
    text = page.locator(".transcription").evaluate(WORDS_WITHOUT_MARKS)
    assert "little detail on how any eventual TikTok deal will protect" in text
    assert "<sup>" not in text
    assert "&lt;" not in text
    assert page.locator(".transcription li.passage").count() == 12
    assert page.locator(".transcription .note-mark.footnote .footnote-ref").count() == 8


def test_press_reports_show_no_more_than_quoted_passages(site: str, page: Page) -> None:
    for path in (ZTE, PAUSES):
        page.goto(site + path)
        assert page.locator(".transcription").count() == 0
        assert page.locator("article .statement blockquote").count() >= 12


def test_search_finds_a_name(site: str, page: Page) -> None:
    page.goto(site + "index.html")
    page.keyboard.press("/")
    page.keyboard.type("Pottinger")
    first = page.locator(".search-result a").first
    # Until the last letter is typed others may stand first.
    expect(first).to_contain_text("Pottinger")
    first.click()
    page.wait_for_url("**/matt-pottinger.html*")


def test_documents_are_sorted_by_the_head_that_is_clicked(site: str, page: Page) -> None:
    page.goto(site + "documents/index.html")
    rows = page.locator("table.sortable tbody tr")
    assert "2018" in rows.nth(0).inner_text()
    page.locator("th", has_text="Date").locator("button").click()
    page.locator("th", has_text="Date").locator("button").click()
    assert page.locator("th", has_text="Date").get_attribute("aria-sort") == "descending"
    assert "2026" in rows.nth(0).inner_text()


def test_no_page_asks_another_host_for_anything(site: str, page: Page, default_site: Path) -> None:
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    for path in (
        "index.html",
        "about.html",
        LETTER,
        ZTE,
        "actors/index.html",
        "actors/donald-trump.html",
        "issues/taiwan.html",
        "bibliography/index.html",
        "bibliography/reuters-2026.html",
    ):
        assert (default_site / path).is_file()
        page.goto(site + path)
        page.wait_for_load_state("networkidle")
    own = ("file:", "blob:", "data:", site)
    assert [url for url in asked if not url.startswith(own)] == []
    assert failed == []


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_scrolls_sideways(default_site: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in (
        "index.html",
        "about.html",
        LETTER,
        ZTE,
        PAUSES,
        "documents/index.html",
        "actors/index.html",
        "actors/donald-trump.html",
        "issues/trade-talks.html",
        "bibliography/index.html",
        "bibliography/wei-2025.html",
    ):
        page.goto((default_site / path).as_uri())
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_pages_are_whole_without_script(default_site: Path, page: Page) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto((default_site / LETTER).as_uri())
    plain.locator(".transcription .footnote-ref", has_text="1").first.click()
    assert "Bessent Tells Markets" in plain.locator(f'[id="{plain.url.split("#")[1]}"]').inner_text()
    context.close()
