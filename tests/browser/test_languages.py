"""Dossiers in other languages, in a browser: the words, the direction of the page, and addresses in any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import build_site
from tests.browser.sites import serve
from tests.corpora import write_corpus
from tests.corpora_languages import ARABIC, CHINESE, GERMAN
from tests.unit.test_languages import english_words

GERMAN_PAGES = (
    *("index.html", "about.html", "404.html", "search.html", "timeline.html", "network.html"),
    *("documents/index.html", "actors/index.html", "issues/index.html", "bibliography/index.html"),
    *("documents/zunk-0.html", "documents/zunk-1.html", "documents/zunk-2.html"),
    *(
        "actors/zorba-quimm.html",
        "actors/flurbo-quenk.html",
        "issues/mirf-0.html",
        "bibliography/zuff-0.html",
    ),
)
# All that readers see or hear, opened or not; what is marked as English may be in English.
SHOWN = """
() => {
  const body = document.body.cloneNode(true);
  const english = Array.from(body.querySelectorAll("[lang=en]"), (element) => element.textContent);
  for (const other of body.querySelectorAll("script, style, template, pre, code, [lang=en]")) other.remove();
  const said = [document.title];
  for (const name of ["aria-label", "title", "alt", "placeholder", "data-label"])
    for (const element of body.querySelectorAll(`[${name}]`)) said.push(element.getAttribute(name));
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) said.push(walker.currentNode.data);
  return english.reduce((words, one) => words.replaceAll(one, ""), said.join(" | "));
}
"""


@pytest.fixture(scope="module")
def german_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("german")
    # Enough documents for every kind of page.
    left_out = re.compile(r"(?:documents|texts|annotations)/zunk-(?:[4-9]|\d\d)\.")
    write_corpus(folder, base={name: text for name, text in GERMAN.items() if not left_out.match(name)})
    return build_site(folder).site


@pytest.fixture(scope="module")
def arabic_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("arabic")
    write_corpus(folder, base=ARABIC)
    return build_site(folder).site


@pytest.fixture(scope="module")
def chinese_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chinese")
    write_corpus(folder, base=CHINESE)
    return build_site(folder).site


@pytest.fixture(params=["disk", "web"])
def arabic(request: pytest.FixtureRequest, arabic_site: Path) -> Iterator[str]:
    """The address of the Arabic dossier, opened from disk and served over HTTP."""
    if request.param == "disk":
        yield f"{arabic_site.as_uri()}/"
    else:
        with serve(arabic_site) as address:
            yield address


@pytest.mark.parametrize("path", GERMAN_PAGES)
def test_no_english_word_of_the_interface_shows_in_a_german_dossier(
    page: Page, german_site: Path, path: str
) -> None:
    page.goto((german_site / path).as_uri())
    assert page.evaluate("document.documentElement.lang") == "de"
    shown = " ".join(str(page.evaluate(SHOWN)).split()).casefold()
    # Addresses and the tags in <noscript> are no words.
    shown = re.sub(r"https?://\S+|\S+\.html|<[^>]*>", "", shown)
    words = list(re.finditer(r"[a-zäöüß]{3,}", shown))
    assert not [shown[max(w.start() - 40, 0) : w.end() + 20] for w in words if w[0] in english_words()]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_page_in_arabic_runs_from_right_to_left_and_does_not_scroll_sideways(
    page: Page, arabic_site: Path, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in sorted(arabic_site.rglob("*.html")):
        if "pagefind" in path.parts:
            continue
        page.goto(path.as_uri())
        assert page.evaluate("[document.documentElement.lang, document.body.dir]") == ["ar", "rtl"], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_record_and_the_ledger_begin_at_the_right(page: Page, arabic_site: Path) -> None:
    page.goto((arabic_site / "documents" / "مذكرة-1962.html").as_uri())
    for first, second in (("dl.record dt", "dl.record dd"), (".statement-date", ".statement-body")):
        boxes = [page.locator(one).first.bounding_box() for one in (first, second)]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["x"] > boxes[1]["x"]


def test_words_of_the_other_direction_keep_theirs_and_stand_where_their_like_stand(
    page: Page, arabic_site: Path
) -> None:
    page.goto((arabic_site / "documents" / "letter-1962.html").as_uri())
    own = page.locator("h1").evaluate("e => [e.lang, getComputedStyle(e).direction]")
    assert own == ["en", "ltr"]
    # The title is flush with the right edge of the column.
    title, column = page.locator("h1").bounding_box(), page.locator(".crumbs").bounding_box()
    assert title is not None
    assert column is not None
    assert abs(title["x"] + title["width"] - column["x"] - column["width"]) < 2
    text = page.locator(".transcription")
    assert text.evaluate("e => [e.lang, getComputedStyle(e).direction]") == ["en", "ltr"]
    note = page.locator(".side-note").first
    assert note.evaluate("e => [e.lang, getComputedStyle(e).direction]") == ["ar", "rtl"]


def test_notes_stand_in_the_margin_that_the_contents_leave_free(page: Page, arabic_site: Path) -> None:
    page.goto((arabic_site / "documents" / "مذكرة-1962.html").as_uri())
    note, text = (
        page.locator(".side-note").first.bounding_box(),
        page.locator("mark.annotated").first.bounding_box(),
    )
    assert note is not None
    assert text is not None
    assert note["x"] + note["width"] <= text["x"]


def test_links_lead_to_pages_and_places_with_names_in_any_script(page: Page, arabic: str) -> None:
    page.goto(f"{arabic}index.html")
    page.get_by_role("link", name="مجلس الميناء", exact=True).first.click()
    assert unquote(page.url) == f"{arabic}actors/مجلس-الميناء.html"
    page.locator(".backlink a.place", has_text="¶3").first.click()
    address, _, anchor = page.url.partition("#")
    assert unquote(address) == f"{arabic}documents/مذكرة-1962.html"
    target = page.locator(f'[id="{anchor}"]')
    assert "كُتبت هذه المذكرة" in target.inner_text()
    page.wait_for_function("id => document.getElementById(id).matches(':target')", arg=anchor)


def test_a_name_after_a_small_word_written_onto_it_is_a_link(page: Page, arabic_site: Path) -> None:
    page.goto((arabic_site / "documents" / "مذكرة-1962.html").as_uri())
    links = page.locator(".transcription a.actor:not(.side-note *)").all_inner_texts()
    assert links == [
        "مجلس الميناء",
        "المهندسة حداد",
        "مجلس الميناء",
        "مجلس الميناء",
        "ليلى حداد",
        "سعيد المرسى",
    ]


def test_names_inside_running_chinese_text_are_links(page: Page, chinese_site: Path) -> None:
    page.goto((chinese_site / "documents" / "备忘录-1962.html").as_uri())
    assert page.locator(".transcription a.actor:not(.side-note *)").all_inner_texts() == [
        *("港务委员会", "李工程师", "港务委员会", "李安娜"),
        *("李安娜", "港务委员会", "ＡＢＣ公司", "罗恩·怀特"),
    ]
    marked = page.locator("mark.annotated").all_inner_texts()
    assert "请各位在春天之前作出决定" in "".join(marked)


def test_a_language_that_the_theme_lacks_is_named_all_the_same(page: Page, tmp_path: Path) -> None:
    write_corpus(tmp_path, {"dossier.md": "---\ntitle: د بندر پاڼې\nlanguage: ps\n---\n[[memo-1962]]\n"})
    page.goto((build_site(tmp_path).site / "index.html").as_uri())
    assert page.evaluate("[document.documentElement.lang, document.body.dir]") == ["ps", "rtl"]
