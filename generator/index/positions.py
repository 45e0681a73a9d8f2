"""How an actor's position on an issue moved: the claims that stand side by side on his page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.model.corpus import Corpus
from generator.model.index import Position, RelatedStatement, Statement
from generator.text.dates import DossierDate, parse_date

Key = tuple[str, str]


def find_positions(
    corpus: Corpus,
    said_by: Mapping[str, tuple[Statement, ...]],
    related: Mapping[Key, tuple[RelatedStatement, ...]],
) -> Mapping[str, tuple[Position, ...]]:
    """Return, for each actor, the issues on which he made claims at two or more times, by name of the issue.

    With his own claims stand those of a group that he belongs to (a role `at` it, at the time of the claim), and those
    that, by a relation, revise one of his or are revised by one. Claims stand in time order, each once. An actor or
    issue of which there is no such thing is not in the result.
    """
    found: dict[str, tuple[Position, ...]] = {}
    for actor in sorted(said_by):
        own = [s for s in said_by[actor] if s.annotation.is_claim]
        as_member = list(_said_by_groups(corpus, said_by, actor))
        issues = {issue for s in own for issue in s.annotation.issues if issue in corpus.issues}
        positions = (
            Position(issue=issue, statements=tuple(_on_issue(issue, own, as_member, related)))
            for issue in sorted(issues, key=lambda slug: (corpus.name_of(slug).casefold(), slug))
        )
        moved = tuple(one for one in positions if len({s.date for s in one.statements}) > 1)
        if moved:
            found[actor] = moved
    return found


def _on_issue(
    issue: str,
    own: Iterable[Statement],
    as_member: Iterable[Statement],
    related: Mapping[Key, tuple[RelatedStatement, ...]],
) -> list[Statement]:
    here = [s for s in (*own, *as_member) if issue in s.annotation.issues]
    revised = [
        one.statement
        for s in here
        for one in related.get((s.document, s.annotation.id), ())
        if one.kind == "revises"
        and one.statement.annotation.is_claim
        and issue in one.statement.annotation.issues
    ]
    unique = {(s.document, s.annotation.id): s for s in (*here, *revised)}
    return sorted(unique.values(), key=lambda s: s.sort_key)


def _said_by_groups(
    corpus: Corpus, said_by: Mapping[str, tuple[Statement, ...]], actor: str
) -> Iterator[Statement]:
    """Yield the claims of bodies at which the actor has a role, as far as both may be of one time."""
    entry = corpus.actors.get(actor)
    for role in entry.record.roles if entry is not None else ():
        for statement in said_by.get(role.at or "", ()):
            is_then = role.date is None or _may_overlap(role.date, statement.date)
            if statement.annotation.is_claim and is_then:
                yield statement


def _may_overlap(first: str, second: str) -> bool:
    one, other = _read(first), _read(second)
    return bool(one and other and one.earliest <= other.latest and other.earliest <= one.latest)


def _read(edtf: str) -> DossierDate | None:
    try:
        return parse_date(edtf)
    except ValueError:
        return None
