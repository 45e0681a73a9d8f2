"""Spaces of other widths (non-breaking, thin, figure, em), white space at the end of a line.

And non-breaking hyphens.
"""

from __future__ import annotations

import re

ODD = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")


def repair(text: str) -> str:
    """Return the text with plain spaces and hyphens. The ideographic space (U+3000) stays."""
    return ODD.sub(" ", text).replace("\u2011", "-").rstrip(" \t")
