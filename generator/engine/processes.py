"""A function applied to items in several processes that share the memory of this one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

# The number of processes, for those who want another than the processors at hand.
JOBS = "DOSSIER_JOBS"
# Fewer items are done before the processes have started.
MIN_ITEMS = 64
# Items handed out at once: few enough that no process is left with the rest alone.
MAX_CHUNK = 16
CHUNKS_EACH = 8
# Chunks begun before the one that is awaited, for each process: what is done early waits in memory.
AHEAD_EACH = 4
Item = TypeVar("Item")
Result = TypeVar("Result")
# The results of a chunk as far as they go, and what was raised behind them.
Outcome = tuple[list[Result], BaseException | None]


class WorkerDied(RuntimeError):
    """A process ended without an answer: killed, often for want of memory."""


class WorkerFailed(RuntimeError):
    """A process raised an exception that cannot be sent; the message has its name and words."""


def count_processes(asked: int | None = None) -> int:
    """Return how many processes to use: as many as asked for, else by DOSSIER_JOBS, else one for each processor.

    Counted are the processors that this process may run on. A value of the variable that is not a positive whole number
    counts as not set.
    """
    if asked is not None:
        return max(asked, 1)
    written = os.environ.get(JOBS, "").strip()
    if written.isascii() and written.isdigit() and int(written):
        return int(written)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_in_processes(
    function: Callable[[Item], Result], items: Sequence[Item], processes: int | None = None
) -> Iterator[Result]:
    """Yield the function's result for each item, in their order, from so many processes (None: `count_processes`).

    The processes are copies of this one as it is when the first result is asked for: function and items are never sent,
    only results are. The function must not change anything that it shares, or need a lock that a thread of this process
    may hold. What it raises is raised here, in the place of the result; the rest is given up. Few items, one process,
    and systems that cannot copy a process safely (Windows, macOS) are served by this process alone.

    Raises:
        WorkerDied: a process was killed.
        WorkerFailed: what the function raised cannot be pickled.
    """
    processes = count_processes(processes)
    if processes < 2 or len(items) < MIN_ITEMS or not can_copy():
        yield from map(function, items)
        return
    size = max(1, min(MAX_CHUNK, len(items) // (processes * CHUNKS_EACH)))
    yield from _map_in_copies(function, items, processes, size)


def map_long_work(
    function: Callable[[Item], Result], items: Sequence[Item], processes: int | None = None
) -> Iterator[Result]:
    """Yield what `map_in_processes` does, where each item takes a second or so: few are worth processes, one at a time.

    On systems that cannot copy a process threads do the work, which is to be for other programs mostly.

    Raises:
        WorkerDied, WorkerFailed: as `map_in_processes` does.
    """
    processes = min(count_processes(processes), len(items))
    if processes < 2:
        yield from map(function, items)
    elif can_copy():
        yield from _map_in_copies(function, items, processes, 1)
    else:
        with ThreadPoolExecutor(processes) as pool:
            yield from pool.map(function, items)


def _map_in_copies(
    function: Callable[[Item], Result], items: Sequence[Item], processes: int, size: int
) -> Iterator[Result]:
    """Yield the results from so many copies of this process, which take so many items at once."""
    chunks = [range(start, min(start + size, len(items))) for start in range(0, len(items), size)]
    # Else the collector would write into every object, and each process would get its own copy of all memory.
    gc.freeze()
    workers: dict[Connection, ForkProcess] = {}
    try:
        for _ in range(processes):
            _start_worker(workers, function, items)
        yield from _gather(workers, chunks)
    finally:
        for worker in workers.values():
            worker.terminate()
        for connection, worker in workers.items():
            worker.join()
            connection.close()
        gc.unfreeze()


def begin(function: Callable[[], Result]) -> Callable[[], Result]:
    """Begin a function in a copy of this process; return what waits for its result.

    What holds for `map_in_processes` holds here. Where there is one process, the function is called when its result is
    asked for.
    """
    if count_processes() < 2 or not can_copy():
        return function
    workers: dict[Connection, ForkProcess] = {}
    gc.freeze()
    _start_worker(workers, lambda _: function(), [None])
    gc.unfreeze()
    (connection,) = workers
    _send(connection, range(1), workers)
    return lambda: _end_worker(workers)[0]


def begin_some(function: Callable[[Item], Result], items: Sequence[Item]) -> Callable[[], list[Result]]:
    """Begin to apply a function to items in a copy of this process, one after the other, while there is other work.

    What is returned gives the results of as many items as were done until it is called, and ends the copy. What holds
    for `map_in_processes` holds here. Where there is one process, nothing is done.
    """
    if count_processes() < 2 or not can_copy():
        return list
    workers: dict[Connection, ForkProcess] = {}
    gc.freeze()
    _start_worker(workers, function, items, work=_work_until_asked)
    gc.unfreeze()
    (connection,) = workers

    def finish() -> list[Result]:
        _send(connection, range(0), workers)
        return _end_worker(workers)

    return finish


def _end_worker(workers: dict[Connection, ForkProcess]) -> list[Any]:
    """Return what one worker answers, and end it."""
    ((connection, worker),) = workers.items()
    try:
        outcome: Outcome[Any] = _receive(connection, workers)
    finally:
        worker.terminate()
        worker.join()
        connection.close()
    results, fault = outcome
    if fault is not None:
        raise fault
    return results


def can_copy() -> bool:
    """Return whether this system can copy a process safely."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def _start_worker(
    workers: dict[Connection, ForkProcess],
    function: Callable[[Item], Result],
    items: Sequence[Item],
    work: Callable[..., None] | None = None,
) -> None:
    """Start a worker that does what `_work` does, or another `work`."""
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("fork")
    worker = context.Process(
        target=work or _work, args=(theirs, (*workers, ours), function, items), daemon=True
    )
    with warnings.catch_warnings():
        # Newer Pythons warn of threads; that none is needed is for the caller to see to.
        warnings.simplefilter("ignore", DeprecationWarning)
        worker.start()
    # A worker's end that only the worker holds says by closing that it is gone.
    theirs.close()
    workers[ours] = worker


def _gather(workers: dict[Connection, ForkProcess], chunks: Sequence[range]) -> Iterator[Result]:
    """Yield the results of the chunks in order; workers take chunks as they become free, but not too far ahead."""
    idle = list(workers)
    done: dict[int, Outcome[Result]] = {}
    running: dict[Connection, int] = {}
    begun = 0
    for awaited in range(len(chunks)):
        while awaited not in done:
            while idle and begun < min(len(chunks), awaited + AHEAD_EACH * len(workers)):
                connection = idle.pop()
                running[connection] = begun
                _send(connection, chunks[begun], workers)
                begun += 1
            ready = wait(list(running))
            for connection in [one for one in running if one in ready]:
                done[running.pop(connection)] = _receive(connection, workers)
                idle.append(connection)
        results, fault = done.pop(awaited)
        yield from results
        if fault is not None:
            raise fault


def _send(connection: Connection, chunk: range, workers: dict[Connection, ForkProcess]) -> None:
    try:
        connection.send(chunk)
    except (BrokenPipeError, ConnectionResetError) as gone:
        raise _died(workers[connection]) from gone


def _receive(connection: Connection, workers: dict[Connection, ForkProcess]) -> Outcome[Result]:
    try:
        outcome: Outcome[Result] = connection.recv()
    except (EOFError, ConnectionResetError) as gone:
        raise _died(workers[connection]) from gone
    return outcome


def _died(worker: ForkProcess) -> WorkerDied:
    worker.join()
    code = worker.exitcode or 0
    how = f"signal {-code}" if code < 0 else f"exit status {code}"
    return WorkerDied(
        f"a process ended without an answer ({how}); with less memory in use, fewer may do: {JOBS}=1"
    )


def _work(
    connection: Connection,
    others: Sequence[Connection],
    function: Callable[[Item], Result],
    items: Sequence[Item],
) -> None:
    """Answer chunks of indexes with results, until the parent is gone or ends this process."""
    _settle(others)
    try:
        while True:
            connection.send(_answer(connection.recv(), function, items))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # The parent is gone.
        return


def _work_until_asked(
    connection: Connection,
    others: Sequence[Connection],
    function: Callable[[Item], Result],
    items: Sequence[Item],
) -> None:
    """Do item after item until the parent asks for the results, or is gone."""
    _settle(others)
    results: list[Result] = []
    fault: BaseException | None = None
    try:
        for item in items:
            if connection.poll():
                break
            results.append(function(item))
    # Whatever it is, the parent raises it.
    except BaseException as raised:
        fault = _sendable(raised)
    try:
        connection.recv()
        connection.send((results, fault))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _settle(others: Sequence[Connection]) -> None:
    """Make a copy of a process a worker. `others` are the parent's ends of what workers are asked by."""
    # Ctrl-C reaches all processes of a terminal; the parent ends these.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Held here, they would keep the parent's end open after its death.
    for other in others:
        other.close()


def _answer(chunk: range, function: Callable[[Item], Result], items: Sequence[Item]) -> Outcome[Result]:
    results: list[Result] = []
    for index in chunk:
        try:
            results.append(function(items[index]))
        # Whatever it is, the parent raises it.
        except BaseException as fault:
            return results, _sendable(fault)
    return results, None


def _sendable(fault: BaseException) -> BaseException:
    """Return the exception with the place where it was raised as a note, or one that says as much and can be sent."""
    where = "".join(traceback.format_tb(fault.__traceback__))
    try:
        fault.add_note(f"raised in another process:\n{where}")
        pickle.loads(pickle.dumps(fault))  # noqa: S301 - it is what was written just now
    # An exception's own `__init__` can raise anything when it is given other arguments than it wants.
    except Exception:
        return WorkerFailed(f"{type(fault).__name__}: {fault}\n{where}")
    return fault
