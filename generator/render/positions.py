"""How a position moved: the quotations in time order, and between them what the editors say of their relation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model.index import Position, Statement
from generator.render.claims import view_note, word_claim, word_relation
from generator.render.escape import Markdown, escape_text
from generator.render.languages import language_attributes
from generator.render.long_lists import ClaimRun, ListHead
from generator.render.long_views import shorten_list
from generator.render.page import Page
from generator.render.views import link_speakers, link_to_passage, links_to, show_date
from generator.text.ids import position_id

# Of more positions, or of more actors with one, those are named that say most.
MAX_POSITIONS = 60


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLink:
    """A position that stands on a page behind the actor's, and how many claims it has; `id` is as in PositionView."""

    id: str
    link: Markdown
    claims: int


def view_positions(page: Page) -> tuple[PositionView, ...]:
    """Return the positions of the actor of a page, in the order of the index; none where they stand behind it."""
    if page.slug in page.dossier.long_lists.positions:
        return ()
    return tuple(
        view_claims(page, page.slug, ClaimRun(position=position, start=0, end=len(position.statements)))
        for position in page.dossier.index.positions.get(page.slug, ())
    )


def view_claims(page: Page, actor: str, run: ClaimRun) -> PositionView:
    """Return some claims of an actor's position, with the relations to all those before them."""
    statements = run.position.statements
    places = {(s.document, s.annotation.id): at for at, s in enumerate(statements)}
    return PositionView(
        id=position_id(run.position.issue),
        issue=links_to(page, [run.position.issue]),
        claims=tuple(_view_claim(page, actor, statements, at, places) for at in range(run.start, run.end)),
    )


def list_positions(page: Page) -> tuple[PositionLink, ...]:
    """Return links to the positions of an actor where these stand on pages behind; of many, those of most claims."""
    listed = page.dossier.long_lists.positions.get(page.slug)
    if listed is None:
        return ()
    positions = page.dossier.index.positions[page.slug]
    most = sorted(range(len(positions)), key=lambda at: (-len(positions[at].statements), at))[:MAX_POSITIONS]
    paths = _paths_of(page, listed)
    return tuple(
        PositionLink(
            id=position_id(one.issue),
            link=_link_position(page, one.issue, paths[one.issue]),
            claims=len(one.statements),
        )
        for one in (positions[at] for at in sorted(most))
    )


def _paths_of(page: Page, listed: ListHead) -> dict[str, str]:
    """Return the page on which each position begins, by issue."""
    return {
        claims.position.issue: listed.path_of(at)
        for at, run in page.dossier.long_lists.runs_of(listed)
        for claims in run.items
        if not claims.start
    }


def _link_position(page: Page, issue: str, path: str) -> Markdown:
    words = escape_text(page.dossier.corpus.name_of(issue))
    return Markdown(f"[{words}]({page.address_of(path, position_id(issue))}){{: .issue }}")


def link_positions(page: Page, issue: str) -> Markdown:
    """Return links to the actors' pages that show how their positions on an issue moved; empty where none do."""
    corpus = page.dossier.corpus
    actors = [actor for actor, all_ in page.dossier.index.positions.items() if _has(all_, issue)]
    ordered = sorted(actors, key=lambda slug: (corpus.name_of(slug).casefold(), slug))
    return shorten_list(page, ordered, MAX_POSITIONS, link=lambda slug: _link_actor(page, slug, issue))


def _link_actor(page: Page, actor: str, issue: str) -> Markdown:
    """Return a link to where an actor's position on an issue stands."""
    listed = page.dossier.long_lists.positions.get(actor)
    if listed is None:
        return page.link(actor, anchor=position_id(issue))
    words = escape_text(page.dossier.corpus.name_of(actor))
    address = page.address_of(_paths_of(page, listed)[issue], position_id(issue))
    return Markdown(f"[{words}]({address}){{: .actor }}")


def _has(positions: Sequence[Position], issue: str) -> bool:
    return any(position.issue == issue for position in positions)


def _view_claim(
    page: Page, actor: str, statements: Sequence[Statement], at: int, places: Mapping[tuple[str, str], int]
) -> ClaimView:
    statement = statements[at]
    corpus = page.dossier.corpus
    own = corpus.dossier.record.language
    language = corpus.documents[statement.document].record.language or own
    is_own = actor in statement.annotation.speakers
    return ClaimView(
        date=show_date(page, statement.date),
        speakers=Markdown("") if is_own else link_speakers(page, statement),
        claim=word_claim(page, statement),
        quote=" ".join(statement.annotation.quote.split()),
        language_attributes=language_attributes(language, own),
        place=page.dossier.strings.join(
            "list_separator", [page.link(statement.document), link_to_passage(page, statement)]
        ),
        steps=_view_steps(page, statement, at, places),
        is_first=at == 0,
    )


def _view_steps(
    page: Page, statement: Statement, at: int, places: Mapping[tuple[str, str], int]
) -> tuple[StepView, ...]:
    """Return the relations of a claim to those before it in the position, the nearest first.

    `places` has the position of each claim of it by document and annotation.
    """
    related = page.dossier.index.related.get((statement.document, statement.annotation.id), ())
    found = [(places.get((one.statement.document, one.statement.annotation.id), at), one) for one in related]
    earlier = sorted((pair for pair in found if pair[0] < at), key=lambda pair: -pair[0])
    return tuple(
        StepView(
            words=word_relation(page, one),
            date=show_date(page, one.statement.date),
            note=view_note(page, statement, one),
        )
        for _, one in earlier
    )
