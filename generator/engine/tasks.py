"""One task: what it is given, how its result is named, and where that is kept."""

from __future__ import annotations

import importlib
import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from generator.engine.store import WorkStore, open_store
from generator.identity import digest_bytes, digest_program


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A value that all tasks of one stage need; written to the store once, read by each process once.

    `identity` names it by what it was made from. `opened` makes of the value what the tasks work with, such as a
    gazetteer of a corpus: once in a process.
    """

    identity: str
    value: object
    opened: Callable[[Any], Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one task is given besides; small: slugs, or names in the store. `identity` names it by its content."""

    identity: str
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a task returns: a summary for whoever drives the build, and packs of values that stay in the store."""

    summary: object = None
    packs: Mapping[str, Mapping[Any, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A result in the store. `places` has the start and end of each value in each pack's file."""

    key: str
    summary: Any
    places: Mapping[str, Mapping[Any, tuple[int, int]]]

    def file(self, pack: str) -> str:
        """Return the name of a pack in the store."""
        return f"results/{self.key}.{pack}"


Task = Callable[[Any, Any], Result]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much one task does. Other sizes give the same bytes, but are other tasks to a run that is resumed.

    `bucket` documents stand for one bucket of what leads to pages: it is read into memory as a whole. A run of the site
    builder needs a second before its first page.
    """

    documents: int = 200
    bucket: int = 400
    pages: int = 50
    built_pages: int = 200


class Engine(Protocol):
    """Runs tasks. The order of works is that of the results; nothing else depends on it."""

    store: WorkStore
    sizes: Sizes

    def map(self, task: Task, shared: Shared, works: Sequence[Work]) -> tuple[Done, ...]:
        """Return the results of a task on each work; those that are in the store are not made again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A task to be run, in words that any process understands."""

    store: str
    task: str
    shared: str
    key: str
    value: object
    code: str


class OtherCodeError(RuntimeError):
    """A worker runs another version of the program."""


def forget_others(store: WorkStore, used: Iterable[str]) -> None:
    """Remove from the store what a whole build did not use: results of another state of the corpus or the program.

    `used` are names of shared values and of results; a result's packs belong to it.
    """
    kept = frozenset(used)
    held = (*store.names("shared"), *store.names("results"))
    store.remove(name for name in held if name.split(".")[0] not in kept)


def plan_orders(store: WorkStore, task: Task, shared: Shared, works: Sequence[Work]) -> tuple[Order, ...]:
    """Return the orders for a stage, and write what they share."""
    code = digest_program()
    name = f"{task.__module__}:{task.__qualname__}"
    file = f"shared/{digest_bytes(code.encode(), name.encode(), shared.identity.encode())}"
    if not store.has(file):
        store.write(file, pickle.dumps((shared.value, shared.opened), pickle.HIGHEST_PROTOCOL))
    return tuple(
        Order(
            store=store.url,
            task=name,
            shared=file,
            key=digest_bytes(file.encode(), work.identity.encode()),
            value=work.value,
            code=code,
        )
        for work in works
    )


def run_order(order: Order) -> bool:
    """Run a task unless its result is in the store; return whether it was run.

    Raises:
        OtherCodeError: the program here is not that of the process that gave the order.
    """
    store = open_store(order.store)
    if store.has(f"results/{order.key}"):
        return False
    if digest_program() != order.code:
        raise OtherCodeError("its program or libraries are of another version")
    module, _, function = order.task.partition(":")
    task: Task = getattr(importlib.import_module(module), function)
    result = task(_open_shared(order.store, order.shared), order.value)
    places = {pack: _write_pack(store, order.key, pack, values) for pack, values in result.packs.items()}
    # Written last: it says that the task is done.
    store.write(f"results/{order.key}", pickle.dumps((result.summary, places), pickle.HIGHEST_PROTOCOL))
    return True


def read_result(store: WorkStore, key: str) -> Done:
    """Return the result of an order that was run."""
    summary, places = pickle.loads(store.read(f"results/{key}"))  # noqa: S301 (written by `run_order`)
    return Done(key=key, summary=summary, places=places)


def identity_of(done: Iterable[Done]) -> str:
    """Return what names a value made from results: the same for the same results in the same order."""
    return digest_bytes(*(one.key.encode() for one in done))


def _write_pack(
    store: WorkStore, key: str, pack: str, values: Mapping[Any, object]
) -> dict[Any, tuple[int, int]]:
    places = {}
    pieces = []
    end = 0
    for name, value in values.items():
        pieces.append(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        places[name] = (end, end + len(pieces[-1]))
        end += len(pieces[-1])
    if pieces:
        store.write(f"results/{key}.{pack}", b"".join(pieces))
    return places


@lru_cache(maxsize=2)
def _open_shared(url: str, file: str) -> Any:
    """Return what tasks share; two stages may overlap in one process."""
    value, opened = pickle.loads(open_store(url).read(file))  # noqa: S301 (written by `plan_orders`)
    return value if opened is None else opened(value)
