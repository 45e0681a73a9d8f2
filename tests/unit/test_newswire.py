"""The newswire collection as a dossier. All items are invented; those of the collection may not stand here."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from generator.diagnostics import format_diagnostic
from tests.corpora import run_stages
from tests.measure import PROJECT
from tests.newswire.dossier import markdown_of, slug_of_tag, write_corpus_of_items
from tests.newswire.items import Block, Item, parse_date, read_archive, read_items, split_blocks
from tests.newswire.names import name_all
from tests.newswire.score import mentioned_pairs, score_kinds

ITEMS = """\
<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="71" NEWID="1">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TOPICS><D>tin</D></TOPICS>
<PLACES><D>usa</D><D>north-quay</D></PLACES>
<PEOPLE><D>ann-lee</D></PEOPLE>
<ORGS><D>hbc</D></ORGS>
<EXCHANGES></EXCHANGES>
<COMPANIES></COMPANIES>
<UNKNOWN>
&#5;&#5;&#5;C T
&#22;&#22;&#1;f0704&#31;reute
u f BC-TIN   02-26 0105</UNKNOWN>
<TEXT>&#2;
<TITLE>QUAY &lt;QUA> TO STORE TIN</TITLE>
<AUTHOR>    By Jo O'Smith, Reuters</AUTHOR>
<DATELINE>    NORTH QUAY, Feb 26 - </DATELINE><BODY>Finance Minister Ann Lee said the Harbour Board Council
will store tin &amp; stone for the U.S. at North Quay.
    - *Not* a list, Lee told the HBC.
    The minister of finance gave these figures:
      Tin        27 cts    vs 31 cts
      Stone       3 cts    vs  4 cts
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS TOPICS="NO" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="72" NEWID="2">
<DATE> 3-MAR-1987  09:15:05.40&#5;&#5;RM</DATE>
<TOPICS></TOPICS>
<PLACES><D>usa</D></PLACES>
<PEOPLE></PEOPLE>
<ORGS></ORGS>
<EXCHANGES></EXCHANGES>
<COMPANIES></COMPANIES>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>THE U.S. WILL BUY TIN
</TITLE>Blah blah blah.
&#3;

</TEXT>
</REUTERS>
<REUTERS TOPICS="NO" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="73" NEWID="3">
<DATE>gone</DATE>
<TOPICS></TOPICS>
<PLACES></PLACES>
<PEOPLE></PEOPLE>
<ORGS></ORGS>
<EXCHANGES></EXCHANGES>
<COMPANIES></COMPANIES>
<TEXT TYPE="UNPROC">&#2;
CORRECTED - QUAY =2
    The bond of the U.S. was sold in northern places.
 REUTER
&#3;

</TEXT>
</REUTERS>
"""
DESCRIBED = """\
****Subject Codes (1)

@heading[Organization Codes (1)]
Harbour Board Council (HBC)@*
NORTH-QUAY@*
@begin[itemize]
   Finance Minister Ann (Annie) Lee, economist  (ANN-LEE)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "items.tar.xz"
    with tarfile.open(path, "w:xz") as opened:
        files = {
            "items/reut2-000.sgm": ITEMS,
            "items/cat-descriptions.txt": DESCRIBED,
            "items/README.txt": "x",
        }
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode("latin-1"))
            opened.addfile(member, io.BytesIO(text.encode("latin-1")))
    return path


def items() -> tuple[Item, ...]:
    return tuple(read_items(ITEMS))


def test_an_item_is_read_with_its_tags_and_without_the_noise_of_the_wire() -> None:
    item = items()[0]
    assert (item.number, item.date, item.kind) == (1, "1987-02-26", "news report")
    assert (item.title, item.author) == ("QUAY <QUA> TO STORE TIN", "Jo O'Smith")
    assert item.dateline == "NORTH QUAY, Feb 26"
    assert item.tags == {
        "people": ("ann-lee",), "orgs": ("hbc",), "exchanges": (), "places": ("usa", "north-quay"), "topics": ("tin",),
    }  # fmt: skip
    assert [block.text for block in item.blocks[:3]] == [
        "Finance Minister Ann Lee said the Harbour Board Council will store tin & stone for the U.S. at North Quay.",
        "- *Not* a list, Lee told the HBC.",
        "The minister of finance gave these figures:",
    ]


def test_lines_with_gaps_are_a_table_and_the_agency_signs_no_text() -> None:
    table = items()[0].blocks[3]
    assert table.is_table
    assert table.text.splitlines()[1].strip() == "Stone       3 cts    vs  4 cts"
    assert len(items()[0].blocks) == 4
    assert split_blocks(["    One", "two.", "", " REUTER"]) == (Block(text="One two."),)


def test_a_brief_has_no_text_and_an_item_without_markup_its_title_in_the_first_line() -> None:
    _, brief, raw = items()
    assert (brief.title, brief.kind, brief.blocks, brief.date) == (
        "THE U.S. WILL BUY TIN",
        "news brief",
        (),
        "1987-03-03",
    )
    assert (raw.title, raw.date) == ("CORRECTED - QUAY =2", "")
    assert raw.blocks == (Block(text="The bond of the U.S. was sold in northern places."),)


@pytest.mark.parametrize(
    ("words", "day"), [("1-APR-1987 00:02:59.13", "1987-04-01"), ("1-XYZ-1987 00:02:59.13", ""), ("", "")]
)
def test_a_date_is_read_or_left_out(words: str, day: str) -> None:
    assert parse_date(words) == day


def test_names_come_from_the_list_and_from_what_the_tagged_items_spell() -> None:
    names = name_all(items(), DESCRIBED)
    person = names["people"]["ann-lee"]
    assert (person.name, person.aliases) == ("Ann Lee", ("Lee",))
    body = names["orgs"]["hbc"]
    assert (body.name, body.aliases) == ("Harbour Board Council", ("HBC",))
    assert names["places"]["north-quay"].name == "North Quay"
    assert (names["places"]["usa"].name, names["places"]["usa"].aliases) == ("USA", ("U.S.",))
    assert (names["topics"]["tin"].name, names["topics"]["tin"].aliases) == ("Tin", ("tin",))


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "1. b",
        "*c* [d](e) `f` <g> &amp; # h",
        "+ i",
        "[[j]] %%k%% {l} m_n_o @p [^1]: q",
        "# r",
        "1987) s",
    ],
)
def test_a_paragraph_is_shown_as_just_its_words(text: str, tmp_path: Path) -> None:
    item = Item(
        number=1, date="", title="T", kind="news report", author="", dateline="",
        blocks=(Block(text=text), Block(text="End.")), tags=items()[2].tags,
    )  # fmt: skip
    write_corpus_of_items(tmp_path / "corpus", [item], name_all([item], ""))
    transcription = run_stages(tmp_path / "corpus").linked.text("item-00001", "transcription")
    assert transcription is not None
    assert [leaf.text for leaf in transcription.leaves] == [text, "End."]


def test_a_table_is_a_code_block() -> None:
    assert markdown_of(Block(text="a   b   c", is_table=True)) == "```\na   b   c\n```"


def test_the_corpus_is_sound_and_its_mentions_are_scored_against_the_tags(
    tmp_path: Path, archive: Path
) -> None:
    read, described = read_archive(archive)
    write_corpus_of_items(tmp_path / "corpus", read, name_all(read, described))
    staged = run_stages(tmp_path / "corpus")
    assert [format_diagnostic(found) for found in staged.diagnostics if found.severity == "error"] == []
    assert staged.corpus.documents["item-00001"].record.issues == (slug_of_tag("topics", "tin"),)
    scores = score_kinds(read, mentioned_pairs(staged.linked))
    places = scores["places"]
    # "U.S." stands in the third item too, which has no tags; the second has no text and counts for nothing.
    assert (places.tags, places.micro.right, places.micro.found, places.micro.given) == (2, 2, 3, 2)
    assert (places.macro_precision, places.macro_recall) == (0.75, 1.0)
    assert (scores["people"].micro.precision, scores["people"].micro.recall) == (1.0, 1.0)
    assert (scores["exchanges"].micro.precision, scores["exchanges"].tags) == (0.0, 0)


def test_the_first_items_can_be_had_alone(archive: Path) -> None:
    assert [item.number for item in read_archive(archive, 2)[0]] == [1, 2]


def test_without_the_collection_nothing_is_measured_and_nothing_fails(tmp_path: Path) -> None:
    command = [sys.executable, str(PROJECT / "tests/bench/reuters.py"), str(tmp_path / "missing.tar.xz")]
    ended = subprocess.run(
        command,
        cwd=PROJECT,
        env={"PYTHONPATH": str(PROJECT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("skipped: the collection is not at hand")


def test_a_dossier_of_the_collection_is_never_made_inside_the_repository(archive: Path) -> None:
    command = [
        sys.executable,
        str(PROJECT / "tests/bench/reuters.py"),
        str(archive),
        "--into",
        str(PROJECT / "news"),
    ]
    ended = subprocess.run(
        command,
        cwd=PROJECT,
        env={"PYTHONPATH": str(PROJECT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "name a folder outside the repository" in ended.stderr
    assert not (PROJECT / "news").exists()
