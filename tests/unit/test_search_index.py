"""What search sees of a page, how words are written for its index, and what Pagefind makes of them."""

from __future__ import annotations

import base64
import gzip
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.finish.search_index import write_search_index
from generator.finish.search_pages import SearchPage, search_page_of, write_search_page
from generator.text.search_words import write_search_words

SCRIPTS = Path(__file__).resolve().parents[2] / "site_overrides" / "assets" / "javascripts"


def html(article: str, said: Mapping[str, str] | None = None, head: str = "") -> bytes:
    metas = "".join(f'<meta name="dossier-{name}" content="{value}">' for name, value in (said or {}).items())
    return (
        f'<!doctype html><html lang="en"><head><title>T</title>{metas}{head}</head>'
        f"<body><nav>Furniture</nav><article>{article}</article></body></html>"
    ).encode()


def read(article: str, said: Mapping[str, str] | None = None, head: str = "") -> SearchPage:
    page = search_page_of(html(article, said, head))
    assert page is not None
    return page


def words_of(page: SearchPage) -> list[tuple[str, str, str]]:
    return [(block.place.id, block.place.label, block.words) for block in page.blocks]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Wyden’s walk‑back", "Wyden`s walk-back"),
        ("a chip—that is, 2018–2026", "a chip—^ that is, 2018–^ 2026"),
        ("a chip — that", "a chip~— that"),
        ("— — first", "—~—~first"),
        ("  two\n words\u200b ", "two words"),
        ("海堤，AI 芯片和GPU", "海 堤，^ AI~ 芯 片 和 GPU"),
        ("他说「AI」好", "他 说「^ AI」 好"),
        ("ภาษาไทย", "ภ า ษ า ไ ท ย"),
        ("한국어 이름", "한국어 이름"),
        ("… —", ""),
        ("^ ~ ` a", "\ue000~\ue001~\ue002~a"),
    ],
)
def test_each_word_of_the_index_is_one_word(text: str, written: str) -> None:
    assert write_search_words(text) == written


def test_words_of_a_text_are_no_commands_to_pagefind() -> None:
    assert "___PAGEFIND" not in write_search_words(
        "___PAGEFIND_ANCHOR___h2:0:x ___END_PAGEFIND_WEIGHT___ word"
    )


def test_a_note_mark_neither_breaks_a_phrase_nor_is_indexed() -> None:
    page = read(
        '<p>a <a href="#">bargaining</a><sup class="note-mark"><a>7</a></sup> <em>chi</em>p'
        '<sup class="annotation-mark">[3]</sup>.</p>'
    )
    assert words_of(page) == [("", "", "a bargaining chip.")]


def test_words_stand_in_the_place_that_opens_at_them() -> None:
    page = read(
        '<h1>Title</h1><h2 id="text">Text</h2><div class="transcription">'
        '<div id="p-1" class="passage"><p><a class="passage-number" href="#p-1">¶1</a> First.</p></div>'
        '<h3 id="h-1a2b3c4d">Of the letter</h3><p>Between.</p></div>'
        '<article id="a-x"><a class="statement-number" aria-label="Annotation 3">[3]</a><p>A remark.</p></article>',
        {"page": "document"},
    )
    assert words_of(page) == [
        ("p-1", "¶1", "First."),
        ("h-1a2b3c4d", "Of the letter", "Of the letter"),
        ("h-1a2b3c4d", "Of the letter", "Between."),
        ("a-x", "Annotation 3", "A remark."),
    ]
    assert [block.is_source for block in page.blocks] == [True, True, True, False]


def test_headings_are_words_of_a_page_that_the_editors_wrote_themselves() -> None:
    assert words_of(read('<h1>T</h1><h2 id="digest">Digest</h2><p>Words.</p>')) == [
        ("digest", "Digest", "Digest"),
        ("digest", "Digest", "Words."),
    ]


def test_the_same_words_are_found_once() -> None:
    page = read(
        '<h1>T</h1><div class="transcription"><p id="p-1">The wall is high.</p></div>'
        '<div class="statement"><blockquote class="quotation">“The wall is high.”</blockquote><p>A note.</p></div>'
        '<ul class="named"><li>Ann Lee 4</li></ul><div data-pagefind-ignore>Backlinks</div>'
        '<li id="fn:t-c-a">Gazette: “The wall is high.”</li><li id="fn:t-n-1">A note of the document.</li>',
        {"page": "document"},
    )
    assert [words for _, _, words in words_of(page)] == [
        "The wall is high.",
        "A note.",
        "A note of the document.",
    ]


def test_quotations_are_found_where_they_are_all_that_is_published() -> None:
    page = read('<h1>T</h1><blockquote class="quotation">“too high”</blockquote>', {"page": "document"})
    assert [(block.words, block.is_source) for block in page.blocks] == [("“too high”", True)]


def test_an_index_page_is_found_by_its_name_alone() -> None:
    assert words_of(read("<h1>Actors</h1><p>Ann Lee</p>", {"page": "index"})) == [("", "", "Actors")]


@pytest.mark.parametrize(
    "page",
    [
        html("<h1>Search</h1>", {"page": "none"}),
        html("<h1>All</h1>", head='<meta name="robots" content="noindex">'),
        b"<html><body><p>No article</p></body></html>",
        b"",
    ],
)
def test_some_pages_are_not_to_be_found(page: bytes) -> None:
    assert search_page_of(page) is None


def test_what_pagefind_is_given_holds_no_code_of_the_corpus() -> None:
    page = read('<h1>&lt;script&gt;</h1><p id="p-1&quot;&gt;">&lt;img src=x&gt; &amp;amp;</p>')
    written = write_search_page(page, {"actor": ['"><b> #x']}, "en")
    assert "<script" not in written
    assert "<img" not in written
    assert '"><b>' not in written
    assert 'id="p-1%22%3E||0"' in written


def build(folder: Path, pages: Mapping[str, bytes]) -> Path:
    site = folder / "site"
    for name, content in pages.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert write_search_index(site, "site") == ()
    return site


MANY = [f"p{number}" for number in range(40)]
PAGES = {
    "documents/one.html": html(
        "<h1>One</h1><p>Words of the wall.</p>",
        {
            "page": "document",
            "slug": "one",
            "kind": "letter",
            "actors": "lee",
            "issues": " ".join(MANY),
            "years": "1962",
            "date": "1962-01-02",
        },
    ),
    "documents/two.html": html(
        "<h1>Two</h1><p>Other words.</p>", {"page": "document", "slug": "two", "date": "1959-01-01"}
    ),
    "actors/lee.html": html(
        "<h1>Ann Lee</h1><p>Engineer.</p>", {"page": "actor", "slug": "lee", "actors": "lee"}
    ),
    "index.html": html("<h1>Home</h1><p>Welcome.</p>"),
    "404.html": html("<h1>Missing</h1><p>Nothing here.</p>"),
}


def fragments(site: Path) -> dict[str, dict[str, object]]:
    found = {}
    for path in (site / "pagefind" / "fragment").iterdir():
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[fragment["url"]] = fragment
    return found


def test_the_index_holds_facets_by_name_and_slug(tmp_path: Path) -> None:
    found = fragments(build(tmp_path, PAGES))
    assert sorted(found) == ["/actors/lee.html", "/documents/one.html", "/documents/two.html", "/index.html"]
    assert found["/documents/one.html"]["filters"] == {
        "actor": ["Ann Lee #lee"], "issue": [f"{slug} #{slug}" for slug in MANY],
        "kind": ["letter"], "page": ["document"], "year": ["1962"],
    }  # fmt: skip


def test_the_same_pages_give_the_same_index_in_whatever_order_they_were_written(tmp_path: Path) -> None:
    def files(site: Path) -> dict[str, bytes]:
        return {
            path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
        }

    # Pagefind's own order of facets differs from run to run: once would prove little.
    first = files(build(tmp_path / "first", PAGES))
    for number, order in enumerate([dict(reversed(PAGES.items())), PAGES, PAGES]):
        assert files(build(tmp_path / str(number), order)) == first


def test_the_index_is_made_of_the_pages_alone_the_second_time_too(tmp_path: Path) -> None:
    site = build(tmp_path, PAGES)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    (site / "pagefind" / "stray").write_text("left over")
    assert write_search_index(site, "site") == ()
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_only_what_is_used_of_pagefind_is_published(tmp_path: Path) -> None:
    folder = build(tmp_path, PAGES) / "pagefind"
    names = {path.name for path in folder.iterdir()}
    assert {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "scripts"} <= names
    assert not {name for name in names if re.search(r"ui|worker|highlight|unknown", name)}


def test_each_file_of_the_index_stands_as_a_script_for_pages_from_disk(tmp_path: Path) -> None:
    folder = build(tmp_path, PAGES) / "pagefind"
    for path in folder.rglob("*"):
        if path.is_file() and "scripts" not in path.parts:
            name = path.relative_to(folder).as_posix()
            script = (folder / "scripts" / f"{name}.js").read_text()
            match = re.fullmatch(r'dossier\.storeSearchFile\("([^"]+)","([^"]+)"\);\n', script)
            assert match is not None
            assert match[1] == name
            assert base64.b64decode(match[2]) == path.read_bytes()


def test_a_site_without_pages_has_no_index(tmp_path: Path) -> None:
    assert not (build(tmp_path, {"404.html": b""}) / "pagefind").exists()


def test_an_index_of_another_version_is_not_taken_for_ours(tmp_path: Path) -> None:
    site = build(tmp_path, PAGES)
    # Runs Pagefind, and then puts another format into the file that names all others.
    program = (
        "import gzip, pathlib, subprocess, sys\n"
        "subprocess.run([sys.executable, '-P', '-m', 'pagefind', *sys.argv[1:]], check=True)\n"
        "folder = pathlib.Path(sys.argv[sys.argv.index('--output-path') + 1])\n"
        "for path in folder.glob('*.pf_meta'): path.write_bytes(gzip.compress(b'pagefind_dcd\\xa0'))\n"
    )
    (found,) = write_search_index(site, "site", pagefind=(sys.executable, "-c", program))
    assert found.what == "the index cannot be read: byte 160 is neither a list nor words nor a number"
    assert not (site / "pagefind").exists()


def test_a_failing_pagefind_is_a_finding(tmp_path: Path) -> None:
    site = build(tmp_path, PAGES)
    command = (sys.executable, "-c", "print('Something went wrong'); raise SystemExit(3)")
    (found,) = write_search_index(site, "site", pagefind=command)
    assert (found.code, found.severity, found.place.path) == ("search-index", "error", "site/pagefind")
    assert found.what == "Pagefind ended with exit code 3"
    assert "Something went wrong" in found.why
    assert "pagefind[bin]" in found.help
    assert not (site / "pagefind").exists()


def test_a_missing_pagefind_is_a_finding(tmp_path: Path) -> None:
    (found,) = write_search_index(
        build(tmp_path, PAGES), "site", pagefind=(str(tmp_path / "no-such-program"),)
    )
    assert found.what == "Pagefind cannot be run"


def test_a_pagefind_that_writes_nothing_is_a_finding(tmp_path: Path) -> None:
    (found,) = write_search_index(build(tmp_path, PAGES), "site", pagefind=(sys.executable, "-c", "pass"))
    assert found.what == "Pagefind wrote no `pagefind-entry.json`"


def test_the_scripts_of_search_fit_their_budget() -> None:
    code = b"".join(path.read_bytes() for path in sorted(SCRIPTS.glob("search*.js")))
    assert len(gzip.compress(code, mtime=0)) <= 18_700
