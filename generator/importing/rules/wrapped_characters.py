"""Single characters that a converter put into tags of their own: `<sup>&</sup>lt;` is `&lt;`."""

from __future__ import annotations

import re

# <sup>&</sup>lt;sup>1</sup>   $<sup>\\</sup>underline{x}$
WRAPPED = re.compile(r"<(?:sup|sub|b|i)>([&\\<>])</(?:sup|sub|b|i)>")
# $<sup>\\underline{...}$: the tag that was to close behind the backslash was lost.
UNCLOSED = re.compile(r"<sup>(?=\\[a-zA-Z]+\{)")


def repair(text: str) -> str:
    """Return the text with such characters alone."""
    return UNCLOSED.sub("", WRAPPED.sub(r"\1", text))
