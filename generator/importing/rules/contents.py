"""The table of contents, whose page numbers mean nothing on a site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.importing.model import Line, Repair
from generator.importing.rules.article_furniture import plain

RULE = "table-of-contents"
HEADING = re.compile(
    r"^(?:table of contents|contents|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|indice)$",
    re.IGNORECASE,
)
# II. THE LONG CUT .......... 31   2. What was found 2   PREFACE .... v
ENTRY = re.compile(r"^.{2,120}?(?:\s*\.{2,}\s*|\s+)(?:\d{1,4}|[ivxlc]{1,7})$")


def cut(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Return the lines without a table of contents, blank in its place, and what was cut."""
    gone: set[int] = set()
    for place, line in enumerate(lines):
        if not HEADING.match(plain(line.text)):
            continue
        entries = []
        for below in range(place + 1, len(lines)):
            text = plain(lines[below].text)
            if text and not ENTRY.match(text):
                break
            if text:
                entries.append(below)
        if len(entries) >= 2:
            gone.update((place, *entries))
    mended = tuple(
        replace(line, text="", kind="text") if place in gone else line for place, line in enumerate(lines)
    )
    cuts = tuple(
        Repair(rule=RULE, line=line.number, before=line.text.strip(), after="")
        for place, line in enumerate(lines)
        if place in gone
    )
    return mended, cuts
