"""The page of all gaps of the dossier, by kind."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from generator.model.index import FoundGap
from generator.render.escape import Markdown
from generator.render.gaps import view_gap
from generator.render.page import Dossier, Page
from generator.render.paths import GAPS_PAGE

RECORD_FINDINGS = frozenset(
    ("undated", "approximate", "uncertain", "unspecified", "nobody", "excerpts", "record", "no-text")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapEntry:
    """One gap, with a link to the page and place concerned."""

    link: Markdown
    what: Markdown
    why: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class GapGroupView:
    """The gaps of one kind; `count` is that of the works, notes, statements or documents concerned."""

    id: str
    title: str
    count: int
    entries: tuple[GapEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCount:
    """How many gaps of one kind there are, linked to their list."""

    link: Markdown
    count: int


def has_gaps(dossier: Dossier) -> bool:
    """Return whether the dossier lacks anything."""
    return bool(dossier.index.gaps)


def gaps_context(page: Page) -> dict[str, object]:
    """Return what `gaps.md.j2` shows."""
    return {
        # Of hundreds of links the previews would weigh more than the page.
        "has_previews": False,
        "groups": [
            GapGroupView(
                id=f"gaps-{group}",
                title=page.dossier.strings.plain(f"gap_group_{group}"),
                count=_count(gaps),
                entries=tuple(_view_entry(page, gap) for gap in gaps),
            )
            for group, gaps in _groups(page)
        ],
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def view_gap_counts(page: Page) -> list[GapCount]:
    """Return how many gaps of each kind there are, in the order of the page of gaps."""
    return [
        GapCount(
            link=Markdown(
                f"[{page.dossier.strings(f'gap_group_{group}')}]({page.address_of(GAPS_PAGE, f'gaps-{group}')})"
            ),
            count=_count(gaps),
        )
        for group, gaps in _groups(page)
    ]


def _groups(page: Page) -> list[tuple[str, list[FoundGap]]]:
    return [(group, list(gaps)) for group, gaps in groupby(page.dossier.index.gaps, lambda gap: gap.group)]


def _count(gaps: list[FoundGap]) -> int:
    return sum(1 if gap.group == "withheld" else len(gap.labels) or len(gap.statements) or 1 for gap in gaps)


def _view_entry(page: Page, gap: FoundGap) -> GapEntry:
    view = view_gap(page, gap)
    anchor = "record" if gap.finding in RECORD_FINDINGS else "gaps" if gap.finding == "entered" else ""
    return GapEntry(link=page.link(gap.slug, "", anchor), what=view.what, why=view.why)
