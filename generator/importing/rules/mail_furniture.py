"""What a mail program adds to a message: the card below "-- ", disclaimers, the footer of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.importing.model import Line, Repair

RULE = "mail-furniture"
# The line that parts a message from the sender's card (RFC 3676, section 4.3).
CARD = re.compile(r"^-- ?$")
# _______________________________________________ and what follows, as mailing lists add it.
FOOTER = re.compile(r"^_{20,}$")


def cut(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Return the lines of a message without its card and footer, blank in their place, and what was cut.

    What is quoted below stays.
    """
    mended: list[Line] = []
    cuts: list[Repair] = []
    in_card = False
    for line in lines:
        if CARD.match(line.text.strip("\n")) or FOOTER.match(line.text.strip()):
            in_card = True
        elif line.kind == "quote":
            in_card = False
        if in_card and line.text.strip():
            mended.append(replace(line, text="", kind="text"))
            cuts.append(Repair(rule=RULE, line=line.number, before=line.text.strip(), after=""))
        else:
            mended.append(line)
    return tuple(mended), tuple(cuts)
