"""How words are written for the search index, which takes whatever stands between two spaces for one word.

Pagefind 1.5 splits at white space alone. So that each word of a text is one of its words, and that nothing else is:

- A script without spaces is split into its letters: a run of them is then found wherever it stands, with no dictionary
  that would have to know every name.
- Words joined by a dash are set apart.
- A sign that stands alone is joined to the word before it, or it would come between the words of a phrase.
- A curly apostrophe is written as a sign of ASCII: Pagefind then finds the parts of `l’accord` as those of `l'accord`.

What a reader sees is written back by `show` in search-words.js, which reads the same signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Letters of scripts that set no spaces between words, as ranges that regular expressions of Python and of JavaScript
# (with the flag `u`) read alike: Thai, Lao, Myanmar, Khmer; then ideographs, kana and Bopomofo. Korean sets spaces.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u30fa\u30fc-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# What a break without, or with, a space in the text is marked by where the letters around it do not say so themselves.
JOINED, SPACED = "^", "~"
APOSTROPHE = "`"
# Where a text has these signs itself, letters of private use stand for them.
WRITTEN = str.maketrans(
    {
        JOINED: "\ue000",
        SPACED: "\ue001",
        APOSTROPHE: "\ue002",
        "\u2019": APOSTROPHE,
        "\u2010": "-",
        "\u2011": "-",
    }
)
# Pagefind marks places and weights in its text by words that begin so; a text may have such words of its own.
SENTINEL = re.compile(r"___(?=(?:END_)?PAGEFIND)")
# Samples: 芯 and what signs follow it · word— of "word—word" · word
TOKEN = re.compile(
    rf"[{UNSPACED}]\W*"
    rf"|(?:(?![{UNSPACED}])[^\u2013-\u2015\u2026])+[\u2013-\u2015\u2026]*"
    r"|[\u2013-\u2015\u2026]+"
)
IS_UNSPACED = re.compile(f"[{UNSPACED}]")
# a · 7 · 芯
LETTER = re.compile(r"[^\W_]")


def write_search_words(text: str) -> str:
    """Return a text as the index takes it: words between single spaces; empty where it has no word.

    `show` of search-words.js gives the text back, but for its white space and its kinds of hyphens.
    """
    plain = SENTINEL.sub("__\u2060_", unicodedata.normalize("NFC", text)).translate(WRITTEN)
    tokens: list[str] = []
    # Whether white space stood before each token.
    is_spaced: list[bool] = []
    for chunk in plain.replace("\u200b", "").split():
        for index, token in enumerate(TOKEN.findall(chunk)):
            has_space = index == 0
            if tokens and not _has_letter(token):
                tokens[-1] += f"{SPACED if has_space else ''}{token}"
            elif tokens and not _has_letter(tokens[-1]):
                # Only the first token of a text can have no letter: signs before its first word.
                tokens[-1] += f"{SPACED if has_space else ''}{token}"
            else:
                tokens.append(token)
                is_spaced.append(has_space)
    if not tokens or not _has_letter(tokens[0]):
        return ""
    return " ".join(_marked(tokens, is_spaced))


def _marked(tokens: Sequence[str], is_spaced: Sequence[bool]) -> list[str]:
    """Return the tokens, with a sign at the end of each after which a reader would expect the other kind of break."""
    written = []
    for index, token in enumerate(tokens):
        if index + 1 < len(tokens) and is_spaced[index + 1] != looks_spaced(token, tokens[index + 1]):
            written.append(token + (SPACED if is_spaced[index + 1] else JOINED))
        else:
            written.append(token)
    return written


def looks_spaced(before: str, after: str) -> bool:
    """Return whether a space is shown between two tokens that have no sign: not beside a script without spaces."""
    return not (IS_UNSPACED.match(before[-1]) or IS_UNSPACED.match(after[0]))


def _has_letter(token: str) -> bool:
    return LETTER.search(token) is not None
