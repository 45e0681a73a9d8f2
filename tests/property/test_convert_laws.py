"""The fast reader of generated pages writes what Python-Markdown writes, or leaves the page to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from generator.convert.extension import GeneratedPages
from generator.convert.page import read_page
from generator.render.escape import escape_text

# Those of mkdocs.yml, and what MkDocs adds of itself.
USUAL = ("toc", "tables", "fenced_code", "attr_list", "md_in_html")
GOLDEN = sorted(Path("tests/golden").rglob("*.md"))

PIECES = st.sampled_from(
    [
        "words", "Two words.", "\n", "\n\n", "\n\n\n", " ", "  \n", "\t", "    ", "# ",
        "## A heading {: #h }\n\n", "### C# {: #c }\n", "## *A* {: #e .x data-y }\n\n",
        "# [A](a.md){: .b } {: #l }\n\n", "- one\n- two\n", "1. a\n", "2020. A year", "---\n", "***",
        "* * *\n", "> quote\n", "| a | b |\n| --- | --- |\n| c | d |\n", "```\ncode\n```\n", "~~~",
        "`code`", "*em*", "**st**", "_u_", "a_b_c", "\\*", "&amp;", "&#42;", "&lt;p&gt;", "&", "&x", "&x;",
        "<", ">", "<br>", "<br>\n", "<br />", "<b>", "</b>", "<em>e</em>", '<span class="x">', "</span>",
        '<mark id="s-a">m</mark>', "<!-- c -->", "<?php ?>", "<a>", "</a>", '<a href="x.md">y</a>',
        '<img src="a.png">', "![i](a.png)", "[t](a.md)", "[t](a.md){: .k }",
        '[t](a.md#b){: .k rel="next" }', "[t](a.md){: #i }", "[t](a.md 'title')", "[t](<a b.md>)", "[t][r]",
        "[r]: a.md\n", "[t]", "[", "]", "(", ")", "{", "}", "{: .k }", "{.k}", "[a [b](c.md)](d.md)",
        "[*e*](a.md)", "[<b>x</b>](a.md?q=1)", "[t](a_b_c.md)", "[t](https://a.example/x)",
        "https://a.example", "!", "?", '<div markdown="block">\n',
        '<div class="p" id="q" markdown="block">\n\n', "</div>", "\n</div>\n", "</div>\n\n",
        '<p markdown="span">', '<p class="b a" markdown="span">', "</p>", "</p>\n", '<li markdown="span">',
        "</li>\n", '<ul markdown="block">\n', "</ul>\n", '<dl markdown="block">\n', "<dt>T</dt>\n",
        "<dt><b>T</b></dt>\n", '<dd markdown="span">', "</dd>\n", "</dl>\n",
        '<details class="f" markdown="block">\n', '<summary markdown="span">s</summary>\n', "</details>\n",
        '<blockquote markdown="block">\n\n', "\n\n</blockquote>", "<div></div>\n",
        '<div class="e" data-x></div>\n', "<pre><code>a\n\nb</code></pre>\n", "<hr>\n",
        "<form>\n<p>x</p>\n</form>\n", '<script type="application/json">{"a": "<b>"}</script>\n',
        "<script>x</script>", "<style>p {}</style>\n",
        '<table markdown="block">\n<tr markdown="block"><th>h</th><td markdown="span">c</td></tr>\n</table>\n',
        '<div markdown="1">\n', "<div markdown>\n", "<DIV>\n",
        '<div title="&quot;a&amp;b&#39;" markdown="block">\n', "<div title='x' markdown='block'>",
        '<svg><path d="M0 0"/></svg>', "<noscript><p>n</p></noscript>\n\n", "Text {: #x }", "Text\n{: .x }",
        ":-)", "a: b", ": def", "!!! note\n", "*[A]: B\n", "term\n: def\n", "\r\n", "\x02", "\x03", "é",
        "中文", "\u2028", "\xa0", "wzxhzdk:0", "klzzwxh:0001", "STX", "=====\n", "-----\n", "^x^", "~x~",
        "+ a\n", "1) a\n", "[x]: <y>\n", "<x@y.example>", "<https://a.example>", "\\",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)
# As templates put them together: values are escaped.
ESCAPED = st.text(alphabet=st.characters(codec="utf-8"), max_size=30).map(escape_text)


def convert(text: str, *, is_fast: bool) -> tuple[str, object]:
    extensions = [*USUAL, GeneratedPages()] if is_fast else [*USUAL]
    reader = Markdown(extensions=extensions)
    return reader.convert(text), reader.toc_tokens


@settings(max_examples=600)
@given(TEXTS)
@example("## A heading {: #h }\n\nwords")
@example('<div markdown="block">\n\nwords\n\n</div>\n\nwords')
@example("## *A* {: #h }")
@example('<div markdown="block">\n</div>')
def test_any_text_is_written_as_python_markdown_writes_it(text: str) -> None:
    assert convert(text, is_fast=True) == convert(text, is_fast=False)


@settings(max_examples=150)
@given(ESCAPED, ESCAPED, ESCAPED)
def test_escaped_words_are_written_as_python_markdown_writes_them(
    first: str, second: str, third: str
) -> None:
    text = (
        f'# {first or "x"} {{: #top }}\n\n<div class="prose" markdown="block">\n\n{second}\n\n</div>\n\n'
        f'<p markdown="span">[{first}](a.md){{: .actor }} {third}</p>\n<dl markdown="block">\n<dt>{second}</dt>\n'
        f'<dd markdown="span">{third}</dd>\n</dl>\n'
    )
    assert convert(text, is_fast=True) == convert(text, is_fast=False)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.relative_to("tests/golden").as_posix())
def test_golden_pages_are_read_fast_and_alike(path: Path) -> None:
    # MkDocs takes the front matter off.
    text = path.read_text("utf-8").partition("\n---\n")[2].lstrip("\n")
    assert read_page(text) is not None
    assert convert(text, is_fast=True) == convert(text, is_fast=False)


def test_another_extension_means_that_python_markdown_reads_the_page() -> None:
    text = 'Words, abbr.\n\n<p markdown="span">abbr</p>\n\n*[abbr]: abbreviation\n'
    with_another = Markdown(extensions=[*USUAL, "abbr", GeneratedPages()]).convert(text)
    assert with_another == Markdown(extensions=[*USUAL, "abbr"]).convert(text)
    smart = Markdown(extensions=[*USUAL, "smarty", GeneratedPages()]).convert('"Words"')
    assert smart == Markdown(extensions=[*USUAL, "smarty"]).convert('"Words"')
    linked = {"toc": {"permalink": True}}
    headed = Markdown(extensions=[*USUAL, GeneratedPages()], extension_configs=linked).convert("## A {: #a }")
    assert headed == Markdown(extensions=[*USUAL], extension_configs=linked).convert("## A {: #a }")
