"""The network as a reader meets it: a picture of links, walked by keys, chosen from together with its table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PROJECT

pytestmark = pytest.mark.browser

AXE = PROJECT / "tests/node/node_modules/axe-core/axe.min.js"
MARK = '.net a[href="actors/{}.html"]'
SHOWN_MARKS = """
() => [...document.querySelectorAll(".net a")]
  .filter(mark => getComputedStyle(mark).visibility === "visible" && !mark.classList.contains("faint")
    && !mark.classList.contains("beside"))
  .map(mark => mark.getAttribute("href")).sort()
"""
SHOWN_ROWS = """
() => [...document.querySelectorAll("table.network-actors tbody tr")]
  .filter(row => !row.hidden).map(row => row.querySelector("a").getAttribute("href")).sort()
"""


@pytest.fixture(scope="module")
def disk(default_site: Path) -> str:
    return default_site.as_uri() + "/"


@pytest.fixture
def heard(page: Page) -> Iterator[list[str]]:
    """What the page complains of; nothing is right."""
    complaints: list[str] = []
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on(
        "console", lambda entry: complaints.append(entry.text) if entry.type in {"error", "warning"} else None
    )
    yield complaints
    assert complaints == []


def test_a_mark_leads_to_the_page_of_its_actor(page: Page, disk: str, heard: list[str]) -> None:
    page.goto(f"{disk}network.html")
    page.locator(f"{MARK.format('zte')} use").click()
    assert page.url == f"{disk}actors/zte.html"
    page.locator('.net a[href="huawei.html"] text').click()
    assert page.url == f"{disk}actors/huawei.html"
    page.get_by_role("link", name="The whole network").click()
    assert page.url == f"{disk}network.html"
    assert heard == []


def test_the_first_page_links_to_the_network(page: Page, disk: str) -> None:
    page.goto(f"{disk}index.html")
    page.get_by_role("link", name="Network", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Network"


def test_marks_are_links_that_say_name_kind_and_passages(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html")
    link = page.get_by_role("link", name="Chinese government, public body, named in 12 passages")
    assert link.count() == 1
    group = page.get_by_role("group", name="Network of actors: Bargaining Chips")
    assert group.get_by_role("link").count() == page.locator("table.network-actors tbody tr").count()


def test_without_script_all_is_there_and_nothing_that_does_not_work(browser: Browser, disk: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{disk}network.html")
    assert page.locator(".net a").count() == 37
    assert page.locator(".net a[tabindex]").count() == 0
    assert page.locator("table.network-actors tbody tr:visible").count() == 37
    assert page.locator(".network-filter input:visible, .network-filter button:visible").count() == 0
    assert page.locator(".network-legend li:visible").count() == 6
    page.locator(f"{MARK.format('zte')} use").click()
    assert page.url == f"{disk}actors/zte.html"
    context.close()


def test_tab_stops_once_in_the_picture_and_arrow_keys_walk_through_it(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html")
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the table of the network"
    page.keyboard.press("Tab")
    focused = "document.activeElement.getAttribute('href')"
    first = page.evaluate(focused)
    assert first == "actors/chinese-government.html"
    seen = {first}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowDown"):
        before = page.evaluate("document.activeElement.querySelector('use').getBoundingClientRect().toJSON()")
        page.keyboard.press(key)
        after = page.evaluate("document.activeElement.querySelector('use').getBoundingClientRect().toJSON()")
        axis, sign = {"Right": ("x", 1), "Left": ("x", -1), "Down": ("y", 1), "Up": ("y", -1)}[key[5:]]
        seen.add(page.evaluate(focused))
        assert (after[axis] - before[axis]) * sign >= 0
    assert len(seen) > 3
    page.keyboard.press("Home")
    assert page.evaluate(focused) == first
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.locator(".network-keys").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.net')") is None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{disk}{first}")


def test_every_mark_can_be_reached_by_arrow_keys(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html")
    reached = page.evaluate(
        """
        () => {
          const first = document.querySelector(".net a");
          const seen = new Set([first]), waiting = [first];
          while (waiting.length) {
            const from = waiting.pop();
            for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
              from.focus();
              from.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
              const to = document.activeElement;
              if (!seen.has(to)) { seen.add(to); waiting.push(to); }
            }
          }
          return seen.size;
        }
        """
    )
    assert reached == page.locator(".net a").count()


def test_pointing_at_a_mark_brings_out_those_named_with_it(page: Page, disk: str, heard: list[str]) -> None:
    page.goto(f"{disk}network.html")
    page.locator(f"{MARK.format('zte')} use").hover()
    near = page.evaluate(
        "[...document.querySelectorAll('.net a.near')].map(a => a.getAttribute('href')).sort()"
    )
    assert "actors/zte.html" in near
    assert "actors/huawei.html" in near
    assert "actors/tiktok.html" not in near
    assert page.locator(".net .numbers text").all_text_contents().count("2") == 1
    page.mouse.move(2, 2)
    assert page.locator(".net .near").count() == 0
    assert heard == []


def test_a_kind_is_chosen_in_picture_tables_and_address(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html")
    for kind in ("person", "public body", "news outlet", "group", "organisation"):
        page.get_by_role("checkbox", name=re.compile(f"^{kind}")).uncheck()
    assert page.evaluate(SHOWN_MARKS) == page.evaluate(SHOWN_ROWS)
    assert (
        page.locator("table.network-actors tbody tr:visible td:nth-child(2)").all_text_contents()
        == ["company"] * 10
    )
    assert page.locator(".network-filter output").inner_text() == "10 actors of 37 shown"
    assert page.url.endswith("?kind=company")
    page.get_by_text("pairs with a line in the picture").click()
    pairs = page.locator("table.pairs tbody tr:visible td:first-child").all_text_contents()
    companies = set(page.locator("table.network-actors tbody tr:visible th").all_text_contents())
    assert pairs
    assert set(pairs) <= companies
    page.get_by_role("button", name="Show all").click()
    # What was faint comes back by and by.
    page.wait_for_function(f"() => ({SHOWN_MARKS.strip()})().length === 37")
    assert "?" not in page.url


def test_an_address_restores_the_choice(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html?kind=person&kind=company&min=2")
    shown = page.evaluate(SHOWN_ROWS)
    assert shown == page.evaluate(SHOWN_MARKS)
    assert "actors/ron-wyden.html" in shown
    assert "actors/tom-cotton.html" not in shown
    assert not page.get_by_role("checkbox", name=re.compile("^group")).is_checked()
    assert page.get_by_label("Passages, at least").input_value() == "2"


def test_a_name_is_found_without_regard_to_case_and_its_neighbours_stay(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html")
    page.get_by_role("searchbox", name="Name").fill("WYDEN")
    assert page.evaluate(SHOWN_ROWS) == ["actors/ron-wyden.html"] == page.evaluate(SHOWN_MARKS)
    assert page.locator(".net a.beside").count() > 0
    assert page.locator(".network-filter output").inner_text() == "1 actor of 37 shown"
    page.get_by_role("searchbox", name="Name").fill("nobody of this name")
    assert page.evaluate(SHOWN_ROWS) == []
    assert page.locator(".network-filter output").inner_text() == "No actor on this page fits this choice."


def test_enter_in_the_filter_does_not_leave_the_page(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html")
    page.get_by_role("searchbox", name="Name").fill("zte")
    page.keyboard.press("Enter")
    assert page.evaluate(SHOWN_ROWS) == ["actors/zte.html"]


def test_the_table_can_be_sorted_while_filtered(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html?kind=company")
    page.get_by_role("button", name="Actor", exact=True).click()
    names = page.locator("table.network-actors tbody tr:visible th").all_text_contents()
    assert names == sorted(names, key=str.casefold)
    assert len(names) == 10


@pytest.mark.parametrize("address", ["network.html", "actors/xi-jinping.html"])
def test_a_phone_needs_no_sideways_scrolling_and_can_read_the_names(
    browser: Browser, disk: str, address: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.goto(f"{disk}{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    letters = page.evaluate(
        """
        () => {
          const picture = document.querySelector(".net");
          const scale = picture.getBoundingClientRect().width / Number(picture.getAttribute("width"));
          return Math.min(...[...picture.querySelectorAll("text")].map(
            text => parseFloat(getComputedStyle(text).fontSize) * scale));
        }
        """
    )
    # The whole network keeps its size and is moved in its frame.
    assert letters >= 11
    context.close()


def test_a_wide_picture_opens_at_the_most_named_actor_on_a_phone(browser: Browser, disk: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{disk}network.html")
    view = page.locator(".network-view").bounding_box()
    mark = page.locator(".net a use").first.bounding_box()
    assert view is not None
    assert mark is not None
    assert view["x"] <= mark["x"] <= view["x"] + view["width"]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_and_lines_stand_out_from_the_page(browser: Browser, disk: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{disk}network.html")
    contrasts = page.evaluate(
        """
        () => {
          const light = colour => {
            const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(c => c / 255)
              .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const page = light(getComputedStyle(document.body).backgroundColor);
          const contrast = colour => {
            const [most, least] = [light(colour), page].sort((a, b) => b - a);
            return (most + 0.05) / (least + 0.05);
          };
          return {
            marks: [...document.querySelectorAll(".net defs path")].map(p => contrast(getComputedStyle(p).fill)),
            lines: [...document.querySelectorAll(".net [data-n]")].map(g => contrast(getComputedStyle(g).stroke)),
            names: [...document.querySelectorAll(".net text")].map(t => contrast(getComputedStyle(t).fill)),
          };
        }
        """
    )
    assert min(contrasts["marks"]) >= 3
    assert min(contrasts["lines"]) >= 3
    assert min(contrasts["names"]) >= 4.5
    context.close()


def test_forced_colours_leave_shapes_and_lines(browser: Browser, disk: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{disk}network.html")
    fills = page.evaluate(
        "[...document.querySelectorAll('.net defs path')].map(p => getComputedStyle(p).fill)"
    )
    assert len(set(fills)) == 1
    assert fills[0] != page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()


def test_paper_has_the_picture_and_no_fields(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html")
    page.emulate_media(media="print")
    assert page.locator(".net").is_visible()
    assert page.locator(".network-fields:visible, .network-filter input:visible").count() == 0
    assert page.locator(".network-legend li:visible").count() == 6


def test_nothing_moves_when_the_page_loads_and_when_one_chooses(page: Page, disk: str) -> None:
    page.goto(f"{disk}network.html")
    offset = (
        "document.querySelector('.net').getBoundingClientRect().y"
        " - document.querySelector('h1').getBoundingClientRect().y"
    )
    before = page.evaluate(offset)
    page.get_by_role("searchbox", name="Name").fill("wyden")
    page.locator(f"{MARK.format('ron-wyden')} use").hover()
    assert page.evaluate(offset) == before


@pytest.mark.parametrize("address", ["network.html", "network.html?name=wyden", "actors/xi-jinping.html"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_axe_finds_no_fault_in_the_network(
    browser: Browser, disk: str, address: str, scheme: str, width: int
) -> None:
    assert AXE.is_file(), "no axe-core: run tests/install_tools.sh"
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(f"{disk}{address}")
    page.add_script_tag(path=AXE)
    faults = page.evaluate(
        "axe.run({include: ['.network, .network-filter, table.network-actors, .together'].filter("
        "s => document.querySelector(s))}).then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html)))"
    )
    assert faults == []
    context.close()
