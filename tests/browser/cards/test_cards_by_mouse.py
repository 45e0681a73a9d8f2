"""Cards by mouse: after a while, not while scrolling, gone when the mouse has left."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.cards.harbour import NOTE, OPEN, is_open, move_mouse, move_to, name_link, rest_on


def test_a_note_opens_after_200_ms(long_page: Page) -> None:
    rest_on(long_page.locator(NOTE).nth(3))
    long_page.clock.run_for(199)
    assert not is_open(long_page)
    long_page.clock.run_for(1)
    assert is_open(long_page)
    assert "Stone number 4" in long_page.locator(OPEN).inner_text()


def test_a_preview_opens_after_500_ms(long_page: Page) -> None:
    rest_on(name_link(long_page))
    long_page.clock.run_for(499)
    assert not is_open(long_page)
    long_page.clock.run_for(1)
    assert "Ann Lee" in long_page.locator(OPEN).inner_text()


def test_passing_over_a_mark_opens_nothing(long_page: Page) -> None:
    rest_on(long_page.locator(NOTE).nth(3))
    long_page.clock.run_for(150)
    move_mouse(long_page, 2, 2)
    long_page.clock.run_for(2_000)
    assert not is_open(long_page)


def test_nothing_opens_while_the_page_scrolls(long_page: Page) -> None:
    mark = long_page.locator(NOTE).nth(6)
    rest_on(mark)
    long_page.clock.run_for(100)
    scrolled_by(long_page, 3)
    long_page.clock.run_for(120)
    assert not is_open(long_page)


def test_a_mark_that_scrolls_under_a_still_mouse_opens_nothing(long_page: Page) -> None:
    mark = long_page.locator(NOTE).nth(6)
    rest_on(mark)
    move_mouse(long_page, 2, 2)
    box = mark.bounding_box()
    assert box is not None
    move_mouse(long_page, box["x"] + box["width"] / 2, box["y"] - 92)
    scrolled_by(long_page, 100)
    assert long_page.evaluate(
        "([x, y]) => !!document.elementFromPoint(x, y).closest('.footnote-ref')",
        [box["x"] + box["width"] / 2, box["y"] - 92],
    )
    long_page.clock.run_for(3_000)
    assert not is_open(long_page)


def scrolled_by(page: Page, pixels: int) -> None:
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, pixels)
    for _ in range(200):
        if abs(page.evaluate("scrollY") - before - pixels) < 1:
            break
    assert abs(page.evaluate("scrollY") - before - pixels) < 1
    page.evaluate("() => document.body.getBoundingClientRect()")


def test_a_card_closes_300_ms_after_the_mouse_has_left(long_page: Page) -> None:
    rest_on(long_page.locator(NOTE).nth(3))
    long_page.clock.run_for(200)
    move_mouse(long_page, 2, 2)
    long_page.clock.run_for(299)
    assert is_open(long_page)
    long_page.clock.run_for(1)
    assert not is_open(long_page)


def test_the_mouse_may_enter_the_card(long_page: Page) -> None:
    rest_on(long_page.locator(NOTE).nth(3))
    long_page.clock.run_for(200)
    card = long_page.locator(OPEN)
    box = card.bounding_box()
    assert box is not None
    move_mouse(long_page, box["x"] + 60, box["y"] - 3, steps=4)
    long_page.clock.run_for(250)
    move_mouse(long_page, box["x"] + 60, box["y"] + 20, steps=4)
    long_page.clock.run_for(5_000)
    assert is_open(long_page)
    move_mouse(long_page, 2, 2)
    long_page.clock.run_for(300)
    assert not is_open(long_page)


def test_the_next_card_opens_at_once_while_one_is_open_and_300_ms_after(long_page: Page) -> None:
    first = long_page.locator(NOTE).nth(3)
    rest_on(first)
    long_page.clock.run_for(200)
    mark, card = first.bounding_box(), long_page.locator(OPEN).bounding_box()
    assert mark is not None
    assert card is not None
    # Towards the card other links are only crossed: the next one lies away from it.
    number = 2 if card["y"] > mark["y"] else 4
    second = long_page.locator(NOTE).nth(number)
    move_to(second)
    assert f"Stone number {number + 1}" in long_page.locator(OPEN).inner_text()
    move_mouse(long_page, 2, 2)
    long_page.clock.run_for(300)
    assert not is_open(long_page)
    long_page.clock.run_for(290)
    move_to(first)
    assert "Stone number 4" in long_page.locator(OPEN).inner_text()
    move_mouse(long_page, 2, 2)
    long_page.clock.run_for(300)
    long_page.clock.run_for(301)
    move_to(second)
    assert not is_open(long_page)
    long_page.clock.run_for(200)
    assert is_open(long_page)


def test_links_on_the_way_to_the_card_do_not_take_its_place(long_page: Page) -> None:
    """The mouse comes nearer to the card with each step, over whatever lies between."""
    mark = long_page.locator(NOTE).nth(3)
    rest_on(mark)
    long_page.clock.run_for(200)
    # The card is laid away from its mark, so that a link lies on the way.
    link = long_page.locator(".transcription .passage a.actor").nth(12)
    box, link_box = long_page.locator(OPEN).bounding_box(), link.bounding_box()
    assert box is not None
    assert link_box is not None
    long_page.evaluate(
        """top => Object.assign(document.querySelector('.card').style,
             { positionArea: 'none', top: `${top}px`, left: '400px' })""",
        link_box["y"] + 60,
    )
    move_mouse(long_page, link_box["x"] + 10, link_box["y"] - 12)
    move_mouse(long_page, link_box["x"] + 10, link_box["y"] + 4)
    move_mouse(long_page, link_box["x"] + 10, link_box["y"] + 8)
    long_page.clock.run_for(100)
    assert "Stone number 4" in long_page.locator(OPEN).inner_text()


def test_escape_closes_a_card_under_the_mouse_until_the_mouse_comes_back(long_page: Page) -> None:
    mark = long_page.locator(NOTE).nth(3)
    rest_on(mark)
    long_page.clock.run_for(200)
    long_page.keyboard.press("Escape")
    assert not is_open(long_page)
    box = mark.bounding_box()
    assert box is not None
    move_mouse(long_page, box["x"] + 2, box["y"] + 4)
    long_page.clock.run_for(5_000)
    assert not is_open(long_page)
    move_mouse(long_page, 2, 2)
    move_to(mark)
    long_page.clock.run_for(200)
    assert is_open(long_page)


def test_a_click_on_a_mark_goes_to_the_note(long_page: Page) -> None:
    mark = long_page.locator(NOTE).nth(3)
    rest_on(mark)
    long_page.clock.run_for(200)
    mark.click()
    assert long_page.url.endswith("#fn:long-n-4")
    assert not is_open(long_page)


def test_a_click_on_a_link_follows_it(long_page: Page) -> None:
    name_link(long_page).click()
    assert long_page.url.endswith("/actors/ann-lee.html")
