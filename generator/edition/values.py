"""The words in a value of any depth: a record, a mapping, a list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass


def words_in(value: object, *, but: Collection[str] = ()) -> Iterator[str]:
    """Yield the texts in a value in its order; of records not those under the names in `but`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from words_in(inner, but=but)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from words_in(inner, but=but)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in but:
                yield from words_in(getattr(value, one.name), but=but)
