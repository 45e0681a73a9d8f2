"""What was asked for last, by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Keeps the last values that were asked for.

    Unlike `functools.lru_cache` it holds no function: what keeps one as its own, with functions that need what it is,
    is let go of as soon as nobody uses it.
    """

    def __init__(self, most: int) -> None:
        """`most` is how many values are kept."""
        self._most = most
        self._held: dict[Key, Value] = {}

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made where it is not kept."""
        if key in self._held:
            value = self._held.pop(key)
        else:
            value = make()
            if len(self._held) >= self._most:
                del self._held[next(iter(self._held))]
        # A mapping keeps the order in which keys came: the last one is asked for last.
        self._held[key] = value
        return value

    def __len__(self) -> int:
        """Return how many values are kept."""
        return len(self._held)
