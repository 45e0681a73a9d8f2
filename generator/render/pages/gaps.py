"""The page of all gaps of the dossier, by kind."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from generator.model.index import FoundGap
from generator.render.escape import NOTHING, Markdown
from generator.render.gaps import view_gap
from generator.render.page import Dossier, Page, open_page
from generator.render.pager import view_pager
from generator.render.paths import GAPS_PAGE
from generator.render.planned import ListedPage, Values
from generator.render.runs import Run, cut_runs

RECORD_FINDINGS = frozenset(
    ("undated", "approximate", "uncertain", "unspecified", "nobody", "excerpts", "record", "no-text")
)

# Of hundreds of links the previews would weigh more than the page.
HEAVY: Mapping[str, object] = {"has_previews": False}
# Bytes of Markdown of a page of gaps; of a longer list the page keeps some of each kind.
MAX_BYTES = 80_000
KEPT_GAPS = 40
PART_BYTES = 50_000
PART_GAPS = 200
GAP_BYTES = 160
PLACE_BYTES = 60
USE_BYTES = 180
MAX_USES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class GapEntry:
    """One gap, with a link to the page and place concerned."""

    link: Markdown
    what: Markdown
    why: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroupView:
    """The gaps of one kind, or the first; `count` is that of all works, notes, statements or documents concerned.

    `all_gaps` is a link to the whole list where it does not stand here.
    """

    id: str
    title: str
    count: int
    entries: tuple[GapEntry, ...]
    all_gaps: Markdown = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCount:
    """How many gaps of one kind there are, linked to their list."""

    link: Markdown
    count: int


def has_gaps(dossier: Dossier) -> bool:
    """Return whether the dossier lacks anything."""
    return bool(dossier.index.gaps)


def gap_pages(dossier: Dossier) -> Iterator[ListedPage]:
    """Yield the page of all gaps, or of the first of each kind, and then the pages with all of one."""
    groups = _groups(dossier)
    is_long = sum(_weigh(dossier, gap) for _, gaps in groups for gap in gaps) > MAX_BYTES
    long = {group: _cut(dossier, gaps) for group, gaps in groups if is_long and len(gaps) > KEPT_GAPS}
    values = partial(_gaps_values, dossier, groups, frozenset(long))
    yield ListedPage(path=GAPS_PAGE, template="gaps", values=values)
    for group, gaps in groups:
        for at in range(len(long.get(group, ()))):
            part = partial(_part_values, dossier, group, gaps, long[group], at)
            yield ListedPage(path=_path(group, at), template="gaps-part", values=part)


def _gaps_values(
    dossier: Dossier, groups: Sequence[tuple[str, Sequence[FoundGap]]], long: Container[str]
) -> Values:
    page = open_page(dossier, GAPS_PAGE)
    views = [
        _view_group(page, group, gaps[:KEPT_GAPS], gaps, _path(group, 0))
        if group in long
        else _view_group(page, group, gaps, gaps, "")
        for group, gaps in groups
    ]
    return {
        **HEAVY,
        "groups": views,
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def _part_values(
    dossier: Dossier, group: str, gaps: Sequence[FoundGap], runs: Sequence[Run[FoundGap]], at: int
) -> Values:
    page = open_page(dossier, _path(group, at))
    names = [(str(number + 1), _path(group, number)) for number in range(len(runs))]
    view = _view_group(page, group, runs[at].items, gaps, "")
    return {
        **HEAVY,
        "gaps_address": page.address_of(GAPS_PAGE),
        "number": at + 1,
        "group": view,
        "pager": view_pager(page, len(names), names.__getitem__, at),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def _view_group(
    page: Page, group: str, shown: Sequence[FoundGap], gaps: Sequence[FoundGap], rest: str
) -> GapGroupView:
    """Return some gaps of one kind; `rest` is the path of the page on which the list of all begins."""
    strings = page.dossier.strings
    words = strings("parts_all_gaps", n=len(gaps))
    return GapGroupView(
        id=f"gaps-{group}",
        title=strings.plain(f"gap_group_{group}"),
        count=_count(gaps),
        entries=tuple(_view_entry(page, gap) for gap in shown),
        all_gaps=Markdown(f"[{words}]({page.address_of(rest)})") if rest else NOTHING,
    )


def _path(group: str, at: int) -> str:
    return f"gaps/{group}-{at + 1}.md"


def _cut(dossier: Dossier, gaps: Sequence[FoundGap]) -> tuple[Run[FoundGap], ...]:
    return cut_runs(
        gaps, key=lambda _: "", weigh=partial(_weigh, dossier), most_weight=PART_BYTES, most_items=PART_GAPS
    )


def _weigh(dossier: Dossier, gap: FoundGap) -> int:
    """Return about how many bytes an entry takes; of a work that is absent only some uses are named."""
    places = PLACE_BYTES * (len(gap.labels) + len(gap.statements))
    entered = (dossier.linked.text(gap.slug, "field", f"gaps.{gap.entered}.{key}") for key in ("what", "why"))
    places += sum(len(leaf.text.encode()) for text in entered if text is not None for leaf in text.leaves)
    return GAP_BYTES + places + USE_BYTES * min(len(gap.uses), MAX_USES)


def view_gap_counts(page: Page) -> list[GapCount]:
    """Return how many gaps of each kind there are, in the order of the page of gaps."""
    return [
        GapCount(
            link=Markdown(
                f"[{page.dossier.strings(f'gap_group_{group}')}]({page.address_of(GAPS_PAGE, f'gaps-{group}')})"
            ),
            count=_count(gaps),
        )
        for group, gaps in _groups(page.dossier)
    ]


def _groups(dossier: Dossier) -> list[tuple[str, list[FoundGap]]]:
    return [(group, list(gaps)) for group, gaps in groupby(dossier.index.gaps, lambda gap: gap.group)]


def _count(gaps: Sequence[FoundGap]) -> int:
    return sum(1 if gap.group == "withheld" else len(gap.labels) or len(gap.statements) or 1 for gap in gaps)


def _view_entry(page: Page, gap: FoundGap) -> GapEntry:
    view = view_gap(page, gap)
    anchor = "record" if gap.finding in RECORD_FINDINGS else "gaps" if gap.finding == "entered" else ""
    return GapEntry(link=page.link(gap.slug, "", anchor), what=view.what, why=view.why)
