"""The home page and "About this dossier"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator import __version__
from generator.model.text import Block
from generator.render.blocks import render_line, render_text
from generator.render.escape import Markdown
from generator.render.page import Page
from generator.render.pages.document import PUBLISHED, GapView
from generator.render.pages.indexes import CountedRow, actors_context, issues_context
from generator.render.views import STATES, show_date

TOP_ACTORS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineItem:
    """A document as a step of the dossier's story."""

    link: Markdown
    title: str
    date: str
    kind: str
    opening: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsRow:
    """What is published of a document, and where it comes from."""

    link: Markdown
    rights: str
    statement: Markdown
    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentGaps:
    """The gaps of one document."""

    link: Markdown
    gaps: tuple[GapView, ...]


def home_context(page: Page) -> dict[str, object]:
    """Return what `home.md.j2` shows: the introduction, the documents as a story, issues and the most named actors."""
    dossier = page.dossier
    record = dossier.corpus.dossier.record
    actors = [row for group in actors_context(page)["groups"] for row in group.rows]  # type: ignore[attr-defined]
    return {
        "title": record.title,
        "subtitle": record.subtitle or "",
        "description": record.description or record.subtitle or record.title,
        "introduction": render_text(page, dossier.linked.text("", "introduction")),
        "storyline": [_storyline_item(page, slug) for slug in dossier.index.chronology],
        "issues": sorted(issues_context(page)["rows"], key=_weight),  # type: ignore[call-overload]
        "actors": sorted(actors, key=_weight)[:TOP_ACTORS],
        "counts": _counts(page),
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def about_context(page: Page) -> dict[str, object]:
    """Return what `about.md.j2` shows: method, rights, provenance, gaps and the facts of this build."""
    dossier = page.dossier
    record = dossier.corpus.dossier.record
    documents = dossier.corpus.documents
    states = Counter(statement.state for statement in dossier.index.statements)
    return {
        "title": record.title,
        "editors": ", ".join(record.editors),
        "method": render_text(page, dossier.linked.text("", "about")),
        "rights": [_rights_row(page, slug) for slug in dossier.index.chronology],
        "gaps": [
            DocumentGaps(link=page.link(slug), gaps=_gaps(page, slug))
            for slug in dossier.index.chronology
            if documents[slug].record.gaps
        ],
        "states": [(STATES[state], count) for state, count in sorted(states.items())],
        "counts": _counts(page),
        "digest": dossier.corpus.digest,
        "version": __version__,
        "citation_style": record.citations.style,
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def _weight(row: CountedRow) -> tuple[int, int]:
    return (-row.statements, -row.passages)


def _counts(page: Page) -> dict[str, int]:
    corpus = page.dossier.corpus
    return {
        "documents": len(corpus.documents),
        "actors": len(corpus.actors),
        "issues": len(corpus.issues),
        "annotations": len(page.dossier.index.statements),
        "sources": len(corpus.citations),
    }


def _storyline_item(page: Page, slug: str) -> StorylineItem:
    record = page.dossier.corpus.documents[slug].record
    digest = page.dossier.linked.text(slug, "digest")
    leaves = digest.leaves if digest else ()
    return StorylineItem(
        link=page.link(slug, record.title),
        title=record.title,
        date=show_date(record.date),
        kind=record.kind,
        opening=_first_words(leaves[0]) if leaves else "",
    )


def _first_words(leaf: Block, limit: int = 40) -> str:
    words = leaf.text.split()
    return " ".join(words[:limit]) + (" …" if len(words) > limit else "")


def _rights_row(page: Page, slug: str) -> RightsRow:
    record = page.dossier.corpus.documents[slug].record
    return RightsRow(
        link=page.link(slug),
        rights=PUBLISHED[record.rights.publish],
        statement=render_line(page, page.dossier.linked.text(slug, "field", "rights.statement")),
        file=record.source.file if record.source else "",
        sha256=record.source.sha256 if record.source else "",
    )


def _gaps(page: Page, slug: str) -> tuple[GapView, ...]:
    linked = page.dossier.linked
    return tuple(
        GapView(
            what=render_line(page, linked.text(slug, "field", f"gaps.{index}.what")),
            why=render_line(page, linked.text(slug, "field", f"gaps.{index}.why")),
        )
        for index in range(len(page.dossier.corpus.documents[slug].record.gaps))
    )
