"""The index pages: documents, actors, issues and the bibliography."""

from __future__ import annotations

from dataclasses import dataclass

from generator.render.cited import render_segments
from generator.render.escape import Markdown
from generator.render.page import Page
from generator.render.views import links_to, show_date
from generator.text.dates import parse_date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A row of the table of documents; `sort_date` is the first day that the date can mean."""

    name: str
    link: Markdown
    date: str
    sort_date: str
    kind: str
    publisher: Markdown
    issues: Markdown
    annotations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedRow:
    """A page with how many documents, passages and statements belong to it."""

    name: str
    link: Markdown
    kind: str
    documents: int
    passages: int
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorGroup:
    """The actors of one kind."""

    kind: str
    rows: tuple[CountedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A line of the bibliography and how many pages use it."""

    link: Markdown
    citation: Markdown
    uses: int


def documents_context(page: Page) -> dict[str, object]:
    """Return what `documents.md.j2` shows: the documents by date."""
    rows = []
    for slug in page.dossier.index.chronology:
        record = page.dossier.corpus.documents[slug].record
        rows.append(
            DocumentRow(
                name=page.dossier.corpus.name_of(slug),
                link=page.link(slug),
                date=show_date(record.date),
                sort_date=parse_date(record.date).earliest,
                kind=record.kind,
                publisher=links_to(page, [record.publisher] if record.publisher else []),
                issues=links_to(page, record.issues),
                annotations=len(page.dossier.index.of_document.get(slug, ())),
            )
        )
    return {"rows": rows}


def actors_context(page: Page) -> dict[str, object]:
    """Return what `actors.md.j2` shows: the actors by kind, the largest kind first, each by name."""
    corpus = page.dossier.corpus
    kinds: dict[str, list[CountedRow]] = {}
    for slug in sorted(corpus.actors, key=lambda s: (corpus.name_of(s).casefold(), s)):
        row = _counted(page, slug, corpus.actors[slug].record.kind)
        kinds.setdefault(row.kind, []).append(row)
    groups = [ActorGroup(kind=kind, rows=tuple(rows)) for kind, rows in kinds.items()]
    return {"groups": sorted(groups, key=lambda g: (-len(g.rows), g.kind)), "count": len(corpus.actors)}


def issues_context(page: Page) -> dict[str, object]:
    """Return what `issues.md.j2` shows: the issues by title."""
    corpus = page.dossier.corpus
    slugs = sorted(corpus.issues, key=lambda s: (corpus.name_of(s).casefold(), s))
    return {"rows": [_counted(page, slug, "issue") for slug in slugs]}


def sources_context(page: Page) -> dict[str, object]:
    """Return what `bibliography.md.j2` shows: the cited sources by the words of their citation."""
    dossier = page.dossier
    rows = []
    for slug in dossier.corpus.citations:
        citation = render_segments(dossier.citations[slug].bibliography)
        uses = sum(len(backlinks.references) for backlinks in dossier.index.backlinks.get(slug, ()))
        rows.append(SourceRow(link=page.link(slug, "All uses"), citation=citation, uses=uses))
    return {"rows": sorted(rows, key=lambda row: row.citation.lstrip("“<em>").casefold())}


def _counted(page: Page, slug: str, kind: str) -> CountedRow:
    index = page.dossier.index
    named = index.named_in.get(slug, {})
    statements = index.on_issue if kind == "issue" else index.said_by
    return CountedRow(
        name=page.dossier.corpus.name_of(slug),
        link=page.link(slug),
        kind=kind,
        documents=len(named),
        passages=sum(named.values()),
        statements=len(statements.get(slug, ())),
    )
