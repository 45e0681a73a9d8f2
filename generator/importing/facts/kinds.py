"""What kind of document it is, where the text says so by its form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importing.model import Block, Fact, Line
from generator.importing.rules import letters, posts, release_furniture
from generator.importing.rules.article_furniture import ORIGIN, POST, plain

TESTIMONY = re.compile(
    r"^\W*(?:(?:written |prepared |opening )?(?:statement|testimony|remarks)\b.{0,60}$)", re.IGNORECASE
)
HEARING = re.compile(r"\b(?:before the|hearing (?:on|before))\b", re.IGNORECASE)
REPORT = re.compile(
    r"^\W*(?:(?:chapter|part|kapitel|chapitre) (?:[ivxlc]+|\d+)|executive summary|table of contents|contents)\b",
    re.IGNORECASE,
)
BYLINE = re.compile(r"^\W*(?:by|von|par)\s+[A-ZÀ-Þ][\w’'.-]+ [A-ZÀ-Þ]", re.IGNORECASE)


def find_kind(lines: Sequence[Line], blocks: Sequence[Block], stated: Sequence[Fact]) -> Fact | None:
    """Return the kind with its evidence, or None where nothing says it. `lines` are those of the source."""
    for fact in stated:
        if fact.key == "kind" and fact.value:
            return fact
    numbered = [(line.number, plain(line.text)) for line in lines if line.text.strip()]
    for number, text in numbered[:40]:
        if release_furniture.RELEASE.match(text):
            return Fact(key="kind", value="press release", line=number, words=text[:80])
    if letters.is_letter(blocks):
        salutation = next(block for block in blocks if letters.SALUTATION.match(plain(block.text)))
        return Fact(key="kind", value="letter", line=salutation.line, words=plain(salutation.text))
    head = numbered[:12]
    for number, text in head:
        if TESTIMONY.match(text) and any(HEARING.search(other) for _, other in head):
            return Fact(key="kind", value="testimony", line=number, words=text[:80])
    chapters = [(number, text) for number, text in numbered if REPORT.match(text) and len(text) < 80]
    if len(chapters) >= 2:
        return Fact(key="kind", value="report", line=chapters[0][0], words=chapters[0][1])
    for number, text in numbered:
        if (
            POST.search(text)
            or ORIGIN.match(text)
            or release_furniture.STAMP.match(text)
            or BYLINE.match(text[:120])
        ):
            return Fact(key="kind", value="news report", line=number, words=text[:80])
    for block in blocks:
        if any(pattern.match(plain(block.text)) for pattern in (posts.AFTER, posts.BEFORE)):
            return Fact(key="kind", value="news report", line=block.line, words=plain(block.text)[-80:])
    return None
