"""Previews of a page's links: what they hold, what never gets into them, and how many fit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import format_diagnostic
from generator.load import load_corpus
from generator.model.records import CardSettings, CitationEntry
from generator.render import render_pages
from generator.render.archived import ArchivedCopy, find_archived_copy
from generator.render.previews import MAX_BYTES
from generator.render.strings import open_strings
from generator.resources import TEMPLATES
from tests.corpora import HARBOUR, stage, write_corpus

START = '<script type="application/json" class="previews">'
STRINGS = open_strings([TEMPLATES], "en")


def pages_of(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> dict[str, str]:
    """Return the Markdown of every page of the harbour papers with `files` in place of their own."""
    staged = stage(folder, files)
    pages, found = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    assert not [one for one in found if one.severity == "error"]
    return {path: content.decode() for path, content in pages.items() if path.endswith(".md")}


def previews_in(page: str) -> dict[str, Any]:
    if START not in page:
        return {}
    block = page.split(START)[1].split("</script>")[0]
    previews: dict[str, Any] = json.loads(block)
    return previews


def with_settings(settings: str) -> dict[str, str | bytes | None]:
    return {"dossier.md": f"---\ntitle: Harbour Papers\n{settings}\n---\nSee [[memo-1962]].\n"}


def test_an_actor_is_told_by_kind_latest_role_profile_and_counts(tmp_path: Path) -> None:
    preview = previews_in(pages_of(tmp_path)["documents/memo-1962.md"])["actors/ann-lee"]
    assert preview == {
        "kind": "actor",
        "label": "Person",
        "name": "Ann Lee",
        "lines": ["Harbour engineer, Harbour Board"],
        "text": "She built the quay.",
        "counts": "1 statement · named in 1 passage of 1 document",
    }


def test_the_latest_role_is_the_one_with_the_latest_day(tmp_path: Path) -> None:
    record = """\
---
name: Ann Lee
kind: person
roles:
  - {role: Clerk}
  - {role: Engineer, date: 1958/1964}
  - {role: Pupil, date: "1940"}
---
"""
    preview = previews_in(pages_of(tmp_path, {"actors/ann-lee.md": record})["documents/memo-1962.md"])
    assert preview["actors/ann-lee"]["lines"] == ["Engineer"]


def test_an_issue_is_told_by_overview_counts_and_speakers(tmp_path: Path) -> None:
    preview = previews_in(pages_of(tmp_path)["documents/memo-1962.md"])["issues/harbour-wall"]
    assert preview["text"] == "It leaked."
    assert preview["counts"].startswith("1 annotated passage")
    assert preview["items"] == [["actors/ann-lee", "Ann Lee"]]


def test_an_approximate_date_says_so(tmp_path: Path) -> None:
    record = HARBOUR["documents/memo-1962.md"].replace("1962-03-14", "1962-03~")
    preview = previews_in(pages_of(tmp_path, {"documents/memo-1962.md": record})["actors/ann-lee.md"])
    assert preview["documents/memo-1962"]["label"] == "Memorandum, about March 1962"


def test_a_source_says_how_often_and_where_it_is_cited(tmp_path: Path) -> None:
    previews = previews_in(pages_of(tmp_path)["actors/jo-smith.md"])
    source = previews["bibliography/gazette-1961"]
    assert source["cited"] == "Cited 3 times in this dossier"
    assert [name for _, name in source["where"]] == ["Harbour memo", "The harbour wall", "Jo Smith"]
    pages = {key.split("#")[0] for key, _ in source["where"]}
    assert pages == {"documents/memo-1962", "issues/harbour-wall", "actors/jo-smith"}


def test_a_document_says_how_often_other_pages_cite_it(tmp_path: Path) -> None:
    document = previews_in(pages_of(tmp_path)["actors/ann-lee.md"])["documents/memo-1962"]
    assert document["cited"] == "Cited 2 times elsewhere in this dossier"
    assert document["where"] == [["actors/ann-lee#record", "Ann Lee"]]


def test_the_page_itself_is_only_told_how_often_it_is_cited(tmp_path: Path) -> None:
    own = previews_in(pages_of(tmp_path)["documents/memo-1962.md"])["documents/memo-1962"]
    assert set(own) == {"rights", "cited", "where", "all"}


def test_an_annotation_is_told_with_its_proof(tmp_path: Path) -> None:
    previews = previews_in(pages_of(tmp_path)["issues/harbour-dues.md"])
    assert previews["documents/minutes-1963#a-dues"] == {
        "kind": "passage",
        "label": "Annotated passage, 7 January 1963",
        "name": "Minutes of the Harbour Board",
        "lines": ["Harbour Board"],
        "text": "raise the dues",
        "quote": True,
        "state": "verified-in-source",
        "proof": "verified against a source not published",
    }


def test_a_passage_of_a_published_text_is_quoted(tmp_path: Path) -> None:
    previews = previews_in(pages_of(tmp_path)["actors/ann-lee.md"])
    (passage,) = [one for key, one in previews.items() if "#p-" in key and one["name"] == "Harbour memo, ¶2"]
    assert passage["text"].startswith("In my view the wall will cost twice")
    assert passage["proof"] == "from the transcription"
    assert passage["quote"] is True


def test_words_of_withheld_texts_get_into_no_page(tmp_path: Path) -> None:
    for publish in ("excerpts", "record"):
        record = HARBOUR["documents/minutes-1963.md"].replace("publish: excerpts", f"publish: {publish}")
        pages = pages_of(tmp_path / publish, {"documents/minutes-1963.md": record})
        previews = [json.dumps(previews_in(page)) for page in pages.values()]
        assert any("minutes-1963" in one for one in previews)
        assert not [one for one in previews if "The members resolved" in one or "by a tenth" in one]
        if publish == "record":
            assert not [one for one in previews if "raise the dues" in one]


def test_words_in_another_language_than_the_dossier_say_which(tmp_path: Path) -> None:
    record = HARBOUR["documents/memo-1962.md"].replace("kind: memorandum", "kind: memorandum\nlanguage: cy")
    previews = previews_in(pages_of(tmp_path, {"documents/memo-1962.md": record})["actors/ann-lee.md"])
    assert previews["documents/memo-1962"]["lang"] == "cy"
    assert {one["lang"] for key, one in previews.items() if key.startswith("documents/memo-1962#p-")} == {
        "cy"
    }
    assert "lang" not in previews["actors/harbour-board"]


def test_kinds_that_are_switched_off_are_left_out_but_for_what_notes_need(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, with_settings("cards: {previews: [issue]}"))
    kinds = {one.get("kind", "cited") for page in pages.values() for one in previews_in(page).values()}
    assert kinds == {"issue", "cited"}
    none = pages_of(tmp_path, with_settings("cards: {previews: [], notes: false}"))
    assert not [page for page in none.values() if START in page]


def test_delays_are_checked(tmp_path: Path) -> None:
    staged = stage(tmp_path, with_settings("cards: {note_delay_ms: 0, preview_delay_ms: 5000}"))
    assert staged.corpus.dossier.record.cards == CardSettings(note_delay_ms=0, preview_delay_ms=5000)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("{note_delay_ms: 5001}", "`cards.note_delay_ms` is `5001`, should be 5000 or less"),
        ("{close_delay_ms: -1}", "`cards.close_delay_ms` is `-1`, should be 0 or more"),
        ("{previews: [person]}", "`cards.previews.0` is `person`, should be 'actor'"),
        ("{delay: 3}", "`delay` is not a key of `cards`"),
    ],
)
def test_faulty_settings_are_reported(tmp_path: Path, settings: str, expected: str) -> None:
    _, found = load_corpus(write_corpus(tmp_path, with_settings(f"cards: {settings}")))
    assert expected in "\n".join(format_diagnostic(one) for one in found)


def test_nothing_in_the_block_can_end_it(tmp_path: Path) -> None:
    record = '---\nname: "</script><b>\\u2028 & x"\nkind: person\n---\n</script> She built it.[@memo-1962]\n'
    page = pages_of(tmp_path, {"actors/ann-lee.md": record})["documents/memo-1962.md"]
    block = page.split(START)[1]
    assert block.count("<") == 1
    assert previews_in(page)["actors/ann-lee"]["name"] == "</script><b> & x"


def crowded(number: int) -> dict[str, str | bytes | None]:
    """Return a corpus of one letter that names many actors, each with a long profile."""
    profile = " ".join(["A sentence on the quay and on those who built it, cited."] * 4)
    files: dict[str, str | bytes | None] = {
        f"actors/a{n}.md": f"---\nname: Actor Number{n:04}\nkind: person\n---\n{profile}[@memo-1962]\n"
        for n in range(number)
    }
    names = "\n\n".join(f"Here is Actor Number{n:04}." for n in range(number))
    files["texts/memo-1962.md"] = HARBOUR["texts/memo-1962.md"] + "\n" + names + "\n"
    return files


def test_many_previews_are_shortened_then_left_out(tmp_path: Path) -> None:
    few, many = (
        pages_of(tmp_path / str(number), crowded(number))["documents/memo-1962.md"] for number in (110, 400)
    )
    for page in (few, many):
        assert len(page.split(START)[1].split("</script>")[0].encode()) <= MAX_BYTES
    shown = previews_in(few)
    assert {f"actors/a{n}" for n in range(110)} <= set(shown)
    texts = ["text" in shown[f"actors/a{n}"] for n in range(110)]
    assert texts[0]
    assert not texts[-1]
    assert texts == sorted(texts, reverse=True)
    actors = [key for key in previews_in(many) if key.startswith("actors/a")]
    assert 100 < len(actors) < 400


def test_pages_come_before_passages(tmp_path: Path) -> None:
    for page in pages_of(tmp_path, crowded(60)).values():
        is_passage = ["#" in key for key in previews_in(page)]
        assert is_passage == sorted(is_passage)


def test_an_index_of_many_names_stays_within_the_limit(tmp_path: Path) -> None:
    page = pages_of(tmp_path, crowded(190))["actors/index.md"]
    assert len(page.split(START)[1].encode()) <= MAX_BYTES + len("</script>\n")


def archived(**csl: object) -> ArchivedCopy | None:
    entry = CitationEntry(id="x", type="webpage", title="x", issued=None, url=None, csl=csl)
    return find_archived_copy(entry, STRINGS)


def test_an_archived_copy_has_its_date_from_its_address_or_the_editors() -> None:
    address = "https://web.archive.org/web/20251030111213/https://example.org/a"
    assert archived(archive_location=address) == ArchivedCopy(address=address, date="30 October 2025")
    assert archived(archive=address) == ArchivedCopy(address=address, date="30 October 2025")
    plain = "https://archive.example/x1"
    assert archived(archive_location=plain) == ArchivedCopy(address=plain, date="")
    assert archived(archive_location=plain, custom={"archived": "2025-11"}) == ArchivedCopy(
        address=plain, date="November 2025"
    )


def test_what_is_no_web_address_is_no_archived_copy() -> None:
    assert archived(archive="National Archives", archive_location="Box 4") is None
    assert archived(archive_location="javascript:alert(1)//https://x.example") is None
    assert archived(archive_location="https://x.example/a b") is None
    assert archived() is None


def test_a_wrong_date_of_an_archived_copy_is_no_date() -> None:
    address = "https://web.archive.org/web/20259930111213/https://example.org/a"
    assert archived(archive_location=address) == ArchivedCopy(address=address, date="")
