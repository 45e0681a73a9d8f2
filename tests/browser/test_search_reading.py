"""How much a query of search reads, and what readers are told of what was not read."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from generator.finish.search_cbor import pack_head
from generator.finish.search_make import EXPORTED, PAGEFIND
from generator.finish.search_pages import Block, Place, SearchHead, SearchPage, write_search_page
from generator.finish.search_part import write_part
from generator.finish.search_segment import Postings, make_segment
from tests.bench.search import size_of, write_site
from tests.browser.readers import Chromium
from tests.browser.sites import serve

STATUS = "document.querySelector('.search-status')?.textContent"
FURTHER = (
    "[...document.querySelectorAll('.search-help button')].find(one => one.textContent === 'Search further')"
)
PARTS, PAGES = 5, 3
MOST = 600_000


def heavy(chance: random.Random, places: int) -> Postings:
    """Return the postings of a word that stands so often on each page, some hundred words apart."""
    pages = []
    for _ in range(PAGES):
        steps = b"\x00" + b"".join(bytes((0x18, chance.randrange(24, 256))) for _ in range(places))
        pages.append(pack_head(4, places + 1) + steps + b"\x80")
    return Postings(PAGES, 0, PAGES - 1, b"\x83\x01".join(pages))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of five parts: in each the word `tide` takes 100 kB to read, and words that begin with `walls` as much."""
    site = tmp_path_factory.mktemp("heavy") / "site"
    site.mkdir()
    write_site(site, 1)
    folder = site / "pagefind"
    folder.mkdir()
    chance = random.Random(1)  # noqa: S311 - the same places in every run
    entries, told = {}, {}
    for part in range(PARTS):
        pages = {
            f"documents/d{part}-{number}.html": write_search_page(
                SearchPage(
                    head=SearchHead(title=f"Page {part}-{number}", language="en", said={}),
                    blocks=(
                        Block(
                            place=Place(id="p-1", label="¶1"), words="wallsza gull tide walls", is_source=True
                        ),
                    ),
                ),
                {},
                "en",
            )
            for number in range(PAGES)
        }
        segment = make_segment(pages, "en", PAGEFIND, program=folder)
        more = {f"wallsz{letter}": {"": heavy(chance, 5_000)} for letter in "abcde"}
        words = {**segment.words, "tide": {"": heavy(chance, 28_000)}, **more, "walls": segment.words["wall"]}
        name = f"part{part}"
        entry = write_part([replace(segment, words=words)], {}, folder / name, "en", is_only=False)
        entries[name] = {key: value for key, value in entry.items() if key != "facets"}
        told = {"version": segment.version, "include_characters": list(segment.include_characters)}
    script = folder / "pagefind.js"
    script.write_bytes(script.read_bytes() + EXPORTED)
    (folder / "pagefind-entry.json").write_text(json.dumps({**told, "languages": entries}))
    return site


@pytest.fixture
def reader(page: Page, site: Path) -> Iterator[Chromium]:
    with serve(site) as address:
        reader = Chromium(page)
        page.goto(f"{address}search.html")
        yield reader
        assert reader.complaints == []


def ask(reader: Chromium, query: str) -> str:
    """Return what is said of a query once it is answered."""
    address = str(reader.evaluate("location.href")).split("?")[0]
    reader.goto(f"{address}?q={quote(query)}")
    return str(reader.wait_for(f"!/…/.test({STATUS}) && {STATUS}"))


def read_by(reader: Chromium, site: Path) -> int:
    """Return the bytes of all files of words and pages that were asked for."""
    return sum(size_of(site, one) for one in reader.requests() if "pf_index" in one or "pf_fragment" in one)


def test_a_frequent_word_is_searched_in_some_parts_and_further_on_demand(
    reader: Chromium, site: Path
) -> None:
    said = ask(reader, "tide")
    assert said == "9 pages found so far"
    assert 100_000 < read_by(reader, site) < MOST
    reader.evaluate(f"{FURTHER}.click()")
    reader.wait_for(f"{STATUS} === '15 pages found'")
    assert reader.evaluate(f"!{FURTHER}")


def test_of_several_words_the_most_frequent_is_left_out_and_named(reader: Chromium, site: Path) -> None:
    assert ask(reader, "tide gull") == "15 pages found · left out, to read less: “tide”"
    assert read_by(reader, site) < MOST / 10


def test_a_word_is_found_in_all_parts_before_words_that_begin_with_it(reader: Chromium, site: Path) -> None:
    assert ask(reader, "walls") == "15 pages found so far"
    assert 100_000 < read_by(reader, site) < MOST
    reader.evaluate(f"{FURTHER}.click()")
    reader.wait_for(f"{STATUS} === '15 pages found'")
