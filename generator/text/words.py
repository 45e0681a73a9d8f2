"""The words of a text, as texts are compared: by their letters, whatever stands between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.text.folding import fold_name
from generator.text.search_words import UNSPACED

# 芯 · harbour · 1962
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
IS_UNSPACED = re.compile(f"[{UNSPACED}]")


def find_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word without capitals and accents, and where it begins and ends.

    A letter of a script without spaces is a word of its own. Apostrophes and hyphens part words.
    """
    for match in WORD.finditer(text):
        yield fold_word(match[0]), match.start(), match.end()


def split_words(text: str) -> list[str]:
    """Return the words that `find_words` finds, as they are written."""
    return WORD.findall(text)


def is_unspaced_word(word: str) -> bool:
    """Return whether a word is a letter of a script without spaces, of which about two make a word."""
    return IS_UNSPACED.match(word) is not None


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return a word without capitals and accents."""
    return fold_name(word).text
