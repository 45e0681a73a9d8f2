"""How an index too long for one page is cut: documents by time, names by their first letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.render.long_lists import OPEN, UNDATED
from generator.render.pager import word_year
from generator.render.runs import Run, cut_runs
from generator.render.strings import Strings
from generator.text.dates import FIRST_DAY, LAST_DAY, format_date, parse_date
from generator.text.folding import fold_name

# An index of at most so many rows, and so many bytes of Markdown, stands on one page.
MAX_ROWS = 200
MAX_BYTES = 80_000
# Rows of one page of a longer one.
PART_ROWS = 150
PART_BYTES = 50_000
# As many groups can be looked through; letters of a script with more of them share pages.
MAX_GROUPS = 60
# Of fewer years the months are groups.
MIN_YEARS = 3
# Lengths of periods in years, from which the shortest that gives few groups is taken.
PERIOD_YEARS = (1, 10, 100, 1000)
DIGITS, OTHER = "0-9", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of an index before it is rendered: whose it is, its group, and about how many bytes it takes."""

    slug: str
    group: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Consecutive pages of an index as its first page names them: the first of them, the last group, all rows."""

    at: int
    first: str
    last: str
    count: int


def cut_index(rows: Sequence[Row]) -> tuple[Run[Row], ...]:
    """Return the pages of an index, by group; none where it stands on one page. `rows` are in the order of it."""
    if len(rows) <= MAX_ROWS and sum(row.weight for row in rows) <= MAX_BYTES:
        return ()
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    is_each_alone = len(groups) <= MAX_GROUPS
    return cut_runs(
        (row for group in groups.values() for row in group),
        key=lambda row: row.group,
        weigh=lambda row: row.weight,
        most_weight=PART_BYTES,
        most_items=PART_ROWS,
        is_alone=lambda _: is_each_alone,
    )


def find_stretches(runs: Sequence[Run[Row]]) -> tuple[Stretch, ...]:
    """Return the groups of an index with the page on which each begins; of very many, about MAX_GROUPS stretches."""
    starts = [at for at, run in enumerate(runs) if run.number == 1]
    step = -(-len(starts) // MAX_GROUPS)
    chosen = starts[::step]
    ends = [*chosen[1:], len(runs)]
    return tuple(
        Stretch(
            at=start,
            first=runs[start].first,
            last=runs[end - 1].last,
            count=sum(len(run.items) for run in runs[start:end]),
        )
        for start, end in zip(chosen, ends, strict=True)
    )


def choose_period(dates: Iterable[str]) -> Callable[[str], str]:
    """Return the function that gives the group of a date (EDTF): by month, year, decade, century or millennium."""
    years = {day[:4] for day in map(_first_day, dates) if day}
    if len(years) < MIN_YEARS:
        return lambda edtf: _group(edtf, 0)
    for length in PERIOD_YEARS:
        if len({int(year) // length for year in years}) <= MAX_GROUPS:
            break
    return lambda edtf: _group(edtf, length)


def initial_of(name: str) -> str:
    """Return the group of a name: its first letter, without capital and accent; DIGITS, or OTHER for neither."""
    for character in fold_name(name).text:
        if character.isdecimal():
            return DIGITS
        if character.isalpha():
            return unicodedata.normalize("NFC", character)
    return OTHER


def initial_order(group: str) -> tuple[int, str]:
    """Return what first letters are sorted by: digits first, what is neither last."""
    return {DIGITS: 0, OTHER: 2}.get(group, 1), group


def word_group(strings: Strings, group: str) -> str:
    """Return the name of a group of names or dates."""
    words: Mapping[str, str] = {DIGITS: "parts_digits", OTHER: "parts_other"}
    if group in words:
        return strings.plain(words[group])
    if group in (OPEN, UNDATED):
        return word_year(strings, group)
    # 1980s, 1900-1999, 1987-02 and 1987
    if group.endswith("s") and group[:-1].isdigit():
        return strings.plain("date_decade", year=group[:-1].lstrip("0") or "0")
    if group[:4].isdigit() and group[5:].isdigit():
        first, last = group.split("-")
        if len(last) == len("1999"):
            return strings.plain("timeline_years", first=first.lstrip("0") or "0", last=last.lstrip("0"))
        return format_date(parse_date(group), strings)
    return word_year(strings, group) if group.isdigit() else group.upper()


def word_groups(strings: Strings, first: str, last: str, number: int = 1) -> str:
    """Return the name of a page or stretch of an index; `number` counts those that begin with one group."""
    one, other = word_group(strings, first), word_group(strings, last)
    words = one if one == other else strings.plain("timeline_years", first=one, last=other)
    return strings.plain("in_brackets", words=words, remark=number) if number > 1 else words


def _first_day(edtf: str) -> str:
    try:
        day = parse_date(edtf).earliest
    except ValueError:
        return ""
    return "" if day in (FIRST_DAY, LAST_DAY) else day


def _group(edtf: str, length: int) -> str:
    """Return the group of a date in periods of so many years; 0 means months, for dates that have one."""
    try:
        date = parse_date(edtf)
    except ValueError:
        return UNDATED
    if date.earliest in (FIRST_DAY, LAST_DAY):
        return OPEN if date.earliest == FIRST_DAY else UNDATED
    if not length:
        return date.earliest[:7] if date.earliest[:7] == date.latest[:7] else date.earliest[:4]
    first = int(date.earliest[:4]) // length * length
    if length == 1:
        return f"{first:04}"
    return f"{first:04}s" if length == PERIOD_YEARS[1] else f"{first:04}-{first + length - 1:04}"
