"""Which state of a dossier a build was made from, as git knows it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """The last commit that touched a folder. `is_dirty`: the corpus holds what is not committed."""

    id: str
    is_dirty: bool


def find_commit(folder: Path, parts: Sequence[Path]) -> Commit | None:
    """Return the last commit to the dossier's folder, None without git, a repository or a commit.

    `parts` are the files and folders of the corpus, there or not: beside them may stand what a build itself writes.
    """
    commit = _ask(folder, "log", "-1", "--format=%H", "--", ".")
    if not commit:
        return None
    status = _ask(folder, "status", "--porcelain", "--untracked-files=all", "--", *map(str, parts))
    return None if status is None else Commit(id=commit, is_dirty=bool(status))


def _ask(folder: Path, *arguments: str) -> str | None:
    """Return what git answers, None where it cannot."""
    try:
        answer = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
