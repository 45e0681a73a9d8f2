"""Markdown to blocks: plain text, what stands off from it, and the exact place of each link and note."""

from __future__ import annotations

import pytest

from generator.model.places import CorpusFile, Place
from generator.model.text import Block, ParsedText
from generator.text.markdown import parse_markdown
from generator.text.places import PlaceFinder


def parse(text: str, *, has_links: bool = True) -> ParsedText:
    """Return the blocks of a text that is a whole file, with names in capitals for slugs."""
    finder = PlaceFinder(CorpusFile(path="a.md", text=text))
    return parse_markdown(text, finder, name_of=str.upper if has_links else None)[0]


def codes(text: str) -> list[str]:
    """Return the codes of the findings in a text, each with its line and column."""
    finder = PlaceFinder(CorpusFile(path="a.md", text=text))
    found = parse_markdown(text, finder, name_of=str.upper)[1]
    return [f"{d.code} {at(d.place)}" for d in found]


def at(place: Place) -> str:
    return f"{place.line}:{place.column}"


def places(text: str) -> list[str]:
    """Return the places of all wikilinks, citations and note marks, leaf by leaf, and of the notes."""
    parsed = parse(text)
    found: list[Place] = []
    for leaf in parsed.leaves():
        found += [link.place for link in leaf.wikilinks]
        found += [citation.place for citation in leaf.citations]
        found += [mark.place for mark in leaf.note_marks]
    return [at(place) for place in [*found, *(note.place for note in parsed.footnotes)]]


def outline(block: Block) -> object:
    """Return kind and text of a leaf, or kind and children of a container."""
    return (block.kind, block.text or [outline(child) for child in block.children])


def test_styles_stand_off_from_plain_text() -> None:
    (leaf,) = parse("A *b* **c `d`** ~~e~~ [f](https://x.example)").leaves()
    assert leaf.text == "A b c d e f"
    assert [(s.kind, leaf.text[s.span.start : s.span.end], s.address) for s in leaf.styles] == [
        ("emphasis", "b", ""),
        ("code", "d", ""),
        ("strong", "c d", ""),
        ("deleted", "e", ""),
        ("address", "f", "https://x.example"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "a <script>y</script>",
        "<div>\nx\n</div>",
        "<!-- x -->",
        "<img src=x>",
        "</p>",
        "<?php x ?>",
    ],
)
def test_raw_html_is_text(text: str) -> None:
    (leaf,) = parse(text).leaves()
    assert leaf.kind == "paragraph"
    assert leaf.text == " ".join(text.split("\n"))
    assert leaf.styles == ()


def test_a_soft_line_break_is_a_space_and_a_hard_one_a_line_break() -> None:
    assert [leaf.text for leaf in parse("a\nb\n\nc\\\nd  \ne").leaves()] == ["a b", "c\nd\ne"]


def test_entities_and_escapes_are_the_characters_they_stand_for() -> None:
    assert parse(r"&amp; &copy; \* \[[x]] \[@y]").leaves()[0].text == "& © * [[x]] [@y]"


def test_a_table_has_rows_of_cells_and_marks_its_head() -> None:
    (table,) = parse("| a | b |\n|---|---|\n| c | d \\| e |\n| f |\n").blocks
    assert outline(table) == (
        "table",
        [
            ("row", [("cell", "a"), ("cell", "b")]),
            ("row", [("cell", "c"), ("cell", "d | e")]),
            ("row", [("cell", "f"), ("cell", [])]),
        ],
    )
    assert [leaf.level for leaf in table.leaves()] == [1, 1, 0, 0, 0, 0]


def test_lists_nest_and_keep_their_first_number() -> None:
    (outer,) = parse("3. a\n   - b\n     > c\n4. d\n").blocks
    assert outer.level == 3
    assert outline(outer) == (
        "ordered-list",
        [
            (
                "item",
                [
                    ("paragraph", "a"),
                    ("bullet-list", [("item", [("paragraph", "b"), ("quote", [("paragraph", "c")])])]),
                ],
            ),
            ("item", [("paragraph", "d")]),
        ],
    )


def test_a_list_that_starts_at_nought_keeps_its_number() -> None:
    (found,) = parse("0. a\n").blocks
    assert found.level == 0


def test_code_keeps_its_lines() -> None:
    assert [outline(block) for block in parse("```py\na\n\n b\n```\n\n    c\n").blocks] == [
        ("code", "a\n\n b"),
        ("code", "c"),
    ]


def test_a_wikilink_has_its_label_or_the_name_of_its_page() -> None:
    (leaf,) = parse("[[a]] [[b|the b]] [[c#x]] [[d#¶4]] [[ e # y | the\nlabel ]]").leaves()
    assert leaf.text == "A the b C D, ¶4 the label"
    assert [str(link.target) for link in leaf.wikilinks] == ["a", "b", "c#x", "d#¶4", "e#y"]
    assert [leaf.text[link.span.start : link.span.end] for link in leaf.wikilinks] == [
        "A",
        "the b",
        "C",
        "D, ¶4",
        "the label",
    ]


@pytest.mark.parametrize("text", ["[[]]", "[[a", "[[a]", "[[|b]]", "[[#x]]", "[[a|]]", "`[[a]]`", "[[a[b]]]"])
def test_what_is_not_quite_a_wikilink_is_text(text: str) -> None:
    (leaf,) = parse(text).leaves()
    assert leaf.wikilinks == ()
    assert leaf.text == text.strip("`")


def test_a_citation_names_several_targets_with_their_locators() -> None:
    (leaf,) = parse("So it is.[@a, p. 4; @b#c; @d#¶4, note 2, end]").leaves()
    assert leaf.text == "So it is."
    (citation,) = leaf.citations
    assert citation.offset == len("So it is.")
    assert [(str(cited.target), cited.locator) for cited in citation.cited] == [
        ("a", "p. 4"),
        ("b#c", ""),
        ("d#¶4", "note 2, end"),
    ]


def test_the_words_of_others_have_no_wikilinks_and_citations() -> None:
    (leaf,) = parse("[[a]] and [@b].[^1]", has_links=False).leaves()
    assert leaf.text == "[[a]] and [@b]."
    assert [mark.offset for mark in leaf.note_marks] == [15]


def test_a_bare_address_is_one_and_a_bare_name_is_not() -> None:
    (leaf,) = parse("See https://a.example/x. News.com, www.b.com, c@d.com, `http://e.example`.").leaves()
    assert [style.address for style in leaf.styles if style.kind == "address"] == [
        "https://a.example/x",
        "http://www.b.com",
        "mailto:c@d.com",
    ]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "/a", "a.md", "#x", "//a.example", "http://"]
)
def test_an_address_that_leaves_the_web_is_no_link(address: str) -> None:
    (leaf,) = parse(f"[a]({address})").leaves()
    assert leaf.styles == ()


def test_notes_stand_apart_from_the_blocks() -> None:
    parsed = parse("a[^1]\n\n[^1]: b\n\n    c\n\nd\n")
    assert [leaf.text for leaf in parsed.leaves()] == ["a", "d", "b", "c"]
    assert [(note.label, len(note.blocks)) for note in parsed.footnotes] == [("1", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[a]]", ["1:1"]),
        ("\n\n[[a]] x [[a]]\n[[a]] [[b]]", ["3:1", "3:9", "4:1", "4:7"]),
        ("é𝄞 [[a]]", ["1:4"]),
        ("`[[a]]` [[a]] \\[[a]] [[a]]", ["1:9", "1:22"]),
        ("x [[a|long\nlabel]] [[a|long\nlabel]]", ["1:3", "2:9"]),
        ("[[\na]] [[\nb]]", ["1:1", "2:5"]),
        ("> x\n> [[a]]\n[[b]]", ["2:3", "3:1"]),
        ("> - x\n>\n>   [[a]]", ["3:5"]),
        ("- [[a]]\n\n  x\n  [[a]]\n    - [[a]]", ["1:3", "4:3", "5:7"]),
        ("\t- [[a]]\n", []),
        ("-\t[[a]]\n", ["1:3"]),
        ("# [[a]] x #", ["1:3"]),
        ("x [[a]]\n=====", ["1:3"]),
        ("   x\n      [[a]]", ["2:7"]),
        ("| [[a]] | [[a]] |\n|---|---|\n| [[b\\|x]] | [[a]] |", ["1:3", "1:11", "3:3", "3:14"]),
        ("|a|\n|-|\n|a [[a]]|a [[a]]|", ["3:4"]),
        ("**[[a]]** *x [[a]]*", ["1:3", "1:14"]),
        ("[@a] [@a]\n[@a;\n@b] [@a]", ["1:1", "1:6", "2:1", "3:5"]),
        ("x[^1] `[^1]` y[^1]\n\n[^1]: z[^1]", ["1:2", "1:15", "3:8", "3:1"]),
        ("[^1]: [^1]", ["1:7", "1:1"]),
        ("[^1]:\n    z\n\n[^2]:\n\n    y", ["1:1", "4:1"]),
        ("> [^1]: z\n\n- [^2]: y", ["1:3", "3:3"]),
        ("[^1]: a\n[^1]: b", ["1:1", "2:1"]),
    ],
)
def test_links_and_notes_are_placed_by_line_and_column(text: str, expected: list[str]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x ![a *b*](c.png) ![d](e)", ["image-left-out 1:3", "image-left-out 1:19"]),
        ("x [a](b) [a](b)", ["unsafe-address 1:3", "unsafe-address 1:10"]),
        ("x <ftp://a.example>", ["unsafe-address 1:3"]),
        ("x\n[a][r]\n\n[r]: /b", ["unsafe-address 2:1"]),
        ("[@a] x [@a; b]", ["malformed-citation 1:8"]),
        ("> " * 70 + "x", ["nested-too-deep 1:1"]),
    ],
)
def test_findings_are_placed_by_line_and_column(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_text_below_front_matter_is_placed_in_its_file() -> None:
    text = "x [[a]]\n[^1]"
    finder = PlaceFinder(CorpusFile(path="a.md", text=f"---\ntitle: '[[a]]'\n---\n{text}"), first_line=4)
    (leaf,) = parse_markdown(text, finder, name_of=str.upper)[0].leaves()
    assert at(leaf.wikilinks[0].place) == "4:3"
    assert at(leaf.note_marks[0].place) == "5:1"


def test_a_text_in_yaml_is_placed_from_its_key_on() -> None:
    file = CorpusFile(path="a.yml", text='- {x: "[[a]]", y: "[[a]] and\n  [[a]]"}\n')
    finder = PlaceFinder(file, first_line=1, first_column=16, is_exact=False)
    (leaf,) = parse_markdown("[[a]] and [[a]] [[c]]", finder, name_of=str.upper)[0].leaves()
    assert [at(link.place) for link in leaf.wikilinks] == ["1:20", "2:3", "1:16"]


def test_nothing_is_lost_at_the_deepest_nesting_allowed() -> None:
    assert [leaf.text for leaf in parse("> " * 59 + "x").leaves()] == ["x"]
    assert codes("> " * 59 + "x") == []


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n", "[^1]: ", "---", "[a]: b", "|", ">", "- ", "#"])
def test_a_text_without_words_has_no_words(text: str) -> None:
    assert "".join(leaf.text for leaf in parse(text).leaves()).strip(" |") == ""
