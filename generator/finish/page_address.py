"""Each page is told its own address, for the foot of its printed pages: a style can show only what stands there."""

from __future__ import annotations

import re
from html import escape

from generator.finish.page_head import PageHead

# data-address="documents/memo.html", as an earlier run wrote it
WRITTEN = re.compile(r' data-address="[^"]*"')


def insert_address(page: str, head: PageHead, path: str) -> str:
    """Return a page that knows where it stands: on the web, or else in the site's folder (`path`).

    One without a tag `<html>` stays as it is.
    """
    if head.html < 0:
        return page
    former = WRITTEN.match(page, head.html)
    rest = page[former.end() if former else head.html :]
    return f'{page[: head.html]} data-address="{escape(head.canonical or path)}"{rest}'
