"""Which pages a dossier has, and what each of them shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.render.assets import BUILD_FILE, SETTINGS_FILE, render_assets
from generator.render.citation_exports import export_file, export_paths
from generator.render.feed import render_feed
from generator.render.names_asset import NAMES_FILE, render_names
from generator.render.page import Dossier, Page, open_page
from generator.render.pages.about import about_context, rights_pages
from generator.render.pages.actor import actor_context
from generator.render.pages.behind import TEMPLATE as BEHIND
from generator.render.pages.behind import behind_pages
from generator.render.pages.corrections import (
    corrections_context,
    corrections_part_context,
    has_corrections,
    moved_context,
    plan_corrections,
    plan_former,
    withdrawn_context,
)
from generator.render.pages.document import document_context
from generator.render.pages.gaps import gap_pages, has_gaps
from generator.render.pages.home import home_context
from generator.render.pages.indexes import index_pages
from generator.render.pages.issue import issue_context
from generator.render.pages.network import network_context, network_part_context, plan_network
from generator.render.pages.search import search_context
from generator.render.pages.source import source_context
from generator.render.pages.timeline import (
    ENTRIES_FILE,
    has_entries,
    plan_timeline,
    render_entries,
    timeline_context,
    timeline_part_context,
)
from generator.render.pages.whole import has_whole, whole_context
from generator.render.paths import (
    ABOUT_PAGE,
    CORRECTIONS_FEED,
    HOME_PAGE,
    SEARCH_PAGE,
    WHOLE_PAGE,
    page_path,
)
from generator.render.planned import ListedPage, PlannedPage

Context = dict[str, object]
# Pages of one record each, under its slug.
OF_RECORD: Mapping[str, Callable[[Page], Context]] = {
    "document": lambda page: document_context(page, page.dossier.corpus.documents[page.slug]),
    "actor": lambda page: actor_context(page, page.dossier.corpus.actors[page.slug]),
    "issue": lambda page: issue_context(page, page.dossier.corpus.issues[page.slug]),
    "source": lambda page: source_context(page, page.dossier.corpus.citations[page.slug]),
}
# Pages about the page of a slug that stands elsewhere, or nowhere.
ABOUT_RECORD: Mapping[str, Callable[[Page, str], Context]] = {
    "moved": moved_context,
    "withdrawn": withdrawn_context,
}
# Parts of a list, by their number.
PARTS: Mapping[str, Callable[[Page, int], Context]] = {
    "timeline-part": timeline_part_context,
    "network-part": network_part_context,
    "corrections-part": corrections_part_context,
}
SINGLE: Mapping[str, Callable[[Page], Context]] = {
    "timeline": timeline_context,
    "network": network_context,
    "home": home_context,
    "about": about_context,
    "search": search_context,
    "whole": whole_context,
    "corrections": corrections_context,
}
FILES: Mapping[str, Callable[[Dossier], bytes]] = {
    SETTINGS_FILE: lambda dossier: render_assets(dossier)[SETTINGS_FILE],
    BUILD_FILE: lambda dossier: render_assets(dossier)[BUILD_FILE],
    NAMES_FILE: lambda dossier: render_names(dossier)[NAMES_FILE],
    ENTRIES_FILE: render_entries,
    CORRECTIONS_FEED: render_feed,
}


def plan_all(dossier: Dossier) -> tuple[PlannedPage, ...]:
    """Return every page and file of a dossier in the order of their paths."""
    # What comes later takes the place of what has the same path.
    planned = {one.path: one for one in (*_plan_files(dossier), *_plan_pages(dossier))}
    return tuple(planned[path] for path in sorted(planned))


def page_context(dossier: Dossier, planned: PlannedPage) -> Context:
    """Return what the template of a planned page shows."""
    template, slug = planned.template, planned.slug
    if template in OF_RECORD:
        return OF_RECORD[template](open_page(dossier, planned.path, slug))
    listed = _listed_pages(dossier).get(planned.path)
    if listed is not None:
        return listed.values()
    page = open_page(dossier, planned.path)
    if template in ABOUT_RECORD:
        return ABOUT_RECORD[template](page, slug)
    return PARTS[template](page, planned.part) if template in PARTS else SINGLE[template](page)


def is_told_by_reads(dossier: Dossier, planned: PlannedPage) -> bool:
    """Return whether all that makes a page is read of the dossier when it is rendered, and not when it is planned."""
    return planned.template == BEHIND or planned.path not in _listed_pages(dossier)


def render_file(dossier: Dossier, planned: PlannedPage) -> bytes:
    """Return a planned file that is no page."""
    if not planned.slug:
        return FILES[planned.path](dossier)
    documents, sources = dossier.document_entries, dossier.corpus.citations
    entry = documents[planned.slug] if planned.slug in documents else sources[planned.slug]
    return export_file(entry, planned.path, dossier.strings)


def _listed_pages(dossier: Dossier) -> Mapping[str, ListedPage]:
    """Return the pages of lists by path; what belongs on which is found out once."""
    if not dossier.listed:
        pages = (
            *behind_pages(dossier),
            *index_pages(dossier),
            *rights_pages(dossier),
            *(gap_pages(dossier) if has_gaps(dossier) else ()),
        )
        dossier.listed.update((page.path, page) for page in pages)
    return dossier.listed


def _plan_files(dossier: Dossier) -> Iterator[PlannedPage]:
    for slug in (*dossier.corpus.citations, *dossier.document_entries):
        for path in export_paths(slug):
            yield PlannedPage(path=path, slug=slug)
    for path, is_there in (
        (SETTINGS_FILE, True),
        (BUILD_FILE, True),
        (NAMES_FILE, True),
        (ENTRIES_FILE, has_entries(dossier)),
        (CORRECTIONS_FEED, has_corrections(dossier)),
    ):
        if is_there:
            yield PlannedPage(path=path)


def _plan_pages(dossier: Dossier) -> Iterator[PlannedPage]:
    corpus = dossier.corpus
    for slug in corpus.documents:
        yield PlannedPage(path=page_path("document", slug), template="document", slug=slug)
    for slug in corpus.actors:
        yield PlannedPage(path=page_path("actor", slug), template="actor", slug=slug)
    for slug in corpus.issues:
        yield PlannedPage(path=page_path("issue", slug), template="issue", slug=slug)
    for slug in corpus.citations:
        yield PlannedPage(path=page_path("source", slug), template="source", slug=slug)
    for listed in _listed_pages(dossier).values():
        yield PlannedPage(path=listed.path, template=listed.template)
    yield from plan_timeline(dossier)
    yield from plan_network(dossier)
    yield from plan_corrections(dossier)
    yield from plan_former(dossier)
    for path, template, is_there in (
        (HOME_PAGE, "home", True),
        (ABOUT_PAGE, "about", True),
        (SEARCH_PAGE, "search", True),
        (WHOLE_PAGE, "whole", has_whole(dossier)),
    ):
        if is_there:
            yield PlannedPage(path=path, template=template)
