"""Two wordings, word by word: what was taken away and what was added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

Change = tuple[Literal["same", "removed", "added"], str]


def compare_words(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Yield the words of both in order, in runs: what stays, what only `before` has, what only `after` has.

    Takes time in the square of the number of words.
    """
    for tag, start, end, other_start, other_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield "same", " ".join(before[start:end])
            continue
        if end > start:
            yield "removed", " ".join(before[start:end])
        if other_end > other_start:
            yield "added", " ".join(after[other_start:other_end])


def show_changes(before: str, after: str) -> str:
    """Return both wordings as one line: `the [-sea-]{+harbour+} wall`, as GNU wdiff writes it."""
    pieces = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    changes = list(compare_words(before.split(), after.split()))
    shown = [pieces[kind].format(words) for kind, words in changes]
    joined = "".join(
        ("" if index and kind == "added" and changes[index - 1][0] == "removed" else " ") + words
        for index, ((kind, _), words) in enumerate(zip(changes, shown, strict=True))
    )
    return joined.strip()
