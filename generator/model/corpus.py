"""A whole corpus as loaded: records, transcriptions, bibliography and the source files at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.model.edition import WHOLE, Edition
from generator.model.evidence import EvidenceLock
from generator.model.places import CorpusFile, Entry, Place
from generator.model.published import PublishedState
from generator.model.records import (
    ActorRecord,
    Annotation,
    CitationEntry,
    Correction,
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

    `inputs` holds the SHA-256 of each file read but sources, by its path in the corpus folder: None where the edition
    publishes the file only in part; files of which it publishes nothing are not named.
    `citation_places` gives the place of each bibliography entry by id. `left_out` names the files with faults of
    their own by folder and slug: what points to them is not to blame. `edition` is that to which the corpus was
    narrowed; `withheld` names the pages (slug) and annotations (document#annotation) that it does not hold;
    `is_narrowed` is whether it lacks anything that the editors wrote.
    `published` is what the dossier's last publication held, None where it was never published.
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
    inputs: Mapping[str, str | None]
    corrections: Entry[tuple[Correction, ...]]
    published: Entry[PublishedState] | None = None
    left_out: frozenset[tuple[str, str]] = frozenset()
    lock: Entry[EvidenceLock] | None = None
    edition: Edition = WHOLE
    withheld: frozenset[str] = frozenset()
    is_narrowed: bool = False

    @property
    def once_published(self) -> frozenset[str]:
        """Return the pages (slug) and annotations (document#annotation) that were public at some time."""
        if self.published is None:
            return frozenset()
        state = self.published.record
        annotations = {f"{slug}#{one}" for slug, page in state.pages.items() for one in page.annotations}
        return frozenset({*state.pages, *state.retired.pages, *state.retired.annotations, *annotations})

    @property
    def digest(self) -> str:
        """Return the SHA-256 over the paths and hashes of the files that the edition publishes in whole."""
        total = hashlib.sha256()
        for path, sha256 in sorted(self.inputs.items()):
            if sha256 is not None:
                total.update(f"{path}\0{sha256}\n".encode())
        return total.hexdigest()

    def is_left_out(self, slug: str) -> bool:
        """Return whether a record of this slug was left out for its faults, or may have been with its whole file."""
        folders = ("documents", "actors", "issues")
        is_source_unknown = ("citations", "") in self.left_out and self.kind_of(slug) is None
        return is_source_unknown or any((folder, slug) in self.left_out for folder in folders)

    @property
    def former_slugs(self) -> Mapping[str, str]:
        """The slug that a page has now, by each that it had before."""
        records = (self.documents, self.actors, self.issues)
        return {
            former: slug
            for each in records
            for slug, entry in each.items()
            for former in entry.record.formerly
        }

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
