"""Laws of publication: no published word changes unnoticed, and no byte of a copy."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check import publish_state
from generator.finish import write_manifest
from generator.load.validate import validate
from generator.load.yaml import parse_yaml
from generator.model.manifest import BuildFacts
from generator.model.published import PublishedState
from generator.publish import format_lock
from generator.verify import verify_copy
from tests.corpora import HARBOUR, Staged, run_stages, stage, write_corpus

WORD = st.text(st.sampled_from("abcdeäß习"), min_size=1, max_size=6)
WORDS = st.lists(WORD, min_size=1, max_size=8)
# Between Chinese characters a line break is no space.
SPACED = st.lists(st.text(st.sampled_from("abcdeäß"), min_size=1, max_size=6), min_size=1, max_size=8)
RECORD = HARBOUR["documents/minutes-1963.md"].partition("[@")[0].rpartition("---\n")[0] + "---\n"
FIELDS = ("attribution", "date", "modality", "status", "origin", "chain", "figures", "issues", "addressee")
VALUES = {
    "attribution": "A clerk",
    "date": "1963-02",
    "modality": "denies",
    "status": "inferred",
    "origin": "gazette-1961",
    "chain": "[{actor: jo-smith}]",
    "figures": "[{value: 19.9, unit: percent}]",
    "issues": "[harbour-wall]",
    "addressee": "[ann-lee]",
}


def corpus_of(
    digest: list[str], quote: list[str], note: list[str], claim: frozenset[str] = frozenset()
) -> dict[str, str]:
    keys = "".join(f"  {key}: {VALUES[key]}\n" for key in sorted(claim))
    return {
        "documents/minutes-1963.md": f"{RECORD}{' '.join(digest)}\n",
        "texts/minutes-1963.md": f"{' '.join(quote)}\n",
        "annotations/minutes-1963.yml": f'- id: dues\n  quote: "{" ".join(quote)}"\n  speaker: harbour-board\n'
        f'  note: "{" ".join(note)}"\n{keys}',
    }


def publish(staged: Staged) -> bytes:
    return format_lock(publish_state(staged.corpus, staged.linked))


def changes(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Return what the check says of a corpus that was published otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        lock = publish(stage(Path(folder) / "before", before))
        staged = stage(Path(folder) / "after", {**after, "published.lock": lock})
    return {one.what for one in staged.diagnostics if one.code == "uncorrected-change"}


@given(WORDS, WORDS, WORDS, st.data())
@settings(max_examples=15)
def test_any_change_of_a_published_word_is_found(
    digest: list[str], quote: list[str], note: list[str], data: st.DataObject
) -> None:
    texts = {"digest": digest, "quotation": quote, "note": note}
    part = data.draw(st.sampled_from(sorted(texts)))
    words = texts[part]
    position = data.draw(st.integers(0, len(words) - 1))
    word = data.draw(WORD.filter(lambda word: word != words[position]))
    changed = {**texts, part: [*words[:position], word, *words[position + 1 :]]}
    found = changes(
        corpus_of(digest, quote, note), corpus_of(changed["digest"], changed["quotation"], changed["note"])
    )
    assert any(f"the {part} of `minutes-1963" in what for what in found)


@given(st.frozensets(st.sampled_from(FIELDS)), st.frozensets(st.sampled_from(FIELDS)))
@settings(max_examples=15)
def test_any_change_of_a_claim_is_found_and_nothing_else_is(
    before: frozenset[str], after: frozenset[str]
) -> None:
    words = ["so", "it", "was"]
    found = changes(corpus_of(words, words, words, before), corpus_of(words, words, words, after))
    assert found == (
        {"the claim of `minutes-1963#dues` is not as last published"} if before != after else set()
    )


@given(SPACED, WORDS, WORDS, st.frozensets(st.sampled_from(FIELDS)), st.sampled_from(("\n", "  ", "\n\n")))
@settings(max_examples=15)
def test_unchanged_words_need_no_correction_and_a_lock_is_read_as_it_was_written(
    digest: list[str], quote: list[str], note: list[str], claim: frozenset[str], space: str
) -> None:
    files = corpus_of(digest, quote, note, claim)
    laid_out = {**files, "documents/minutes-1963.md": f"{RECORD}{space.join(digest)}\n"}
    assert changes(files, laid_out) == set()
    with tempfile.TemporaryDirectory() as folder:
        root = write_corpus(Path(folder), files)
        first = publish(run_stages(root))
        value, places, faults = parse_yaml(first.decode(), path="published.lock")
        assert faults == ()
        state, faults = validate(value, PublishedState, places)
        assert faults == ()
        assert format_lock(state) == first
        (root / "published.lock").write_bytes(first)
        assert publish(run_stages(root)) == first


@cache
def site_files() -> dict[str, bytes]:
    return {"index.html": b"<h1>Papers</h1>", "a/b.html": b"words " * 20, "x.bin": bytes(range(256))}


@given(st.data())
@settings(max_examples=60)
def test_a_tampered_byte_anywhere_in_a_copy_is_found(data: st.DataObject) -> None:
    facts = BuildFacts(
        edition="public", commit=None, is_dirty=None, moment_s=1, versions={}, inputs={"a": None}
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in site_files().items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_bytes(content)
        write_manifest(root, facts)
        checked, found = verify_copy(root)
        assert checked is not None
        assert found == ()
        path = root / data.draw(st.sampled_from([*site_files(), "manifest.json"]))
        tampered = bytearray(path.read_bytes())
        position = data.draw(st.integers(0, len(tampered) - 1))
        tampered[position] ^= data.draw(st.integers(1, 255))
        path.write_bytes(tampered)
        _, found = verify_copy(root, expected=checked.manifest_sha256)
        assert found != ()
