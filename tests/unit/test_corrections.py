"""Corrections as readers see them: on the pages concerned, on their own page, in the feed, and at former addresses."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import pytest
from lxml import etree

from generator.diagnostics import stops_build
from generator.render import render_pages
from generator.resources import TEMPLATES
from tests.corpora import HARBOUR, Staged, run_stages, stage, write_corpus

CORRECTIONS = """\
- id: quay
  date: 2001-02-03
  kind: update
  of: ann-lee
  what: She built the quay, as [[jo-smith]] says.[@gazette-1961]
  why: A new source.
- id: sum
  date: 2001-02-04
  kind: correction
  of: [memo-1962#wall-cost, harbour-wall]
  what: The quotation left out <b>a word</b>.
  why: A slip.
- id: also
  date: 2001-02-03
  kind: withdrawal
  of: [letter-1960, "minutes-1963#tenth"]
  what: Gone & lost.
  why: A request.
"""
LOCK = """\
version: 1
pages:
  letter-1960: {kind: document}
  minutes-1963: {kind: document}
retired:
  annotations: ["minutes-1963#tenth"]
"""
MOVED = HARBOUR["documents/memo-1962.md"].replace("kind:", "formerly: [häfen-memo, memo]\nkind:")
FILES = {"corrections.yml": CORRECTIONS, "published.lock": LOCK, "documents/memo-1962.md": MOVED}
ATOM = "{http://www.w3.org/2005/Atom}"


def render(staged: Staged) -> dict[str, str]:
    assert not stops_build(staged.diagnostics), staged.messages
    pages, found = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    assert found == ()
    return {path: page.decode() for path, page in pages.items()}


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, str]:
    return render(stage(tmp_path, FILES))


def section(page: str) -> str:
    return page.partition("## Corrections {: #corrections")[2].partition("\n## ")[0]


def test_page_concerned_shows_its_corrections_before_its_backlinks(pages: dict[str, str]) -> None:
    actor = pages["actors/ann-lee.md"]
    assert "3 February 2001</span> <strong>Update</strong> Ann Lee</p>" in section(actor)
    assert "as [Jo Smith](jo-smith.md){: .actor } says.<sup" in section(actor)
    assert '<span class="why">A new source.</span>' in section(actor)
    assert actor.index("## Corrections") < actor.index("## What links here")
    # The note of its citation stands among those of the page.
    assert 'id="fn:ann-lee-c-' in actor.partition("## Corrections")[0]
    assert "&lt;b&gt;a word&lt;/b&gt;" in section(pages["issues/harbour-wall.md"])
    memo = section(pages["documents/memo-1962.md"])
    assert "[Harbour memo](#a-wall-cost){: .document } <code>wall-cost</code>" in memo
    assert "She built the quay" not in memo
    assert section(pages["actors/jo-smith.md"]) == ""


def test_page_of_corrections_has_the_newest_first(pages: dict[str, str]) -> None:
    page = pages["corrections.md"]
    assert page.index('id="c-sum"') < page.index('id="c-also"') < page.index('id="c-quay"')
    assert "[As an Atom feed](corrections.xml)" in page
    assert "[letter-1960](documents/letter-1960.md), " in page
    assert (
        "[Minutes of the Harbour Board](documents/minutes-1963.md){: .document } <code>tenth</code>" in page
    )
    # Every page names it to the footer and to feed readers.
    assert all(
        '\ncorrections: "Corrections"\n' in text for path, text in pages.items() if path.endswith(".md")
    )


def test_dossier_without_corrections_has_no_page_of_them(tmp_path: Path) -> None:
    pages = render(stage(tmp_path))
    assert not {"corrections.md", "corrections.xml"} & pages.keys()
    assert "corrections:" not in pages["index.md"]


def test_correction_that_links_a_page_is_a_backlink_of_it(pages: dict[str, str]) -> None:
    backlinks = pages["actors/jo-smith.md"].partition("## What links here")[2]
    assert "[Corrections](../corrections.md)" in backlinks
    assert "[correction](../corrections.md#c-quay){: .place }" in backlinks
    assert "[Corrections](../corrections.md)" in pages["bibliography/gazette-1961.md"]


def test_feed_is_valid_atom_with_links_relative_to_it(pages: dict[str, str]) -> None:
    feed = etree.fromstring(pages["corrections.xml"].encode())
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}title") == "Harbour Papers: Corrections"
    assert feed.findtext(f"{ATOM}updated") == "2001-02-04T00:00:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Harbour Papers"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": "corrections.xml", "alternate": "corrections.html"}
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Correction: Harbour memo, The harbour wall",
        "Withdrawal: letter-1960, Minutes of the Harbour Board",
        "Update: Ann Lee",
    ]
    ids = [element.text or "" for element in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == 4
    assert all(uuid.UUID(one.removeprefix("urn:uuid:")).version == 5 for one in ids)
    assert entries[1].findtext(f"{ATOM}content") == "Gone & lost.\n\nA request."
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "corrections.html#c-sum"


def test_feed_names_the_editors_and_is_the_same_twice(tmp_path: Path) -> None:
    record = "---\ntitle: Harbour Papers\neditors: [Ada Example, Bo Example]\nlanguage: de\n---\n"
    feeds = [
        render(stage(tmp_path / name, {**FILES, "dossier.md": record}))["corrections.xml"] for name in "ab"
    ]
    assert feeds[0] == feeds[1]
    feed = etree.fromstring(feeds[0].encode())
    names = [name.text for name in feed.findall(f"{ATOM}author/{ATOM}name")]
    assert names == ["Ada Example", "Bo Example"]
    assert feed.findtext(f"{ATOM}title") == "Harbour Papers: Berichtigungen"


def test_feed_holds_no_letter_that_xml_forbids(tmp_path: Path) -> None:
    entry = (
        '- {id: one, date: 2001-01-01, kind: update, of: ann-lee, what: "a\\u0001b &#2; c", why: "\\uFFFF"}\n'
    )
    feed = render(stage(tmp_path, {"corrections.yml": entry}))["corrections.xml"]
    assert etree.fromstring(feed.encode()).findtext(f"{ATOM}entry/{ATOM}title") == "Update: Ann Lee"


def test_former_address_leads_to_the_page_that_has_its_place(pages: dict[str, str]) -> None:
    for path in ("documents/memo.md", "documents/häfen-memo.md"):
        page = pages[path]
        assert '\nmoved_to: "documents/memo-1962"\n' in page
        assert '\nrobots: "noindex"\n' in page
        assert '  page: "none"\n' in page
        assert "You find it here: [Harbour memo](memo-1962.md){: .document }" in page


def test_withdrawn_page_leaves_a_page_that_says_why(pages: dict[str, str]) -> None:
    page = pages["documents/letter-1960.md"]
    assert "# This page is no longer published {: #page-title }" in page
    assert "<strong>Withdrawal</strong>" in page
    assert '<span class="why">A request.</span>' in page
    assert '\nrobots: "noindex"\n' in page


def test_correction_of_a_page_under_its_former_slug_stands_on_the_page(tmp_path: Path) -> None:
    entry = "- {id: one, date: 2001-01-01, kind: update, of: memo, what: A word., why: Haste.}\n"
    pages = render(stage(tmp_path, {"documents/memo-1962.md": MOVED, "corrections.yml": entry}))
    assert "A word." in section(pages["documents/memo-1962.md"])
    assert "[Harbour memo](documents/memo-1962.md){: .document }" in pages["corrections.md"]


def test_dangling_link_in_a_correction_is_found(tmp_path: Path) -> None:
    entry = "- {id: one, date: 2001-01-01, kind: update, of: ann-lee, what: 'See [[nobody]].', why: Haste.}\n"
    staged = stage(tmp_path, {"corrections.yml": entry})
    assert [one.code for one in staged.diagnostics] == ["dangling-wikilink"]


def test_corrections_with_faults_are_left_out_and_their_targets_not_blamed(tmp_path: Path) -> None:
    root = write_corpus(tmp_path, {"corrections.yml": "- [\n"})
    assert [one.code for one in run_stages(root).diagnostics] == ["invalid-yaml"]
    root = write_corpus(tmp_path, {"corrections.yml": ""})
    assert run_stages(root).diagnostics == ()


def many(count: int) -> str:
    """Return so many entries of 2001 and 2002, all of one issue, each of her as well."""
    return "".join(
        f"- {{id: c{n}, date: {2001 + n // 80}-02-{n % 28 + 1:02}, kind: correction, of: [harbour-wall, ann-lee],"
        f" what: 'Word {n} of [[ann-lee]] was wrong.', why: A slip.}}\n"
        for n in range(count)
    )


def ids_on(page: str) -> list[str]:
    return re.findall(r'<li id="([^"]+)"', page)


def test_of_many_corrections_each_has_its_place_on_one_page(tmp_path: Path) -> None:
    pages = render(stage(tmp_path, {"corrections.yml": many(110)}))
    parts = {path: page for path, page in pages.items() if path.startswith("corrections/")}
    assert list(parts) == ["corrections/1.md", "corrections/2.md"]
    placed = [ids_on(page) for page in parts.values()]
    assert [len(ids) for ids in placed] == [60, 50]
    assert sorted(id_ for ids in placed for id_ in ids) == sorted(f"c-c{n}" for n in range(110))
    # The oldest come first, so that a new entry changes the last page alone.
    assert placed[0][0] == "c-c0"
    assert len(ids_on(pages["corrections.md"])) == 40
    assert set(ids_on(pages["corrections.md"])) <= set(placed[1])
    assert "The 40 newest are shown. [All 110 corrections](corrections/2.md)" in pages["corrections.md"]
    assert "[Corrections](../corrections.md)" in parts["corrections/1.md"]
    assert max(map(len, parts.values())) < 60_000


def test_sixty_corrections_stand_on_one_page(tmp_path: Path) -> None:
    pages = render(stage(tmp_path, {"corrections.yml": many(60)}))
    assert len(ids_on(pages["corrections.md"])) == 60
    assert not [path for path in pages if path.startswith("corrections/")]


def test_links_to_a_correction_lead_to_its_place(tmp_path: Path) -> None:
    pages = render(stage(tmp_path, {"corrections.yml": many(110)}))
    named = re.findall(r"\]\(((?:\.\./)*corrections[^#)]*)#(c-c\d+)\)", pages["actors/ann-lee.md"])
    assert len(named) > 2
    for address, anchor in named:
        assert anchor in ids_on(pages[address.removeprefix("../")]), (address, anchor)
    feed = etree.fromstring(pages["corrections.xml"].encode())
    links = [link.get("href", "") for link in feed.findall(f"{ATOM}entry/{ATOM}link")]
    assert len(links) == 100
    for link in links:
        address, _, anchor = link.partition("#")
        assert anchor in ids_on(pages[address.replace(".html", ".md")])


def test_of_a_long_list_of_corrections_a_page_keeps_the_newest(tmp_path: Path) -> None:
    few = render(stage(tmp_path / "few", {"corrections.yml": many(60)}))
    assert few["issues/harbour-wall.md"].count("was wrong") == 60
    pages = render(stage(tmp_path / "many", {"corrections.yml": many(900)}))
    page = pages["issues/harbour-wall.md"]
    assert page.count("was wrong") == 12
    assert "[All 900 corrections](harbour-wall/corrections-" in page
    behind = {path: one for path, one in pages.items() if path.startswith("issues/harbour-wall/corrections-")}
    found = [int(n) for one in behind.values() for n in re.findall(r"Word (\d+) of", one)]
    assert sorted(found) == list(range(900))
    assert all(f"Word {n} of" in page for n in range(900 - 4, 900) if n % 28 == 27)
    assert max(map(len, pages.values())) < 200_000
