"""A line at the head of an article or report that is only its date, which goes to the record."""

from __future__ import annotations

from dataclasses import replace

from generator.importing.facts.dates import find_dates
from generator.importing.model import Block, Draft, Repair
from generator.importing.rules.article_furniture import plain

RULE = "date-line"
# Letters and testimony bear their date as part of the text.
KEPT = frozenset({"letter", "testimony", "e-mail"})
HEAD = 6
# What may stand beside the date: a comma, a weekday.
BESIDE_CP = 12


def cut(draft: Draft) -> Draft:
    """Return the draft without the lines at its head that hold a date and no more."""
    if draft.options.get("kind") in KEPT:
        return draft
    blocks: list[Block] = []
    cuts: list[Repair] = []
    for number, block in enumerate(draft.blocks):
        lines = block.text.split("\n")
        places = [place for place, line in enumerate(lines) if number >= HEAD or not is_date(line)]
        kept = [lines[place] for place in places]
        if len(kept) < len(lines):
            cuts.extend(
                Repair(rule=RULE, line=block.line_at(place), before=line.strip(), after="")
                for place, line in enumerate(lines)
                if is_date(line)
            )
        if kept:
            numbers = tuple(block.line_at(place) for place in places)
            blocks.append(
                block
                if len(kept) == len(lines)
                else replace(block, text="\n".join(kept), line=numbers[0], numbers=numbers)
            )
    return replace(draft, blocks=tuple(blocks), repairs=(*draft.repairs, *cuts))


def is_date(text: str) -> bool:
    """Return whether a line is a date and little else."""
    bare = plain(text)
    found = max(find_dates(bare), key=lambda one: len(one[1]), default=None)
    return found is not None and len(bare) - len(found[1]) <= BESIDE_CP
