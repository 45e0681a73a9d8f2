"""The timeline in a browser: the list, the picture of it, choosing by issue and actor, keys, small screens."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import build_site
from tests.corpora import write_corpus
from tests.corpora_languages import write_arabic

pytestmark = pytest.mark.browser

RECORD = """\
---
title: {title}
date: {date}
kind: letter
authors: [{author}]
rights: {{publish: full}}
issues: [{issue}]
---
"""
HEAD = "---\nname: {name}\nkind: person\n---\n"


def small_corpus() -> dict[str, str | bytes | None]:
    """Return a corpus with a date of each kind: days, about, within, uncertain, intervals, open ends, none."""
    dates = {
        "day": "1962-03-14",
        "near": "1962-03-16",
        "about": "1962-05~",
        "month": "1962-08",
        "span": "1962-04/1962-06",
        "open": "1962-09/..",
        "late": "1999-01-01",
        "none": "XXXX",
    }
    files: dict[str, str | bytes | None] = {
        "dossier.md": "---\ntitle: Quay Papers\n---\n",
        "actors/ann-lee.md": HEAD.format(name="Ann Lee"),
        "actors/jo-smith.md": HEAD.format(name="Jo <b>Smith</b>"),
        "issues/quay.md": "---\ntitle: The quay\n---\n",
        "issues/dues.md": "---\ntitle: Dues & tolls\n---\n",
    }
    for number, (slug, date) in enumerate(dates.items()):
        author, issue = ("ann-lee", "quay") if number % 2 else ("jo-smith", "dues")
        files[f"documents/{slug}.md"] = RECORD.format(
            title=f"Paper {slug}", date=date, author=author, issue=issue
        )
    files["texts/day.md"] = "The stone is dear.\n\nThe tide is high.\n\nThe wall was begun.\n"
    files["annotations/day.yml"] = """\
- {id: stone, quote: The stone is dear, speaker: ann-lee, issues: [quay]}
- {id: tide, quote: The tide is high, speaker: jo-smith, date: 1962-03-10, issues: [quay]}
- {id: wall, quote: The wall was begun, date: 1962-03-10, issues: [dues]}
"""
    return files


def long_corpus() -> dict[str, str | bytes | None]:
    """Return a corpus whose timeline does not fit on one page."""
    files: dict[str, str | bytes | None] = {
        "dossier.md": "---\ntitle: Long Papers\n---\n",
        "actors/ann-lee.md": HEAD.format(name="Ann Lee"),
        "actors/jo-smith.md": HEAD.format(name="Jo Smith"),
        "issues/quay.md": "---\ntitle: The quay\n---\n",
        "issues/dues.md": "---\ntitle: Dues\n---\n",
    }
    for number in range(20):
        author, issue = ("ann-lee", "quay") if number % 5 == 0 else ("jo-smith", "dues")
        date = 1900 + number
        files[f"documents/d{number}.md"] = RECORD.format(
            title=f"Paper {number}", date=date, author=author, issue=issue
        )
        files[f"texts/d{number}.md"] = "\n\n".join(f"Words {number} {p}x here." for p in range(4)) + "\n"
        files[f"annotations/d{number}.yml"] = "".join(
            f"- {{id: n{p}, quote: Words {number} {p}x, speaker: {author}, issues: [{issue}], date: {day}}}\n"
            for p, day in enumerate(f"{date}-02-0{number}" for number in range(1, 5))
        )
    return files


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_corpus(folder, small_corpus(), base={})
    return build_site(folder).site


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    write_corpus(folder, long_corpus(), base={})
    return build_site(folder).site


@pytest.fixture(scope="module")
def year_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same papers, all of one year."""
    folder = tmp_path_factory.mktemp("year")
    files = {
        name: re.sub(r"19(\d\d)(?:-02-0(\d))?", day_of_1961, text) if isinstance(text, str) else text
        for name, text in long_corpus().items()
    }
    write_corpus(folder, files, base={})
    return build_site(folder).site


def day_of_1961(date: re.Match[str]) -> str:
    """Return a day of one of ten months for a year from 1900 on, or for a day of one."""
    return f"1961-{1 + int(date[1]) // 2:02}-{10 + int(date[1]) % 2 * 10 + int(date[2] or 0):02}"


@pytest.fixture(scope="module")
def arabic_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arabic")
    write_arabic(folder)
    return build_site(folder).site


def open_timeline(page: Page, site: Path, query: str = "", name: str = "timeline.html") -> None:
    page.goto(f"{(site / name).as_uri()}{query}")
    page.locator(".timeline-canvas").wait_for()


def label(page: Page) -> str:
    """Return the name of the element that has the focus."""
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || ''"))


def focus_picture(page: Page) -> None:
    page.locator(".timeline-zoom button").nth(1).focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.classList.contains('timeline-mark')")


def visible_titles(page: Page) -> list[str]:
    titles: list[str] = page.locator(".timeline-item:visible").evaluate_all(
        "items => items.map(item => (item.querySelector('.timeline-title') || item.querySelector('.timeline-quote'))"
        ".innerText.split(' ').slice(0, 3).join(' '))"
    )
    return titles


# The list


def test_without_script_the_timeline_is_a_whole_list_and_nothing_else(
    browser: Browser, small_site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((small_site / "timeline.html").as_uri())
    assert page.locator("ol.timeline-years > li").count() == 3
    assert page.locator("h2").all_inner_texts()[:3] == ["1962", "1999", "Undated"]
    assert page.locator("ol.timeline-items > li").count() == 10
    assert page.locator(".timeline time").first.get_attribute("datetime") == "1962-03-10"
    expect(page.locator(".timeline-stage")).to_be_hidden()
    expect(page.locator(".timeline-filter")).to_be_hidden()
    context.close()


def test_print_has_the_list_with_its_passages_and_no_picture(page: Page, small_site: Path) -> None:
    open_timeline(page, small_site)
    page.emulate_media(media="print")
    expect(page.locator(".timeline-stage")).to_be_hidden()
    expect(page.locator(".timeline-item").first).to_be_visible()
    passage = page.locator(".timeline-passages li").first
    assert passage.evaluate("li => li.getBoundingClientRect().height") > 0


# The picture


def test_every_item_with_a_date_is_reached_by_arrow_keys_in_time_order(page: Page, small_site: Path) -> None:
    open_timeline(page, small_site)
    focus_picture(page)
    page.keyboard.press("Home")
    reached = [label(page)]
    for _ in range(20):
        page.keyboard.press("ArrowRight")
        if label(page) == reached[-1]:
            break
        reached.append(label(page))
    assert len(set(reached)) == len(reached) == page.locator(".timeline-item[data-days]").count() == 9
    assert reached[0].startswith("10 March 1962. Jo <b>Smith</b>: “The tide is high”")
    assert reached[-1].startswith("1 January 1999. Paper late")
    page.keyboard.press("Home")
    assert label(page) == reached[0]
    page.keyboard.press("ArrowDown")
    assert label(page).startswith("10 March 1962. Event: “The wall was begun”")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert label(page) == reached[-2]


def test_the_picture_is_one_stop_of_the_tab_key(page: Page, small_site: Path) -> None:
    open_timeline(page, small_site)
    assert page.locator(".timeline-mark[tabindex='0']").count() == 1
    focus_picture(page)
    page.keyboard.press("ArrowRight")
    assert page.locator(".timeline-mark[tabindex='0']").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.timeline-canvas')") is None


def test_a_mark_in_focus_shows_its_words_lights_up_its_entry_and_enter_opens_the_passage(
    page: Page, small_site: Path
) -> None:
    open_timeline(page, small_site)
    focus_picture(page)
    page.keyboard.press("Home")
    expect(page.locator(".timeline-readout")).to_contain_text("The tide is high")
    current = page.locator(".timeline-item.is-current")
    assert current.count() == 1
    expect(current).to_contain_text("The tide is high")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/day.html#a-tide")


def test_pointing_at_an_entry_lights_up_its_mark_and_the_other_way_round(
    page: Page, small_site: Path
) -> None:
    open_timeline(page, small_site)
    page.locator(".timeline-item", has_text="Paper late").hover()
    mark = page.locator(".timeline-mark.is-current")
    assert mark.count() == 1
    assert str(mark.get_attribute("aria-label")).startswith("1 January 1999")
    page.locator(".timeline-mark[aria-label*='Paper month']").first.hover()
    expect(page.locator(".timeline-item.is-current")).to_contain_text("Paper month")
    expect(page.locator(".timeline-readout")).to_contain_text("Paper month")


def test_certainty_is_drawn(page: Page, small_site: Path) -> None:
    open_timeline(page, small_site)
    page.locator("button[aria-label='Zoom in']").click(click_count=3)

    def mark(name: str) -> str:
        found = page.locator(f".timeline-mark[aria-label*='Paper {name}']")
        return str(found.get_attribute("class"))

    assert "vague" in mark("about")
    assert "within" in mark("month")
    assert "vague" not in mark("day")
    assert "within" not in mark("day")
    ring = "mark => parseFloat(getComputedStyle(mark, '::before').borderTopWidth)"
    hollow = page.locator(".timeline-mark.vague").first.evaluate(ring)
    full = page.locator(".timeline-mark.of-document:not(.vague, .within, .cluster)").first.evaluate(ring)
    assert hollow < full
    assert page.locator(".timeline-bar.vague").count() >= 1
    assert page.locator(".timeline-lane .timeline-bar.interval").count() == 2
    assert page.locator(".timeline-lane .timeline-bar.opens-after").count() == 1
    dashes = page.locator(".timeline-lane .timeline-bar.vague").first
    assert dashes.evaluate("bar => getComputedStyle(bar).borderTopStyle") == "dashed"
    for words in ("known to the day", "about or uncertain", "one day within", "lasts", "open end"):
        expect(page.locator(".timeline-key")).to_contain_text(words)


def test_long_empty_years_are_a_break_that_says_how_long_it_is(page: Page, small_site: Path) -> None:
    open_timeline(page, small_site)
    gap = page.locator(".timeline-break")
    assert gap.count() == 1
    expect(gap).to_have_text("36 years")
    assert gap.get_attribute("title") == "36 years without an entry"


def test_marks_that_would_lie_upon_each_other_are_one_with_a_number_and_part_when_zoomed(
    page: Page, small_site: Path
) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    open_timeline(page, small_site)
    cluster = page.locator(".timeline-mark[data-count]").first
    count = int(str(cluster.get_attribute("data-count")))
    assert count > 1
    marks = page.locator(".timeline-mark:not(.behind)")
    before = marks.count()
    cluster.click()
    assert page.locator(".timeline-read a").count() == count
    for _ in range(4):
        page.locator("button[aria-label='Zoom in']").click()
    assert marks.count() > before
    page.get_by_role("button", name="Whole").click()
    assert page.evaluate("document.querySelector('.timeline-scroll').scrollWidth") <= 360


@pytest.mark.parametrize("width", [360, 1280])
def test_a_number_of_thousands_stands_whole_on_its_mark_and_no_mark_lies_upon_another(
    page: Page, year_site: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    open_timeline(page, year_site)
    page.evaluate("""
        for (const [at, row] of [...document.querySelectorAll("[data-eras]")].entries()) {
          const [days] = row.dataset.eras.split(" ");
          row.dataset.eras = `${days} ${[160, 5280, 21578][at % 3]} ${[99999, 100][at % 2]} 0`;
        }
        document.querySelector("[data-eras]").dispatchEvent(new Event("timeline:change", { bubbles: true }));
    """)
    marks = page.locator(".timeline-mark[data-count]")
    counts = {len(str(mark.get_attribute("data-count"))) for mark in marks.all()}
    assert counts & {3, 4}
    assert counts & {5, 6}
    assert marks.evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")
    boxes = sorted(
        (box["y"], box["x"], box["width"]) for mark in marks.all() if (box := mark.bounding_box()) is not None
    )
    assert all(x + wide <= next_x for (y, x, wide), (next_y, next_x, _) in pairwise(boxes) if y == next_y)


def test_a_first_touch_reads_a_mark_and_a_second_opens_it(browser: Browser, small_site: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 780}, has_touch=True)
    page = context.new_page()
    open_timeline(page, small_site)
    mark = page.locator(".timeline-mark[aria-label*='Paper late']")
    mark.tap()
    expect(page.locator(".timeline-readout a")).to_have_text("Paper late: letter")
    mark.tap()
    page.wait_for_url("**/documents/late.html")
    context.close()


def test_nothing_moves_when_the_picture_and_the_choices_are_drawn(page: Page, default_site: Path) -> None:
    watch = """
        window.moved = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => { window.moved += entry.value; }))
          .observe({type: 'layout-shift', buffered: true});
    """
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.add_init_script(watch)
        for name in ("timeline.html", "actors/ron-wyden.html"):
            open_timeline(page, default_site, name=name)
            stage = page.locator(".timeline-stage")
            assert stage.evaluate("box => box.scrollHeight <= box.clientHeight + 1"), (width, name)
            page.wait_for_function("document.readyState === 'complete'")
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            shifts = page.evaluate("window.moved")
            assert shifts < 0.01, (width, name, shifts)


def test_at_360_px_nothing_scrolls_sideways_and_marks_are_big_enough_to_touch(
    page: Page, default_site: Path
) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    open_timeline(page, default_site)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    boxes = page.locator(".timeline-mark:not(.behind)").evaluate_all(
        "marks => marks.map(mark => { const box = mark.getBoundingClientRect();"
        " return [box.left + box.width / 2, box.top + box.height / 2, box.width, box.height]; })"
    )
    assert all(width >= 24 and height >= 24 for _, _, width, height in boxes)
    for one in boxes:
        for other in boxes:
            assert one is other or abs(one[0] - other[0]) >= 24 or abs(one[1] - other[1]) >= 24


def test_time_runs_from_right_to_left_where_the_language_does(page: Page, arabic_site: Path) -> None:
    open_timeline(page, arabic_site)
    focus_picture(page)
    page.keyboard.press("Home")
    at = "document.activeElement.getBoundingClientRect().left"
    first, name = page.evaluate(at), label(page)
    page.keyboard.press("ArrowRight")
    assert label(page) == name
    page.keyboard.press("End")
    assert page.evaluate(at) < first
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


# Choosing by issue and actor


def test_a_choice_narrows_list_and_picture_and_stands_in_the_address(page: Page, small_site: Path) -> None:
    open_timeline(page, small_site)
    status = page.locator(".timeline-status")
    expect(status).to_have_text("10 items")
    page.get_by_label("Actor").select_option(label="Ann Lee (5)")
    expect(status).to_have_text("5 of 10 items")
    assert visible_titles(page) == ["Paper day", "Paper near", "Paper month", "Paper open", "Paper none"]
    assert page.locator(".timeline-mark").count() == 4
    assert parse_qs(urlsplit(page.url).query) == {"actor": ["ann-lee"]}
    page.get_by_label("Issue").select_option(label="Dues & tolls (0)")
    expect(status).to_have_text("Nothing on the timeline fits this choice.")
    assert page.locator(".timeline-mark").count() == 0
    page.get_by_role("button", name="Show all").click()
    expect(status).to_have_text("10 items")
    assert urlsplit(page.url).query == ""
    assert page.locator(".timeline-item:visible").count() == 10
    expect(page.get_by_label("Issue")).to_be_focused()


def test_a_choice_in_the_address_holds_when_the_page_opens(page: Page, small_site: Path) -> None:
    open_timeline(page, small_site, "?issue=quay&actor=jo-smith")
    expect(page.locator(".timeline-status")).to_have_text("1 of 10 items")
    assert visible_titles(page) == ["“The tide is"]
    assert page.locator(".timeline-year:visible").count() == 1
    options = page.get_by_label("Actor").locator("option").all_inner_texts()
    assert options == ["All actors", "Ann Lee (5)", "Jo <b>Smith</b> (1)"]


def test_a_name_in_the_address_that_is_not_here_fits_nothing(page: Page, small_site: Path) -> None:
    open_timeline(page, small_site, "?actor=%3Cimg%20src%3Dx%20onerror%3Dwindow.PWNED%3D1%3E")
    expect(page.locator(".timeline-status")).to_have_text("Nothing on the timeline fits this choice.")
    assert page.evaluate("window.PWNED") is None


def test_a_document_shows_only_the_passages_that_fit_the_choice(page: Page, default_site: Path) -> None:
    open_timeline(page, default_site, "?issue=taiwan&actor=ron-wyden")
    letter = page.locator(".timeline-item:visible")
    assert letter.count() == 1
    expect(letter.locator("summary")).to_have_text("4 of 19 quoted passages")
    letter.locator("summary").click()
    assert letter.locator(".timeline-passages li:visible").count() == 4


def test_an_issue_is_narrowed_by_actors_and_an_actor_by_issues(page: Page, default_site: Path) -> None:
    open_timeline(page, default_site, name="issues/zte-sanctions.html")
    assert page.get_by_label("Issue").count() == 0
    page.get_by_label("Actor").select_option(label="Ron Wyden (1)")
    assert page.locator(".timeline-item:visible").count() == 1
    expect(page.locator(".timeline-item:visible")).to_contain_text("was only “possible.”")
    open_timeline(page, default_site, name="actors/ron-wyden.html")
    assert page.get_by_label("Actor", exact=True).count() == 0
    assert [one.split()[0] for one in page.locator(".timeline-date").all_inner_texts()] == ["about", "29"]


# A long one


def test_what_is_all_of_one_year_has_its_days_in_the_picture_and_its_months_in_a_section(
    page: Page, year_site: Path
) -> None:
    open_timeline(page, year_site)
    rows = page.locator(".timeline-periods > li")
    expect(rows.first).to_contain_text("10 January 1961 – 24 August 1961")
    places = page.locator(".timeline-mark").evaluate_all(
        "marks => marks.map(mark => mark.style.insetInlineStart)"
    )
    assert len(places) == 4
    assert len(set(places)) == 2
    focus_picture(page)
    page.keyboard.press("End")
    assert label(page) == "Sep 10, 1961 – Oct 24, 1961. 16 statements"
    page.get_by_label("Actor").select_option(label="Ann Lee (20)")
    focus_picture(page)
    page.keyboard.press("End")
    assert label(page) == "Jan 10, 1961 – Aug 24, 1961. 16 statements"
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline/from-1961.html*#y-1961")
    open_timeline(page, year_site, name="actors/jo-smith.html")
    months = page.locator(".timeline-periods > li")
    expect(months.first).to_contain_text("January 1961")
    assert months.count() == 10
    assert page.locator(".timeline-mark").count() > 10


def test_the_overview_of_a_long_timeline_counts_by_choice_and_leads_to_its_parts(
    page: Page, long_site: Path
) -> None:
    open_timeline(page, long_site)
    status = page.locator(".timeline-status")
    expect(status).to_have_text("100 items")
    rows = page.locator(".timeline-periods > li")
    assert rows.count() == 2
    assert page.locator(".timeline-mark").count() == 2 * 20
    focus_picture(page)
    page.keyboard.press("End")
    assert label(page) == "1919. 4 statements"
    page.get_by_label("Actor").select_option(label="Ann Lee (20)")
    expect(status).to_have_text("20 of 100 items")
    expect(rows.last).to_be_hidden()
    expect(rows.first).to_contain_text("20 of 80 items")
    rows.first.locator("a").click()
    page.wait_for_url("**/timeline/from-1900.html?actor=ann-lee#y-1900")
    expect(page.locator(".timeline-status")).to_have_text("20 of 80 items")
    page.locator(".in-time a").last.click()
    page.wait_for_url("**/timeline/from-1916.html?actor=ann-lee")
    expect(page.locator(".timeline-status")).to_have_text("Nothing on the timeline fits this choice.")
