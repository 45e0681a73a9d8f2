"""The title of an article, which is not a paragraph of it, and its subheadings in texts without markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.importing.characters import visible
from generator.importing.facts.dates import find_dates
from generator.importing.model import Block, Draft, Fact, Line, Repair
from generator.importing.rules.article_furniture import POST, plain
from generator.importing.rules.torn import FINISHED

RULE = "title"
HEADING_RULE = "paragraph-to-heading"
# A headline has no full stop, and fits on a few lines.
LONGEST_TITLE = 200
LONGEST_SUBHEAD = 90
# How many blocks at the head may repeat it.
HEAD = 12
# Agency Opens Inquiry – Lundmark Air Safety Agency   The library | Daily Reshare
# Statement of / Cornelia Abiodun-Marsh
STATEMENT = re.compile(
    r"^(?:(?:written |prepared |opening )?(?:statement|testimony|remarks) (?:of|by)|(?:stellungnahme"
    r"|aussage) (?:von|des|der))$",
    re.IGNORECASE,
)
# Re: Bienenverordnung   [Drainage] Gauge readings
PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|sv|antw)\s*:\s*|\[[^\]]{1,30}\]\s*)+", re.IGNORECASE)
SITE = re.compile(r"(?<!\s)\s+[|–—·-]\s+[^|–—]{2,60}$")
BOLD = re.compile(r"^(?:\*\*|__)(?P<words>[^*_]{3,160}?)(?:\*\*|__)$")
ITALIC = re.compile(r"^[*_](?P<words>[^*_]{3,240}?)[*_]$")


def key(text: str) -> str:
    """Return a title for comparison: letters and digits in lower case."""
    return re.sub(r"\W+", " ", plain(text)).strip().casefold()


def lift_title(draft: Draft, source: Sequence[Line]) -> Draft:
    """Return the draft with its title as a fact and no longer among the blocks.

    `source` holds the lines as received.
    """
    blocks = draft.blocks
    found = _title(draft, source)
    if found is None:
        return draft
    title, line, words = found
    wanted = key(title)
    kept: list[Block] = []
    cuts: list[Repair] = []
    for number, block in enumerate(blocks):
        if number < HEAD and key(block.text) == wanted:
            cuts.append(Repair(rule=RULE, line=block.line, before=visible(block.text), after=""))
        else:
            kept.append(block)
    facts = (
        *(fact for fact in draft.facts if fact.key != "title"),
        Fact(key="title", value=title, line=line, words=words),
    )
    return replace(draft, blocks=tuple(kept), facts=facts, repairs=(*draft.repairs, *cuts))


def _title(draft: Draft, source: Sequence[Line]) -> tuple[str, int, str] | None:
    """Return the title, its line and its words there."""
    heads = draft.blocks[:HEAD]
    keys = {key(block.text): block for block in reversed(heads) if len(block.text) <= LONGEST_TITLE}
    first = next((block for block in heads if block.kind == "heading" and block.level == 1), None)
    for fact in draft.facts:
        if fact.key == "title" and fact.value:
            bare = SITE.sub("", PREFIX.sub("", fact.value))
            for value in (fact.value, bare, fact.value.rpartition(": ")[2]):
                if key(value) in keys:
                    block = keys[key(value)]
                    return plain(block.text), block.line, fact.words
            if first is None:
                return bare.strip(), fact.line, fact.words
    for line in source[:20]:
        match = POST.search(line.text)
        if match and key(match["title"]) in keys:
            return match["title"].strip(), line.number, line.text.strip()[:160]
    if first is not None:
        return plain(first.text), first.line, first.text
    if not heads or draft.options.get("kind") == "letter":
        return None
    if STATEMENT.match(plain(heads[0].text.split("\n")[0])):
        lines = [plain(line) for line in heads[0].text.split("\n")][:2]
        return " ".join(lines), heads[0].line, " ".join(lines)
    opening = next((block for block in heads if not _is_date(block.text)), heads[0])
    is_short = (
        "\n" not in opening.text
        and len(opening.text) <= LONGEST_TITLE
        and opening.kind in ("text", "heading")
    )
    if is_short and not re.search(r"[.:;,]$", plain(opening.text)) and len(opening.text.split()) >= 3:
        longer = [block for block in draft.blocks[1:6] if len(block.text) > len(opening.text)]
        if longer and draft.options.get("kind") != "statement":
            return plain(opening.text), opening.line, opening.text
    return None


def _is_date(text: str) -> bool:
    found = next(find_dates(text), None)
    return found is not None and len(text) - len(found[1]) <= 12


def mark_subheads(draft: Draft) -> Draft:
    """Return the draft with subheadings marked: bold lines, and short lines without a stop between paragraphs."""
    blocks = list(draft.blocks)
    is_marked_up = any(block.kind == "heading" for block in blocks)
    repairs: list[Repair] = []
    for number, block in enumerate(blocks):
        if block.kind != "text" or "\n" in block.text:
            continue
        bold, italic = BOLD.match(block.text), ITALIC.match(block.text)
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if bold is not None and following is not None:
            words = bold["words"]
        elif italic is not None and number == 0:
            words = italic["words"]
        elif not is_marked_up and _is_subhead(blocks, number):
            words = block.text
        else:
            continue
        blocks[number] = replace(block, text=words.strip(), kind="heading", level=2)
        repairs.append(
            Repair(
                rule=HEADING_RULE,
                line=block.line,
                before=visible(block.text),
                after=visible(f"## {words.strip()}"),
            )
        )
    return replace(draft, blocks=tuple(blocks), repairs=(*draft.repairs, *repairs))


def _is_subhead(blocks: Sequence[Block], number: int) -> bool:
    text = blocks[number].text.strip()
    if number + 1 >= len(blocks) or len(text) > LONGEST_SUBHEAD or len(text.split()) < 2:
        return False
    if (
        re.search(r"[.!:;,…\"”’)]$", text)
        or FINISHED.search(text)
        or not re.match(r"^[\"“‘«(]?[^\W_a-zß-ÿ]", text)
    ):
        return False
    following = blocks[number + 1]
    return following.kind in ("text", "item", "quote") and len(following.text) > max(len(text), 60)
