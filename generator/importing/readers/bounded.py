"""Files read in processes of their own: bounded in time and memory, in parallel, none stopping the others."""

from __future__ import annotations

import multiprocessing
import pickle
import queue
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, error
from generator.importing.compose import Composed
from generator.importing.readers.child import Answer, Request, serve
from generator.importing.readers.limits import LIMITS, MAX_DEPTH, MEGABYTE, Limits
from generator.importing.readers.result import ReadResult
from generator.model.places import Place

# A process is replaced after so many files, so that what a library does not free cannot gather.
FILES_PER_PROCESS = 50
# A killed process is gone at once, unless the machine's disk is.
KILL_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What came of one file. `parts` are the files inside it, with their `content`; that of the file itself is on disk.

    `composed` is None for archives and for what could not be read.
    """

    name: str
    content: bytes | None = None
    composed: Composed | None = None
    found: tuple[Diagnostic, ...] = ()
    parts: tuple[ReadFile, ...] = ()


def read_file(path: Path, *, limits: Limits = LIMITS) -> ReadFile:
    """Return what came of one file, with all that is in it."""
    return read_files([path], jobs=1, limits=limits)[0]


def read_files(
    paths: Sequence[Path],
    *,
    jobs: int,
    limits: Limits = LIMITS,
    without: frozenset[str] = frozenset(),
    kept: tuple[str, ...] = (),
    on_done: Callable[[ReadFile], None] | None = None,
) -> tuple[ReadFile, ...]:
    """Return what came of each file, in the order of `paths`, whichever was ready first.

    `on_done` is called in this thread after each file, in the order in which they end. A file with its parts takes
    `limits.whole_s` at most. A script that calls this needs `if __name__ == "__main__":`, as every use of processes.
    """
    processes: queue.SimpleQueue[_Process] = queue.SimpleQueue()
    count = max(1, min(jobs, len(paths)))
    for _ in range(count):
        processes.put(_Process(limits=limits))
    try:
        with ThreadPoolExecutor(count) as pool:
            futures: list[Future[ReadFile]] = [
                pool.submit(
                    _read_path,
                    Request(name=path.as_posix(), path=path, without=without, kept=kept),
                    processes,
                    limits,
                )
                for path in paths
            ]
            try:
                for future in as_completed(futures):
                    if on_done is not None:
                        on_done(future.result())
            except BaseException:
                # An interrupt waits for no file that is not begun.
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return tuple(future.result() for future in futures)
    finally:
        while not processes.empty():
            processes.get().end()


def _read_path(request: Request, processes: queue.SimpleQueue[_Process], limits: Limits) -> ReadFile:
    name, path = request.name, request.path
    assert path is not None
    try:
        size = path.stat().st_size
        if not path.is_file():
            # Reading a pipe would wait for ever.
            return _unreadable(name, "it is not a plain file")
    except OSError as fault:
        return _unreadable(name, fault.strerror or str(fault))
    if size > limits.size:
        return ReadFile(name=name, found=(_too_large(name, size, limits),))
    process = processes.get()
    try:
        return _read_deep(process, request, limits)
    finally:
        processes.put(process)


def _read_deep(process: _Process, request: Request, limits: Limits) -> ReadFile:
    """Return what came of a file and of all files in it, one after the other."""
    end = time.monotonic() + limits.whole_s

    def read(request: Request, depth: int) -> ReadFile:
        left_s = min(limits.time_s, end - time.monotonic())
        content = None if request.path is not None else request.content
        if left_s <= 0:
            return ReadFile(
                name=request.name, content=content, found=(_too_slow(request.name, limits.whole_s),)
            )
        result = _resolve(process.ask(request, left_s), request.name, limits)
        found = list(result.found)
        parts: list[ReadFile] = []
        if result.members and depth >= MAX_DEPTH:
            found.append(_too_deep(request.name))
        else:
            parts += [
                read(
                    replace(request, name=f"{request.name}/{member.name}", path=None, content=member.content),
                    depth + 1,
                )
                for member in result.members
            ]
        return ReadFile(
            name=request.name,
            content=content,
            composed=result.composed,
            found=tuple(found),
            parts=tuple(parts),
        )

    return read(request, 0)


@dataclass(slots=True)
class _Process:
    """One process that reads, started when it is first asked, and again after it had to be ended."""

    limits: Limits
    process: multiprocessing.process.BaseProcess | None = None
    connection: multiprocessing.connection.Connection | None = None
    asked: int = 0
    context: multiprocessing.context.SpawnContext = field(
        default_factory=lambda: multiprocessing.get_context("spawn")
    )

    def ask(self, request: Request, time_s: float) -> Answer | Diagnostic:
        """Return the answer, or why there is none: it took too long, or the process ended."""
        if self.connection is None or self.asked >= FILES_PER_PROCESS:
            self.end()
            self._start()
        assert self.connection is not None
        self.asked += 1
        try:
            self.connection.send(request)
            if not self.connection.poll(time_s):
                self.end()
                return _too_slow(request.name, time_s)
            answer: Answer = pickle.loads(self.connection.recv_bytes())  # noqa: S301 - made by our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            return _crashed(request.name, self.end())
        if answer.outcome in ("memory", "fault"):
            # What it could not free, the next file need not pay.
            self.end()
        return answer

    def end(self) -> int | None:
        """End the process, and return how it ended: an exit code, or a signal's number below nought."""
        if self.process is None or self.connection is None:
            return None
        self.connection.close()
        # One that ended of itself keeps its own exit code.
        self.process.join(0.2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(KILL_S)
        code = self.process.exitcode
        self.process.close()
        self.process = self.connection = None
        self.asked = 0
        return code

    def _start(self) -> None:
        ours, theirs = self.context.Pipe()
        self.process = self.context.Process(target=serve, args=(theirs, self.limits), daemon=True)
        self.process.start()
        theirs.close()
        self.connection = ours


def _resolve(answer: Answer | Diagnostic, name: str, limits: Limits) -> ReadResult:
    if isinstance(answer, Diagnostic):
        return ReadResult(found=(answer,))
    if answer.outcome == "read":
        return answer.result
    if answer.outcome == "memory":
        return ReadResult(found=(_too_much_memory(name, limits),))
    if answer.outcome == "size":
        return ReadResult(found=(_too_large(name, int(answer.words), limits),))
    if answer.outcome == "unreadable":
        return ReadResult(found=_unreadable(name, answer.words).found)
    return ReadResult(found=(_reader_failed(name, answer.words),))


def _unreadable(name: str, reason: str) -> ReadFile:
    fault = error(
        Place(path=name),
        "unreadable-file",
        f"cannot be read: {reason}",
        help="check that it is a plain file and that you may read it",
    )
    return ReadFile(name=name, found=(fault,))


def _too_large(name: str, size: int, limits: Limits) -> Diagnostic:
    return error(
        Place(path=name),
        "file-too-large",
        f"{size / MEGABYTE:,.0f} MB; a file to import may have {limits.size / MEGABYTE:,.0f} MB",
        why="reading it would take more time and memory than any document needs",
        help="split it into its documents, or extract their text first",
    )


def _too_slow(name: str, time_s: float) -> Diagnostic:
    return error(
        Place(path=name),
        "too-slow",
        f"reading it took more than {time_s:,.0f} s, and was stopped",
        why="it is very large, or made to hold up its reader",
        help="split it, or import its text as a viewer copies it",
    )


def _too_much_memory(name: str, limits: Limits) -> Diagnostic:
    return error(
        Place(path=name),
        "too-much-memory",
        f"reading it took more than {limits.memory / MEGABYTE:,.0f} MB of memory, and was stopped",
        why="it is very large, or made to fill the memory of its reader",
        help="split it, or import its text as a viewer copies it",
    )


def _too_deep(name: str) -> Diagnostic:
    return error(
        Place(path=name),
        "nested-archive",
        f"files in files, more than {MAX_DEPTH} deep",
        why="what they unpack to could fill the memory of the machine",
        help="unpack it yourself, and import the files that you need",
    )


def _crashed(name: str, code: int | None) -> Diagnostic:
    return error(
        Place(path=name),
        "reader-crashed",
        f"the process that read it ended by itself ({'signal' if (code or 0) < 0 else 'exit code'} {abs(code or 0)})",
        why="a library failed on this file; the other files are not concerned",
        help="import its text as a viewer copies it, and send the file to dossier's developers",
    )


def _reader_failed(name: str, words: str) -> Diagnostic:
    return error(
        Place(path=name),
        "reader-failed",
        f"the reader of its format failed: {' '.join(words.split())}",
        why="this is a fault of dossier, not of the file; the other files are not concerned",
        help="import its text as a viewer copies it, and send the file to dossier's developers",
    )
