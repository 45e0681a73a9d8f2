"""Claims: relations seen from both ends, positions, filters of a ledger, and what a page shows of them."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.index.relations import find_relations
from generator.model.index import Statement
from generator.model.records import Annotation, Figure, Relation
from generator.render import render_pages
from generator.render.claims import MAX_RECEIVED, word_figure
from generator.render.ledger_filters import VALUES, LedgerFilters, view_filters
from generator.render.page import Page
from generator.render.views import MAX_NAMES
from generator.resources import TEMPLATES
from tests.corpora import Staged, run_stages, stage, write_corpus
from tests.pages import open_any_page

RELATIONS = ("echoes", "supports", "contradicts", "revises", "same-event")
NUMBER = st.integers(min_value=0, max_value=5)
DRAWN = st.lists(st.tuples(NUMBER, NUMBER, st.sampled_from(RELATIONS), st.booleans()), max_size=12)

MINUTES = """\
- id: dues
  quote: raise the dues
  speaker: [harbour-board]
  date: 1963-01-07
  issues: [harbour-dues]
  modality: promises
  status: paraphrased
  relations:
    - kind: revises
      to: memo-1962#wall-cost
      note: The Harbour Board follows Ann Lee.[@memo-1962#wall-cost]
      confirmed_by: editors
    - kind: echoes
      to: memo-1962#wall-cost
      note: Jo Smith says so.[@gazette-1961]
- id: tenth
  quote: by a tenth
  attribution: A member
  modality: hearsay
  status: quoted
  chain: [{actor: jo-smith}, {name: a clerk}]
  origin: gazette-1961
  figures: [{value: 0.1, unit: shares, of: dues, words: a tenth}]
"""


def rendered(staged: Staged) -> dict[str, str]:
    """Return the Markdown of each page by its path."""
    pages, found = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    assert not [one for one in found if one.severity == "error"]
    return {path: content.decode() for path, content in pages.items() if path.endswith(".md")}


def make_statement(number: int, relations: tuple[Relation, ...]) -> Statement:
    return Statement(
        document="d",
        annotation=Annotation(id=f"n{number}", quote="words", relations=relations),
        number=number,
        date="1962",
        state="verified",
        passage=None,
        sort_key=("1962", "1962", "1962", "d", number),
    )


# Relations


@given(DRAWN)
def test_a_relation_is_seen_from_both_ends_and_only_if_it_is_confirmed(
    drawn: list[tuple[int, int, str, bool]],
) -> None:
    written: dict[int, list[Relation]] = {}
    for source, target, kind, is_confirmed in drawn:
        relation = Relation(kind=kind, to=f"d#n{target}", confirmed_by="editors" if is_confirmed else None)  # type: ignore[arg-type]
        written.setdefault(source, []).append(relation)
    # Number 5 is not published: nothing is said of it.
    statements = [make_statement(number, tuple(written.get(number, ()))) for number in range(5)]
    related = find_relations(reversed(statements))
    stated = [
        (key[1], one.kind, one.statement.annotation.id)
        for key, all_ in related.items()
        for one in all_
        if one.is_stated_here
    ]
    received = [
        (one.statement.annotation.id, one.kind, key[1])
        for key, all_ in related.items()
        for one in all_
        if not one.is_stated_here
    ]
    expected = [
        (f"n{source}", kind, f"n{target}")
        for source, target, kind, is_confirmed in drawn
        if is_confirmed and source != target and 5 not in (source, target)
    ]
    assert sorted(stated) == sorted(received) == sorted(expected)
    assert find_relations(statements) == related


def test_a_statement_has_its_own_relations_before_those_stated_of_it(tmp_path: Path) -> None:
    index = stage(tmp_path, {"annotations/minutes-1963.yml": MINUTES}).index
    [own] = index.related["minutes-1963", "dues"]
    assert (own.kind, own.is_stated_here, own.note) == ("revises", True, "dues.0")
    [seen] = index.related["memo-1962", "wall-cost"]
    assert (seen.kind, seen.is_stated_here, seen.statement.annotation.id) == ("revises", False, "dues")


def test_a_relation_to_withheld_words_is_not_shown(tmp_path: Path) -> None:
    record = "---\ntitle: Memo\ndate: 1962\nkind: memo\nrights: {publish: record}\n---\n"
    files: dict[str, str | bytes | None] = {
        "annotations/minutes-1963.yml": MINUTES,
        "documents/memo-1962.md": record,
    }
    staged = stage(tmp_path, files)
    assert dict(staged.index.related) == {}
    assert 'class="relation"' not in rendered(staged)["documents/minutes-1963.md"]


def test_a_relation_s_note_is_prose_with_names_citations_and_backlinks(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"annotations/minutes-1963.yml": MINUTES})
    note = staged.linked.text("minutes-1963", "relation", "dues.0")
    assert note is not None
    assert [mention.slug for mention in note.mentions] == ["harbour-board", "ann-lee"]
    assert note.anchor == "a-dues"
    found = [
        (reference.kind, reference.anchor, reference.place)
        for page in staged.index.backlinks["ann-lee"]
        if page.source == "minutes-1963"
        for reference in page.references
    ]
    assert found == [("mention", "a-dues", "note")]


def test_the_note_on_a_draft_is_published_nowhere(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"annotations/minutes-1963.yml": MINUTES})
    draft = staged.linked.text("minutes-1963", "relation", "dues.1")
    assert draft is not None
    assert not draft.is_published
    assert all("Jo Smith says so" not in page for page in rendered(staged).values())
    assert "unconfirmed-relation" in staged.messages


def test_hands_of_a_chain_and_related_statements_are_backlinks(tmp_path: Path) -> None:
    staged = stage(tmp_path, {"annotations/minutes-1963.yml": MINUTES})
    relations = [
        (target, reference.relation, reference.anchor)
        for target in ("jo-smith", "memo-1962")
        for page in staged.index.backlinks[target]
        for reference in page.references
        if reference.relation in ("chain", "related statement")
    ]
    assert relations == [("jo-smith", "chain", "a-tenth"), ("memo-1962", "related statement", "a-dues")]


# What a page shows


def test_a_ledger_shows_how_it_was_said_through_whom_and_how_it_stands_to_others(tmp_path: Path) -> None:
    pages = rendered(stage(tmp_path, {"annotations/minutes-1963.yml": MINUTES}))
    page = pages["documents/minutes-1963.md"]
    assert '<span class="claim">promises, paraphrased</span>' in page
    assert (
        "<span>Came through: [Jo Smith](../actors/jo-smith.md){: .actor } → a clerk</span> "
        "<span>Goes back to: [The wall that leaks](../bibliography/gazette-1961.md){: .source }</span> "
        "<span>Figures: 0.1\N{NO-BREAK SPACE}shares (dues)</span>"
    ) in page
    assert (
        '<p class="relation" markdown="span"><b>revises</b> '
        "[“the wall will cost twice the sum named”](memo-1962.md#a-wall-cost) Ann Lee, 14 March 1962 <span>"
    ) in page
    other = pages["documents/memo-1962.md"]
    assert (
        '<p class="relation" markdown="span"><b>is revised by</b> '
        "[“raise the dues”](minutes-1963.md#a-dues) Harbour Board, 7 January 1963</p>"
    ) in other


def test_on_its_own_page_a_document_s_recipients_are_named_and_not_linked_again(tmp_path: Path) -> None:
    pages = rendered(stage(tmp_path))
    assert '<span class="to">to Harbour Board</span>' in pages["documents/memo-1962.md"]
    linked = '<span class="to">to [Harbour Board](../actors/harbour-board.md){: .actor }</span>'
    assert linked in pages["issues/harbour-wall.md"]


@pytest.mark.parametrize(
    ("language", "figure", "words"),
    [
        ("en", Figure(value=25, unit="%"), "25%"),
        ("en", Figure(value=19.9, unit="%", of="shares"), "19.9% (shares)"),
        ("de", Figure(value=19.9, unit="%"), "19,9\N{NO-BREAK SPACE}%"),
        ("en", Figure(value=400_000_000, unit="USD"), "$400,000,000"),
        ("en", Figure(value=2.5, unit="USD"), "$2.50"),
        ("de", Figure(value=1250, unit="EUR"), "1.250\N{NO-BREAK SPACE}€"),
        ("en", Figure(value=7, unit="years", words="seven-year"), "7\N{NO-BREAK SPACE}years"),
        ("tlh", Figure(value=1250, unit="men"), "1,250\N{NO-BREAK SPACE}men"),
    ],
)
def test_a_figure_is_written_as_the_dossier_s_language_does(
    language: str, figure: Figure, words: str, tmp_path: Path
) -> None:
    page = open_any_page(
        stage(tmp_path, {"dossier.md": f"---\ntitle: Papers\nlanguage: {language}\n---\n[[memo-1962]]\n"})
    )
    assert word_figure(page, figure) == words


# Positions

CLAIMS = """\
- {{id: a, quote: raise the dues, speaker: {first}, date: 1961, issues: [harbour-dues], modality: denies}}
- id: b
  quote: by a tenth
  speaker: {second}
  date: 1963
  issues: [harbour-dues]
  modality: {modality}
{relations}
"""
REVISES = """\
  relations:
    - {kind: revises, to: minutes-1963#a, note: "He came round.[@memo-1962#wall-cost]", confirmed_by: editors}
"""
ROLE = (
    "---\nname: Jo Smith\nkind: person\nroles:\n  - {{role: Member, at: harbour-board, date: {date}}}\n---\n"
)


def positions(
    folder: Path, claims: str, smith: str | None = None
) -> Mapping[str, list[tuple[str, list[str]]]]:
    files: dict[str, str | bytes | None] = {"annotations/minutes-1963.yml": claims}
    if smith is not None:
        files["actors/jo-smith.md"] = smith
    index = stage(folder, files).index
    return {
        actor: [(one.issue, [s.annotation.id for s in one.statements]) for one in moved]
        for actor, moved in index.positions.items()
    }


def test_a_position_is_what_an_actor_claimed_on_an_issue_at_two_times(tmp_path: Path) -> None:
    same = CLAIMS.format(first="jo-smith", second="jo-smith", modality="asserts", relations="")
    assert positions(tmp_path, same) == {"jo-smith": [("harbour-dues", ["a", "b"])]}
    assert positions(tmp_path, same.replace("date: 1963", "date: 1961")) == {}
    assert positions(tmp_path, same.replace("  modality: asserts\n", "")) == {}
    other = CLAIMS.format(first="jo-smith", second="ann-lee", modality="asserts", relations="")
    assert positions(tmp_path, other) == {}


def test_a_claim_that_revises_an_actor_s_belongs_to_his_position(tmp_path: Path) -> None:
    revised = CLAIMS.format(first="jo-smith", second="ann-lee", modality="asserts", relations=REVISES)
    both = [("harbour-dues", ["a", "b"])]
    assert positions(tmp_path, revised) == {"ann-lee": both, "jo-smith": both}
    echoed = revised.replace("kind: revises", "kind: echoes")
    assert positions(tmp_path, echoed) == {}


@pytest.mark.parametrize(
    ("date", "is_member"), [("1958/1964", True), ("1963~", True), ("1964", False), ("1950/1962", False)]
)
def test_a_claim_of_a_body_is_its_member_s_only_while_he_has_a_role_there(
    date: str, is_member: bool, tmp_path: Path
) -> None:
    claims = CLAIMS.format(first="jo-smith", second="harbour-board", modality="asserts", relations="")
    found = positions(tmp_path, claims, ROLE.format(date=f'"{date}"'))
    assert found == ({"jo-smith": [("harbour-dues", ["a", "b"])]} if is_member else {})


def test_a_position_shows_what_the_editors_state_between_two_claims_and_where_they_state_nothing(
    tmp_path: Path,
) -> None:
    files = {
        "annotations/minutes-1963.yml": CLAIMS.format(
            first="jo-smith", second="ann-lee", modality="asserts", relations=REVISES
        )
        + "- {id: c, quote: The members, speaker: jo-smith, date: 1964, issues: [harbour-dues], status: quoted}\n"
    }
    pages = rendered(stage(tmp_path, files))
    page = pages["actors/jo-smith.md"]
    assert "### [Harbour dues](../issues/harbour-dues.md){: .issue } {: #position-harbour-dues }" in page
    steps = [line for line in page.splitlines() if line.startswith("<span><b>") or "no relation" in line]
    assert len(page.split("no relation stated by the editors")) == 2
    assert any("<b>revises</b> the words of 1961. He came round." in line for line in page.splitlines()), (
        steps
    )
    assert '<span class="speaker">[Ann Lee](ann-lee.md){: .actor }</span>' in page
    assert (
        "[Jo Smith](../actors/jo-smith.md#position-harbour-dues){: .actor }"
        in pages["issues/harbour-dues.md"]
    )
    # The note stands once: in the position, not in the ledger below it as well.
    assert page.count("He came round") == 1


# Filters

DATES = st.sampled_from(
    ("1961", "1962-03~", "1950/1990", "1960/1961", "1962/..", "../1960", "XXXX", "0001", "196X")
)
ANNOTATION = st.fixed_dictionaries(
    {
        "speaker": st.lists(
            st.sampled_from(("ann-lee", "harbour-board", "jo-smith")), max_size=3, unique=True
        ),
        "modality": st.sampled_from((None, "asserts", "hearsay", "denies")),
        "status": st.sampled_from((None, "quoted", "editors-note")),
        "date": DATES,
    }
)


def make_statements(drawn: list[dict[str, object]]) -> list[Statement]:
    return [
        Statement(
            document="memo-1962" if number % 3 else "minutes-1963",
            annotation=Annotation(
                id=f"n{number}",
                quote="words",
                speaker=tuple(one["speaker"]),  # type: ignore[arg-type]
                modality=one["modality"],  # type: ignore[arg-type]
                status=one["status"],  # type: ignore[arg-type]
            ),
            number=number,
            date=str(one["date"]),
            state="verified" if number % 2 else "unchecked",
            passage=None,
            sort_key=("", "", "", "d", number),
        )
        for number, one in enumerate(drawn)
    ]


def harbour_page() -> Page:
    with tempfile.TemporaryDirectory() as folder:
        return open_any_page(run_stages(write_corpus(Path(folder))))


PAGE = harbour_page()


def numbers_of(filters: LedgerFilters, kind: str) -> list[set[str]]:
    """Return the numbers of each statement for a kind; sets that are empty where it has none."""
    found = []
    for attributes in filters.of_statements:
        value = str(attributes).partition(f' data-{kind}="')[2].partition('"')[0]
        found.append(set(value.split()))
    return found


@settings(deadline=None)
@given(st.lists(ANNOTATION, max_size=8))
def test_every_statement_fits_a_choice_of_each_kind_and_every_choice_a_statement(
    drawn: list[dict[str, object]],
) -> None:
    statements = make_statements(drawn)
    filters = view_filters(PAGE, statements)
    kinds = str(filters.attributes).partition('data-kinds="')[2].partition('"')[0].split()
    assert len(kinds) == filters.count
    assert kinds == [kind for kind in VALUES if kind in kinds]
    for kind in kinds:
        slugs = str(filters.attributes).partition(f'data-{kind}-slugs="')[2].partition('"')[0].split(" ")
        names = str(filters.attributes).partition(f'data-{kind}-names="')[2].partition('"')[0].split("&#10;")
        numbers = numbers_of(filters, kind)
        assert all(numbers)
        assert set().union(*numbers) == {str(number) for number in range(len(slugs))}
        assert len(slugs) == len(names) == len(set(slugs)) >= 2
        assert all(names)


def test_a_kind_of_one_value_and_a_short_ledger_have_nothing_to_choose() -> None:
    one: dict[str, object] = {"speaker": ["ann-lee"], "modality": "asserts", "status": None, "date": "1962"}
    assert view_filters(PAGE, make_statements([one, {**one, "modality": "denies"}])).count == 0
    three = view_filters(PAGE, make_statements([one, {**one, "modality": "denies"}, one]))
    assert 'data-modality-slugs="asserts denies" data-modality-names="asserts&#10;denies"' in three.attributes
    assert "data-speaker" not in three.attributes
    assert "data-status" not in three.attributes


def test_choices_stand_in_the_order_of_names_of_the_format_or_of_time_and_none_last() -> None:
    base: dict[str, object] = {"speaker": [], "modality": None, "status": None, "date": "XXXX"}
    filters = view_filters(
        PAGE,
        make_statements(
            [
                base,
                {
                    "speaker": ["jo-smith", "ann-lee"],
                    "modality": "hearsay",
                    "status": "quoted",
                    "date": "1962",
                },
                {"speaker": ["harbour-board"], "modality": "denies", "status": "quoted", "date": "1960/1961"},
            ]
        ),
    )
    assert 'data-speaker-names="Ann Lee&#10;Harbour Board&#10;Jo Smith&#10;not stated"' in filters.attributes
    assert 'data-modality-slugs="denies hearsay -"' in filters.attributes
    assert 'data-year-names="1960&#10;1961&#10;1962&#10;undated"' in filters.attributes
    assert numbers_of(filters, "speaker") == [{"3"}, {"0", "2"}, {"1"}]


MANY = 30


def annotations_of(number: int, **more: object) -> str:
    own = {"id": "n0", "quote": f"Words{number}", "speaker": ["p0"], "issues": ["wall"]}
    return json.dumps([{**own, **more}])


def write_hub(folder: Path, **hub: object) -> Path:
    """Write a corpus in which MANY statements support one, and MANY people could be named by it."""
    root = folder / "corpus"
    for name in ("documents", "texts", "annotations", "actors", "issues"):
        (root / name).mkdir(parents=True)
    for number in range(MANY):
        (root / f"actors/p{number}.md").write_text(f"---\nname: Person {number}\nkind: person\n---\n")
    (root / "issues/wall.md").write_text("---\ntitle: The wall\n---\n")
    supports = {"kind": "supports", "to": "d0#n0", "confirmed_by": "editors"}
    for number in range(MANY + 1):
        record: dict[str, object] = {
            "title": f"Letter {number}",
            "date": f"{1900 + number}",
            "kind": "letter",
        }
        record |= {"rights": {"publish": "full"}, "recipients": [f"p{one}" for one in range(MANY)]}
        (root / f"documents/d{number}.md").write_text(f"---\n{json.dumps(record)}\n---\n")
        (root / f"texts/d{number}.md").write_text(f"Words{number} of a letter.\n")
        more = {"relations": [supports]} if number else hub
        (root / f"annotations/d{number}.yml").write_text(annotations_of(number, **more))
    return root


def test_of_many_relations_stated_of_one_statement_the_newest_are_shown(tmp_path: Path) -> None:
    pages = rendered(run_stages(write_hub(tmp_path)))
    left_out = MANY - MAX_RECEIVED
    more = f"[{left_out} more relations, stated by other statements]"
    for path, address in (
        ("documents/d0.md", "#backlinks"),
        ("issues/wall.md", "../documents/d0.md#backlinks"),
    ):
        page = pages[path]
        assert page.count(f"{more}({address})") == 1
        supported = re.findall(r"<b>is supported by</b> \[“Words(\d+)”\]", page)
        assert [int(one) for one in supported] == list(range(left_out + 1, MANY + 1))
    # Each other one tells its own, and links to the document from below.
    for number in range(1, MANY + 1):
        assert "<b>supports</b> [“Words0”](d0.md#a-n0)" in pages[f"documents/d{number}.md"]
    assert "{: #backlinks" in pages["documents/d0.md"]


def test_all_recipients_of_a_document_are_one_link_where_they_are_many(tmp_path: Path) -> None:
    pages = rendered(run_stages(write_hub(tmp_path, addressee=[f"p{one}" for one in range(MANY)])))
    assert f"to [the {MANY} addressees](../documents/d0.md#record)" in pages["issues/wall.md"]
    assert f"to [the {MANY} addressees](#record)" in pages["documents/d0.md"]


def test_of_many_people_named_together_the_first_are_linked_and_the_reader_first(tmp_path: Path) -> None:
    some = [f"p{one}" for one in range(MANY - 1)]
    pages = rendered(run_stages(write_hub(tmp_path, addressee=some, speaker=some)))
    more = f"[{MANY - 1 - MAX_NAMES} more](../documents/d0.md#a-n0)"
    assert pages["issues/wall.md"].count(more) == 2
    own = pages["actors/p20.md"]
    assert '<span class="speaker">Person 20, [Person 0](p0.md)' in own
    home = pages["documents/d0.md"]
    assert "Person 28" in home
    assert " more](" not in home.split("## What links here")[0].replace("more relations", "")
