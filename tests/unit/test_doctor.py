"""One document shown with its mentions, notes, quotations and doubts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from generator.cli import main
from generator.doctor import Examination, examination_as_json, examine, find_document, show_examination
from tests.corpora import run_stages, stage, write_corpus

PROJECT = Path(__file__).resolve().parents[2]
TWO_LEES = {
    "actors/ann-lee.md": "---\nname: Ann Lee\nkind: person\naliases: [Lee]\n---\n",
    "actors/bo-lee.md": "---\nname: Bo Lee\nkind: person\naliases: [Lee]\n---\n",
}


def examined(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> Examination:
    staged = stage(folder, files)
    return examine(staged.corpus, staged.linked, staged.diagnostics, "memo-1962")


def shown(found: Examination, *, colours: bool = False) -> str:
    out = StringIO()
    console = Console(file=out, force_terminal=colours, no_color=not colours, highlight=False, width=80)
    show_examination(console, found)
    return out.getvalue()


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), env=env)


def test_mentions_quotations_notes_and_links_are_marked_by_signs_alone(tmp_path: Path) -> None:
    text = shown(examined(tmp_path))
    assert "¶1   The ⟨Harbour Board⟩ asked what the ⟪harbour wall⟫ would cost." in text
    assert "❲1 the wall will cost twice the sum named❳ last year.[^1] ⟨Ann Lee⟩ signed this." in text
    assert "── Footnote 1 (corpus/texts/memo-1962.md:8)" in text
    assert "The figure is revised in ⟦Minutes of the Harbour Board⟧." in text
    assert "\x1b" not in text


def test_a_legend_explains_every_sign(tmp_path: Path) -> None:
    head = shown(examined(tmp_path)).split("──")[0]
    for sign in ("⟨…⟩", "⟪…⟫", "⟦…⟧", "❲…❳", "[^…]", "⁇…⁇"):
        assert sign in head


def test_colours_stand_beside_the_signs_and_never_instead_of_them(tmp_path: Path) -> None:
    found = examined(tmp_path)
    coloured = shown(found, colours=True)
    assert "\x1b[32m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(found)


def test_lists_at_the_end_count_mentions_quotations_and_notes(tmp_path: Path) -> None:
    found = examined(tmp_path)
    assert [(one.slug, one.count) for one in found.namings] == [
        ("jo-smith", 2),
        ("ann-lee", 1),
        ("harbour-board", 1),
        ("harbour-wall", 1),
    ]
    assert [(one.number, one.annotation.id, one.is_doubtful) for one in found.quotations] == [
        (1, "wall-cost", False)
    ]
    assert [(one.label, one.marks, one.cites) for one in found.notes] == [("1", 1, ("gazette-1961",))]
    text = shown(found)
    assert "1 ✓ wall-cost  “the wall will cost twice the sum named” stands in the transcription" in text
    assert "✓ [^1]  1 mark, cites gazette-1961" in text
    assert "── Doubts: none" in text
    assert "── Diagnostics: none" in text


def test_an_alias_that_may_mean_two_is_a_doubt_at_its_words(tmp_path: Path) -> None:
    found = examined(
        tmp_path, {**TWO_LEES, "texts/memo-1962.md": "It was Lee.\n", "annotations/memo-1962.yml": None}
    )
    text = shown(found)
    assert "¶1   It was ⁇Lee⁇." in text
    assert "? ambiguous-alias  corpus/texts/memo-1962.md:1: “Lee” may mean ann-lee or bo-lee" in text


def test_a_decided_alias_is_no_doubt(tmp_path: Path) -> None:
    record = (
        "---\ntitle: Memo\ndate: 1962\nkind: memo\nrights: {publish: full}\n"
        "resolve:\n  - {alias: Lee, as: bo-lee}\n---\n"
    )
    files = {
        "documents/memo-1962.md": record,
        "texts/memo-1962.md": "It was Lee.\n",
        "annotations/memo-1962.yml": None,
    }
    found = examined(tmp_path, {**TWO_LEES, **files})
    assert "It was ⟨Lee⟩." in shown(found)
    assert found.doubts == ()


def test_unfound_quotations_stray_notes_vague_dates_and_gaps_are_doubts(tmp_path: Path) -> None:
    record = (
        "---\ntitle: Memo\ndate: 1962-03~\nkind: memo\nrights: {publish: full}\n"
        "footnotes: {'1': {placed_by: editors}}\ngaps: [{what: The second page., why: Torn off.}]\n---\n"
    )
    text = "The wall will cost much.[^1][^3]\n\n[^1]: One.\n\n[^2]: Two.\n"
    found = examined(tmp_path, {"documents/memo-1962.md": record, "texts/memo-1962.md": text})
    assert [doubt.code for doubt in found.doubts] == [
        "unverified-quotation",
        "vague-date",
        "gap",
        "undefined-note",
        "placed-by-editors",
        "unused-note",
    ]
    assert {one.code for one in found.diagnostics} >= {
        "quote-not-found",
        "undefined-footnote",
        "unused-footnote",
    }
    text = shown(found)
    assert "1 ✗ wall-cost" in text
    assert "✗ [^2]  0 marks" in text
    assert "The second page. Torn off." in text
    assert "! error[unused-footnote]  corpus/texts/memo-1962.md:5:1:" in text


def test_a_document_without_transcription_says_that_its_quotations_are_unchecked(tmp_path: Path) -> None:
    found = examined(tmp_path, {"texts/memo-1962.md": None})
    assert [one.code for one in found.doubts] == ["unverified-quotation"]
    assert "not checked: neither transcription nor source file is at hand" in shown(found)


def test_marks_that_cross_are_each_opened_and_closed_once(tmp_path: Path) -> None:
    notes = "- {id: a, quote: The Harbour}\n- {id: b, quote: Board asked what}\n"
    text = shown(examined(tmp_path, {"annotations/memo-1962.yml": notes}))
    line = next(line for line in text.splitlines() if line.startswith("¶1"))
    assert line.count("❲") == line.count("❳") == 2
    assert line.count("⟨") == line.count("⟩") == 1
    plain = line.replace("❲1 ", "").replace("❲2 ", "")
    assert (
        "".join(c for c in plain if c not in "❳⟨⟩⟪⟫")
        == "¶1   The Harbour Board asked what the harbour wall would cost."
    )


def test_the_json_has_the_same_and_its_offsets_find_the_words(tmp_path: Path) -> None:
    answer = examination_as_json(examined(tmp_path))
    transcription = answer["sections"][0]
    assert (transcription["title"], transcription["line"]) == ("Transcription", 1)
    block = transcription["blocks"][0]
    words = [(mark["kind"], block["text"][mark["start"] : mark["end"]]) for mark in block["marks"]]
    assert words == [("actor", "Harbour Board"), ("issue", "harbour wall")]
    assert answer["quotations"][0]["state"] == "verified"
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize(
    "typed",
    [
        "memo-1962",
        "MEMO-1962",
        "documents/memo-1962.md",
        "texts/memo-1962.md",
        "annotations/memo-1962.yml",
        "corpus/texts/memo-1962.md",
        "sources/scan.txt",
    ],
)
def test_a_document_is_named_by_its_slug_or_one_of_its_files(tmp_path: Path, typed: str) -> None:
    record = (
        "---\ntitle: Memo\ndate: 1962\nkind: memo\nrights: {publish: full}\n"
        f"source: {{file: scan.txt, sha256: {'0' * 64}}}\n---\n"
    )
    root = write_corpus(tmp_path, {"documents/memo-1962.md": record, "sources/scan.txt": "x"})
    assert find_document(run_stages(root).corpus, root, typed) == "memo-1962"


def test_a_path_from_where_the_reader_stands_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_corpus(tmp_path)
    monkeypatch.chdir(root / "texts")
    assert find_document(run_stages(root).corpus, root, "memo-1962.md") == "memo-1962"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("memo-1926", "did you mean `memo-1962`"),
        ("texts/memo-1926.md", "did you mean `memo-1962`"),
        ("actors/ann-lee.md", "no document `actors/ann-lee.md`"),
        ("../../etc/passwd", "no document"),
        ("", "there are `memo-1962`, `minutes-1963`"),
    ],
)
def test_a_near_miss_is_offered(tmp_path: Path, typed: str, answer: str) -> None:
    root = write_corpus(tmp_path)
    result = run("doctor", typed, str(root))
    assert result.exit_code == 2
    assert answer in result.output


def test_a_record_with_faults_is_said_to_have_them(tmp_path: Path) -> None:
    root = write_corpus(tmp_path, {"documents/memo-1962.md": "---\ntitle: [\n---\n"})
    result = run("doctor", "memo-1962", str(root))
    assert result.exit_code == 2
    assert "has faults; see `dossier check`" in result.output


def test_the_command_exits_by_the_diagnostics_on_the_document_alone(tmp_path: Path) -> None:
    root = write_corpus(tmp_path, {"texts/minutes-1963.md": "Nothing of the kind.\n"})
    assert run("doctor", "memo-1962", str(root)).exit_code == 0
    result = run("doctor", "minutes-1963", str(root))
    assert result.exit_code == 1
    assert "error[quote-not-found]" in result.output
    answer = json.loads(run("doctor", "minutes-1963", str(root), "--json").output)
    assert (answer["ok"], answer["document"]) == (False, "minutes-1963")


def test_a_pipe_and_no_color_get_no_escape_sequences(tmp_path: Path) -> None:
    root = write_corpus(tmp_path)
    result = run("doctor", "memo-1962", str(root), env={"NO_COLOR": "1", "FORCE_COLOR": ""})
    assert result.exit_code == 0
    assert "\x1b" not in result.output


def test_control_characters_of_a_text_cannot_drive_the_terminal(tmp_path: Path) -> None:
    files = {"texts/memo-1962.md": "The \x1b[31mwall will cost twice the sum named\u202e, Ann Lee.\n"}
    text = shown(examined(tmp_path, files))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\u001b[31mwall" in text


def test_markup_of_the_terminal_in_a_text_is_plain_words(tmp_path: Path) -> None:
    assert "[bold]Ann[/bold] :smile:" in shown(
        examined(tmp_path, {"texts/memo-1962.md": "[bold]Ann[/bold] :smile:\n"})
    )


def test_the_documents_of_the_default_dossier_are_shown_whole() -> None:
    staged = run_stages(PROJECT / "corpus")
    for slug in staged.corpus.documents:
        found = examine(staged.corpus, staged.linked, staged.diagnostics, slug)
        assert [one.severity for one in found.diagnostics if one.severity != "info"] == []
        assert len(found.quotations) == len(staged.corpus.annotations[slug].record)
    letter = examine(staged.corpus, staged.linked, staged.diagnostics, "senators-letter-2025")
    assert len(letter.notes) == 8
    assert sum(doubt.code == "placed-by-editors" for doubt in letter.doubts) == 7
