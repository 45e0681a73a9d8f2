"""Everyone can read and use each kind of page: axe finds nothing, the keyboard reaches all, nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, TimeoutError  # noqa: A004 (Playwright's own)

from tests.browser.axe import find_violations
from tests.browser.sites import KINDS, pages_of, serve

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
# 1280 × 1024 at 400 %: WCAG 2.2, 1.4.10 Reflow.
ZOOMED = {"width": 320, "height": 256}
# Whether the page is wider than the window, and what sticks out.
STICKS_OUT = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > width + 1)
    .map(element => `${element.tagName}.${element.className} ${Math.round(element.getBoundingClientRect().right)}`)
    .slice(0, 5);
}
"""
# Everything the keyboard can reach is given the focus in turn. What cannot be seen then, or shows no mark, is told of.
UNSEEN_FOCUS = """
() => {
  const told = [];
  const selector = "a[href], button, input, select, textarea, summary, [tabindex]";
  const describe = element => `${element.tagName}.${element.className} ${(element.getAttribute("aria-label")
    || element.textContent || element.id).trim().slice(0, 40)}`;
  const marks = element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  };
  for (const element of document.querySelectorAll(selector)) {
    if (element.tabIndex < 0 || element.disabled || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.tabIndex > 0) told.push(`out of order: ${describe(element)}`);
    // Of a group of radios Tab reaches the chosen one.
    if (element.type === "radio" && !element.checked) continue;
    element.focus();
    if (document.activeElement !== element) continue;
    // A switch of the theme is seen as its label.
    const label = element.matches(".md-option, .md-toggle")
      ? document.querySelector(`label[for="${element.id}"]`) && element.nextElementSibling : null;
    const shown = label || element;
    if (!marks(shown) && !marks(element)) told.push(`no mark: ${describe(element)}`);
    const box = shown.getBoundingClientRect();
    const isInside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    if (!isInside || box.width < 1 || box.height < 1) told.push(`not in sight: ${describe(element)}`);
    const header = document.querySelector(".md-header");
    const end = getComputedStyle(header).position === "sticky" ? header.getBoundingClientRect().bottom : 0;
    if (box.bottom <= end && !header.contains(element) && !element.matches(".md-skip"))
      told.push(`below the header: ${describe(element)}`);
  }
  return told;
}
"""
# 24 × 24 CSS pixels: WCAG 2.2, 2.5.8. axe knows the exceptions; this is about controls, which have none.
SMALL_CONTROLS = """
() => [...document.querySelectorAll("button, input, select, summary, .md-tabs__link, .md-header a, .md-header label")]
  .filter(element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter(element => getComputedStyle(element).display !== "inline")
  .filter(element => !element.matches(".preview-opener, .timeline-mark"))
  .map(element => [element, [element, element.closest("label") || element].map(each => each.getBoundingClientRect())])
  .filter(([, boxes]) => boxes.some(box => box.width > 0) && !boxes.some(box => box.width > 23.9 && box.height > 23.9))
  .map(([element, [box]]) => `${element.tagName}.${element.className} ${box.width}×${box.height}`)
"""

Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, default_site: Path) -> Iterator[Opened]:
    """Open a page of a kind in a window of its own: `opened("home", viewport=PHONE, color_scheme="dark")`."""
    with ExitStack() as closing:

        def open_page(kind: str, **options: Any) -> Page:
            context = browser.new_context(**{"viewport": DESK, **options})
            closing.callback(context.close)
            page = context.new_page()
            if kind == "missing":
                # Its addresses count from the root of a web server.
                page.goto(f"{closing.enter_context(serve(default_site))}{KINDS[kind]}")
            else:
                page.goto((default_site / KINDS[kind]).as_uri())
            return page

        yield open_page


def open_card(target: Locator) -> None:
    """Point at a link until its card is open: while the page is still being laid out, a link may slip away."""
    for _ in range(5):
        point_at(target)
        try:
            target.page.locator(".card:popover-open").wait_for(timeout=4000)
        except TimeoutError:
            continue
        return
    pytest.fail("no card opens")


def point_at(target: Locator) -> None:
    """Move the mouse to the middle of an element, away from where the page's edges would hide it."""
    target.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = target.bounding_box()
    assert box is not None
    target.page.mouse.move(2, 2)
    target.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)


QUICK = [kind for kind in KINDS if kind != "whole"]


@pytest.mark.parametrize("kind", QUICK)
def test_axe_finds_nothing(opened: Opened, kind: str) -> None:
    assert find_violations(opened(kind)) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_axe_finds_nothing_in_light_and_dark_on_desks_and_phones(
    opened: Opened, kind: str, scheme: str, width: str
) -> None:
    page = opened(kind, color_scheme=scheme, viewport=DESK if width == "desk" else PHONE)
    assert find_violations(page) == []


@pytest.mark.parametrize("kind", ["document in full", "actor"])
def test_axe_finds_nothing_in_the_dark_on_a_phone(opened: Opened, kind: str) -> None:
    assert find_violations(opened(kind, color_scheme="dark", viewport=PHONE)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_cards_are_open(opened: Opened, scheme: str) -> None:
    page = opened("document in full", color_scheme=scheme)
    for selector in (".prose .footnote-ref", ".prose a.actor"):
        open_card(page.locator(selector).first)
        # cards.md asks for this element and this role; ARIA in HTML has no such pair, and no reader is worse off.
        found = [
            line for line in find_violations(page) if not line.startswith("aria-allowed-role: #dossier-card:")
        ]
        assert found == []
        page.keyboard.press("Escape")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_while_search_is_open(opened: Opened, viewport: dict[str, int]) -> None:
    page = opened("search", viewport=viewport)
    page.locator("#search-query").fill("trade")
    page.locator(".search-result").first.wait_for()
    assert find_violations(page) == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", QUICK)
def test_everything_can_be_reached_by_keyboard_and_is_seen_there(
    opened: Opened, kind: str, viewport: dict[str, int]
) -> None:
    page = opened(kind, viewport=viewport)
    assert page.evaluate(SMALL_CONTROLS) == [], "controls are large enough for a finger"
    page.keyboard.press("Tab")  # from now on the browser shows where the focus is
    assert page.evaluate(UNSEEN_FOCUS) == []


def test_tab_goes_through_a_page_and_out_of_it_again(opened: Opened) -> None:
    page = opened("source")
    seen: list[str] = []
    for _ in range(200):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "() => { const e = document.activeElement; return e === document.body ? '' :"
            " `${e.tagName} ${e.getAttribute('href') || e.id || e.name}`; }"
        )
        if where == "" or (seen and where == seen[0] and len(seen) > 5):
            break
        seen.append(where)
    assert seen[0] == "A #page-title", "the first stop leads past the header"
    assert 10 < len(seen) < 199
    page.keyboard.press("Shift+Tab")


def test_link_past_the_header_leads_to_the_text(opened: Opened) -> None:
    page = opened("document in full")
    page.keyboard.press("Tab")
    assert page.locator(".md-skip").evaluate("link => getComputedStyle(link).opacity") != "0"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("kind", QUICK)
def test_nothing_sticks_out_sideways_at_400_percent_or_on_a_phone(opened: Opened, kind: str) -> None:
    page = opened(kind, viewport=ZOOMED)
    assert page.evaluate(STICKS_OUT) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate(STICKS_OUT) == []


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [ZOOMED, PHONE], ids=["400 %", "phone"])
def test_nothing_sticks_out_of_the_whole_dossier(opened: Opened, viewport: dict[str, int]) -> None:
    assert opened("whole", viewport=viewport).evaluate(STICKS_OUT) == []


def test_nothing_moves_for_readers_who_asked_for_that(browser: Browser, default_site: Path) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter(element => {
      const style = getComputedStyle(element);
      return style.animationName !== "none" || style.transitionDuration.split(",").some(time => parseFloat(time) > 0.01)
        || style.scrollBehavior === "smooth";
    }).map(element => `${element.tagName}.${element.className}`).slice(0, 5)"""
    page = browser.new_page(reduced_motion="reduce")
    found = {}
    for kind, name in pages_of(default_site).items():
        page.goto((default_site / name).as_uri())
        found[kind] = page.evaluate(moving)
    page.close()
    assert {kind: elements for kind, elements in found.items() if elements} == {}


def test_marks_are_told_apart_in_the_reader_s_own_colours(opened: Opened) -> None:
    page = opened("document in full", forced_colors="active")
    mark = page.locator(".transcription mark.annotated").first
    assert mark.evaluate("mark => getComputedStyle(mark).textDecorationLine") == "underline"
    page.keyboard.press("Tab")
    assert page.evaluate(UNSEEN_FOCUS) == []


def test_pages_are_whole_without_scripts(browser: Browser, default_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name in pages_of(default_site).values():
        page.goto((default_site / name).as_uri())
        assert page.locator("h1:visible").count() == 1, name
        assert page.locator("main a[href]:visible").count() > 0, name
        assert page.locator("[aria-busy=true]").count() == 0, name
    context.close()
