"""Statements that rest on one origin: counted on its page, said at each of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.build import write_dossier
from generator.layout import find_layout
from generator.resources import TEMPLATES
from tests.corpora import stage, write_corpus

# One article, told by the memorandum, by the minutes after the memorandum, and by a letter after the minutes.
TOLD: Mapping[str, str] = {
    "annotations/memo-1962.yml": """\
- id: wall-cost
  quote: the wall will cost twice the sum named
  speaker: ann-lee
  addressee: [harbour-board]
  issues: [harbour-wall]
  origin: gazette-1961
""",
    "annotations/minutes-1963.yml": """\
- id: dues
  quote: raise the dues
  speaker: [harbour-board]
  issues: [harbour-dues]
  chain: [{actor: ann-lee}, {name: a clerk}]
  origin: memo-1962#wall-cost
""",
    "documents/letter-1964.md": """\
---
title: Letter to the Gazette
date: 1964
kind: letter
rights: {publish: full}
provenance: [{actor: jo-smith}, {name: A shop}]
---
""",
    "texts/letter-1964.md": "They will raise the dues, and the wall will cost more.\n",
    "annotations/letter-1964.yml": """\
- id: raised
  quote: raise the dues
  attribution: the letter
  origin: minutes-1963#dues
- id: cost
  quote: the wall will cost more
  attribution: the letter
  origin: memo-1962
""",
}


def write_pages(folder: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """Return the folder of pages of the harbour corpus with these files."""
    write_corpus(folder, files)
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None
    assert write_dossier(layout, lambda stage: None).is_done
    return layout.docs


def test_statements_rest_on_their_origin_and_on_the_origins_of_these(tmp_path: Path) -> None:
    staged = stage(tmp_path, TOLD)
    assert staged.messages == ""
    resting = {
        slug: [(one.document, one.annotation.id) for one in origin.statements]
        for slug, origin in staged.index.origins.items()
    }
    assert resting == {
        "gazette-1961": [("memo-1962", "wall-cost"), ("minutes-1963", "dues"), ("letter-1964", "raised")],
        "memo-1962": [("minutes-1963", "dues"), ("letter-1964", "raised"), ("letter-1964", "cost")],
        "minutes-1963": [("letter-1964", "raised")],
    }


def test_documents_and_outlets_of_an_origin_are_counted_once(tmp_path: Path) -> None:
    origin = stage(tmp_path, TOLD).index.origins["gazette-1961"]
    assert origin.documents == ("memo-1962", "minutes-1963", "letter-1964")
    assert origin.outlets == ("ann-lee", "jo-smith")


def test_each_statement_knows_its_farthest_origin(tmp_path: Path) -> None:
    assert stage(tmp_path, TOLD).index.rests_on == {
        ("memo-1962", "wall-cost"): "gazette-1961",
        ("minutes-1963", "dues"): "gazette-1961",
        ("letter-1964", "raised"): "gazette-1961",
        ("letter-1964", "cost"): "memo-1962",
    }


def test_a_statement_that_is_not_published_is_no_link_of_a_chain(tmp_path: Path) -> None:
    record = "---\ntitle: Minutes\ndate: 1963-01\nkind: minutes\nrights: {publish: record}\n---\n"
    index = stage(tmp_path, {**TOLD, "documents/minutes-1963.md": record}).index
    assert [one.annotation.id for one in index.origins["gazette-1961"].statements] == ["wall-cost"]
    assert [one.annotation.id for one in index.origins["minutes-1963"].statements] == ["raised"]


def test_a_circle_is_followed_once(tmp_path: Path) -> None:
    circle = TOLD["annotations/memo-1962.yml"].replace("gazette-1961", "minutes-1963#dues")
    index = stage(tmp_path, {**TOLD, "annotations/memo-1962.yml": circle}).index
    assert [one.document for one in index.origins["minutes-1963"].statements] == ["memo-1962", "letter-1964"]


def test_an_origin_and_the_hands_of_a_chain_are_backlinks(tmp_path: Path) -> None:
    backlinks = stage(tmp_path, TOLD).index.backlinks
    uses = [
        (page.source, one.relation, one.context.words if one.context else "")
        for slug in ("gazette-1961", "ann-lee")
        for page in backlinks[slug]
        for one in page.references
        if one.relation in ("origin", "chain")
    ]
    assert uses == [
        ("memo-1962", "origin", "the wall will cost twice the sum named"),
        ("minutes-1963", "chain", ""),
    ]


def test_the_page_of_an_origin_counts_documents_and_lists_the_statements(tmp_path: Path) -> None:
    pages = write_pages(tmp_path, TOLD)
    page = (pages / "bibliography/gazette-1961.md").read_text()
    section = page.partition("## Statements that rest on this source")[2].partition("\n## ")[0]
    assert section.startswith(' <span class="count">3</span> {: #origin')
    assert "3 documents, 1 origin. Through: [Ann Lee](../actors/ann-lee.md){: .actor }, [Jo Smith]" in section
    assert section.count('<div class="backlink"') == 3
    assert "“raise the dues”" in section
    assert "[passage](../documents/letter-1964.md#a-raised){: .document }" in section
    assert "## Statements that rest on this document" in (pages / "documents/memo-1962.md").read_text()
    assert "that rest on" not in (pages / "documents/letter-1964.md").read_text()


def test_a_statement_says_who_else_rests_on_its_origin(tmp_path: Path) -> None:
    pages = write_pages(tmp_path, TOLD)
    source = "[The wall that leaks](../bibliography/gazette-1961.md#origin){: .source }"
    line = f"rests on {source}, together with 2 other statements; 3 documents in all"
    for page in ("documents/memo-1962.md", "documents/letter-1964.md", "actors/ann-lee.md"):
        assert line in (pages / page).read_text()


def test_an_origin_of_one_document_alone_is_not_said_at_its_statements(tmp_path: Path) -> None:
    pages = write_pages(tmp_path, {"annotations/memo-1962.yml": TOLD["annotations/memo-1962.yml"]})
    assert "rests on" not in (pages / "documents/memo-1962.md").read_text()
    assert "1 document, 1 origin." in (pages / "bibliography/gazette-1961.md").read_text()
