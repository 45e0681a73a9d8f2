"""A page or file that is to be rendered: where it will stand, and what makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Values = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPage:
    """A page by its path in the docs folder and its template; `template` is empty for a file that is no page.

    `slug` names the record that it is about, `part` counts the pages that one list is cut into, from 0.
    """

    path: str
    template: str = ""
    slug: str = ""
    part: int = 0

    @property
    def key(self) -> str:
        """What tells the page from any other plan for its path."""
        return "\n".join((self.path, self.template, self.slug, str(self.part)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """A page of a list, one of many: `values` gives what its template shows, when it is asked for."""

    path: str
    template: str
    values: Callable[[], Values]
