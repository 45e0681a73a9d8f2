"""The index pages: documents, actors, issues and the bibliography."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.citation import plain_text
from generator.render.cited import render_segments
from generator.render.escape import Markdown
from generator.render.page import Page
from generator.render.views import links_to, name_order, show_date
from generator.text.dates import parse_date

# What may open the title that a line of the bibliography begins with; folding makes most of them one.
QUOTATION_MARKS = "\"'[«‹「『《〈"


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
    """A line of the bibliography, how many pages use it, and what it is sorted by."""

    link: Markdown
    citation: Markdown
    uses: int
    order: str


def documents_context(page: Page) -> dict[str, object]:
    """Return what `documents.md.j2` shows: the documents by date."""
    rows = []
    for slug in page.dossier.index.chronology:
        record = page.dossier.corpus.documents[slug].record
        rows.append(
            DocumentRow(
                name=page.dossier.corpus.name_of(slug),
                link=page.link(slug),
                date=show_date(page, record.date),
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
    for slug in sorted(corpus.actors, key=lambda s: (name_order(corpus.name_of(s)), s)):
        row = _counted(page, slug, corpus.actors[slug].record.kind)
        kinds.setdefault(row.kind, []).append(row)
    groups = [ActorGroup(kind=kind, rows=tuple(rows)) for kind, rows in kinds.items()]
    return {"groups": sorted(groups, key=lambda g: (-len(g.rows), g.kind)), "count": len(corpus.actors)}


def issues_context(page: Page) -> dict[str, object]:
    """Return what `issues.md.j2` shows: the issues by title."""
    corpus = page.dossier.corpus
    slugs = sorted(corpus.issues, key=lambda s: (name_order(corpus.name_of(s)), s))
    return {"rows": [_counted(page, slug, "issue") for slug in slugs]}


def sources_context(page: Page) -> dict[str, object]:
    """Return what `bibliography.md.j2` shows: the cited sources by the words of their citation."""
    dossier = page.dossier
    rows = []
    for slug in dossier.corpus.citations:
        citation = render_segments(dossier.citations[slug].bibliography)
        uses = sum(len(backlinks.references) for backlinks in dossier.index.backlinks.get(slug, ()))
        order = name_order(plain_text(dossier.citations[slug].bibliography)).lstrip(QUOTATION_MARKS)
        link = page.link(slug, dossier.strings.plain("all_uses"))
        rows.append(SourceRow(link=link, citation=citation, uses=uses, order=order))
    return {"rows": sorted(rows, key=lambda row: (row.order, row.citation))}


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
