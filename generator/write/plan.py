"""What a run would change in the folder, and every reason why it must not."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, error
from generator.disk import TEMPORARY_PREFIX
from generator.model.places import Place
from generator.text.slugs import slug_key
from generator.write.manifest import Hashes, hash_bytes
from generator.write.names import ancestors
from generator.write.staged import hash_of, stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The changes, as sorted relative paths. `stale` holds every path that is ours no more, gone or not."""

    writes: tuple[str, ...]
    removals: tuple[str, ...]
    stale: tuple[str, ...]
    unchanged: int


def plan_changes(
    files: Mapping[str, bytes], folder: Path, recorded: Hashes
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """Return the changes that leave exactly `files`, with all conflicts; changes nothing.

    `recorded` are the hashes that our own files may have. Reads each file once.
    """
    stale = tuple(sorted(recorded.keys() - files.keys()))
    removals, stale_found = _plan_removals(stale, folder, recorded)
    removed = frozenset(removals)
    emptied = frozenset(step for path in stale for step in ancestors(path))
    renamed = {slug_key(path): path for path in removals}
    writes: list[str] = []
    found = list(stale_found)
    passable: set[str] = set()
    for path in sorted(files):
        conflict = _find_obstacle(path, folder, removed, emptied, passable)
        if conflict is not None:
            found.append(conflict)
            continue
        former = renamed.get(slug_key(path)) if renamed else None
        if former is None and stands(files, path):
            continue
        current = _read_file(folder / path)
        # Renamed in case or Unicode form alone, both names may be one file: removed first, then written anew.
        if current is None or (former is not None and _is_same(folder / path, folder / former)):
            writes.append(path)
        elif hash_bytes(current) != hash_of(files, path):
            writes.append(path)
            found.extend(_check_ownership(path, folder, current, recorded))
    plan = Plan(writes=tuple(writes), removals=removals, stale=stale, unchanged=len(files) - len(writes))
    return plan, tuple(found)


def _plan_removals(
    stale: tuple[str, ...], folder: Path, recorded: Hashes
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the stale files that are still ours to delete, and those that are not."""
    removals: list[str] = []
    found: list[Diagnostic] = []
    for path in stale:
        link = _find_link(path, folder)
        if link is not None:
            found.append(_through_link(path, folder, link))
            continue
        content = _read_file(folder / path)
        if content is None:
            continue
        if hash_bytes(content) in recorded[path]:
            removals.append(path)
        else:
            found.append(_edited(path, folder))
    return tuple(removals), tuple(found)


def _find_obstacle(
    path: str, folder: Path, removals: frozenset[str], emptied: frozenset[str], passable: set[str]
) -> Diagnostic | None:
    """Return why the path cannot hold a file: a link or a file above it, or a folder or link in its place.

    `passable` gathers folders in which files can be; each is looked at once.
    """
    above = ancestors(path)
    if above and above[-1] not in passable:
        link = _find_link(path, folder)
        if link is not None:
            return _through_link(path, folder, link)
        for step in above:
            if (folder / step).is_file() and step not in removals:
                return _foreign(step, folder)
        passable.add(above[-1])
    target = folder / path
    if target.is_symlink():
        return _foreign(path, folder)
    if target.is_dir():
        return None if _is_emptied(path, folder, removals, emptied) else _foreign(path, folder)
    return _foreign(path, folder) if target.exists() and not target.is_file() else None


def _find_link(path: str, folder: Path) -> str | None:
    """Return the first folder of the path that is a symbolic link."""
    return next((step for step in ancestors(path) if (folder / step).is_symlink()), None)


def _is_emptied(path: str, folder: Path, removals: frozenset[str], emptied: frozenset[str]) -> bool:
    """Return whether the folder disappears with the stale files: it holds nothing else."""
    if path not in emptied:
        return False
    for entry in (folder / path).iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir() and not entry.is_symlink():
            goes = _is_emptied(name, folder, removals, emptied)
        else:
            goes = name in removals or entry.name.startswith(TEMPORARY_PREFIX)
        if not goes:
            return False
    return True


def _read_file(path: Path) -> bytes | None:
    """Return the bytes of a regular file; a missing one, or anything else in its place, gives None."""
    try:
        is_regular = stat.S_ISREG(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return path.read_bytes() if is_regular else None


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _check_ownership(path: str, folder: Path, current: bytes, recorded: Hashes) -> list[Diagnostic]:
    """Return an error when the file that would be overwritten is not as we left it."""
    if path not in recorded:
        return [_foreign(path, folder)]
    if hash_bytes(current) not in recorded[path]:
        return [_edited(path, folder)]
    return []


def _through_link(path: str, folder: Path, link: str) -> Diagnostic:
    return error(
        Place(path=f"{folder.name}/{path}"),
        "path-leaves-folder",
        f"the path goes through the symbolic link `{link}`",
        why="what lies behind a link was not written by dossier",
        help=f"replace the link `{folder.name}/{link}` by a folder, or remove it",
    )


def _foreign(path: str, folder: Path) -> Diagnostic:
    return error(
        Place(path=f"{folder.name}/{path}"),
        "foreign-file",
        "a page would replace this file, which dossier did not write",
        why="files written by hand are never overwritten",
        help="move or delete the file, or rename the record whose page has this name",
    )


def _edited(path: str, folder: Path) -> Diagnostic:
    return error(
        Place(path=f"{folder.name}/{path}"),
        "edited-page",
        "this generated page was edited by hand",
        why="the next build would lose the edit",
        help="move the edit into the corpus, or delete the file; then build again",
    )
