"""Paragraphs that the end of a page or a block of notes has torn in two."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from generator.importing.blocks import ITEM, join
from generator.importing.characters import visible
from generator.importing.model import Block, Draft, Repair
from generator.importing.rules.letters import AFTERWARDS
from generator.importing.rules.page_furniture import RULE as PAGE_RULE

RULE = "torn-paragraphs"
MARK = r"(?:<sup>[^<]*</sup>|\[\^?[^\]\s]{1,7}\])"
# … on how any eventual   — but not … under law.[^3] nor … under law.3
FINISHED = re.compile(rf"[.!?:;…][\"”“’')\]»*_]*(?:{MARK}*|[\dlIO]{{1,4}}\)?)$")
# More is centred.
DEEPEST_INDENT = 8
OPEN_WORD = re.compile(
    r"(?:^|\s)(?:a|an|the|and|or|of|to|in|on|at|by|for|with|from|that|which|between|into|as|its|their|his|her|is|was|were|und|oder|der"
    r"|die|das|den|dem|des|ein|eine|einer|von|zu|mit|für|auf|im|et|ou|le|la|les|de|du|des|un|une|à|dans|pour|par|y|el|los|las)$"
)
# Shorter lines may be headings or lines of an address.
SHORT_CP = 60
# How much of a paragraph tells whether it is finished.
END_CP = 200


def rejoin(draft: Draft, cut: Collection[int], words: Collection[str]) -> Draft:
    """Return the draft with torn paragraphs whole. `cut` holds the lines that were taken out between blocks."""
    is_indented = _are_indented(draft.blocks)
    blocks: list[Block] = []
    repairs: list[Repair] = []
    for number, block in enumerate(draft.blocks):
        if blocks and _is_running_head(blocks[-1], block, draft.blocks[number + 1 : number + 2], cut):
            repairs.append(Repair(rule=PAGE_RULE, line=block.line, before=visible(block.text), after=""))
            continue
        if blocks and _is_torn(blocks[-1], block, cut, is_indented=is_indented):
            before = blocks[-1]
            text = join(before.text, block.text, words)
            repairs.append(
                Repair(
                    rule=RULE,
                    line=before.last,
                    before=visible(f"{_end(before.text)} ¶ {_start(block.text)}"),
                    after=visible(f"{join(_end(before.text), _start(block.text), words)}"),
                )
            )
            blocks[-1] = replace(before, text=text, last=block.last, page=block.page)
        else:
            blocks.append(block)
    return replace(draft, blocks=tuple(blocks), repairs=(*draft.repairs, *repairs))


def _are_indented(blocks: Sequence[Block]) -> bool:
    """Return whether paragraphs are told by the indent of their first lines, as in books."""
    long = [block for block in blocks if block.kind == "text" and len(block.text) > 2 * SHORT_CP]
    return sum(0 < block.indent <= DEEPEST_INDENT for block in long) > len(long) / 2


def _is_torn(before: Block, after: Block, cut: Collection[int], *, is_indented: bool) -> bool:
    if before.kind not in ("text", "item", "quote") or after.kind not in ("text", before.kind):
        return False
    if after.kind == "text" and (ITEM.match(after.text) or AFTERWARDS.match(after.text)):
        return False
    is_next_page = before.page != after.page
    if is_indented and is_next_page and not after.indent and before.indent <= DEEPEST_INDENT:
        # The paragraph goes on, even where a sentence ended with the page.
        return len(before.text) >= SHORT_CP and len(after.text) >= SHORT_CP and "\n" not in after.text
    end = before.text[-END_CP:]
    if FINISHED.search(end) or "\n" in before.text or "\n" in after.text:
        return False
    is_parted = before.page != after.page or any(line in cut for line in range(before.last + 1, after.line))
    is_small = after.text.lstrip("\"“‘('*_")[:1].islower()
    is_hyphened = re.search(r"[^\W\d_]-$", end) is not None
    if is_parted:
        return is_small or is_hyphened or (len(before.text) >= SHORT_CP and len(after.text) >= SHORT_CP // 2)
    # No paragraph ends with "and" or "the": a column ended there.
    if OPEN_WORD.search(end) and len(before.text) >= SHORT_CP:
        return True
    return is_small and len(before.text) >= SHORT_CP and before.text[-1] not in ",:"


def _is_running_head(before: Block, block: Block, after: Sequence[Block], cut: Collection[int]) -> bool:
    """Return whether a short line stands where a page ends inside a paragraph: the paragraph goes on behind it."""
    if not after or before.kind != "text" or block.kind not in ("text", "heading") or after[0].kind != "text":
        return False
    is_parted = any(line in cut for line in range(before.last + 1, block.line))
    is_short = len(block.text) < SHORT_CP and "\n" not in block.text and not FINISHED.search(block.text)
    is_open = (
        len(before.text) > 2 * SHORT_CP
        and not FINISHED.search(before.text[-END_CP:])
        and "\n" not in before.text
    )
    return (
        is_parted
        and is_short
        and is_open
        and block.text[:1].isupper()
        and len(after[0].text) >= SHORT_CP // 2
    )


def _end(text: str) -> str:
    return " ".join(text[-END_CP:].split()[-4:])


def _start(text: str) -> str:
    return " ".join(text.split()[:4])


def cut_lines(repairs: Sequence[Repair]) -> frozenset[int]:
    """Return the lines that page furniture and notes stood on."""
    return frozenset(repair.line for repair in repairs if repair.rule in ("page-furniture", "notes"))
