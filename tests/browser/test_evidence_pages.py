"""Parallel passages, origins and gaps as a reader meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import build_site
from tests.corpora import write_corpus
from tests.unit.test_origins import TOLD

pytestmark = pytest.mark.browser

SLUICE = "the sluice at Morwen stays shut until every barge has cleared the inner basin"
RECORD = "---\ntitle: {title}\ndate: 1964\nkind: letter\nrights: {{publish: full}}\n---\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    files = {
        **TOLD,
        "documents/one.md": RECORD.format(title="First sheet"),
        "texts/one.md": f"A word.\n\nThe rule: “{SLUICE}”.\n",
        "documents/two.md": RECORD.format(title="Second sheet"),
        "texts/two.md": f"Now {SLUICE.replace('barge', 'lighter')}.\n",
    }
    write_corpus(folder, files)
    return build_site(folder).site


def test_a_reader_sees_what_differs_and_goes_to_the_other_passage(page: Page, site: Path) -> None:
    page.goto((site / "documents/one.html").as_uri() + "#parallels")
    section = page.locator(".parallels")
    expect(section.locator(".backlink")).to_have_count(1)
    expect(section.locator("del")).to_have_text("barge")
    expect(section.locator("ins")).to_have_text("lighter")
    for mark, line in (("del", "line-through"), ("ins", "underline")):
        assert line in section.locator(mark).evaluate("e => getComputedStyle(e).textDecorationLine")
    expect(section.locator(".relations")).to_have_text("Quoted here, from the other document or its original")
    section.locator("a.place", has_text="¶1").click()
    page.wait_for_url("**/two.html#p-*")
    expect(page.locator(".passage:target")).to_contain_text("every lighter has cleared")
    expect(page.locator(".parallels .relations")).to_have_text(
        "Quoted there, from this document or its original"
    )


def test_a_source_tells_how_many_documents_have_one_origin(page: Page, site: Path) -> None:
    page.goto((site / "bibliography/gazette-1961.html").as_uri())
    expect(page.locator(".absent")).to_contain_text("not in the dossier")
    expect(page.get_by_text("3 documents, 1 origin.")).to_be_visible()
    page.get_by_role("link", name="passage", exact=True).last.click()
    page.wait_for_url("**/letter-1964.html#a-raised")
    rests = page.locator("#a-raised .rests-on")
    expect(rests).to_contain_text("together with 2 other statements; 3 documents in all")


@pytest.mark.parametrize("width_px", [360, 1280])
def test_home_leads_to_the_gaps_and_these_to_their_places(page: Page, site: Path, width_px: int) -> None:
    page.set_viewport_size({"width": width_px, "height": 800})
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Known gaps").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gaps")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    group = page.locator("#gaps-unnamed-speaker + ul > li")
    expect(group).to_have_count(1)
    group.get_by_role("link", name="[2]").click()
    page.wait_for_url("**/letter-1964.html#a-cost")


def test_the_print_of_the_whole_dossier_has_the_gaps(page: Page, site: Path) -> None:
    page.goto((site / "whole.html").as_uri())
    expect(page.get_by_role("heading", name="Author and publisher unnamed")).to_be_visible()
