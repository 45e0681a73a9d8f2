"""Letters joined into one character by typesetting: ﬁ, ﬀ, ﬄ."""

from __future__ import annotations

import unicodedata

LATIN = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
TABLE = str.maketrans(LATIN)


def repair(text: str) -> str:
    """Return the text with the Latin ligatures of Unicode's presentation forms as letters.

    Æ and œ are letters already.
    """
    return text.translate(TABLE)
