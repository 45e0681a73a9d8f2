"""Reading a document: numbers and notes beside the text, one switch against all apparatus, quotations, citations."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import build_site
from tests.browser.firefox import open_firefox
from tests.browser.sites import serve
from tests.corpora import write_corpus

LETTER = "documents/senators-letter-2025.html"
ZTE = "documents/zte-report-2018.html"
PAUSES = "documents/security-pauses-2026.html"
WORDS = " ".join(f"word{number}" for number in range(1, 61))
LONG = "Both sides say that the harbour wall, which nobody wanted, must be paid for by those who use it most often. "

CORPUS = {
    "documents/crowded.md": """\
---
title: A text with many notes
date: 1964~
date_note: Judged by the paper.
kind: memorandum
authors: [ann-lee]
provenance:
  - {actor: ann-lee, role: wrote, date: 1964~}
  - {name: Estate of A. Lee, role: kept}
  - {actor: harbour-board, role: holds a copy, url: "https://example.org/copy"}
rights: {publish: full}
source: {file: crowded.txt, sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}
---
The engineer counts words.[@crowded#n1]
""",
    "texts/crowded.md": f"The harbour wall leaks badly in winter - so they say, at least & at most.\n\n{WORDS}\n\n"
    f"{LONG * 5}\n\n> A quoted passage that begins otherwise.\n\n- Stone is dear.\n- Labour is scarce.\n\n"
    f"{'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz' * 2}\n\nThe harbour wall leaks again.\n\n"
    "Well-known, so to speak - and & or, as they say.\n",
    "annotations/crowded.yml": "- {id: outer, quote: harbour wall leaks badly in winter, note: The whole.}\n"
    "- {id: same, quote: harbour wall leaks badly in winter, note: The same words.}\n"
    "- {id: inner, quote: leaks badly, note: A part.}\n"
    "- {id: across, quote: 'in winter - so they say', note: Over the edge.}\n"
    + "".join(f"- {{id: n{n}, quote: word{n}, note: Note on word {n}.}}\n" for n in range(1, 61)),
    "documents/arabic.md": """\
---
title: رسالة في شأن الجدار
date: 1965
kind: letter
language: ar
rights: {publish: full}
---
A letter on the wall.[@arabic#cost]
""",
    "texts/arabic.md": "سأل مجلس الميناء عن كلفة الجدار، وقالت المهندسة إنها ستجيب قبل الربيع.\n\n"
    "أرى أن الجدار سيكلّف ضعف المبلغ الذي ذكرته الجريدة. فهل يوافق مجلس الميناء؟\n",
    "annotations/arabic.yml": "- {id: cost, quote: أن الجدار سيكلّف ضعف المبلغ, note: The figure is revised later.}\n",
}
BOXES = """
notes => notes.map(note => {
  const box = note.getBoundingClientRect();
  return [box.top, box.bottom, box.left, box.right];
})
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small dossier with crowded, overlapping and foreign texts."""
    folder = tmp_path_factory.mktemp("reading")
    write_corpus(folder, CORPUS)
    return build_site(folder).site


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def copying(browser: Browser, default_site: Path) -> Iterator[tuple[Page, str]]:
    """A page that may read the clipboard, and the address of the default dossier on a server."""
    with serve(default_site) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context.new_page(), address
        context.close()


def open_page(page: Page, site: Path, path: str) -> None:
    page.goto((site / path).as_uri())
    page.evaluate("() => document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(done)))")


def boxes(notes: Locator) -> list[list[float]]:
    """Return top, bottom, left and right of each, in the order of the page."""
    found = notes.evaluate_all(BOXES)
    assert isinstance(found, list)
    return found


def assert_apart(notes: Locator) -> None:
    """Assert that none stands over another."""
    found = sorted(boxes(notes))
    assert all(before[1] <= after[0] for before, after in pairwise(found)), found


def select(page: Page, start: str, end: str) -> None:
    """Select in the text from the first place of some words to the end of others after it, each in one text node."""
    page.evaluate(
        """([start, end]) => {
          const walker = document.createTreeWalker(document.querySelector(".transcription"), NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          let begun = false;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentElement.closest("aside")) continue;
            const at = begun ? -1 : node.data.indexOf(start);
            if (at >= 0) { range.setStart(node, at); begun = true; }
            const to = begun ? node.data.indexOf(end, at < 0 ? 0 : at) : -1;
            if (to >= 0) { range.setEnd(node, to + end.length); break; }
          }
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [start, end],
    )


def clipboard(page: Page) -> str:
    text = page.evaluate("() => navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


def marked_colours(page: Page, words: str) -> Any:
    """Return the colours of a strip behind the first place of some words in the text."""
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("::target-text { background-color: rgb(255, 0, 0) !important; color: white !important }");
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    clip = page.evaluate(
        """words => {
          const text = document.querySelector(".transcription, .ledger");
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0 || node.parentElement.closest("aside")) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const box = range.getClientRects()[0];
            return { x: box.x, y: box.y, width: box.width, height: box.height };
          }
        }""",
        words,
    )
    shot = base64.b64encode(page.screenshot(clip=clip)).decode()
    return page.evaluate(
        """async shot => {
          const image = new Image();
          image.src = "data:image/png;base64," + shot;
          await image.decode();
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [image.width, image.height];
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const data = context.getImageData(0, 0, image.width, image.height).data;
          let red = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i] > 240 && data[i + 1] < 20 && data[i + 2] < 20) red += 1;
          return red / (data.length / 4);
        }""",
        shot,
    )


# Numbers


def test_each_passage_has_a_number_in_the_margin_that_leads_to_itself(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    numbers = page.locator(".transcription .passage-number")
    assert numbers.count() == page.locator(".transcription .passage").count()
    left = page.locator(".transcription").evaluate("e => e.getBoundingClientRect().left")
    assert all(right <= left for _, _, _, right in boxes(numbers))
    assert all(place >= 0 for _, _, place, _ in boxes(numbers))
    numbers.nth(6).click()
    passage = page.locator(".transcription .passage").nth(6)
    assert page.url.endswith(f"#{passage.get_attribute('id')}")


def test_numbers_and_marks_are_not_selected_with_the_text(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('.transcription'))")
    selected = page.evaluate("() => getSelection().toString()")
    assert "poses a fundamental threat" in selected
    assert "¶" not in selected
    assert "[2]" not in selected
    assert "The letter names the party again" not in selected


# Notes beside the text


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_notes_stand_beside_their_words_and_never_over_each_other(
    default_site: Path, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, default_site, LETTER)
    notes = page.locator(".side-note:visible")
    assert notes.count() == page.locator(".annotation-mark").count()
    found = boxes(notes)
    text = page.locator(".transcription").evaluate("e => e.getBoundingClientRect().right")
    assert all(left >= text for _, _, left, _ in found)
    assert all(right <= width for _, _, _, right in found)
    assert_apart(notes)
    spans = boxes(page.locator("mark.annotated[id]"))
    assert all(abs(note[0] - span[0]) < 300 for note, span in zip(found, spans, strict=True))
    end = page.locator("#annotations").evaluate("e => e.getBoundingClientRect().top")
    assert found[-1][1] <= end


def test_the_text_keeps_a_readable_measure_beside_its_notes(default_site: Path, page: Page) -> None:
    for width in (1024, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        open_page(page, default_site, LETTER)
        measure = page.evaluate(
            "() => { const t = document.querySelector('.transcription'), c = getComputedStyle(t);"
            " return t.clientWidth / parseFloat(c.fontSize); }"
        )
        assert 28 <= measure <= 38, width


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_page_is_loaded_and_read(default_site: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(
        "window.shifts = []; new PerformanceObserver(list => list.getEntries().forEach(e => shifts.push(e)))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    open_page(page, default_site, LETTER)
    for place in ("#text", "#annotations", "#notes"):
        page.locator(place).scroll_into_view_if_needed()
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    # While the page is still being read, its beginning moves as its rows come in, whatever we do.
    moved = page.evaluate(
        """() => {
          const read = performance.getEntriesByType("navigation")[0].domInteractive;
          return shifts.filter(one => one.startTime > read).flatMap(one => one.sources.map(s => s.node?.textContent));
        }"""
    )
    assert moved == []


def test_a_note_and_its_words_light_up_together(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    note = page.locator(".side-note").nth(2)
    note.scroll_into_view_if_needed()
    note.hover()
    lit = "".join(page.locator("mark.is-lit").all_text_contents())
    assert lit == "illegally forcing companies to hand over intellectual property and technology"
    page.locator("mark.annotated", has_text="there has been bipartisan support").first.hover()
    assert page.locator(".side-note.is-lit").get_attribute("aria-label") == "Annotation 4"


def test_a_cut_note_opens_in_full_under_the_pointer(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    note = page.locator(".side-note.is-cut").first
    note.scroll_into_view_if_needed()
    before = boxes(page.locator(".side-note:visible"))
    note.hover()
    assert note.evaluate("e => e.scrollHeight - e.clientHeight") <= 1
    after = boxes(page.locator(".side-note:visible"))
    moved = [one for one, other in zip(before, after, strict=True) if one[0] != other[0]]
    assert moved == []


def test_enter_on_a_mark_leads_to_its_note_and_escape_back(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    mark = page.locator(".annotation-mark a").nth(1)
    mark.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')") == "Annotation 2"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('.side-number')")
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.textContent") == "[2]"
    assert page.evaluate("() => document.activeElement.closest('sup') !== null")


def test_a_note_leads_to_its_entry_in_the_ledger_and_the_entry_back_to_the_words(
    default_site: Path, page: Page
) -> None:
    open_page(page, default_site, LETTER)
    page.locator(".side-note .side-number").nth(2).click()
    statement = page.locator(".statement:target")
    assert "illegally forcing companies" in (statement.text_content() or "")
    statement.locator("a.place").click()
    lit = page.locator("mark.annotated.is-lit")
    assert lit.first.evaluate("e => e.matches(':target')")
    assert lit.first.evaluate(
        "e => { const b = e.getBoundingClientRect(); return b.top > 80 && b.bottom < innerHeight; }"
    )
    assert page.locator(".side-note.is-lit").get_attribute("aria-label") == "Annotation 3"


def test_annotations_on_the_same_and_on_crossing_words_each_have_their_note(site: Path, page: Page) -> None:
    open_page(page, site, "documents/crowded.html")
    first = page.locator(".transcription .passage").first
    assert first.locator(".side-note:visible").count() == 4
    for name, words in (
        ("outer", "harbour wall leaks badly in winter"),
        ("same", "harbour wall leaks badly in winter"),
    ):
        page.goto(f"{(site / 'documents/crowded.html').as_uri()}#s-{name}")
        assert page.locator(f"#s-{name}").count() == 1
        assert "".join(page.locator("mark.is-lit").all_text_contents()) == words
    page.goto(f"{(site / 'documents/crowded.html').as_uri()}#s-across")
    assert "".join(page.locator("mark.is-lit").all_text_contents()) == "in winter - so they say"
    assert page.locator("mark.overlap").count() >= 3


def test_of_sixty_notes_on_one_passage_a_few_are_shown_and_the_rest_left_to_the_ledger(
    site: Path, page: Page
) -> None:
    open_page(page, site, "documents/crowded.html")
    crowded = page.locator(".transcription .passage").nth(1)
    assert crowded.locator(".annotation-mark").count() == 60
    shown = crowded.locator(".side-note:visible")
    assert 2 <= shown.count() <= 9
    more = crowded.locator(".side-more a")
    assert more.inner_text() == f"{60 - shown.count() + 1} more in the ledger"
    assert_apart(page.locator(".side-note:visible"))
    more.click()
    assert page.locator(".statement:target").count() == 1


def test_notes_are_placed_anew_when_the_window_changes(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    page.set_viewport_size({"width": 1000, "height": 900})
    page.wait_for_function("() => document.querySelector('.transcription').clientWidth < 650")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert_apart(page.locator(".side-note:visible"))
    page.set_viewport_size({"width": 500, "height": 900})
    page.wait_for_function("() => !document.querySelector('.side-note:not([hidden])')")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator(".side-note:visible").first.wait_for()


# Notes in place


def test_a_tap_on_a_mark_opens_its_note_below_the_passage_and_closes_it(
    default_site: Path, phone: Page
) -> None:
    open_page(phone, default_site, LETTER)
    mark = phone.locator(".annotation-mark a").nth(1)
    assert mark.get_attribute("aria-expanded") == "false"
    assert phone.locator(".side-note:visible").count() == 0
    mark.tap()
    note = phone.locator(".side-note:visible")
    assert "The senators' view of the Chinese Communist Party" in note.inner_text()
    assert note.evaluate("e => e.parentElement.matches('.passage') && !e.nextElementSibling")
    assert note.evaluate("e => e.getBoundingClientRect().bottom <= innerHeight")
    assert mark.get_attribute("aria-expanded") == "true"
    assert mark.get_attribute("aria-controls") == note.get_attribute("id")
    phone.locator(".annotation-mark a").nth(2).tap()
    assert phone.locator(".side-note:visible").count() == 2
    mark.tap()
    assert mark.get_attribute("aria-expanded") == "false"
    assert phone.locator(".side-note:visible").count() == 1
    assert phone.url.endswith(LETTER)


def test_on_narrow_screens_keys_open_and_close_a_note(default_site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    open_page(page, default_site, LETTER)
    mark = page.locator(".annotation-mark a").first
    mark.focus()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        assert page.locator(".side-note:visible").count() == 1
        page.keyboard.press("Escape")
        assert page.locator(".side-note:visible").count() == 0
    page.keyboard.press("Enter")
    page.locator(".side-note .side-number").focus()
    page.keyboard.press("Escape")
    assert page.locator(".side-note:visible").count() == 0
    assert page.evaluate("() => document.activeElement.textContent") == "[1]"


def test_each_of_sixty_notes_opens_in_place(site: Path, phone: Page) -> None:
    open_page(phone, site, "documents/crowded.html")
    phone.locator('.annotation-mark a[href="#a-n60"]').tap()
    phone.locator('.annotation-mark a[href="#a-n7"]').tap()
    notes = phone.locator(".side-note:visible").all_inner_texts()
    assert [" ".join(note.split()) for note in notes] == ["[11] Note on word 7.", "[64] Note on word 60."]


# The switch


def test_one_switch_hides_all_apparatus_and_is_remembered(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    switch = page.get_by_role("button", name="Text only")
    assert switch.get_attribute("aria-pressed") == "false"
    passage = page.locator(".transcription .passage").nth(9)
    passage.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 200)")
    first = page.locator(".transcription .passage").evaluate_all(
        "all => all.findIndex(e => e.getBoundingClientRect().bottom > 90)"
    )
    seen = page.locator(".transcription .passage").nth(first)
    before = boxes(seen)[0][0]
    switch.click()
    assert abs(boxes(seen)[0][0] - before) < 2
    assert switch.get_attribute("aria-pressed") == "true"
    hidden = ".passage-number, .annotation-mark, .note-mark, .side-note"
    assert page.locator(".transcription").locator(hidden).locator("visible=true").count() == 0
    mention = page.locator(".transcription a.actor").first
    assert mention.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    assert mention.evaluate("e => getComputedStyle(e).color === getComputedStyle(e.closest('p')).color")
    page.reload()
    assert switch.get_attribute("aria-pressed") == "true"
    page.goto((default_site / ZTE).as_uri())
    page.go_back()
    switch.focus()
    page.keyboard.press("Space")
    assert switch.get_attribute("aria-pressed") == "false"
    page.locator(".side-note:visible").first.wait_for()
    page.reload()
    assert switch.get_attribute("aria-pressed") == "false"


def test_the_switch_works_where_nothing_can_be_kept(default_site: Path, page: Page) -> None:
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
    )
    open_page(page, default_site, LETTER)
    switch = page.get_by_role("button", name="Text only")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    assert not [error for error in failed if "reading" in error]
    assert page.locator(".side-note:visible").count() == 0


# Quotations


@pytest.mark.parametrize(
    ("start", "end", "quoted", "place"),
    [
        (
            "all too willing",
            "security tools",
            "all too willing to sacrifice these vital national security tools",
            "¶7",
        ),
        ("economic practices", "directly hurt", "economic practices that directly hurt", "¶6"),
        # Over a note's mark, a link and a style's edge.
        (
            "prosperity",
            "engages in unfair",
            "prosperity, and global leadership. China engages in unfair",
            "¶6",
        ),
        ("We are deeply", "And you continue", "We are deeply disturbed by your recent", "¶7–8"),
        # The beginning and the end within a word.
        ("eeply disturbed", "recent state", "eeply disturbed by your recent state", "¶7"),
        # Words that stand in the digest, too.
        ("empty promises", "illusory", "empty promises and illusory", "¶7"),
    ],
)
def test_a_copied_quotation_has_its_words_its_citation_and_a_link_that_finds_them(
    copying: tuple[Page, str], start: str, end: str, quoted: str, place: str
) -> None:
    page, address = copying
    page.goto(address + LETTER)
    select(page, start, end)
    page.get_by_role("button", name="Copy quotation", exact=True).first.click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    words, citation, link = clipboard(page).strip().replace("\n\n", "\n").rsplit("\n", 2)
    assert words.startswith(f"“{quoted}")
    assert "[" not in words
    assert citation.startswith("Catherine Cortez Masto et al. to Donald Trump, “Letter of Twelve Senators")
    assert citation.endswith(f"October 29, 2025, {place}.")
    assert "#p-" in link
    page.goto("about:blank")
    page.goto(link)
    for part in (start, end):
        assert marked_colours(page, part) > 0.2, (part, link)


def test_a_text_directive_escapes_what_has_a_meaning_in_it(site: Path, browser: Browser) -> None:
    with serve(site) as address:
        context = browser.new_context()
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(address + "documents/crowded.html")
        page.get_by_role("button", name="Text only").click()
        select(page, "Well", "as they say")
        page.get_by_role("button", name="Copy quotation", exact=True).first.click()
        page.get_by_role("status").filter(has_text="Copied").wait_for()
        link = clipboard(page).strip()
        directive = link.rpartition(":~:text=")[2]
        assert directive == "Well%2Dknown%2C%20so%20to%20speak%20%2D%20and%20%26%20or%2C%20as%20they%20say"
        page.goto("about:blank")
        page.goto(link.rpartition("\n")[2])
        assert marked_colours(page, "Well-known") > 0.2
        context.close()


def test_words_that_stand_twice_are_found_at_the_second_place(site: Path, browser: Browser) -> None:
    with serve(site) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(address + "documents/crowded.html")
        page.evaluate(
            """() => {
              const all = Array.from(document.querySelectorAll(".transcription .passage"));
              const last = all.find(one => one.textContent.includes("leaks again"));
              const walker = document.createTreeWalker(last, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf("leaks");
                if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + 5);
              }
            }"""
        )
        page.get_by_role("button", name="Copy quotation", exact=True).first.click()
        page.get_by_role("status").filter(has_text="Copied").wait_for()
        link = clipboard(page).strip().rpartition("\n")[2]
        assert link.endswith(",-again") or "-,leaks" in link
        page.goto("about:blank")
        page.goto(link)
        assert marked_colours(page, "leaks again") > 0.1
        context.close()


def test_a_passage_is_copied_by_keyboard_from_its_number(copying: tuple[Page, str]) -> None:
    page, address = copying
    page.goto(address + LETTER)
    page.locator(".passage-number").nth(6).focus()
    page.keyboard.press("Tab")
    assert (
        page.evaluate("() => document.activeElement.getAttribute('aria-label')")
        == "Copy quotation of passage 7"
    )
    assert page.evaluate("() => getComputedStyle(document.activeElement).opacity") == "1"
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Copied: passage 7").wait_for()
    assert clipboard(page).startswith("“We are deeply disturbed")
    assert 'illusory "wins."”' in clipboard(page)


def test_the_button_above_the_text_copies_the_passage_that_a_link_led_to(copying: tuple[Page, str]) -> None:
    page, address = copying
    page.goto(address + LETTER)
    target = page.locator(".transcription .passage").nth(8).get_attribute("id")
    page.goto(f"{address}{LETTER}#{target}")
    page.get_by_role("button", name="Copy quotation", exact=True).first.click()
    page.get_by_role("status").filter(has_text="Copied: passage 9").wait_for()
    assert f"#{target}:~:text=" in clipboard(page)


def test_a_button_appears_at_the_selected_words(copying: tuple[Page, str]) -> None:
    page, address = copying
    page.goto(address + LETTER)
    page.locator("#text").scroll_into_view_if_needed()
    select(page, "all too willing", "security tools")
    button = page.locator(".quote-selection")
    button.wait_for()
    button.click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert clipboard(page).startswith("“all too willing to sacrifice")
    assert page.evaluate("() => getSelection().toString()").startswith("all too willing")


@pytest.mark.parametrize(("path", "anchor"), [(LETTER, "#p-"), (ZTE, "#a-")])
def test_the_words_of_an_annotation_are_copied_from_the_ledger(
    copying: tuple[Page, str], path: str, anchor: str
) -> None:
    page, address = copying
    page.goto(address + path)
    statement = page.locator(".statement").nth(2)
    quote = " ".join(statement.locator("blockquote").inner_text().split())
    statement.get_by_role("button", name="Copy quotation of annotation 3").click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    words, _, link = clipboard(page).strip().replace("\n\n", "\n").rsplit("\n", 2)
    assert words == quote
    assert f"{anchor}" in link
    page.goto("about:blank")
    page.goto(link)
    assert marked_colours(page, quote.strip("“”").split(",")[0][:12]) > 0.2


def test_from_disk_and_without_the_clipboard_api_a_quotation_is_copied_all_the_same(
    default_site: Path, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "document.addEventListener('copy', () => { window.copied = document.activeElement.value; });"
    )
    open_page(page, default_site, LETTER)
    select(page, "all too willing", "security tools")
    page.get_by_role("button", name="Copy quotation", exact=True).first.click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert page.evaluate("() => copied").startswith("“all too willing to sacrifice")
    assert page.evaluate("() => getSelection().toString()").startswith("all too willing")
    page.evaluate("() => { document.execCommand = () => false; }")
    page.get_by_role("button", name="Copy quotation", exact=True).first.click()
    dialog = page.get_by_role("dialog", name="Copy this text")
    area = dialog.get_by_role("textbox")
    assert area.input_value().startswith("“all too willing to sacrifice")
    assert area.evaluate("e => e.selectionEnd - e.selectionStart === e.value.length")
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    context.close()


# Citations


def test_a_document_can_be_cited_in_usual_styles_and_formats(copying: tuple[Page, str]) -> None:
    page, address = copying
    page.goto(address + LETTER)
    cite = page.locator("#cite")
    cite.locator("summary").first.click()
    assert "as in this dossier" in cite.locator("dt").first.inner_text()
    assert "Cortez Masto, C., Wyden, R.," in cite.inner_text()
    cite.get_by_role("button", name="Copy APA Style 7th edition").click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert clipboard(page).startswith("Cortez Masto, C., Wyden, R., Coons, C. A.,")
    for name, ending in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json")):
        part = cite.locator(".cite-format", has=page.locator("summary", has_text=name))
        part.locator("summary").click()
        with page.expect_download() as download:
            part.get_by_role("link").click()
        assert download.value.suggested_filename == f"senators-letter-2025.{ending}"
        saved = Path(download.value.path()).read_text(encoding="utf-8")
        part.get_by_role("button", name=f"Copy {name}").click()
        page.wait_for_function("text => navigator.clipboard.readText().then(now => now === text)", arg=saved)


def test_citation_files_are_there_without_script_and_server(default_site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    for path in (LETTER, "bibliography/wei-2025.html"):
        plain.goto((default_site / path).as_uri())
        plain.locator("#cite > summary").click()
        links = plain.locator("a.cite-file")
        assert links.count() == 3
        for link in links.all():
            target = (default_site / path).parent / (link.get_attribute("href") or "")
            assert target.resolve().is_file()
    context.close()


# The head of the page


def test_an_approximate_date_says_so_with_its_edtf_and_its_reasons(default_site: Path, page: Page) -> None:
    open_page(page, default_site, PAUSES)
    line = page.locator(".document-line").inner_text()
    assert " ".join(line.split()) == "News report about February 2026 approximate English"
    date = page.locator("#record dd").first.inner_text()
    assert "EDTF 2026-02~" in date
    assert "February is the editors' estimate" in date


def test_the_chain_of_provenance_runs_from_the_origin_to_the_copy_in_hand(
    default_site: Path, page: Page
) -> None:
    open_page(page, default_site, PAUSES)
    steps = [" ".join(step.split()) for step in page.locator("ol.provenance li").all_inner_texts()]
    assert steps[0].startswith("Origin Reuters reported")
    assert steps[1].startswith("Cryptopolitan published the article")
    assert steps[-1].startswith("Copy in hand MEXC reposted")


def test_the_source_hash_is_short_and_opens_in_full(site: Path, page: Page) -> None:
    open_page(page, site, "documents/crowded.html")
    details = page.locator("details.hash")
    assert "0123456789ab…" in details.inner_text()
    details.locator("summary").click()
    assert "0123456789abcdef" * 4 in details.inner_text()
    assert details.get_by_role("button").count() == 1


def test_the_most_named_stand_at_the_head_with_a_way_to_all(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    actors, issues = page.locator("#record .glance").all()
    assert actors.locator(".one").count() == 6
    assert issues.locator(".one").count() == 6
    counts = [int(count) for count in actors.locator(".count").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    actors.locator("a.all").click()
    assert page.locator(":target").inner_text().startswith("Actors")


def test_the_documents_before_and_after_in_time_are_linked_at_both_ends(
    default_site: Path, page: Page
) -> None:
    open_page(page, default_site, LETTER)
    for nav in page.locator(".in-time").all():
        assert nav.locator('a[rel="prev"]').get_attribute("href") == "zte-report-2018.html"
        assert nav.locator('a[rel="next"]').get_attribute("href") == "security-pauses-2026.html"
        assert "15 May 2018" in nav.inner_text()
        assert "about February 2026" in nav.inner_text()
    assert page.locator(".in-time").count() == 2


# Other languages, other media


def test_a_text_from_right_to_left_keeps_its_numbers_at_the_left_and_its_notes_at_the_right(
    site: Path, page: Page
) -> None:
    open_page(page, site, "documents/arabic.html")
    text = page.locator(".transcription")
    assert (text.get_attribute("lang"), text.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator("#page-title").get_attribute("lang") == "ar"
    assert page.locator(".statement blockquote").get_attribute("dir") == "rtl"
    left, right = text.evaluate("e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right]")
    note = page.locator(".side-note:visible")
    assert (note.get_attribute("lang"), note.get_attribute("dir")) == ("en", "ltr")
    assert boxes(note)[0][2] >= right
    assert all(box[3] <= left for box in boxes(page.locator(".passage-number")))


def test_a_quotation_in_another_script_is_found_again(site: Path, browser: Browser) -> None:
    with serve(site) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(address + "documents/arabic.html")
        select(page, "ضعف", "ضعف")
        page.get_by_role("button", name="Copy quotation", exact=True).first.click()
        page.get_by_role("status").filter(has_text="Copied").wait_for()
        link = clipboard(page).strip().rpartition("\n")[2]
        page.goto("about:blank")
        page.goto(link)
        assert marked_colours(page, "ضعف") > 0.2
        context.close()


def test_without_script_marks_lead_to_the_ledger_and_the_text_has_the_whole_width(
    default_site: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    plain = context.new_page()
    plain.goto((default_site / LETTER).as_uri())
    assert not plain.locator(".reading-tools").is_visible()
    plain.locator(".annotation-mark a").nth(2).click()
    assert "illegally forcing companies" in (plain.locator(".statement:target").text_content() or "")
    context.close()


def test_print_has_text_and_ledger_and_no_tools(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    page.emulate_media(media="print")
    for gone in (".reading-tools", ".side-note", ".copy-button", ".copy-status"):
        assert page.locator(gone).locator("visible=true").count() == 0, gone
    assert page.locator(".statement").first.is_visible()
    assert page.locator(".annotation-mark").first.is_visible()
    edge = page.locator("#text").evaluate("e => e.getBoundingClientRect().left")
    numbers = boxes(page.locator(".passage-number"))
    assert all(left >= edge and bottom - top < 30 for top, bottom, left, _ in numbers)


@pytest.mark.parametrize(
    "path", ["documents/crowded.html", "documents/arabic.html", "documents/memo-1962.html"]
)
def test_nothing_scrolls_sideways_on_a_phone(site: Path, phone: Page, path: str) -> None:
    open_page(phone, site, path)
    phone.evaluate("() => document.querySelectorAll('main details').forEach(e => { e.open = true; })")
    for mark in phone.locator(".annotation-mark a").all()[:4]:
        mark.tap()
    assert phone.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert phone.evaluate("() => visualViewport.scale") == 1


def test_every_button_and_number_has_room_for_a_finger(default_site: Path, page: Page) -> None:
    open_page(page, default_site, LETTER)
    page.evaluate("() => document.querySelectorAll('#cite, #cite details').forEach(e => { e.open = true; })")
    small = page.locator("main .md-content button:visible").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24)"
        ".map(e => e.className)"
    )
    assert small == []
    heights = page.locator(".passage-number").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24


def test_firefox_places_the_notes_and_copies_a_passage_from_disk(default_site: Path) -> None:
    with open_firefox() as firefox:
        firefox.resize(1280, 900)
        firefox.goto((default_site / LETTER).as_uri())
        firefox.wait_for("document.querySelectorAll('.side-note:not([hidden])').length === 22")
        tops = "Array.from(document.querySelectorAll('.side-note')).map(note => note.getBoundingClientRect())"
        apart = "every((box, index, all) => !index || all[index - 1].bottom <= box.top + 0.01)"
        assert firefox.evaluate(f"{tops}.sort((one, other) => one.top - other.top).{apart}")
        firefox.evaluate(
            "getSelection().selectAllChildren(document.querySelectorAll('.transcription .passage')[6])"
        )
        selected = firefox.evaluate("getSelection().toString()")
        assert selected.strip().startswith("We are deeply disturbed")
        assert "[5]" not in selected
        firefox.evaluate(
            "Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => {"
            " window.copied = text; return Promise.resolve(); } } })"
        )
        firefox.evaluate("document.querySelector('.quote-button').click()")
        copied = firefox.wait_for("window.copied")
        assert copied.startswith("“We are deeply disturbed")
        assert "#p-" in copied
        firefox.wait_for("document.querySelector('.copy-status').textContent === 'Copied'")
