"""The search index of a built site, made on this machine: what did not change is kept from build to build."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from generator.diagnostics import Diagnostic
from generator.disk import list_files
from generator.finish.search_cache import Kept, copy_folder, key_of
from generator.finish.search_make import (
    INDEX_FOLDER,
    PAGEFIND,
    index_failed,
    index_pages,
    program_key,
    write_entry,
    write_part_files,
    write_program,
)
from generator.finish.search_page_cache import KeptPages, WrittenPage, read_head, read_page, write_page
from generator.finish.search_pages import SearchHead, SearchPage, search_page_of
from generator.finish.search_plan import SIZES, IndexPlan, PartPlan, Sizes, plan_index
from generator.finish.search_segment import Segment, SegmentError, read_segment, write_segment
from generator.identity import digest_program

# The page that a server shows in place of a missing one.
ERROR_PAGE = "404.html"
Spread = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]


class SearchSource(NamedTuple):
    """A page that can be found: its path below the site, and what others know of it.

    `key` is a hash of all that it is made from; `read` is asked for its words only where its segment has changed.
    """

    path: str
    key: str
    head: SearchHead
    read: Callable[[], SearchPage]


def write_search_index(
    site: Path,
    shown: str,
    *,
    pages: Iterable[SearchSource] | None = None,
    cache: Path | None = None,
    spread: Spread = map,
    spread_long: Spread = map,
    sizes: Sizes = SIZES,
    pagefind: tuple[str, ...] = PAGEFIND,
) -> tuple[Diagnostic, ...]:
    """Write the index of a built site into its folder `pagefind` and return what went wrong; no pages, no index.

    The same pages give the same bytes, whatever the cache holds. `shown` names the site in findings, `pagefind` is the
    command before its options. `pages`: those of the site, in any order, where they are known; else they are read.
    `cache`: a folder that is kept from build to build; `spread` maps a function over pages, `spread_long` over the few
    works that take longest, both in order.
    """
    folder = site / INDEX_FOLDER
    with tempfile.TemporaryDirectory(prefix="dossier-search-") as temporary:
        kept = cache or Path(temporary)
        found = read_pages(site, kept, spread=spread) if pages is None else pages
        sources = {source.path: source for source in sorted(found, key=lambda source: source.path)}
        shutil.rmtree(folder, ignore_errors=True)
        if not sources:
            return ()
        plan = plan_index(sources, program_key(pagefind), sizes)
        try:
            _write_index(folder, _Making(plan, sources, pagefind, kept), spread_long)
        except SegmentError as fault:
            shutil.rmtree(folder, ignore_errors=True)
            return (index_failed(shown, fault),)
    return ()


def read_pages(site: Path, cache: Path, *, spread: Spread = map) -> list[SearchSource]:
    """Return the pages of a built site that can be found; those that the cache knows are not read again.

    `spread` maps a function over the names of the pages, in order.
    """
    kept = KeptPages(cache / "pages" / "pages.sqlite")
    names = searched_files(site)
    found = []
    for name, (key, new) in zip(names, spread(partial(_read_new, site, kept.keys), names), strict=True):
        page = new or kept.read(key) or write_page(search_page_of((site / name).read_bytes()))
        if new is not None:
            kept.write(key, new)
        head = read_head(page)
        if head is not None:
            found.append(SearchSource(name, key, head, partial(_read_source, kept, site / name, key)))
    kept.end()
    return found


def searched_files(site: Path) -> list[str]:
    """Return the paths of all pages of a site that may be found."""
    return [
        name
        for name in list_files(site)
        if name.endswith(".html") and name != ERROR_PAGE and not name.startswith(f"{INDEX_FOLDER}/")
    ]


def page_key(content: bytes) -> str:
    """Return the hash of a page and of what reads it."""
    return key_of(digest_program(), sha256(content).hexdigest())


def _read_new(site: Path, known: Container[str], name: str) -> tuple[str, WrittenPage | None]:
    """Return the key of a page, and the page as search sees it, if it is not among the known."""
    content = (site / name).read_bytes()
    key = page_key(content)
    return key, None if key in known else write_page(search_page_of(content))


def _read_source(kept: KeptPages, path: Path, key: str) -> SearchPage:
    """Return a page that can be found, from what is kept or from the site."""
    return read_page(kept.read(key) or write_page(search_page_of(path.read_bytes())))


@dataclass(frozen=True, slots=True)
class _Making:
    """An index in the making: its plan, its pages by path, Pagefind's command, and a folder of what is kept."""

    plan: IndexPlan
    sources: Mapping[str, SearchSource]
    pagefind: tuple[str, ...]
    cache: Path

    def segments(self) -> Kept:
        return Kept(self.cache / "segments")

    def parts(self) -> Kept:
        return Kept(self.cache / "parts")


def _write_index(folder: Path, making: _Making, spread: Spread) -> None:
    """Write the parts, and what the browser needs to read them; `spread` maps a function over segments and parts."""
    plan, segments, parts = making.plan, making.segments(), making.parts()
    program_key = key_of(plan.key, "program")
    program, told = parts.folder_of(
        program_key, lambda made: write_program(made, plan.language, making.pagefind)
    )
    copy_folder(program, folder)
    missing = [
        (key, paths)
        for part in plan.parts
        if not parts.has(part.key)
        for key, paths in part.segments.items()
        if not segments.has(key)
    ]
    for _ in spread(partial(_keep_segment, making), missing):
        pass
    entries = spread(partial(_write_part, making, folder), plan.parts)
    write_entry(
        folder,
        told,
        {part.name or plan.language: entry for part, entry in zip(plan.parts, entries, strict=True)},
    )
    # A part that stands does not ask for its segments: they are kept all the same.
    segments.forget_others(key for part in plan.parts for key in part.segments)
    parts.forget_others([program_key, *(part.key for part in plan.parts)])


def _write_part(making: _Making, folder: Path, part: PartPlan) -> Mapping[str, Any]:
    """Write a part into the folder of the index and return its entry."""
    made, entry = making.parts().folder_of(part.key, partial(_make_part, making, part))
    copy_folder(made, folder)
    return entry


def _make_part(making: _Making, part: PartPlan, folder: Path) -> dict[str, object]:
    segments = [_segment(making, key, paths) for key, paths in part.segments.items()]
    paths = (path for held in part.segments.values() for path in held)
    dates = {path: making.sources[path].head.said.get("date", "") for path in paths}
    return write_part_files(folder, segments, dates, making.plan.language, part.name)


def _keep_segment(making: _Making, segment: tuple[str, Sequence[str]]) -> None:
    _segment(making, *segment)


def _segment(making: _Making, key: str, paths: Sequence[str]) -> Segment:
    kept = making.segments()
    segment = read_segment(kept.read(key) or b"")
    if segment is None:
        pages = {path: making.sources[path].read() for path in paths}
        segment = index_pages(pages, making.plan.titles, making.plan.language, making.pagefind)
        kept.write(key, write_segment(segment))
    return segment
