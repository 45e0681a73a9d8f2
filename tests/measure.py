"""What a command costs in time and memory, that of the largest of its processes; and what a folder holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
# The unit of ru_maxrss: kilobytes on Linux, bytes on macOS.
MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a command cost. `memory_mb`: the most that any process of it held at a time; pages shared count in each.

    `told` is what it said of itself.
    """

    seconds: float
    cpu_seconds: float
    memory_mb: int
    told: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the cost as plain values."""
        return asdict(self)


def run(command: Sequence[str], *, folder: Path | None = None, **variables: str) -> Cost:
    """Return the cost of a command with all processes that it starts and waits for.

    Raises:
        RuntimeError: it failed; with the end of what it printed.
    """
    with tempfile.TemporaryFile() as printed:
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), "NO_MKDOCS_2_WARNING": "1", **variables}
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=printed, stderr=printed
        )
        # Of the process and all that it waited for; its children's children among them.
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        said = printed.read().decode("utf-8", "replace")
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{said[-4000:]}")
    return Cost(
        seconds=round(seconds, 3),
        cpu_seconds=round(used.ru_utime + used.ru_stime, 3),
        memory_mb=round(used.ru_maxrss * MAXRSS_BYTES / 1e6),
    )


def build(dossier: Path, *options: str) -> Cost:
    """Return the cost of building a dossier with the time and memory of each stage.

    Raises:
        RuntimeError: it could not be built.
    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        command = [sys.executable, "-m", "tests.timed_build", str(dossier), str(result), *options]
        try:
            cost = run(command)
        except RuntimeError as fault:
            told = json.loads(result.read_text(encoding="utf-8")) if result.is_file() else {}
            raise RuntimeError("\n".join([str(fault), *told.get("errors", [])])) from fault
        told = json.loads(result.read_text(encoding="utf-8"))
    return Cost(seconds=cost.seconds, cpu_seconds=cost.cpu_seconds, memory_mb=cost.memory_mb, told=told)


def sizes_of(site: Path) -> dict[str, Any]:
    """Return the number of pages, all bytes, and the largest page of each folder of a site."""
    files = {
        path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*") if path.is_file()
    }
    pages = {name: size for name, size in files.items() if name.endswith(".html")}
    largest: dict[str, tuple[int, str]] = {}
    for name, size in pages.items():
        kind = (
            name.partition("/")[0] if "/" in name and not name.endswith("/index.html") else "lists and views"
        )
        largest[kind] = max(largest.get(kind, (0, "")), (size, name))
    return {
        "pages": len(pages),
        "files": len(files),
        "bytes": sum(files.values()),
        "page_bytes": sum(pages.values()),
        "search_bytes": sum(size for name, size in files.items() if name.startswith("pagefind/")),
        "largest": {kind: {"page": name, "bytes": size} for kind, (size, name) in sorted(largest.items())},
    }
