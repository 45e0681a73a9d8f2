"""Spellings made equal, with a way back to the original's offsets.

Names: curly and straight quotes, kinds of hyphens and spaces, Latin and Greek accents, capitals.
Quotations: the published normalisation, version 1: Unicode NFC, white space, quotation marks, hyphenation at line ends;
nothing else.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
}
HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Folded text; `offsets[i]` is where its i-th code point began in the original, plus one entry for the end."""

    text: str
    offsets: tuple[int, ...]


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Return a character without case, and without its accent where it is Latin or Greek."""
    character = QUOTES.get(character) or HYPHENS.get(character) or character
    decomposed = unicodedata.normalize("NFD", character)
    base = decomposed[0]
    if len(decomposed) > 1 and unicodedata.name(base, "").startswith(("LATIN", "GREEK")):
        character = base
    return character.casefold()


def fold_name(text: str) -> Folded:
    """Return the text as names are compared: no case, no accents, plain quotes and hyphens, single spaces."""
    characters: list[str] = []
    offsets: list[int] = []
    is_after_space = False
    for offset, character in enumerate(text):
        if character in INVISIBLE:
            continue
        if character.isspace():
            if is_after_space:
                continue
            folded = " "
        elif unicodedata.combining(character) and characters and _is_folded_base(characters[-1]):
            continue
        else:
            folded = _fold_character(character)
        is_after_space = folded == " "
        characters.extend(folded)
        offsets.extend([offset] * len(folded))
    offsets.append(len(text))
    return Folded(text="".join(characters), offsets=tuple(offsets))


def _is_folded_base(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("LATIN", "GREEK"))


def spelling(text: str) -> str:
    """Return the text with quotes, hyphens and spaces made equal, but capitals and accents kept."""
    plain = "".join(
        QUOTES.get(c) or HYPHENS.get(c) or c for c in unicodedata.normalize("NFC", text) if c not in INVISIBLE
    )
    return " ".join(plain.split())


def normalise_quotation(text: str) -> Folded:
    """Return the text under the published normalisation; white space at both ends is dropped.

    A word torn by a hyphen at a line end is joined: `secu-\\nrity` equals `security` and `secu\u00adrity`.
    The text is taken to be NFC already; offsets count its code points.
    """
    characters: list[str] = []
    offsets: list[int] = []
    index = 0
    while index < len(text):
        character = text[index]
        if character in INVISIBLE:
            index += 1
            continue
        torn = _end_of_tear(text, index)
        if torn is not None:
            index = torn
            continue
        if character.isspace():
            if characters and characters[-1] != " ":
                characters.append(" ")
                offsets.append(index)
        else:
            characters.append(QUOTES.get(character, character))
            offsets.append(index)
        index += 1
    if characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    offsets.append(offsets[-1] + 1 if offsets else 0)
    return Folded(text="".join(characters), offsets=tuple(offsets))


def _end_of_tear(text: str, index: int) -> int | None:
    """Return where a word torn at a line end goes on, if the hyphen at `index` tears it, else None."""
    if text[index] not in "-\u2010" or index == 0 or not text[index - 1].isalpha():
        return None
    after = index + 1
    while after < len(text) and text[after] in " \t":
        after += 1
    if after >= len(text) or text[after] != "\n":
        return None
    while after < len(text) and text[after] in " \t\n":
        after += 1
    return after if after < len(text) and text[after].islower() else None
