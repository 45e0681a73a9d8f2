"""The home page and "About this dossier"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator import __version__
from generator.render.blocks import TextRenderer, render_line, render_text
from generator.render.escape import Markdown
from generator.render.page import Page
from generator.render.pages.document import GapView
from generator.render.pages.indexes import actors_context, issues_context
from generator.render.pages.whole import has_whole
from generator.render.paths import WHOLE_PAGE
from generator.render.views import show_date
from generator.text.sentences import find_sentences

TOP_ACTORS = 12
TOP_ISSUES = 12
TOP_DOCUMENTS = 8
# Two sentences tell what a document is, unless the second is a long one.
MAX_OPENING_CP = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class StorylineItem:
    """A document as a step of the dossier's story; `opening` is the first whole sentences of its digest."""

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
    """Return what `home.md.j2` shows: introduction, documents as a story, issues and the most named actors.

    Of long lists it holds the weightiest: documents and issues by annotated passages, actors by passages.
    """
    dossier = page.dossier
    record = dossier.corpus.dossier.record
    actors = [row for group in actors_context(page)["groups"] for row in group.rows]  # type: ignore[attr-defined]
    issues = issues_context(page)["rows"]
    return {
        "title": record.title,
        "subtitle": record.subtitle or "",
        "description": record.description or record.subtitle or record.title,
        "introduction": render_text(page, dossier.linked.text("", "introduction")),
        "storyline": [_storyline_item(page, slug) for slug in _main_documents(page)],
        "issues": sorted(issues, key=lambda row: (-row.statements, -row.passages))[:TOP_ISSUES],  # type: ignore[call-overload]
        "actors": sorted(actors, key=lambda row: (-row.passages, -row.statements))[:TOP_ACTORS],
        "counts": _counts(page),
        "holdings": _holdings(page),
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
        "editors": dossier.strings.plain("list_separator").join(record.editors),
        "method": _method(page),
        "rights": [_rights_row(page, slug) for slug in dossier.index.chronology],
        "gaps": [
            DocumentGaps(link=page.link(slug), gaps=_gaps(page, slug))
            for slug in dossier.index.chronology
            if documents[slug].record.gaps
        ],
        "states": [
            dossier.strings("counted_state", n=count, state=dossier.strings(f"state_{state}"))
            for state, count in sorted(states.items())
        ],
        "holdings": _holdings(page),
        "whole": page.address_of(WHOLE_PAGE) if has_whole(dossier) else "",
        "digest": dossier.corpus.digest,
        "version": __version__,
        "citation_style": record.citations.style,
        "footnotes": page.notes.footnotes(),
        "citations": page.notes.citations(),
    }


def _method(page: Page) -> Markdown:
    """Return the editors' account of their method, its highest headings below that of the page."""
    text = page.dossier.linked.text("", "about")
    return Markdown("") if text is None else TextRenderer(page, text, top_heading=2).render()


def _main_documents(page: Page) -> Sequence[str]:
    """Return the documents with most annotated passages, by date; all where they are few."""
    chronology = page.dossier.index.chronology
    annotated = Counter(statement.document for statement in page.dossier.index.statements)
    main = set(sorted(chronology, key=lambda slug: -annotated[slug])[:TOP_DOCUMENTS])
    return [slug for slug in chronology if slug in main]


def _counts(page: Page) -> dict[str, int]:
    corpus = page.dossier.corpus
    return {
        "documents": len(corpus.documents),
        "actors": len(corpus.actors),
        "issues": len(corpus.issues),
        "annotations": len(page.dossier.index.statements),
        "sources": len(corpus.citations),
    }


def _holdings(page: Page) -> list[Markdown]:
    """Return how many things of each kind the dossier has, linked to its index; nought is left out."""
    counts = _counts(page)
    kinds = (
        ("documents", "documents/index.md"),
        ("actors", "actors/index.md"),
        ("issues", "issues/index.md"),
        ("annotations", ""),
        ("sources", "bibliography/index.md"),
    )
    held = []
    for key, path in kinds:
        words = page.dossier.strings(f"held_{key}", n=counts[key])
        if counts[key]:
            held.append(Markdown(f"[{words}]({page.address_of(path)})") if path else words)
    return held


def _storyline_item(page: Page, slug: str) -> StorylineItem:
    record = page.dossier.corpus.documents[slug].record
    return StorylineItem(
        link=page.link(slug, record.title),
        title=record.title,
        date=show_date(page, record.date),
        kind=record.kind,
        opening=_opening(page, slug),
    )


def _opening(page: Page, slug: str) -> str:
    """Return the first sentence of a document's digest, and the second if both are short; may be empty."""
    digest = page.dossier.linked.text(slug, "digest")
    first = next((leaf.text for leaf in digest.leaves if leaf.kind == "paragraph"), "") if digest else ""
    sentences = find_sentences(first, digest.language) if digest else ()
    if not sentences:
        return ""
    is_short = len(sentences) > 1 and sentences[1].end <= MAX_OPENING_CP
    return first[sentences[0].start : sentences[1 if is_short else 0].end]


def _rights_row(page: Page, slug: str) -> RightsRow:
    record = page.dossier.corpus.documents[slug].record
    return RightsRow(
        link=page.link(slug),
        rights=page.dossier.strings.plain(f"published_{record.rights.publish}"),
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
