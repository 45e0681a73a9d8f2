"""The site's folder and the temporary ones beside it: built apart, then put in place by renames."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from generator.diagnostics import Diagnostic, error
from generator.model.places import Place

MARKER = ".dossier-site"
MARKER_TEXT = "dossier built this folder and replaces it as a whole.\n"


def new_site_folder(site_dir: Path) -> Path:
    """Return where this process builds: a folder beside `site_dir`, on the same file system."""
    return _beside(site_dir, f"new-{os.getpid()}")


def check_site_folder(site_dir: Path, kept: tuple[Path, ...] = ()) -> tuple[Diagnostic, ...]:
    """Return an error when something stands at `site_dir` that a build of ours did not put there.

    `kept` are folders that no site may hold: a build replaces the whole folder.
    """
    is_ours = (site_dir / MARKER).is_file() and not any(path.is_relative_to(site_dir) for path in kept)
    if not site_dir.exists() or is_ours:
        return ()
    if site_dir.is_dir() and not any(site_dir.iterdir()):
        return ()
    foreign = error(
        Place(path=site_dir.name),
        "foreign-site",
        "dossier did not build what is here",
        why="a build replaces the whole folder",
        help="move or delete it, or name another folder",
    )
    return (foreign,)


def mark_site(built: Path) -> None:
    """Leave the sign, the same in every build, that the folder may be replaced."""
    (built / MARKER).write_text(MARKER_TEXT, encoding="utf-8")


def swap_site(built: Path, site_dir: Path) -> None:
    """Put the built folder in the place of the site, which is missing for the time of one rename.

    When the new one cannot be put there, the former one is put back and the error raised. After a kill in between,
    `repair_site` does so.
    """
    site_dir = site_dir.resolve()
    former = _beside(site_dir, f"old-{os.getpid()}")
    if not site_dir.exists():
        built.replace(site_dir)
        return
    site_dir.replace(former)
    try:
        built.replace(site_dir)
    except BaseException:
        former.replace(site_dir)
        raise
    shutil.rmtree(former)


def repair_site(site_dir: Path) -> None:
    """Put back a site that an interrupted swap left aside, and delete what interrupted builds left."""
    for former in _leftovers(site_dir, "old"):
        if site_dir.exists():
            shutil.rmtree(former)
        else:
            former.replace(site_dir)
    for unfinished in _leftovers(site_dir, "new"):
        shutil.rmtree(unfinished)


def _beside(site_dir: Path, name: str) -> Path:
    return site_dir.with_name(f".{site_dir.name}.dossier-{name}")


def _leftovers(site_dir: Path, kind: str) -> list[Path]:
    """Return the temporary folders of one kind whose process is this one or has ended."""
    prefix = f"{_beside(site_dir, kind).name}-"
    if not site_dir.parent.is_dir():
        return []
    found = [
        p
        for p in site_dir.parent.iterdir()
        if p.name.startswith(prefix) and p.is_dir() and not p.is_symlink()
    ]
    found = [p for p in found if p.name.removeprefix(prefix).isdecimal()]
    return sorted(path for path in found if not _is_other_process(path.name.removeprefix(prefix)))


def _is_other_process(number: str) -> bool:
    """Return whether another process with this number is running."""
    if not number.isdecimal() or int(number) == os.getpid():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
