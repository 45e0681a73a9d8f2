"""The whole dossier on one page: what of each page is in it, and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html

from generator.finish.whole import write_whole
from generator.index import index_corpus
from generator.link import link_corpus
from generator.load import load_corpus
from generator.render import render_pages
from generator.resources import TEMPLATES
from tests.corpora import write_corpus

WHOLE = """<!doctype html>
<title>Café</title>
<h1 id="page-title">Papers</h1>
<nav class="whole-contents" aria-label="Contents">
<ol class="whole-groups">
<li><p class="whole-group"><a href="index.html">Introduction</a></p></li>
<li><p class="whole-group">Documents</p>
<ol>
<li><a class="document" href="documents/memo.html">Memo</a></li>
<li><a class="document" href="documents/caf%C3%A9.html">Café</a></li>
</ol>
</li>
<li><p class="whole-group">Actors</p><ol><li><a class="actor" href="actors/ann.html">Ann</a></li></ol></li>
<li><p class="whole-group"><a href="bibliography/index.html">Bibliography</a></p></li>
</ol>
</nav>
<footer>foot</footer>
"""
PAGES: Mapping[str, str] = {
    "index.html": '<h1>Papers</h1><h2 id="story">Story</h2><p>See <a href="documents/memo.html#p2">¶2</a>.</p>',
    "documents/memo.html": """<nav class="crumbs"><a href="index.html">Documents</a></nav>
<h1 id="page-title">Memo</h1>
<script>alert(1)</script>
<button>Copy</button>
<p id="p1">One, for <a class="actor" href="../actors/ann.html">Ann</a>.</p>
<p id="p2">Two, as in <a href="caf%C3%A9.html#p1">the other</a> and <a href="https://a.example/x">outside</a>.</p>
<h2 id="annotations">Annotations</h2>
<div class="ledger"><article class="statement" id="a-cost">
<a class="statement-number" href="#a-cost">[7]</a></article></div>
<h2 id="backlinks">What links here</h2>
<h3 id="backlinks-1">Actors</h3>
<div class="backlinks"><p>Many</p></div>""",
    "documents/café.html": '<h1>Café</h1><p id="p1">x <a href="../bibliography/gazette.html">Gazette</a></p>',
    "actors/ann.html": """<h1>Ann</h1>
<h2 id="statements">Statements</h2>
<div class="ledger">
<article class="statement"><blockquote>“dear”</blockquote><div class="statement-note">Why.<a href="#fn:1">a</a></div>
<p class="statement-foot"><span class="source-place"><a class="document" href="../documents/memo.html">Memo</a>,
<a class="document" href="../documents/memo.html#a-cost">passage</a></span></p></article>
<article class="statement"><p class="statement-foot"><span class="source-place"><a class="document"
href="../documents/memo.html">Memo</a>, <a class="document" href="../documents/memo.html#p2">¶2</a></span></p></article>
</div>
<h2>Citations</h2>
<section class="endnotes"><ul><li class="note" id="fn:1">Gone with its mark</li></ul></section>
<h2>Timeline</h2><div class="timeline">drawn</div>""",
    "bibliography/index.html": """<h1>Bibliography</h1>
<ul class="bibliography"><li>The Gazette. <a class="source" href="gazette.html">Uses</a></li></ul>""",
}


@pytest.fixture
def whole(tmp_path: Path) -> html.HtmlElement:
    for name, article in PAGES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f'<body><article class="md-content__inner md-typeset">{article}</article></body>', "utf-8"
        )
    (tmp_path / "whole.html").write_text(WHOLE, "utf-8")
    write_whole(tmp_path)
    once = (tmp_path / "whole.html").read_bytes()
    write_whole(tmp_path)
    assert (tmp_path / "whole.html").read_bytes() == once, "a second run changes nothing"
    return html.document_fromstring(once.decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_pages_stand_in_the_order_of_the_contents_under_their_groups(whole: html.HtmlElement) -> None:
    sections = whole.xpath("//div[contains(@class, 'whole-page')]")
    assert [section.get("id") for section in sections] == [
        "index", "documents/memo", "documents/café", "actors/ann", "bibliography/index",
    ]  # fmt: skip
    headings = [(each.tag, words(each)) for each in whole.iter("h1", "h2", "h3", "h4")]
    assert headings == [
        ("h1", "Papers"),
        ("h2", "Story"),
        ("h2", "Documents"),
        ("h3", "Memo"),
        ("h4", "Annotations"),
        ("h3", "Café"),
        ("h2", "Actors"),
        ("h3", "Ann"),
        ("h4", "Statements"),
        ("h2", "Bibliography"),
    ]


def test_what_only_a_screen_needs_is_left_out(whole: html.HtmlElement) -> None:
    assert whole.xpath("//div//nav | //script | //button") == []
    text = words(whole)
    for left_out in ("What links here", "Many", "drawn", "Gone with its mark", "Why."):
        assert left_out not in text


def test_every_link_leads_to_a_place_in_the_whole_or_outside(whole: html.HtmlElement) -> None:
    ids = [element.get("id") for element in whole.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = {words(link): link.get("href") for link in whole.iter("a")}
    assert links == {
        "Introduction": "#index",
        "Memo": "#documents/memo",
        "Café": "#documents/caf%C3%A9",
        "Ann": "#actors/ann",
        "Bibliography": "#bibliography/index",
        "¶2": "#documents/memo:p2",
        "the other": "#documents/caf%C3%A9:p1",
        "outside": "https://a.example/x",
        "[7]": "#documents/memo:a-cost",
        "Gazette": "#bibliography/index:source-1",
        "Uses": "#bibliography/index:source-1",
    }


def test_ids_that_nothing_leads_to_are_left_out(whole: html.HtmlElement) -> None:
    assert whole.xpath("//*[@id='documents/memo:p1' or @id='documents/memo:page-title']") == []


def test_ledger_of_an_actor_becomes_places_in_the_documents(whole: html.HtmlElement) -> None:
    [places] = whole.xpath("//ul[@class='whole-places']")
    assert words(places) == "Memo [7], ¶2"


def test_rest_of_the_page_stays_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "whole.html").write_text(WHOLE, "utf-8")
    (tmp_path / "index.html").write_text('<article class="md-content__inner"><h1>x</h1></article>')
    write_whole(tmp_path)
    written = (tmp_path / "whole.html").read_text("utf-8")
    assert written.startswith(WHOLE[: WHOLE.index("<nav")])
    assert written.endswith(WHOLE[WHOLE.index("</nav>") + 6 :])


def test_site_without_the_page_is_left_alone(tmp_path: Path) -> None:
    write_whole(tmp_path)
    assert list(tmp_path.iterdir()) == []


def pages_of(root: Path) -> dict[str, str]:
    corpus, _ = load_corpus(root)
    assert corpus is not None
    linked, _ = link_corpus(corpus)
    index, _ = index_corpus(corpus, linked)
    pages, _ = render_pages(corpus, linked, index, [TEMPLATES])
    return {path: content.decode() for path, content in pages.items()}


def test_contents_list_every_page_in_order_and_about_links_them(tmp_path: Path) -> None:
    pages = pages_of(write_corpus(tmp_path))
    assert re.findall(r"\]\(([a-z0-9/.-]+)\)", pages["whole.md"]) == [
        "index.md",
        "documents/memo-1962.md",
        "documents/minutes-1963.md",
        "issues/harbour-dues.md",
        "issues/harbour-wall.md",
        "actors/ann-lee.md",
        "actors/harbour-board.md",
        "actors/jo-smith.md",
        "bibliography/index.md",
        "gaps.md",
        "about.md",
    ]
    assert "(whole.md)" in pages["about.md"]


def test_large_dossier_has_no_such_page_and_no_link_to_it(tmp_path: Path) -> None:
    record = "---\ntitle: D\ndate: 1962\nkind: k\nrights: {publish: record}\n---\n"
    documents = {f"documents/d{number}.md": record for number in range(201)}
    pages = pages_of(write_corpus(tmp_path, documents))
    assert "whole.md" not in pages
    assert "(whole.md)" not in pages["about.md"]
