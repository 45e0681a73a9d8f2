"""The engine on a Dask cluster. The scheduler sees names and short lists; values go through the work store."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from generator.engine.faults import bad_store, cluster_missing, scheduler_lost, worker_lost, workers_differ
from generator.engine.store import WorkStore
from generator.engine.tasks import (
    Done,
    Order,
    OtherCodeError,
    Shared,
    Sizes,
    Task,
    Work,
    forget_others,
    plan_orders,
    read_result,
    run_order,
)

PATIENCE_S = 30
# A worker that dies so often over one task dies of it, most likely of its memory.
ATTEMPTS = 5


class Cluster:
    """Runs tasks on the workers of a Dask cluster, which all reach the work store.

    A task whose worker is lost is run on another one. `ran` counts the tasks whose results were not in the store.
    """

    def __init__(
        self, client: Any, store: WorkStore, sizes: Sizes | None = None, *, address: str = ""
    ) -> None:
        self.store = store
        self.sizes = sizes or Sizes()
        self.ran = 0
        self._used: set[str] = set()
        self._client = client
        self._address = address

    def map(self, task: Task, shared: Shared, works: Sequence[Work]) -> tuple[Done, ...]:
        """Return the results of a task on each work.

        Raises:
            EngineFault: the scheduler does not answer, or a worker would not make the same bytes.
        """
        orders = plan_orders(self.store, task, shared, works)
        self._used.update(name for order in orders for name in (order.shared, f"results/{order.key}"))
        waiting = [order for order in orders if not self.store.has(f"results/{order.key}")]
        if waiting:
            self._run(waiting)
        return tuple(read_result(self.store, order.key) for order in orders)

    def forget_others(self) -> None:
        """Remove from the store what no call of `map` used."""
        forget_others(self.store, self._used)

    def _run(self, orders: Sequence[Order]) -> None:
        from distributed.client import FutureCancelledError
        from distributed.comm import CommClosedError
        from distributed.scheduler import KilledWorker

        try:
            # Keys of their own: another build on the same cluster may run the same task for another store.
            futures = [
                self._client.submit(
                    run_order, order, key=f"{order.task}-{order.key}-{order.store}", pure=False
                )
                for order in orders
            ]
            self.ran += sum(self._client.gather(futures))
        except OtherCodeError as fault:
            raise workers_differ(self._address, str(fault)) from fault
        except KilledWorker as fault:
            raise worker_lost(self._address, fault) from fault
        except FutureCancelledError as fault:
            raise scheduler_lost(self._address, "the connection to it was lost") from fault
        except (CommClosedError, TimeoutError) as fault:
            raise scheduler_lost(self._address, fault) from fault


@contextmanager
def open_cluster(
    store: WorkStore,
    scheduler: str,
    workers: int,
    sizes: Sizes | None = None,
    *,
    patience_s: float = PATIENCE_S,
) -> Iterator[Cluster]:
    """Give the engine of the cluster of a scheduler, or of one on this machine with so many workers.

    A scheduler that does not answer for `patience_s` is given up.

    Raises:
        EngineFault: the packages are missing, the scheduler does not answer, or the store cannot be written.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as fault:
        raise cluster_missing(fault.name or "distributed") from fault
    try:
        store.write(
            "about", b"Results of tasks of `dossier build --engine dask`: may be deleted between builds.\n"
        )
    except OSError as fault:
        raise bad_store(store.url, fault) from fault
    settings = {
        "distributed.comm.timeouts.connect": patience_s,
        "distributed.scheduler.allowed-failures": ATTEMPTS,
        # Results are in the store: there is nothing to keep on a worker, and nothing to move.
        "distributed.scheduler.work-stealing": True,
    }
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with dask.config.set(settings):
        if scheduler:
            try:
                client = Client(scheduler, timeout=patience_s)
            except (OSError, TimeoutError, ValueError) as fault:
                raise scheduler_lost(scheduler, fault) from fault
            with client:
                yield Cluster(client, store, sizes, address=scheduler)
            return
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
            Client(cluster) as client,
        ):
            yield Cluster(client, store, sizes)
