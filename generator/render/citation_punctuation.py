"""Punctuation at the seams of a citation, doubled by citeproc-py or left outside quotation marks."""

from __future__ import annotations

import re

from generator.render.citation_markup import (
    AFTER_QUOTE,
    CLOSE_DATE,
    CLOSE_QUOTE,
    END,
    OPEN_DATE,
    OPEN_QUOTE,
)

MARKERS = "\ufdd0-\ufdef"
# In the samples, d stands for a marker around a date in words,
# q for one around a quotation mark, i for the end of italics, e for END.

# A date in words, with the mark before it: `, dabout 1962d`
WORDED_DATE = re.compile(f"[.,;:]?\\s*{OPEN_DATE}([^{OPEN_DATE}{CLOSE_DATE}]*){CLOSE_DATE}")

# A mark, the style's closing quotation mark or markers after it, and the style's own mark: `What now?eq”q,`
# `Ltd.ei.`
DOUBLED = re.compile(f"([.,;:!?])((?:[\ufdd8-\ufddf{END}]|{CLOSE_QUOTE}[^{MARKERS}]*{AFTER_QUOTE})+)([.,])")
# The style's closing quotation mark, and its mark after it: `Memoq”q,`
OUTSIDE_QUOTE = re.compile(f"({CLOSE_QUOTE}[^{MARKERS}]*{AFTER_QUOTE}[\ufdd8-\ufddf]*)([.,])")
# A description in the place of a title, in the style's quotation marks: `q“q[Tweet on trade]q”q`
QUOTED_DESCRIPTION = re.compile(
    f"{OPEN_QUOTE}[^{MARKERS}]*{AFTER_QUOTE}(\\[[^{MARKERS}]*\\]){CLOSE_QUOTE}[^{MARKERS}]*{AFTER_QUOTE}"
)


def mend_punctuation(marked: str, *, is_inside_quotes: bool) -> str:
    """Return the marked text with each seam of two parts punctuated once.

    A mark at the end of a title makes the style's full stop or comma after it superfluous if it is the same,
    or a question or exclamation mark: `“What now?”,` becomes `“What now?”`. Where the style's locale puts
    punctuation inside quotation marks (CSL 1.0.2, `punctuation-in-quote`), `”,` and `”.` become `,”` and
    `.”`. A description in square brackets stands without quotation marks: it is the editors', not a title
    that anyone gave.

    A date in words, which a style would give where it wants the year and again where it wants month and day, stands
    once.

    Only quotation marks of the style count, and only seams: nothing inside a value of the corpus changes.
    `marked` is what `make_formatter` leads to; the markers of styles stay in it.
    """
    mended = QUOTED_DESCRIPTION.sub(r"\1", _with_one_date(marked))
    mended = DOUBLED.sub(_without_second, mended)
    return OUTSIDE_QUOTE.sub(r"\2\1", mended) if is_inside_quotes else mended


def _with_one_date(marked: str) -> str:
    """Return the text without the second and further times that one date in words stands in it, and their markers."""
    seen: set[str] = set()

    def once(found: re.Match[str]) -> str:
        is_first = found[1] not in seen
        seen.add(found[1])
        return found[0] if is_first else ""

    return WORDED_DATE.sub(once, marked).replace(OPEN_DATE, "").replace(CLOSE_DATE, "")


def _without_second(found: re.Match[str]) -> str:
    first, between, second = found.groups()
    is_superfluous = first == second or first in "?!"
    return f"{first}{between}" if is_superfluous else found[0]
