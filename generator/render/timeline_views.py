"""A timeline as templates show it: items by year, or periods with counts, and what a reader can filter them by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from generator.model.corpus import PageKind
from generator.model.index import TimelineItem, TimelineKind, TimelinePassage
from generator.model.timeline import Extent
from generator.render.escape import NOTHING, Markdown, escape_text
from generator.render.page import Page
from generator.render.timeline_filters import FilterNames, find_slugs
from generator.render.timeline_parts import SHOWN_PASSAGES, Period, find_path
from generator.render.timeline_words import era_id, html_datetime, shorten, word_counts, word_era, word_period
from generator.render.views import MAX_SPEAKERS, link_addressees, link_speakers, links_to, show_date
from generator.text.ids import annotation_id

KINDS: tuple[TimelineKind, ...] = ("document", "statement", "event")
# The least number of different places in time that make a picture.
MIN_PLACES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """A quoted passage. `issues` and `actors` are numbers in the filters' lists of names."""

    quote: str
    language: str
    speakers: Markdown
    addressees: Markdown
    attribution: str
    place: Markdown
    issues: str
    actors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One entry. `days` is `first/last` in ISO 8601, or one day; empty without a place on the calendar.

    `datetime` is empty where HTML has no value for the date. `marks` are classes that tell how certain it is.
    """

    kind: str
    date: str
    datetime: str
    days: str
    marks: str
    title: Markdown
    what: str
    people: Markdown
    document: Markdown
    passages: tuple[PassageView, ...]
    count: int
    more: int
    more_address: Markdown
    issues: str
    actors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """The entries of one year, or of the years that a date leaves open."""

    id: str
    label: str
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """A period with its numbers. `eras` tells the script its years or days, with the counts of each kind of items."""

    link: Markdown
    words: str
    eras: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """A whole timeline: `years`, or `periods` where it is too long for one list.

    `filters` are attributes for the script, with slugs and names of each kind that readers can choose by.
    `entries_address` is where the script finds what the periods hold. `lanes` is how many kinds of items the picture
    shows, 0 for no picture.
    """

    years: tuple[YearView, ...] = ()
    periods: tuple[PeriodView, ...] = ()
    filters: Markdown = NOTHING
    filter_count: int = 0
    entries_address: Markdown = NOTHING
    lanes: int = 0


def view_items(
    page: Page, items: Sequence[TimelineItem], kinds: Sequence[PageKind], *, is_part: bool = False
) -> TimelineView:
    """Return all items by year, to be filtered by pages of these kinds.

    A part of a longer timeline takes a choice made on another part, though it may itself have nothing to choose from.
    """
    slugs = {kind: find_slugs(items, kind) for kind in kinds}
    names = FilterNames(page, slugs, least=0 if is_part else 2)
    can_choose = is_part or len(items) > 1
    return TimelineView(
        years=tuple(
            YearView(
                id=era_id(era),
                label=word_era(page.dossier.strings, era),
                items=tuple(_view_item(page, item, names) for item in members),
            )
            for era, members in groupby(items, lambda item: item.era)
        ),
        filters=names.attributes() if can_choose else NOTHING,
        filter_count=names.count() if can_choose else 0,
        lanes=_count_lanes(items),
    )


def view_periods(
    page: Page, periods: Sequence[Period], *, chosen: PageKind | None = None
) -> tuple[PeriodView, ...]:
    """Return periods as links to the pages that list them, filtered there by this page's slug if it is of a kind."""
    dossier = page.dossier
    query = f"?{chosen}={quote(page.slug, safe='')}" if chosen else ""
    views = []
    for period in periods:
        address = page.address_of(find_path(dossier.timeline_starts, period.first))
        label = escape_text(word_period(dossier.strings, period))
        views.append(
            PeriodView(
                link=Markdown(f"[{label}]({address}{query}#{era_id(period.first.era)})"),
                words=word_counts(dossier.strings, period.counts),
                eras=_eras(period),
            )
        )
    return tuple(views)


def count_places(items: Iterable[TimelineItem]) -> int:
    """Return how many different places in time the items have."""
    return len({(item.extent.first, item.extent.last) for item in items if item.extent})


def count_period_lanes(periods: Sequence[PeriodView]) -> int:
    """Return how many kinds of items the picture of some periods shows, 0 for no picture."""
    placed = [era.split()[1:] for period in periods if period.eras for era in period.eras.split(",")]
    if len(placed) < MIN_PLACES:
        return 0
    return sum(1 for lane in range(len(KINDS)) if any(counts[lane] != "0" for counts in placed))


def _count_lanes(items: Sequence[TimelineItem]) -> int:
    placed = [item for item in items if item.extent]
    return len({item.kind for item in placed}) if count_places(placed) >= MIN_PLACES else 0


def _view_item(page: Page, item: TimelineItem, names: FilterNames) -> ItemView:
    dossier = page.dossier
    record = dossier.corpus.documents[item.document].record
    is_document = item.kind == "document"
    shown = item.passages[:SHOWN_PASSAGES] if len(item.passages) > SHOWN_PASSAGES + 1 else item.passages
    return ItemView(
        kind=item.kind,
        date=show_date(page, item.date),
        datetime=html_datetime(item.date),
        days=_days(item.extent),
        marks=_marks(item.extent),
        title=page.link(item.document) if is_document else NOTHING,
        what=record.kind if is_document else dossier.strings.plain(f"timeline_{item.kind}"),
        people=_people(page, item.document) if is_document else NOTHING,
        document=NOTHING if is_document else page.link(item.document),
        passages=tuple(_view_passage(page, passage, names, is_own=is_document) for passage in shown),
        count=len(item.passages),
        more=len(item.passages) - len(shown),
        more_address=page.address(item.document, "annotations"),
        issues=names.attribute("issue", item.issues),
        actors=names.attribute("actor", item.actors),
    )


def _view_passage(page: Page, passage: TimelinePassage, names: FilterNames, *, is_own: bool) -> PassageView:
    """Return a passage; below its document the speakers are left out where they are those of the document."""
    dossier = page.dossier
    statement = passage.statement
    annotation = statement.annotation
    record = dossier.corpus.documents[statement.document].record
    is_voice = is_own and set(annotation.speakers) in ({*record.authors}, {*record.signatories})
    language = record.language or dossier.corpus.dossier.record.language
    has_number = statement.passage and record.rights.publish == "full"
    label = f"¶{statement.passage}" if has_number else dossier.strings.plain("timeline_passage")
    return PassageView(
        quote=shorten(annotation.quote),
        language="" if language == dossier.corpus.dossier.record.language else language,
        speakers=NOTHING if is_voice else link_speakers(page, statement),
        addressees=NOTHING if is_own else link_addressees(page, statement),
        attribution="" if is_own and annotation.speakers else annotation.attribution or "",
        place=page.link(statement.document, label, annotation_id(annotation.id)),
        issues=names.attribute("issue", annotation.issues),
        actors=names.attribute("actor", passage.actors),
    )


def _people(page: Page, document: str) -> Markdown:
    """Return who stands behind a document: its authors, else signatories, else publisher."""
    record = page.dossier.corpus.documents[document].record
    people = record.authors or record.signatories or ((record.publisher,) if record.publisher else ())
    if len(people) <= MAX_SPEAKERS:
        return links_to(page, people)
    words = page.dossier.strings("timeline_people", n=len(people))
    return Markdown(f"[{words}]({page.address(document, 'record')})")


def _days(extent: Extent | None) -> str:
    if extent is None:
        return ""
    return extent.first if extent.first == extent.last else f"{extent.first}/{extent.last}"


def _marks(extent: Extent | None) -> str:
    if extent is None:
        return ""
    marks = {"interval": extent.is_interval, "vague": extent.is_vague}
    return " ".join(mark for mark, holds in marks.items() if holds)


def _eras(period: Period) -> str:
    """Return the years of a period that have a place on the axis, such as `1901 2 0 1,1900/1909 1 0 0,/1902 0 1 0`.

    A part of one year has its days instead: `1987-02-26/1987-03-03 80 0 0`.
    """
    written = []
    is_of_days = period.is_torn and all(period.days) and [era.kind for era in period.eras] == ["year"]
    for era, counts in period.eras.items():
        if is_of_days:
            written.append(" ".join(["/".join(period.days), *(str(counts.get(kind, 0)) for kind in KINDS)]))
        elif era.first:
            years = {"year": f"{era.first:04}", "until": f"/{era.last:04}"}
            name = years.get(era.kind, f"{era.first:04}/{era.last:04}")
            written.append(" ".join([name, *(str(counts.get(kind, 0)) for kind in KINDS)]))
    return ",".join(written)
