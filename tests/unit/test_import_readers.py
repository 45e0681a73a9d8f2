"""The readers of the importer: what each format's bytes become, and what is told of them."""

from __future__ import annotations

import codecs

import pytest

from generator.importing.model import Line
from generator.importing.readers.read import read_content
from generator.importing.readers.result import ReadResult
from tests.import_files import make_docx, make_footnotes, make_letter, make_pdf, make_report, make_zip

ACCENTS = "Der Kläger wohnt in Köln, „am Hafen“."


def read(name: str, content: bytes | str) -> ReadResult:
    return read_content(name, content.encode() if isinstance(content, str) else content)


def lines(name: str, content: bytes | str) -> list[Line]:
    """Return the lines that are not blank."""
    received = read(name, content).received
    assert received is not None
    return [line for line in received.lines if line.text]


def texts(name: str, content: bytes | str) -> list[str]:
    return [line.text for line in lines(name, content)]


def page(body: str) -> list[str]:
    return texts("a.html", f"<!doctype html><html><body>{body}</body></html>")


def kinds(body: str) -> list[tuple[str, str]]:
    return [
        (line.kind, line.text) for line in lines("a.html", f"<!doctype html><html><body>{body}</body></html>")
    ]


def facts(name: str, content: bytes | str) -> dict[str, str]:
    """Return the first value of each key."""
    received = read(name, content).received
    assert received is not None
    return {fact.key: fact.value for fact in reversed(received.facts)}


def codes(result: ReadResult) -> list[str]:
    return [diagnostic.code for diagnostic in result.found]


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.pdf", b"Dear Ann,\n\nyes.\n", "text"),
        ("a.txt", b"<!DOCTYPE html><p>Yes.</p>", "html"),
        ("a.docx", b"%PDF-1.4", ""),
        ("a.html", b"No tag at all.", "text"),
        ("a.txt", make_pdf("A line of text"), "pdf"),
        ("a.txt", make_letter(), "docx"),
        ("a.eml", make_letter(), "docx"),
        ("a.txt", b"MIME-Version: 1.0\nFrom: Ann <a@example.org>\nSubject: x\n\nHello\n", "mail"),
    ],
)
def test_content_decides_where_the_name_says_otherwise(name: str, content: bytes, format: str) -> None:
    result = read(name, content)
    assert codes(result)[0] == "wrong-extension"
    assert result.found[0].severity == "info"
    assert (result.received.format if result.received else "") == format


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.text", "letter", "a.csv"])
def test_text_under_a_name_of_text_is_no_finding(name: str) -> None:
    assert codes(read(name, "Dear Ann,\n\n<sup>1</sup> yes.\n")) == []


def test_markdown_that_begins_with_a_piece_of_html_stays_markdown() -> None:
    result = read("a.md", '<p align="center">Seal</p>\n\n# Minutes\n\nText.\n')
    assert result.received is not None
    assert result.received.format == "markdown"


def test_memorandum_that_begins_like_a_letter_is_no_mail() -> None:
    result = read("memo.txt", "FROM: The Board\nTO: All keepers\nDATE: 3 May 1962\n\nLight the lamps.\n")
    assert result.received is not None
    assert result.received.format == "text"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b" \n\n\t\n", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (bytes(range(256)) * 40, "unsupported-format"),
        (b"{\\rtf1 x}", "unsupported-format"),
        (b"\x89PNG\r\n\x1a\n", "unsupported-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted-file"),
        (b"PK\x03\x04 but no archive", "damaged-file"),
        (b"<!doctype html><html><body><script>x()</script></body></html>", "empty-file"),
        (b"<!doctype html><!-- nothing -->", "empty-file"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, code: str) -> None:
    result = read("a", content)
    assert codes(result) == [code]
    assert result.received is None
    assert result.found[0].help


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (ACCENTS.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ACCENTS.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + ACCENTS.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + ACCENTS.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + ACCENTS.encode("utf-32-le"), "utf-32-le"),
        (ACCENTS.encode("utf-16-le"), "utf-16-le"),
        (ACCENTS.encode("utf-16-be"), "utf-16-be"),
        (ACCENTS.encode("utf-32-le"), "utf-32-le"),
        (ACCENTS.encode("utf-32-be"), "utf-32-be"),
        (ACCENTS.encode("cp1252"), "windows-1252"),
    ],
)
def test_text_is_the_same_in_every_encoding(raw: bytes, encoding: str) -> None:
    received = read("a.txt", raw).received
    assert received is not None
    assert ([line.text for line in received.lines], received.encoding) == ([ACCENTS], encoding)


def test_guessed_encoding_is_told() -> None:
    received = read("a.txt", ACCENTS.encode("cp1252")).received
    assert received is not None
    assert received.gaps == ("encoding guessed as windows-1252: the file does not state it",)


def test_cyrillic_text_is_not_read_as_western() -> None:
    text = "Портовое управление собралось на третий день и выслушало инженеров о состоянии стены. " * 4
    assert texts("a.txt", text.encode("cp1251")) == [text.rstrip()]


def test_line_that_is_not_utf8_among_others_is_read_as_windows_1252_and_told() -> None:
    received = read("a.txt", "Köln\nplain\n".encode() + "„Kiel“ für\n".encode("cp1252")).received
    assert received is not None
    assert [line.text for line in received.lines] == ["Köln", "plain", "„Kiel“ für"]
    assert [(r.rule, r.line, r.before, r.after) for r in received.repairs] == [
        ("encoding", 3, "\\x84Kiel\\x93 f\\xfcr", "„Kiel“ für")
    ]


def test_nul_bytes_are_taken_out_and_told() -> None:
    received = read("a.txt", b"one\ntw\0o\nthree is a longer line\n").received
    assert received is not None
    assert [line.text for line in received.lines] == ["one", "two", "three is a longer line"]
    assert [(r.rule, r.line, r.before, r.after) for r in received.repairs] == [
        ("encoding", 2, "tw\\x00o", "two")
    ]


def test_line_ends_of_every_system_part_lines() -> None:
    assert [line.number for line in lines("a.txt", b"one\r\ntwo\rthree\nfour")] == [1, 2, 3, 4]


def test_form_feed_begins_a_page_but_no_line_of_the_file() -> None:
    found = [(line.text, line.number, line.page) for line in lines("a.txt", "one\ntwo\fthree\n\ffour\n")]
    assert found == [("one", 1, 1), ("two", 2, 1), ("three", 2, 2), ("four", 3, 3)]


def test_text_without_form_feeds_has_no_pages() -> None:
    assert {line.page for line in lines("a.txt", "one\ntwo\n\f")} == {0}


def test_page_is_read_in_the_charset_that_it_states() -> None:
    raw = '<html><head><meta charset="iso-8859-2"></head><body><p>Łódź</p></body></html>'.encode("iso-8859-2")
    assert texts("a.html", raw) == ["Łódź"]


def test_headings_have_levels() -> None:
    found = lines("a.html", "<html><body><h1>One</h1><h3>Two<br>parts</h3></body></html>")
    assert [(line.text, line.kind, line.level) for line in found] == [
        ("# One", "heading", 1),
        ("### Two parts", "heading", 3),
    ]


def test_lines_are_counted_where_elements_begin() -> None:
    found = lines(
        "a.html", "<!doctype html>\n<html><body>\n\n<p>one\nmore<br>\ntwo</p>\n<p>three</p></body></html>"
    )
    assert [(line.number, line.text) for line in found] == [(4, "one more"), (5, "two"), (7, "three")]


def test_blank_line_parts_blocks_but_not_the_items_of_a_list() -> None:
    received = read("a.html", "<html><body><p>a</p><ul><li>b<li>c</ul><p>d</p></body></html>").received
    assert received is not None
    assert [line.text for line in received.lines] == ["a", "", "- b", "- c", "", "d"]


def test_lists_nest_and_count() -> None:
    body = "<ul><li>a<ol start=3><li>b</li><li>c</li></ol></li><li><p>d</p><p>e</p></li></ul>"
    assert page(body) == ["- a", "  3. b", "  4. c", "- d", "  e"]


def test_quotations_keep_their_paragraphs() -> None:
    assert page("<blockquote><p>a<br>b</p><p>c</p></blockquote>") == ["> a", "> b", ">", "> c"]


def test_post_of_a_network_is_a_quotation_with_its_author_and_day() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p lang="en">The wall stands. <a href="https://t.co/x">t.co/x</a></p>'
        '&mdash; Ann Lee (@annlee) <a href="https://twitter.com/annlee/status/1">May 14, 2018</a></blockquote>'
    )
    assert page(post) == ["> The wall stands. t.co/x", "> — Ann Lee (@annlee) May 14, 2018"]


def test_table_becomes_rows_and_a_layout_does_not() -> None:
    table = "<table><tr><th>Wall<th>Year</tr><tr><td rowspan=2>a|b<td>1</tr><tr><td>2</tr></table>"
    assert page(table) == ["| Wall | Year |", "| --- | --- |", "| a\\|b | 1 |", "|  | 2 |"]
    assert page("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>") == ["a", "b", "c"]


def test_emphasis_stands_next_to_letters() -> None:
    assert page("<p>the <em> Harbour Gazette, </em>then <b>no</b></p>") == [
        "the *Harbour Gazette,* then **no**"
    ]


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ('<a href="https://example.org/a(b)">x</a>', "[x](https://example.org/a%28b%29)"),
        ('<a href="mailto:a@example.org">a@example.org</a>', "a@example.org"),
        ('<a href="https://example.org/">https://example.org/</a>', "https://example.org/"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="java\nscript:alert(1)">x</a>', "x"),
        ('<a href="data:text/html,x">x</a>', "x"),
        ('<a href="/about">x</a>', "x"),
    ],
)
def test_links_are_kept_only_where_they_lead_to_the_web_or_a_mailbox(link: str, shown: str) -> None:
    assert page(f"<p>{link}</p>") == [shown]


@pytest.mark.parametrize(
    "part",
    [
        "<nav>x</nav>",
        "<header><p>x</p></header>",
        "<footer>x</footer>",
        "<aside>x</aside>",
        "<form><p>x</p></form>",
        "<button>x</button>",
        '<div class="cookie-banner">x</div>',
        '<div id="share-buttons">x</div>',
        '<div role="banner">x</div>',
    ],
)
def test_furniture_of_a_page_is_marked_and_not_dropped(part: str) -> None:
    assert ("furniture", "x") in kinds(f"<p>before</p>{part}<p>after</p>")


def test_header_of_the_document_and_a_form_around_the_page_are_no_furniture() -> None:
    whole = "<form id='aspnet'><article><header><h1>T</h1></header><p>a</p><p>b</p></article></form>"
    assert kinds(whole) == [("heading", "# T"), ("text", "a"), ("text", "b")]


def test_button_in_a_sentence_leaves_the_sentence_whole() -> None:
    assert kinds("<p>one <button>Share</button>two</p>") == [("text", "one two"), ("furniture", "Share")]


def test_hidden_words_are_left_out_and_told() -> None:
    words = "word " * 30
    received = read(
        "a.html", f"<html><body><p>a</p><p hidden>{words}</p><p style='display: none'>x</p></body></html>"
    ).received
    assert received is not None
    assert [line.text for line in received.lines] == ["a"]
    assert received.gaps == ("2 hidden elements with 31 words are left out",)


def test_pictures_leave_their_description() -> None:
    body = (
        '<figure><img src="x" alt="A boat"><figcaption>The boat</figcaption></figure><p>a <img alt="🙂"></p>'
    )
    assert kinds(body) == [("caption", "A boat"), ("caption", "The boat"), ("text", "a 🙂")]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        # pandoc
        (
            '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
            '<section class="footnotes"><hr><ol><li id="fn1"><p>N.<a href="#fnref1" class="footnote-back">↩︎</a>'
            "</p></li></ol></section>",
        ),
        # Wikipedia
        (
            '<sup id="cite_ref-Lee_1-0" class="reference"><a href="#cite_note-Lee-1">[1]</a></sup>',
            '<ol class="references"><li id="cite_note-Lee-1"><span class="mw-cite-backlink"><b>'
            '<a href="#cite_ref-Lee_1-0">^</a></b></span> <span class="reference-text">N.</span></li></ol>',
        ),
        # Word
        (
            '<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span><sup>[1]</sup></span></a>',
            '<div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1"><sup>[1]</sup></a> N.</p>'
            "</div>",
        ),
        # mammoth
        (
            '<sup><a href="#footnote-2" id="footnote-ref-2">[1]</a></sup>',
            '<ol><li id="footnote-2"><p>N. <a href="#footnote-ref-2">↑</a></p></li></ol>',
        ),
        # EPUB
        (
            '<a epub:type="noteref" href="#n1">1</a>',
            '<aside epub:type="footnote" id="n1"><p>1. N.</p></aside>',
        ),
        # by hand
        ('<sup><a href="#a" id="b">1</a></sup>', '<p id="a"><a href="#b">1</a>. N.</p>'),
    ],
)
def test_footnotes_are_found_in_every_guise(mark: str, note: str) -> None:
    found = lines(
        "a.html", f"<!doctype html><html><body><p>The wall fell.{mark} Then it stood.</p>{note}</body></html>"
    )
    assert found[0].text == "The wall fell.<sup>1</sup> Then it stood."
    assert [(line.text, line.label) for line in found if line.kind == "note"] == [("N.", "1")]


def test_raised_letters_that_are_no_marks_stay_letters() -> None:
    assert page("<p>the 25<sup>th</sup> of May<sup>[2]</sup></p>") == ["the 25th of May<sup>2</sup>"]


def test_page_states_facts_in_its_head() -> None:
    head = (
        '<html lang="en-GB"><head><title>T | S</title><meta property="og:title" content="T">'
        '<link rel="canonical" href="https://example.org/t"><meta name="author" content="Ann Lee">'
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2018-05-14T23:00Z",'
        ' "publisher": {"name": "Gazette"}}]}</script></head><body><h1>T</h1></body></html>'
    )
    assert facts("a.html", head) == {
        "title": "T",
        "date": "2018-05-14",
        "publisher": "Gazette",
        "author": "Ann Lee",
        "language": "en-GB",
        "url": "https://example.org/t",
    }


@pytest.mark.parametrize("broken", ["{", "[" * 100_000, '{"@type": "Article", "datePublished": 5}', "null"])
def test_broken_description_of_a_page_states_nothing(broken: str) -> None:
    assert facts("a.html", f'<html><script type="application/ld+json">{broken}</script><p>a</p></html>') == {}


def test_report_in_pdf_has_headings_paragraphs_marks_and_notes() -> None:
    found = lines("a.pdf", make_report())
    assert [(line.text, line.level) for line in found[:2]] == [
        ("# Report on the Harbour Wall", 1),
        ("## First findings", 2),
    ]
    whole = "\n".join(line.text for line in found)
    assert "of the wall.<sup>1</sup> The" in whole.replace("\n", " ")
    assert "Nothing was done.<sup>2</sup>" in whole
    assert whole.endswith(
        "<sup>1</sup> Lee, “The Wall,” *Harbour Gazette*, 1962.\n<sup>2</sup> Minutes of the board."
    )


def test_paragraphs_of_a_pdf_are_parted_by_blank_lines() -> None:
    received = read("a.pdf", make_report()).received
    assert received is not None
    blanks = [place for place, line in enumerate(received.lines) if not line.text]
    assert len(blanks) == 5
    assert received.lines[blanks[2] + 1].text.startswith("Nothing was done.")


def test_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    words = " ".join(texts("a.pdf", make_report(columns=2))[1:]).split()
    assert words == [f"w{paragraph}x{word}" for paragraph in range(14) for word in range(40)]


def test_pdf_states_a_title_only_where_it_is_no_file_name() -> None:
    assert facts("a.pdf", make_report())["title"] == "Report on the Harbour Wall"
    assert "title" not in facts("a.pdf", make_pdf("words", title="Microsoft Word - letter.docx"))


def test_pages_of_a_pdf_are_counted_and_those_without_text_told() -> None:
    received = read("a.pdf", make_pdf("one", "", "three")).received
    assert received is not None
    assert [(line.text, line.page) for line in received.lines if line.text] == [("one", 1), ("three", 3)]
    assert received.gaps == ("no text layer on page 2",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (make_pdf("", ""), "no-text-layer"),
        (make_pdf("secret", password="x"), "encrypted-file"),
        (b"%PDF-1.4 and no more", "damaged-file"),
        (make_report()[:900], "damaged-file"),
    ],
)
def test_pdf_that_cannot_be_read_says_why(content: bytes, code: str) -> None:
    assert codes(read("a.pdf", content)) == [code]


def test_word_file_keeps_insertions_and_leaves_deletions_out() -> None:
    result = read("a.docx", make_letter())
    assert result.received is not None
    found = [(line.kind, line.text) for line in result.received.lines if line.text]
    assert found == [
        ("furniture", "Harbour Board"),
        ("heading", "# Letter on the Wall"),
        ("text", "We ask for two walls, *soon*"),
        ("item", "- Oil the gate."),
        ("table", "| Wall | Year |"),
        ("table", "| --- | --- |"),
        ("table", "| North | 1898 |"),
    ]
    assert result.received.gaps == ("tracked changes: 1 deletions are left out, 1 insertions stand",)
    assert facts("a.docx", make_letter())["title"] == "Letter on the Wall"


def test_paragraphs_of_a_word_file_are_counted_empty_ones_as_well() -> None:
    numbers = [line.number for line in lines("a.docx", make_letter())]
    assert numbers[:4] == [1, 2, 3, 5]


def test_notes_of_a_word_file_are_notes_and_lost_marks_are_told() -> None:
    received = read("a.docx", make_footnotes()).received
    assert received is not None
    assert [(line.kind, line.label, line.text) for line in received.lines if line.text] == [
        ("text", "", "The wall fell.<sup>1</sup>"),
        ("note", "1", "Minutes, p. 4."),
    ]
    assert received.gaps == ("1 notes have no mark in the text, and are left out",)


def test_empty_word_file_says_so() -> None:
    assert codes(read("a.docx", make_docx(lambda document: None))) == ["empty-file"]


MAIL = b"""Received: from x by y
Message-ID: <1@example.org>
From: =?utf-8?q?Ann_L=C3=A9e?= <ann@example.org>
To: Board <board@example.org>
Subject: The wall
Date: Mon, 14 May 2018 23:30:00 -0700
MIME-Version: 1.0
"""


def test_mail_states_its_headers_and_quotes_its_history() -> None:
    content = MAIL + b"Content-Type: text/plain; charset=utf-8\n\nDear board,\n\nyes.\n\n> No?\n>> Maybe.\n"
    assert facts("a.eml", content) == {
        "title": "The wall",
        "author": "Ann Lée <ann@example.org>",
        "recipient": "Board <board@example.org>",
        "date": "2018-05-14",
        "kind": "e-mail",
    }
    assert [(line.number, line.kind, line.text) for line in lines("a.eml", content)] == [
        (10, "text", "Dear board,"),
        (12, "text", "yes."),
        (14, "quote", "> No?"),
        (15, "quote", "> > Maybe."),
    ]


def test_plain_text_of_a_mail_is_preferred_to_its_page_and_attachments_are_further_files() -> None:
    content = MAIL + (
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: multipart/alternative; boundary="y"\n\n'
        b"--y\nContent-Type: text/plain\n\nplain\n--y\nContent-Type: text/html\n\n<p>page</p>\n--y--\n"
        b'--x\nContent-Type: application/octet-stream; name="../../etc/note.txt"\n'
        b'Content-Disposition: attachment; filename="../../etc/note.txt"\n\nattached\n'
        b'--x\nContent-Type: image/png; name="logo.png"\nContent-Transfer-Encoding: base64\n\niVBORw==\n--x--\n'
    )
    result = read("a.eml", content)
    assert result.received is not None
    assert [line.text for line in result.received.lines] == ["plain"]
    assert [(member.name, member.content.strip()) for member in result.members] == [("note.txt", b"attached")]
    assert result.received.gaps == ("attachment `logo.png` (image/png, 4 bytes) is not imported",)


def test_mail_with_a_page_only_is_read_as_a_page() -> None:
    content = (
        MAIL + b"Content-Type: text/html; charset=iso-8859-1\n\n<html><body><p>K\xf6ln</p></body></html>\n"
    )
    assert texts("a.eml", content) == ["Köln"]


def test_members_of_an_archive_are_further_files_in_the_order_of_their_names() -> None:
    result = read(
        "a.zip",
        make_zip({"b/two.txt": b"two", "a.txt": b"one", "__MACOSX/._a": b"x", "a_files/x.html": b"y"}),
    )
    assert [(member.name, member.content) for member in result.members] == [
        ("a.txt", b"one"),
        ("b/two.txt", b"two"),
    ]
    assert codes(result) == ["members-left-out"]
