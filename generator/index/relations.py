"""The relations between statements, seen from both ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.model.index import RelatedStatement, Statement
from generator.text.ids import relation_key
from generator.text.targets import parse_target

Key = tuple[str, str]


def find_relations(statements: Iterable[Statement]) -> Mapping[Key, tuple[RelatedStatement, ...]]:
    """Return the confirmed relations between these statements by document and annotation id, each at both its ends.

    A statement has those that it states, in the order written, then those stated of it, in time order. One to a
    statement that is not among the given ones, or to itself, is left out.
    """
    ordered = sorted(statements, key=lambda s: s.sort_key)
    by_key = {(s.document, s.annotation.id): s for s in ordered}
    stated: dict[Key, list[RelatedStatement]] = defaultdict(list)
    received: dict[Key, list[RelatedStatement]] = defaultdict(list)
    for key, statement in by_key.items():
        for position, relation in enumerate(statement.annotation.relations):
            target = parse_target(relation.to)
            other = by_key.get((target.slug, target.fragment))
            if relation.confirmed_by is None or other is None or other is statement:
                continue
            note = relation_key(statement.annotation.id, position) if relation.note else ""
            stated[key].append(
                RelatedStatement(kind=relation.kind, statement=other, is_stated_here=True, note=note)
            )
            received[target.slug, target.fragment].append(
                RelatedStatement(kind=relation.kind, statement=statement, is_stated_here=False, note=note)
            )
    return {key: (*stated[key], *received[key]) for key in sorted({*stated, *received})}
