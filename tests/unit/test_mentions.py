"""Mentions in a corpus: where names are looked for, and who decides a shared one."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.linked import TextRole
from tests.corpora import Staged, stage

PROFILE = "---\nname: Jo Smith\nkind: person\n---\n"
TOM = {"actors/tom-lee.md": "---\nname: Tom Lee\nkind: person\naliases: [Lee]\n---\n"}
TWO_LEES = {**TOM, "actors/ann-lee.md": "---\nname: Ann Lee\nkind: person\naliases: [Lee]\n---\n"}
MINUTES = """\
---
title: Minutes
date: 1963
kind: minutes
rights: {{publish: full}}
resolve:
{}---
"""


def named(staged: Staged, owner: str, role: TextRole, key: str = "") -> list[tuple[str, str]]:
    """Return the words and slugs of the mentions in one text."""
    text = staged.linked.text(owner, role, key)
    assert text is not None
    return [(text.leaves[m.leaf].text[m.span.start : m.span.end], m.slug) for m in text.mentions]


@pytest.mark.parametrize(
    "markdown",
    [
        "`Ann Lee`",
        "    Ann Lee",
        "```\nAnn Lee\n```",
        "[Ann Lee](https://a.example)",
        "https://a.example/Ann.Lee/Lee",
        "<https://a.example/Lee>",
        "[[harbour-board|Ann Lee]]",
        "[[ann-lee]]",
        "[@gazette-1961, Ann Lee]",
        "[^1]\n\n[^1]: Note.",
    ],
    ids=["code", "indented", "fence", "link", "bare", "autolink", "label", "wikilink", "locator", "note"],
)
def test_a_name_inside_code_a_link_or_a_locator_is_not_a_mention(markdown: str, tmp_path: Path) -> None:
    staged = stage(tmp_path, {"actors/jo-smith.md": f"{PROFILE}\n{markdown}\n"})
    assert named(staged, "jo-smith", "profile") == []


@pytest.mark.parametrize(
    "markdown",
    [
        "*Ann* Lee",
        "**Ann Lee**",
        "> Ann Lee",
        "- Ann Lee",
        "# Ann Lee",
        "|a|\n|-|\n|Ann Lee|",
        "Ann\nLee",
        "~~Ann Lee~~",
    ],
)
def test_a_name_in_styled_or_nested_text_is_a_mention(markdown: str, tmp_path: Path) -> None:
    staged = stage(tmp_path, {"actors/jo-smith.md": f"{PROFILE}\n{markdown}\n"})
    assert named(staged, "jo-smith", "profile") == [("Ann Lee", "ann-lee")]


FOOTNOTE = {
    "texts/memo-1962.md": "In my view the wall will cost twice the sum named.[^1]\n\n"
    "[^1]: Jo Smith, *Ann Lee\u2019s sea wall*.\n",
    "citations.yml": '- {id: gazette-1961, type: book, title: "Ann Lee\'s sea wall"}\n',
}


def test_a_name_in_the_title_of_a_cited_work_is_not_a_mention(tmp_path: Path) -> None:
    assert named(stage(tmp_path, FOOTNOTE), "memo-1962", "transcription") == [("Jo Smith", "jo-smith")]


def test_a_name_in_the_title_of_a_cited_work_is_a_mention_where_the_dossier_asks_for_it(
    tmp_path: Path,
) -> None:
    settings = {"dossier.md": "---\ntitle: X\nmentions: {in_citation_titles: true}\n---\n"}
    assert named(stage(tmp_path, {**FOOTNOTE, **settings}), "memo-1962", "transcription") == [
        ("Jo Smith", "jo-smith"),
        ("Ann Lee", "ann-lee"),
        ("sea wall", "harbour-wall"),
    ]


def test_names_are_found_in_notes_and_fields_of_records(tmp_path: Path) -> None:
    staged = stage(
        tmp_path,
        {
            "annotations/minutes-1963.yml": "- {id: dues, quote: raise the dues, note: So Jo Smith.}\n",
            "documents/minutes-1963.md": MINUTES.format("").replace(
                "resolve:\n", "gaps: [{what: The list, why: Ann Lee names it.}]\n"
            ),
        },
    )
    assert named(staged, "minutes-1963", "annotation", "dues") == [("Jo Smith", "jo-smith")]
    assert named(staged, "minutes-1963", "field", "gaps.0.why") == [("Ann Lee", "ann-lee")]


def test_a_shared_alias_is_linked_to_nobody(tmp_path: Path) -> None:
    staged = stage(tmp_path, {**TWO_LEES, "texts/minutes-1963.md": "Lee met Tom Lee.\n"})
    assert named(staged, "minutes-1963", "transcription") == [("Tom Lee", "tom-lee")]
    assert [d.code for d in staged.diagnostics if d.severity == "error"][:1] == ["ambiguous-alias"]


def test_a_document_decides_a_shared_alias_in_all_its_texts(tmp_path: Path) -> None:
    staged = stage(
        tmp_path,
        {
            **TWO_LEES,
            "documents/minutes-1963.md": MINUTES.format("  - {alias: Lee, as: ann-lee}\n") + "Lee asked.\n",
            "texts/minutes-1963.md": "Lee resolved to raise the dues.\n",
        },
    )
    assert named(staged, "minutes-1963", "digest") == [("Lee", "ann-lee")]
    assert named(staged, "minutes-1963", "transcription") == [("Lee", "ann-lee")]
    assert "ambiguous-alias" not in staged.messages


def test_a_quoted_span_decides_before_the_document(tmp_path: Path) -> None:
    decisions = (
        "  - {alias: Lee, as: ann-lee}\n"
        "  - {alias: Lee, as: tom-lee, quote: my brother Lee}\n"
        "  - {alias: Lee, as: nobody, quote: Lee, suffix: Street}\n"
    )
    staged = stage(
        tmp_path,
        {
            **TWO_LEES,
            "documents/minutes-1963.md": MINUTES.format(decisions),
            "texts/minutes-1963.md": "Lee asked, and my brother\nLee of Lee Street answered Lee. raise the dues\n",
        },
    )
    assert named(staged, "minutes-1963", "transcription") == [
        ("Lee", "ann-lee"),
        ("Lee", "tom-lee"),
        ("Lee", "ann-lee"),
    ]
    assert "ambiguous-alias" not in staged.messages
    assert "unused-resolution" not in staged.messages


def test_a_decision_for_nobody_makes_no_mention(tmp_path: Path) -> None:
    staged = stage(
        tmp_path,
        {
            **TWO_LEES,
            "documents/minutes-1963.md": MINUTES.format("  - {alias: Lee, as: nobody}\n"),
            "texts/minutes-1963.md": "Lee resolved to raise the dues.\n",
        },
    )
    assert named(staged, "minutes-1963", "transcription") == []
    assert "ambiguous-alias" not in staged.messages


def test_one_undecided_document_keeps_a_shared_alias_an_error(tmp_path: Path) -> None:
    staged = stage(
        tmp_path,
        {
            **TWO_LEES,
            "documents/minutes-1963.md": MINUTES.format("  - {alias: Lee, as: ann-lee}\n"),
            "texts/minutes-1963.md": "Lee resolved to raise the dues.\n",
            "actors/jo-smith.md": f"{PROFILE}He knew Lee.\n",
        },
    )
    assert "undecided in corpus/actors/jo-smith.md:5\n" in staged.messages


def test_a_name_without_letters_or_digits_names_nothing(tmp_path: Path) -> None:
    staged = stage(
        tmp_path,
        {f"actors/{slug}.md": '---\nname: "\\u200b"\nkind: person\naliases: ["…"]\n---\n' for slug in "ab"},
    )
    assert "ambiguous-alias" not in staged.messages
