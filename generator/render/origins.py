"""The statements that rest on one origin, as its page shows them and as each of them says."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.index import Statement
from generator.render.escape import Markdown
from generator.render.languages import language_attributes
from generator.render.page import Page
from generator.render.views import Folded, fold, link_speakers, links_to, show_date
from generator.text.ids import annotation_id

SHOWN_STATEMENTS = 8


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


def view_origin(page: Page) -> OriginView | None:
    """Return what rests on the page's source or document; None where nothing does."""
    origin = page.dossier.index.origins.get(page.slug)
    if origin is None:
        return None
    return OriginView(
        statements=fold([_view_statement(page, one) for one in origin.statements], SHOWN_STATEMENTS),
        count=len(origin.statements),
        documents=len(origin.documents),
        outlets=links_to(page, origin.outlets),
    )


def _view_statement(page: Page, statement: Statement) -> RestingView:
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
