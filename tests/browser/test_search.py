"""Search as a reader meets it: over HTTP and from disk, in Chromium and Firefox, under the strict content policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from generator.finish.search_index import write_search_index
from generator.finish.search_plan import SIZES, Sizes
from tests.browser.conftest import PROJECT, build_site
from tests.browser.firefox import Firefox, open_firefox
from tests.browser.readers import Chromium, Reader
from tests.browser.sites import serve
from tests.corpora import HARBOUR, write_corpus
from tests.corpora_languages import ARABIC, CHINESE

AXE = PROJECT / "tests/node/node_modules/axe-core/axe.min.js"
LETTER = """\
---
title: A letter on “dear” stone
date: 1964-02-11
kind: letter
authors: [jose-muller]
recipients: [harbour-board]
publisher: harbour-board
rights: {publish: full}
issues: [harbour-wall]
footnotes:
  "1": {cites: [gazette-1961]}
---
He asks for a second tender.[@letter-1964#¶2]
"""
LETTER_TEXT = """\
José Müller wrote: the walk-back of the tender is no *bargaining*[^1] **chip**, and Müller’s view—unlike hers—stands.

The wall was built in vain. Its walls were agreed upon by the Board’s engineer; the Board agrees.

I was at Cap d’Antibes. The tide gauge broke.

[^1]: A note of its own about gulls.
"""
MORE = {
    **{
        f"documents/report-{number:02}.md": (
            f"---\ntitle: Report {number}\ndate: {1970 + number}-05-01\nkind: report\n"
            f"authors: [clerk-{number:02}]\nrights: {{publish: full}}\n---\nA report.[@report-{number:02}#¶1]\n"
        )
        for number in range(1, 26)
    },
    **{
        f"texts/report-{number:02}.md": "The yearly dredging went on as planned.\n\nNothing else is reported.\n"
        for number in range(1, 26)
    },
    **{
        f"actors/clerk-{number:02}.md": (
            f"---\nname: Clerk Number{number:02}\nkind: person\n---\nA clerk.[@report-{number:02}]\n"
        )
        for number in range(1, 26)
    },
}
CORPUS: Mapping[str, str] = {
    **HARBOUR,
    **MORE,
    "documents/letter-1964.md": LETTER,
    "texts/letter-1964.md": LETTER_TEXT,
    "annotations/letter-1964.yml": "- {id: vain, quote: The wall was built in vain, speaker: jose-muller}\n",
    "actors/jose-muller.md": (
        "---\nname: José Müller\nkind: person\naliases: [Müller, Seehund]\n---\nA builder.[@letter-1964#¶1]\n"
    ),
}
FIELD = "form[data-search] input[type=search]"
STATUS = "document.querySelector('.search-status')?.textContent"
TITLES = "[...document.querySelectorAll('.search-title')].map(title => title.textContent)"
PASSAGES = "[...document.querySelectorAll('.search-words')].map(words => words.textContent)"
MARKED = "[...document.querySelectorAll('.search-words mark')].map(mark => mark.textContent)"
# The words that are painted on the page, and whether the first of them is in view.
PAINTED = "[...(CSS.highlights.get('search') ?? [])].map(range => range.toString())"


@pytest.fixture(scope="session", params=[SIZES, Sizes(segment=4, part=10)], ids=["one part", "eight parts"])
def searched_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searched")
    write_corpus(folder, base=CORPUS)
    site = build_site(folder).site
    assert write_search_index(site, "site", sizes=request.param) == ()
    return site


@pytest.fixture(scope="session")
def web(searched_site: Path) -> Iterator[str]:
    with serve(searched_site) as address:
        yield address


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    with open_firefox() as running:
        yield running


@pytest.fixture
def chromium(page: Page) -> Iterator[Chromium]:
    reader = Chromium(page)
    yield reader
    assert reader.complaints == []


@pytest.fixture(params=["chromium", "firefox"])
def reader(request: pytest.FixtureRequest) -> Reader:
    found: Reader = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["http", "file"])
def site(request: pytest.FixtureRequest, searched_site: Path) -> str:
    """The address of the site, which ends in a slash."""
    return str(request.getfixturevalue("web")) if request.param == "http" else f"{searched_site.as_uri()}/"


@pytest.fixture
def disk(searched_site: Path) -> str:
    return f"{searched_site.as_uri()}/"


def ask(reader: Reader, site: str, query: str, more: str = "") -> str:
    """Return what the search page says of a query once it has answered."""
    reader.goto(f"{site}search.html?q={quote(query)}{more}")
    return str(reader.wait_for(f"!/…/.test({STATUS}) && {STATUS}"))


def titles(reader: Reader) -> list[str]:
    return list(reader.evaluate(TITLES))


def passages(reader: Reader) -> str:
    return "\n".join(reader.evaluate(PASSAGES))


# Word, phrase, facet, no result; opening with marks: in each browser, over HTTP and from disk.


def test_a_word_is_found_from_the_box_in_the_header(reader: Reader, site: str) -> None:
    reader.goto(f"{site}index.html")
    reader.press("/")
    reader.type("dredging")
    assert reader.wait_for(f"!/…/.test({STATUS}) && {STATUS}") == "25 pages found"
    assert len(titles(reader)) == 6
    assert "The yearly dredging went on as planned." in passages(reader)
    assert reader.evaluate(MARKED)[0] == "dredging"
    assert reader.evaluate("document.querySelector('.search-all').textContent") == "All 25 results"


@pytest.mark.parametrize(
    "quoted", ['"walk-back of the tender"', "“the tender is no bargaining chip”", "„no bargaining chip“"]
)
def test_a_quotation_is_found_word_for_word_across_marks_and_notes(
    reader: Reader, site: str, quoted: str
) -> None:
    assert ask(reader, site, quoted) == "1 page found"
    assert titles(reader) == ["A letter on “dear” stone"]
    assert (
        "the walk-back of the tender is no bargaining chip, and Müller’s view—unlike hers—stands."
        in passages(reader)
    )


def test_words_in_another_order_are_no_quotation(reader: Reader, site: str) -> None:
    assert ask(reader, site, '"chip bargaining"') == (
        "Nothing found. No page has the words “chip bargaining” in this order."
    )


def test_a_facet_narrows_the_results_and_counts_them(reader: Reader, site: str) -> None:
    assert ask(reader, site, "wall") == "4 pages found"
    box = "document.querySelector('.search-facet input[name=kind][value=letter]')"
    assert reader.evaluate(f"{box}.closest('label').textContent") == "letter1"
    reader.evaluate(f"{box}.click()")
    assert reader.wait_for(f"{STATUS} === '1 page found'")
    assert titles(reader) == ["A letter on “dear” stone"]
    assert reader.wait_for("location.search === '?q=wall&kind=letter'")
    # Another value of the same facet can still be added.
    assert reader.evaluate(
        "document.querySelector('.search-facet input[value=memorandum]').closest('label').textContent"
    )


def test_where_nothing_is_found_the_nearest_names_are_offered(reader: Reader, site: str) -> None:
    assert ask(reader, site, "Hosé Mueler") == "Nothing found. No page has the word “Hosé”."
    assert reader.evaluate("document.querySelector('.search-names a').textContent") == "José Müller"
    reader.evaluate("document.querySelector('.search-names a').click()")
    assert reader.wait_for("location.pathname.endsWith('/actors/jose-muller.html')")


def test_a_result_opens_at_the_passage_with_the_words_marked(reader: Reader, site: str) -> None:
    ask(reader, site, '"built in vain"')
    reader.evaluate("document.querySelector('.search-passage').click()")
    assert reader.wait_for("location.pathname.endsWith('/documents/letter-1964.html')")
    assert set(reader.wait_for(f"{PAINTED}.length && {PAINTED}")) == {"built in vain"}
    passage = "document.getElementById(location.hash.slice(1))"
    assert "The wall was built in vain" in reader.evaluate(f"{passage}.textContent")
    assert reader.evaluate(
        f"{passage}.getBoundingClientRect().top >= 0 && {passage}.getBoundingClientRect().top < innerHeight"
    )
    reader.press("Escape")
    assert reader.wait_for(f"{PAINTED}.length === 0 && location.search === ''")


def test_search_asks_no_other_host(reader: Reader, site: str) -> None:
    ask(reader, site, "dredging")
    ask(reader, site, '"no bargaining chip"')
    own = ("file:", "blob:", "data:", "about:", "http://127.0.0.1:")
    assert [address for address in reader.requests() if not address.startswith(own)] == []


# The rest in one browser.


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("jose muller", "José Müller"),
        ("JOSÉ MÜLLER", "José Müller"),
        ("Müllers", "José Müller"),
        ("Muller's", "José Müller"),
        ("Müller’s", "José Müller"),
        ("Seehund", "José Müller"),
        ("Ms. Lee", "Ann Lee"),
        ("sea wall", "The harbour wall"),
    ],
)
def test_a_name_in_any_spelling_leads_to_its_page_first(
    chromium: Chromium, disk: str, query: str, title: str
) -> None:
    ask(chromium, disk, query)
    assert titles(chromium)[0] == title


@pytest.mark.parametrize(
    "query", ["walk-back", "walk back", "walkback", "walk‑back", '"walk back of"', '"walkback of"']
)
def test_a_hyphen_makes_no_difference(chromium: Chromium, disk: str, query: str) -> None:
    ask(chromium, disk, query)
    assert "A letter on “dear” stone" in titles(chromium)


@pytest.mark.parametrize(
    "query", ['"Board’s engineer"', '"Board\'s engineer"', '"Boards engineer"', "d'Antibes", "Antibes"]
)
def test_an_apostrophe_makes_no_difference(chromium: Chromium, disk: str, query: str) -> None:
    assert ask(chromium, disk, query) == "1 page found"
    assert titles(chromium) == ["A letter on “dear” stone"]


def test_words_joined_by_a_dash_are_two(chromium: Chromium, disk: str) -> None:
    assert ask(chromium, disk, "unlike") == "1 page found"
    assert chromium.evaluate(MARKED) == ["unlike"]
    assert ask(chromium, disk, '"view unlike hers stands"') == "1 page found"


def test_a_word_finds_its_other_forms_but_a_quotation_does_not(chromium: Chromium, disk: str) -> None:
    ask(chromium, disk, "agree")
    assert chromium.evaluate(MARKED) == ["agreed", "agrees"]
    assert ask(chromium, disk, '"was agree upon"').startswith("Nothing found.")
    assert ask(chromium, disk, '"were agreed upon"') == "1 page found"


def test_a_quotation_does_not_go_on_from_one_passage_to_the_next(chromium: Chromium, disk: str) -> None:
    assert ask(chromium, disk, '"as planned nothing else"').startswith("Nothing found.")


def test_a_note_is_found_without_its_mark(chromium: Chromium, disk: str) -> None:
    assert ask(chromium, disk, '"note of its own about gulls"') == "1 page found"
    assert ask(chromium, disk, '"bargaining 1 chip"').startswith("Nothing found.")


def test_a_word_that_no_page_has_is_named_though_others_are_found(chromium: Chromium, disk: str) -> None:
    assert ask(chromium, disk, "wall xyzzy") == "Nothing found. No page has the word “xyzzy”."
    assert ask(chromium, disk, "aardvark") == "Nothing found. No page has the word “aardvark”."


def test_words_that_may_not_be_published_are_not_found(chromium: Chromium, disk: str) -> None:
    assert ask(chromium, disk, "resolved") == "Nothing found. No page has the word “resolved”."
    assert ask(chromium, disk, '"raise the dues"') == "1 page found"


def test_words_that_never_stand_together_are_said_to(chromium: Chromium, disk: str) -> None:
    assert ask(chromium, disk, "gulls dredging") == "Nothing found. No page has all of these words."


def test_results_are_sorted_by_date_both_ways(chromium: Chromium, disk: str) -> None:
    ask(chromium, disk, "dredging", "&sort=newest")
    assert titles(chromium)[:2] == ["Report 25", "Report 24"]
    chromium.page.get_by_label("Sort by").select_option("oldest")
    chromium.wait_for(f"{TITLES}[0] === 'Report 1'")
    assert parse_qs(urlsplit(chromium.page.url).query) == {"q": ["dredging"], "sort": ["oldest"]}


def test_more_results_follow_on_demand(chromium: Chromium, disk: str) -> None:
    ask(chromium, disk, "dredging")
    assert len(titles(chromium)) == 20
    chromium.page.get_by_role("button", name="5 more pages").click()
    chromium.wait_for(f"{TITLES}.length === 25")
    assert chromium.evaluate("document.activeElement.classList.contains('search-title')")


def test_a_search_can_be_linked_and_the_way_back_leads_to_the_one_before(
    chromium: Chromium, disk: str
) -> None:
    chromium.goto(f"{disk}search.html?q=dredging&year=1975&year=1976&page=document")
    chromium.wait_for(f"{STATUS} === '2 pages found'")
    assert sorted(titles(chromium)) == ["Report 5", "Report 6"]
    chromium.page.get_by_role("button", name="Clear filters").click()
    chromium.wait_for(f"{STATUS} === '25 pages found'")
    chromium.page.locator(FIELD).fill("gulls")
    chromium.press("Enter")
    chromium.wait_for(f"{STATUS} === '1 page found'")
    chromium.back()
    chromium.wait_for(f"{STATUS} === '25 pages found'")
    assert chromium.page.locator(FIELD).input_value() == "dredging"
    chromium.back()
    chromium.wait_for(f"{STATUS} === '2 pages found'")


def test_actors_are_chosen_by_slug_from_a_long_list(chromium: Chromium, disk: str) -> None:
    ask(chromium, disk, "dredging")
    facet = chromium.page.get_by_role("group", name="Actor")
    assert facet.get_by_role("checkbox").count() == 8
    facet.get_by_role("searchbox", name="Find in: Actor").fill("ber07")
    assert facet.get_by_role("checkbox").count() == 1
    facet.get_by_label("Clerk Number07").check()
    chromium.wait_for(f"{STATUS} === '1 page found'")
    assert "actor=clerk-07" in chromium.page.url
    assert chromium.evaluate("document.activeElement.value") == "Clerk Number07 #clerk-07"
    facet.get_by_role("button", name="Show all 25").click()
    assert facet.get_by_role("checkbox").count() == 25


def test_filters_without_a_result_say_so(chromium: Chromium, disk: str) -> None:
    assert ask(chromium, disk, "gulls", "&kind=report") == "Nothing found with these filters."
    assert chromium.page.get_by_role("button", name="Clear filters").is_visible()


def test_all_of_search_is_done_by_keyboard(chromium: Chromium, disk: str) -> None:
    chromium.goto(f"{disk}documents/memo-1962.html")
    chromium.press("/")
    chromium.type("wall")
    chromium.wait_for(f"{STATUS} === '4 pages found'")
    chromium.press("ArrowDown", "ArrowDown")
    links = chromium.page.locator(".search-panel a.search-link")
    assert links.nth(1).evaluate("link => link === document.activeElement")
    chromium.press("ArrowUp", "ArrowUp")
    assert chromium.page.locator(FIELD).evaluate("field => field === document.activeElement")
    chromium.press("Escape")
    assert not chromium.page.locator(".search-panel").is_visible()
    assert chromium.page.locator(FIELD).input_value() == "wall"
    chromium.press("ArrowDown")
    title = links.first.locator(".search-title").inner_text()
    chromium.press("Enter")
    chromium.wait_for("location.search.includes('mark=wall')")
    assert chromium.page.locator("h1").inner_text() == title


def test_an_answer_that_comes_late_leaves_the_reader_at_the_same_result(
    chromium: Chromium, disk: str
) -> None:
    chromium.goto(f"{disk}documents/memo-1962.html")
    chromium.press("/")
    chromium.type("dredgin")
    chromium.wait_for(f"{STATUS} === '25 pages found'")
    chromium.evaluate(
        "void new MutationObserver(() => (window.drawn = true))"
        ".observe(document.querySelector('.search-results'), {childList: true})"
    )
    chromium.type("g")
    chromium.press("ArrowDown", "ArrowDown")
    chromium.wait_for("window.drawn")
    second = "document.querySelectorAll('.search-panel a.search-link')[1]"
    assert chromium.evaluate(f"document.activeElement === {second}")


def test_a_slash_is_a_letter_where_one_is_typing(chromium: Chromium, disk: str) -> None:
    chromium.goto(f"{disk}search.html")
    chromium.page.locator(FIELD).focus()
    chromium.type("and/or")
    assert chromium.page.locator(FIELD).input_value() == "and/or"


def test_enter_in_the_box_leads_to_the_page_of_all_results(chromium: Chromium, site: str) -> None:
    chromium.goto(f"{site}documents/memo-1962.html")
    chromium.press("/")
    chromium.type("dredging")
    chromium.press("Enter")
    chromium.wait_for(f"location.pathname.endsWith('/search.html') && {STATUS} === '25 pages found'")
    assert chromium.page.locator(FIELD).count() == 1


def test_marks_are_taken_away_by_their_button(chromium: Chromium, disk: str) -> None:
    chromium.goto(f"{disk}documents/letter-1964.html?mark=walls&mark=%22wall-was-built%22")
    assert set(chromium.wait_for(f"{PAINTED}.length && {PAINTED}")) == {"walls", "wall was built"}
    assert chromium.page.get_by_role("status").filter(has_text="places marked").count() == 1
    chromium.page.get_by_role("button", name="Remove the marks of the search").click()
    assert chromium.evaluate(PAINTED) == []
    assert "mark" not in chromium.page.url


def test_words_are_marked_where_the_browser_has_no_highlights_and_unmarked_again(
    chromium: Chromium, disk: str
) -> None:
    chromium.page.add_init_script("delete window.Highlight")
    chromium.goto(f"{disk}documents/letter-1964.html")
    before = chromium.evaluate("document.querySelector('article').innerHTML")
    chromium.goto(f"{disk}documents/letter-1964.html?mark=wall&mark=bargaining")
    marks = "[...document.querySelectorAll('mark.search-mark')].map(mark => mark.textContent)"
    assert set(chromium.wait_for(f"{marks}.length && {marks}")) == {"wall", "bargaining"}
    chromium.press("Escape")
    assert chromium.evaluate("document.querySelector('article').innerHTML") == before


def test_marks_are_text_whatever_the_address_says(chromium: Chromium, disk: str) -> None:
    chromium.goto(
        f"{disk}documents/letter-1964.html?mark={quote('<img src=x onerror=window.PWNED=1>')}&mark=wall"
    )
    chromium.wait_for(f"{PAINTED}.length")
    assert chromium.evaluate("window.PWNED === undefined")


def test_what_is_typed_is_text_whatever_it_says(chromium: Chromium, disk: str) -> None:
    payload = "<img src=x onerror=window.PWNED=1>"
    assert ask(chromium, disk, f'wall "{payload}"').startswith("Nothing found.")
    assert chromium.evaluate("window.PWNED === undefined && !document.querySelector('.search-page img')")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_search_opens(chromium: Chromium, disk: str, width: int) -> None:
    chromium.resize(width, 800)
    chromium.goto(f"{disk}documents/memo-1962.html")
    chromium.evaluate(
        "void (window.shift = 0, new PerformanceObserver(list => list.getEntries().forEach(entry => "
        "window.shift += entry.value)).observe({type: 'layout-shift'}))"
    )
    chromium.press("/")
    chromium.type("wall")
    chromium.wait_for(f"{STATUS} === '4 pages found'")
    chromium.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert chromium.evaluate("window.shift") == 0
    assert chromium.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_narrow_screen_a_button_opens_the_box(chromium: Chromium, disk: str) -> None:
    chromium.resize(360, 740)
    chromium.goto(f"{disk}index.html")
    field = chromium.page.locator(FIELD)
    assert not field.is_visible()
    opener = chromium.page.get_by_role("button", name="Search")
    box = opener.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 24
    opener.click()
    assert field.is_visible()
    chromium.type("gulls")
    chromium.wait_for(f"{STATUS} === '1 page found'")
    chromium.press("Escape")
    assert not field.is_visible()
    assert opener.evaluate("button => button === document.activeElement")


def test_without_script_the_form_leads_to_the_lists(browser: Browser, disk: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{disk}documents/memo-1962.html")
    page.locator(FIELD).fill("wall")
    page.locator(FIELD).press("Enter")
    page.wait_for_url("**/search.html?q=wall")
    assert "needs JavaScript" in page.locator("article").inner_text()
    page.locator("article").get_by_role("link", name="Actors").click()
    page.wait_for_url("**/actors/index.html")
    context.close()


def test_a_missing_index_is_told_in_words_and_tried_again(page: Page, disk: str) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(f"{disk}search.html?q=wall")
    status = page.locator(".search-status")
    status.get_by_text("could not be read").wait_for()
    page.unroute("**/pagefind/**")
    page.locator(FIELD).press("Enter")
    status.get_by_text("4 pages found").wait_for()


def test_facets_are_read_without_the_words(chromium: Chromium, site: str) -> None:
    chromium.goto(f"{site}search.html")
    chromium.wait_for("typeof window.dossier.openSearchIndex === 'function'")
    chromium.evaluate("dossier.openSearchIndex().then(index => index.load(['kind', 'year'])).then(() => 1)")
    read = [address for address in chromium.requests() if "pagefind" in address]
    assert any("pf_filter" in address for address in read)
    assert not [address for address in read if "pf_index" in address]


def test_nothing_of_search_is_loaded_before_it_is_used(chromium: Chromium, site: str) -> None:
    chromium.goto(f"{site}documents/memo-1962.html")
    chromium.page.wait_for_load_state("networkidle")
    assert [address for address in chromium.requests() if "pagefind" in address or "search-" in address] == []
    assert not [address for address in chromium.requests() if "names.js" in address]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_fault_in_search(browser: Browser, disk: str, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for address, query in (
        ("documents/memo-1962.html", "wall"),
        ("search.html", "wall"),
        ("search.html", "Mueler"),
    ):
        page.goto(f"{disk}{address}")
        page.keyboard.press("/")
        page.keyboard.type(query)
        page.locator(".search-status").get_by_text("found").wait_for()
        page.add_script_tag(path=AXE)
        found = page.evaluate(
            "axe.run({include: ['.search-box', '.search-form', '.search-page']"
            ".filter(part => document.querySelector(part)).map(part => [part])})"
        )
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
    context.close()


# Other scripts


@pytest.fixture(scope="session")
def chinese_site(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("chinese")
    write_corpus(folder, base=CHINESE)
    return f"{build_site(folder).site.as_uri()}/"


@pytest.fixture(scope="session")
def arabic_site(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("arabic")
    write_corpus(folder, base=ARABIC)
    return f"{build_site(folder).site.as_uri()}/"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("海堤的花费", "海堤的花费"),
        ("“港务委员会同意吗”", "港务委员会同意吗"),
        ("两倍", "两倍"),
        ("防波堤は高すぎる", "防波堤は高すぎる"),
        ("手紙", "手紙"),
        ("抄送ＡＢＣ公司", "抄送ＡＢＣ公司"),
    ],
)
def test_chinese_and_japanese_words_are_found_and_marked_whole(
    chromium: Chromium, chinese_site: str, query: str, words: str
) -> None:
    ask(chromium, chinese_site, query)
    assert words in chromium.evaluate(MARKED)
    chromium.page.locator(".search-passage", has_text=words).first.click()
    assert words in chromium.wait_for(f"{PAINTED}.length && {PAINTED}")


def test_letters_that_do_not_stand_together_are_no_chinese_word(
    chromium: Chromium, chinese_site: str
) -> None:
    ask(chromium, chinese_site, "费花")
    assert titles(chromium) == []


def test_several_chinese_words_without_a_space_are_found_apart(chromium: Chromium, chinese_site: str) -> None:
    ask(chromium, chinese_site, "花费海堤")
    assert {"花费", "海堤"} <= set(chromium.evaluate(MARKED))


def test_a_chinese_name_leads_to_its_page_first(chromium: Chromium, chinese_site: str) -> None:
    ask(chromium, chinese_site, "李工程师")
    assert titles(chromium)[0] == "李安娜"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("الجدار", "الجدار"),
        ('"ضعف المبلغ"', "ضعف المبلغ"),
        ("سيكلف", "سيكلّف"),
        ('"كلفة جدار الميناء"', "كلفة جدار الميناء"),
        ("Port Ministry", "Port Ministry"),
    ],
)
def test_arabic_words_are_found_with_and_without_their_marks(
    chromium: Chromium, arabic_site: str, query: str, words: str
) -> None:
    ask(chromium, arabic_site, query)
    assert words in " ".join(chromium.evaluate(MARKED))


def test_search_reads_from_right_to_left_without_scrolling_sideways(
    chromium: Chromium, arabic_site: str
) -> None:
    chromium.resize(360, 740)
    ask(chromium, arabic_site, "الميناء")
    assert chromium.evaluate("getComputedStyle(document.querySelector('.search-page')).direction") == "rtl"
    assert chromium.evaluate("document.documentElement.scrollWidth") <= 360
