"""Each page is told its own address, for the foot of its printed pages: a style can show only what stands there."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from generator.finish.page_head import read_head

# data-address="documents/memo.html", as an earlier run wrote it
WRITTEN = re.compile(r' data-address="[^"]*"')


def write_addresses(site: Path) -> None:
    """Write into the tag `<html>` of each page where it stands: on the web, or else in the site's folder.

    A second run changes nothing.
    """
    for path in sorted(site.rglob("*.html")):
        # Odd bytes of a page of the editors' own survive the round trip.
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        addressed = add_address(text, path.relative_to(site).as_posix())
        if addressed != text:
            path.write_bytes(addressed.encode("utf-8", "surrogateescape"))


def add_address(page: str, path: str) -> str:
    """Return a page that knows its address; one without a tag `<html>` stays as it is."""
    head = read_head(page)
    if head.html < 0:
        return page
    former = WRITTEN.match(page, head.html)
    rest = page[former.end() if former else head.html :]
    return f'{page[: head.html]} data-address="{escape(head.canonical or path)}"{rest}'
