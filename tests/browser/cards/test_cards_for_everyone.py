"""Cards on paper, in forced colours, without motion, at 400 %, from right to left, and where they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.cards.harbour import LONG_PAGE, NOTE, OPEN, is_open


def test_on_paper_there_are_notes_and_no_cards(long_page: Page) -> None:
    long_page.locator(NOTE).first.press("Enter")
    long_page.emulate_media(media="print")
    assert long_page.locator(".card").is_hidden()
    assert long_page.locator(".card-toggle").is_hidden()
    assert long_page.locator(".note", has_text="Stone number 7").is_visible()


def test_before_printing_the_card_closes(long_page: Page) -> None:
    long_page.locator(NOTE).first.press("Enter")
    long_page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert not is_open(long_page)


def test_forced_colours_keep_the_edge_of_the_card(long_page: Page) -> None:
    long_page.emulate_media(forced_colors="active")
    long_page.locator(NOTE).first.press("Enter")
    card = long_page.locator(OPEN)
    assert card.evaluate("c => parseFloat(getComputedStyle(c).borderTopWidth)") >= 1
    assert card.evaluate("c => getComputedStyle(c).borderTopColor !== getComputedStyle(c).backgroundColor")


def test_reduced_motion_means_none(long_page: Page) -> None:
    long_page.emulate_media(reduced_motion="reduce")
    long_page.locator(NOTE).first.press("Enter")
    assert long_page.locator(OPEN).evaluate("c => getComputedStyle(c).animationName") == "none"


def test_at_400_percent_the_card_fits(harbour: Path, browser: Browser) -> None:
    """A screen of 1280 by 1024 pixels at 400 % is one of 320 by 256 (WCAG 2.2, 1.4.10)."""
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto((harbour / LONG_PAGE).as_uri())
    page.locator(".prose .footnote-ref").first.press("Enter")
    box = page.locator(OPEN).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["height"] <= 0.6 * 256 + 1
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    last = page.locator(OPEN).get_by_role("button", name="Turn footnote cards off")
    last.scroll_into_view_if_needed()
    assert page.locator(OPEN).get_by_role("button", name="Close").is_visible()
    last.click()
    assert not is_open(page)
    context.close()


@pytest.mark.parametrize("has_anchors", [True, False])
def test_from_right_to_left_the_card_goes_to_the_left(
    harbour_from_right: Path, page: Page, has_anchors: bool
) -> None:
    if not has_anchors:
        page.add_init_script("CSS.supports = () => false")
    page.goto((harbour_from_right / LONG_PAGE).as_uri())
    assert page.locator("body").get_attribute("dir") == "rtl"
    links = page.locator(".transcription .passage a.actor").all()
    mark = next(link for link in links if (link.bounding_box() or {"x": 0})["x"] > 500)
    mark.evaluate("m => m.scrollIntoView({ block: 'center', behavior: 'instant' })")
    mark.press("Alt+ArrowDown")
    box, link = page.locator(OPEN).bounding_box(), mark.bounding_box()
    assert box is not None
    assert link is not None
    assert box["x"] + box["width"] == pytest.approx(link["x"] + link["width"], abs=2)


def test_from_right_to_left_buttons_of_previews_stand_at_the_left(
    harbour_from_right: Path, phone: BrowserContext
) -> None:
    page = phone.new_page()
    page.goto((harbour_from_right / LONG_PAGE).as_uri())
    page.locator(".preview-opener").first.wait_for()
    rights = page.locator(".preview-opener").evaluate_all(
        "all => all.map(b => b.getBoundingClientRect().right)"
    )
    assert len(rights) > 5
    assert max(rights) <= 24.5
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_page_without_notes_or_previews_works_as_before(harbour: Path, page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto((harbour / "404.html").as_uri())
    page.locator(".md-content a").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    assert faults == []
    assert not is_open(page)


def test_a_browser_without_popovers_keeps_plain_links(harbour: Path, page: Page) -> None:
    page.add_init_script("delete HTMLElement.prototype.popover")
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto((harbour / LONG_PAGE).as_uri())
    page.locator(NOTE).first.press("Enter")
    assert page.url.endswith("#fn:long-n-1")
    assert page.locator(".preview-opener, .card").count() == 0
    assert faults == []
