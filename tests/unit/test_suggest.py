"""What the register lacks: what is suggested, what is not, and what writing it does."""

from __future__ import annotations

import json
import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import main
from generator.load.yaml import parse_yaml
from generator.suggest import SUGGESTION_KINDS, Suggestion, find_suggestions, write_suggestions
from generator.suggest.alias_edit import add_alias, quote_scalar
from generator.suggest.model import NewActor, NewAlias
from tests.corpora import run_stages, stage, write_corpus

PROJECT = Path(__file__).resolve().parents[2]
MEMO = "texts/memo-1962.md"
PLAIN_RECORD = """\
---
title: Memorandum on the harbour wall
date: 1962-03-14
kind: memorandum
{extra}rights: {{publish: full}}
issues: [harbour-wall, harbour-dues]
---
The engineer warns of the cost.
"""


def files(text: str, *, language: str = "") -> dict[str, str | bytes | None]:
    """Return the harbour corpus's files with one transcription alone, of these words."""
    extra = f"language: {language}\n" if language else ""
    return {
        MEMO: text,
        "documents/memo-1962.md": PLAIN_RECORD.format(extra=extra),
        "documents/minutes-1963.md": None,
        "texts/minutes-1963.md": None,
        "annotations/minutes-1963.yml": None,
        "annotations/memo-1962.yml": None,
        "actors/ann-lee.md": "---\nname: Ann Lee\nkind: person\n---\n",
        "actors/harbour-board.md": "---\nname: Harbour Board\nkind: public body\n---\n",
        "actors/jo-smith.md": "---\nname: Jo Smith\nkind: person\n---\n",
        "issues/harbour-wall.md": "---\ntitle: The harbour wall\naliases: [harbour wall]\n---\n",
        "issues/harbour-dues.md": "---\ntitle: Charges for berths\naliases: [harbour dues]\n---\n",
        "dossier.md": "---\ntitle: Harbour Papers\n---\n",
    }


def suggestions(
    folder: Path, text: str, more: Mapping[str, str] | None = None, *, language: str = ""
) -> tuple[Suggestion, ...]:
    staged = stage(folder, {**files(text, language=language), **(more or {})})
    return find_suggestions(staged.corpus, staged.linked)[0]


def named(found: tuple[Suggestion, ...], kind: str = "name") -> dict[str, Suggestion]:
    return {one.words: one for one in found if one.kind == kind}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_a_name_that_no_alias_covers_is_suggested_with_kind_count_and_contexts(tmp_path: Path) -> None:
    text = (
        "Yesterday the wall was seen\nby Dr. Ines Quarrel.\n\n"
        "The Harbour Board met. Quarrel left with Quarrel's dog.\n"
    )
    one = named(suggestions(tmp_path, text))["Ines Quarrel"]
    assert (one.likely_kind, one.count) == ("person", 3)
    assert "title `dr`" in one.reason
    assert one.writes == NewActor(name="Ines Quarrel", kind="person", aliases=("Quarrel",))
    first = one.contexts[0]
    assert (first.place.path, first.place.line, first.place.column) == ("corpus/texts/memo-1962.md", 2, 8)
    assert first.words[first.hit.start : first.hit.end] == "Ines Quarrel"
    assert "\n" not in first.words


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("It was paid to Dredgewell Ltd. in full.", "Dredgewell Ltd", "company"),
        ("It was sent to the Ministry of Sluices in full.", "Ministry of Sluices", "public body"),
        ("It was read by the Committee on Tides and Dykes.", "Committee on Tides and Dykes", "public body"),
        ("It was told to the Kelder Tribune.", "Kelder Tribune", "organisation"),
        ("It was seen by Wilma van der Steen, who said so.", "Wilma van der Steen", "person"),
        ("They met in Elmstad and later in Elmstad.", "Elmstad", "place"),
        ("They met in France.", "France", "place"),
        ("It was sent by Sam O'Leary, who wrote again.", "Sam O'Leary", "person"),
    ],
)
def test_the_kind_is_told_by_the_words_and_what_stands_around(
    tmp_path: Path, text: str, name: str, kind: str
) -> None:
    assert named(suggestions(tmp_path, text))[name].likely_kind == kind


def test_the_beginning_of_a_sentence_headings_and_lines_of_capitals_name_nobody(tmp_path: Path) -> None:
    text = (
        "# A Report On Tidal Matters\n\nNOTICE TO ALL MEMBERS OF THE PUBLIC\n\n"
        "Stone is dear. However, nobody knew. Yesterday it rained. Sincerely,\n\n- Timber\n- Gravel\n\n"
        "He read “How the Sea Took the Town” on Monday, in March. The Harbour Board Asks for Quiet and About Stone.\n"
    )
    assert named(suggestions(tmp_path, text)) == {}


def test_what_the_register_knows_or_excludes_is_not_suggested(tmp_path: Path) -> None:
    more = {"actors/ann-lee.md": "---\nname: Ann Lee\nkind: person\nexclude: [Lee Sound]\n---\n"}
    text = "They saw Ann Lee, the Harbour Board, Lee Sound and `Code Name`; see https://a.example/Bob-Roe .\n"
    assert named(suggestions(tmp_path, text, more)) == {}


def test_a_longer_name_around_an_alias_is_suggested_as_mistaken_now(tmp_path: Path) -> None:
    more = {"actors/ann-lee.md": "---\nname: Ann Lee\nkind: person\naliases: [Lee]\n---\n"}
    found = named(suggestions(tmp_path, "It was paid by the Lee Foundation, not by Bo Lee or Lee.\n", more))
    assert list(found) == ["Lee Foundation", "Bo Lee"]
    assert all("counted as a mention of `ann-lee`" in one.reason for one in found.values())


@pytest.mark.parametrize(
    "text",
    [
        "They met the Tidal Users League (TUL) there.",
        "They met TUL (Tidal Users League) there.",
        "They met the Tidal Users League (the “TUL”) there.",
        "They met the Tidal Users League (hereafter TUL) there.",
    ],
)
def test_an_abbreviation_defined_either_way_round_makes_one_actor(tmp_path: Path, text: str) -> None:
    found = suggestions(tmp_path, text)
    one = named(found, "abbreviation")["Tidal Users League"]
    assert one.writes == NewActor(name="Tidal Users League", kind="organisation", aliases=("TUL",))
    assert named(found) == {}


def test_an_abbreviation_of_a_known_actor_becomes_its_alias(tmp_path: Path) -> None:
    one = named(suggestions(tmp_path, "The Harbour Board (HB) met."), "abbreviation")["HB"]
    assert one.writes == NewAlias(slug="harbour-board", alias="HB")


def test_brackets_that_define_nothing_are_no_abbreviation(tmp_path: Path) -> None:
    text = "They saw Ann Lee (R-SC), the wall (OK) and a large tide (LT) in Elm (1962).\n"
    assert named(suggestions(tmp_path, text), "abbreviation") == {}


def test_a_surname_behind_the_full_name_is_an_alias_even_where_it_begins_a_sentence(tmp_path: Path) -> None:
    one = named(suggestions(tmp_path, "They met Ann Lee there. Lee left."), "surname")["Lee"]
    assert (one.count, one.writes) == (1, NewAlias(slug="ann-lee", alias="Lee"))


def test_a_surname_before_the_full_name_or_of_two_persons_writes_nothing(tmp_path: Path) -> None:
    assert named(suggestions(tmp_path / "a", "They met Lee there, not Ann Lee."), "surname") == {}
    more = {"actors/bo-lee.md": "---\nname: Bo Lee\nkind: person\n---\n"}
    one = named(suggestions(tmp_path / "b", "They met Ann Lee. There was Lee.", more), "surname")["Lee"]
    assert one.writes is None
    assert "`bo-lee`" in one.reason


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Harbuor Board", "letter"),
        ("Harbour-Board", "hyphen"),
        ("Harbour BOARD", "capitals"),
        ("Board Harbour", "order"),
    ],
)
def test_a_spelling_near_an_alias_is_offered_for_it(tmp_path: Path, words: str, why: str) -> None:
    one = named(suggestions(tmp_path, f"They met the {words} there."), "spelling")[words]
    assert why in one.reason
    assert one.writes == NewAlias(slug="harbour-board", alias=words)


def test_a_company_with_its_form_is_the_company(tmp_path: Path) -> None:
    more = {"actors/acme.md": "---\nname: Acme\nkind: company\n---\n"}
    one = named(suggestions(tmp_path, "They paid Acme Holdings for it.", more), "spelling")["Acme Holdings"]
    assert one.writes == NewAlias(slug="acme", alias="Acme Holdings")


def test_names_that_differ_by_a_whole_word_are_no_spellings(tmp_path: Path) -> None:
    more = {"actors/north-elm.md": "---\nname: North Elm Trust\nkind: organisation\n---\n"}
    found = suggestions(tmp_path, "They met the South Elm Trust there.", more)
    assert named(found, "spelling") == {}
    assert "South Elm Trust" in named(found)


def test_a_passage_with_words_of_an_issue_and_no_issue_is_shown(tmp_path: Path) -> None:
    text = "The charges for a berth were high.\n\nThe harbour dues are charges for berths.\n"
    found = named(suggestions(tmp_path, text), "issue-words")
    one = found["charges for a berth"]
    assert one.target == "harbour-dues"
    assert one.writes == NewAlias(slug="harbour-dues", alias="charges for a berth")
    assert [context.place.line for context in one.contexts] == [1]
    assert len(found) == 1


def test_unused_aliases_and_unnamed_actors_are_listed_and_cannot_be_written(tmp_path: Path) -> None:
    more = {"actors/ann-lee.md": "---\nname: Ann Lee\nkind: person\naliases: [Ms. Lee]\n---\nAnn Lee was.\n"}
    found = suggestions(tmp_path, "Jo Smith met the Harbour Board.", more)
    assert named(found, "unused-alias")["Ms. Lee"].target == "ann-lee"
    assert named(found, "unnamed-actor")["Ann Lee"].target == "ann-lee"
    assert all(one.writes is None for one in found if one.kind in ("unused-alias", "unnamed-actor"))


def test_german_nouns_are_no_names_but_titles_several_words_and_capitals_are(tmp_path: Path) -> None:
    text = (
        "Die Regierung hat am Montag den Entwurf über die Kosten vorgelegt. Frau Berta Kranich sprach mit Herrn"
        " Oltmann. Kranich lobte den Ausschuss für Deiche. Gestern Abend lieferte die Deichwerk Nord GmbH Steine"
        " an die Verwaltung. Nach Ansicht von Oltmann war die Prüfung der Maßnahme zu kurz.\n"
    )
    found = named(suggestions(tmp_path, text, language="de"))
    assert set(found) == {"Berta Kranich", "Oltmann", "Ausschuss für Deiche", "Deichwerk Nord GmbH"}
    assert found["Berta Kranich"].writes == NewActor(
        name="Berta Kranich", kind="person", aliases=("Kranich",)
    )


def test_a_script_without_capitals_is_left_with_a_notice(tmp_path: Path) -> None:
    more = {"actors/tide-party.md": "---\nname: Tide Party\nkind: party\naliases: [潮汐党]\n---\n"}
    staged = stage(
        tmp_path, {**files("潮汐党（TDP）在会议上发表声明。李安出席了会议。\n", language="zh"), **more}
    )
    found, notices = find_suggestions(staged.corpus, staged.linked)
    assert [notice.code for notice in notices] == ["names-not-sought"]
    assert named(found) == {}
    assert named(found, "abbreviation")["TDP"].writes == NewAlias(slug="tide-party", alias="TDP")


def test_authors_and_titles_of_a_cited_work_are_not_suggested_from_its_note(tmp_path: Path) -> None:
    text = 'It leaks, says Bo Roe.[^1]\n\n[^1]: Smith, Jo. "The wall that leaks". See Cy Dunn on it.\n'
    record = PLAIN_RECORD.format(extra='footnotes: {"1": {cites: [gazette-1961]}}\n')
    found = named(suggestions(tmp_path, text, {"documents/memo-1962.md": record}))
    assert set(found) == {"Bo Roe", "Cy Dunn"}


def test_the_ranking_is_numbered_explained_and_the_same_twice(tmp_path: Path) -> None:
    text = "The Tidal Users League (TUL) met Bo Roe.\n\nBo Roe said no to Cy Dunn in Elmstad.\n"
    found = suggestions(tmp_path / "a", text)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.score == sum(part.points for part in one.parts) and one.parts for one in found)
    assert found == suggestions(tmp_path / "b", text)
    assert len({one.id for one in found}) == len(found)


RECORDS = (
    "---\nname: Ann Lee # the engineer\nkind: person\n---\nBody.\n",
    "---\nname: Ann Lee\nkind: person\naliases: [Ms. Lee, 'A. Lee'] # two\n---\n",
    '---\nname: Ann Lee\naliases: [Ms. Lee,\n  "A. Lee", # the second\n  ]\nkind: person\n---\n',
    "---\nname: Ann Lee\naliases: []\nkind: person\n---\n",
    "---\naliases:\n- Ms. Lee # one\n\n# people\nname: Ann Lee\nkind: person\n---\n",
    "---\nname: Ann Lee\nkind: person\naliases:\n  - Ms. Lee\n  - alias: a\n    case_sensitive: false\n---\nBody.\n",
    "---\nname: Ann Lee\nkind: person\naliases:\n  - {alias: engineer, case_sensitive: false}\n---\n",
    "---\nname: Ann Lee\nkind: person\naliases:\n  - >-\n    Ms.\n    Lee\n---\n",
    "---\n{name: Ann Lee, kind: person}\n---\n",
    "---\r\nname: Ann Lee\r\nkind: person\r\naliases:\r\n  - Ms. Lee\r\n---\r\nBody.\r\n",
    "\ufeff---\nname: Ann Lee\nkind: person # last\n---\nBody.\n",
)
ALIASES = ("Lee", "Lee, Ann", "yes: no", "null", "#1", 'L\'Ée "x"', "- Lee", "@lee", "李安", "Lee: x")


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_is_put_in_and_nothing_else_changes(tmp_path: Path, record: str, alias: str) -> None:
    root = write_corpus(tmp_path, {"actors/ann-lee.md": record})
    corpus = run_stages(root).corpus
    before = corpus.actors["ann-lee"].record
    one = Suggestion(
        id="x", kind="surname", words=alias, reason="", parts=(), writes=NewAlias(slug="ann-lee", alias=alias)
    )
    written, found = write_suggestions(corpus, root, "corpus", [one])
    assert found == ()
    assert [each.path for each in written] == ["corpus/actors/ann-lee.md"]
    now = (root / "actors/ann-lee.md").read_bytes().decode()
    after = run_stages(root).corpus.actors["ann-lee"]
    assert after.record.aliases == (*before.aliases, alias)
    assert (after.record.name, after.record.kind) == (before.name, before.kind)
    assert is_subsequence(record, now)
    assert ("\r\n" in record) == ("\r\n" in now)


def is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


@pytest.mark.parametrize("text", ["", "no front matter\n", "---\nname: x\n", "---\n---\n", "---\n- a\n---\n"])
def test_a_text_without_keys_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        add_alias(text, "Lee")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12))
def test_a_quoted_scalar_means_its_words(words: str) -> None:
    value, _, found = parse_yaml(f"a: [x, {quote_scalar(words)}]\n", path="")
    assert not found
    assert value == {"a": ["x", unicodedata.normalize("NFC", words)]}


PIECES = st.sampled_from(
    (
        *(
            "Bo Roe",
            "Roe",
            "Dr. Roe",
            "Mr. Cy Dunn",
            "Dunn",
            "the Tidal Users League (TUL)",
            "TUL",
            "Ann Lee",
            "Lee",
        ),
        *(
            "Lee Foundation",
            "Jo Lee",
            "Harbuor Board",
            "Harbour-Board",
            "HARBOUR BOARD",
            "Ministry of Sluices",
        ),
        *(
            "HB (Harbour Board)",
            "Élan Roé",
            "van der Elm",
            "Wilma van der Elm",
            "Van der Elm",
            "the charges",
            "L'Elm",
        ),
        *(
            "said",
            "and",
            "in",
            "in Elmstad",
            "met",
            ".",
            ",",
            "\n\n",
            "\n",
            "“",
            "”",
            "(",
            ")",
            "- ",
            "harbour",
        ),
        *(
            "wall",
            "U.S. Elm",
            "eBay",
            "G20",
            "Roe-Dunn",
            "Roe's",
            "潮汐",
            "*Bo* Roe",
            "# ",
            "Elm & Ash",
            "ÉLAN",
        ),
    )
)
TEXTS = st.lists(PIECES, min_size=1, max_size=18).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, language=st.sampled_from(("", "de", "fr")), data=st.data())
def test_what_was_written_is_not_suggested_again_and_the_corpus_still_loads(
    text: str, language: str, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_corpus(Path(folder), {**files(text + "\n", language=language)})
        staged = run_stages(root)
        found, _ = find_suggestions(staged.corpus, staged.linked)
        writable = [one for one in found if one.writes is not None]
        if not writable:
            return
        one = data.draw(st.sampled_from(writable))
        written, faults = write_suggestions(staged.corpus, root, "corpus", [one])
        assert (len(written), faults) == (1, ())
        again = run_stages(root)
        assert not again.corpus.left_out
        assert one.id not in {each.id for each in find_suggestions(again.corpus, again.linked)[0]}


def test_a_new_actor_never_overwrites_a_file_and_gets_a_slug_of_its_own(tmp_path: Path) -> None:
    root = write_corpus(tmp_path)
    corpus = run_stages(root).corpus
    ones = [
        Suggestion(
            id=name, kind="name", words=name, reason="", parts=(), writes=NewActor(name=name, kind="person")
        )
        for name in ("Ann Lee", "Ánn Lee", "Index", "李安", "???", "Con")
    ]
    written, found = write_suggestions(corpus, root, "corpus", ones)
    assert found == ()
    assert [each.path.rpartition("/")[2] for each in written] == [
        "ann-lee-2.md",
        "ann-lee-3.md",
        "actor-index.md",
        "李安.md",
        "actor.md",
        "actor-con.md",
    ]
    assert not run_stages(root).corpus.left_out


def test_a_record_that_changed_under_the_editor_is_left_as_it_is(tmp_path: Path) -> None:
    root = write_corpus(tmp_path)
    corpus = run_stages(root).corpus
    broken = "---\nname: [\n---\n"
    (root / "actors/ann-lee.md").write_text(broken)
    one = Suggestion(
        id="x", kind="surname", words="L", reason="", parts=(), writes=NewAlias(slug="ann-lee", alias="L")
    )
    written, found = write_suggestions(corpus, root, "corpus", [one])
    assert written == ()
    assert [each.code for each in found] == ["suggestion-not-written"]
    assert (root / "actors/ann-lee.md").read_text() == broken


def test_the_command_lists_filters_limits_and_writes(tmp_path: Path) -> None:
    root = write_corpus(tmp_path, files("They met Ann Lee there. Lee met Dr. Bo Roe and Cy Dunn.\n"))
    listed = run("suggest", str(root))
    assert listed.exit_code == 0
    assert "surname:ann-lee:Lee writes alias “Lee” of ann-lee" in listed.output
    answer = json.loads(run("suggest", str(root), "--json", "--kind", "name", "--limit", "1").output)
    assert [one["words"] for one in answer["suggestions"]] == ["Bo Roe"]
    assert {"number", "score", "score_parts", "contexts", "writes", "reason", "id"} <= set(
        answer["suggestions"][0]
    )
    assert answer["count"] > 1
    number = answer["suggestions"][0]["number"]
    written = run("suggest", str(root), "--write", f"{number},surname:ann-lee:Lee")
    assert written.exit_code == 0
    assert "actors/bo-roe.md: new actor “Bo Roe” (person)" in written.output
    after = json.loads(run("suggest", str(root), "--json").output)
    assert not {"name:Bo_Roe", "surname:ann-lee:Lee"} & {one["id"] for one in after["suggestions"]}


def test_an_unknown_number_or_id_is_wrong_usage_and_writes_nothing(tmp_path: Path) -> None:
    root = write_corpus(tmp_path, files("They met Ann Lee there. Lee met Dr. Bo Roe.\n"))
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    for chosen, answer in (("999", "no suggestion `999`"), ("name:Bo_Ro", "did you mean `name:Bo_Roe`?")):
        result = run("suggest", str(root), "--write", "surname:ann-lee:Lee", "--write", chosen)
        assert result.exit_code == 2
        assert answer in result.output
    unwritable = run(
        "suggest", str(root), "--write", "unnamed-actor:jo-smith", "--write", "unnamed-actor:Jo_Smith"
    )
    assert unwritable.exit_code == 2
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before


def test_a_corpus_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    result = run("suggest", str(tmp_path))
    assert result.exit_code == 1
    assert "missing-corpus" in result.output


def test_control_characters_of_a_text_cannot_drive_the_terminal(tmp_path: Path) -> None:
    root = write_corpus(tmp_path, files("They met \x1b[31mBo Roe and \u202eCy Dunn there.\n"))
    result = run("suggest", str(root))
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


def test_the_default_dossier_lacks_no_person_and_no_body_that_its_texts_name() -> None:
    staged = run_stages(PROJECT / "corpus")
    found, notices = find_suggestions(staged.corpus, staged.linked)
    assert notices == ()
    kinds = {one.words: one.likely_kind for one in found if one.kind == "name"}
    assert not [words for words, kind in kinds.items() if kind in ("person", "company", "public body")]
    assert found[0].words == "Truth Social"
    assert {one.kind for one in found} <= set(SUGGESTION_KINDS)
    assert not {"surname", "spelling", "abbreviation"} & {one.kind for one in found}


# A press release, a mail, a German article and a Spanish note; all names are invented.
VARIED: Mapping[str, tuple[str, str]] = {
    "press": (
        "en",
        """\
FOR IMMEDIATE RELEASE

Contact: Petra Holm, 555-0199

**Senators Tern and Gull Introduce the Clean Estuary Act**

PORT QUENNEL — U.S. Senators Oswald Tern (D-Mar.) and Livia Gull (R-Ost.) today introduced the Clean Estuary
Act, which would require the Coastal Protection Agency to publish measurements. "We owe it to the people of
Quennel County," said Senator Gull. "No more excuses. Not from Brinemark, not from anyone."

The bill is supported by the Estuary Alliance, Fishers United, the National Union of Pilots (NUP) and Friends
of the Mole. Brinemark Holdings did not respond. Its chief executive, Arno Feld, said last week that the
company "welcomes science".

"The Agency has looked away for years," said Gull, who chairs the Subcommittee on Inland Waters. Tern added
that the Office of Tidal Records had kept no books since 2011. Under Section 4 of the Act, fines double in
January. According to NUP president Dana Voss, pilots will watch. Voss spoke at the Grand Hotel on Tuesday.

###
""",
    ),
    "mail": (
        "en",
        """\
From: Karl Wren
To: Mira Stolz
Subject: Re: Dredging

Hi Mira,

I talked to Brinemark again. Arno says Phase Two starts in May. The guys at Lockhart & Moss think the permit
is fine. Can you ask the Coastal Protection Agency? Also ask Tern's office. Did you see the piece in the
Quennel Courier? It calls us "the Pirates of Dock Nine".

Thanks,
Karl
""",
    ),
    "artikel": (
        "de",
        """\
Port Quennel. Der Konzern Brinemark Holdings will im Frühjahr mit dem Ausbaggern beginnen. Das bestätigte
Vorstandschef Arno Feld der Küstenzeitung am Mittwoch. Die Bürgerinitiative Freie Mole kündigte Widerstand an.
Sprecherin Jutta Harms sagte, die Behörde habe die Akten nie gesehen. Harms forderte eine Prüfung durch das
Landesamt für Gewässer (LfG). Das LfG wollte sich nicht äußern. Wirtschaftsminister Götz Amrum verwies auf das
Verfahren. Die Hafenbehörde, der Stadtrat und die Universität Quennel prüfen den Antrag. Im Rathaus herrscht
Ruhe.
""",
    ),
    "nota": (
        "es",
        """\
El Ministerio de Mareas informó el lunes que la empresa Salinas del Norte S.A. pagará la multa. La ministra
Rosa Ibáñez dijo que el acuerdo con Brinemark es justo. Según Ibáñez, la Comisión Nacional de Estuarios (CNE)
revisará los datos en Quennel. Don Luis de la Vega, vecino de la zona, protestó. "No nos escuchan", dijo De la
Vega.
""",
    ),
}
VARIED_NAMES = (
    *(
        "Comisión Nacional de Estuarios",
        "Landesamt für Gewässer",
        "National Union of Pilots",
        "Arno Feld",
        "Tern",
    ),
    *(
        "Coastal Protection Agency",
        "Dana Voss",
        "Jutta Harms",
        "Livia Gull",
        "Luis de la Vega",
        "Rosa Ibáñez",
    ),
    *("Brinemark Holdings", "Estuary Alliance", "Fishers United", "Friends of the Mole", "Götz Amrum"),
    *("Ministerio de Mareas", "Office of Tidal Records", "Quennel Courier", "Salinas del Norte S.A."),
    *("Subcommittee on Inland Waters", "Universität Quennel", "Lockhart & Moss", "Petra Holm", "Freie Mole"),
)


def test_of_the_first_twenty_for_varied_texts_nineteen_are_names_that_the_register_lacks(
    tmp_path: Path,
) -> None:
    varied = {
        "actors/oswald-tern.md": "---\nname: Oswald Tern\nkind: person\n---\n",
        "actors/brinemark.md": "---\nname: Brinemark\nkind: company\n---\n",
    }
    for slug, (language, text) in VARIED.items():
        record = f"---\ntitle: {slug}\ndate: 1999\nkind: text\nlanguage: {language}\nrights: {{publish: full}}\n---\n"
        varied |= {f"documents/{slug}.md": record, f"texts/{slug}.md": text}
    found = suggestions(tmp_path, "Nothing.\n", varied)
    assert sum(one.words in VARIED_NAMES for one in found[:20]) >= 19
    # Of all that an editor would want, no more than two are missed altogether.
    assert len(set(VARIED_NAMES) - {one.words for one in found}) <= 2
