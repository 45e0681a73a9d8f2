"""Characters that nobody sees: control characters, byte order marks, zero-width spaces."""

from __future__ import annotations

import re

# The joiners U+200C and U+200D and the marks of direction U+200E and U+200F belong to Arabic, Persian, Hebrew,
# Indic and emoji.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
LONE_JOINER = re.compile("(?<=[\u0000-\u024f])[\u200c-\u200f]|[\u200c-\u200f](?=[\u0000-\u024f])")


def repair(text: str) -> str:
    """Return the text without them; tabs, line breaks and form feeds stay."""
    return LONE_JOINER.sub("", INVISIBLE.sub("", text))
