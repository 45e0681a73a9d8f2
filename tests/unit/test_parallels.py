"""Passages of different documents that share wording: which are found, of what kind, and how they are shown."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.build import write_dossier
from generator.index.alignment import Run, align
from generator.index.parallels import MOST_DOCUMENTS, MOST_OF_TWO_DOCUMENTS, find_parallels
from generator.layout import find_layout
from generator.link import link_corpus
from generator.load import load_corpus
from generator.model.parallels import Parallel
from generator.resources import TEMPLATES
from generator.text.quoted import find_quoted
from generator.text.words import find_words
from tests.corpora import HARBOUR, stage, write_corpus
from tests.large_corpus import write_large_corpus

SLUICE = "the sluice at Morwen stays shut until every barge has cleared the inner basin"
RECORD = "---\ntitle: {slug}\ndate: 1964\nkind: letter\nrights: {{publish: {publish}}}\n---\n"


def document(slug: str, text: str, *, publish: str = "full", annotations: str = "") -> dict[str, str]:
    """Return the files of one more document."""
    files = {
        f"documents/{slug}.md": RECORD.format(slug=slug, publish=publish),
        f"texts/{slug}.md": f"{text}\n",
    }
    return files | ({f"annotations/{slug}.yml": annotations} if annotations else {})


def parallels(folder: Path, *documents: Mapping[str, str]) -> tuple[Parallel, ...]:
    """Return the parallels of the document `one` in the harbour corpus with these documents added."""
    files = {path: text for files in documents for path, text in files.items()}
    return stage(folder, files).index.parallels.get("one", ())


def words_of(parallel: Parallel) -> tuple[str, str]:
    """Return the words of both sides, those in which they differ in brackets."""
    return tuple(  # type: ignore[return-value]
        "".join(
            getattr(piece, side) if piece.is_common else f"[{getattr(piece, side)}]"
            for piece in parallel.pieces
        )
        for side in ("first", "second")
    )


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (f"He wrote “{SLUICE}”.", f"She said: „{SLUICE}“.", "common-original"),
        (f"He wrote “{SLUICE}”.", f"> {SLUICE}.", "common-original"),
        (f"- As ordered, «{SLUICE}».", f"Now {SLUICE}.", "quotation"),
        (f"Then {SLUICE}.", f"Now {SLUICE}.", "copy"),
        (f'Then "barge", {SLUICE}.', f"Now {SLUICE} “and so on”.", "copy"),
    ],
)
def test_quotation_marks_on_both_sides_on_one_or_on_none_tell_the_kind(
    tmp_path: Path, first: str, second: str, kind: str
) -> None:
    (found,) = parallels(tmp_path, document("one", first), document("two", second))
    assert found.kind == kind
    assert words_of(found) == (SLUICE, SLUICE)
    assert (found.first.document, found.second.document) == ("one", "two")


def test_a_quotation_said_by_another_than_the_writer_is_quoted_without_marks(tmp_path: Path) -> None:
    said = f"- {{id: sluice, quote: {SLUICE}, speaker: ann-lee}}\n"
    (found,) = parallels(
        tmp_path, document("one", f"Then {SLUICE}.", annotations=said), document("two", SLUICE)
    )
    assert (found.kind, found.first.is_quoted, found.second.is_quoted) == ("quotation", True, False)


def test_a_writers_own_words_are_no_quotation(tmp_path: Path) -> None:
    said = f"- {{id: sluice, quote: {SLUICE}, speaker: ann-lee}}\n"
    own = document("one", f"Then {SLUICE}.", annotations=said)
    own["documents/one.md"] = own["documents/one.md"].replace("kind:", "authors: [ann-lee]\nkind:")
    (found,) = parallels(tmp_path, own, document("two", SLUICE))
    assert found.kind == "copy"


def test_words_that_differ_stand_beside_each_other(tmp_path: Path) -> None:
    other = SLUICE.replace("barge", "loaded lighter")
    (found,) = parallels(
        tmp_path, document("one", f"Then {SLUICE}."), document("two", f"Now {other}, he said.")
    )
    assert words_of(found) == (
        SLUICE.replace("barge ", "[barge ]"),
        other.replace("loaded lighter ", "[loaded lighter ]"),
    )
    assert found.words == len(SLUICE.split()) - 1
    assert (found.first.goes_on_before, found.first.goes_on_after) == (True, False)
    assert (found.second.goes_on_before, found.second.goes_on_after) == (True, True)


def test_six_words_with_two_telling_ones_are_a_parallel_and_stop_words_are_none(tmp_path: Path) -> None:
    (found,) = parallels(
        tmp_path,
        document("one", "And my personal friendship with Mr. Quill.\n\nIt was as well as in the case of it."),
        document(
            "two", "Not by my personal friendship with Mr. Quill, no.\n\nNor as well as in the case of us."
        ),
    )
    assert words_of(found)[0] == "my personal friendship with Mr. Quill"


def test_five_words_are_no_parallel(tmp_path: Path) -> None:
    assert (
        parallels(
            tmp_path,
            document("one", "Brown dredger Halcyon lay idle."),
            document("two", "So brown dredger Halcyon lay idle too."),
        )
        == ()
    )


def test_a_copy_without_six_words_in_a_row_is_found_by_its_hashes(tmp_path: Path) -> None:
    words = [f"zorbel{n}a" for n in range(60)]
    changed = [f"quillon{n}" if n % 6 == 5 else word for n, word in enumerate(words)]
    (found,) = parallels(tmp_path, document("one", " ".join(words)), document("two", " ".join(changed)))
    assert found.words == 50


def test_passages_of_one_document_are_no_parallel(tmp_path: Path) -> None:
    assert parallels(tmp_path, document("one", f"{SLUICE}.\n\nAgain {SLUICE}.")) == ()


def test_words_that_are_not_published_take_no_part(tmp_path: Path) -> None:
    quoted = "- {id: barge, quote: every barge has cleared the inner basin}\n"
    full = document("one", f"Then {SLUICE}.")
    assert (
        parallels(tmp_path / "a", full, document("two", SLUICE, publish="record", annotations=quoted)) == ()
    )
    assert parallels(tmp_path / "b", full, document("two", SLUICE, publish="excerpts")) == ()
    (found,) = parallels(
        tmp_path / "c", full, document("two", SLUICE, publish="excerpts", annotations=quoted)
    )
    assert words_of(found)[1] == "every barge has cleared the inner basin"
    assert (found.second.anchor, found.second.number) == ("a-barge", 0)


def test_works_cited_alike_and_headings_are_no_parallel(tmp_path: Path) -> None:
    note = f"# {SLUICE}\n\nA mark.[^1]\n\n[^1]: {SLUICE}."
    assert parallels(tmp_path, document("one", note), document("two", note)) == ()


def test_letters_of_a_script_without_spaces_count_half_a_word(tmp_path: Path) -> None:
    twelve = "港务委员会决定提高码头费"
    (found,) = parallels(
        tmp_path / "a", document("one", f"据报{twelve}。"), document("two", f"因此{twelve}了。")
    )
    assert (words_of(found)[0], found.words) == (twelve, 6)
    eleven = twelve[:-1]
    assert (
        parallels(tmp_path / "b", document("one", f"据报{eleven}。"), document("two", f"因此{eleven}了。"))
        == ()
    )


def test_what_stands_in_too_many_documents_is_no_parallel(tmp_path: Path) -> None:
    def of(count: int) -> tuple[Parallel, ...]:
        slugs = ["one", *(f"other{n}" for n in range(count - 1))]
        return parallels(tmp_path / str(count), *(document(slug, f"{slug}: {SLUICE}.") for slug in slugs))

    assert len(of(MOST_DOCUMENTS)) == MOST_DOCUMENTS - 1
    assert of(MOST_DOCUMENTS + 1) == ()


def test_what_too_many_documents_have_nearly_alike_is_no_parallel(tmp_path: Path) -> None:
    words = [f"zorbel{n}a" for n in range(60)]

    def of(count: int) -> tuple[Parallel, ...]:
        slugs = ["one", *(f"other{n}" for n in range(count - 1))]
        # Each has other words in the places of every sixth: no two share six in a row.
        texts = [
            " ".join(f"quillon{number}x{n}" if n % 6 == 5 else word for n, word in enumerate(words))
            for number in range(count)
        ]
        return parallels(tmp_path / str(count), *(document(*pair) for pair in zip(slugs, texts, strict=True)))

    assert len(of(3)) == 2
    assert of(2 * MOST_DOCUMENTS) == ()


def test_of_two_documents_the_longest_parallels_are_kept(tmp_path: Path) -> None:
    text = "\n\n".join(" ".join(f"zorbel{n}x{word}" for word in range(8 + n)) for n in range(20))
    found = parallels(tmp_path, document("one", text), document("two", text))
    assert [parallel.words for parallel in found] == list(range(27, 27 - MOST_OF_TWO_DOCUMENTS, -1))


def test_each_pair_stands_on_both_pages_once(tmp_path: Path) -> None:
    files = {**document("one", SLUICE), **document("two", SLUICE)}
    index = stage(tmp_path, files).index
    assert index.parallels["one"] == index.parallels["two"]
    assert len(index.parallels["one"]) == 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("", "abc", []),
        ("abc", "abc", [[(0, 0, 3)]]),
        ("abcde", "xbcdy", [[(1, 1, 3)]]),
        ("abcXdef", "abcYZdef", [[(0, 0, 3), (4, 5, 3)]]),
        ("abcXYWdef", "abcZYdef", [[(0, 0, 3), (4, 4, 1), (6, 5, 3)]]),
        ("abc123456789def", "abcdef", [[(0, 0, 3)], [(12, 3, 3)]]),
        ("abcdef", "defabc", [[(0, 3, 3)], [(3, 0, 3)]]),
    ],
)
def test_runs_are_joined_across_a_few_words(
    first: str, second: str, expected: list[list[tuple[int, int, int]]]
) -> None:
    found = align([ord(c) for c in first], [ord(c) for c in second])
    assert [[(run.first, run.second, run.size) for run in one] for one in found] == expected


def test_a_paragraph_of_one_word_over_and_over_takes_no_time() -> None:
    start = time.perf_counter()
    align([1] * 20_000, [1] * 20_000)
    align([1, 2, 3, 4] * 5_000, [4, 3, 2, 1] * 5_000)
    assert time.perf_counter() - start < 10
    assert align([1, 2, 3], [1, 2, 3]) == ((Run(first=0, second=0, size=3),),)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “one” and “two”.", ["one", "two"]),
        ("„eins“ und »zwei« und «trois»", ["eins", "zwei", "trois"]),
        ("「はい」と", ["はい"]),
        ('A "b" and 5" of rain', ["b"]),
        ("It goes “on and", ["on and"]),
        ("It's the engineers’ “‘own’ words”", ["‘own’ words"]),
    ],
)
def test_quotation_marks_are_paired(text: str, quoted: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_quoted(text)] == quoted


def test_words_are_letters_whatever_stands_between() -> None:
    assert [word for word, _, _ in find_words("L’Été, re-\u00e9lu 芯片!")] == [
        "l",
        "ete",
        "re",
        "elu",
        "芯",
        "片",
    ]


def test_one_document_waits_for_no_hashes(tmp_path: Path) -> None:
    root = write_corpus(tmp_path)
    lines = "import sys\nfrom tests.corpora import run_stages\nfrom pathlib import Path\n"
    lines += f"run_stages(Path({str(root)!r}))\nprint('numpy' in sys.modules)\n"
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_page_shows_both_texts_with_their_differences(tmp_path: Path) -> None:
    other = SLUICE.replace("barge", "lighter")
    files = {**HARBOUR, **document("one", f"Then {SLUICE}."), **document("two", f"Now {other}.")}
    write_corpus(tmp_path, base=files)
    layout, _ = find_layout(tmp_path, packaged_templates=TEMPLATES)
    assert layout is not None
    assert write_dossier(layout, lambda stage: None).is_done
    page = (layout.docs / "documents/one.md").read_text()
    section = page.partition("{: #parallels")[2].partition("\n## ")[0]
    assert "every <del>barge</del> has cleared" in section
    assert "every <ins>lighter</ins> has cleared" in section
    assert "[two](two.md){: .document }" in section
    assert "In neither marked as a quotation" in section


@pytest.mark.slow
def test_a_thousand_documents_take_little_more_than_their_words(tmp_path: Path) -> None:
    """Four times the documents take about four times as long; pairs would take sixteen times."""

    def seconds(documents: int) -> float:
        folder = tmp_path / str(documents)
        write_large_corpus(folder, documents)
        corpus, _ = load_corpus(folder)
        assert corpus is not None
        linked, _ = link_corpus(corpus)
        start = time.perf_counter()
        find_parallels(corpus, linked)
        return time.perf_counter() - start

    seconds(10)
    assert seconds(1000) < 8 * seconds(250)
