"""Where things stand in the head of a built page, so that words can be put there and every other byte stays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

# HTML standard: the encoding is declared within the first 1024 bytes; the links of the head follow soon.
HEAD_CP = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """Offsets in code points: `policy` is where a `<meta>` may stand that counts for all that follows.

    `html` is the end of the name in the tag `<html …>`, -1 where it is not written. `canonical` is the page's own
    address on the web, "" where it names none.
    """

    html: int
    policy: int
    canonical: str


def read_head(page: str) -> PageHead:
    """Return where things stand at the beginning of a page, whatever is missing there."""
    reader = _HeadReader()
    body = page.find("<body", 0, HEAD_CP)
    reader.feed(page[: HEAD_CP if body < 0 else body + len("<body>")])
    return PageHead(html=reader.html, policy=reader.policy, canonical=reader.canonical)


class _HeadReader(HTMLParser):
    """Reads tags until the head is over."""

    def __init__(self) -> None:
        super().__init__()
        self.html = -1
        self.policy = 0
        self.canonical = ""
        self._has_encoding = False
        self._is_over = False
        self._lines: list[int] = [0]

    def feed(self, data: str) -> None:
        self._lines = [0, *(match.end() for match in re.finditer("\n", data))]
        super().feed(data)

    def handle_decl(self, decl: str) -> None:
        # <!doctype html>: `decl` is what stands between "<!" and ">".
        if not self._is_over:
            self.policy = self._start() + len(decl) + 3

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._is_over:
            return
        attributes = dict(attrs)
        is_encoding = tag == "meta" and "charset" in attributes
        if (tag in ("html", "head") or is_encoding) and not self._has_encoding:
            self.policy = self._start() + len(self.get_starttag_text() or "")
        if tag == "html":
            self.html = self._start() + len("<html")
        if tag == "link" and attributes.get("rel") == "canonical":
            self.canonical = attributes.get("href") or ""
        self._has_encoding = self._has_encoding or is_encoding
        self._is_over = tag == "body"

    def handle_endtag(self, tag: str) -> None:
        self._is_over = self._is_over or tag == "head"

    def _start(self) -> int:
        """Return the offset of the tag that is being read."""
        line, column = self.getpos()
        return self._lines[line - 1] + column
