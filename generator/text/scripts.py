"""What writing systems ask of whoever looks for words: where no spaces stand, and what is written onto a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Scripts written without spaces between words: a name may begin and end anywhere in them. In Korean, particles follow a
# word without a space, but nothing stands before it.
UNSPACED = (
    "CJK",
    "IDEOGRAPHIC",
    "HIRAGANA",
    "KATAKANA",
    "BOPOMOFO",
    "THAI",
    "LAO",
    "KHMER",
    "MYANMAR",
    "HANGUL",
)
# "and", "then", "in", "like", "to": Arabic writes them onto the word that follows. Sample: وب (and in)
ARABIC_PROCLITICS = re.compile("[\u0648\u0641]?[\u0628\u0643\u0644]?")
# "and", "that", "when", "the", "in", "as", "to", "from" in Hebrew. Sample: \u05d5\u05e9\u05d1 (and that in)
HEBREW_PROCLITICS = re.compile("\u05d5?(?:\u05db?\u05e9)?[\u05d1\u05db\u05dc\u05de\u05d4]?")
ARABIC_ARTICLE = "\u0627\u0644"
# The article after "to": للمجلس from المجلس
ARABIC_TO_THE = "\u0644\u0644"
# A shorter word would be part of too many others: وليد is a name, not "and" before ليد.
MIN_AFTER_PROCLITIC = 4


@lru_cache(maxsize=8192)
def is_unspaced(character: str) -> bool:
    """Return whether the character is of a script that sets no space on at least one side of a word."""
    return character > "\u0e00" and unicodedata.name(character, "").startswith(UNSPACED)


@lru_cache(maxsize=8192)
def is_hangul(character: str) -> bool:
    """Return whether the character is Korean."""
    return character > "\u1100" and unicodedata.name(character, "").startswith(("HANGUL", "HALFWIDTH HANGUL"))


@lru_cache(maxsize=8192)
def is_wide(character: str) -> bool:
    """Return whether the character fills an ideograph's square, as ideographs, kana and their punctuation do."""
    return (
        character > "\u1100"
        and unicodedata.east_asian_width(character) in "WF"
        and unicodedata.category(character)[0] in "LNP"
        and not is_hangul(character)
    )


def stand_together(left: str, right: str) -> bool:
    """Return whether white space between two characters means nothing, as in Chinese and Japanese (UAX 14, ID)."""
    return is_wide(left) and is_wide(right)


def join_words(words: Iterable[str]) -> str:
    """Return the words with a space between each two, but for those that stand together."""
    joined = ""
    for word in words:
        is_open = not joined or not word or stand_together(joined[-1], word[0])
        joined += word if is_open else f" {word}"
    return joined


def is_proclitic(letters: str, name: str) -> bool:
    """Return whether the letters, a word's first, are small words written onto a name: the Arabic و in وليلى حداد.

    A name of one short word is not looked for behind them; it could be the end of another name.
    """
    if not letters:
        return False
    if not (" " in name or name.startswith(ARABIC_ARTICLE) or len(name) >= MIN_AFTER_PROCLITIC):
        return False
    pattern = HEBREW_PROCLITICS if "\u0590" <= letters[0] <= "\u05ff" else ARABIC_PROCLITICS
    return pattern.fullmatch(letters) is not None
