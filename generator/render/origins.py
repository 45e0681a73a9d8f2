"""The statements that rest on one origin, as its page shows them and as each of them says."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.index import Statement
from generator.render.escape import Markdown
from generator.render.languages import language_attributes
from generator.render.long_views import keep_statements, shorten_list
from generator.render.page import Page
from generator.render.views import Folded, fold, link_speakers, show_date
from generator.text.ids import annotation_id

SHOWN_STATEMENTS = 8
MAX_OUTLETS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingView:
    """A statement that rests on the page's source or document: its words, who says it, and where."""

    place: Markdown
    date: str
    speakers: Markdown
    attribution: str
    quote: str
    language_attributes: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """How many statements rest on a page, in how many documents, and through whose hands they came."""

    statements: Folded[RestingView]
    count: int
    documents: int
    outlets: Markdown
    all_statements: Markdown


def view_origin(page: Page) -> OriginView | None:
    """Return what rests on the page's source or document; None where nothing does."""
    origin = page.dossier.index.origins.get(page.slug)
    if origin is None:
        return None
    kept, all_statements = keep_statements(page, "origin", origin.statements)
    return OriginView(
        statements=fold([view_resting(page, one) for one in kept], SHOWN_STATEMENTS),
        count=len(origin.statements),
        documents=len(origin.documents),
        outlets=shorten_list(page, origin.outlets, MAX_OUTLETS),
        all_statements=all_statements,
    )


def view_resting(page: Page, statement: Statement) -> RestingView:
    """Return a statement as a page shows it on whose source or document it rests."""
    corpus, strings = page.dossier.corpus, page.dossier.strings
    annotation, own = statement.annotation, corpus.dossier.record.language
    passage = page.link(statement.document, strings.plain("passage"), annotation_id(annotation.id))
    return RestingView(
        place=strings.join("list_separator", [page.link(statement.document), passage]),
        date=show_date(page, statement.date),
        speakers=link_speakers(page, statement),
        attribution=annotation.attribution or "",
        quote=" ".join(annotation.quote.split()),
        language_attributes=language_attributes(
            corpus.documents[statement.document].record.language or own, own
        ),
    )
