"""A lock between processes, kept by the operating system, so that a killed one leaves nothing to clear."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the lock `path` while the block runs, after waiting for whoever has it.

    The file is deleted at the end; a file left by a killed process locks nobody out. Not re-entrant.
    Windows has no `flock`: there two builds of one dossier at once are not kept apart.
    """
    if sys.platform == "win32":
        yield
        return
    descriptor = _acquire(path)
    try:
        yield
    finally:
        try:
            path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)


if sys.platform != "win32":

    def _acquire(path: Path) -> int:
        """Return the descriptor of the locked file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                if _is_current(descriptor, path):
                    return descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)

    def _is_current(descriptor: int, path: Path) -> bool:
        """Return whether the locked file still bears the name: the last holder deletes it."""
        try:
            return os.path.samestat(os.fstat(descriptor), path.stat())
        except FileNotFoundError:
            return False
