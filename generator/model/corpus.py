"""A whole corpus as loaded: records, transcriptions, bibliography and the source files at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.model.places import CorpusFile, Entry, Place
from generator.model.records import (
    ActorRecord,
    Annotation,
    CitationEntry,
    DocumentRecord,
    DossierRecord,
    IssueRecord,
)

PageKind = Literal["document", "actor", "issue", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source file at hand. `text` is None where it is not UTF-8 text; `path` is for messages."""

    path: str
    sha256: str
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Everything the editors wrote, in slug order; mappings are keyed by slug, `sources` by file name.

    `digest` is the SHA-256 over all files read but the sources, with their paths: it names this state of the corpus.
    `citation_places` gives the place of each bibliography entry by id.
    """

    dossier: Entry[DossierRecord]
    about: CorpusFile | None
    documents: Mapping[str, Entry[DocumentRecord]]
    actors: Mapping[str, Entry[ActorRecord]]
    issues: Mapping[str, Entry[IssueRecord]]
    annotations: Mapping[str, Entry[tuple[Annotation, ...]]]
    transcriptions: Mapping[str, CorpusFile]
    citations: Mapping[str, CitationEntry]
    citation_places: Mapping[str, Place]
    sources: Mapping[str, Source]
    digest: str

    def kind_of(self, slug: str) -> PageKind | None:
        """Return which kind of page the slug names, or None for no page."""
        if slug in self.documents:
            return "document"
        if slug in self.actors:
            return "actor"
        if slug in self.issues:
            return "issue"
        if slug in self.citations:
            return "source"
        return None

    def name_of(self, slug: str) -> str:
        """Return the words that stand for the page of this slug in lists and links.

        Raises:
            KeyError: no page has this slug.
        """
        if slug in self.documents:
            record = self.documents[slug].record
            return record.short_title or record.title
        if slug in self.actors:
            return self.actors[slug].record.name
        if slug in self.issues:
            return self.issues[slug].record.title
        return self.citations[slug].title
