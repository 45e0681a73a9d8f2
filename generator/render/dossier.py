"""A dossier opened for rendering, the pages it has, and each of them as bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from jinja2 import Environment, TemplateError
from yaml import YAMLError

from generator.diagnostics import Diagnostic, error, warning
from generator.model.citation import CitationFault
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.model.places import Place
from generator.render.citations import render_citations
from generator.render.document_citations import DocumentCitations
from generator.render.document_csl import document_entry
from generator.render.escape import Markdown
from generator.render.facets import page_facets
from generator.render.list_planner import plan_long_lists
from generator.render.network import build_network
from generator.render.page import Dossier, watch_dossier
from generator.render.pages.corrections import has_corrections
from generator.render.plan import page_context, plan_all, render_file
from generator.render.planned import PlannedPage
from generator.render.previews import Previews
from generator.render.strings import BadStringsError, Strings, open_strings
from generator.render.templates import open_templates
from generator.render.timeline_parts import plan_parts
from generator.render.worded_dates import word_dates

PREVIEWS_TEMPLATE = "partials/previews.md.j2"
# What the templates and words of a dossier's own folder can raise.
BAD_TEMPLATE = (TemplateError, UnicodeDecodeError, YAMLError, ValueError)
Item = TypeVar("Item")
Result = TypeVar("Result")


class Spread(Protocol):
    """What applies a function to items and yields the results in their order, as `map` does, in processes or not."""

    def __call__(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
        """Yield the results; what the function raises is raised."""


def _serially(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
    return map(function, items)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDossier:
    """A dossier with its templates and previews: all that its pages share."""

    dossier: Dossier
    environment: Environment
    previews: Previews


def render_pages(
    corpus: Corpus,
    linked: LinkedCorpus,
    index: Index,
    templates: Sequence[Path],
    *,
    spread: Spread = _serially,
) -> tuple[Mapping[str, bytes], tuple[Diagnostic, ...]]:
    """Return the Markdown of every page by its path in the docs folder, in path order.

    The corpus has passed `check`: every link in it leads somewhere. `spread` says how the pages are rendered, one after
    the other or at once.
    """
    opened, found = open_dossier(corpus, linked, index, templates)
    if opened is None:
        return {}, found
    try:
        return dict(render_each(opened, plan_pages(opened), spread=spread)), found
    except BAD_TEMPLATE as fault:
        return {}, (*found, bad_template(fault))


class EarlyCitations:
    """Cites documents before the dossier can be opened: neither links nor the index make a difference to that."""

    def __init__(self, corpus: Corpus, templates: Sequence[Path]) -> None:
        """`corpus` is what the dossier will be opened with."""
        self._corpus = corpus
        self._templates = templates

    def make(self, slug: str) -> bytes:
        """Return the citations of a document for `open_dossier`; none where the dossier's words cannot be used."""
        return self._opened.make(slug) if self._opened is not None else b""

    @cached_property
    def _opened(self) -> DocumentCitations | None:
        try:
            strings = open_strings(self._templates, self._corpus.dossier.record.language)
            return _cite(_with_worded_dates(self._corpus, strings), strings, {})
        except (BadStringsError, *BAD_TEMPLATE):
            # Whoever opens the dossier says what is wrong.
            return None


def open_dossier(
    corpus: Corpus,
    linked: LinkedCorpus,
    index: Index,
    templates: Sequence[Path],
    cited: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[OpenDossier | None, tuple[Diagnostic, ...]]:
    """Return the dossier with all that its pages share; None where its words or its citation style cannot be used.

    `cited` has what `EarlyCitations` made of some of the documents, by slug.
    """
    try:
        strings = open_strings(templates, corpus.dossier.record.language)
    except BadStringsError as bad:
        return None, (bad_template(bad),)
    corpus = _with_worded_dates(corpus, strings)
    style = corpus.dossier.record.citations.style
    citations, faults = render_citations(list(corpus.citations.values()), style, strings)
    found = tuple(_report(corpus, fault) for fault in faults)
    if any(diagnostic.severity == "error" for diagnostic in found):
        return None, found
    try:
        documents = _cite(corpus, strings, cited)
        dossier = watch_dossier(
            Dossier(
                corpus=corpus,
                linked=linked,
                index=index,
                citations=citations,
                document_entries=documents.entries,
                document_citations=documents,
                strings=strings,
                timeline=dict(enumerate(plan_parts(index.timeline))),
                long_lists=plan_long_lists(corpus, linked, index),
                network=build_network(corpus, index),
            )
        )
        environment = open_templates(templates, strings)
    except BAD_TEMPLATE as fault:
        return None, (*found, bad_template(fault))
    return OpenDossier(dossier=dossier, environment=environment, previews=Previews(dossier)), found


def _with_worded_dates(corpus: Corpus, strings: Strings) -> Corpus:
    return replace(
        corpus, citations={slug: word_dates(entry, strings) for slug, entry in corpus.citations.items()}
    )


def _cite(corpus: Corpus, strings: Strings, made: Mapping[str, bytes]) -> DocumentCitations:
    entries = {slug: document_entry(corpus, slug, strings) for slug in corpus.documents}
    return DocumentCitations(entries, corpus.dossier.record.citations.style, strings, made)


def plan_pages(opened: OpenDossier) -> tuple[PlannedPage, ...]:
    """Return every page and file of a dossier in the order of their paths, without rendering any."""
    return plan_all(opened.dossier)


def close_dossier(opened: OpenDossier) -> None:
    """Let go of what holds the dossier and is held by it; else all of it waits in memory for Python's collector."""
    opened.dossier.listed.clear()


def render_page(opened: OpenDossier, planned: PlannedPage) -> bytes:
    """Return one page or file. Which others were rendered before, here or in another process, makes no difference.

    Raises:
        TemplateError, ValueError, YAMLError: a template of the dossier's own cannot be rendered; see `bad_template`.
    """
    dossier, template = opened.dossier, planned.template
    if not template:
        return render_file(dossier, planned)
    context = page_context(dossier, planned)
    context["feed"] = dossier.strings.plain("corrections") if has_corrections(dossier) else ""
    context["search"] = page_facets(
        dossier, template, str(context.get("slug", "")), str(context.get("date", ""))
    )
    page = opened.environment.get_template(f"{template}.md.j2").render(context)
    # Of hundreds of links the previews would weigh more than the page.
    previews = opened.previews.of_page(planned.path, page) if context.get("has_previews", True) else ""
    if previews:
        block = opened.environment.get_template(PREVIEWS_TEMPLATE)
        page += block.render(previews=Markdown(previews))
    return page.encode()


def render_each(
    opened: OpenDossier, plan: Sequence[PlannedPage], *, spread: Spread = _serially
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and bytes of each planned page in the order of the plan; what was yielded is not kept.

    Raises:
        TemplateError, ValueError, YAMLError: as `render_page` does.
    """
    pages = spread(partial(render_page, opened), plan)
    yield from zip((planned.path for planned in plan), pages, strict=True)


def bad_template(fault: Exception) -> Diagnostic:
    """Return the diagnostic of a template that cannot be rendered, one of the dossier's own."""
    name = getattr(fault, "name", None) or "templates"
    return error(
        Place(path=f"templates/{name}", line=getattr(fault, "lineno", None) or 1),
        "bad-template",
        f"a template cannot be rendered: {str(fault).splitlines()[0]}",
        why="no page can be written without it",
        help="compare it with the tool's own template of that name, or remove it",
    )


def _report(corpus: Corpus, fault: CitationFault) -> Diagnostic:
    if fault.entry is None:
        place, report = corpus.dossier.place("citations", "style"), error
    else:
        place, report = corpus.citation_places[fault.entry], warning
    return report(place, fault.code, fault.what, why=fault.why, help=fault.help)
