"""The ways between the pages of one list: to the page before and after, and to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.render.escape import NOTHING, Markdown, escape_text
from generator.render.long_lists import OPEN, UNDATED
from generator.render.page import Page
from generator.render.strings import Strings

# As many pages are all named; of more the ends, the next ones, and some in between.
ALL_NAMED = 24
NEAR = 3
STRIDES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PageName:
    """A page of a list in its row of pages; `link` is only its name on that page itself."""

    link: Markdown
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Links to the page before and after, empty at the ends, and to pages of the list in order; none of a lone page."""

    before: Markdown = NOTHING
    after: Markdown = NOTHING
    pages: tuple[PageName, ...] = ()


def view_pager(page: Page, count: int, name_of: Callable[[int], tuple[str, str]], own: int) -> Pager:
    """Return the ways from one page of a list of so many to the others; `name_of` gives the name and path of one."""
    if count < 2:
        return Pager()

    def link(at: int, relation: str = "") -> Markdown:
        name, path = name_of(at)
        rel = f'{{: rel="{relation}" }}' if relation else ""
        return Markdown(f"[{escape_text(name, is_line_start=False)}]({page.address_of(path)}){rel}")

    return Pager(
        before=link(own - 1, "prev") if own else Markdown(""),
        after=link(own + 1, "next") if own + 1 < count else Markdown(""),
        pages=tuple(
            PageName(link=escape_text(name_of(at)[0]) if at == own else link(at), is_current=at == own)
            for at in _named(count, own)
        ),
    )


def word_years(strings: Strings, first: str, last: str, number: int = 1) -> str:
    """Return the name of a page of dated entries: its years, and which it is of those that begin with the same."""
    one, other = (word_year(strings, year) for year in (first, last))
    words = one if one == other else strings.plain("timeline_years", first=one, last=other)
    return strings.plain("in_brackets", words=words, remark=number) if number > 1 else words


def word_year(strings: Strings, year: str) -> str:
    """Return the name of the year of a list."""
    names = {OPEN: "parts_open", UNDATED: "date_undated"}
    return strings.plain(names[year]) if year in names else year.lstrip("0")


def _named(count: int, own: int) -> list[int]:
    if count <= ALL_NAMED:
        return list(range(count))
    near = range(max(own - NEAR, 0), min(own + NEAR + 1, count))
    far = (step * (count - 1) // STRIDES for step in range(STRIDES + 1))
    return sorted({*near, *far})
