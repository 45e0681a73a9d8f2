"""Without script a page is whole: notes are links to a list, with ways back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.cards.harbour import LONG_PAGE, NUMBER_OF_NOTES


def test_without_script_notes_are_links_to_a_list_with_ways_back(harbour: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((harbour / LONG_PAGE).as_uri())
    marks = page.locator(".md-content a[role=doc-noteref]")
    assert marks.count() == NUMBER_OF_NOTES + 5
    for mark in marks.all():
        assert (mark.get_attribute("id") or "").startswith("fnref:long-")
        assert (mark.get_attribute("href") or "").startswith("#fn:long-")
        assert page.locator(f'[id="{(mark.get_attribute("href") or "")[1:]}"]').count() == 1
        assert mark.get_attribute("aria-haspopup") is None
        assert mark.get_attribute("aria-expanded") is None
        assert mark.get_attribute("aria-controls") is None
    for section in page.locator("section[role=doc-endnotes]").all():
        assert section.locator("h2").count() == 1
        assert section.get_attribute("aria-labelledby") == section.locator("h2").get_attribute("id")
    backs = page.locator("section[role=doc-endnotes] a[role=doc-backlink]")
    assert backs.count() == marks.count()
    targets = [(back.get_attribute("href") or "")[1:] for back in backs.all()]
    assert sorted(targets) == sorted(mark.get_attribute("id") or "" for mark in marks.all())
    assert page.locator(".card, .preview-opener, .card-toggle").count() == 0
    context.close()


def test_neither_marks_nor_notes_nor_links_have_a_title_attribute(harbour: Path, page: Page) -> None:
    page.goto((harbour / LONG_PAGE).as_uri())
    assert page.locator(":is(.md-content, .md-footer) :is(a, sup, li, aside)[title]").count() == 0
