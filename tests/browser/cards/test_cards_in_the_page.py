"""The one element of a card: where it stands in the page and on the screen, and that it moves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.cards.harbour import LONG_PAGE, NOTE, OPEN, is_open


def test_there_is_one_card_and_it_stands_behind_the_paragraph_of_its_mark(long_page: Page) -> None:
    for index in (0, 7, 12):
        mark = long_page.locator(NOTE).nth(index)
        mark.press("Enter")
        assert long_page.locator(".card").count() == 1
        card = long_page.locator(OPEN)
        assert card.evaluate("c => c.localName") == "aside"
        assert card.get_attribute("popover") == "manual"
        assert card.get_attribute("role") == "dialog"
        assert card.get_attribute("aria-label") == f"Note {index + 1}"
        assert long_page.locator("[aria-hidden]:has(.card), .card [aria-hidden]").count() == 0
        between = mark.evaluate(
            """(mark, selector) => {
              const links = [...document.querySelectorAll(".md-content__inner :is(a[href], button)")];
              const after = links.slice(links.indexOf(mark) + 1);
              return after.slice(0, after.findIndex(link => link.closest(selector))).filter(
                link => !mark.closest(".passage").contains(link)).length;
            }""",
            ".card",
        )
        assert between == 0
        long_page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("selector", "parents"),
    [
        (".transcription li a.actor", ["li", "div", "article", "section"]),
        (".transcription td a.actor", ["td", "div", "article", "section"]),
        ("dl.record dd a.actor", ["dd", "div", "article", "section"]),
        (".ledger a, .named a, .backlink a", ["div", "article", "section", "li", "details"]),
    ],
)
def test_in_lists_and_tables_the_card_stands_where_html_allows_it(
    long_page: Page, selector: str, parents: list[str]
) -> None:
    link = long_page.locator(selector).first
    link.press("Alt+ArrowDown")
    assert long_page.locator(OPEN).evaluate("c => c.parentElement.localName") in parents


def test_script_alone_says_that_a_mark_opens_a_dialog(harbour: Path, long_page: Page) -> None:
    assert (
        "aria-haspopup"
        not in (harbour / LONG_PAGE).read_text(encoding="utf-8").split("<article")[1].split("</article")[0]
    )
    for mark in long_page.locator(NOTE).all():
        assert mark.get_attribute("aria-haspopup") == "dialog"
        assert mark.get_attribute("aria-expanded") == "false"
        assert mark.get_attribute("aria-controls") == long_page.locator(".card").get_attribute("id")


def test_a_card_doubles_no_id(long_page: Page) -> None:
    doubled = """() => {
      const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
      return ids.length - new Set(ids).size;
    }"""
    before = long_page.evaluate(doubled)
    for mark in long_page.locator(".prose .footnote-ref").all() + long_page.locator(NOTE).all()[:4]:
        mark.press("Enter")
        assert is_open(long_page)
        assert long_page.locator(f"{OPEN} [id]").count() == 0
        assert long_page.evaluate(doubled) == before
        long_page.keyboard.press("Escape")


def test_opening_cards_moves_nothing(harbour: Path, page: Page) -> None:
    page.goto((harbour / LONG_PAGE).as_uri())
    page.evaluate(
        "() => { window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "e => window.shifted += e.value)).observe({ type: 'layout-shift' }) }"
    )
    for link in page.locator(".md-content__inner :is(.footnote-ref, a.actor, a.issue, a.document)").all()[
        :80
    ]:
        link.evaluate("m => m.scrollIntoView({ block: 'center', behavior: 'instant' })")
        tall = page.evaluate("() => document.documentElement.scrollHeight")
        link.press("Alt+ArrowDown")
        assert page.evaluate("() => document.documentElement.scrollHeight") == tall
        page.keyboard.press("Escape")
    page.evaluate("() => new Promise(resolve => setTimeout(resolve, 100))")
    assert page.evaluate("() => window.shifted") == 0


def test_opening_a_card_asks_for_nothing(site: str, page: Page) -> None:
    page.goto(site + LONG_PAGE)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for selector in (NOTE, ".transcription a.actor"):
        page.locator(selector).first.press("Alt+ArrowDown")
        assert is_open(page)
        page.keyboard.press("Escape")
    assert asked == []


@pytest.mark.parametrize("has_anchors", [True, False])
def test_a_card_has_its_size_its_gap_and_its_side(harbour: Path, page: Page, has_anchors: bool) -> None:
    """Once placed by the browser, once by script, for browsers without anchors."""
    if not has_anchors:
        page.add_init_script("CSS.supports = () => false")
    for width in (1280, 700):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((harbour / LONG_PAGE).as_uri())
        root_px = page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)")
        for index, block in enumerate(["start", "center", "end", "nearest"] * 4):
            mark = page.locator(".transcription :is(.footnote-ref, a.actor)").nth(index * 4)
            mark.evaluate("(m, block) => m.scrollIntoView({ block, behavior: 'instant' })", block)
            mark.evaluate("m => m.closest('a').getBoundingClientRect().top < 60 && scrollBy(0, -70)")
            mark.focus()
            mark.press("Alt+ArrowDown")
            card, rect = (
                page.locator(selector).evaluate(
                    "e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom] }"
                )
                for selector in (OPEN, ".has-card")
            )
            assert card[2] - card[0] == pytest.approx(min(400, width - 2 * root_px), abs=1)
            assert card[3] - card[1] <= 0.4 * 900 + 1
            assert card[0] >= -0.5
            assert card[2] <= width + 0.5
            assert card[1] >= -0.5
            assert card[3] <= 900.5
            is_past_middle = (rect[1] + rect[3]) / 2 > 450
            assert (rect[1] - card[3] if is_past_middle else card[1] - rect[3]) == pytest.approx(8, abs=1.5)
            page.keyboard.press("Escape")


def test_a_card_stays_with_its_mark_while_the_page_scrolls(harbour: Path, page: Page) -> None:
    page.goto((harbour / LONG_PAGE).as_uri())
    mark = page.locator(NOTE).nth(9)
    mark.evaluate("m => m.scrollIntoView({ block: 'center', behavior: 'instant' })")
    mark.press("Enter")
    gap = """() => {
      const [card, mark] = [".card", ".has-card"].map(one => document.querySelector(one).getBoundingClientRect().top);
      return card - mark;
    }"""
    before = page.evaluate(gap)
    page.evaluate(
        """() => new Promise(resolve => {
          scrollBy({ top: 40, behavior: "instant" });
          requestAnimationFrame(() => requestAnimationFrame(resolve));
        })"""
    )
    assert page.evaluate(gap) == pytest.approx(before, abs=1)
