"""Words as they are compared when leaks and copies are looked for: letters and digits alone, without case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from generator.text.scripts import is_unspaced

WORD = re.compile(r"\w+")
# Soft hyphens, and spaces and joiners of no width: none parts a word.
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def split_tokens(text: str) -> list[str]:
    """Return the words of a text in order: NFKC, case-folded, without punctuation.

    Where a script writes no spaces between words, each character is one.
    """
    if text.isascii():
        return WORD.findall(text.lower())
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).casefold()
    words = WORD.findall(folded)
    if not any(map(is_unspaced, set(folded))):
        return words
    return [
        token for word in words for token in ((word,) if word.isascii() else tuple(_split_unspaced(word)))
    ]


def find_sequence(wanted: Sequence[str], tokens: Sequence[str]) -> Iterator[int]:
    """Yield every index at which `wanted` begins in `tokens`; an empty sequence stands nowhere."""
    if not wanted:
        return
    for start, token in enumerate(tokens):
        if token == wanted[0] and list(tokens[start : start + len(wanted)]) == list(wanted):
            yield start


def _split_unspaced(word: str) -> Iterator[str]:
    rest = ""
    for character in word:
        if is_unspaced(character):
            if rest:
                yield rest
                rest = ""
            yield character
        else:
            rest += character
    if rest:
        yield rest
