"""Attacks on editions, quotations and what was published: ways that once led around them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import write_dossier
from generator.built import EditionChoice
from generator.cli import main
from generator.layout import find_layout
from generator.link.quotations import QuotableText, Selector
from generator.resources import TEMPLATES
from generator.verify import scan_site
from tests.corpora import HARBOUR, stage, write_corpus

MEMO, MINUTES = "documents/memo-1962.md", "documents/minutes-1963.md"
NOTES = "annotations/memo-1962.yml"
CITED = "[@memo-1962#wall-cost]"


def _document(title: str, keys: str = "", body: str = "A letter. [@editors]", publish: str = "full") -> str:
    rights = f"rights: {{publish: {publish}}}"
    return f"---\ntitle: {title}\ndate: 1964-01-01\nkind: letter\n{rights}\n{keys}---\n{body}\n"


def _pages(folder: Path, files: Mapping[str, str | bytes | None]) -> str | None:
    """Return all pages of the public edition, None where they are not written or the scan finds a leak."""
    write_corpus(folder, files)
    layout, _ = find_layout(folder, packaged_templates=TEMPLATES)
    assert layout is not None
    edition = EditionChoice(name="public", day="2026-01-01")
    built = write_dossier(layout, lambda stage: None, edition=edition)
    if not built.is_done or scan_site(folder / "docs", built.withheld):
        return None
    paths = sorted(path for path in (folder / "docs").rglob("*") if path.is_file())
    return "\n".join(path.read_text("utf-8", "replace") for path in paths)


def _errors(folder: Path, files: Mapping[str, str | bytes | None]) -> list[str]:
    return [found.code for found in stage(folder, files).diagnostics if found.severity == "error"]


def test_actors_of_a_withheld_document_that_name_each_other_leave_no_trace(tmp_path: Path) -> None:
    actor = "---\nname: {}\nkind: company\n---\nIt dealt with {}. [@editors]\n"
    pages = _pages(
        tmp_path,
        {
            "documents/bribe.md": _document("On the dredging", "internal: true\nauthors: [quuxcorp]\n"),
            "actors/quuxcorp.md": actor.format("Quuxcorp", "Zedbank"),
            "actors/zedbank.md": actor.format("Zedbank", "Quuxcorp"),
        },
    )
    assert pages is None or "Quuxcorp" not in pages


def test_redacted_words_of_a_document_in_excerpts_are_not_in_its_digest(tmp_path: Path) -> None:
    redaction = "redactions: [{quote: 4 Quay Street, reason: address}]\nissues:"
    digest = HARBOUR[MINUTES].replace("issues:", redaction) + "He lives in 4 Quay Street. [@editors]\n"
    text = "They resolved to raise the dues. He lives in 4 Quay Street.\n"
    pages = _pages(tmp_path, {MINUTES: digest, "texts/minutes-1963.md": text})
    assert pages is None or "4 Quay Street" not in pages


def test_redacted_words_are_not_quoted_where_only_the_source_file_is_at_hand(tmp_path: Path) -> None:
    source = b"They resolved to raise the dues. He lives in 4 Quay Street now.\n"
    sha256 = hashlib.sha256(source).hexdigest()
    keys = (
        f"redactions: [{{quote: 4 Quay Street, reason: address}}]\nsource: {{file: m.txt, sha256: {sha256}}}"
    )
    notes = HARBOUR["annotations/minutes-1963.yml"] + "- {id: home, quote: He lives in 4 Quay Street now}\n"
    pages = _pages(
        tmp_path,
        {
            MINUTES: HARBOUR[MINUTES].replace("issues:", f"{keys}\nissues:"),
            "sources/m.txt": source,
            "texts/minutes-1963.md": None,
            "annotations/minutes-1963.yml": notes,
        },
    )
    assert pages is None or "4 Quay Street" not in pages


@pytest.mark.parametrize("secret", ["Bob", "4711"])
def test_a_short_redacted_word_is_not_in_the_digest(secret: str, tmp_path: Path) -> None:
    keys = f'redactions: [{{quote: "{secret}", reason: secret}}]\n'
    files = {
        "documents/paid.md": _document("Receipt", keys, f"It says {secret}. [@editors]"),
        "texts/paid.md": f"Received: {secret} as agreed.\n",
    }
    pages = _pages(tmp_path, files)
    assert pages is None or f"It says {secret}" not in pages


def test_the_hash_of_a_source_with_redacted_words_is_not_published(tmp_path: Path) -> None:
    source = b"Pay 4711 crowns to Bob.\n"
    sha256 = hashlib.sha256(source).hexdigest()
    keys = f'source: {{file: r.txt, sha256: {sha256}}}\nredactions: [{{quote: "4711", reason: sum}}]\n'
    files: dict[str, str | bytes | None] = {
        "documents/paid.md": _document("Receipt", keys),
        "texts/paid.md": source,
        "sources/r.txt": source,
    }
    pages = _pages(tmp_path, files)
    assert pages is None or sha256 not in pages


def test_no_words_of_a_text_are_published_of_which_the_record_alone_is(tmp_path: Path) -> None:
    words = "dismiss Jonas tonight and pay him nothing for his long service in the harbour"
    files = {
        "documents/clerk.md": _document("Of the clerk", "", f"It says “{words}”.[@clerk]", "record"),
        "texts/clerk.md": f"{words}\n",
    }
    pages = _pages(tmp_path, files)
    assert pages is None or "Jonas" not in pages


def test_the_cap_of_words_holds_for_chinese_and_japanese(tmp_path: Path) -> None:
    text = "。".join(f"港湾委員会は第{number}回目の会議で長く議論した" for number in range(200))
    files = {
        MINUTES: HARBOUR[MINUTES].replace("kind: minutes", "kind: minutes\nlanguage: ja"),
        "texts/minutes-1963.md": f"{text}\n\nraise the dues\n",
        "annotations/minutes-1963.yml": HARBOUR["annotations/minutes-1963.yml"]
        + f'- {{id: all, quote: "{text}"}}\n',
    }
    assert "excerpts-too-long" in _errors(tmp_path, files)


@pytest.mark.parametrize(
    "keys",
    [
        'attribution: "Clerk %%SECRET%%"',
        'modality: hearsay\n  chain: [{name: "clerk %%SECRET%%"}, {actor: harbour-board}]',
        'note: "%%%%SECRET%%%% open"',
        'relations: [{kind: supports, to: memo-1962#wall-cost, note: "x %%SECRET", confirmed_by: a}]',
    ],
)
def test_no_word_after_an_internal_mark_in_annotations_is_published(keys: str, tmp_path: Path) -> None:
    pages = _pages(tmp_path, {NOTES: HARBOUR[NOTES] + f"- id: two\n  quote: Stone is dear.\n  {keys}\n"})
    assert pages is None or "SECRET" not in pages


def test_no_word_between_internal_marks_in_the_bibliography_is_published(tmp_path: Path) -> None:
    pages = _pages(tmp_path, {"citations.yml": HARBOUR["citations.yml"] + '  note: "%%SECRET%%"\n'})
    assert pages is None or "SECRET" not in pages


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We can't pay the sum.", "We can"),
        ("It costs 1,000 crowns.", "It costs 1"),
        ("It costs 1.5 crowns.", "5 crowns"),
    ],
)
def test_a_quotation_tears_no_word_and_no_number(text: str, quote: str) -> None:
    assert not QuotableText(text).find(Selector(quote=quote))


@pytest.mark.parametrize("marks", ["「」", "『』", "””", "＂＂"])
def test_changed_words_are_found_in_quotation_marks_of_all_kinds(marks: str, tmp_path: Path) -> None:
    quoted = f"{marks[0]}the wall will cost thrice{marks[1]}"
    assert "quote-not-found" in _errors(tmp_path, {MEMO: f"{HARBOUR[MEMO]}\nShe said {quoted}.{CITED}\n"})


def test_the_lock_proves_nothing_of_a_record_without_a_source(tmp_path: Path) -> None:
    words = hashlib.sha256(b"raise the dues").hexdigest()
    entry = f"    text: {'0' * 64}\n    quotations:\n      - {{words: {words}, spans: [[9, 2]]}}\n"
    lock = f'normalisation: 1\ndocuments:\n  "minutes-1963":\n{entry}'
    assert "quote-not-proven" in _errors(tmp_path, {"texts/minutes-1963.md": None, "evidence.lock": lock})


def test_an_accepted_proposal_changes_the_quoted_words_and_no_others(tmp_path: Path) -> None:
    plain = "He said the wall will cost thrice; she"
    write_corpus(tmp_path, {MEMO: f"{HARBOUR[MEMO]}\n{plain} “the wall will cost thrice”.{CITED}\n"})
    CliRunner().invoke(main, ["quotes", str(tmp_path), "--accept", "all"])
    assert plain in (tmp_path / "corpus" / MEMO).read_text()


def _publish(folder: Path, files: Mapping[str, str], changes: Mapping[str, str | None]) -> str:
    """Return what `check` says of the public edition after a publication and these changes."""
    root = write_corpus(folder, files)
    assert CliRunner().invoke(main, ["publish", str(folder)]).exit_code == 0
    for name, content in changes.items():
        if content is None:
            (root / name).unlink()
        else:
            (root / name).write_text(content)
    return CliRunner().invoke(main, ["check", str(folder), "--edition", "public"]).output


def test_a_published_document_can_be_withdrawn_by_making_it_internal(tmp_path: Path) -> None:
    published = {"documents/letter.md": _document("Of the clerk")}
    entry = "- {id: w, date: 2026-01-01, kind: withdrawal, of: letter, what: It is gone., why: Rights.}\n"
    changes = {
        "documents/letter.md": _document("Of the clerk", "internal: true\n"),
        "corrections.yml": entry,
    }
    assert "error" not in _publish(tmp_path, published, changes)


def test_a_document_can_move_back_to_its_own_address(tmp_path: Path) -> None:
    moved = {"documents/two.md": _document("Letter", "formerly: [one]\n"), "documents/one.md": None}
    _publish(tmp_path, {"documents/one.md": _document("Letter")}, moved)
    assert CliRunner().invoke(main, ["publish", str(tmp_path)]).exit_code == 0
    (tmp_path / "corpus/documents/two.md").unlink()
    (tmp_path / "corpus/documents/one.md").write_text(_document("Letter", "formerly: [two]\n"))
    assert "error" not in CliRunner().invoke(main, ["check", str(tmp_path)]).output


def test_a_relation_is_not_changed_without_an_entry(tmp_path: Path) -> None:
    relation = (
        '  relations: [{{kind: {}, to: memo-1962#wall-cost, note: "So. [@editors]", confirmed_by: a}}]\n'
    )
    name = "annotations/minutes-1963.yml"
    published = {name: HARBOUR[name] + relation.format("contradicts")}
    changes = {name: HARBOUR[name] + relation.format("supports")}
    assert "uncorrected-change" in _publish(tmp_path, published, changes)


def test_a_figure_that_no_text_could_mean_is_an_error(tmp_path: Path) -> None:
    figure = "  figures: [{value: 1" + "0" * 30 + ", unit: USD, words: dear}]\n"
    claim = "- id: two\n  quote: Stone is dear.\n  speaker: ann-lee\n  modality: asserts\n"
    root = write_corpus(tmp_path, {NOTES: HARBOUR[NOTES] + claim + figure})
    result = CliRunner().invoke(main, ["check", str(root.parent)])
    assert "error[wrong-value]" in result.output
