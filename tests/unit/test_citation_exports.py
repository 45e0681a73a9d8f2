"""Documents and sources for reference managers: what is written is read again, whatever the words."""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import split_multiple_persons_names
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from generator.engine.processes import JOBS
from generator.model.records import CitationEntry
from generator.page_store import begin_citations
from generator.render import EarlyCitations, open_dossier, render_pages
from generator.render.bibtex import bibtex_key, write_bibtex
from generator.render.citation_exports import export_entry
from generator.render.citation_markup import clean_text
from generator.render.document_csl import csl_type, document_entry
from generator.render.ris import write_ris
from generator.render.strings import open_strings
from generator.resources import TEMPLATES
from tests.corpora import Staged, stage
from tests.unit.test_page_work import layout_of

ENGLISH = open_strings([TEMPLATES], "en")
CONTEXT = get_default_latex_context_db()
CONTEXT.add_context_category(
    "ours",
    prepend=True,
    macros=[
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
    ],
)
LATEX = LatexNodes2Text(latex_context=CONTEXT, math_mode="verbatim")
# TeX sets these as dashes and quotation marks, which is what their writers mean.
LIGATURES = ("--", "``", "''", "?`", "!`")
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cn"))
ANN_LEE = "---\nname: Ann Lee\nsort_name: Lee, Ann\nkind: person\n---\nShe built the quay.[@memo-1962#¶2]\n"
MINUTES = """\
---
title: Minutes of the Harbour Board
date: 1963-01~
kind: news report
publisher: harbour-board
provenance:
  - {name: Copy, url: "https://example.org/copy"}
  - {actor: harbour-board, url: "https://example.org/own"}
rights: {publish: excerpts}
---
The dues.[@minutes-1963#dues]
"""
# Words as they may stand in a title: any letters, and much of what TeX and RIS take for code.
WORDS = st.text(st.one_of(LETTERS, st.sampled_from('\\{}~^&%$#_"@,=-\r\n\u2028 ')), min_size=1).filter(
    lambda text: bool(clean_text(text)) and not any(sign in text for sign in LIGATURES)
)


def make_entry(title: str = "The wall", *, kind: str = "document", **csl: Any) -> CitationEntry:
    """Return an entry; an underscore in the name of a variable stands for a hyphen."""
    values = {name.replace("_", "-"): value for name, value in csl.items()}
    return CitationEntry(
        id="memo-1962",
        type=kind,
        title=title,
        issued="1962-03-14",
        url=values.get("URL"),
        csl={"id": "memo-1962", "type": kind, "title": title, **values},
    )


def read_bibtex(text: str) -> Any:
    library = parse_string(text)
    assert library.failed_blocks == []
    (entry,) = library.entries
    return entry


def read_ris(text: str) -> dict[str, Any]:
    (entry,) = rispy.loads(text)
    return dict(entry)


def plain(latex: str) -> str:
    return str(LATEX.latex_to_text(latex)).strip()


@given(WORDS)
def test_any_title_is_read_again_from_bibtex(title: str) -> None:
    entry = read_bibtex(write_bibtex(make_entry(title), ENGLISH))
    assert " ".join(plain(entry["title"]).split()) == clean_text(title)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_any_names_are_read_again_from_bibtex(names: list[str]) -> None:
    written = write_bibtex(make_entry(author=[{"literal": name} for name in names]), ENGLISH)
    read = split_multiple_persons_names(read_bibtex(written)["author"])
    assert [" ".join(plain(name).split()) for name in read] == [clean_text(name) for name in names]


@given(WORDS)
def test_any_title_is_read_again_from_ris(title: str) -> None:
    assert read_ris(write_ris(make_entry(title)))["title"] == clean_text(title)


@given(WORDS, WORDS)
def test_no_words_make_a_further_line_or_entry(title: str, name: str) -> None:
    entry = make_entry(f"{title}\nER  - \r\nTY  - BOOK", author=[{"literal": f"{name}\u2028KW  - x"}])
    lines = write_ris(entry).split("\r\n")
    assert [line[:6] for line in lines] == ["TY  - ", "AU  - ", "TI  - ", "ID  - ", "ER  - ", ""]
    assert len(parse_string(write_bibtex(entry, ENGLISH)).entries) == 1


@given(st.dictionaries(st.sampled_from(("publisher", "genre", "language")), WORDS), WORDS)
def test_csl_json_is_read_again(values: dict[str, str], title: str) -> None:
    entry = make_entry(title, **values)
    (read,) = json.loads(export_entry(entry, ENGLISH)[2].text)
    assert read == entry.csl


def test_a_bibtex_entry_can_be_read_by_a_person() -> None:
    entry = make_entry(
        "Cost & risk of {walls}",
        author=[{"family": "Lee", "given": "Ann"}, {"literal": "Harbour Board"}],
        recipient=[{"family": "Smith", "given": "Jo"}],
        publisher="Port Press",
        genre="memorandum",
        issued={"date-parts": [[1962, 3, 14]]},
        URL="https://example.org/a?b=1&c={2}",
    )
    assert write_bibtex(entry, ENGLISH) == (
        "@misc{memo-1962,\n"
        "  author = {Lee, Ann and {Harbour Board}},\n"
        "  title = {{Cost \\& risk of \\textbraceleft{}walls\\textbraceright{}}},\n"
        "  publisher = {Port Press},\n"
        "  type = {memorandum},\n"
        "  date = {1962-03-14},\n"
        "  year = {1962},\n"
        "  month = mar,\n"
        "  url = {https://example.org/a?b=1&c=%7B2%7D},\n"
        "  note = {To Jo Smith}\n"
        "}\n"
    )


def test_an_ris_entry_has_the_tags_of_its_type() -> None:
    entry = make_entry(
        kind="personal_communication",
        author=[{"family": "Lee", "given": "Ann"}],
        recipient=[{"literal": "Harbour Board"}],
        issued={"date-parts": [[1962, 3]], "circa": True, "literal": "about March 1962"},
    )
    assert write_ris(entry).split("\r\n") == [
        "TY  - PCOMM",
        "AU  - Lee, Ann",
        "A2  - Harbour Board",
        "TI  - The wall",
        "PY  - 1962",
        "DA  - 1962/03//about March 1962",
        "ID  - memo-1962",
        "ER  - ",
        "",
    ]


@pytest.mark.parametrize(
    ("identifier", "key"),
    [("memo-1962", "memo-1962"), ("مذكرة", "u645u630u643u631u629"), ("a,b", "au2cb")],
)
def test_a_bibtex_key_holds_no_letter_that_bibtex_refuses(identifier: str, key: str) -> None:
    assert bibtex_key(identifier) == key


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("letter", "personal_communication"),
        ("Open letter", "personal_communication"),
        ("newsletter", "document"),
        ("news report", "article-newspaper"),
        ("annual report", "report"),
        ("Brief", "personal_communication"),
        ("memorandum", "document"),
        ("act of parliament", "legislation"),
        ("contact sheet", "document"),
        ("press release", "document"),
    ],
)
def test_the_kind_of_a_document_gives_its_type(kind: str, name: str) -> None:
    assert csl_type(kind) == name


def test_a_document_is_cited_by_what_its_record_says(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"actors/ann-lee.md": ANN_LEE, "documents/minutes-1963.md": MINUTES})
    memo = document_entry(staged.corpus, "memo-1962", ENGLISH)
    assert memo.csl["author"] == [{"family": "Lee", "given": "Ann"}]
    assert memo.csl["recipient"] == [{"literal": "Harbour Board"}]
    assert memo.csl["issued"] == {"date-parts": [[1962, 3, 14]]}
    assert memo.csl["genre"] == "memorandum"
    minutes = document_entry(staged.corpus, "minutes-1963", ENGLISH)
    assert minutes.csl["container-title"] == "Harbour Board"
    assert minutes.csl["issued"] == {
        "date-parts": [[1963, 1]],
        "circa": True,
        "literal": "about January 1963",
    }
    assert minutes.url == "https://example.org/own"


def test_every_document_and_source_has_its_files(tmp_path: Path) -> None:
    staged = stage(tmp_path)
    pages, _ = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    slugs = [*staged.corpus.documents, *staged.corpus.citations]
    expected = {f"dossier/cite/{slug}.{ending}" for slug in slugs for ending in ("bib", "ris", "json")}
    assert {path for path in pages if path.startswith("dossier/cite/")} == expected
    assert b"Harbour Board" in pages["dossier/cite/memo-1962.ris"]


def test_a_document_is_cited_in_the_dossiers_style_and_in_the_usual_ones(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"actors/ann-lee.md": ANN_LEE})
    pages, _ = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    page = pages["documents/memo-1962.md"].decode()
    names = ("Chicago Manual of Style 16th", "Chicago Manual of Style 18th", "APA", "MLA", "Cite Them Right")
    places = [page.index(name) for name in names]
    assert places == sorted(places)
    assert "Ann Lee to Harbour Board" in page
    assert "Lee, A. (1962, March 14)." in page


def cited_documents(staged: Staged, made: Mapping[str, bytes]) -> dict[str, object]:
    opened, found = open_dossier(staged.corpus, staged.linked, staged.index, [TEMPLATES], made)
    assert opened is not None
    assert not found
    return {slug: opened.dossier.document_citations[slug] for slug in staged.corpus.documents}


def test_what_was_cited_early_is_taken_where_the_document_is_the_same(tmp_path: Path) -> None:
    staged = stage(tmp_path / "one", {"documents/minutes-1963.md": MINUTES})
    early = EarlyCitations(staged.corpus, [TEMPLATES])
    made = {slug: early.make(slug) for slug in staged.corpus.documents}
    cited = cited_documents(staged, {})
    assert len(cited) > 1
    with patch("generator.render.document_citations.cite_note", side_effect=AssertionError):
        assert cited_documents(staged, made) == cited
    renamed = MINUTES.replace("Minutes", "Records")
    changed = stage(tmp_path / "two", {"documents/minutes-1963.md": renamed})
    assert cited_documents(changed, made) == cited_documents(changed, {}) != cited


def test_nothing_is_cited_early_in_words_that_cannot_be_read(tmp_path: Path) -> None:
    staged = stage(tmp_path / "corpus")
    folder = tmp_path / "templates" / "strings"
    folder.mkdir(parents=True)
    (folder / "en.yml").write_text("[", encoding="utf-8")
    early = EarlyCitations(staged.corpus, [folder.parent, TEMPLATES])
    assert early.make("memo-1962") == b""


def test_documents_are_cited_beside_other_work_until_their_pages_are_rendered(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"documents/minutes-1963.md": MINUTES})
    layout = layout_of(tmp_path)
    early = EarlyCitations(staged.corpus, layout.templates)
    made = {slug: early.make(slug) for slug in staged.corpus.documents}
    with patch.dict(os.environ, {JOBS: "2"}), patch("generator.page_store.MANY_PAGES", 1):
        cited: Mapping[str, bytes] = {}
        for seconds in (1, 4, 16, 64):
            end = begin_citations(layout, staged.corpus)
            time.sleep(seconds)
            cited = end()
            if len(cited) == len(made):
                break
        assert cited == made
        killed = begin_citations(layout, staged.corpus)
        (child,) = multiprocessing.active_children()
        child.kill()
        child.join()
        assert killed() == {}
        layout.rendered_pages.parent.mkdir(parents=True, exist_ok=True)
        layout.rendered_pages.write_bytes(b"")
        assert begin_citations(layout, staged.corpus)() == {}
    assert begin_citations(layout, staged.corpus)() == {}
