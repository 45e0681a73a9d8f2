"""Tasks for tests of the engines: workers find them by this module's name."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from generator.engine.tasks import Result


def multiply(shared: int, value: int) -> Result:
    """Return the product as the summary, and its digits as values of a pack."""
    product = shared * value
    return Result(summary=product, packs={"digits": dict(enumerate(str(product)))})


def die_once(folder: str, name: str) -> Result:
    """End the worker's process without a word, the first of all tasks with one folder."""
    mark = Path(folder, "died")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Result(summary=name)


def die(_: None, name: str) -> Result:
    """End the worker's process without a word."""
    os.kill(os.getpid(), signal.SIGKILL)
    return Result(summary=name)


def fail(_: None, name: str) -> Result:
    """Raise what no stage raises."""
    raise LookupError(name)
