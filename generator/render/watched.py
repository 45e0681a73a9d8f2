"""Records and mappings that note each look at them, and are else what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, cast

from generator.render.reads import note

Record = TypeVar("Record")
Key = TypeVar("Key")
Value = TypeVar("Value")


class WatchedMapping(Mapping[Key, Value]):
    """A mapping by the name under which its reads are noted."""

    def __init__(self, held: Mapping[Key, Value], place: str) -> None:
        self.held = held
        self.place = place

    def __getitem__(self, key: Key) -> Value:
        note("value", self.place, key)
        return self.held[key]

    def get(self, key: Key, default: Any = None) -> Any:
        """Return the value of a key, or the default."""
        note("value", self.place, key)
        return self.held.get(key, default)

    def __contains__(self, key: object) -> bool:
        note("key", self.place, key)
        return key in self.held

    def __iter__(self) -> Iterator[Key]:
        note("keys", self.place)
        return iter(self.held)

    def __len__(self) -> int:
        note("keys", self.place)
        return len(self.held)

    def values(self) -> Any:
        """Return the values."""
        note("values", self.place)
        return self.held.values()

    def items(self) -> Any:
        """Return the keys with the values."""
        note("values", self.place)
        return self.held.items()


class Watch:
    """What a watched record holds for each field: a value, and the place under which looks at it are noted, or ""."""

    def __init__(self, parts: Mapping[str, tuple[Any, str]]) -> None:
        self.parts = parts


def watch(
    record: Record,
    name: str,
    *,
    replaced: Mapping[str, Any] = MappingProxyType({}),
    unwatched: frozenset[str] = frozenset(),
) -> Record:
    """Return a record of the same type whose fields are watched under `name`: mappings by key, others as wholes.

    `replaced` are fields that are watched already, those named by `unwatched` are handed on as they are.
    """
    parts: dict[str, tuple[Any, str]] = {}
    for each in fields(cast("Any", record)):
        value, place = getattr(record, each.name), f"{name}.{each.name}"
        if each.name in replaced:
            parts[each.name] = replaced[each.name], ""
        elif each.name in unwatched:
            parts[each.name] = value, ""
        elif isinstance(value, Mapping):
            parts[each.name] = WatchedMapping(value, place), ""
        else:
            parts[each.name] = value, place
    noted = frozenset(name for name, (_, place) in parts.items() if place)
    watched: Any = object.__new__(_watching(cast("Any", type(record)), noted))
    object.__setattr__(watched, "_watch", Watch(parts))
    for field_name in parts.keys() - noted:
        object.__setattr__(watched, field_name, parts[field_name][0])
    return cast("Record", watched)


def watched_parts(record: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is watched of a watched record: each place, and the mapping or value that is read there."""
    for value, place in object.__getattribute__(record, "_watch").parts.values():
        if isinstance(value, WatchedMapping):
            yield value.place, value.held
        elif place:
            yield place, value
        elif hasattr(value, "_watch"):
            yield from watched_parts(value)


@cache
def _watching(record_type: type, noted: frozenset[str]) -> type:
    """Return the type of watched records of a type: looks at the fields `noted` are noted, all else is as it was."""
    looks = {name: property(_look(name)) for name in noted}
    return type(record_type.__name__, (record_type,), {"__slots__": ("_watch",), **looks})


def _look(name: str) -> Callable[[Any], Any]:
    def look(record: Any) -> Any:
        value, place = record._watch.parts[name]  # noqa: SLF001 (the type of it is made here)
        note("value", place)
        return value

    return look
