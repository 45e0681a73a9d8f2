"""What readers can filter a timeline by: issues and actors, each by a number that stays short in every entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.corpus import PageKind
from generator.model.index import TimelineItem
from generator.render.escape import Markdown, escape_attribute
from generator.render.page import Page


class FilterNames:
    """The slugs that a page's readers can filter by, each with a number in the order of names.

    A kind with fewer than `least` of them is nothing to choose by.
    """

    def __init__(self, page: Page, slugs: Mapping[PageKind, Iterable[str]], *, least: int = 2) -> None:
        self._least = least
        corpus = page.dossier.corpus
        self._named = {
            kind: sorted({*group}, key=lambda slug: (corpus.name_of(slug).casefold(), slug))
            for kind, group in slugs.items()
        }
        self._numbers = {
            kind: {slug: number for number, slug in enumerate(group)} for kind, group in self._named.items()
        }
        self._names = {
            kind: [[slug, corpus.name_of(slug)] for slug in group] for kind, group in self._named.items()
        }

    def numbers(self, kind: PageKind, slugs: Iterable[str]) -> list[int]:
        """Return the numbers of slugs, in order; none for a kind without a filter."""
        known = self._numbers.get(kind, {})
        return sorted(known[slug] for slug in slugs if slug in known)

    def attribute(self, kind: PageKind, slugs: Iterable[str]) -> str:
        """Return the numbers as the value of an attribute."""
        return " ".join(map(str, self.numbers(kind, slugs)))

    def names(self) -> Mapping[PageKind, list[list[str]]]:
        """Return slugs and names by kind, for kinds that have something to choose from."""
        return {kind: names for kind, names in self._names.items() if len(names) >= self._least}

    def attributes(self) -> Markdown:
        """Return the names as attributes of the timeline's element."""
        return filter_attributes(self.names())

    def count(self) -> int:
        """Return how many kinds there are to choose from."""
        return len(self.names())


def filter_attributes(
    names: Mapping[str, list[list[str]]] | Mapping[PageKind, list[list[str]]],
) -> Markdown:
    """Return slugs and names by kind as attributes of a list: slugs by spaces, names by line breaks.

    `data-kinds` has the kinds in order, since attributes have none. Nothing where there are none.
    """
    kinds = f' data-kinds="{" ".join(names)}"' if names else ""
    return Markdown(
        kinds
        + "".join(
            f' data-{kind}-slugs="{escape_attribute(" ".join(slug for slug, _ in names_of_kind))}"'
            f' data-{kind}-names="{"&#10;".join(escape_attribute(name) for _, name in names_of_kind)}"'
            for kind, names_of_kind in names.items()
        )
    )


def find_slugs(items: Iterable[TimelineItem], kind: PageKind) -> set[str]:
    """Return the issues or actors that the items or their passages concern."""
    slugs: set[str] = set()
    for item in items:
        slugs.update(item.issues if kind == "issue" else item.actors)
        for passage in item.passages:
            slugs.update(passage.statement.annotation.issues if kind == "issue" else passage.actors)
    return slugs
