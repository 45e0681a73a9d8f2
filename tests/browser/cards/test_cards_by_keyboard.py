"""Cards by keyboard: only when asked for, with a way in and a way out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.cards.harbour import NOTE, OPEN, is_open, move_mouse, name_link


def test_focus_alone_opens_nothing(long_page: Page) -> None:
    long_page.locator(NOTE).first.focus()
    long_page.clock.run_for(5_000)
    assert not is_open(long_page)
    name_link(long_page).focus()
    long_page.clock.run_for(5_000)
    assert not is_open(long_page)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_enter_or_space_moves_the_focus_into_the_card(long_page: Page, key: str) -> None:
    mark = long_page.locator(NOTE).first
    mark.focus()
    before = long_page.evaluate("scrollY")
    long_page.keyboard.press(key)
    card = long_page.locator(OPEN)
    assert card.evaluate("c => c === document.activeElement")
    assert card.get_attribute("aria-label") == "Note 1"
    assert mark.get_attribute("aria-expanded") == "true"
    assert mark.get_attribute("aria-controls") == card.get_attribute("id")
    assert long_page.evaluate("scrollY") == before
    assert "#" not in long_page.url
    long_page.keyboard.press("Tab")
    assert card.evaluate("c => c.contains(document.activeElement) && document.activeElement.matches('a')")


def test_escape_gives_the_focus_back_to_the_mark(long_page: Page) -> None:
    mark = long_page.locator(NOTE).first
    mark.press("Enter")
    long_page.keyboard.press("Tab")
    long_page.keyboard.press("Escape")
    assert not is_open(long_page)
    assert mark.evaluate("m => m === document.activeElement")
    assert mark.get_attribute("aria-expanded") == "false"


def test_a_second_enter_follows_the_link(long_page: Page) -> None:
    long_page.locator(NOTE).nth(1).press("Enter")
    long_page.keyboard.press("Enter")
    assert long_page.url.endswith("#fn:long-n-2")
    assert not is_open(long_page)


def test_a_second_enter_on_the_mark_itself_follows_the_link(long_page: Page) -> None:
    mark = long_page.locator(NOTE).nth(1)
    mark.press("Enter")
    mark.press("Enter")
    assert long_page.url.endswith("#fn:long-n-2")


def test_the_focus_is_not_trapped_and_a_card_left_behind_closes(long_page: Page) -> None:
    mark = long_page.locator(NOTE).first
    mark.press("Enter")
    count = long_page.locator(f"{OPEN} :is(a, button)").count()
    for _ in range(count + 1):
        long_page.keyboard.press("Tab")
    assert not is_open(long_page)
    # Tab went on from where the card stands, behind the paragraph of the mark.
    assert mark.evaluate(
        "m => !!(m.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
    )
    assert long_page.evaluate("!!document.activeElement.closest('.transcription')")


def test_alt_and_arrow_down_open_the_preview_of_a_link_and_enter_follows_it(long_page: Page) -> None:
    link = name_link(long_page)
    link.focus()
    assert link.get_attribute("aria-keyshortcuts") == "Alt+ArrowDown"
    long_page.keyboard.press("Space")
    assert not is_open(long_page)
    long_page.keyboard.press("Alt+ArrowDown")
    card = long_page.locator(OPEN)
    assert card.get_attribute("aria-label") == "Preview of Ann Lee"
    assert card.evaluate("c => c === document.activeElement")
    assert "Alt+↓" in card.inner_text()
    long_page.keyboard.press("Escape")
    assert link.evaluate("m => m === document.activeElement")
    assert link.get_attribute("aria-expanded") is None
    long_page.keyboard.press("Enter")
    long_page.wait_for_url("**/actors/ann-lee.html")


def test_a_mouse_that_lies_elsewhere_does_not_close_what_the_keyboard_opened(long_page: Page) -> None:
    move_mouse(long_page, 300, 300)
    long_page.locator(NOTE).first.press("Enter")
    move_mouse(long_page, 200, 200)
    long_page.clock.run_for(5_000)
    assert is_open(long_page)


def test_a_screen_reader_that_clicks_without_a_pointer_gets_the_card(long_page: Page) -> None:
    long_page.locator(NOTE).first.evaluate("m => m.click()")
    assert long_page.locator(OPEN).evaluate("c => c === document.activeElement")
