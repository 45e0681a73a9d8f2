"""Near-duplicates: reposts and versions become versions of one document, a quotation does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.importing.duplicates import NearDuplicate, TextIndex, word_differences
from generator.load import load_corpus
from tests.unit.test_import_store import FIRST, OTHER, SECOND, THIRD, codes, files_of, put, run

MORE = (
    "The keeper of the lock had written down each ship, and his books show that the dues fell by a half in one year. "
    "Whoever came later found the gate shut, the bell gone, and a notice that spoke of the wall in three languages."
)
WHOLE = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{MORE}\n"


def find(new: str, **texts: str) -> NearDuplicate | None:
    return TextIndex(texts).find(new)


def test_the_same_text_is_found() -> None:
    found = find(WHOLE, wall=WHOLE, mill=OTHER * 2)
    assert found == NearDuplicate(slug="wall", share=1.0, added=0, removed=0, differences=())


def test_a_later_version_is_found_with_what_differs() -> None:
    found = find(WHOLE.replace("the third day", "the fourth day"), wall=WHOLE)
    assert found is not None
    assert found.share > 0.8
    assert (found.added, found.removed) == (1, 1)
    assert found.differences == (("third", "fourth"),)


def test_a_copy_without_notes_or_emphasis_is_the_same() -> None:
    found = find(WHOLE, wall=WHOLE.replace("wall.", "*wall*.[^1]") + "\n[^1]: See there.\n")
    assert found is not None
    assert found.share == 1.0


def test_an_excerpt_of_half_the_text_is_found() -> None:
    found = find(f"{FIRST}\n\n{SECOND}\n", wall=WHOLE)
    assert found is not None
    assert found.slug == "wall"


@pytest.mark.parametrize(
    "new",
    [
        f"{OTHER} {OTHER[:-1]} again. “{FIRST}” said the miller. {OTHER.lower()}",
        OTHER,
        "Yes.",
        "",
    ],
)
def test_a_small_quotation_is_no_duplicate(new: str) -> None:
    assert find(new, wall=WHOLE) is None


def test_of_two_texts_that_are_near_the_nearer_is_found() -> None:
    texts = {"far": WHOLE.replace("wall", "gate"), "near": WHOLE.replace("third", "fourth")}
    found = TextIndex(texts).find(WHOLE)
    assert found is not None
    assert found.slug == "near"
    other = TextIndex(texts).find(WHOLE, but="near")
    assert other is None or other.slug == "far"


def test_the_differences_are_pairs_of_words_in_order() -> None:
    assert list(word_differences("a b c d", "a x c d e")) == [("b", "x"), ("", "e")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    run(folder, put(tmp_path / "one", {"wall.txt": f"# The wall\n\n{WHOLE}"}) / "wall.txt")
    return folder


REPOST = f"# The old wall\n\n{WHOLE.replace('third', 'fourth')}\nSource: https://marsh.example/wall\n"


def test_a_repost_is_entered_once_in_the_record_that_it_repeats(root: Path, tmp_path: Path) -> None:
    copy = put(tmp_path / "two", {"repost.txt": REPOST}) / "repost.txt"
    result = run(root, copy)
    assert codes(result) == ["near-duplicate"]
    assert result.files[0].slug == "the-wall"
    assert [path.name for path in (root / "documents").iterdir()] == ["the-wall.md"]
    corpus, found = load_corpus(root, shown="corpus")
    assert corpus is not None
    assert not [one for one in found if one.severity == "error"]
    (version,) = corpus.documents["the-wall"].record.versions
    assert (version.relation, version.outlet, version.source.file) == ("repost", "Marsh", "repost.txt")
    assert [(one.before, one.after) for one in version.differences] == [("third", "fourth")]
    assert (version.words_added, version.words_removed) == (1, 1)
    assert (root / "sources/repost.txt").is_file()
    before = files_of(root)
    assert run(root, copy).changes == ()
    assert files_of(root) == before


def test_a_second_version_stands_below_the_first(root: Path, tmp_path: Path) -> None:
    folder = put(
        tmp_path / "two", {"b.txt": REPOST, "c.txt": f"# The wall\n\n{WHOLE.replace('ferrymen', 'sailors')}"}
    )
    run(root, folder)
    corpus, found = load_corpus(root, shown="corpus")
    assert corpus is not None
    assert not [one for one in found if one.severity == "error"]
    versions = corpus.documents["the-wall"].record.versions
    assert [(one.relation, one.source.file) for one in versions] == [
        ("repost", "b.txt"),
        ("version", "c.txt"),
    ]


def test_importing_the_document_again_keeps_its_versions(root: Path, tmp_path: Path) -> None:
    run(root, put(tmp_path / "two", {"repost.txt": REPOST}) / "repost.txt")
    before = files_of(root)
    assert run(root, tmp_path / "one/wall.txt").found == ()
    assert files_of(root) == before


def test_near_duplicates_of_one_import_are_found_too(tmp_path: Path) -> None:
    folder = put(tmp_path / "all", {"a.txt": f"# The wall\n\n{WHOLE}", "b.txt": REPOST})
    (tmp_path / "corpus").mkdir()
    result = run(tmp_path / "corpus", folder)
    assert [file.slug for file in result.files] == ["the-wall", "the-wall"]


def test_separate_makes_a_document_of_its_own(root: Path, tmp_path: Path) -> None:
    result = run(root, put(tmp_path / "two", {"repost.txt": REPOST}) / "repost.txt", is_separate=True)
    assert codes(result) == []
    assert sorted(path.name for path in (root / "documents").iterdir()) == ["the-old-wall.md", "the-wall.md"]
    assert "versions" not in (root / "documents/the-wall.md").read_text()
