"""Letters that were decoded with the wrong encoding: `donâ€™t` becomes `don’t`."""

from __future__ import annotations

import ftfy


def repair(text: str) -> str:
    """Return the text with mojibake undone; curly quotes and all else stay (ftfy's `fix_encoding`)."""
    return ftfy.fix_encoding(text)
