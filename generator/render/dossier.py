"""All pages of a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jinja2 import TemplateError
from yaml import YAMLError

from generator.diagnostics import Diagnostic, error, warning
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.model.places import Place
from generator.render.assets import render_assets
from generator.render.citation_exports import export_files
from generator.render.citations import render_citations
from generator.render.document_citations import cite_documents
from generator.render.document_csl import document_entry
from generator.render.escape import Markdown
from generator.render.facets import page_facets
from generator.render.feed import render_feed
from generator.render.long_lists import plan_long_lists
from generator.render.names_asset import render_names
from generator.render.network import build_network
from generator.render.page import Dossier, open_page
from generator.render.pages.about import about_context, rights_pages
from generator.render.pages.actor import actor_context
from generator.render.pages.behind import behind_pages
from generator.render.pages.corrections import corrections_context, former_pages, has_corrections
from generator.render.pages.document import document_context
from generator.render.pages.gaps import gap_pages, has_gaps
from generator.render.pages.home import home_context
from generator.render.pages.indexes import index_pages
from generator.render.pages.issue import issue_context
from generator.render.pages.network import network_pages
from generator.render.pages.search import search_context
from generator.render.pages.source import source_context
from generator.render.pages.timeline import render_entries, timeline_pages
from generator.render.pages.whole import has_whole, whole_context
from generator.render.paths import (
    ABOUT_PAGE,
    CORRECTIONS_FEED,
    CORRECTIONS_PAGE,
    HOME_PAGE,
    SEARCH_PAGE,
    WHOLE_PAGE,
    page_path,
)
from generator.render.previews import Previews
from generator.render.strings import BadStringsError, open_strings
from generator.render.templates import open_templates
from generator.render.timeline_parts import plan_parts
from generator.render.worded_dates import word_dates


def render_pages(
    corpus: Corpus, linked: LinkedCorpus, index: Index, templates: Sequence[Path]
) -> tuple[Mapping[str, bytes], tuple[Diagnostic, ...]]:
    """Return the Markdown of every page by its path in the docs folder, in path order.

    The corpus has passed `check`: every link in it leads somewhere.
    """
    try:
        strings = open_strings(templates, corpus.dossier.record.language)
    except BadStringsError as bad:
        return {}, (_bad_template(bad),)
    sources = {slug: word_dates(entry, strings) for slug, entry in corpus.citations.items()}
    corpus = replace(corpus, citations=sources)
    citations, faults = render_citations(
        list(corpus.citations.values()), corpus.dossier.record.citations.style, strings
    )
    found = []
    for fault in faults:
        if fault.entry is None:
            place, report = corpus.dossier.place("citations", "style"), error
        else:
            place, report = corpus.citation_places[fault.entry], warning
        found.append(report(place, fault.code, fault.what, why=fault.why, help=fault.help))
    if any(diagnostic.severity == "error" for diagnostic in found):
        return {}, tuple(found)
    pages: dict[str, bytes] = {}
    try:
        documents = {slug: document_entry(corpus, slug, strings) for slug in corpus.documents}
        dossier = Dossier(
            corpus=corpus,
            linked=linked,
            index=index,
            citations=citations,
            document_entries=documents,
            document_citations=cite_documents(documents, corpus.dossier.record.citations.style, strings),
            strings=strings,
            timeline=plan_parts(index.timeline),
            long_lists=plan_long_lists(corpus, linked, index),
            network=build_network(corpus, index),
        )
        environment = open_templates(templates, strings)
        previews, block = Previews(dossier), environment.get_template("partials/previews.md.j2")
        pages |= export_files({**corpus.citations, **documents}, strings)
        pages |= render_assets(dossier) | render_names(dossier) | render_entries(dossier)
        is_corrected = has_corrections(dossier)
        if is_corrected:
            pages[CORRECTIONS_FEED] = render_feed(dossier)
        for path, template, context in _all_pages(dossier):
            context["feed"] = strings.plain("corrections") if is_corrected else ""
            context["search"] = page_facets(
                dossier, template, str(context.get("slug", "")), str(context.get("date", ""))
            )
            page = environment.get_template(f"{template}.md.j2").render(context)
            # Of hundreds of links the previews would weigh more than the page.
            found_previews = previews.of_page(path, page) if context.get("has_previews", True) else ""
            if found_previews:
                page += block.render(previews=Markdown(found_previews))
            pages[path] = page.encode()
    except (TemplateError, UnicodeDecodeError, YAMLError, ValueError) as fault:
        return {}, (*found, _bad_template(fault))
    return dict(sorted(pages.items())), tuple(found)


def _bad_template(fault: TemplateError | YAMLError | ValueError) -> Diagnostic:
    """Return the diagnostic of a template that cannot be rendered, one of the dossier's own."""
    name = getattr(fault, "name", None) or "templates"
    return error(
        Place(path=f"templates/{name}", line=getattr(fault, "lineno", None) or 1),
        "bad-template",
        f"a template cannot be rendered: {str(fault).splitlines()[0]}",
        why="no page can be written without it",
        help="compare it with the tool's own template of that name, or remove it",
    )


def _all_pages(dossier: Dossier) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Yield the path, template and values of each page."""
    corpus = dossier.corpus
    for slug, document in corpus.documents.items():
        path = page_path("document", slug)
        yield path, "document", document_context(open_page(dossier, path, slug), document)
    for slug, actor in corpus.actors.items():
        path = page_path("actor", slug)
        yield path, "actor", actor_context(open_page(dossier, path, slug), actor)
    for slug, issue in corpus.issues.items():
        path = page_path("issue", slug)
        yield path, "issue", issue_context(open_page(dossier, path, slug), issue)
    for slug, citation in corpus.citations.items():
        path = page_path("source", slug)
        yield path, "source", source_context(open_page(dossier, path, slug), citation)
    yield from behind_pages(dossier)
    yield from timeline_pages(dossier)
    yield from network_pages(dossier)
    yield from former_pages(dossier)
    yield from index_pages(dossier)
    yield from rights_pages(dossier)
    if has_gaps(dossier):
        yield from gap_pages(dossier)
    for path, template, build in (
        (HOME_PAGE, "home", home_context),
        (ABOUT_PAGE, "about", about_context),
        (SEARCH_PAGE, "search", search_context),
        *([(WHOLE_PAGE, "whole", whole_context)] if has_whole(dossier) else ()),
        *([(CORRECTIONS_PAGE, "corrections", corrections_context)] if has_corrections(dossier) else ()),
    ):
        yield path, template, build(open_page(dossier, path))
