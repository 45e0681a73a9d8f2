"""The engine without a cluster: tasks one after the other in this process."""

from __future__ import annotations

from collections.abc import Sequence

from generator.engine.store import WorkStore
from generator.engine.tasks import (
    Done,
    Shared,
    Sizes,
    Task,
    Work,
    forget_others,
    plan_orders,
    read_result,
    run_order,
)


class Here:
    """Runs tasks in the order given. `ran` counts those whose results were not in the store."""

    def __init__(self, store: WorkStore, sizes: Sizes | None = None) -> None:
        self.store = store
        self.sizes = sizes or Sizes()
        self.ran = 0
        self._used: set[str] = set()

    def map(self, task: Task, shared: Shared, works: Sequence[Work]) -> tuple[Done, ...]:
        """Return the results of a task on each work."""
        orders = plan_orders(self.store, task, shared, works)
        self._used.update(name for order in orders for name in (order.shared, f"results/{order.key}"))
        done = []
        for order in orders:
            self.ran += run_order(order)
            done.append(read_result(self.store, order.key))
        return tuple(done)

    def forget_others(self) -> None:
        """Remove from the store what no call of `map` used."""
        forget_others(self.store, self._used)
