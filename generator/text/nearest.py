"""The known word that someone probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

NEAREST_SCORE = 60.0


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word` by Ratcliff/Obershelp-like ratio, or None where none scores 60 of 100."""
    match = process.extractOne(word, sorted(known), scorer=fuzz.ratio, score_cutoff=NEAREST_SCORE)
    return None if match is None else str(match[0])


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a help line that suggests the nearest known word, or `otherwise`."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else otherwise
