"""The moment that stands for "now" in a reproducible build."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

# 2000-01-01T00:00:00Z. Not 0: MkDocs takes 0 for "not set" and asks the clock.
FIXED_EPOCH_S = 946_684_800


def source_date_epoch(folder: Path) -> int:
    """Return the build's moment in seconds since 1970, never from the clock and never 0.

    It is `SOURCE_DATE_EPOCH` (reproducible-builds.org), else the time of the last git commit that touched `folder`,
    else 2000-01-01. A value of the variable that is not a positive whole number counts as not set. A shallow clone
    knows only its own commit: publish from a full one.
    """
    return (
        _positive(os.environ.get("SOURCE_DATE_EPOCH", "")) or _positive(_commit_time(folder)) or FIXED_EPOCH_S
    )


def _positive(digits: str) -> int | None:
    text = digits.strip()
    return int(text) or None if text.isascii() and text.isdigit() else None


def _commit_time(folder: Path) -> str:
    """Return what git says, "" when there is no git, no repository or no commit."""
    command = ["git", "-C", str(folder), "log", "-1", "--format=%ct", "--", "."]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return answer.stdout if answer.returncode == 0 else ""
