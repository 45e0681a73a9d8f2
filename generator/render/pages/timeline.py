"""The pages of the dossier's timeline, and the timeline of an issue or actor as a section of its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.model.corpus import PageKind
from generator.model.index import TimelineItem
from generator.model.timeline import Era
from generator.render.escape import Markdown, escape_text
from generator.render.page import Dossier, Page, open_page
from generator.render.planned import PlannedPage
from generator.render.strings import script_json
from generator.render.timeline_filters import FilterNames, find_slugs
from generator.render.timeline_parts import (
    MAX_FILTERED,
    SECTION_ENTRIES,
    TIMELINE_PAGE,
    TimelinePart,
    count_entries,
    find_periods,
    period_of,
    plan_overview,
)
from generator.render.timeline_views import KINDS, TimelineView, count_period_lanes, view_items, view_periods
from generator.render.timeline_words import word_period

ENTRIES_FILE = "dossier/timeline.js"
FILTERS: tuple[PageKind, ...] = ("issue", "actor")


def plan_timeline(dossier: Dossier) -> Iterator[PlannedPage]:
    """Yield each page: one with everything, or an overview and its parts."""
    yield PlannedPage(path=TIMELINE_PAGE, template="timeline")
    if len(dossier.timeline) > 1:
        for number, part in dossier.timeline.items():
            yield PlannedPage(path=part.path, template="timeline-part", part=number)


def timeline_context(page: Page) -> dict[str, object]:
    """Return what `timeline.md.j2` shows: everything, or an overview of the parts."""
    parts = page.dossier.timeline
    is_whole = len(parts) == 1
    return {"timeline": view_items(page, parts[0].items, FILTERS) if is_whole else _overview(page)}


def timeline_part_context(page: Page, number: int) -> dict[str, object]:
    """Return what `timeline-part.md.j2` shows of one part, counted from 0."""
    parts = page.dossier.timeline
    part = parts[number]
    return {
        "title": _title(page.dossier, part),
        "timeline": view_items(page, part.items, FILTERS, is_part=True),
        "earlier": _link_part(page, parts[number - 1]) if number else "",
        "later": _link_part(page, parts[number + 1]) if number + 1 < len(parts) else "",
    }


def timeline_section(page: Page, kind: PageKind) -> TimelineView:
    """Return the timeline of an issue or actor; empty where it would only repeat a single statement.

    Readers filter the one by the other. A long one is given by periods that lead to the dossier's timeline.
    """
    items = page.dossier.index.timeline_of.get(page.slug, ())
    if not items or (len(items) == 1 and items[0].kind != "document"):
        return TimelineView()
    if count_entries(items) <= SECTION_ENTRIES:
        return view_items(page, items, [other for other in FILTERS if other != kind])
    periods = view_periods(page, find_periods(items, SECTION_ENTRIES), chosen=kind)
    return TimelineView(periods=periods, lanes=count_period_lanes(periods))


def has_entries(dossier: Dossier) -> bool:
    """Return whether there is a script that tells the overview what its periods hold.

    There is none without an overview, and none where it would be too large: the overview has no filters then.
    """
    return len(dossier.timeline) != 1 and _is_filtered(dossier)


def render_entries(dossier: Dossier) -> bytes:
    """Return the script that tells the overview what its periods hold; only the overview loads it.

    An entry is its kind's number, the number of its years in the row, or -1 without a place on the axis, then the
    numbers of its issues and of its actors, then those of each of its passages in turn.
    """
    page = open_page(dossier, TIMELINE_PAGE)
    timeline = dossier.index.timeline
    names = FilterNames(page, {kind: find_slugs(timeline, kind) for kind in FILTERS})
    rows = [_row(names, line.items) for line in plan_overview(tuple(dossier.timeline.values()))]
    written = script_json({"filters": names.names(), "rows": rows})
    return f"window.dossier.timeline={written};\n".encode()


def _overview(page: Page) -> TimelineView:
    periods = view_periods(
        page, [period_of(line) for line in plan_overview(tuple(page.dossier.timeline.values()))]
    )
    if not _is_filtered(page.dossier):
        return TimelineView(periods=periods, lanes=count_period_lanes(periods))
    names = FilterNames(page, {kind: find_slugs(page.dossier.index.timeline, kind) for kind in FILTERS})
    return TimelineView(
        periods=periods,
        filter_count=names.count(),
        entries_address=page.address_of(ENTRIES_FILE),
        lanes=count_period_lanes(periods),
    )


def _is_filtered(dossier: Dossier) -> bool:
    """Return whether readers can filter the overview: what that takes grows with the dossier."""
    return sum(1 + len(item.passages) for item in dossier.index.timeline) <= MAX_FILTERED


def _row(names: FilterNames, items: Sequence[TimelineItem]) -> list[list[object]]:
    eras = [era for era, _ in groupby(item.era for item in items) if era.first]
    return [_entry(names, item, eras) for item in items]


def _entry(names: FilterNames, item: TimelineItem, eras: Sequence[Era]) -> list[object]:
    entry: list[object] = [
        KINDS.index(item.kind),
        eras.index(item.era) if item.era in eras else -1,
        names.numbers("issue", item.issues),
        names.numbers("actor", item.actors),
    ]
    for passage in item.passages if item.kind == "document" else ():
        entry.append(names.numbers("issue", passage.statement.annotation.issues))
        entry.append(names.numbers("actor", passage.actors))
    return entry


def _title(dossier: Dossier, part: TimelinePart) -> str:
    return dossier.strings.plain("timeline_part", years=word_period(dossier.strings, period_of(part)))


def _link_part(page: Page, part: TimelinePart) -> Markdown:
    words = word_period(page.dossier.strings, period_of(part))
    return Markdown(f"[{escape_text(words)}]({page.address_of(part.path)})")
