"""All pages of a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import TemplateError
from yaml import YAMLError

from generator.diagnostics import Diagnostic, error, warning
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.model.places import Place
from generator.render.assets import render_assets
from generator.render.citations import render_citations
from generator.render.page import Dossier, open_page
from generator.render.pages.actor import actor_context
from generator.render.pages.document import document_context
from generator.render.pages.front import about_context, home_context
from generator.render.pages.indexes import actors_context, documents_context, issues_context, sources_context
from generator.render.pages.issue import issue_context
from generator.render.pages.source import source_context
from generator.render.paths import ABOUT_PAGE, HOME_PAGE, page_path
from generator.render.strings import open_strings
from generator.render.templates import open_templates


def render_pages(
    corpus: Corpus, linked: LinkedCorpus, index: Index, templates: Sequence[Path]
) -> tuple[Mapping[str, bytes], tuple[Diagnostic, ...]]:
    """Return the Markdown of every page by its path in the docs folder, in path order.

    The corpus has passed `check`: every link in it leads somewhere.
    """
    citations, faults = render_citations(
        list(corpus.citations.values()), corpus.dossier.record.citations.style
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
    pages = {}
    try:
        strings = open_strings(templates, corpus.dossier.record.language)
        dossier = Dossier(corpus=corpus, linked=linked, index=index, citations=citations, strings=strings)
        environment = open_templates(templates, strings)
        pages |= render_assets(dossier)
        for path, template, context in _all_pages(dossier):
            pages[path] = environment.get_template(f"{template}.md.j2").render(context).encode()
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
    for path, template, build in (
        ("documents/index.md", "documents", documents_context),
        ("actors/index.md", "actors", actors_context),
        ("issues/index.md", "issues", issues_context),
        ("bibliography/index.md", "bibliography", sources_context),
        (HOME_PAGE, "home", home_context),
        (ABOUT_PAGE, "about", about_context),
    ):
        yield path, template, build(open_page(dossier, path))
