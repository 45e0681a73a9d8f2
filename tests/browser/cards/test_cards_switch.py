"""The switches: that of the readers, in the card and the foot, and those of the maintainers."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.cards.harbour import (
    LONG_PAGE,
    NOTE,
    OPEN,
    is_open,
    move_mouse,
    name_link,
    open_stopped,
    rest_on,
)


def test_the_switch_in_a_card_turns_cards_off_for_the_whole_site_until_the_foot_turns_them_on(
    site: str, page: Page
) -> None:
    page.goto(site + LONG_PAGE)
    mark = page.locator(NOTE).first
    mark.press("Enter")
    page.locator(OPEN).get_by_role("button", name="Turn footnote cards off").click()
    assert not is_open(page)
    assert mark.get_attribute("aria-haspopup") is None
    mark.press("Enter")
    page.wait_for_url("**#fn:long-n-1")
    page.goto(site + "documents/memo-1962.html")
    mark = page.locator(NOTE).first
    mark.hover()
    page.wait_for_timeout(400)
    assert not is_open(page)
    page.locator(".md-footer").get_by_role("button", name="Turn footnote cards on").click()
    assert mark.get_attribute("aria-haspopup") == "dialog"
    page.reload()
    page.locator(NOTE).first.press("Enter")
    assert is_open(page)
    page.keyboard.press("Escape")
    page.locator(".md-footer").get_by_role("button", name="Turn footnote cards off").click()
    page.reload()
    assert page.locator(".md-footer").get_by_role("button", name="Turn footnote cards on").count() == 1


def test_where_storage_is_refused_the_switch_holds_for_the_page(harbour: Path, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('refused', 'SecurityError') } })"
    )
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)) if "refused" not in str(fault) else None)
    page.goto((harbour / LONG_PAGE).as_uri())
    mark = page.locator(NOTE).first
    mark.press("Enter")
    page.locator(OPEN).get_by_role("button", name="Turn footnote cards off").click()
    mark.press("Enter")
    assert page.url.endswith("#fn:long-n-1")
    page.locator(".md-footer").get_by_role("button", name="Turn footnote cards on").click()
    mark.press("Enter")
    assert is_open(page)
    assert faults == []


def test_turned_off_there_are_no_buttons_beside_links(touched: Page) -> None:
    assert touched.locator(".preview-opener").count() > 0
    touched.locator(".card-toggle").evaluate("b => b.click()")
    assert touched.locator(".preview-opener").count() == 0
    touched.locator(NOTE).nth(4).tap()
    touched.wait_for_url("**#fn:long-n-5")


def test_settings_choose_kinds_and_delays(harbour_with_settings: Path, page: Page) -> None:
    open_stopped(page, harbour_with_settings)
    rest_on(page.locator(NOTE).nth(3))
    page.clock.run_for(5_000)
    assert not is_open(page)
    assert page.locator(NOTE).first.get_attribute("aria-haspopup") is None
    rest_on(page.locator(".transcription a.issue").first)
    page.clock.run_for(5_000)
    assert not is_open(page)
    rest_on(name_link(page))
    page.clock.run_for(50)
    assert is_open(page)
    move_mouse(page, 2, 2)
    page.clock.run_for(999)
    assert is_open(page)
    page.clock.run_for(1)
    assert not is_open(page)
    text = (harbour_with_settings / LONG_PAGE).read_text(encoding="utf-8")
    (block,) = re.findall(r'class="previews">(.*?)</script>', text, re.DOTALL)
    assert {preview["kind"] for preview in json.loads(block).values()} == {"actor"}
