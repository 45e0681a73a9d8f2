"""Spellings made equal, with a way back to the original's offsets.

Names: curly and straight quotes, kinds of hyphens, middle dots and spaces, Latin and Greek accents, Arabic and Hebrew
vowel points, the hamza of the alif, full-width letters, capitals.
Quotations: the published normalisation, version 1 (NORMALISATION): Unicode NFC, white space (none counts between
Chinese or Japanese characters), quotation marks, hyphenation at line ends; nothing else.
"""

from __future__ import annotations

import bisect
import codecs
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

from generator.text.scripts import is_wide, join_words, stand_together

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
# What stands in the place of a code point that is not folded by itself alone; see `_fold_by_table`.
ODD = "\0"
ASCII = "".join(map(chr, range(0x80)))
# What marks become that no name has, see `CasedFolding`: those that _WIDE leaves out, and those that it has.
MARK, WIDE_MARK = "\x1a", "\x1b"
WIDE_MARKS = f"{WIDE_MARK} {WIDE_MARK}"
# As many different characters bytes can stand for; the last two of the plane are not for text.
MOST_LETTERS = 256
LAST_LETTER = "\ufffd"
# Characters of Chinese and Japanese are among these; space between two of them may mean nothing.
_WIDE = "[\u1100-\U0010ffff]"
_WIDE_OR_MARK = f"[{WIDE_MARK}\u1100-\U0010ffff]"
# "\u5357 \u6d77"
WIDE_SPACE = re.compile(f"{_WIDE_OR_MARK} {_WIDE_OR_MARK}")
_NAME_UNIT = rf"[ \0](?:[ \0]+|(?<=\0)|(?<={_WIDE} )(?={_WIDE}))"
# "a  b", "e\u0301", "\u5357 \u6d77", in a text of which each white space is a space: the stretches that
# `_fold_name_slowly` must see, with the letter behind them
NAME_STRETCH = re.compile(rf"{_NAME_UNIT}(?:[^ \0]?{_NAME_UNIT})*[^ \0]?")
_QUOTATION_UNIT = (
    rf"[ \n\0](?:[ \n\0]+|(?<=\0)|\Z|(?<=\A[ \n])|(?<=[-\u2010]\n)|(?<={_WIDE}[ \n])(?={_WIDE}))"
)
# The same for `_normalise_slowly`, for which leading and trailing white space and "secu-\nrity" count as well. It looks
# at two letters before such a stretch: those with up to three between them are one.
QUOTATION_STRETCH = re.compile(rf"{_QUOTATION_UNIT}(?:[^ \n\0]{{0,3}}{_QUOTATION_UNIT})*[^ \n\0]?")
LETTERS_BEFORE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Folded text; `offsets[i]` is where its i-th code point began in the original, plus one entry for the end."""

    text: str
    offsets: Sequence[int]


class _Offsets(Sequence[int]):
    """Where each folded character began, kept as the first of each stretch that was folded one by one."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._origins: list[int] = []
        self._length = 0

    def add(self, origin: int, count: int) -> None:
        """Add as many characters, which begin at an offset of the original and follow one another."""
        self._starts.append(self._length)
        self._origins.append(origin)
        self._length += count

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...

    @overload
    def __getitem__(self, index: slice) -> list[int]: ...

    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(self._length))]
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError(index)
        stretch = bisect.bisect_right(self._starts, index) - 1
        return self._origins[stretch] + index - self._starts[stretch]


class _Table(dict[int, str]):
    """What each code point becomes, found out when it is first met: one code point, or ODD."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, code: int) -> str:
        folded = self[code] = self._fold(chr(code))
        return folded


class _Letters:
    """The characters met of late, up to 256, and what a table makes of them: a text of these takes no loop in Python.

    A byte stands for each, as in the character sets of old, which the same two functions read and write.
    """

    def __init__(self, table: _Table) -> None:
        self._table = table
        self._learn("")

    def _learn(self, others: str) -> None:
        self._others = others
        letters = ASCII + others
        self._bytes_of = codecs.charmap_build(letters.ljust(MOST_LETTERS, "\ufffe"))
        self._new = "".join(self._table[ord(letter)] for letter in letters)

    def translate(self, text: str) -> str:
        """Return what `str.translate` returns with the table."""
        if text.isascii():
            return codecs.charmap_decode(text.encode("ascii"), "strict", self._new)[0]
        try:
            codes = codecs.charmap_encode(text, "strict", self._bytes_of)[0]
        except UnicodeEncodeError:
            others = "".join(sorted(set(text).difference(ASCII)))
            most = MOST_LETTERS - len(ASCII)
            if len(others) > most or others[-1] > LAST_LETTER:
                return text.translate(self._table)
            known = "".join(sorted({*self._others, *others}))
            self._learn(known if len(known) <= most else others)
            codes = codecs.charmap_encode(text, "strict", self._bytes_of)[0]
        return codecs.charmap_decode(codes, "strict", self._new)[0]


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Return a character without case, and without its accent where it is Latin, Greek or an Arabic alif."""
    character = SAME.get(character, character)
    decomposed = unicodedata.normalize("NFD", character)
    return (decomposed[0] if len(decomposed) > 1 and _is_bare(decomposed[0]) else character).casefold()


@lru_cache(maxsize=4096)
def _bare_character(character: str) -> str:
    """Return a character as `_fold_character` does, but with its case."""
    character = SAME.get(character, character)
    base = unicodedata.normalize("NFD", character)[0]
    return base if _is_bare(base) else character


def _is_bare(base: str) -> bool:
    """Return whether a letter stands for itself with an accent as well."""
    return base == ALIF or unicodedata.name(base, "").startswith(("LATIN", "GREEK"))


def fold_name(text: str) -> Folded:
    """Return the text as names are compared: no case, no accents, plain quotes and hyphens, single spaces.

    White space between Chinese or Japanese characters is dropped, as are marks that a writer may leave out.
    """
    plain = _NAME_LETTERS.translate(text)
    if _is_simple(plain):
        return Folded(text=plain, offsets=range(len(text) + 1))
    return _fold_by_table(text, plain, NAME_STRETCH, _fold_name_slowly)


class CasedFolding:
    """Folds texts as `fold_name` does, but with their capitals, in order to look for some patterns in them.

    Marks that no pattern has become one mark of ASCII: a text in Latin letters is then ASCII, which is searched fast.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        """Take the patterns as `fold_name` or `fold_alias_but_case` has them."""
        self._known = frozenset("".join(patterns))
        is_taken = MARK in self._known or WIDE_MARK in self._known
        self._letters = _Letters(_Table(_bare_in_name if is_taken else self._fold_character))

    def fold(self, text: str) -> str | None:
        """Return the folded text; None where it is not one code point for each, the same as with small letters."""
        cased = self._letters.translate(text)
        return cased if _is_simple(cased) else None

    def fold_case(self, text: str, cased: str) -> str:
        """Return the text without its capitals, from what `fold` made of it."""
        return cased.lower() if cased.isascii() else _NAME_LETTERS.translate(text)

    def _fold_character(self, character: str) -> str:
        cased = _bare_in_name(character)
        if not (self._is_idle(cased) and self._is_idle(_fold_in_name(character))):
            return cased
        return MARK if cased < "\u1100" else WIDE_MARK

    def _is_idle(self, folded: str) -> bool:
        """Return whether a folded character is a mark, outside ASCII, that is part of no name."""
        is_mark = not folded.isascii() and unicodedata.category(folded)[0] in "PS"
        return is_mark and not is_wide(folded) and folded not in self._known


def fold_alias_but_case(alias: str) -> str:
    """Return an alias as it stands in texts of `CasedFolding`, without white space at its ends."""
    return "".join(_fold_name_slowly(alias, _bare_character)[0]).strip()


def _is_simple(plain: str) -> bool:
    """Return whether a translated text is folded: no character of it depends on others."""
    if "  " in plain or ODD in plain:
        return False
    if plain.isascii():
        return WIDE_MARK not in plain or WIDE_MARKS not in plain
    return WIDE_SPACE.search(plain) is None


def _fold_by_table(
    text: str,
    plain: str,
    stretches: re.Pattern[str],
    fold_slowly: Callable[[str], tuple[list[str], list[int]]],
) -> Folded:
    """Return `plain`, which is `text` by a table, with the stretches folded in which characters depend on each other.

    A table has ODD for each code point that vanishes, becomes two, or joins the one before it.
    """
    pieces: list[str] = []
    offsets = _Offsets()
    position = 0
    for match in stretches.finditer(plain):
        start, end = match.span()
        first = max(start - LETTERS_BEFORE, position)
        while start > first and not plain[start - 1].isspace():
            start -= 1
        if start > position:
            pieces.append(plain[position:start])
            offsets.add(position, start - position)
        characters, places = fold_slowly(text[start:end])
        pieces.extend(characters)
        for place in places:
            offsets.add(start + place, 1)
        position = end
    if not position:
        return Folded(text=plain, offsets=range(len(text) + 1))
    pieces.append(plain[position:])
    offsets.add(position, len(text) + 1 - position)
    return Folded(text="".join(pieces), offsets=offsets)


def _fold_in_name(character: str) -> str:
    return _fold_alone(character, _fold_character(character))


def _bare_in_name(character: str) -> str:
    folded = _fold_alone(character, _fold_character(character))
    return folded if folded in (ODD, " ") else _fold_alone(character, _bare_character(character))


def _fold_alone(character: str, folded: str) -> str:
    """Return what a character becomes, ODD where it is not one other whatever stands beside it."""
    if character.isspace():
        return " "
    if character in INVISIBLE or character in LEFT_OUT or unicodedata.combining(character):
        return ODD
    # A full-width letter stands together with an ideograph as long as it is one.
    is_other = len(folded) != 1 or (is_wide(character) and folded < "\u1100")
    return ODD if is_other else folded


_NAME_LETTERS = _Letters(_Table(_fold_in_name))


def _fold_name_slowly(
    text: str, fold_character: Callable[[str], str] = _fold_character
) -> tuple[list[str], list[int]]:
    """Return the folded characters and where each began, character by character."""
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
        folded = fold_character(character)
        characters.extend(folded)
        offsets.extend([offset] * len(folded))
    if space is not None:
        characters.append(" ")
        offsets.append(space)
    return characters, offsets


def _is_folded_base(character: str) -> bool:
    # A sign such as \u00b5 is a letter without its case.
    return unicodedata.name(character.casefold()[-1:], "").startswith(("LATIN", "GREEK"))


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
    The text is taken to be NFC already; offsets count its code points, the last of them is the end of the text. Twice
    is the same as once.
    """
    plain = text.translate(_QUOTATION_TABLE)
    folded = _fold_by_table(text, plain, QUOTATION_STRETCH, _normalise_slowly)
    return Folded(text=folded.text.replace("\n", " "), offsets=folded.offsets)


def _normalise_in_quotation(character: str) -> str:
    if character.isspace():
        return "\n" if character == "\n" else " "
    return ODD if character in INVISIBLE else QUOTES.get(character, character)


_QUOTATION_TABLE = _Table(_normalise_in_quotation)


def _normalise_slowly(text: str) -> tuple[list[str], list[int]]:
    """Return the normalised characters and where each began, character by character."""
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
    return characters, offsets


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
