"""Whatever a text holds, the site's own parser shows exactly its words: none dropped, merged or taken for code."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import markdown
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from generator.check import check_corpus
from generator.index import index_corpus
from generator.link import link_corpus
from generator.load import load_corpus
from generator.render import render_pages
from generator.resources import TEMPLATES

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]
FRAGMENTS = (
    *(
        "word",
        "two words",
        "C#",
        "# ",
        "## Head",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "1) ",
        "12345678901. ",
        "> ",
        "    ",
        "\t",
    ),
    *(
        "---",
        "===",
        "***",
        "___",
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "~~",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "{: #x }",
    ),
    *(
        "|",
        "| a | b |\n|---|---|\n| c | d |",
        "\\",
        "\\*",
        "&amp;",
        "&#42;",
        "&",
        "<",
        ">",
        "<b>",
        "</div>",
        "<!--",
    ),
    *(
        ":",
        ": ",
        ":smile:",
        "!!! note",
        "??? x",
        "=== tab",
        "::: y",
        "/// z",
        "--8<--",
        "*[X]: y",
        "%",
        "@",
        "$x$",
    ),
    *(
        "^",
        "~",
        "=",
        "==x==",
        "++y++",
        "http://a.example/b_c_d",
        "a_b_c",
        "'",
        '"',
        "’",
        "“x”",
        "…",
        "\u00a0",
        "\u200b",
    ),
    *(
        "\n",
        "\n\n",
        "  \n",
        "\\\n",
        "é",
        "e\u0301",
        "中文",
        "שלום",
        "\u2028",
        "\u00ad",
        "\u0002",
        "\u0003",
        "x.",
    ),
)
TEXTS = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=14).map("".join)
RECORD = "---\ntitle: {title}\ndate: 2001\nkind: note\nrights: {{publish: full}}\n---\n{digest}\n"


def words(text: str) -> str:
    """Return the text without white space, and as any parser leaves odd characters."""
    kept = text.replace("\u0002", "\ufffd").replace("\u0003", "\ufffd")
    return "".join(kept.split())


@settings(max_examples=30)
@given(TEXTS)
@example("C#")
@example("# C#\n\ntext")
@example("12345678901. start")
@example("- - nested\n- # head")
@example("> \n\ntext")
@example("#\n\ntext")
def test_the_words_of_a_transcription_are_shown_as_they_are(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "documents").mkdir()
        (root / "texts").mkdir()
        (root / "documents/d.md").write_text(RECORD.format(title="T", digest=""), encoding="utf-8")
        (root / "texts/d.md").write_text(text + "\n\nEnd.\n", encoding="utf-8")
        corpus, found = load_corpus(root)
        assert corpus is not None
        linked, _ = link_corpus(corpus)
        transcription = linked.text("d", "transcription")
        if transcription is None:
            assert found
            return
        index, _ = index_corpus(corpus, linked)
        check_corpus(corpus, linked, index)
        pages, _ = render_pages(corpus, linked, index, [TEMPLATES])
    body = pages["documents/d.md"].decode().split("\n---\n", 1)[1]
    page: Any = html.fromstring(f"<body>{markdown.markdown(body, extensions=EXTENSIONS)}</body>")
    shown = page.xpath('//div[contains(@class, "transcription")]')[0]
    for number in shown.xpath('.//a[contains(@class, "passage-number")]'):
        number.drop_tree()
    expected = "".join(words(leaf.text) for leaf in transcription.leaves)
    assert words(shown.text_content()) == expected
