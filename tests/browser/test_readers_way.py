"""A reader who knows only the front page, without a network: what Senator Wyden said in 2018 and signed in 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

SAID_2018 = "was only “possible.”"
SIGNED_2025 = "not to negotiate away America and our allies' national security"


@pytest.fixture
def offline(browser: Browser, default_site: Path) -> Iterator[Page]:
    """The front page, opened from disk with the network off."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.goto((default_site / "index.html").as_uri())
    yield page
    context.close()


def test_the_front_page_names_him_with_the_years_in_which_he_speaks(offline: Page) -> None:
    row = offline.locator(".tally li").filter(has_text="Ron Wyden")
    expect(row.locator(".years")).to_have_text("2018–2025")
    box = row.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 900, "it stands below the first screen"


def test_one_click_shows_both_and_a_second_one_the_passage_itself(offline: Page) -> None:
    offline.locator(".tally").get_by_role("link", name="Ron Wyden").click()
    ledger = offline.locator(".statement")
    said = ledger.filter(has_text=SAID_2018)
    signed = ledger.filter(has_text=SIGNED_2025)
    expect(said.locator(".statement-date")).to_contain_text("2018")
    expect(signed.locator(".statement-date")).to_contain_text("29 October 2025")
    expect(signed.locator(".speaker")).to_contain_text("other signatories")
    signed.locator(".source-place").get_by_role("link").last.click()
    expect(offline).to_have_url(re.compile(r"documents/senators-letter-2025\.html#a-negotiate-away$"))
    expect(offline.locator(":target")).to_contain_text(SIGNED_2025)


def test_by_search_he_is_found_in_two_steps_as_well(offline: Page) -> None:
    offline.locator(".search-box .search-input").fill("Wyden")
    offline.locator(".search-box").get_by_role("link", name="Ron Wyden").first.click()
    expect(offline.get_by_role("heading", level=1)).to_have_text("Ron Wyden")
    expect(offline.locator(".statement").filter(has_text=SAID_2018)).to_be_visible()
