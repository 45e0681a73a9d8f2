"""Cards by touch and on narrow screens: a sheet at the bottom, a step in the history."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.cards.harbour import LONG_PAGE, NOTE, OPEN, SHIFTS, is_open, name_link

# What is wrong with the buttons beside links: far from their line, off the screen, on each other or on words.
FAULTS_OF_BUTTONS = """
() => {
  const faults = [];
  const buttons = [...document.querySelectorAll(".preview-opener")];
  const rects = buttons.map(button => button.getBoundingClientRect());
  const meet = (one, other) =>
    one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom && other.top < one.bottom;
  const words = [];
  const walker = document.createTreeWalker(document.querySelector(".md-content__inner"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest("script, .card")) continue;
    range.selectNodeContents(node);
    words.push(...[...range.getClientRects()].filter(rect => rect.width).map(rect => [node.data.trim(), rect]));
  }
  buttons.forEach((button, index) => {
    const link = button.previousElementSibling;
    const rect = rects[index];
    const last = [...link.getClientRects()].pop();
    if (!link.matches("a[href]") || Math.abs(last.top - rect.top) > 12) faults.push(`${link.textContent}: far`);
    if (rect.left < -0.5 || rect.right > innerWidth + 0.5) faults.push(`${link.textContent}: off the screen`);
    if (rects.some((other, n) => n !== index && meet(rect, other))) faults.push(`${link.textContent}: on another`);
    words.filter(([, other]) => meet(rect, other)).forEach(([on]) => faults.push(`${link.textContent}: on ${on}`));
  });
  return [buttons.length, faults];
}
"""


def test_a_tap_on_a_note_opens_a_sheet_at_the_bottom(touched: Page) -> None:
    touched.locator(NOTE).nth(5).tap()
    sheet = touched.locator(OPEN)
    sheet.wait_for()
    touched.wait_for_timeout(200)
    box = sheet.bounding_box()
    assert box is not None
    assert abs(box["y"] + box["height"] - 740) < 1
    assert (box["x"], box["width"]) == (0, 360)
    assert box["height"] <= 0.6 * 740
    assert sheet.evaluate(
        "c => [getComputedStyle(c).overflowY, getComputedStyle(c).overscrollBehaviorY]"
    ) == ["auto", "contain"]
    assert "#" not in touched.url
    button = sheet.get_by_role("button", name="Close").bounding_box()
    assert button is not None
    assert min(button["width"], button["height"]) >= 44


@pytest.mark.parametrize("way", ["outside", "Escape", "button", "Back"])
def test_a_sheet_closes_and_leaves_no_step_in_the_history(touched: Page, way: str) -> None:
    mark = touched.locator(NOTE).nth(5)
    mark.tap()
    touched.locator(OPEN).wait_for()
    scrolled = touched.evaluate("scrollY")
    if way == "outside":
        touched.touchscreen.tap(180, 80)
    elif way == "Escape":
        touched.keyboard.press("Escape")
    elif way == "button":
        touched.locator(OPEN).get_by_role("button", name="Close").tap()
    else:
        touched.go_back()
    touched.wait_for_function(
        "() => !document.querySelector('.card:popover-open') && !(history.state && history.state.card)"
    )
    assert touched.url.endswith(LONG_PAGE)
    assert touched.evaluate("scrollY") == scrolled
    if way != "outside":
        assert mark.evaluate("m => m === document.activeElement")
    touched.go_back()
    assert touched.url.endswith("/index.html")


def test_scrolling_behind_a_sheet_does_not_close_it(touched: Page) -> None:
    touched.locator(NOTE).nth(5).tap()
    touched.locator(OPEN).wait_for()
    touched.evaluate("() => scrollBy(0, 60)")
    touched.wait_for_timeout(400)
    assert is_open(touched)


def test_another_note_takes_the_place_of_the_first_in_one_step_of_history(touched: Page) -> None:
    touched.locator(NOTE).nth(5).tap()
    touched.locator(OPEN).wait_for()
    touched.locator(NOTE).nth(5).evaluate("m => m.scrollIntoView({ block: 'start' })")
    touched.evaluate("() => scrollBy(0, -120)")
    touched.locator(NOTE).nth(6).tap()
    assert "Stone number 7" in touched.locator(OPEN).inner_text()
    touched.go_back()
    touched.wait_for_function("() => !document.querySelector('.card:popover-open')")
    assert touched.url.endswith(LONG_PAGE)


def test_a_link_in_a_sheet_is_followed_and_back_leads_to_the_page(touched: Page) -> None:
    touched.locator(NOTE).first.tap()
    touched.locator(OPEN).get_by_role("link", name="Go to note").tap()
    touched.wait_for_url("**#fn:long-n-1")
    assert not is_open(touched)
    touched.go_back()
    assert touched.url.endswith(LONG_PAGE)
    touched.go_back()
    assert touched.url.endswith("/index.html")


def test_a_link_outside_an_open_sheet_is_followed(touched: Page) -> None:
    touched.locator(NOTE).nth(5).tap()
    touched.locator(OPEN).wait_for()
    touched.locator(NOTE).nth(5).evaluate("m => m.scrollIntoView({ block: 'start' })")
    touched.evaluate("() => scrollBy(0, -120)")
    touched.locator(".transcription .passage").nth(6).locator("a.actor").first.tap()
    touched.wait_for_url("**/actors/*.html")
    touched.go_back()
    touched.wait_for_url(f"**/{LONG_PAGE}")
    touched.go_back()
    assert touched.url.endswith("/index.html")


def test_a_tap_on_a_link_is_never_intercepted(touched: Page) -> None:
    name_link(touched).tap()
    touched.wait_for_url("**/actors/ann-lee.html")


def test_a_button_beside_the_link_opens_its_preview(touched: Page) -> None:
    button = touched.get_by_role("button", name="Preview of Ann Lee").first
    button.wait_for()
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    assert button.get_attribute("aria-haspopup") == "dialog"
    button.tap()
    sheet = touched.locator(OPEN)
    sheet.wait_for()
    assert sheet.get_attribute("aria-label") == "Preview of Ann Lee"
    assert button.get_attribute("aria-expanded") == "true"
    touched.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert button.evaluate("m => m === document.activeElement")


def test_buttons_of_previews_stand_beside_their_line_and_cover_nothing(touched: Page) -> None:
    count, faults = touched.evaluate(FAULTS_OF_BUTTONS)
    assert count >= 5
    assert faults == []
    assert touched.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_each_page_has_one_button_however_often_it_is_linked(touched: Page) -> None:
    targets = touched.locator(".preview-opener").evaluate_all(
        "all => all.map(b => b.previousElementSibling.href)"
    )
    assert len(targets) == len(set(targets))


def test_buttons_of_previews_move_no_line(harbour: Path, phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto((harbour / LONG_PAGE).as_uri())
    page.locator(".preview-opener").first.wait_for()
    tall = page.evaluate("() => document.querySelector('.md-content__inner').scrollHeight")
    page.evaluate("() => document.querySelectorAll('.preview-opener').forEach(b => b.remove())")
    assert page.evaluate("() => document.querySelector('.md-content__inner').scrollHeight") == tall
    page.reload()
    assert page.evaluate(SHIFTS) == 0


def test_with_a_mouse_there_are_no_buttons_beside_links(long_page: Page) -> None:
    assert long_page.locator(".preview-opener").count() == 0


def test_a_click_on_a_narrow_screen_opens_the_sheet_too(harbour: Path, page: Page) -> None:
    page.set_viewport_size({"width": 639, "height": 700})
    page.goto((harbour / LONG_PAGE).as_uri())
    page.locator(NOTE).nth(3).click()
    assert page.locator(".card.sheet:popover-open").count() == 1
    page.locator(".md-header").click(position={"x": 300, "y": 20})
    page.wait_for_function("() => !document.querySelector('.card:popover-open')")
