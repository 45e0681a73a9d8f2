"""What rendering one page needs: the corpus around it, where it stands, and the notes it gathers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.citation import RenderedCitation
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.render.escape import Markdown, escape_text
from generator.render.notes import PageNotes
from generator.render.paths import path_of, relative_link
from generator.render.strings import Strings


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything the pages are made from."""

    corpus: Corpus
    linked: LinkedCorpus
    index: Index
    citations: Mapping[str, RenderedCitation]
    strings: Strings


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page being rendered. `slug` is empty for the home page, indexes and the about page."""

    dossier: Dossier
    path: str
    slug: str
    notes: PageNotes

    def address(self, slug: str, anchor: str = "") -> Markdown:
        """Return the address of another page of the dossier, seen from this one."""
        return Markdown(relative_link(self.path, path_of(self.dossier.corpus, slug), anchor))

    def address_of(self, path: str, anchor: str = "") -> Markdown:
        """Return the address of a page given by its path."""
        return Markdown(relative_link(self.path, path, anchor))

    def link(self, slug: str, label: str = "", anchor: str = "") -> Markdown:
        """Return a link to the page of a slug, by its name unless `label` says otherwise."""
        corpus = self.dossier.corpus
        words = escape_text(label or corpus.name_of(slug))
        if slug == self.slug and not anchor:
            return words
        return Markdown(f"[{words}]({self.address(slug, anchor)}){{: .{corpus.kind_of(slug)} }}")


def open_page(dossier: Dossier, path: str, slug: str = "") -> Page:
    """Return a page without notes yet; its path names its notes where it has no slug."""
    name = slug or path.removesuffix(".md").replace("/", "-")
    return Page(dossier=dossier, path=path, slug=slug, notes=PageNotes(name))
