"""How a position moved: the quotations in time order, and between them what the editors say of their relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.index import Position, Statement
from generator.render.claims import view_note, word_claim, word_relation
from generator.render.escape import Markdown
from generator.render.languages import language_attributes
from generator.render.page import Page
from generator.render.views import link_speakers, link_to_passage, links_to, show_date
from generator.text.ids import position_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A relation of a claim to an earlier one of the same position, which `date` is that of."""

    words: str
    date: str
    note: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim of a position. `speakers` is empty where it is the actor's own; `is_first` has no step before it."""

    date: str
    speakers: Markdown
    claim: str
    quote: str
    language_attributes: Markdown
    place: Markdown
    steps: tuple[StepView, ...]
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionView:
    """The claims of an actor on one issue; `id` is that of its heading."""

    id: str
    issue: Markdown
    claims: tuple[ClaimView, ...]


def view_positions(page: Page) -> tuple[PositionView, ...]:
    """Return the positions of the actor of a page, in the order of the index."""
    return tuple(
        PositionView(
            id=position_id(position.issue),
            issue=links_to(page, [position.issue]),
            claims=tuple(
                _view_claim(page, position.statements, at) for at in range(len(position.statements))
            ),
        )
        for position in page.dossier.index.positions.get(page.slug, ())
    )


def link_positions(page: Page, issue: str) -> Markdown:
    """Return links to the actors' pages that show how their positions on an issue moved; empty where none do."""
    strings, corpus = page.dossier.strings, page.dossier.corpus
    actors = [actor for actor, all_ in page.dossier.index.positions.items() if _has(all_, issue)]
    ordered = sorted(actors, key=lambda slug: (corpus.name_of(slug).casefold(), slug))
    return strings.join("list_separator", (page.link(slug, anchor=position_id(issue)) for slug in ordered))


def _has(positions: Sequence[Position], issue: str) -> bool:
    return any(position.issue == issue for position in positions)


def _view_claim(page: Page, statements: Sequence[Statement], at: int) -> ClaimView:
    statement = statements[at]
    corpus = page.dossier.corpus
    own = corpus.dossier.record.language
    language = corpus.documents[statement.document].record.language or own
    is_own = page.slug in statement.annotation.speakers
    return ClaimView(
        date=show_date(page, statement.date),
        speakers=Markdown("") if is_own else link_speakers(page, statement),
        claim=word_claim(page, statement),
        quote=" ".join(statement.annotation.quote.split()),
        language_attributes=language_attributes(language, own),
        place=page.dossier.strings.join(
            "list_separator", [page.link(statement.document), link_to_passage(page, statement)]
        ),
        steps=_view_steps(page, statements, at),
        is_first=at == 0,
    )


def _view_steps(page: Page, statements: Sequence[Statement], at: int) -> tuple[StepView, ...]:
    """Return the relations to earlier claims of the position, the nearest first."""
    statement = statements[at]
    related = page.dossier.index.related.get((statement.document, statement.annotation.id), ())
    earlier = statements[:at][::-1]
    return tuple(
        StepView(
            words=word_relation(page, one),
            date=show_date(page, one.statement.date),
            note=view_note(page, statement, one),
        )
        for other in earlier
        for one in related
        if one.statement == other
    )
