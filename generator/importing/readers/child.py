"""The process that reads and composes hostile files.

Bounded in memory; it cannot write, run programs or reach a network.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
import warnings
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from generator.importing.compose import compose
from generator.importing.facts.language import load_model
from generator.importing.readers.limits import Limits
from generator.importing.readers.read import read_content
from generator.importing.readers.result import ReadResult

# What no reader does (Python, "Audit events table"). A library that tries is stopped with an exception.
FORBIDDEN_EVENTS = frozenset((
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen",
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "os.startfile", "os.remove",
    "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "shutil.rmtree",
    "urllib.Request", "webbrowser.open", "ftplib.connect", "http.client.connect", "smtplib.connect",
))  # fmt: skip
WRITING_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

NOTHING = ReadResult()

Outcome = Literal["read", "memory", "unreadable", "fault", "size"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A file to be read: from `path`, or `content` itself; rules to leave out, and lines that are no furniture."""

    name: str
    path: Path | None = None
    content: bytes = b""
    without: frozenset[str] = frozenset()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request; `words` say why there is no result."""

    outcome: Outcome
    result: ReadResult = NOTHING
    words: str = ""


def serve(connection: Connection, limits: Limits) -> None:
    """Answer requests until the other side hangs up."""
    # The model of languages is unpacked through a temporary file, which a confined process may not make.
    load_model()
    _confine(limits.memory)
    while True:
        try:
            request: Request = connection.recv()
        except EOFError:
            return
        answer = _pickled(_answer(request, limits))
        if len(answer) > limits.answer:
            answer = _pickled(Answer(outcome="memory"))
        connection.send_bytes(answer)


def _pickled(answer: Answer) -> bytes:
    try:
        return pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(Answer(outcome="memory"))


def _answer(request: Request, limits: Limits) -> Answer:
    try:
        content = request.content
        if request.path is not None:
            with request.path.open("rb") as stream:
                content = stream.read(limits.size + 1)
        if len(content) > limits.size:
            return Answer(outcome="size", words=str(len(content)))
        result = read_content(request.name, content)
        if result.received is None:
            return Answer(outcome="read", result=result)
        # The rules, too, work on what strangers wrote.
        composed = compose(result.received, request.without, request.kept)
        return Answer(outcome="read", result=replace(result, received=None, composed=composed))
    except MemoryError:
        return Answer(outcome="memory")
    except OSError as fault:
        return Answer(outcome="unreadable", words=str(fault.strerror or fault))
    except Exception as fault:  # a fault of a reader must not take the other files with it
        return Answer(outcome="fault", words=f"{type(fault).__name__}: {fault}"[:500])


def _confine(memory: int) -> None:
    """Give up what a reader does not need, where the platform lets a process do so."""
    # An interrupt is for the parent, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    _limit_resources(memory)
    sys.addaudithook(_forbid)


def _limit_resources(memory: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    for name, value in (("RLIMIT_AS", memory), ("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0)):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            # macOS knows RLIMIT_AS, and refuses it.
            continue


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    if event in FORBIDDEN_EVENTS or (event == "open" and _is_writing(arguments)):
        raise PermissionError(f"a reader may not do this: {event}")


def _is_writing(arguments: tuple[object, ...]) -> bool:
    mode, flags = (*arguments, None, None)[1:3]
    if isinstance(mode, str):
        return any(sign in mode for sign in "wax+")
    return isinstance(flags, int) and bool(flags & WRITING_FLAGS)
