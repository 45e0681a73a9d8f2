"""The search index in segments and parts: what a change touches, what is kept, and that joining loses nothing."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.engine import map_long_work
from generator.finish.search_cbor import Value, pack, packed_file, read_file, unpack_all
from generator.finish.search_index import SearchSource, read_pages, write_search_index
from generator.finish.search_make import PAGEFIND
from generator.finish.search_pages import Block, Place, SearchHead, SearchPage, write_search_page
from generator.finish.search_part import PREFIX_LETTERS, SIZE_STEP, ranges_of, write_part
from generator.finish.search_plan import SIZES, Sizes, group_pages
from generator.finish.search_segment import FIELDS, make_segment, read_segment, write_segment
from tests.unit.test_search_index import html

SMALL = Sizes(segment=2, part=8)
# Stands in for Pagefind where many indexes are made: as it is called, and as it writes an index of words without stems.
PROGRAM = """
import hashlib, json, pathlib, re, sys
from generator.finish.search_cbor import pack, packed_file
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
site, folder = pathlib.Path(given["--site"]), pathlib.Path(given["--output-path"])
pages, words, facets = [], {}, {}
for name in ("index", "filter", "fragment"):
    (folder / name).mkdir(parents=True)
for number, path in enumerate(sorted(site.rglob("*.html"), key=str)):
    text = path.read_text()
    url = "/" + path.relative_to(site).as_posix()
    own = re.sub("<[^>]*>", " ", re.sub("<i .*?</i>", "", text)).split()
    digest = "en_" + hashlib.sha256((url + text).encode()).hexdigest()[:7]
    fragment = json.dumps({"url": url, "content": " ".join(own)}).encode()
    (folder / "fragment" / f"{digest}.pf_fragment").write_bytes(packed_file(fragment))
    pages.append([digest, len(own)])
    for at, word in enumerate(own):
        words.setdefault(word, {}).setdefault(number, []).append(at)
    for name, value in re.findall('data-pagefind-filter="(.*?)">(.*?)<', text):
        facets.setdefault(name, {}).setdefault(value, []).append(number)
chunk, listed = [], []
for word in sorted(words):
    before, postings = 0, []
    for number, places in words[word].items():
        steps = [place - last for place, last in zip(places, [0, *places])]
        postings.append([number - before, [-73, *steps], []])
        before = number
    chunk.append([word, postings, []])
(folder / "index" / "en_1.pf_index").write_bytes(packed_file(pack([chunk])))
for name, values in facets.items():
    (folder / "filter" / f"{name}.pf_filter").write_bytes(packed_file(pack([name, list(map(list, values.items()))])))
    listed.append([name, name])
meta = ["1.5.2", pages, [["a", "z", "en_1"]], listed, [], ["alias", "title", "when"]]
(folder / "pagefind.en_2.pf_meta").write_bytes(packed_file(pack(meta)))
(folder / "pagefind.js").write_text("// Pagefind")
(folder / "wasm.en.pagefind").write_bytes(b"wasm")
entry = {"version": "1.5.2", "languages": {"en": {"hash": "en_2", "wasm": "en"}}, "include_characters": []}
(folder / "pagefind-entry.json").write_text(json.dumps(entry))
"""


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The command of a small program that indexes as Pagefind does."""
    program = tmp_path_factory.mktemp("program") / "index.py"
    program.write_text(PROGRAM)
    root = Path(__file__).resolve().parents[2]
    return (
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(root)!r}); exec(open({str(program)!r}).read())",
    )


def page(words: str, title: str = "Title", **said: str) -> SearchPage:
    return SearchPage(
        head=SearchHead(title=title, language="en", said=said),
        blocks=(Block(place=Place(id="p-1", label="¶1"), words=words, is_source=True),),
    )


def sources(pages: Mapping[str, SearchPage]) -> list[SearchSource]:
    return [SearchSource(path, repr(one), one.head, partial(replace, one)) for path, one in pages.items()]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def index_of(
    folder: Path,
    pages: Mapping[str, SearchPage],
    command: tuple[str, ...],
    cache: Path | None = None,
    sizes: Sizes = SMALL,
) -> dict[str, bytes]:
    """Return the files of the index of these pages."""
    folder.mkdir(parents=True, exist_ok=True)
    assert (
        write_search_index(folder, "site", pages=sources(pages), cache=cache, sizes=sizes, pagefind=command)
        == ()
    )
    return files(folder)


def parts_of(written: Mapping[str, bytes]) -> dict[str, dict[str, object]]:
    entry: dict[str, dict[str, dict[str, object]]] = json.loads(written["pagefind/pagefind-entry.json"])
    return entry["languages"]


# Empty: the page is removed.
WORDS = st.sampled_from(["", "one wall", "two walls and a tide", "tide"])
PATHS = st.sampled_from([f"documents/d{number}.html" for number in range(40)])


@given(
    st.sets(st.text(min_size=1), min_size=1, max_size=300), st.sampled_from([SMALL, Sizes(segment=3, part=5)])
)
def test_each_page_is_in_one_part_and_one_segment_whatever_the_order(paths: set[str], sizes: Sizes) -> None:
    grouped = group_pages(sorted(paths), sizes)
    found = [path for part in grouped for segment in part for path in segment]
    assert sorted(found) == sorted(paths)
    assert group_pages(sorted(paths, reverse=True), sizes) == grouped


@given(st.sets(PATHS, min_size=33, max_size=39), PATHS)
def test_a_page_that_is_added_touches_one_segment(paths: set[str], added: str) -> None:
    before = {tuple(segment) for part in group_pages(paths, SMALL) for segment in part}
    after = {tuple(segment) for part in group_pages(paths | {added}, SMALL) for segment in part}
    assert len(after - before) == (added not in paths)


def test_a_small_site_has_one_part_and_a_large_one_few() -> None:
    numbers = {count: len(group_pages(map(str, range(count)))) for count in (1, 500, 2000, 5605, 22_405)}
    assert numbers == {1: 1, 500: 1, 2000: 1, 5605: 4, 22_405: 16}


@settings(max_examples=4, deadline=None)
@given(st.lists(st.dictionaries(PATHS, WORDS, min_size=1, max_size=5), min_size=1, max_size=3))
def test_after_any_edits_the_index_is_that_of_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, stand_in: tuple[str, ...], edits: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    pages = {f"documents/d{number}.html": page(f"word{number} wall") for number in range(0, 20, 2)}
    index_of(folder / "kept", pages, stand_in, folder / "cache")
    for number, edit in enumerate(edits):
        for path, words in edit.items():
            pages.pop(path, None)
            if words:
                pages[path] = page(words, title=words, page="document", date="1962-01-02", actors="lee")
        written = index_of(folder / "kept", pages, stand_in, folder / "cache")
        assert written == index_of(folder / f"clean{number}", pages, stand_in)


def test_a_changed_page_changes_its_part_alone(tmp_path: Path, stand_in: tuple[str, ...]) -> None:
    pages = {f"d{number}.html": page(f"word{number} wall") for number in range(30)}
    before = parts_of(index_of(tmp_path, pages, stand_in))
    after = parts_of(index_of(tmp_path, pages | {"d7.html": page("another")}, stand_in))
    assert len(before) == 4
    assert len(set(after) - set(before)) == 1


def test_a_renamed_actor_changes_the_parts_that_name_it(tmp_path: Path, stand_in: tuple[str, ...]) -> None:
    pages = {f"d{number}.html": page("wall", actors="lee" if number == 3 else "") for number in range(30)}

    def named(name: str) -> dict[str, SearchPage]:
        return pages | {"actors/lee.html": page("Engineer", title=name, page="actor", slug="lee")}

    before, after = (parts_of(index_of(tmp_path, named(name), stand_in)) for name in ("Ann Lee", "Anna Lee"))
    grouped = group_pages(named(""), SMALL)
    touched = [
        part
        for part in grouped
        if {"d3.html", "actors/lee.html"} & {path for paths in part for path in paths}
    ]
    assert len(set(after) - set(before)) == len(touched)


@pytest.mark.parametrize("builds", [1, 3])
def test_only_the_changed_segment_is_read_and_indexed_again(
    tmp_path: Path, stand_in: tuple[str, ...], builds: int
) -> None:
    pages = {f"d{number}.html": page(f"word{number} wall") for number in range(30)}
    for _ in range(builds):
        # What a build that changes nothing does not ask for is kept all the same.
        index_of(tmp_path, pages, stand_in, tmp_path / "cache")
    pages["d7.html"] = page("another")
    read: list[str] = []

    def watch(source: SearchSource) -> SearchPage:
        read.append(source.path)
        return source.read()

    watched = [source._replace(read=partial(watch, source)) for source in sources(pages)]
    cache = tmp_path / "cache"
    found = write_search_index(tmp_path, "site", pages=watched, cache=cache, sizes=SMALL, pagefind=stand_in)
    assert found == ()
    segment = next(paths for part in group_pages(pages, SMALL) for paths in part if "d7.html" in paths)
    assert sorted(read) == segment


def test_parts_made_in_processes_are_those_of_one(tmp_path: Path, stand_in: tuple[str, ...]) -> None:
    pages = {f"d{number}.html": page(f"word{number} wall") for number in range(30)}
    serial = index_of(tmp_path / "one", pages, stand_in)
    (tmp_path / "two").mkdir()
    found = write_search_index(
        tmp_path / "two",
        "site",
        pages=sources(pages),
        spread_long=partial(map_long_work, processes=2),
        sizes=SMALL,
        pagefind=stand_in,
    )
    assert found == ()
    assert files(tmp_path / "two") == serial


def test_what_fails_in_another_process_is_told(tmp_path: Path) -> None:
    pages = {f"d{number}.html": page(f"word{number} wall") for number in range(30)}
    (found,) = write_search_index(
        tmp_path,
        "site",
        pages=sources(pages),
        spread_long=partial(map_long_work, processes=2),
        sizes=SMALL,
        pagefind=(sys.executable, "-c", "import sys; sys.exit('no room')"),
    )
    assert (found.code, found.what, found.why.partition(";")[0]) == (
        "search-index",
        "Pagefind ended with exit code 1",
        "no room",
    )


@pytest.mark.parametrize("damage", [b"", b"damaged", None])
def test_a_damaged_cache_costs_only_time(
    tmp_path: Path, stand_in: tuple[str, ...], damage: bytes | None
) -> None:
    cache = tmp_path / "cache"
    pages = {f"d{number}.html": page(f"word{number} wall") for number in range(30)}
    clean = index_of(tmp_path / "site", pages, stand_in, cache)
    for path in sorted(cache.rglob("*")):
        if path.is_file():
            kept = path.read_bytes()
            path.unlink()
            path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]) if damage is None else damage)
    assert index_of(tmp_path / "site", pages, stand_in, cache) == clean


def test_what_is_no_longer_used_is_forgotten(tmp_path: Path, stand_in: tuple[str, ...]) -> None:
    cache = tmp_path / "cache"
    pages = {f"d{number}.html": page(f"word{number} wall") for number in range(10)}
    index_of(tmp_path / "site", pages, stand_in, cache)
    before = len(files(cache))
    index_of(tmp_path / "site", {path: page("other") for path in pages}, stand_in, cache)
    assert len(files(cache)) <= before


def test_pages_are_read_once_and_known_again_by_their_bytes(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    (site / "one.html").write_bytes(html("<h1>One</h1><p>Words.</p>", {"page": "document", "slug": "one"}))
    (site / "none.html").write_bytes(html("<h1>None</h1>", {"page": "none"}))
    first = read_pages(site, cache)
    assert [(source.path, source.head.title, source.read().blocks[0].words) for source in first] == [
        ("one.html", "One", "Words.")
    ]
    for path in (cache / "pages").iterdir():
        path.write_bytes(b"damaged")
    again = read_pages(site, cache)
    assert [(source.key, source.head, source.read()) for source in again] == [
        (source.key, source.head, source.read()) for source in first
    ]


# With Pagefind itself.


def by_page(postings: list[Any], pages: list[Any]) -> dict[str, Any]:
    """Return the places of a word by the file of the page; each page is numbered from the one before it."""
    numbers = itertools.accumulate(step for step, _, _ in postings)
    return {pages[number][0]: rest for number, (_, *rest) in zip(numbers, postings, strict=True)}


def said_by(folder: Path, meta: list[Any]) -> dict[str, Any]:
    """Return what an index says of each word and each facet: the pages, and the places of the word."""
    said: dict[str, Any] = {"pages": sorted(meta[1]), "fields": meta[5]}
    for _, _, name in meta[2]:
        chunk: Any = unpack_all(read_file(folder / "index" / f"{name}.pf_index"))
        for word, postings, variants in chunk[0]:
            forms = {form: by_page(pages, meta[1]) for form, pages in variants}
            said[f"word {word}"] = [by_page(postings, meta[1]), forms]
    for facet, name in meta[3]:
        held: Any = unpack_all(read_file(folder / "filter" / f"{name}.pf_filter"))
        for value, pages in held[1]:
            said[f"{facet} {value}"] = sorted(meta[1][page][0] for page in pages)
    return said


def meta_of(folder: Path) -> list[Any]:
    (path,) = folder.glob("*.pf_meta")
    meta = unpack_all(read_file(path))
    assert isinstance(meta, list)
    return meta


TEXTS = [
    "Le café est fermé.",
    "The cafe and the café: walls, a wall.",
    "Der Hafen, ein Wall; Wälle.",
    "tide " * 40,
    "wall",
]


def test_joined_segments_say_of_each_word_what_one_index_says(tmp_path: Path) -> None:
    """Also where the pages of a segment have no name of one kind, so that Pagefind numbers the kinds otherwise."""
    pages = {}
    for number in range(12):
        known = page(
            f"{TEXTS[number % 5]} number{number}",
            title=f"Café {number}",
            aliases="Ann Lee" if number < 4 else "",
            when="1962",
        )
        facets = {"kind": ["letter", "memo"][number % 2 :], "actor": [f"Person {number % 3} #p{number % 3}"]}
        pages[f"d{number:02}.html"] = write_search_page(known, facets, "en")
    names = sorted(pages)
    several = [
        make_segment({name: pages[name] for name in names[at : at + 4]}, "en", PAGEFIND)
        for at in range(0, 12, 4)
    ]
    whole = make_segment(pages, "en", PAGEFIND)
    for folder, segments in (("one", [whole]), ("three", several)):
        write_part(segments, {"d03.html": "1962-05-01"}, tmp_path / folder, "en", is_only=True)
    one, three = (said_by(tmp_path / name, meta_of(tmp_path / name)) for name in ("one", "three"))
    assert one == three
    assert "café" in one["word cafe"][1]
    # 716361 in base 36
    assert [
        path.name[:5] for path in (tmp_path / "one/fragment").iterdir() if not path.name.startswith("_")
    ] == ["fcqx_"]


COPYING = (
    "import shutil, subprocess, sys\n"
    "subprocess.run([sys.executable, '-P', '-m', 'pagefind', *sys.argv[2:]], check=True)\n"
    "shutil.copytree(sys.argv[sys.argv.index('--output-path') + 1], sys.argv[1])\n"
)


def test_a_part_says_what_pagefind_says(tmp_path: Path) -> None:
    pages = {}
    for number, text in enumerate(TEXTS):
        known = page(text, title=f"Café {number}", aliases="Ann", when="1962")
        pages[f"d{number}.html"] = write_search_page(known, {"kind": ["memo"]}, "en")
    segment = make_segment(pages, "en", (sys.executable, "-c", COPYING, str(tmp_path / "own")))
    write_part([segment], {}, tmp_path / "part", "en", is_only=True)
    own, part = meta_of(tmp_path / "own"), meta_of(tmp_path / "part")
    # The files of the pages have other names, in the same order.
    own[1] = [[name, words] for (name, _), (_, words) in zip(part[1], own[1], strict=True)]
    assert said_by(tmp_path / "part", part) == said_by(tmp_path / "own", own)
    assert part[5] == list(FIELDS)


def test_a_segment_is_read_as_it_was_written() -> None:
    pages = {"d.html": write_search_page(page("café cafe wall"), {"kind": ["memo"]}, "en")}
    segment = make_segment(pages, "en", PAGEFIND)
    stored = write_segment(segment)
    assert read_segment(stored) == segment
    assert read_segment(stored[:-1]) is None
    assert read_segment(b"") is None


@given(
    st.recursive(
        st.integers(-(2**40), 2**40) | st.text(), lambda inner: st.lists(inner, max_size=30), max_leaves=60
    )
)
def test_a_value_is_unpacked_as_it_was_packed(value: Value) -> None:
    assert unpack_all(pack(value)) == value


def test_a_file_of_something_else_is_none_of_an_index(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"no")
    with pytest.raises(ValueError, match="a cannot be unpacked"):
        read_file(tmp_path / "a")
    (tmp_path / "a").write_bytes(packed_file(b"\x01\x01"))
    with pytest.raises(ValueError, match="more than one value"):
        unpack_all(read_file(tmp_path / "a"))


def test_a_site_of_several_parts_is_found_by_its_entry(tmp_path: Path, stand_in: tuple[str, ...]) -> None:
    pages = {f"d{number}.html": page(f"word{number}") for number in range(30)}
    written = index_of(tmp_path, pages, stand_in)
    for name, entry in parts_of(written).items():
        assert f"pagefind/{name}/pagefind.{entry['hash']}.pf_meta" in written
        assert f"pagefind/scripts/{name}/pagefind.{entry['hash']}.pf_meta.js" in written
    assert sum(int(str(entry["page_count"])) for entry in parts_of(written).values()) == 30
    assert parts_of(index_of(tmp_path / "small", pages, stand_in, sizes=SIZES)).keys() == {"en"}


LETTERS = st.text(alphabet="abz", min_size=1, max_size=8)


@given(st.sets(LETTERS, min_size=1, max_size=40), st.integers(1, 5), LETTERS)
def test_what_is_asked_for_is_read_where_it_stands_and_where_words_begin_with_it(
    words: set[str], size: int, asked: str
) -> None:
    """And from no other file. That in which it would stand is read as well, and is never an extra one."""
    held = sorted(words)
    chunks = [held[at : at + size] for at in range(0, len(held), size)]
    read: dict[str, set[int]] = {"": set(), "+": set()}
    before = ""
    for number, chunk in enumerate(chunks):
        for start, end, sign in ranges_of(before, chunk[0], chunk[-1]):
            # As Pagefind asks.
            if start <= asked <= end:
                read[sign].add(number)
        before = chunk[-1]
    beginning = {
        number for number, chunk in enumerate(chunks) if any(word.startswith(asked) for word in chunk)
    }
    assert {number for number, chunk in enumerate(chunks) if asked in chunk} <= read[""]
    assert len(read[""]) <= 1
    if len(asked) >= PREFIX_LETTERS:
        assert beginning <= read[""] | read["+"]
    assert read["+"] <= beginning - read[""]


def test_the_names_of_files_tell_their_size(tmp_path: Path) -> None:
    texts = [f"{'tide wall ' * length}number{length}" for length in (1, 400, 9000)]
    pages = {f"d{at}.html": write_search_page(page(text), {}, "en") for at, text in enumerate(texts)}
    segment = make_segment(pages, "en", PAGEFIND)
    for is_only in (True, False):
        folder = tmp_path / str(is_only)
        write_part([segment], {}, folder, "en", is_only=is_only)
        files = [*(folder / "fragment").iterdir(), *(folder / "index").iterdir()]
        assert len(files) > 3
        for path in files:
            digit = int(path.stem[-1], 36)
            assert path.stat().st_size <= 1000 * SIZE_STEP**digit
            assert not digit or path.stat().st_size > 1000 * SIZE_STEP ** (digit - 1)
