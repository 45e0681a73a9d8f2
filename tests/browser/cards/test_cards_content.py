"""What cards and previews tell, in which order, and that it is text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.cards.harbour import (
    HARMFUL,
    LONG_PAGE,
    NOTE,
    OPEN,
    is_open,
    move_to,
    open_stopped,
    rest_on,
)


def test_a_note_shows_kind_citation_quotation_proof_rights_uses_and_the_way_to_it(long_page: Page) -> None:
    long_page.locator(".prose .footnote-ref").first.press("Enter")
    card = long_page.locator(OPEN)
    words = " ".join(card.inner_text().split())
    order = [
        "Editors’ citation a",
        "Harbour memo, 14 March 1962, ¶2:",
        "“the wall will cost twice the sum named”",
        "verified here",
        "Full text published",
        "Cited 4 times elsewhere in this dossier",
        "Go to note",
        "Turn footnote cards off",
    ]
    places = [words.find(part) for part in order]
    assert -1 not in places, words
    assert places == sorted(places)
    assert card.locator(".quoted").count() == 1
    assert card.locator(".state.verified").evaluate("e => getComputedStyle(e, '::before').content") not in (
        "none",
        "normal",
    )


def test_a_note_shows_the_archived_copy_and_its_date(long_page: Page) -> None:
    for mark in (long_page.locator(NOTE).nth(1), long_page.locator(".prose .footnote-ref").nth(3)):
        mark.press("Enter")
        link = long_page.locator(OPEN).get_by_role("link", name="Archived copy, 7 June 2005")
        assert (link.get_attribute("href") or "").startswith("https://web.archive.org/web/20050607")
        long_page.keyboard.press("Escape")


def test_rights_and_language_of_a_quoted_document_are_told(harbour: Path, page: Page) -> None:
    page.goto((harbour / "actors/müller.html").as_uri())
    page.locator(".prose .footnote-ref").first.press("Enter")
    card = page.locator(OPEN)
    assert card.locator(".quoted [lang]").get_attribute("lang") == "fr"
    assert "Le Phare. Published in excerpts." in card.inner_text()
    assert "verified against a source not published" in card.inner_text()


def test_a_note_that_quotes_its_own_page_tells_the_rights_too(long_page: Page) -> None:
    mark = long_page.locator(".prose .footnote-ref").nth(4)
    note = long_page.locator(f'[id="{(mark.get_attribute("href") or "")[1:]}"]')
    assert "Full text published." not in note.inner_text()
    mark.press("Enter")
    card = long_page.locator(OPEN)
    assert "from the transcription" in card.inner_text()
    assert card.locator(".cited-rights").inner_text() == "Full text published."


def test_links_to_where_a_source_is_cited_lead_there(long_page: Page, harbour: Path) -> None:
    long_page.locator(NOTE).first.press("Enter")
    row = long_page.locator(f"{OPEN} .card-list")
    assert "Cited 5 times in this dossier" in row.inner_text()
    links = row.locator("a").evaluate_all("links => links.map(a => a.href)")
    assert len(links) == 4
    for link in links:
        path, _, anchor = link.partition("#")
        assert (harbour / path.removeprefix(harbour.as_uri() + "/")).is_file()
        if anchor:
            long_page.goto(link)
            assert long_page.locator(f'[id="{anchor}"]').count() == 1


def test_a_long_citation_is_never_cut(long_page: Page) -> None:
    for mark in long_page.locator(NOTE).all()[:3]:
        note = long_page.evaluate(
            "id => { const body = document.getElementById(id).querySelector('.note-body').cloneNode(true);"
            " body.querySelectorAll('.note-label').forEach(e => e.remove()); return body.textContent }",
            (mark.get_attribute("href") or "")[1:],
        )
        mark.press("Enter")
        shown = long_page.locator(f"{OPEN} .card-note")
        assert " ".join((shown.text_content() or "").split()) == " ".join(note.split())
        assert (
            shown.evaluate("e => getComputedStyle(e).textOverflow + getComputedStyle(e).webkitLineClamp")
            == "clipnone"
        )
        long_page.keyboard.press("Escape")


PREVIEWS: dict[str, tuple[str, list[str]]] = {
    "actor": (
        ".prose a.actor",
        [
            "Person",
            "Jürg Müller",
            "Harbour master, Harbour Board",
            "He gave the price to a French paper.",
            "1 statement",
        ],
    ),
    "document": (
        ".prose a.document[href*='br']",
        [
            "News report, 1 March 1965",
            "Brève sur le quai",
            "A short report in French.",
            "1 annotated passage",
            "Cited",
        ],
    ),
    "passage": (
        '.note a[href*="#a-dues"]',
        [
            "Annotated passage, 7 January 1963",
            "Minutes of the Harbour Board",
            "“raise the dues”",
            "verified against a source not published",
        ],
    ),
    "source": (
        ".note a.source",
        ["Source, 2 May 1961", "Smith, Jo. “The Wall That Leaks,” May 2, 1961.", "Cited 5 times"],
    ),
    "issue": (
        ".transcription a.issue",
        ["Issue", "The harbour wall", "It leaked.", "1 annotated passage", "Who speaks Ann Lee"],
    ),
    "own passage": (
        '.note a[href^="#p-"]',
        ["Passage ¶2 of this page", "Ann Lee asked the Harbour Board about stone number 2"],
    ),
}


@pytest.mark.parametrize("kind", PREVIEWS)
def test_previews_tell_what_a_link_leads_to(long_page: Page, kind: str) -> None:
    selector, expected = PREVIEWS[kind]
    long_page.locator(selector).first.press("Alt+ArrowDown")
    words = " ".join(long_page.locator(OPEN).inner_text().split())
    places = [words.find(part) for part in expected]
    assert -1 not in places, words
    assert places == sorted(places)


def test_an_approximate_date_says_so(harbour: Path, page: Page) -> None:
    page.goto((harbour / "actors/ann-lee.html").as_uri())
    page.locator("a.document[href*=long]").first.press("Alt+ArrowDown")
    assert "Report, about February 1964" in page.locator(OPEN).inner_text()


def test_foreign_words_in_a_preview_have_their_language(long_page: Page) -> None:
    long_page.locator(".prose a.document[href*='br']").first.press("Alt+ArrowDown")
    assert long_page.locator(f"{OPEN} .card-name").get_attribute("lang") == "fr"


def test_names_and_ids_beyond_ascii_have_previews(site: str, page: Page) -> None:
    page.goto(site + LONG_PAGE)
    page.locator(".prose a.actor", has_text="Jürg Müller").press("Alt+ArrowDown")
    go = page.locator(OPEN).get_by_role("link", name="Go to page")
    go.click()
    page.wait_for_url("**/actors/m%C3%BCller.html")
    assert page.locator("h1").inner_text() == "Jürg Müller"


def test_links_in_a_card_are_plain_links(long_page: Page) -> None:
    long_page.locator(".prose .footnote-ref").first.press("Enter")
    link = long_page.locator(f"{OPEN} a.document").first
    move_to(link)
    long_page.clock.run_for(3_000)
    assert "Editors’ citation a" in long_page.locator(OPEN).inner_text()
    link.click()
    assert long_page.url.endswith("/documents/memo-1962.html")


def test_marks_of_annotations_open_no_card(harbour: Path, page: Page) -> None:
    open_stopped(page, harbour, "documents/memo-1962.html")
    rest_on(page.locator(".annotation-mark a").first)
    page.clock.run_for(3_000)
    assert not is_open(page)


def test_a_harmful_name_is_shown_as_written_and_does_nothing(long_page: Page, harbour: Path) -> None:
    text = (harbour / LONG_PAGE).read_text(encoding="utf-8")
    (block,) = re.findall(r'<script type="application/json" class="previews">(.*?)</script>', text, re.DOTALL)
    assert "<" not in block
    assert HARMFUL in json.loads(block)["actors/harmful"]["name"]
    long_page.locator(".prose a.actor[href*=harmful]").first.press("Alt+ArrowDown")
    assert long_page.locator(f"{OPEN} .card-name").inner_text() == HARMFUL
    assert long_page.locator(f"{OPEN} :is(img, script)").count() == 0
    assert long_page.evaluate("() => window.PWNED") is None


def test_the_previews_of_every_page_are_small_and_of_its_own_links(default_site: Path) -> None:
    pages = sorted(default_site.rglob("*.html"))
    assert len(pages) > 80
    for path in pages:
        text = path.read_text(encoding="utf-8")
        blocks = re.findall(
            r'<script type="application/json" class="previews">(.*?)</script>', text, re.DOTALL
        )
        assert len(blocks) <= 1, path
        for block in blocks:
            assert len(block.encode()) <= 30_000, path
            assert "<" not in block
            for key in json.loads(block):
                target = key.split("#")[0].rpartition("/")[2]
                assert f"{target}.html" in text or path.name == f"{target}.html", (path, key)
