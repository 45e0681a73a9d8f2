"""Headings, numbers and shortened quotations of timelines."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.timeline import Era
from generator.render.strings import Strings
from generator.render.timeline_parts import Period
from generator.text.moments import Moment, split_edtf

# A quotation is recognised by so many characters; the whole stands a link away.
MAX_QUOTE_CP = 200


def era_id(era: Era) -> str:
    """Return the id of the heading of some years."""
    if era.kind in ("until", "years"):
        return f"y-{era.kind}-{era.first}-{era.last}"
    return f"y-{era.first}" if era.kind == "year" else f"y-{era.kind}"


def word_era(strings: Strings, era: Era) -> str:
    """Return the heading of some years."""
    if era.kind == "year":
        return str(era.first)
    if era.kind == "years":
        return strings.plain("timeline_years", first=era.first, last=era.last)
    if era.kind == "until":
        return strings.plain("timeline_until", year=era.last)
    return strings.plain(f"timeline_{era.kind.replace('-', '_')}")


def word_period(strings: Strings, period: Period) -> str:
    """Return the name of a period: the years in which its items begin, or of a part of a year its month or dates."""
    first, last = period.first.era, period.last.era
    if period.month:
        return strings.date(period.month)
    if period.is_torn and first == last and first.first:
        return word_dates(strings, period.first.date, period.last.date, period.number)
    if first == last or (not first.first and not last.first):
        return word_era(strings, first)
    if not first.first:
        return strings.plain("timeline_until", year=last.first)
    if not last.first:
        return strings.plain("timeline_since", year=first.first)
    if first.first == last.first:
        return str(first.first)
    return strings.plain("timeline_years", first=first.first, last=last.first)


def word_dates(strings: Strings, first: str, last: str, number: int = 1) -> str:
    """Return the name of a list by its first and last date (EDTF), and which it is of those with the same."""
    one, other = strings.date(first), strings.date(last)
    words = one if one == other else strings.plain("timeline_dates", first=one, last=other)
    return strings.plain("in_brackets", words=words, remark=number) if number > 1 else words


def word_counts(strings: Strings, counts: Mapping[str, int]) -> str:
    """Return how many documents, statements and events there are; nought is left out."""
    return ", ".join(
        strings.plain(f"timeline_n_{kind}s", n=counts[kind])
        for kind in ("document", "statement", "event")
        if counts.get(kind)
    )


def shorten(quote_words: str) -> str:
    """Return a quotation on one line, cut after a whole word where it is longer than MAX_QUOTE_CP."""
    words = " ".join(quote_words.split())
    if len(words) <= MAX_QUOTE_CP:
        return words
    cut = words[: MAX_QUOTE_CP - 1]
    # Scripts without spaces have no word to end with.
    whole = cut.rsplit(" ", 1)[0] if " " in cut[MAX_QUOTE_CP // 2 :] else cut
    return f"{whole.rstrip(' ,;:.')}…"


def html_datetime(edtf: str) -> str:
    """Return the value for HTML's `datetime`: a day, month or year after Christ, as precise as it is known."""
    parts = split_edtf(edtf)
    if (
        not isinstance(parts, Moment)
        or parts.is_long
        or parts.significant_digits
        or parts.is_partly_qualified
    ):
        return ""
    if not parts.year.isdigit() or not int(parts.year):
        return ""
    value = parts.year
    for part, most in ((parts.month, 12), (parts.day, 31)):
        if part is None or "X" in part:
            return value
        if int(part) > most:
            return ""
        value = f"{value}-{part}"
    return value
