"""Pages of bounded size: how long lists, indexes and the lists of gaps and rights are cut, and that nothing is lost."""

from __future__ import annotations

import posixpath
import re
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.index import Context, PageBacklinks, Position, Reference, Statement
from generator.model.records import Annotation
from generator.model.text import Span, Target
from generator.render import render_pages
from generator.render.index_groups import (
    MAX_GROUPS,
    MAX_ROWS,
    Row,
    choose_period,
    cut_index,
    find_stretches,
    initial_of,
    word_group,
)
from generator.render.list_planner import PAGE_BYTES, PART_BYTES, PART_ITEMS, PIECE_BYTES, plan_long_lists
from generator.render.long_lists import (
    KEPT_BYTES,
    MAX_CONTEXT_CP,
    LongLists,
    choose_strongest,
    newest_first,
    year_of,
)
from generator.render.pager import ALL_NAMED, view_pager
from generator.render.runs import cut_runs
from generator.render.strings import open_strings
from generator.render.timeline_parts import MAX_LINES, TimelinePart, plan_overview
from generator.render.views import view_context
from generator.resources import TEMPLATES
from generator.text.ids import linking_page_id
from tests.corpora import Staged, stage
from tests.pages import open_any_page

MOST_BEHIND = 60_000
MOST_MAIN = 150_000
DOCUMENTS = 210
YEARS = ("1901", "1950", "1987", "1987-05", "1987~", "XXXX", "../1950", "19XX")
LINK = re.compile(r"\]\(([^()\s#]*)(?:#([^()\s]+))?\)")


def large_corpus(documents: int = DOCUMENTS) -> dict[str, str | bytes | None]:
    """Return the harbour corpus with many documents that name Ann Lee, quote her and cite one work."""
    files: dict[str, str | bytes | None] = {}
    words = "tide and stone and quay and crane and letter and report " * 2
    for number in range(documents):
        date = "XXXX" if number % 30 == 7 else f"{1900 + number % 40}-03-{1 + number % 28:02}"
        passages = [f"Unique{number}x{p} of {words} says Ann Lee in {words}." for p in range(4)]
        files[f"texts/d{number}.md"] = "\n\n".join(passages) + "\n"
        files[f"documents/d{number}.md"] = (
            f"---\ntitle: Letter {number}\ndate: {date}\nkind: letter\nrights: {{publish: full}}\n"
            f"issues: [harbour-wall]\ngaps:\n- {{what: A leaf is lost. {words * 4}}}\n---\n"
            f"A digest.[@d{number}#¶2] It rests on this.[@gazette-1961, p. {number + 1}]\n"
        )
        files[f"annotations/d{number}.yml"] = (
            f"- {{id: n, quote: Unique{number}x0, speaker: ann-lee, addressee: [harbour-board], "
            f"issues: [harbour-wall], modality: asserts, status: quoted, origin: gazette-1961, "
            f'note: "A note.[@d{(number + 1) % documents}#¶1]"}}\n'
        )
    return files


@cache
def large() -> Staged:
    with tempfile.TemporaryDirectory() as folder:
        return stage(Path(folder), large_corpus())


@cache
def large_pages() -> Mapping[str, str]:
    staged = large()
    pages, found = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    assert not found
    return {path: page.decode() for path, page in pages.items()}


@cache
def harbour() -> Staged:
    with tempfile.TemporaryDirectory() as folder:
        return stage(Path(folder))


def behind(pattern: str) -> dict[str, str]:
    return {path: text for path, text in large_pages().items() if re.fullmatch(pattern, path)}


# Runs


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 40)), max_size=80),
    st.integers(1, 60),
    st.integers(1, 12),
    st.booleans(),
)
def test_runs_hold_every_item_once_in_order_and_are_bounded(
    items: list[tuple[str, int]], most_weight: int, most_items: int, is_alone: bool
) -> None:
    items.sort(key=lambda item: item[0])
    runs = cut_runs(
        items,
        key=lambda item: item[0],
        weigh=lambda item: item[1],
        most_weight=most_weight,
        most_items=most_items,
        is_alone=lambda _: is_alone,
    )
    assert [item for run in runs for item in run.items] == items
    assert len({run.name for run in runs}) == len(runs)
    for run in runs:
        assert 0 < len(run.items) <= most_items
        assert len(run.items) == 1 or sum(weight for _, weight in run.items) <= most_weight
        assert (run.first, run.last) == (run.items[0][0], run.items[-1][0])
        assert not is_alone or run.first == run.last


def test_a_group_that_fits_is_not_torn() -> None:
    runs = cut_runs("aabbb", key=str, weigh=lambda _: 1, most_weight=4, most_items=4)
    assert [run.items for run in runs] == [("a", "a"), ("b", "b", "b")]


# Long lists


def make_reference(source: str, number: int, words: int, relation: str = "") -> Reference:
    return Reference(
        kind="record" if relation else "mention",
        source=source,
        role=None,
        anchor=f"d-{number}",
        place="passage",
        target=Target(slug="ann-lee"),
        context=None if relation else Context(words="w" * words, hits=(), language="en"),
        relation=relation,
    )


def make_staged(dates: list[str], sizes: list[list[int]], quotes: list[int]) -> Staged:
    """Return the harbour with documents of these dates, sentences of these sizes that name Ann Lee, and quotations."""
    staged = harbour()
    entry = staged.corpus.documents["memo-1962"]
    documents = {
        f"d{number}": replace(entry, slug=f"d{number}", record=replace(entry.record, date=date))
        for number, date in enumerate(dates)
    }
    backlinks = sorted(
        (
            PageBacklinks(
                source=slug,
                role=None,
                references=tuple(make_reference(slug, at, size) for at, size in enumerate(of_one)),
            )
            for slug, of_one in zip(documents, sizes, strict=True)
        ),
        key=lambda one: year_of(documents[one.source].record.date),
    )
    statements = tuple(
        Statement(
            document="d0",
            annotation=Annotation(id=f"n{number}", quote="q" * size, speaker=("ann-lee",)),
            number=number,
            date=dates[0],
            state="verified",
            passage=1,
            sort_key=("", "", "", "", number),
        )
        for number, size in enumerate(quotes)
    )
    return replace(
        staged,
        corpus=replace(staged.corpus, documents=documents),
        index=replace(
            staged.index,
            backlinks={"ann-lee": tuple(backlinks)},
            said_by={"ann-lee": statements},
            said_to={},
            on_issue={},
            origins={},
            parallels={},
            positions={"ann-lee": (Position(issue="harbour-wall", statements=statements),)},
        ),
    )


def plan(staged: Staged) -> LongLists:
    return plan_long_lists(staged.corpus, staged.linked, staged.index)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_reference_and_statement_stands_once_on_a_page_behind_or_on_the_page_itself(
    data: st.DataObject,
) -> None:
    dates = data.draw(st.lists(st.sampled_from(YEARS), min_size=1, max_size=40))
    size = st.sampled_from((20, 300, 3_000))
    contexts = st.one_of(
        st.lists(size, min_size=1, max_size=30),
        st.lists(size, min_size=1, max_size=1).map(lambda one: one * 90),
    )
    sizes = [data.draw(contexts) for _ in dates]
    quotes = data.draw(st.lists(size, max_size=120))
    staged = make_staged(dates, sizes, quotes)
    lists = plan(staged)
    whole = staged.index.backlinks["ann-lee"]
    cut = lists.backlinks.get(("ann-lee", "document"))
    if cut is not None:
        entries = [piece for _, run in lists.runs_of(cut) for piece in run.items]
        found = [r for held in entries for r in held.references]
        assert found == [r for one in newest_first(staged.corpus, whole) for r in one.references]
        assert len({cut.path_of(at) for at in range(len(cut.runs))}) == len(cut.runs)
        assert all(len(run.items) <= PART_ITEMS for _, run in lists.runs_of(cut))
        assert all(held.references for held in entries)
        kept = choose_strongest(staged.corpus, whole)
        assert kept
        assert len({one.source for one in kept}) == len(kept)
    said = lists.statements.get(("ann-lee", "statements"))
    if said is not None:
        assert [s for _, run in lists.runs_of(said) for s in run.items] == list(
            staged.index.said_by["ann-lee"]
        )
    moved = lists.positions.get("ann-lee")
    if moved is not None:
        claims = [
            s
            for _, run in lists.runs_of(moved)
            for one in run.items
            for s in one.position.statements[one.start : one.end]
        ]
        assert claims == list(staged.index.positions["ann-lee"][0].statements)


def test_a_light_page_keeps_its_lists_and_of_a_heavy_one_only_the_heaviest_are_cut() -> None:
    light = make_staged(["1950"] * 20, [[100] * 3] * 20, [50] * 10)
    assert plan(light) == LongLists()
    heavy = plan(make_staged(["1950"] * 400, [[200] * 3] * 400, [50] * 10))
    assert set(heavy.backlinks) == {("ann-lee", "document")}
    assert not heavy.statements
    assert KEPT_BYTES < PIECE_BYTES < PART_BYTES < PAGE_BYTES


def test_a_page_behind_is_named_by_the_year_it_begins_with_counted_from_the_oldest() -> None:
    staged = make_staged(["1901"] * 150 + ["1987"] * 150 + ["XXXX"], [[100]] * 301, [])
    listed = plan(staged).backlinks["ann-lee", "document"]
    assert [listed.path_of(at) for at in range(len(listed.runs))] == [
        *("actors/ann-lee/documents-1987-2.md", "actors/ann-lee/documents-1987.md"),
        *("actors/ann-lee/documents-1901-2.md", "actors/ann-lee/documents-1901.md"),
        "actors/ann-lee/documents-undated.md",
    ]


def test_a_new_document_changes_the_last_page_of_a_long_list_alone() -> None:
    dates = [str(1700 + number) for number in range(300)]
    before = plan(make_staged(dates, [[400]] * 300, []))
    after = plan(make_staged([*dates, "2000"], [[400]] * 301, []))
    held, now = (
        {
            head.path_of(at): [held.source for held in run.items]
            for head in (lists.backlinks["ann-lee", "document"],)
            for at, run in lists.runs_of(head)
        }
        for lists in (before, after)
    )
    assert sum(1 for path, sources in held.items() if now[path] != sources) <= 1


def test_the_strongest_are_pages_whose_records_name_it_then_those_of_most_sentences_and_the_newest() -> None:
    staged = make_staged(
        [str(1900 + number) for number in range(40)], [[50] * (1 + number % 9) for number in range(40)], []
    )
    whole = list(staged.index.backlinks["ann-lee"])
    whole[3] = replace(whole[3], references=(make_reference(whole[3].source, 9, 0, "author"),))
    kept = [one.source for one in choose_strongest(staged.corpus, whole)]
    # d3 for its record, four with nine sentences, three with eight; d39 to d36 are the newest of the others.
    assert kept == ["d39", "d38", "d37", "d36", "d35", "d34", "d26", "d25", "d17", "d16", "d8", "d3"]


def test_a_sentence_without_an_end_is_cut_around_the_words_that_link(tmp_path: Path) -> None:
    page = open_any_page(stage(tmp_path))
    words = "before " * 400 + "Ann Lee" + " after" * 400
    context = Context(
        words=words, hits=(Span(start=2800, end=2807), Span(start=5000, end=5005)), language="en"
    )
    reference = replace(make_reference("memo-1962", 1, 1), context=context)
    view = view_context(page, reference)
    assert view is not None
    assert len(view.words) < MAX_CONTEXT_CP + 20
    assert view.words.startswith("… ")
    assert view.words.endswith(" …")
    assert "<b>Ann Lee</b>" in view.words


# Pages of a corpus with an actor whom every document names


def test_no_page_of_a_large_corpus_is_heavy() -> None:
    texts = {path: len(text.encode()) for path, text in large_pages().items() if path.endswith(".md")}
    is_behind = re.compile(r"(\w+/[^/]+/|gaps/|about/).*\.md")
    heavy = {
        path: size
        for path, size in texts.items()
        if size > (MOST_BEHIND if is_behind.fullmatch(path) else MOST_MAIN)
    }
    assert not heavy


def test_each_mention_of_an_actor_stands_on_one_page_behind_hers_newest_first() -> None:
    pages = behind("actors/ann-lee/documents-.*")
    assert len(pages) > 2
    found = Counter(
        match
        for text in pages.values()
        for match in re.findall(r"\]\(\.\./\.\./(documents/d\d+\.md#[\w:.-]+)\)", text)
    )
    named = {
        f"documents/{one.source}.md#{reference.anchor}"
        for one in large().index.backlinks["ann-lee"]
        for reference in one.references
        if reference.context is not None and one.source.startswith("d")
    }
    assert named <= set(found)
    assert set(found.values()) == {1}
    for text in pages.values():
        years = re.findall(r"^## (\d{4}) ", text, re.MULTILINE)
        assert years == sorted(years, reverse=True)


def test_each_statement_stands_on_one_page_of_the_ledger() -> None:
    pages = behind("issues/harbour-wall/ledger-.*")
    found = Counter(match for text in pages.values() for match in re.findall(r"“(Unique\d+x0)”", text))
    assert {f"Unique{number}x0" for number in range(DOCUMENTS)} <= set(found)
    # A relation or an origin repeats no words of the ledger.
    assert set(found.values()) == {1}


def test_the_page_itself_shows_some_and_leads_to_the_rest() -> None:
    actor = large_pages()["actors/ann-lee.md"]
    assert re.search(r"Shown are \d+, those with most to say and the newest\.", actor)
    assert f"[All {DOCUMENTS + 1}, with every sentence: Documents](ann-lee/documents-" in actor
    assert f"All {DOCUMENTS + 1} statements](ann-lee/statements-19" in actor
    source = large_pages()["bibliography/gazette-1961.md"]
    assert "with every sentence: Documents](gazette-1961/documents-" in source
    issue = large_pages()["issues/harbour-wall.md"]
    assert "The choice is among the statements on this page" in issue
    assert f'Ledger <span class="count">{DOCUMENTS + 1}</span>' in issue


def test_positions_stand_behind_a_heavy_page_and_links_lead_there() -> None:
    actor = large_pages()["actors/ann-lee.md"]
    assert '<li id="position-harbour-wall" markdown="span">' in actor
    assert "(ann-lee/positions-1.md#position-harbour-wall)" in actor
    assert "{: #position-harbour-wall }" in large_pages()["actors/ann-lee/positions-1.md"]
    assert (
        "(../actors/ann-lee/positions-1.md#position-harbour-wall)" in large_pages()["issues/harbour-wall.md"]
    )


def test_links_between_the_pages_lead_somewhere() -> None:
    pages = large_pages()
    for path, text in pages.items():
        if not path.endswith(".md"):
            continue
        for address, _ in LINK.findall(text):
            target = address.partition("?")[0]
            if target and "://" not in target:
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) in pages, (
                    path,
                    target,
                )


def test_rests_of_sentences_lead_to_the_place_of_the_page_that_makes_them() -> None:
    for path, text in large_pages().items():
        for target, anchor in LINK.findall(text):
            if anchor.startswith("from-"):
                where = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                assert f'id="{anchor}"' in large_pages()[where]


def test_pages_behind_are_not_found_by_search_nor_by_search_engines() -> None:
    for text in behind(r"(actors|issues|bibliography)/(ann-lee|harbour-wall|gazette-1961)/.*\.md").values():
        assert '  page: "none"' in text
        assert 'robots: "noindex"' in text
    for text in behind(r"(documents/index|about|gaps)/.*\.md").values():
        assert '  page: "none"' in text


def test_gaps_and_rights_of_many_documents_stand_on_pages_of_their_own() -> None:
    pages = large_pages()
    assert f"[All {DOCUMENTS} entries](gaps/other-1.md)" in pages["gaps.md"]
    listed = [
        name
        for text in behind(r"gaps/other-\d+\.md").values()
        for name in re.findall(r"\[Letter (\d+)\]", text)
    ]
    assert sorted(map(int, listed)) == list(range(DOCUMENTS))
    assert "(about/rights-1.md)" in pages["about.md"]
    assert 'id="rights"' in pages["about.md"] or "{: #rights }" in pages["about.md"]
    rows = [
        name
        for text in behind(r"about/rights-\d+\.md").values()
        for name in re.findall(r"\[Letter (\d+)\]", text)
    ]
    assert sorted(map(int, rows)) == list(range(DOCUMENTS))


def test_a_long_index_has_its_documents_on_pages_by_time() -> None:
    pages = large_pages()
    index = pages["documents/index.md"]
    assert "[1905](index/1905.md)" in index
    assert "[undated](index/undated.md)" in index
    assert index.count("<tr") == 31
    listed = [
        name
        for text in behind(r"documents/index/.*\.md").values()
        for name in re.findall(r"<tr .*?\[Letter (\d+)\]", text)
    ]
    assert sorted(map(int, listed)) == list(range(DOCUMENTS))


def test_a_small_dossier_has_no_pages_behind() -> None:
    staged = harbour()
    pages, _ = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    assert not [path for path in pages if path.endswith(".md") and path.count("/") > 1]


# Indexes


@given(
    st.lists(
        st.tuples(st.text("abcdefghijklmnop漢字あ", min_size=1, max_size=1), st.integers(50, 900)),
        max_size=900,
    )
)
def test_an_index_has_every_row_once_and_its_stretches_count_them_all(found: list[tuple[str, int]]) -> None:
    rows = [Row(slug=str(at), group=group, weight=weight) for at, (group, weight) in enumerate(sorted(found))]
    runs = cut_index(rows)
    if not runs:
        assert len(rows) <= MAX_ROWS
        return
    assert [row for run in runs for row in run.items] == rows
    stretches = find_stretches(runs)
    assert sum(stretch.count for stretch in stretches) == len(rows)
    assert [stretch.first for stretch in stretches] == [
        group for group, _ in groupby(rows, lambda row: row.group)
    ]


def test_letters_of_a_script_with_very_many_share_pages_and_lines() -> None:
    rows = [Row(slug=str(at), group=chr(0x4E00 + at // 3), weight=300) for at in range(30_000)]
    runs = cut_index(rows)
    stretches = find_stretches(runs)
    assert len(stretches) <= MAX_GROUPS
    assert sum(stretch.count for stretch in stretches) == len(rows)


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        *(("Élan", "e"), ("Жуков", "ж"), ("安倍", "安"), ("3M", "0-9"), ("„Quay“", "q"), ("…", "other")),
        *(("ß", "s"), ("Ωmega", "ω"), ("محمد", "م"), ("", "other")),
    ],
)
def test_a_name_stands_under_its_first_letter_in_any_script(name: str, initial: str) -> None:
    assert initial_of(name) == initial


def test_documents_stand_by_month_year_decade_or_century_as_these_are_few() -> None:
    assert choose_period(["1987-02-03", "1987-04", "1988"])("1987-02-03") == "1987-02"
    assert choose_period(["1987-02-03", "1987-04"])("1987") == "1987"
    assert choose_period(["1901", "1902", "1903"])("1902-05") == "1902"
    assert choose_period([str(1800 + year) for year in range(90)])("1837") == "1830s"
    assert choose_period([str(1100 + year) for year in range(900)])("1837") == "1800-1899"
    by_year = choose_period(["1901", "1902", "1903"])
    assert (by_year("XXXX"), by_year("../1902")) == ("undated", "open")


def test_groups_of_an_index_have_names_in_the_language_of_the_dossier() -> None:
    strings = open_strings([TEMPLATES], "de")
    names = [
        word_group(strings, group)
        for group in ("1987-02", "1987", "1830s", "1800-1899", "undated", "a", "other")
    ]
    assert names == ["Februar 1987", "1987", "1830er Jahre", "1800–1899", "ohne Datum", "A", "Andere"]


# Pagers


@pytest.mark.parametrize("count", [2, ALL_NAMED, 3_000])
def test_a_pager_has_the_neighbours_and_the_ends_and_stays_short(tmp_path: Path, count: int) -> None:
    page = open_any_page(stage(tmp_path))
    pages = [(str(number), f"gaps/other-{number}.md") for number in range(count)]
    for own in (0, count // 2, count - 1):
        pager = view_pager(page, len(pages), pages.__getitem__, own)
        assert len(pager.pages) <= ALL_NAMED
        assert [one.link for one in pager.pages if one.is_current] == [str(own)]
        assert bool(pager.before) == (own > 0)
        assert bool(pager.after) == (own < count - 1)
        assert f"[{count - 1}](" in pager.pages[-1].link or own == count - 1
    assert view_pager(page, 1, pages.__getitem__, 0).pages == ()


def test_the_overview_of_a_very_long_timeline_stays_short() -> None:
    (item,) = large().index.timeline[:1]
    parts = [TimelinePart(path=f"timeline/{number}.md", items=(item,)) for number in range(5_000)]
    lines = plan_overview(parts)
    assert len(lines) <= MAX_LINES
    assert sum(len(line.items) for line in lines) == len(parts)


def test_an_id_of_a_linking_page_is_safe_for_any_slug() -> None:
    assert linking_page_id("ann-lee") == "from-ann-lee"
    assert re.fullmatch(r"from-[A-Za-z0-9_.-]+", linking_page_id("größe"))
