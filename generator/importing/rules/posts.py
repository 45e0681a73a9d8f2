"""Posts on social networks inside a text: block quotations with author, handle and date."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.importing.characters import visible
from generator.importing.facts.dates import find_dates
from generator.importing.model import Block, Draft, Fact, Repair

RULE = "posts"
MONTH = r"[^\W\d_]{3,10}\.?"
DATE = rf"(?:{MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}}\.? (?:de )?{MONTH} (?:de )?\d{{4}}|\d{{4}}-\d\d-\d\d)"
LINKED_DATE = rf"(?:\[(?P<linked>{DATE})\]\([^)]*\)|(?P<date>{DATE}))"
NAME = r"(?P<name>[^\W\d_][^\n()@—–]{0,60}?)"
HANDLE = r"\(?(?P<handle>@\w{1,40}(?:@[\w.-]+)?)\)?"
# … — Donald J. Trump (@realDonaldTrump) May 14, 2018
AFTER = re.compile(
    rf"^(?P<words>.+?)(?<!\s)\s*(?:—|–|--|&mdash;)\s*{NAME}\s*{HANDLE},?\s*(?:·\s*)?{LINKED_DATE}\W*$",
    re.DOTALL,
)
# Ottoline Grau @PM_Grau · Mar 3, 2021 The salt road…
BEFORE = re.compile(rf"^{NAME}\s*{HANDLE}\s*[·•|-]\s*{LINKED_DATE}\s+(?P<words>\S.+)$", re.DOTALL)
COUNTS = r"(?:[\d.,]+[KMkm]?\s*(?:Retweets?|Reposts?|Likes?|Replies|Quotes?|Views|Bookmarks)\W*)+"
REPLYING = re.compile(r"^Replying to (?:@\w+\W*(?:and\s+)?)+")
# … Keep the ban. Casper Linde-Mwangi (@hillcasper) 3 Mar 2021 412 Reposts 1.9K Likes
TRAILING = re.compile(
    rf"^(?P<words>.+[.!?…\"”])\s+(?P<name>[A-ZÀ-Þ][\w’'.-]+(?: [A-ZÀ-Þ][\w’'.-]+){{0,4}})\s*{HANDLE}"
    rf"\s*(?:·\s*)?{LINKED_DATE}"
    rf"\s*(?:{COUNTS})?$",
    re.DOTALL,
)


def quote(draft: Draft) -> Draft:
    """Return the draft with each post as a block quotation.

    Its last line names author, handle and date as they stand.
    """
    blocks: list[Block] = []
    repairs: list[Repair] = []
    facts: list[Fact] = []
    for block in draft.blocks:
        found = _post(block)
        if found is None:
            blocks.append(block)
            continue
        post, match = found
        when = next((value for value, _ in find_dates(match["linked"] or match["date"])), "")
        facts.append(
            Fact(
                key="post",
                value=f"{match['name'].strip()} {match['handle']} {when}",
                line=block.line,
                words=_ends(post),
            )
        )
        blocks.append(replace(block, kind="quote", text=post))
        if post != block.text or block.kind != "quote":
            repairs.append(
                Repair(
                    rule=RULE,
                    line=block.line,
                    before=visible(_ends(block.text)),
                    after=visible(f"> {_ends(post)}"),
                )
            )
    return replace(
        draft, blocks=tuple(blocks), repairs=(*draft.repairs, *repairs), facts=(*draft.facts, *facts)
    )


def _post(block: Block) -> tuple[str, re.Match[str]] | None:
    if block.kind not in ("text", "quote"):
        return None
    text = block.text.strip()
    bare = REPLYING.sub("", text).strip()
    for pattern in (AFTER, BEFORE, TRAILING):
        match = pattern.match(bare)
        if match is not None:
            words = match["words"].strip().strip("\n")
            when = "date" if match["date"] else "linked"
            # A link around the date is closed behind it.
            end = match.end(when) if when == "date" else bare.find(")", match.end(when)) + 1
            return f"{words}\n\n— {bare[match.start('name') : end]}", match
    return None


def _ends(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:50]} … {text[-60:]}"
