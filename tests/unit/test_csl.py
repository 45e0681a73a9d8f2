"""The bibliography: CSL-YAML to entries, and every fault at its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import Diagnostic, format_diagnostic
from generator.load.csl import parse_citations
from generator.model.places import KeyPath, Place
from generator.model.records import CitationEntry
from generator.text.slugs import slug_fault

LOST = "  why:  what it says would be lost without a word\n"
DATE_HELP = "  help: write the date as EDTF, such as 2025-07-15, 2025-07, 2025~ or 2025-07/2025-09"


def place_of(keys: KeyPath) -> Place:
    return Place(path=".".join(map(str, keys)))


def parse(value: object) -> tuple[tuple[CitationEntry, ...], tuple[Diagnostic, ...]]:
    return parse_citations(value, place_of)


def entry(**keys: object) -> dict[str, object]:
    """Return a sound entry with other keys; `_` stands for `-`."""
    return {"id": "x", "type": "book", "title": "T", **{key.replace("_", "-"): keys[key] for key in keys}}


def only_error(**keys: object) -> str:
    """Return the text of the one error in an entry with these keys."""
    found = parse([entry(**keys)])[1]
    assert len(found) == 1, found
    return format_diagnostic(found[0])


def read(**keys: object) -> CitationEntry:
    entries, found = parse([entry(**keys)])
    assert not found
    return entries[0]


def test_a_sound_entry_keeps_all_it_says() -> None:
    assert read(
        author=[{"family": "Smith", "given": "Jo"}],
        container_title="Harbour Gazette",
        issued="1961-05-02",
        URL="https://gazette.example/wall",
        publisher=None,
    ) == CitationEntry(
        id="x",
        type="book",
        title="T",
        issued="1961-05-02",
        url="https://gazette.example/wall",
        csl={
            "id": "x",
            "type": "book",
            "title": "T",
            "author": [{"family": "Smith", "given": "Jo"}],
            "container-title": "Harbour Gazette",
            "issued": {"date-parts": [[1961, 5, 2]]},
            "URL": "https://gazette.example/wall",
        },
    )


def test_entries_may_stand_under_references() -> None:
    assert [e.id for e in parse({"references": [entry()]})[0]] == ["x"]
    assert parse(None) == ((), ())
    assert parse({"references": None}) == ((), ())


@pytest.mark.parametrize(
    ("value", "edtf", "csl"),
    [
        ("2025-07-15", "2025-07-15", {"date-parts": [[2025, 7, 15]]}),
        ({"date-parts": [["2025", "7", "15"]]}, "2025-07-15", {"date-parts": [[2025, 7, 15]]}),
        (
            {"date-parts": [["2025", "7"], ["2025", "9"]]},
            "2025-07/2025-09",
            {"date-parts": [[2025, 7], [2025, 9]]},
        ),
        ({"date-parts": [["2025"], ["0"]]}, "2025/..", {"edtf": "2025/.."}),
        ({"date-parts": [["-44", "3", "15"]]}, "-0043-03-15", {"date-parts": [[-44, 3, 15]]}),
        (
            {"date-parts": [["2026"]], "season": "1"},
            "2026-21",
            {"date-parts": [[2026]], "season": 1, "edtf": "2026-21"},
        ),
        (
            {"date-parts": [["2026", "2"]], "circa": "true"},
            "2026-02~",
            {"date-parts": [[2026, 2]], "circa": True, "edtf": "2026-02~"},
        ),
        (
            "2026-02~",
            "2026-02~",
            {"date-parts": [[2026, 2]], "circa": True, "edtf": "2026-02~"},
        ),
        ({"raw": "2025-07"}, "2025-07", {"date-parts": [[2025, 7]]}),
        ({"literal": "2025-07"}, "2025-07", {"date-parts": [[2025, 7]]}),
        ({"literal": "the week after"}, None, {"literal": "the week after"}),
        ([{"year": "2025", "month": "7", "day": "15"}], "2025-07-15", {"date-parts": [[2025, 7, 15]]}),
        ([{"year": "2025"}, {"year": "2026"}], "2025/2026", {"date-parts": [[2025], [2026]]}),
        ("[2025,2026]", "[2025,2026]", {"edtf": "[2025,2026]"}),
    ],
)
def test_every_form_of_date_becomes_edtf_and_csl_json(
    value: object, edtf: str | None, csl: dict[str, Any]
) -> None:
    found = read(issued=value)
    assert found.issued == edtf
    assert found.csl["issued"] == csl


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ([{"family": "Wei", "given": "Lingling"}], [{"family": "Wei", "given": "Lingling"}]),
        (["The White House"], [{"literal": "The White House"}]),
        ("The White House", [{"literal": "The White House"}]),
        ({"literal": "The White House"}, [{"literal": "The White House"}]),
        (
            [{"family": "Gogh", "non-dropping-particle": "van", "comma-suffix": "true", "suffix": None}],
            [{"family": "Gogh", "non-dropping-particle": "van", "comma-suffix": True}],
        ),
    ],
)
def test_every_form_of_name_is_read(value: object, names: list[dict[str, Any]]) -> None:
    assert read(author=value).csl["author"] == names


def test_zotero_and_pandoc_extras_are_known() -> None:
    extras = ("abstract", "note", "language", "keyword", "shortTitle", "journalAbbreviation", "citation-key")
    assert not parse([entry(**dict.fromkeys(extras, "x"), custom={"a": "b"}, categories=["x"])])[1]


def test_a_key_that_is_not_a_variable_is_reported_with_the_nearest() -> None:
    assert only_error(**{"container-titel": "G"}) == (
        "0.container-titel:1:1: error[unknown-key] `container-titel` is not a variable of CSL 1.0.2\n"
        + LOST
        + "  help: did you mean `container-title`?"
    )


def test_a_key_like_no_variable_is_shown_where_it_could_go() -> None:
    assert only_error(qqq="G").endswith(
        "help: what has no variable of its own can go into `note` or `custom`"
    )


def test_a_stray_key_of_the_file_is_reported() -> None:
    assert [format_diagnostic(d) for d in parse({"nocite": "x", "references": []})[1]] == [
        "nocite:1:1: error[unknown-key] `nocite` is not a key of the bibliography\n"
        + LOST
        + "  help: the file is a list of entries, or has them under `references`"
    ]


def test_an_unknown_part_of_a_name_or_date_is_reported() -> None:
    assert only_error(author=[{"family": "A", "givn": "B"}]) == (
        "0.author.0.givn:1:1: error[unknown-key] `givn` is not a part of a name\n"
        "  help: did you mean `given`?"
    )
    assert only_error(issued={"raw": "2025", "seasn": "1"}) == (
        "0.issued.seasn:1:1: error[unknown-key] `seasn` is not a key of a date\n"
        "  help: did you mean `season`?"
    )


@pytest.mark.parametrize("key", ["id", "type", "title"])
def test_a_missing_key_is_reported(key: str) -> None:
    value = {name: member for name, member in entry().items() if name != key}
    where = "an entry" if key == "id" else "entry `x`"
    assert [format_diagnostic(d) for d in parse([value])[1]] == [
        f"0:1:1: error[missing-key] `{key}` is missing in {where}\n  help: add `{key}: …`"
    ]


def test_a_file_without_references_is_reported() -> None:
    assert [format_diagnostic(d) for d in parse({})[1]] == [
        ":1:1: error[missing-key] `references` is missing\n  help: add `references:` with a list of entries"
    ]


def test_a_name_without_a_name_is_reported() -> None:
    assert only_error(author=[{"suffix": "Jr"}]) == (
        "0.author.0:1:1: error[missing-key] `author.0` has neither `family` nor `literal`\n"
        "  help: add `family: …` or `literal: …`"
    )


def test_an_unknown_type_is_reported_with_the_nearest() -> None:
    assert only_error(type="article-newspapr") == (
        '0.type:1:1: error[unknown-citation-type] "article-newspapr" is not a type of CSL 1.0.2\n'
        "  why:  the citation style would not know how to word it\n"
        "  help: did you mean `article-newspaper`?"
    )


@pytest.mark.parametrize(
    ("value", "where", "what"),
    [
        ("May 2025", "issued", '`issued`: "May 2025" is not a date in EDTF, such as 2018-05-14, 2018-05, '
         "2018~ or 2018-05/2018-06"),
        ("2025-02-30", "issued", '`issued`: there is no day 30 in "2025-02-30"; February 2025 has 28 days'),
        ({"date-parts": [["2025", "July"]]}, "issued.date-parts.0",
         '`issued.date-parts.0` is not a date: "July" is not a whole number'),
        ({"date-parts": "2025"}, "issued.date-parts",
         "`issued.date-parts` is not a date: it has one list [year, month, day], or two for a range"),
        ({"circa": "1"}, "issued",
         "`issued` is not a date: it has none of `date-parts`, `raw` and `literal`"),
        ([], "issued", "`issued` is not a date: a list of dates has one or two mappings with `year`"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_reported(value: object, where: str, what: str) -> None:
    assert only_error(issued=value) == f"0.{where}:1:1: error[invalid-date] {what}\n{DATE_HELP}"


def test_an_id_that_is_no_slug_is_reported_with_a_better_one() -> None:
    assert only_error(id="doi:10.1/x") == (
        '0.id:1:1: error[invalid-slug] id "doi:10.1/x" holds ":"\n'
        "  why:  the id names a page and is the target of citations\n"
        "  help: rename it, for instance to `doi-10.1-x`, here and where it is cited; an id has letters, "
        "digits, `-`, `_` and `.`, and begins with a letter or digit"
    )


def test_ids_that_differ_only_in_case_are_duplicates() -> None:
    entries, found = parse([entry(id="Wei"), entry(id="wei")])
    assert [e.id for e in entries] == ["Wei"]
    assert [format_diagnostic(d) for d in found] == [
        '1.id:1:1: error[duplicate-citation] id "wei" is used twice\n'
        "  why:  the first stands at 0.id:1; capitals and Unicode form make no difference\n"
        "  help: rename one of them, or remove it"
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "www.x.example", "https://",
            "https://a b/",
            "http://[::1", "https://x\\y", "https://x.example/\u202e", " https://x.example"]
)  # fmt: skip
def test_an_address_that_is_not_plain_http_is_reported_and_dropped(url: str) -> None:
    entries, found = parse([entry(URL=url)])
    assert [d.code for d in found] == ["unsafe-address"]
    assert entries[0].url is None
    assert "URL" not in entries[0].csl


def test_an_unsafe_address_is_quoted() -> None:
    assert only_error(URL="javascript:alert(1)") == (
        '0.URL:1:1: error[unsafe-address] `URL` is "javascript:alert(1)", not an address that begins with '
        "http:// or https://\n"
        "  why:  readers will follow it\n"
        "  help: give the whole address, without spaces, or leave the key out"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", ':1:1: error[wrong-type] `the bibliography` is "x", not a list of entries'),
        ({"references": "x"}, 'references:1:1: error[wrong-type] `references` is "x", not a list of entries'),
        (
            ["x"],
            "0:1:1: error[wrong-type] an entry of the bibliography is a mapping with `id`, `type` and "
            "`title`",
        ),
        ([entry(publisher=["x"])], "0.publisher:1:1: error[wrong-type] `publisher` is a list, not a text"),
        ([entry(type=["x"])], "0.type:1:1: error[wrong-type] `type` is a list, not a text"),
        ([entry(title={"a": "b"})], "0.title:1:1: error[wrong-type] `title` is a mapping, not a text"),
        (
            [entry(author=[["x"]])],
            "0.author.0:1:1: error[wrong-type] `author.0` is a list, not a name: `{family: …, given: …}` or "
            "`{literal: …}`",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_reported(value: object, text: str) -> None:
    assert [format_diagnostic(d) for d in parse(value)[1]] == [text]


def test_all_errors_are_reported_at_once_and_the_rest_is_kept() -> None:
    value = [entry(issued="x", URL="y:", foo="z", type="bok"), entry(id="a/b"), entry(id="y", publisher="P")]
    entries, found = parse(value)
    assert sorted(d.code for d in found) == [
        *("invalid-date", "invalid-slug", "unknown-citation-type", "unknown-key", "unsafe-address")
    ]
    assert [(e.id, e.type) for e in entries] == [("x", "document"), ("y", "book")]


VALUES = st.recursive(
    st.none() | st.text(max_size=8) | st.sampled_from(["2025", "7", "-44", "true", "2025-07"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=4)
            | st.sampled_from(
                ["id", "type", "title", "author", "issued", "date-parts", "year", "literal", "raw", "URL"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_any_yaml_is_read_or_reported_and_what_is_read_is_sound(value: object) -> None:
    entries, found = parse([value])
    assert entries or found
    for e in entries:
        assert slug_fault(e.id) is None
        assert e.csl["title"] == e.title
