"""How a timeline is cut into pieces that stay small: pages of its own, periods where a section is too long."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from generator.model.index import SortKey, TimelineItem
from generator.model.timeline import Era

TIMELINE_PAGE = "timeline.md"
TIMELINE_FOLDER = "timeline"
# Passages that a document lists under its date; the others are one link away.
SHOWN_PASSAGES = 24
# Entries (documents, statements, events and passages listed) of one page: about 28 kB of HTML beyond its text.
PAGE_ENTRIES = 80
# The same for a section on the page of an issue or actor, which has a ledger as well.
SECTION_ENTRIES = 40
# Lines of the overview of a timeline of many pages; and the entries up to which readers can filter it, which its
# script holds (about 14 bytes each).
MAX_LINES = 240
MAX_FILTERED = 40_000
# Lengths of periods in years, from which the shortest that keeps a list short is taken.
PERIOD_YEARS = (1, 10, 100, 1000)
# Of fewer years a list tells little: it is one of months.
MIN_YEARS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePart:
    """One page of the dossier's timeline: whole years where they fit, else a run of one year, which is then `is_torn`.

    `number` counts the runs of the same dates, from 1.
    """

    path: str
    items: tuple[TimelineItem, ...]
    is_torn: bool = False
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStart:
    """The path of a page of the timeline, and the sort key of its first item."""

    path: str
    sort_key: SortKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of a timeline given by its numbers alone: in all and by year, in time order.

    `first` and `last` are what it has at its ends, `days` the first and the last day that any of it can mean, empty
    where none has a place on the calendar. `is_torn`: it has not all of its year; `number` counts the periods of the
    same dates, from 1. `month` (EDTF) is that of a period that is one.
    """

    first: TimelineItem
    last: TimelineItem
    counts: Mapping[str, int]
    eras: Mapping[Era, Mapping[str, int]]
    days: tuple[str, str] = ("", "")
    is_torn: bool = False
    number: int = 1
    month: str = ""


def count_entries(items: Iterable[TimelineItem]) -> int:
    """Return how many entries a list of these items has."""
    return sum(1 + (min(len(i.passages), SHOWN_PASSAGES) if i.kind == "document" else 0) for i in items)


def plan_parts(timeline: Sequence[TimelineItem]) -> tuple[TimelinePart, ...]:
    """Return the pages of a dossier's timeline in time order: one, or several of at most PAGE_ENTRIES entries."""
    if count_entries(timeline) <= PAGE_ENTRIES:
        return (TimelinePart(path=TIMELINE_PAGE, items=tuple(timeline)),)
    parts: list[TimelinePart] = []
    used: Counter[str] = Counter()
    dated: Counter[tuple[str, str]] = Counter()
    runs = list(_runs(timeline))
    for at, run in enumerate(runs):
        name = _name_part(run[0].era)
        used[name] += 1
        number = f"-{used[name]}" if used[name] > 1 else ""
        dates = run[0].date, run[-1].date
        dated[dates] += 1
        parts.append(
            TimelinePart(
                path=f"{TIMELINE_FOLDER}/{name}{number}.md",
                items=tuple(run),
                is_torn=bool(at and runs[at - 1][-1].era == run[0].era)
                or (at + 1 < len(runs) and runs[at + 1][0].era == run[-1].era),
                number=dated[dates],
            )
        )
    return tuple(parts)


def plan_overview(parts: Sequence[TimelinePart]) -> tuple[TimelinePart, ...]:
    """Return the lines of the overview: pages, or where these are very many some of them as one."""
    step = -(-len(parts) // MAX_LINES)
    dated: Counter[tuple[str, str]] = Counter()
    lines = []
    for start in range(0, len(parts), step):
        line = _join(parts[start : start + step])
        dates = line.items[0].date, line.items[-1].date
        dated[dates] += 1
        lines.append(replace(line, number=dated[dates]))
    return tuple(lines)


def _join(parts: Sequence[TimelinePart]) -> TimelinePart:
    if len(parts) == 1:
        return parts[0]
    items = tuple(item for part in parts for item in part.items)
    is_torn = items[0].era == items[-1].era and any(part.is_torn for part in parts)
    return TimelinePart(path=parts[0].path, items=items, is_torn=is_torn)


def period_of(part: TimelinePart) -> Period:
    """Return a page of a timeline, or a line of its overview, as a period."""
    return replace(make_period(part.items), is_torn=part.is_torn, number=part.number)


def find_starts(parts: Iterable[TimelinePart]) -> tuple[TimelineStart, ...]:
    """Return where the pages of a timeline that has any entry begin."""
    return tuple(
        TimelineStart(path=part.path, sort_key=part.items[0].sort_key) for part in parts if part.items
    )


def find_path(starts: Sequence[TimelineStart], item: TimelineItem) -> str:
    """Return the path of the page that lists an item."""
    return starts[bisect_right(starts, item.sort_key, key=lambda start: start.sort_key) - 1].path


def find_periods(items: Sequence[TimelineItem], limit: int) -> tuple[Period, ...]:
    """Return the items by year, or by decade, century or millennium where that gives more periods than `limit`.

    What is all of one year or two is given by month, if that is not too long.
    """
    periods: list[Period] = []
    for years in PERIOD_YEARS:
        runs = groupby(items, partial(_period_key, years=years))
        periods = [make_period(list(run)) for _, run in runs]
        if len(periods) <= limit:
            break
    if sum(1 for period in periods if period.first.era.first) < MIN_YEARS:
        months = [
            replace(make_period(list(run)), is_torn=bool(month), month=month)
            for (_, month), run in groupby(items, lambda item: (item.era, _month_of(item)))
        ]
        if len(months) <= limit:
            return tuple(months)
    return tuple(periods)


def _month_of(item: TimelineItem) -> str:
    """Return the month (EDTF) that a date means, empty where it may mean several."""
    first, last = (item.extent.first[:7], item.extent.last[:7]) if item.extent else ("", "")
    return first if first == last else ""


def make_period(items: Sequence[TimelineItem]) -> Period:
    """Return some items, one or more in time order, as a period."""
    return Period(
        first=items[0],
        last=items[-1],
        counts=Counter(item.kind for item in items),
        eras={era: Counter(item.kind for item in run) for era, run in groupby(items, lambda item: item.era)},
        days=_days_of(items),
    )


def _days_of(items: Iterable[TimelineItem]) -> tuple[str, str]:
    extents = [item.extent for item in items if item.extent]
    first = min((extent.first or extent.last for extent in extents), default="")
    return first, max((extent.last or extent.first for extent in extents), default="")


def _runs(timeline: Sequence[TimelineItem]) -> Iterable[list[TimelineItem]]:
    """Yield the items in runs of at most PAGE_ENTRIES entries that end with a year, where no year is longer."""
    run: list[TimelineItem] = []
    for era, group in groupby(timeline, lambda item: item.era):
        members = list(group)
        is_undated = era.kind == "undated"
        if run and (is_undated or count_entries(run) + count_entries(members) > PAGE_ENTRIES):
            yield run
            run = []
        for item in members:
            if run and count_entries(run) + count_entries([item]) > PAGE_ENTRIES:
                yield run
                run = []
            run.append(item)
    if run:
        yield run


def _name_part(era: Era) -> str:
    if era.kind in ("undated", "before-years", "after-years"):
        return era.kind
    return f"from-{era.first:04}"


def _period_key(item: TimelineItem, *, years: int) -> tuple[str, int]:
    era = item.era
    if era.kind in ("undated", "before-years", "after-years"):
        return era.kind, 0
    return "years", era.first // years
