"""Which relative paths may be written, and which of them are one file on some file system."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from generator.diagnostics import Diagnostic, error
from generator.disk import TEMPORARY_PREFIX
from generator.model.places import Place
from generator.text.slugs import slug_key


def ancestors(path: str) -> tuple[str, ...]:
    """Return the folders of a path, outermost first: `a/b/c.md` gives `a` and `a/b`."""
    *folders, _ = path.split("/")
    return tuple(accumulate(folders, "{}/{}".format))


def is_inside(path: str) -> bool:
    """Return whether a relative POSIX path stays below its folder on every platform."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} or part.startswith(TEMPORARY_PREFIX) for part in parts):
        return False
    # A drive (`C:x`) or a backslash leaves the folder on Windows; a lone surrogate is no file name anywhere.
    return not any(c in ":\\\0" or "\ud800" <= c <= "\udfff" for c in path)


def check_names(paths: Iterable[str], folder: str) -> tuple[Diagnostic, ...]:
    """Return an error for each path that leaves the folder, or meets another path of the list."""
    inside = []
    found: list[Diagnostic] = []
    for path in sorted(paths):
        if is_inside(path):
            inside.append(path)
        else:
            found.append(_leaves(path, folder))
    return (*found, *_check_collisions(inside, folder))


def _check_collisions(paths: list[str], folder: str) -> list[Diagnostic]:
    """Return an error for each path that another one would overwrite."""
    found = []
    files = {slug_key(path): path for path in reversed(paths)}
    spellings: dict[str, str] = {}
    for path in paths:
        for step in (*ancestors(path), path):
            first = spellings.setdefault(slug_key(step), step)
            if first != step:
                found.append(
                    _collides(path, folder, f"`{step}` and `{first}` differ only in case or Unicode form")
                )
                break
            if step != path and slug_key(step) in files:
                found.append(_collides(path, folder, f"`{step}` is both a page and a folder of pages"))
                break
    return found


def _leaves(path: str, folder: str) -> Diagnostic:
    return error(
        Place(path=folder),
        "path-leaves-folder",
        f"`{path}` is no path below `{folder}`",
        why="pages are written there and nowhere else",
        help="rename the record: letters, digits and hyphens are safe everywhere",
    )


def _collides(path: str, folder: str, what: str) -> Diagnostic:
    return error(
        Place(path=f"{folder}/{path}"),
        "path-collision",
        what,
        why="on macOS and Windows the one would overwrite the other",
        help="rename one of the two",
    )
