"""Suggestions by the numbers and ids that an editor typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.suggest.model import Suggestion
from generator.text.nearest import did_you_mean

# 3-7
RANGE = re.compile(r"(\d{1,6})-(\d{1,6})")
# 1,3-5 name:Boris_Kolt
SEPARATORS = re.compile(r"[,\s]+")


def choose(suggestions: Sequence[Suggestion], typed: Iterable[str]) -> tuple[Suggestion, ...]:
    """Return the chosen suggestions once each, in the order of the ranking.

    Raises:
        ValueError: a number or id is none of theirs, or one that an editor alone can act on; with a sentence that
            says so.
    """
    by_name = {name: one for one in suggestions for name in (str(one.number), one.id)}
    chosen: dict[str, Suggestion] = {}
    for name in (part for words in typed for part in SEPARATORS.split(words) if part):
        for each in _expand(name, len(suggestions)):
            one = by_name.get(each)
            if one is None:
                ids = [suggestion.id for suggestion in suggestions]
                otherwise = f"there are {len(ids)}" if ids else "there are none"
                raise ValueError(f"no suggestion `{each}`; {did_you_mean(each, ids, otherwise)}")
            if one.writes is None:
                raise ValueError(f"`{one.id}` is for you to decide: {one.help or one.reason}")
            chosen[one.id] = one
    return tuple(sorted(chosen.values(), key=lambda one: one.number))


def _expand(name: str, count: int) -> list[str]:
    match = RANGE.fullmatch(name)
    if match is None:
        return [name]
    first, last = int(match[1]), int(match[2])
    return [str(number) for number in range(first, min(last, count + 1) + 1)] or [name]
