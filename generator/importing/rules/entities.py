"""Character references of HTML: `&amp;`, `&#8217;`, `&lt;`."""

from __future__ import annotations

import html
import re

# &amp;  &#8217;  &#x2019;  — but not `AT&T;` nor the `&copy` in `?a=1&copy=2`
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def repair(text: str) -> str:
    """Return the text with each reference as its character; a reference twice escaped is resolved twice."""
    once = REFERENCE.sub(_character, text)
    return REFERENCE.sub(_character, once) if "&amp;" in text.lower() else once


def _character(match: re.Match[str]) -> str:
    return html.unescape(match[0])
