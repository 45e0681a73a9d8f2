"""How near an import comes to the truth that an editor wrote down beside the source."""

from __future__ import annotations

import difflib
import hashlib
import lzma
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator.importing.compose import Composed, compose
from generator.importing.model import Fact, Received
from generator.importing.readers.read import read_content

MARK = re.compile(r"\[\^[^\]\s]+\]")
# Markup that does not belong to the words: list and quotation signs, headings, emphasis.
MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|>\s?|[-*]\s+)+|(?<!\w)[*_]+|[*_]+(?!\w)|(?<=\])\([^)]*\)|[\[\]<>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one case: found and expected and right, for paragraphs, furniture and notes; facts that are right."""

    paragraphs: tuple[int, int, int]  # right, given, expected
    furniture: tuple[int, int, int]  # cut, left in the text, expected
    notes: tuple[int, int, int]
    anchors: tuple[int, int, int]
    facts: dict[str, bool] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()


def find_cases(folder: Path) -> tuple[Path, ...]:
    """Return the files of expectations in a folder, in order of their names."""
    return tuple(sorted((*folder.glob("*.expected.yml"), *folder.glob("*.expected.yml.xz"))))


def read_truth(path: Path) -> dict[str, Any]:
    """Return what an editor expects of a source."""
    truth: dict[str, Any] = yaml.safe_load(_content(path).decode("utf-8"))
    return truth


def read_case(expected: Path) -> tuple[Received | None, dict[str, Any]]:
    """Return what the reader makes of the source beside a file of expectations, and the expectations.

    Of an archive the first member that is a document counts. None where the source cannot be read, as expected.
    """
    slug = expected.name.split(".")[0]
    source = next(p for p in expected.parent.glob(f"{slug}.*") if ".expected." not in p.name)
    result = read_content(source.name.removesuffix(".xz"), _content(source))
    if result.received is None:
        for member in result.members:
            result = read_content(member.name, member.content)
            if result.received is not None:
                break
    return result.received, read_truth(expected)


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return lzma.decompress(content) if path.suffix == ".xz" else content


def judge_hashes(expected: Path, folder: Path) -> Score:
    """Return how near the import of a source comes to expectations that hold hashes of its words.

    The sources are under copyright: the project may not hold their paragraphs.
    """
    truth = read_truth(expected)
    source = folder / truth["file"]
    received = read_content(source.name, source.read_bytes()).received
    assert received is not None
    composed = compose(received)
    text = received.lines
    truth["paragraphs"] = [_by_hash(composed, one) for one in truth.pop("paragraph_sha256")]
    truth["furniture"] = [text[number - 1].text for number in truth.pop("furniture_lines")]
    return judge(composed, truth)


def paragraph_hash(text: str) -> str:
    """Return the first 16 digits of the SHA-256 of a paragraph's words."""
    return hashlib.sha256(words(text).encode()).hexdigest()[:16]


def _by_hash(composed: Composed, digest: str) -> str:
    """Return the paragraph of a draft that has a hash; the hash itself, which no paragraph equals, where none has."""
    return next(
        (block.text for block in composed.blocks if paragraph_hash(block.text) == digest), f"sha256 {digest}"
    )


def words(text: str) -> str:
    """Return the words of a paragraph without note marks and markup, white space as single spaces."""
    plain = "\n".join(MARKUP.sub("", line) for line in MARK.sub("", text).split("\n"))
    return " ".join(plain.split())


def judge(composed: Composed, truth: dict[str, Any]) -> Score:
    """Return how near a draft comes to the truth.

    Paragraphs count as right only when whole, word for word, in order.
    """
    expected = [words(text) for text in truth.get("paragraphs") or []]
    given = [part for block in composed.blocks for part in _parts(block.text, expected)]
    right = _common(given, expected)
    furniture = [words(line) for line in truth.get("furniture") or []]
    left = [line for line in furniture if line and line in given]
    gone = [line for line in furniture if line not in given]
    wanted_notes = truth.get("notes") or []
    given_notes = [words(note.text) for note in composed.notes]
    found_notes = [
        note for note in wanted_notes if any(n.startswith(words(note["starts"])) for n in given_notes)
    ]
    wanted_anchors = [note for note in wanted_notes if note.get("anchored")]
    right_anchors = [note for note in wanted_anchors if _is_anchored(composed, note)]
    given_anchors = sum(note.is_marked for note in composed.notes)
    facts = _facts(composed.facts, truth)
    wrong = [f"paragraph: {text}" for text in expected if text not in given]
    wrong += [f"too much: {text}" for text in given if text not in expected]
    wrong += [f"furniture left: {line}" for line in left]
    wrong += [f"note lost: {note['starts']}" for note in wanted_notes if note not in found_notes]
    wrong += [
        f"anchor wrong: {note['number']} {note['after']}"
        for note in wanted_anchors
        if note not in right_anchors
    ]
    wrong += [f"fact {key}" for key, is_right in facts.items() if not is_right]
    return Score(
        paragraphs=(right, len(given), len(expected)),
        furniture=(len(gone), len(left), len(furniture)),
        notes=(len(found_notes), len(given_notes), len(wanted_notes)),
        anchors=(len(right_anchors), given_anchors, len(wanted_anchors)),
        facts=facts,
        wrong=tuple(wrong),
    )


def _parts(text: str, expected: Sequence[str]) -> list[str]:
    """Return the words of a block; of short lines below each other one by one, where the truth has them so."""
    lines = [words(line) for line in text.split("\n")]
    return lines if len(lines) > 1 and any(line in expected for line in lines) else [words(text)]


def _common(given: Sequence[str], expected: Sequence[str]) -> int:
    """Return the length of the longest common subsequence."""
    matcher = difflib.SequenceMatcher(None, list(given), list(expected), autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def _is_anchored(composed: Composed, note: dict[str, Any]) -> bool:
    """Return whether the mark of a note stands behind the words that the truth names."""
    starts = words(note["starts"])
    labels = [one.label for one in composed.notes if words(one.text).startswith(starts)]
    after = "".join(words(note["after"]).split())
    for block in composed.blocks:
        for label in labels:
            before, mark, _ = block.text.partition(f"[^{label}]")
            if mark and "".join(words(before).split()).endswith(after):
                return True
    return False


def _facts(facts: Sequence[Fact], truth: dict[str, Any]) -> dict[str, bool]:
    """Return for each fact of the truth whether the draft has it, and nothing for what it leaves open."""

    def values(key: str) -> list[str]:
        return [fact.value for fact in facts if fact.key == key]

    def plain(text: str) -> str:
        # An outlet that the source names by its address alone is known by its host.
        bare = re.sub(
            r"^(?:www\.)?([\w-]+)(?:\.[\w-]+)*\.(?:example|com|org|net)\S*$", r"\1", text.casefold()
        )
        return re.sub(r"\W", "", re.sub(r"^the ", "", bare))

    found: dict[str, bool] = {}
    for key in ("date", "title", "kind"):
        wanted = truth.get(key)
        given = values(key)
        found[key] = (
            [plain(v) for v in given[:1]] == [plain(wanted)]
            if wanted
            else not given or key in ("kind", "title")
        )
    found["language"] = values("language")[:1] == [truth.get("language")] or (
        bool(values("language"))
        and values("language")[0].split("-")[0] == str(truth.get("language")).split("-")[0]
    )
    found["signatories"] = values("signatory") == (truth.get("signatories") or [])
    found["recipients"] = [plain(v) for v in values("recipient")] == [
        plain(v) for v in truth.get("recipients") or []
    ]
    found["reposts"] = [plain(v) for v in values("outlet")] == [plain(v) for v in truth.get("reposts") or []]
    return found
