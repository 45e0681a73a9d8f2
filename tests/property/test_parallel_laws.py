"""Laws of parallel passages, for any words."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from generator.index.alignment import Alignment, Run, align
from generator.index.parallels import find_parallels
from generator.link import link_corpus
from generator.load import load_corpus
from generator.model.parallels import Parallel, ParallelSide
from tests.corpora import write_corpus

LETTERS = "abdegiklmnoprstuvz"
# Invented words of which no two documents have one in common by chance, and such as every text has.
WORD = st.text(LETTERS, min_size=6, max_size=9)
LITTLE = st.sampled_from(("the", "of", "and", "in", "to", "a", "was", "by"))
RECORD = "---\ntitle: Sheet\ndate: 1964\nkind: letter\nrights: {publish: full}\n---\n"
SEQUENCE = st.lists(st.integers(0, 6), max_size=40)
EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def parallels_of(texts: dict[str, str]) -> dict[str, tuple[Parallel, ...]]:
    """Return the parallels of documents of these texts, by slug."""
    files = {"dossier.md": "---\ntitle: Sheets\n---\n"}
    for slug, text in texts.items():
        files |= {f"documents/{slug}.md": RECORD, f"texts/{slug}.md": f"{text}\n"}
    with tempfile.TemporaryDirectory() as folder:
        corpus, _ = load_corpus(write_corpus(Path(folder), base=files))
        assert corpus is not None
        linked, _ = link_corpus(corpus)
        return dict(find_parallels(corpus, linked))


def mirrored(alignment: Alignment) -> Alignment:
    return tuple(Run(first=run.second, second=run.first, size=run.size) for run in alignment)


def places(parallel: Parallel, names: dict[str, str]) -> frozenset[tuple[object, ...]]:
    """Return both sides of a parallel whichever comes first, the documents by other names."""

    def side(one: ParallelSide, words: str) -> tuple[object, ...]:
        return names[one.document], one.number, one.is_quoted, words

    first = "".join(piece.first for piece in parallel.pieces)
    second = "".join(piece.second for piece in parallel.pieces)
    return frozenset({side(parallel.first, first), side(parallel.second, second)})


@given(SEQUENCE, SEQUENCE)
def test_alignment_is_the_same_from_both_sides(first: list[int], second: list[int]) -> None:
    assert align(first, second) == tuple(mirrored(one) for one in align(second, first))


@given(SEQUENCE, SEQUENCE)
@example([0, 1, 0, 0, 1, 1, 0], [0, 1, 0, 1, 1, 1, 0])
def test_runs_are_common_in_order_and_never_overlap(first: list[int], second: list[int]) -> None:
    taken_first: set[int] = set()
    taken_second: set[int] = set()
    for alignment in align(first, second):
        assert max(run.size for run in alignment) >= 3
        at_first = at_second = 0
        for run in alignment:
            assert run.first >= at_first
            assert run.second >= at_second
            at_first, at_second = run.first + run.size, run.second + run.size
            assert first[run.first : at_first] == second[run.second : at_second]
            here, there = set(range(run.first, at_first)), set(range(run.second, at_second))
            assert not here & taken_first
            assert not there & taken_second
            taken_first |= here
            taken_second |= there


@given(
    shared=st.lists(WORD, min_size=12, max_size=40, unique=True),
    around=st.lists(WORD, min_size=8, max_size=8, unique=True),
    changed=WORD,
    data=st.data(),
)
@EXAMPLES
def test_a_copy_of_twelve_words_with_one_changed_is_found(
    shared: list[str], around: list[str], changed: str, data: st.DataObject
) -> None:
    assume(not {changed, *around} & set(shared))
    at = data.draw(st.integers(0, len(shared) - 1))
    copy = [*shared[:at], changed, *shared[at + 1 :]]
    one = " ".join([*around[:2], *shared, *around[2:4]])
    two = " ".join([*around[4:6], *copy, *around[6:]])
    (found,) = parallels_of({"one": f"Mol.\n\n{one}", "two": two})["one"]
    assert (found.first.number, found.second.number) == (2, 1)
    # What stands before or after a changed word near the edge is no row of its own.
    assert len(shared) - 4 < found.words <= len(shared)
    assert "".join(piece.first for piece in found.pieces).strip() in one


@given(
    st.lists(st.lists(WORD, min_size=4, max_size=20), min_size=2, max_size=5),
    st.lists(LITTLE, min_size=0, max_size=30),
)
@EXAMPLES
def test_unrelated_texts_have_no_parallels(texts: list[list[str]], little: list[str]) -> None:
    written = {}
    for number, words in enumerate(texts):
        own = [f"{word}{LETTERS[number]}q" for word in words]
        mixed = [one for n, word in enumerate(own) for one in (word, *little[n : n + 2])]
        written[f"sheet{number}"] = " ".join(mixed)
    assert parallels_of(written) == {}


@given(
    st.lists(st.lists(WORD, min_size=6, max_size=14, unique=True), min_size=1, max_size=3),
    st.lists(st.tuples(st.lists(st.integers(0, 2), max_size=3), st.booleans()), min_size=3, max_size=3),
    st.permutations(["north", "south", "west"]),
)
@EXAMPLES
def test_the_order_of_documents_does_not_matter(
    sentences: list[list[str]], sheets: list[tuple[list[int], bool]], slugs: list[str]
) -> None:
    """The same texts under other slugs have the same parallels: each is found from both sides alike."""
    texts = []
    for number, (chosen, is_quoted) in enumerate(sheets):
        mark = '"' if is_quoted else ""
        body = [f"{mark}{' '.join(sentences[one])}{mark}." for one in chosen if one < len(sentences)]
        texts.append("\n\n".join([f"Start{number}x.", *body]))
    before = parallels_of(dict(zip(("a", "b", "c"), texts, strict=True)))
    after = parallels_of(dict(zip(slugs, texts, strict=True)))
    names = {"a": "a", "b": "b", "c": "c"}
    renamed = dict(zip(slugs, ("a", "b", "c"), strict=True))
    for slug, old in zip(slugs, ("a", "b", "c"), strict=True):
        first = sorted(map(sorted, (places(one, names) for one in before.get(old, ()))))
        second = sorted(map(sorted, (places(one, renamed) for one in after.get(slug, ()))))
        assert first == second
    for found in before.values():
        for parallel in found:
            assert parallel in before[parallel.first.document]
            assert parallel in before[parallel.second.document]
