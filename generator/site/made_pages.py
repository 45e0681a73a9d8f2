"""Which pages stand in the site that was built last, and from what, so that the next build can keep them.

A page depends on its own Markdown and on what all pages share: the configuration, the theme, the versions of the
programs. Its links to other pages are addresses that follow from the Markdown alone; that each leads somewhere is
checked in the finished site.
"""

from __future__ import annotations

import filecmp
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.disk import keep_file, list_files, replace_file, replacing

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """A page of the site: the digest of its Markdown, and its file's size in bytes and time in ns."""

    source: str
    size: int
    time_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePages:
    """The pages of a site by path, and the digest of what they share."""

    shared: str = ""
    pages: Mapping[str, MadePage] = field(default_factory=dict)


def read_made_pages(record: Path) -> MadePages:
    """Return what an earlier build recorded; nothing where the record is missing, damaged or of another form."""
    try:
        value = json.loads(record.read_bytes())
        if value["format"] != FORMAT:
            return MadePages()
        pages = {
            str(path): MadePage(source=str(source), size=int(size), time_ns=int(time_ns))
            for path, (source, size, time_ns) in value["pages"].items()
        }
        return MadePages(shared=str(value["shared"]), pages=pages)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return MadePages()


def write_made_pages(record: Path, made: MadePages) -> None:
    """Write the record in one step."""
    pages = {path: [page.source, page.size, page.time_ns] for path, page in sorted(made.pages.items())}
    text = json.dumps({"format": FORMAT, "shared": made.shared, "pages": pages}, separators=(",", ":"))
    replace_file(record, text.encode())


def record_pages(site: Path, shared: str, sources: Mapping[str, str]) -> MadePages:
    """Return the record of a site's pages, given the digest of each page's Markdown by the page's path."""
    pages = {}
    for path, source in sources.items():
        stat = (site / path).stat()
        pages[path] = MadePage(source=source, size=stat.st_size, time_ns=stat.st_mtime_ns)
    return MadePages(shared=shared, pages=pages)


def keep_page(path: str, page: MadePage, former: Path, built: Path) -> bool:
    """Put a page of the former site into the new one, unless its file was touched since; return whether it is there.

    The file itself is kept, with its time.
    """
    source, target = former / path, built / path
    try:
        stat = source.stat(follow_symlinks=False)
        if (stat.st_size, stat.st_mtime_ns) != (page.size, page.time_ns):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        keep_file(source, target)
    except OSError:
        return False
    return True


def keep_copy(path: str, source: Path, former: Path, built: Path) -> bool:
    """Put a file of the former site into the new one if it is a copy of `source`; return whether it is there."""
    before, target = former / path, built / path
    try:
        if before.is_symlink() or not filecmp.cmp(before, source, shallow=False):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        keep_file(before, target)
    except OSError:
        return False
    return True


def keep_same_files(former: Path, built: Path) -> None:
    """Keep each file of the former site that the new one has as well, with the same bytes: its time does not move."""
    for name in list_files(built):
        path, before = built / name, former / name
        if path.is_symlink() or not before.is_file() or before.is_symlink():
            continue
        old, new = before.stat(), path.stat()
        if os.path.samestat(old, new) or old.st_size != new.st_size:
            continue
        if filecmp.cmp(before, path, shallow=False):
            with replacing(path) as kept:
                keep_file(before, kept)
