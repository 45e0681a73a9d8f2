"""The timeline: what is on it, in which order, how dates are placed, and how a long one is cut."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.index.extents import find_extent
from generator.index.timeline import find_timeline, group_timeline
from generator.model.corpus import Corpus
from generator.model.index import Statement, TimelineItem
from generator.model.records import Annotation
from generator.model.timeline import Era, Extent
from generator.render import render_pages
from generator.render.strings import open_strings
from generator.render.timeline_parts import (
    PAGE_ENTRIES,
    count_entries,
    find_path,
    find_periods,
    find_starts,
    period_of,
    plan_parts,
)
from generator.render.timeline_words import MAX_QUOTE_CP, html_datetime, shorten, word_period
from generator.resources import TEMPLATES
from tests.corpora import HARBOUR, Staged, run_stages, stage, write_corpus

MEMO = HARBOUR["documents/memo-1962.md"]
DATES = st.sampled_from(
    (
        *("1962-03-14", "1962-03-14~", "1962-03", "1962~", "1962?", "196X", "19XX", "1962-21", "1962-XX-04"),
        *("1961/1963", "../1962", "1962/..", "/1962", "1962/", "[1961,1963]", "{1961,1963}", "[..1962]"),
        *(
            "XXXX",
            "XXXX-05",
            "-0044-03-15",
            "Y17000",
            "-0044/1962",
            "1962/Y17000",
            "0001-01-01",
            "9999-12-31",
        ),
    )
)


@cache
def harbour() -> Staged:
    with tempfile.TemporaryDirectory() as folder:
        return stage(Path(folder))


def make_statement(document: str, number: int, date: str, speaker: str = "ann-lee") -> Statement:
    annotation = Annotation(id=f"n{number}", quote="Words", speaker=(speaker,) if speaker else (), date=date)
    return Statement(
        document=document,
        annotation=annotation,
        number=number,
        date=date,
        state="verified",
        passage=1,
        sort_key=("", "", "", document, number),
    )


def make_corpus(dates: Mapping[str, str]) -> Corpus:
    """Return the harbour corpus with documents of these dates instead of its own."""
    corpus = harbour().corpus
    entry = corpus.documents["memo-1962"]
    documents = {
        slug: replace(entry, slug=slug, record=replace(entry.record, date=date))
        for slug, date in dates.items()
    }
    return replace(corpus, documents=documents)


def make_timeline(documents: Mapping[str, str], *statements: Statement) -> tuple[TimelineItem, ...]:
    return find_timeline(make_corpus(documents), harbour().linked, statements)


def year(number: int) -> Era:
    return Era(kind="year", first=number, last=number)


def outline(items: tuple[TimelineItem, ...]) -> list[tuple[str, str, int]]:
    return [(item.kind, item.date, len(item.passages)) for item in items]


def rendered(staged: Staged) -> Mapping[str, str]:
    pages, found = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    assert not found
    return {path: page.decode() for path, page in pages.items()}


# What is on it


def test_a_passage_of_its_document_s_date_stands_with_the_document_and_others_on_their_own() -> None:
    items = make_timeline(
        {"letter": "1962-03-14"},
        make_statement("letter", 1, "1962-03-14"),
        make_statement("letter", 2, "1961"),
        make_statement("letter", 3, "1962-03-14"),
    )
    assert outline(items) == [("statement", "1961", 1), ("document", "1962-03-14", 2)]


def test_a_date_of_the_same_day_that_is_less_certain_is_another_date() -> None:
    items = make_timeline({"letter": "1962-03-14"}, make_statement("letter", 1, "1962-03-14~"))
    assert outline(items) == [("document", "1962-03-14", 0), ("statement", "1962-03-14~", 1)]


def test_what_no_actor_says_is_an_event() -> None:
    items = make_timeline({"letter": "1962"}, make_statement("letter", 1, "1961", speaker=""))
    assert [item.kind for item in items] == ["event", "document"]


def test_the_undated_stand_last_in_a_group_of_their_own() -> None:
    items = make_timeline({"b": "XXXX", "a": "XXXX~", "late": "9998"}, make_statement("late", 1, "XXXX-05"))
    assert [item.document for item in items] == ["late", "a", "b", "late"]
    assert [item.era.kind for item in items] == ["year", "undated", "undated", "undated"]


def test_years_stand_in_order_and_what_a_year_leaves_open_after_it() -> None:
    dates = ("-0044", "1900-05", "1900/1950", "19XX", "1901", "201X", "2018", "../2018", "Y17000", "XXXX")
    items = make_timeline({f"d{number}": date for number, date in enumerate(dates)})
    assert [item.date for item in items] == [
        *("-0044", "1900/1950", "1900-05", "19XX", "1901", "201X", "../2018", "2018", "Y17000", "XXXX")
    ]


def test_a_document_without_published_words_has_no_passages_on_the_timeline(tmp_path: Path) -> None:
    record = MEMO.replace("publish: full", "publish: record")
    staged = stage(tmp_path, {"documents/memo-1962.md": record})
    (memo,) = [item for item in staged.index.timeline if item.document == "memo-1962"]
    assert memo.passages == ()
    assert "twice the sum" not in rendered(staged)["timeline.md"]


def test_an_issue_and_an_actor_have_what_concerns_them(tmp_path: Path) -> None:
    staged = stage(tmp_path)
    of = staged.index.timeline_of
    assert outline(of["harbour-wall"]) == [("document", "1962-03-14", 1)]
    assert outline(of["harbour-dues"]) == [("document", "1963-01", 0), ("statement", "1963-01-07", 1)]
    assert outline(of["ann-lee"]) == [("document", "1962-03-14", 1)]
    assert outline(of["harbour-board"]) == [
        *(("document", "1962-03-14", 1), ("document", "1963-01", 0), ("statement", "1963-01-07", 1))
    ]


def test_a_document_on_the_page_of_an_issue_keeps_only_the_passages_on_it(tmp_path: Path) -> None:
    added = "- {id: labour, quote: Labour is scarce, issues: [harbour-dues]}\n"
    annotations = HARBOUR["annotations/memo-1962.yml"] + added
    staged = stage(tmp_path, {"annotations/memo-1962.yml": annotations})
    (memo, *_) = staged.index.timeline_of["harbour-dues"]
    assert [passage.statement.annotation.id for passage in memo.passages] == ["labour"]


@pytest.mark.parametrize("publish", ["full", "excerpts"])
def test_an_event_concerns_the_actors_whom_its_words_name(publish: str, tmp_path: Path) -> None:
    added = "- {id: board, quote: The Harbour Board asked, date: 1961}\n"
    staged = stage(
        tmp_path,
        {
            "annotations/memo-1962.yml": HARBOUR["annotations/memo-1962.yml"] + added,
            "documents/memo-1962.md": MEMO.replace("publish: full", f"publish: {publish}"),
        },
    )
    assert ("event", "1961", 1) in outline(staged.index.timeline_of["harbour-board"])


@settings(max_examples=60, deadline=None)
@given(
    documents=st.dictionaries(st.sampled_from(("a", "b", "c")), DATES, min_size=1),
    drawn=st.lists(st.tuples(st.sampled_from(("a", "b", "c")), DATES | st.none(), st.booleans()), max_size=8),
    shuffler=st.randoms(use_true_random=False),
)
def test_every_document_and_statement_is_on_the_timeline_once_whatever_the_order_of_input(
    documents: Mapping[str, str], drawn: list[tuple[str, str | None, bool]], shuffler: object
) -> None:
    statements = [
        make_statement(slug, number, date or documents[slug], "ann-lee" if is_said else "")
        for number, (slug, date, is_said) in enumerate(drawn, start=1)
        if slug in documents
    ]
    items = make_timeline(documents, *statements)
    assert sorted(item.document for item in items if item.kind == "document") == sorted(documents)
    placed = Counter((p.statement.document, p.statement.number) for item in items for p in item.passages)
    assert placed == Counter((s.document, s.number) for s in statements)
    keys = [item.sort_key for item in items]
    assert keys == sorted(set(keys))
    shuffled = list(statements)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert make_timeline(dict(reversed(list(documents.items()))), *shuffled) == items
    eras = [item.era for item in items]
    assert all(eras.count(era) == sum(1 for _ in run) for era, run in _runs(eras)), "a year has two headings"
    for slug, of in group_timeline(items).items():
        assert [item.sort_key for item in of] == sorted(item.sort_key for item in of), slug


def _runs(eras: list[Era]) -> list[tuple[Era, list[Era]]]:
    runs: list[tuple[Era, list[Era]]] = []
    for era in eras:
        if runs and runs[-1][0] == era:
            runs[-1][1].append(era)
        else:
            runs.append((era, [era]))
    return runs


# How dates are placed


@pytest.mark.parametrize(
    ("edtf", "extent", "era"),
    [
        ("2018-05-15", Extent(first="2018-05-15", last="2018-05-15"), year(2018)),
        ("2026-02~", Extent(first="2026-02-01", last="2026-02-28", is_vague=True), year(2026)),
        ("2018?", Extent(first="2018-01-01", last="2018-12-31", is_vague=True), year(2018)),
        ("201X", Extent(first="2010-01-01", last="2019-12-31"), Era(kind="years", first=2010, last=2019)),
        ("2018-22", Extent(first="2018-06-01", last="2018-08-31"), year(2018)),
        ("2018/2025", Extent(first="2018-01-01", last="2025-12-31", is_interval=True), year(2018)),
        ("2018/..", Extent(first="2018-01-01", last="", is_interval=True), year(2018)),
        ("/2018", Extent(first="", last="2018-12-31", is_interval=True), Era(kind="until", first=2018, last=2018)),
        ("-0044/0100", Extent(first="", last="0100-12-31", is_interval=True), Era(kind="until", first=100, last=100)),
        ("-0044", None, Era(kind="before-years")),
        ("-0044/..", None, Era(kind="before-years")),
        ("Y17000", None, Era(kind="after-years")),
        ("XXXX", None, Era(kind="undated")),
        ("XXXX-12", None, Era(kind="undated")),
        ("last spring", None, Era(kind="undated")),
    ],
)  # fmt: skip
def test_a_date_says_what_it_leaves_open(edtf: str, extent: Extent | None, era: Era) -> None:
    assert find_extent(edtf) == (extent, era)


@pytest.mark.parametrize(
    ("edtf", "value"),
    [
        *[("2018-05-15", "2018-05-15"), ("2018-05", "2018-05"), ("2018", "2018"), ("2026-02~", "2026-02")],
        *[("2018-XX-04", "2018"), ("2018-05-XX", "2018-05"), ("0044", "0044")],
        *[("2018-21", ""), ("201X", ""), ("XXXX", ""), ("2018/2019", ""), ("[2018,2019]", ""), ("-0044", "")],
        *[("Y17000", ""), ("1950S2", ""), ("0000", ""), ("2018-?05", "")],
    ],
)
def test_html_gets_a_date_only_where_it_has_a_value_for_it(edtf: str, value: str) -> None:
    assert html_datetime(edtf) == value


# How it is shown


def test_the_list_stands_by_year_with_each_date_in_words_and_quotations_with_their_passage(
    tmp_path: Path,
) -> None:
    page = rendered(stage(tmp_path))["timeline.md"]
    assert re.findall(r"^## (.*?) \{", page, re.MULTILINE) == ["1962", "1963"]
    assert '<time datetime="1963-01">January 1963</time>' in page
    assert '<li class="timeline-item of-statement" data-days="1963-01-07"' in page
    assert "“raise the dues”" in page
    assert "(documents/memo-1962.md#a-wall-cost)" in page


def test_each_published_annotation_is_linked_once_from_the_timeline(tmp_path: Path) -> None:
    staged = run_stages(write_corpus(tmp_path, busy(documents=3, passages=9)))
    parts = "".join(page for path, page in rendered(staged).items() if path.startswith("timeline"))
    links = Counter(re.findall(r"documents/([\w-]+)\.md#a-([\w-]+)", parts))
    assert links == Counter((s.document, s.annotation.id) for s in staged.index.statements)


def test_an_approximate_date_and_an_interval_carry_marks_for_the_picture(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"documents/memo-1962.md": MEMO.replace("1962-03-14", "1962/1964~")})
    page = rendered(staged)["timeline.md"]
    assert 'class="timeline-item of-document interval vague" data-days="1962-01-01/1964-12-31"' in page


def test_an_undated_document_has_a_group_and_no_place_in_the_picture(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"documents/memo-1962.md": MEMO.replace("1962-03-14", "XXXX")})
    page = rendered(staged)["timeline.md"]
    assert "## Undated {: #y-undated }" in page
    assert re.search(r'of-document"[^>]*>', page[page.index("## Undated") :])[0].count("data-days") == 0  # type: ignore[index]


def test_a_dossier_without_documents_says_so(tmp_path: Path) -> None:
    root = write_corpus(tmp_path, {"dossier.md": "---\ntitle: Empty\n---\n"}, base={})
    (root / "documents").mkdir()
    page = rendered(run_stages(root))["timeline.md"]
    assert "Nothing in this dossier has a date yet." in page
    assert "<ol" not in page


def test_an_actor_with_a_single_statement_has_no_timeline_that_repeats_it(tmp_path: Path) -> None:
    annotations = "- {id: smith, quote: Labour is scarce, speaker: jo-smith, date: 1961}\n"
    staged = stage(
        tmp_path, {"annotations/memo-1962.yml": HARBOUR["annotations/memo-1962.yml"] + annotations}
    )
    pages = rendered(staged)
    assert "{: #timeline }" not in pages["actors/jo-smith.md"]
    assert "{: #timeline }" in pages["actors/ann-lee.md"]


def test_a_long_quotation_is_cut_after_a_word() -> None:
    cut = shorten("word " * 100)
    assert cut.endswith("word…")
    assert len(cut) <= MAX_QUOTE_CP
    assert len(shorten("字" * 500)) == MAX_QUOTE_CP
    assert shorten("short,\n as it is.") == "short, as it is."


# How a long one is cut


def busy(*, documents: int, passages: int) -> dict[str, str | bytes | None]:
    """Return files of a corpus in which every other passage has a date of its own."""
    files: dict[str, str | bytes | None] = {
        "actors/nat-poe.md": "---\nname: Nat Poe\nkind: person\n---\n",
        "issues/tides.md": "---\ntitle: Tides\n---\n",
    }
    for number in range(documents):
        date = f"{1900 + number // 2}-01-0{number % 2 + 1}"
        head = f"title: Paper {number}\ndate: {date}\nkind: letter\nauthors: [nat-poe]\nissues: [tides]"
        files[f"documents/d{number}.md"] = f"---\n{head}\nrights: {{publish: full}}\n---\n"
        files[f"texts/d{number}.md"] = (
            "\n\n".join(f"Words {number} {p}x here." for p in range(passages)) + "\n"
        )
        files[f"annotations/d{number}.yml"] = "".join(
            f"- {{id: n{p}, quote: Words {number} {p}x, speaker: nat-poe, issues: [tides]"
            + (f", date: {1900 + number // 2}-02-{p + 1:02}" if p % 2 else "")
            + "}\n"
            for p in range(passages)
        )
    return files


def test_a_long_timeline_is_cut_at_years_into_pages_that_stay_short(tmp_path: Path) -> None:
    staged = run_stages(write_corpus(tmp_path, busy(documents=40, passages=6)))
    timeline = staged.index.timeline
    parts = plan_parts(timeline)
    assert len(parts) > 2
    assert [item for part in parts for item in part.items] == list(timeline)
    assert all(count_entries(part.items) <= PAGE_ENTRIES for part in parts)
    assert len({part.path for part in parts}) == len(parts)
    assert not {part.items[0].era for part in parts[1:]} & {part.items[-1].era for part in parts[:-1]}
    starts = find_starts(parts)
    assert all(find_path(starts, item) == part.path for part in parts for item in part.items)


def test_a_year_that_is_too_long_for_a_page_is_cut_as_well() -> None:
    items = make_timeline(
        {"d": "1962"}, *(make_statement("d", n, "1961") for n in range(1, 2 * PAGE_ENTRIES + 10))
    )
    parts = plan_parts(items)
    assert [part.path for part in parts] == [
        *("timeline/from-1961.md", "timeline/from-1961-2.md", "timeline/from-1961-3.md")
    ]
    assert all(count_entries(part.items) <= PAGE_ENTRIES for part in parts)
    assert [part.is_torn for part in parts] == [True, True, True]


def test_parts_of_a_year_are_named_by_their_dates() -> None:
    strings = open_strings([TEMPLATES], "en")
    days = [f"1961-03-{1 + n // PAGE_ENTRIES:02}" for n in range(1, 3 * PAGE_ENTRIES)]
    items = make_timeline({f"d{n:04}": day for n, day in enumerate(days)} | {"z": "1962"})
    assert [word_period(strings, period_of(part)) for part in plan_parts(items)] == [
        "1 March 1961 – 2 March 1961",
        "2 March 1961 – 3 March 1961",
        "1961–1962",
    ]
    same = make_timeline({f"d{n:04}": "1961-03-01" for n in range(2 * PAGE_ENTRIES)})
    assert [word_period(strings, period_of(part)) for part in plan_parts(same)] == [
        "1 March 1961",
        "1 March 1961 (2)",
    ]


def test_periods_get_longer_until_there_are_few_of_them() -> None:
    items = make_timeline({f"d{year}": str(year) for year in range(1895, 2005)} | {"none": "XXXX"})
    assert len(find_periods(items, 200)) == 111
    assert len(find_periods(items, 40)) == 13
    assert [period.counts["document"] for period in find_periods(items, 5)] == [5, 100, 5, 1]


def test_what_is_all_of_one_year_is_given_by_month() -> None:
    strings = open_strings([TEMPLATES], "en")
    dates = {"a": "1987", "b": "1987-02-26", "c": "1987-02-28", "d": "1987-03-02~", "none": "XXXX"}
    items = make_timeline(dates)
    periods = find_periods(items, 40)
    assert [word_period(strings, period) for period in periods] == [
        *("1987", "February 1987", "March 1987", "Undated")
    ]
    assert [period.days for period in periods] == [
        ("1987-01-01", "1987-12-31"),
        ("1987-02-26", "1987-02-28"),
        ("1987-03-02", "1987-03-02"),
        ("", ""),
    ]
    assert [word_period(strings, period) for period in find_periods(items, 3)] == ["1987", "Undated"]
    three_years = make_timeline(dates | {"e": "1988-01-01", "f": "1989-01-01"})
    assert [word_period(strings, period) for period in find_periods(three_years, 40)] == [
        *("1987", "1988", "1989", "Undated")
    ]


def test_a_long_dossier_has_an_overview_that_leads_to_its_parts_and_sections_that_lead_there_too(
    tmp_path: Path,
) -> None:
    pages = rendered(run_stages(write_corpus(tmp_path, busy(documents=40, passages=6))))
    parts = [path for path in pages if path.startswith("timeline/")]
    overview = pages["timeline.md"]
    assert all(f"]({path}#y-" in overview for path in parts)
    assert 'data-entries="dossier/timeline.js"' in overview
    assert pages["dossier/timeline.js"].startswith("window.dossier.timeline=")
    assert "](../timeline/from-1900.md?issue=tides#y-1900)" in pages["issues/tides.md"]
    assert "](../timeline/from-1900.md?actor=nat-poe#y-1900)" in pages["actors/nat-poe.md"]


def test_the_overview_of_a_very_long_timeline_has_no_filters_and_no_script_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.render.pages.timeline.MAX_FILTERED", 100)
    pages = rendered(run_stages(write_corpus(tmp_path, busy(documents=40, passages=6))))
    assert "dossier/timeline.js" not in pages
    assert "data-entries" not in pages["timeline.md"]
    assert "](timeline/from-1900.md#y-" in pages["timeline.md"]


def test_a_short_dossier_has_no_parts_and_no_script_of_entries(tmp_path: Path) -> None:
    pages = rendered(stage(tmp_path))
    assert [path for path in pages if "timeline" in path] == ["timeline.md"]
