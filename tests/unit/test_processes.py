"""Work in several processes: the same results in the same order, and an end in every case."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.engine import (
    WorkerDied,
    WorkerFailed,
    begin,
    begin_some,
    count_processes,
    map_in_processes,
    map_long_work,
)
from generator.engine.processes import JOBS
from generator.render import render_pages
from generator.resources import TEMPLATES
from tests.corpora import stage

ITEMS = range(500)


class NeedsTwo(Exception):
    """An exception that cannot be made anew from its message."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def square(number: int) -> int:
    # The first are the slowest, so that the order is not that of their ends.
    time.sleep(0.02 if number < 16 else 0)
    return number * number


def process_of(number: int) -> int:
    del number
    time.sleep(0.001)
    return os.getpid()


def refuse(number: int) -> int:
    if number >= 321:
        raise LookupError(f"no {number}")
    return number


def kill_itself(number: int) -> int:
    if number == 321:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def raise_the_unsendable(number: int) -> int:
    raise NeedsTwo("no", str(number))


def children() -> set[int]:
    """Return the processes that this one has begun and not yet seen the end of."""
    return {
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
    }


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(processes: int) -> None:
    assert list(map_in_processes(square, ITEMS, processes)) == [number * number for number in ITEMS]


def test_several_processes_do_the_work_and_none_is_left() -> None:
    before = children()
    workers = set(map_in_processes(process_of, ITEMS, 3))
    assert len(workers) > 1
    assert os.getpid() not in workers
    assert children() == before


def test_few_items_are_done_by_this_process() -> None:
    assert set(map_in_processes(process_of, range(20), 3)) == {os.getpid()}


@pytest.mark.parametrize("processes", [1, 3])
def test_an_exception_is_raised_with_its_type_behind_the_results_before_it(processes: int) -> None:
    results = map_in_processes(refuse, ITEMS, processes)
    assert [next(results) for _ in range(321)] == list(range(321))
    with pytest.raises(LookupError, match="no 321"):
        next(results)


def test_few_items_that_take_long_are_shared_by_processes() -> None:
    before = children()
    assert list(map_long_work(square, range(5), 3)) == [0, 1, 4, 9, 16]
    workers = set(map_long_work(process_of, range(4), 2))
    assert len(workers) == 2
    assert os.getpid() not in workers
    assert children() == before


def test_one_item_that_takes_long_is_done_by_this_process() -> None:
    assert list(map_long_work(process_of, [0], 3)) == [os.getpid()]


def test_where_processes_cannot_be_copied_threads_do_what_takes_long() -> None:
    with patch("generator.engine.processes.can_copy", lambda: False):
        assert list(map_long_work(square, range(5), 3)) == [0, 1, 4, 9, 16]
        assert set(map_long_work(process_of, range(4), 2)) == {os.getpid()}


def test_an_exception_that_cannot_be_sent_is_told_in_words() -> None:
    with pytest.raises(WorkerFailed, match="NeedsTwo: no0"):
        list(map_in_processes(raise_the_unsendable, ITEMS, 2))


def test_a_killed_process_is_an_error_and_no_wait_without_end() -> None:
    before = children()
    with pytest.raises(WorkerDied, match="signal 9"):
        list(map_in_processes(kill_itself, ITEMS, 2))
    assert children() == before


def test_who_takes_no_more_results_leaves_no_process() -> None:
    before = children()
    results = map_in_processes(square, ITEMS, 2)
    assert isinstance(results, Iterator)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert children() == before


def test_an_interrupt_ends_all_processes() -> None:
    script = r"""
        import os, signal, time
        from generator.engine import map_in_processes

        # Tests that run in the background are told to ignore it.
        signal.signal(signal.SIGINT, signal.default_int_handler)

        def slow(number):
            os.write(1, f"{os.getpid()}\n".encode())
            time.sleep(60)

        list(map_in_processes(slow, range(500), 2))
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as begun:
        assert begun.stdout is not None
        workers = {int(begun.stdout.readline()) for _ in range(2)}
        assert len(workers) == 2
        # As Ctrl-C does, to all processes of the terminal.
        os.killpg(begun.pid, signal.SIGINT)
        _, errors = begun.communicate(timeout=30)
    assert "KeyboardInterrupt" in errors
    assert begun.returncode != 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def test_workers_end_when_their_parent_is_killed() -> None:
    script = r"""
        import os, time
        from generator.engine import map_in_processes

        def report(number):
            os.write(1, f"{os.getpid()}\n".encode())
            time.sleep(0.1)

        list(map_in_processes(report, range(100000), 2))
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True
    ) as begun:
        assert begun.stdout is not None
        workers = {int(begun.stdout.readline()) for _ in range(4)}
        begun.kill()
        # The pipe ends when the last process that writes into it has.
        begun.communicate(timeout=30)
    assert workers


def test_the_number_of_processes_is_asked_for_or_set_or_that_of_the_processors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DOSSIER_JOBS", raising=False)
    assert count_processes() == len(os.sched_getaffinity(0))
    monkeypatch.setenv("DOSSIER_JOBS", "7")
    assert count_processes() == 7
    assert count_processes(3) == 3


@pytest.mark.parametrize("written", ["", "0", "-2", "many", "²"])
def test_a_number_of_processes_that_is_none_counts_as_not_set(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_JOBS", written)
    assert count_processes() == len(os.sched_getaffinity(0))


def test_pages_rendered_in_processes_are_those_of_one(tmp_path: Path) -> None:
    documents = {
        f"documents/letter-{number}.md": f"---\ntitle: Letter {number}\ndate: 1962-03-{number % 28 + 1:02}\n"
        f"kind: letter\nauthors: [ann-lee]\nrights: {{publish: full}}\n---\nThe sea wall.[@memo-1962#¶1]\n"
        for number in range(40)
    }
    texts = {
        f"texts/letter-{number}.md": f"Ann Lee wrote to the Harbour Board, {number} times.\n"
        for number in range(40)
    }
    staged = stage(tmp_path, {**documents, **texts})
    serial, found = render_pages(staged.corpus, staged.linked, staged.index, [TEMPLATES])
    spread = partial(map_in_processes, processes=3)
    parallel, found_in_parallel = render_pages(
        staged.corpus, staged.linked, staged.index, [TEMPLATES], spread=spread
    )
    assert len(serial) > 100
    assert list(parallel.items()) == list(serial.items())
    assert found_in_parallel == found


def test_what_was_begun_goes_on_beside_this_process() -> None:
    before = children()
    with patch.dict(os.environ, {JOBS: "2"}):
        finish = begin(os.getpid)
        assert len(children() - before) == 1
        assert finish() not in (0, os.getpid())
    assert children() == before


def test_what_was_begun_raises_when_its_result_is_asked_for() -> None:
    before = children()
    with patch.dict(os.environ, {JOBS: "2"}):
        finish = begin(partial(refuse, 321))
        with pytest.raises(LookupError, match="no 321"):
            finish()
    assert children() == before


def test_of_what_was_begun_as_much_is_given_as_was_done_until_it_is_asked_for() -> None:
    before = children()

    def slowly(number: int) -> int:
        time.sleep(0.01)
        return number * number

    with patch.dict(os.environ, {JOBS: "2"}):
        finish = begin_some(slowly, ITEMS)
        assert len(children() - before) == 1
        time.sleep(0.3)
        done = finish()
    assert 0 < len(done) < len(ITEMS)
    assert done == [number * number for number in range(len(done))]
    assert children() == before


def test_all_is_given_where_all_was_done() -> None:
    before = children()
    with patch.dict(os.environ, {JOBS: "2"}):
        finish = begin_some(process_of, range(3))
        time.sleep(0.5)
        assert os.getpid() not in finish()
    assert children() == before


def test_what_was_raised_beside_this_process_is_raised_here() -> None:
    before = children()
    with patch.dict(os.environ, {JOBS: "2"}):
        finish = begin_some(refuse, range(300, 400))
        time.sleep(0.5)
        with pytest.raises(LookupError, match="no 321"):
            finish()
    assert children() == before


def test_with_one_process_nothing_is_done_before_its_time() -> None:
    with patch.dict(os.environ, {JOBS: "1"}):
        assert begin_some(process_of, ITEMS)() == []


def test_with_one_process_it_is_begun_when_its_result_is_asked_for() -> None:
    with patch.dict(os.environ, {JOBS: "1"}):
        assert begin(os.getpid)() == os.getpid()
