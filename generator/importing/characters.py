"""The rules that mend single characters, line by line, and what they changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from generator.importing.model import Line, Repair
from generator.importing.rules import (
    entities,
    invisible,
    ligatures,
    mojibake,
    soft_hyphens,
    spaces,
    superscripts,
    tags,
    tex,
    wrapped_characters,
)

# Entities come before tags, since an escaped tag is one; invisible characters last, since others leave some.
RULES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("mojibake", mojibake.repair),
    ("wrapped-characters", wrapped_characters.repair),
    ("entities", entities.repair),
    ("tex", tex.repair),
    ("tags", tags.repair),
    ("soft-hyphens", soft_hyphens.repair),
    ("ligatures", ligatures.repair),
    ("superscripts", superscripts.repair),
    ("invisible-characters", invisible.repair),
    ("spaces", spaces.repair),
)
WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Longer lines are compared by their common beginning and end: the cost of all differences is quadratic.
LONGEST_COMPARED = 4000
MOST_PAIRS = 100_000
# Words of context on each side of a change, so that it can be found in the source.
CONTEXT = 4


def repair_characters(
    lines: Iterable[Line], without: Collection[str] = ()
) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Return the lines after each rule but those in `without`, and what was changed, in order of lines."""
    mended: list[Line] = []
    repairs: list[Repair] = []
    for line in lines:
        text = line.text
        for name, repair in RULES:
            if name in without:
                continue
            after = repair(text)
            if after.rstrip() != text.rstrip():
                repairs.extend(_differences(name, line.number, text, after))
            text = after
        mended.append(line if text == line.text else replace(line, text=text))
    return tuple(mended), tuple(repairs)


def _differences(rule: str, number: int, before: str, after: str) -> Iterator[Repair]:
    """Yield each change in a line, with a few words of context."""
    olds, news = WORD.findall(before), WORD.findall(after)
    if len(olds) + len(news) > LONGEST_COMPARED or _pairs(olds, news) > MOST_PAIRS:
        spans = [_outer_difference(olds, news)]
    else:
        matcher = SequenceMatcher(None, olds, news, autojunk=False)
        spans = _joined([code[1:] for code in matcher.get_opcodes() if code[0] != "equal"])
    for start, end, new_start, new_end in spans:
        left, right = max(start - CONTEXT, 0), CONTEXT
        yield Repair(
            rule=rule,
            line=number,
            before=visible("".join(olds[left : end + right])),
            after=visible("".join(news[max(new_start - (start - left), 0) : new_end + right])),
        )


def _pairs(olds: list[str], news: list[str]) -> int:
    """Return in how many ways a word of one list can be one of the other: what a comparison has to look at."""
    counts = Counter(news)
    return sum(counts[word] for word in olds)


def _outer_difference(olds: list[str], news: list[str]) -> tuple[int, int, int, int]:
    start = 0
    while start < min(len(olds), len(news)) and olds[start] == news[start]:
        start += 1
    end = 0
    while end < min(len(olds), len(news)) - start and olds[-1 - end] == news[-1 - end]:
        end += 1
    return start, len(olds) - end, start, len(news) - end


def _joined(spans: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Return the spans with those joined whose contexts would overlap."""
    joined: list[tuple[int, int, int, int]] = []
    for span in spans:
        if joined and span[0] - joined[-1][1] <= 2 * CONTEXT:
            joined[-1] = (joined[-1][0], span[1], joined[-1][2], span[3])
        else:
            joined.append(span)
    return joined


def visible(text: str) -> str:
    """Return the text in one line, with characters that nobody sees as their numbers."""
    return "".join(
        c if c.isprintable() or c == " " else " " if c in "\n\t" else f"\\u{ord(c):04x}" for c in text
    )
