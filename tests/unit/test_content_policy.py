"""The content policy of a built page: what it lets run, what it refuses, and that nothing else changes."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.finish import finish_site
from generator.finish.content_policy import _read_policy, insert_policy, is_harmless
from generator.finish.content_policy import policy_of as make_policy
from generator.finish.page_head import read_head

PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>T</title>
    <script>theme()</script>
  </head>
  <body>
    <script id="__config" type="application/json">{"base": "."}</script>
    <main>
      <article>
%s
      </article>
      <script>after()</script>
    </main>
    <script src="bundle.js"></script>
  </body>
</html>
"""


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def add_policy(page: bytes, shown: str) -> tuple[bytes, tuple[Diagnostic, ...]]:
    text = page.decode("utf-8", "surrogateescape")
    policy, found = make_policy(text, shown)
    return insert_policy(text, read_head(text).policy, policy).encode("utf-8", "surrogateescape"), found


def policy_of(page: bytes) -> str:
    _, _, rest = page.partition(b'http-equiv="Content-Security-Policy" content="')
    return rest.partition(b'"')[0].decode()


def codes_of(article: str) -> list[tuple[int, str]]:
    _, found = add_policy((PAGE % article).encode(), "site/a.html")
    return [(diagnostic.place.line, diagnostic.code) for diagnostic in found]


def test_policy_is_the_first_thing_after_the_encoding_and_no_other_byte_changes() -> None:
    before = (PAGE % "<p>Words</p>").encode()
    after, found = add_policy(before, "site/a.html")
    head, _, rest = after.partition(b"\n      <meta http-equiv")
    assert head.endswith(b'<meta charset="utf-8">')
    assert head + rest[rest.index(b'">') + 2 :] == before
    assert found == ()


def test_scripts_of_the_theme_are_hashed_and_data_is_not() -> None:
    page, _ = add_policy((PAGE % "").encode(), "site/a.html")
    assert policy_of(page) == (
        "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval' "
        f"{hash_of('theme()')} {hash_of('after()')}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
    )


def test_second_run_changes_nothing() -> None:
    once, _ = add_policy((PAGE % "").encode(), "site/a.html")
    assert add_policy(once, "site/a.html") == (once, ())


def test_policy_of_a_changed_page_takes_the_place_of_the_former() -> None:
    once, _ = add_policy((PAGE % "").encode(), "site/a.html")
    changed, _ = add_policy(once.replace(b"theme()", b"other()"), "site/a.html")
    assert changed.count(b"Content-Security-Policy") == 1
    assert hash_of("other()") in policy_of(changed)
    assert hash_of("theme()") not in policy_of(changed)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_script_is_hashed_with_the_line_ends_that_browsers_see(ends: str) -> None:
    script = f"one();{ends}two();"
    page, _ = add_policy(f'<head><meta charset="utf-8"><script>{script}</script></head>'.encode(), "a.html")
    assert hash_of("one();\ntwo();") in policy_of(page)


@pytest.mark.parametrize(
    "smuggled",
    [
        "<script>alert(1)</script>",
        "</article><script>alert(1)</script>",
        "</article></main></div><script>alert(1)</script>",
        "<svg><script>alert(1)</script></svg>",
        "<SCRIPT TYPE=module>alert(1)</SCRIPT>",
        "<template><script>alert(1)</script></template>",
    ],
)
def test_script_in_the_text_is_an_error_and_gets_no_hash(smuggled: str) -> None:
    page, found = add_policy((PAGE % smuggled).encode(), "site/a.html")
    assert [(d.place.path, d.place.line, d.code) for d in found] == [("site/a.html", 12, "inline-script")]
    assert hash_of("alert(1)") not in policy_of(page)


@pytest.mark.parametrize(
    "running",
    [
        '<p onclick="x()">a</p>',
        "<svg ONLOAD=x()></svg>",
        '<a href="javascript:x()">a</a>',
        '<a href=" java\tscript:x()">a</a>',
        '<form action="JavaScript:x()"></form>',
    ],
)
def test_attribute_that_runs_is_an_error(running: str) -> None:
    assert codes_of(running) == [(12, "inline-script")]


def test_data_and_links_in_the_text_are_no_findings() -> None:
    assert codes_of('<script type="application/ld+json">{}</script><a href="java.html">online</a>') == []


def test_style_in_the_page_is_a_warning() -> None:
    assert codes_of('<p style="color: red">a</p>') == [(12, "inline-style")]
    assert codes_of("<style>p { color: red }</style>") == [(12, "inline-style")]


def test_aligned_columns_of_a_table_stay_aligned() -> None:
    page, found = add_policy(
        (PAGE % '<td style="text-align: right;">1</td><td style="text-align: right;">2</td>').encode(), "a"
    )
    assert found == ()
    assert f"style-src 'self' 'unsafe-hashes' {hash_of('text-align: right;')}; img-src" in policy_of(page)


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ("<!doctype html><html><head><title>T</title></head></html>", "<!doctype html><html><head>"),
        ("<!doctype html><title>T</title><p>x", "<!doctype html>"),
        ("<p>x", ""),
        ("", ""),
        ('<head><META CHARSET="utf-8" /><title>T</title>', '<head><META CHARSET="utf-8" />'),
        ("<head></head><body><meta charset=utf-8>", "<head>"),
    ],
)
def test_page_of_any_form_gets_its_policy_as_early_as_can_be(page: str, before: str) -> None:
    written, _ = add_policy(page.encode(), "a.html")
    assert written.decode().startswith(f"{before}\n      <meta http-equiv")
    assert add_policy(written, "a.html")[0] == written


def test_odd_bytes_of_a_page_survive() -> None:
    page = b"<!doctype html><head><title>caf\xe9</title></head><p>\xff\x00"
    written, _ = add_policy(page, "a.html")
    assert written.replace(written[written.index(b"\n") : written.index(b"'none'\">") + 8], b"") == page


def test_every_page_in_every_folder_is_written_and_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    for name in ("index.html", "404.html", "a/b/c.html", "a/note.txt"):
        (tmp_path / name).write_text(PAGE % '<b style="x">')
    found = finish_site(tmp_path, shown_as="site")
    assert [d.place.path for d in found] == ["site/404.html", "site/a/b/c.html", "site/index.html"]
    assert [
        p.name for p in sorted(tmp_path.rglob("*.*")) if b"Content-Security-Policy" in p.read_bytes()
    ] == [
        "404.html",
        "c.html",
        "index.html",
    ]


@pytest.mark.parametrize(
    "article",
    [
        "",
        '<p class="x">Prose on = nothing, style guides and javascript: a word</p>',
        '<a href="../a.html#b">x</a> <a href="https://a.example/?a=1&amp;b=2">y</a>',
        '<script type="application/json" class="previews">{"a": 1}</script>',
        '<script type="application/json" class="previews">{"a": 1}</script><script>x()</script>',
        "<ScRiPt>x()</ScRiPt>",
        "<p/onclick=x()>",
        '<p title="a"ONclick = "x()">',
        "<a href=javascript:x()>",
        '<a href="&#106;avascript:x()">',
        '<a HREF="j\tavascript:x()">',
        "<a href='javascript:x()'>",
        '<p STYLE="color: red">',
        "<STYLE>p {}</STYLE>",
        '<td style="text-align: left;">',
        '<object data="javascript:x()"></object>',
        '<form action=" javascript:x()"></form>',
        '<svg><a xlink:href="javascript:x()"></a></svg>',
        "</article><script>x()</script><article>",
        "<!-- <script>x()</script> -->",
        "<textarea><script>x()</script>",
    ],
)
def test_a_glance_overlooks_nothing_that_a_closer_look_finds(article: str) -> None:
    text = PAGE % article
    policy, found = make_policy(text, "site/a.html")
    lines = range(
        text[: text.index("<article")].count("\n") + 1, text[: text.rindex("</article>")].count("\n") + 2
    )
    closely, found_closely = _read_policy(text, "site/a.html", lines)
    assert [(d.code, d.place) for d in found] == [(d.code, d.place) for d in found_closely]
    if not found:
        assert policy == closely
    if is_harmless(article):
        assert found_closely == ()
