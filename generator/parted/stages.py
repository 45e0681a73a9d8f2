"""The stages as `dossier build` calls them: on this machine, or as tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from generator.diagnostics import Diagnostic
from generator.edition import select_edition
from generator.engine import begin, map_in_processes, map_long_work
from generator.engine.tasks import Engine
from generator.finish import write_search_index
from generator.index import find_references, index_corpus
from generator.layout import Layout
from generator.link import link_corpus
from generator.load import load_corpus
from generator.model.corpus import Corpus
from generator.model.edition import Edition
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.page_store import begin_citations, lay_pages_aside
from generator.parted.corpus_files import CorpusPlace
from generator.parted.link import LinkedParts, index_parted, invert_parted, link_parted
from generator.parted.load import Parted, load_parted, narrow_parted
from generator.parted.render import RenderedPages, render_parted
from generator.parted.search import SearchedPages, index_site_parted
from generator.parted.site import make_site_parted
from generator.site import SiteBuild
from generator.site_work import PagesMade, make_site

Found = tuple[Diagnostic, ...]
Cited = Mapping[str, bytes]
# Of fewer documents all is indexed before a second process has begun.
MANY_DOCUMENTS = 100


class Stages(Protocol):
    """The stages whose work can be divided; each returns what the stage of its name does, the same bytes from all."""

    def load(self, layout: Layout, sources: Path | None) -> tuple[Corpus | None, Found]:
        """Return the corpus."""
        ...

    def narrow(self, whole: Corpus, edition: Edition) -> tuple[Corpus, Found]:
        """Return what the edition holds of it."""
        ...

    def begin_render(self, layout: Layout, corpus: Corpus) -> Callable[[], Cited]:
        """Begin what pages need of the corpus alone; return what ends it and gives as much as was made."""
        ...

    def link(self, corpus: Corpus) -> tuple[LinkedCorpus, Found]:
        """Return its texts, linked."""
        ...

    def find_ways(self, corpus: Corpus, linked: LinkedCorpus) -> Iterable[tuple[str, str]]:
        """Return which page leads to which, as slugs; a way may be told several times."""
        ...

    def index(self, corpus: Corpus, linked: LinkedCorpus) -> tuple[Index, Found]:
        """Return its index."""
        ...

    def render(
        self, layout: Layout, corpus: Corpus, linked: LinkedCorpus, index: Index, cited: Cited
    ) -> tuple[Mapping[str, bytes], Found]:
        """Return its pages; `cited` is what was made beforehand."""
        ...

    def make_site(self, layout: Layout) -> tuple[SiteBuild, PagesMade, Found]:
        """Return the site of the pages that were written."""
        ...

    def index_site(self, layout: Layout, site: Path, shown: str) -> Found:
        """Write the search index of a site into its folder; `shown` names it in what is found."""
        ...


class LocalStages:
    """The stages on this machine, in memory."""

    def load(self, layout: Layout, sources: Path | None) -> tuple[Corpus | None, Found]:
        """Return the corpus."""
        return load_corpus(layout.corpus, shown=layout.shown, sources=sources)

    def narrow(self, whole: Corpus, edition: Edition) -> tuple[Corpus, Found]:
        """Return what the edition holds of it."""
        return select_edition(whole, edition)

    def begin_render(self, layout: Layout, corpus: Corpus) -> Callable[[], Cited]:
        """Begin to cite its documents."""
        return begin_citations(layout, corpus)

    def link(self, corpus: Corpus) -> tuple[LinkedCorpus, Found]:
        """Return its texts, linked."""
        return link_corpus(corpus)

    def find_ways(self, corpus: Corpus, linked: LinkedCorpus) -> Iterable[tuple[str, str]]:
        """Return which page leads to which."""
        return ((one.source, one.target.slug) for one in find_references(corpus, linked))

    def index(self, corpus: Corpus, linked: LinkedCorpus) -> tuple[Index, Found]:
        """Return its index."""
        is_large = len(corpus.documents) >= MANY_DOCUMENTS
        return index_corpus(corpus, linked, begin=begin) if is_large else index_corpus(corpus, linked)

    def render(
        self, layout: Layout, corpus: Corpus, linked: LinkedCorpus, index: Index, cited: Cited
    ) -> tuple[Mapping[str, bytes], Found]:
        """Return its pages."""
        return lay_pages_aside(layout, corpus, linked, index, cited)

    def make_site(self, layout: Layout) -> tuple[SiteBuild, PagesMade, Found]:
        """Return the site of the pages that were written."""
        return make_site(layout)

    def index_site(self, layout: Layout, site: Path, shown: str) -> Found:
        """Write the search index of a site into its folder."""
        return write_search_index(
            site, shown, cache=layout.search_cache, spread=map_in_processes, spread_long=map_long_work
        )


LOCAL = LocalStages()


class PartedStages:
    """The stages of one build as tasks of an engine; `corpus` is where the corpus stands, if not in the layout."""

    def __init__(self, engine: Engine, corpus: str = "") -> None:
        self._engine = engine
        self._address = corpus
        # What a later stage needs of what an earlier one made, beside the value itself.
        self._parted: list[Parted] = []
        self._linked: list[LinkedParts] = []
        self._rendered: RenderedPages | None = None
        self._searched: SearchedPages | None = None

    def load(self, layout: Layout, sources: Path | None) -> tuple[Corpus | None, Found]:
        """Return the corpus; its documents are in the work store."""
        place = CorpusPlace(
            address=self._address or str(layout.corpus), is_folder=not self._address, shown=layout.shown
        )
        whole, found = load_parted(self._engine, place, sources)
        if whole is None:
            return None, found
        self._parted.append(whole)
        return whole.corpus, found

    def narrow(self, whole: Corpus, edition: Edition) -> tuple[Corpus, Found]:
        """Return what the edition holds of it."""
        narrowed, found = narrow_parted(self._engine, self._parts_of(whole), edition)
        self._parted.append(narrowed)
        return narrowed.corpus, found

    def begin_render(self, layout: Layout, corpus: Corpus) -> Callable[[], Cited]:  # noqa: ARG002 (as Stages)
        """Begin nothing: each task cites the documents of its pages."""
        return dict

    def link(self, corpus: Corpus) -> tuple[LinkedCorpus, Found]:
        """Return its texts, linked; they are in the work store."""
        linked, found = link_parted(self._engine, self._parts_of(corpus))
        self._linked.append(linked)
        return linked.linked, found

    def find_ways(self, corpus: Corpus, linked: LinkedCorpus) -> Iterable[tuple[str, str]]:
        """Return which page leads to which."""
        backlinks = invert_parted(self._engine, self._parts_of(corpus), self._links_of(linked)).backlinks
        return ((page.source, target) for target, pages in backlinks.items() for page in pages)

    def index(self, corpus: Corpus, linked: LinkedCorpus) -> tuple[Index, Found]:
        """Return its index."""
        return index_parted(self._engine, self._parts_of(corpus), self._links_of(linked))

    def render(
        self,
        layout: Layout,
        corpus: Corpus,
        linked: LinkedCorpus,
        index: Index,
        cited: Cited,  # noqa: ARG002 (as Stages)
    ) -> tuple[Mapping[str, bytes], Found]:
        """Return its pages; they are in the work store."""
        parted, links = self._parts_of(corpus), self._links_of(linked)
        self._rendered, found = render_parted(self._engine, parted, links, index, layout.templates)
        return ({} if self._rendered is None else self._rendered.pages), found

    def make_site(self, layout: Layout) -> tuple[SiteBuild, PagesMade, Found]:
        """Return the site of the pages that were rendered."""
        assert self._rendered is not None
        built, made, self._searched, found = make_site_parted(self._engine, layout, self._rendered)
        return built, made, found

    def index_site(self, layout: Layout, site: Path, shown: str) -> Found:  # noqa: ARG002 (as Stages)
        """Write the search index of a site into its folder; its segments and parts are in the work store."""
        return index_site_parted(self._engine, site, shown, self._searched)

    def _parts_of(self, corpus: Corpus) -> Parted:
        for parted in self._parted:
            if parted.corpus is corpus:
                return parted
        # Orphans were taken from the last one: what is made of it has a name of its own.
        last = self._parted[-1]
        self._parted.append(Parted(corpus=corpus, parts=last.parts, identity=f"{last.identity} pruned"))
        return self._parted[-1]

    def _links_of(self, linked: LinkedCorpus) -> LinkedParts:
        return next(one for one in self._linked if one.linked is linked)
