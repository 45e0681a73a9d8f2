"""The ledger of an issue and its filters, and how a position moved, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import build_site
from tests.browser.sites import serve
from tests.corpora import write_corpus

pytestmark = pytest.mark.browser

ISSUE = "issues/harbour-dues.html"
ACTOR = "actors/jo-smith.html"
STATEMENTS = """\
- id: dues
  quote: raise the dues
  speaker: jo-smith
  date: 1961
  issues: [harbour-dues]
  modality: denies
  status: quoted
- id: b
  quote: by a tenth
  speaker: [ann-lee, harbour-board]
  date: 1961/1962
  issues: [harbour-dues]
  modality: urges
- {id: c, quote: The members, attribution: A clerk, date: 1963, issues: [harbour-dues]}
- id: d
  quote: The members resolved
  speaker: jo-smith
  date: 1963
  issues: [harbour-dues]
  modality: asserts
  status: paraphrased
  relations:
    - kind: revises
      to: minutes-1963#dues
      note: What he denied he now <i>reports</i>.[@minutes-1963#dues]
      confirmed_by: editors
- {id: e, quote: a tenth, speaker: jo-smith, date: 1964, issues: [harbour-dues], modality: asserts, status: quoted}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    write_corpus(folder, {"annotations/minutes-1963.yml": STATEMENTS})
    return build_site(folder).site


@contextmanager
def address_of(site: Path, *, is_served: bool) -> Iterator[str]:
    if not is_served:
        yield f"{site.as_uri()}/"
        return
    with serve(site) as address:
        yield address


def shown(page: Page) -> list[str]:
    """Return the words of the statements that are shown in the ledger."""
    return [words.strip("“”\n ") for words in page.locator(".statement:visible .quotation").all_inner_texts()]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


ALL = ["raise the dues", "by a tenth", "The members", "The members resolved", "a tenth"]


@pytest.mark.parametrize("is_served", [False, True], ids=["disk", "web"])
def test_a_choice_narrows_the_ledger_and_holds_in_the_address_and_after_going_back(
    page: Page, site: Path, is_served: bool
) -> None:
    with address_of(site, is_served=is_served) as address:
        page.goto(address + ISSUE)
        ledger = page.locator(".ledger")
        status = ledger.get_by_role("status")
        expect(status).to_have_text("5 statements")
        ledger.get_by_label("Speaker").select_option(label="Jo Smith (3)")
        expect(status).to_have_text("3 of 5 statements")
        assert shown(page) == ["raise the dues", "The members resolved", "a tenth"]
        ledger.get_by_label("Kind").select_option(label="asserts (2)")
        assert shown(page) == ["The members resolved", "a tenth"]
        assert query(page) == {"speaker": ["jo-smith"], "modality": ["asserts"]}
        page.locator(".statement:visible .source-place a").last.click()
        page.wait_for_url("**/documents/minutes-1963.html#a-e")
        page.go_back()
        expect(page.locator(".ledger").get_by_role("status")).to_have_text("2 of 5 statements")
        assert shown(page) == ["The members resolved", "a tenth"]
        page.locator(".ledger").get_by_role("button", name="Show all").click()
        assert shown(page) == ALL
        assert query(page) == {}
        expect(page.locator(".ledger").get_by_label("Speaker")).to_be_focused()


def test_a_ledger_is_filtered_by_what_its_statements_differ_in_and_by_nothing_else(
    page: Page, site: Path
) -> None:
    page.goto((site / ISSUE).as_uri())
    ledger = page.locator(".ledger")
    # All stand in one document and are verified: neither is a choice.
    assert ledger.locator(".timeline-choice-name").all_inner_texts() == ["Speaker", "Kind", "Wording", "Year"]
    years = ledger.get_by_label("Year").locator("option").all_inner_texts()
    assert years == ["All years", "1961 (2)", "1962 (1)", "1963 (2)", "1964 (1)"]
    ledger.get_by_label("Kind").select_option(label="not stated (1)")
    assert shown(page) == ["The members"]
    speakers = ledger.get_by_label("Speaker").locator("option").all_inner_texts()
    assert speakers == ["All speakers", "Ann Lee (0)", "Harbour Board (0)", "Jo Smith (0)", "not stated (1)"]
    ledger.get_by_label("Speaker").select_option(label="Ann Lee (0)")
    expect(ledger.get_by_role("status")).to_have_text("No statement fits this choice.")
    assert shown(page) == []


def test_ledger_and_timeline_of_one_page_leave_each_other_s_choice_alone(page: Page, site: Path) -> None:
    page.goto(f"{(site / ISSUE).as_uri()}?actor=ann-lee&year=1961")
    expect(page.locator(".timeline .timeline-status")).to_contain_text("of")
    assert shown(page) == ["raise the dues", "by a tenth"]
    page.locator(".ledger").get_by_label("Year").select_option(label="All years")
    assert query(page) == {"actor": ["ann-lee"]}
    page.locator(".timeline").get_by_label("Actor").select_option(label="All actors")
    assert query(page) == {}
    assert shown(page) == ALL


def test_a_value_in_the_address_that_is_not_here_fits_nothing_and_runs_nothing(
    page: Page, site: Path
) -> None:
    page.goto(f"{(site / ISSUE).as_uri()}?speaker=%3Cimg%20src%3Dx%20onerror%3Dwindow.PWNED%3D1%3E")
    expect(page.locator(".ledger").get_by_role("status")).to_have_text("No statement fits this choice.")
    assert page.evaluate("window.PWNED") is None


def test_the_filters_are_used_by_keys_alone(page: Page, site: Path) -> None:
    page.goto((site / ISSUE).as_uri())
    page.locator(".ledger").get_by_label("Speaker").focus()
    page.keyboard.press("j")
    expect(page.locator(".ledger").get_by_role("status")).to_have_text("3 of 5 statements")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.locator(".ledger").get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Enter")
    assert shown(page) == ALL


@pytest.mark.parametrize("width", [1280, 360])
def test_the_filters_fit_the_page_and_the_room_that_waits_for_them(
    page: Page, site: Path, default_site: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for folder, name in (
        (site, ISSUE),
        (default_site, "issues/trade-talks.html"),
        (default_site, "issues/zte-sanctions.html"),
    ):
        page.goto((folder / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width
        box = page.locator(".ledger > .timeline-filter")
        waiting = box.evaluate("box => parseFloat(getComputedStyle(box).minHeight)")
        height = box.evaluate("box => box.getBoundingClientRect().height")
        assert waiting <= height <= waiting + 1, (name, waiting, height)


def test_without_script_the_ledger_is_whole_and_nothing_offers_to_filter_it(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{(site / ISSUE).as_uri()}?speaker=ann-lee")
    assert shown(page) == ALL
    expect(page.locator(".ledger > .timeline-filter")).to_be_hidden()
    context.close()


def test_print_has_the_statements_chosen_and_no_boxes(page: Page, site: Path) -> None:
    page.goto(f"{(site / ISSUE).as_uri()}?year=1964")
    page.emulate_media(media="print")
    assert shown(page) == ["a tenth"]
    assert page.locator(".ledger select:visible, .ledger button:visible").count() == 0


# How a position moved


def boxes(page: Page) -> list[tuple[float, float]]:
    """Return where the claims of the position stand: left and top of each."""
    found = page.locator(".position > li").evaluate_all(
        "all => all.map(one => { const box = one.getBoundingClientRect(); return [box.left, box.top]; })"
    )
    return [(left, top) for left, top in found]


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_quotations_stand_side_by_side_with_the_editors_words_between_them(
    browser: Browser, site: Path, has_script: bool
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=has_script)
    page = context.new_page()
    page.goto(f"{(site / ACTOR).as_uri()}#position-harbour-dues")
    claims = page.locator("#position-harbour-dues + .position > li")
    heads = claims.locator(".position-head").all_inner_texts()
    assert heads == ["1961 denies, quoted", "1963 asserts, paraphrased", "1964 asserts, quoted"]
    steps = [one.locator(".position-step") for one in claims.all()]
    assert steps[0].count() == 0
    expect(steps[1]).to_contain_text("revises the words of 1961. What he denied he now <i>reports</i>.")
    expect(steps[2]).to_have_text("no relation stated by the editors")
    (left, top), (middle, second), (right, third) = boxes(page)
    assert left < middle < right
    assert top == second == third
    tops = claims.locator(".quotation").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    context.close()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_on_a_phone_and_on_paper_they_stand_one_below_the_other(
    browser: Browser, site: Path, has_script: bool
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, java_script_enabled=has_script)
    page = context.new_page()
    page.goto((site / ACTOR).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    arrow = "step => getComputedStyle(step.querySelector('span'), '::before').content"
    for medium in ("screen", "print"):
        page.emulate_media(media="print" if medium == "print" else "screen")
        if medium == "print":
            page.set_viewport_size({"width": 800, "height": 780})
        places = boxes(page)
        assert len({left for left, _ in places}) == 1
        assert [top for _, top in places] == sorted({top for _, top in places})
        assert "↓" in page.locator(".position-step").first.evaluate(arrow)
        # The step stands between the two: above the head of its claim.
        claim = page.locator(".position > li").nth(1)
        step, head = (claim.locator(f".position-{part}").bounding_box() for part in ("step", "head"))
        assert step is not None
        assert head is not None
        assert step["y"] + step["height"] <= head["y"] + 1
    context.close()


def test_an_issue_leads_to_the_positions_of_those_who_speak(page: Page, default_site: Path) -> None:
    page.goto((default_site / "issues/zte-sanctions.html").as_uri())
    page.locator("#record a[href$='#position-zte-sanctions']").first.click()
    page.wait_for_url("**/actors/donald-trump.html#position-zte-sanctions")
    expect(page.locator("#position-zte-sanctions")).to_be_in_viewport()
    position = page.locator("#position-zte-sanctions + .position")
    expect(position).to_contain_text("White House")
    expect(position).to_contain_text("revises the words of 13 May 2018.")


def test_hearsay_shows_each_hand_it_went_through(page: Page, default_site: Path) -> None:
    page.goto((default_site / "documents/security-pauses-2026.html").as_uri())
    facts = page.locator("#a-planned-restrictions .statement-facts")
    expect(facts).to_contain_text(
        "Came through: Four unnamed officials → Reuters → Cryptopolitan → BitcoinEthereumNews → MEXC"
    )
    expect(page.locator("#a-mp-materials-investment")).to_contain_text(
        "$400,000,000 (invested in MP Materials)"
    )
