"""How many processes work at once."""

from __future__ import annotations

import os

# A whole number from 1; anything else counts as not set.
VARIABLE = "DOSSIER_JOBS"


def count_jobs() -> int:
    """Return how many processes a step may use: what the variable says, else the processors that this one may use."""
    given = os.environ.get(VARIABLE, "").strip()
    if given.isascii() and given.isdigit() and int(given) > 0:
        return int(given)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
