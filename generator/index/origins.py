"""Statements that go back to one origin, through whatever outlets they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.index.statements import date_key
from generator.model.corpus import Corpus
from generator.model.index import Origin, Statement
from generator.model.text import Target
from generator.text.targets import parse_target


def find_origins(corpus: Corpus, statements: Sequence[Statement]) -> Mapping[str, Origin]:
    """Return each source and document on which a published statement of another document rests, by slug.

    A statement rests on its `origin`, and where that is another statement, on the origin of that one as well. A chain
    that runs in a circle is followed once around; `check` reports it. What is not published is no link of a chain.
    """
    known = {(statement.document, statement.annotation.id): statement for statement in statements}
    resting: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        pages = dict.fromkeys(target.slug for target in _origins_of(statement, known))
        for slug in pages:
            if slug != statement.document and corpus.kind_of(slug) in ("document", "source"):
                resting[slug].append(statement)
    return {slug: _make_origin(corpus, slug, found) for slug, found in sorted(resting.items())}


def last_origins(
    origins: Mapping[str, Origin], statements: Sequence[Statement]
) -> Mapping[tuple[str, str], str]:
    """Return, by document and annotation, the farthest origin of each statement that has one."""
    known = {(statement.document, statement.annotation.id): statement for statement in statements}
    last: dict[tuple[str, str], str] = {}
    for key, statement in known.items():
        for target in _origins_of(statement, known):
            if target.slug in origins and target.slug != statement.document:
                last[key] = target.slug
    return last


def _origins_of(statement: Statement, known: Mapping[tuple[str, str], Statement]) -> Iterator[Target]:
    """Yield the origin of a statement, the origin of that, and so on, none twice."""
    seen = {(statement.document, statement.annotation.id)}
    at: Statement | None = statement
    while at is not None and at.annotation.origin is not None:
        target = parse_target(at.annotation.origin)
        if (target.slug, target.fragment) in seen:
            return
        seen.add((target.slug, target.fragment))
        yield target
        at = known.get((target.slug, target.fragment))


def _make_origin(corpus: Corpus, slug: str, statements: list[Statement]) -> Origin:
    documents = sorted(
        {statement.document for statement in statements},
        key=lambda document: (date_key(corpus.documents[document].record.date), document),
    )
    outlets = {step.actor for s in statements for step in s.annotation.chain if step.actor}
    for document in documents:
        record = corpus.documents[document].record
        outlets.update(step.actor for step in record.provenance if step.actor)
    # An actor without a record was reported by `check`.
    known = sorted(outlet for outlet in outlets if outlet in corpus.actors)
    return Origin(slug=slug, statements=tuple(statements), documents=tuple(documents), outlets=tuple(known))
