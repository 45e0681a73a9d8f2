"""Spellings made equal, with a way back to the original's offsets.

Names: curly and straight quotes, kinds of hyphens, middle dots and spaces, Latin and Greek accents, Arabic and Hebrew
vowel points, the hamza of the alif, full-width letters, capitals.
Quotations: the published normalisation, version 1 (NORMALISATION): Unicode NFC, white space (none counts between
Chinese or Japanese characters), quotation marks, hyphenation at line ends; nothing else.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from generator.text.scripts import join_words, stand_together

# Counts up with every change of `normalise_quotation`: what a lock says under another version proves nothing.
NORMALISATION = 1

QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u02bc\u2032`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
}
HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
# Between the parts of a foreign name in Chinese and Japanese.
DOTS = dict.fromkeys("\u2022\u2027\u30fb\uff65", "\u00b7")
# Full-width letters, digits and marks; Arabic letters as Persian keyboards and the Koran write them.
LETTERS = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "\u0671": "\u0627",
    "\u06cc": "\u064a",
    "\u06a9": "\u0643",
}
SAME = {**LETTERS, **DOTS, **HYPHENS, **QUOTES}
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
# What a writer may leave out: Hebrew points, Arabic vowel marks, and the stroke that stretches an Arabic word.
POINTS = frozenset(
    chr(code)
    for code in (*range(0x0591, 0x05C8), *range(0x064B, 0x0653), *range(0x0656, 0x0660), 0x0670)
    if unicodedata.category(chr(code)) == "Mn"
)
LEFT_OUT = POINTS | {"\u0640"}
ALIF = "\u0627"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Folded text; `offsets[i]` is where its i-th code point began in the original, plus one entry for the end."""

    text: str
    offsets: tuple[int, ...]


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Return a character without case, and without its accent where it is Latin, Greek or an Arabic alif."""
    character = SAME.get(character, character)
    decomposed = unicodedata.normalize("NFD", character)
    base = decomposed[0]
    is_bare = base == ALIF or unicodedata.name(base, "").startswith(("LATIN", "GREEK"))
    if len(decomposed) > 1 and is_bare:
        character = base
    return character.casefold()


def fold_name(text: str) -> Folded:
    """Return the text as names are compared: no case, no accents, plain quotes and hyphens, single spaces.

    White space between Chinese or Japanese characters is dropped, as are marks that a writer may leave out.
    """
    characters: list[str] = []
    offsets: list[int] = []
    space: int | None = None
    for offset, character in enumerate(text):
        if character in INVISIBLE or character in LEFT_OUT:
            continue
        if character.isspace():
            space = offset if space is None else space
            continue
        if (
            space is None
            and unicodedata.combining(character)
            and characters
            and _is_folded_base(characters[-1])
        ):
            continue
        if space is not None and not (characters and stand_together(characters[-1], character)):
            characters.append(" ")
            offsets.append(space)
        space = None
        folded = _fold_character(character)
        characters.extend(folded)
        offsets.extend([offset] * len(folded))
    if space is not None:
        characters.append(" ")
        offsets.append(space)
    offsets.append(len(text))
    return Folded(text="".join(characters), offsets=tuple(offsets))


def _is_folded_base(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("LATIN", "GREEK"))


def spelling(text: str) -> str:
    """Return the text with quotes, hyphens, spaces and widths made equal, but capitals and accents kept."""
    plain = "".join(
        SAME.get(c, c) for c in unicodedata.normalize("NFC", text) if c not in INVISIBLE and c not in LEFT_OUT
    )
    return join_words(plain.split())


def quotation_digest(quote: str, prefix: str = "", suffix: str = "") -> str:
    """Return the SHA-256 of a quotation's words under the published normalisation, with those that tell its place."""
    parts = (normalise_quotation(unicodedata.normalize("NFC", part)).text for part in (quote, prefix, suffix))
    return hashlib.sha256("\0".join(parts).rstrip("\0").encode()).hexdigest()


def normalise_quotation(text: str) -> Folded:
    """Return the text under the published normalisation (NORMALISATION); white space at both ends is dropped.

    A word torn by a hyphen at a line end is joined: `secu-\\nrity` equals `security` and `secu\u00adrity`.
    The text is taken to be NFC already; offsets count its code points. Twice is the same as once.
    """
    characters: list[str] = []
    offsets: list[int] = []
    index = 0
    while index < len(text):
        character = text[index]
        if character in INVISIBLE and not _is_mark(text, index + 1):
            # Before a combining mark it stays: without it the two letters would become another in NFC.
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
            if len(characters) > 1 and characters[-1] == " " and stand_together(characters[-2], character):
                characters.pop()
                offsets.pop()
            characters.append(QUOTES.get(character, character))
            offsets.append(index)
        index += 1
    if characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    offsets.append(offsets[-1] + 1 if offsets else 0)
    return Folded(text="".join(characters), offsets=tuple(offsets))


def _is_mark(text: str, index: int) -> bool:
    return index < len(text) and unicodedata.category(text[index]).startswith("M")


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
