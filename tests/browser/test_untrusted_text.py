"""No text of a corpus runs as code: every payload in every field, opened, hovered, clicked and searched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.browser.conftest import build_site
from tests.payloads import PAYLOADS

# Every element gets what a reader's mouse and keyboard would give it; links are not followed.
PROVOKE = """
() => {
  addEventListener("click", event => { if (event.target.closest("a")) event.preventDefault(); }, true);
  for (const element of document.querySelectorAll("*")) {
    for (const name of ["pointerover", "mouseover", "mouseenter", "focus", "focusin", "mouseout"])
      element.dispatchEvent(new MouseEvent(name, { bubbles: true }));
    if (element.closest("main")) element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  // Links with a card open it: some of each page, for every page is linked from several.
  const links = [...document.querySelectorAll("main a[href]")];
  for (const link of links.filter((_, index) => index % Math.ceil(links.length / 5) === 0))
    link.dispatchEvent(
      new KeyboardEvent("keydown", { key: "ArrowDown", altKey: true, bubbles: true, cancelable: true }),
    );
}
"""
# What stands in the page that the theme and our templates never write.
SUSPECTS = """
() => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      if (attribute.name.startsWith("on")) found.push(`${element.tagName} ${attribute.name}`);
      if (/^(href|src|action|formaction|data|srcdoc)$/.test(attribute.name)
          && /^\\s*(javascript|vbscript|data):/i.test(attribute.value)) found.push(attribute.value);
    }
  }
  const elements = ["iframe", "object", "embed", "base", "form:not([data-search])", "meta[http-equiv]", "video"];
  for (const name of elements)
    if (document.querySelector(`main ${name}`)) found.push(name);
  for (const id of ["__config", "__search", "__drawer"])
    if (document.querySelectorAll(`[id="${id}"]`).length > 1) found.push(id);
  if (document.querySelector("article script:not(.previews), article style, article link, article img"))
    found.push("element in main");
  return found;
}
"""


def write(folder: Path, path: str, text: str) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", errors="surrogatepass")


def front_matter(values: Mapping[str, object], body: str = "") -> str:
    """JSON is YAML: every odd character of a payload arrives as it is."""
    return "---\n" + json.dumps(values, ensure_ascii=True) + f"\n---\n{body}\n"


def write_hostile_corpus(folder: Path) -> None:
    """Write a corpus with every payload in every kind of field."""
    texts = [payload.replace("\x00", "") for payload in PAYLOADS]
    line = [" ".join(payload.split()) or "x" for payload in texts]
    for number, payload in enumerate(texts):
        words = line[number]
        write(
            folder,
            f"corpus/documents/d{number}.md",
            front_matter(
                {
                    "title": f"{words} title",
                    "short_title": f"{words} short",
                    "date": f"{1900 + number}",
                    "date_note": payload,
                    "kind": f"{words} kind",
                    "language": "fr",
                    "authors": [f"a{number}"],
                    "publisher": f"a{number}",
                    "issues": [f"i{number}"],
                    "provenance": [{"name": words, "role": words, "note": payload, "actor": f"a{number}"}],
                    "rights": {"publish": "full", "statement": payload, "holder": words},
                    "source": {
                        "file": f"{words} file".replace("/", "|").replace("\\", "|"),
                        "sha256": "0" * 64,
                    },
                    "footnotes": {"1": {"cites": [f"c{number}"], "placed_by": "editors", "note": payload}},
                    "repairs": [{"rule": words, "before": payload, "after": payload, "note": payload}],
                    "gaps": [{"what": payload, "why": payload}],
                },
                f"{payload}\n\nDigest {payload} cited.[@c{number}, {re.sub('[][;]', '', words)}]",
            ),
        )
        text = f"Quoted words {number}.[^1]\n\n[^1]: Note {words}\n\n{payload}\n\nand {payload}\n"
        write(folder, f"corpus/texts/d{number}.md", text)
        annotation = {
            "id": f"n{number}",
            "quote": f"Quoted words {number}",
            "attribution": words,
            "speaker": f"a{number}",
            "issues": [f"i{number}"],
            "note": payload,
        }
        write(folder, f"corpus/annotations/d{number}.yml", json.dumps([annotation]))
        actor = {
            "name": f"{words} name{number}",
            "kind": words,
            "aliases": [f"{words} alias{number}"],
            "roles": [{"role": payload, "cites": [f"d{number}#n{number}"]}],
            "identifiers": {words: words},
        }
        write(folder, f"corpus/actors/a{number}.md", front_matter(actor, payload))
        write(folder, f"corpus/issues/i{number}.md", front_matter({"title": f"{words} issue"}, payload))
    citations = [
        {
            "id": f"c{number}",
            "type": "article-newspaper",
            "title": payload,
            "container-title": payload,
            "author": [{"family": payload, "given": payload}, {"literal": payload}],
            "note": payload,
            "issued": "2001-02-03",
        }
        for number, payload in enumerate(line)
    ]
    write(folder, "corpus/citations.yml", json.dumps(citations))
    everything = " ".join(line[:20])
    write(
        folder,
        "corpus/dossier.md",
        front_matter(
            {"title": everything, "subtitle": everything, "description": everything, "editors": line},
            "\n\n".join(texts),
        ),
    )
    write(folder, "corpus/about.md", "\n\n".join(texts))


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile_corpus(folder)
    return build_site(folder).site


def test_there_are_at_least_eighty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 80


# To move the mouse over all in 390 pages takes minutes: an eighth of them in `make test`, all in `make test-all`.
EIGHTHS = [0, *(pytest.param(eighth, marks=pytest.mark.slow) for eighth in range(1, 8))]


@pytest.mark.parametrize("eighth", EIGHTHS)
def test_no_payload_runs_on_any_page(hostile_site: Path, browser: Browser, eighth: int) -> None:
    # Without the content policy: escaping alone must hold.
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    requests: list[str] = []
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", dismiss)
    pages = sorted(path for path in hostile_site.rglob("*.html") if path.name != "404.html")
    assert len(pages) > 4 * len(PAYLOADS)
    for number, path in enumerate(pages):
        is_provoked = number % 8 == eighth and path.name != "whole.html"  # a copy of all the others
        if eighth and not is_provoked:
            continue
        page.goto(path.as_uri())
        assert page.evaluate(SUSPECTS) == [], path
        if is_provoked:
            page.evaluate(PROVOKE)
        assert page.evaluate("() => window.PWNED") is None, path
    assert dialogs == []
    assert [url for url in requests if not url.startswith(("file:", "blob:"))] == []
    context.close()


def test_no_payload_runs_in_search(hostile_site: Path, page: Page) -> None:
    for query in ("title", "window", "script", "img src", "quoted words", '"img src"', "<script>"):
        page.goto(f"{(hostile_site / 'search.html').as_uri()}?q={quote(query)}")
        page.locator(".search-result").first.wait_for()
        page.evaluate(PROVOKE)
        assert page.evaluate("() => window.PWNED") is None
        assert page.locator(".search-page").locator("img, script, svg").count() == 0


def test_no_payload_runs_in_facets_or_names_offered(hostile_site: Path, page: Page) -> None:
    page.goto(
        f"{(hostile_site / 'search.html').as_uri()}?q=title&actor={quote('<img src=x onerror=window.PWNED=1>')}"
    )
    page.locator(".search-status").get_by_text("filters").wait_for()
    page.goto(f"{(hostile_site / 'search.html').as_uri()}?q={quote('onerrror')}")
    page.locator(".search-status").get_by_text("found").wait_for()
    page.evaluate(PROVOKE)
    assert page.evaluate("() => window.PWNED") is None


def test_words_of_a_payload_are_shown_as_written(hostile_site: Path, page: Page) -> None:
    number = PAYLOADS.index("<img src=x onerror=window.PWNED=1>")
    page.goto((hostile_site / f"documents/d{number}.html").as_uri())
    assert page.locator("h1").inner_text().startswith("<img src=x onerror=window.PWNED=1> title")
    assert page.title().startswith("<img src=x onerror=window.PWNED=1> title – ")
    assert page.locator("blockquote.quotation").first.inner_text().strip() == f"“Quoted words {number}”"
