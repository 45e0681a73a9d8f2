"""The page that holds the whole dossier, to print: here its contents; the built pages are put into it after MkDocs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.render.escape import Markdown
from generator.render.page import Dossier, Page
from generator.render.pages.gaps import has_gaps
from generator.render.paths import ABOUT_PAGE, GAPS_PAGE, HOME_PAGE
from generator.render.views import name_order, show_date

# Beyond this a browser takes minutes to lay out the sheets: about 3,000 of them.
MAX_DOCUMENTS = 200
MAX_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeEntry:
    """A page that belongs to the whole."""

    link: Markdown
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeGroup:
    """Pages of one kind, in the order of print. The title of a group of one page is that of the page."""

    title: str
    entries: tuple[WholeEntry, ...]


def has_whole(dossier: Dossier) -> bool:
    """Return whether the dossier is to be had on one page: it has documents, and not too many words."""
    if not 0 < len(dossier.corpus.documents) <= MAX_DOCUMENTS:
        return False
    published = (text for text in dossier.linked.texts.values() if text.is_published)
    return sum(len(leaf.text) for text in published for leaf in text.leaves) <= MAX_CHARACTERS


def whole_context(page: Page) -> dict[str, object]:
    """Return what `whole.md.j2` shows: every page that belongs to the whole, in order."""
    record = page.dossier.corpus.dossier.record
    return {
        # Its links lead to places of the page itself once it is finished.
        "has_previews": False,
        "title": record.title,
        "subtitle": record.subtitle or "",
        "groups": [group for group in _groups(page) if group.entries],
    }


def _groups(page: Page) -> Iterator[WholeGroup]:
    corpus, words = page.dossier.corpus, page.dossier.strings.plain

    def link(path: str, label: str) -> WholeEntry:
        return WholeEntry(link=Markdown(f"[{page.dossier.strings(label)}]({page.address_of(path)})"))

    yield WholeGroup(title=words("introduction"), entries=(link(HOME_PAGE, "introduction"),))
    documents = tuple(
        WholeEntry(
            link=page.link(slug, corpus.documents[slug].record.title),
            date=show_date(page, corpus.documents[slug].record.date),
        )
        for slug in page.dossier.index.chronology
    )
    yield WholeGroup(title=words("documents"), entries=documents)
    for kind, slugs in (("issues", corpus.issues), ("actors", corpus.actors)):
        ordered = sorted(slugs, key=lambda slug: (name_order(corpus.name_of(slug)), slug))
        yield WholeGroup(
            title=words(kind), entries=tuple(WholeEntry(link=page.link(slug)) for slug in ordered)
        )
    if corpus.citations:
        yield WholeGroup(
            title=words("bibliography"), entries=(link("bibliography/index.md", "bibliography"),)
        )
    if has_gaps(page.dossier):
        yield WholeGroup(title=words("gaps"), entries=(link(GAPS_PAGE, "gaps"),))
    yield WholeGroup(title=words("about_dossier"), entries=(link(ABOUT_PAGE, "about_dossier"),))
