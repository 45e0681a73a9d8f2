"""The search index as tasks: those that make pages tell what search sees of them, others make segments, and parts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.diagnostics import Diagnostic
from generator.engine.store import WorkStore
from generator.engine.stored import StoredMapping, stored_mapping
from generator.engine.tasks import Engine, Result, Shared, Work, read_result
from generator.finish.search_index import page_key, searched_files
from generator.finish.search_make import (
    INDEX_FOLDER,
    index_failed,
    index_pages,
    program_key,
    write_entry,
    write_part_files,
    write_program,
)
from generator.finish.search_page_cache import WrittenPage, read_head, read_page, write_page
from generator.finish.search_pages import SearchHead, search_page_of
from generator.finish.search_plan import SIZES, IndexPlan, Sizes, Titles, plan_index
from generator.finish.search_segment import SegmentError, read_segment, write_segment
from generator.identity import digest_bytes
from generator.parted.trees import read_tree, write_tree


class PartedPage(NamedTuple):
    """A page that can be found, without its words; `key` is a hash of all that it is made from."""

    key: str
    head: SearchHead


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchedPages:
    """The pages that tasks made, as search sees them: heads by path (None: not to be found), words in the store."""

    heads: Mapping[str, PartedPage | None]
    words: StoredMapping[str, WrittenPage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """What all segments of an index share: names of pages in facets, and the pages that no task made."""

    store: WorkStore
    language: str
    titles: Titles
    own: Mapping[str, WrittenPage]


class Chosen(NamedTuple):
    """The pages of a segment by path, and where the words of those stand that tasks made."""

    paths: Sequence[str]
    words: StoredMapping[str, WrittenPage]


class PartWork(NamedTuple):
    """A part: its name, and the results that hold its segments."""

    name: str
    segments: Sequence[str]


def search_pages(pages: Mapping[str, bytes]) -> tuple[dict[str, PartedPage | None], dict[str, WrittenPage]]:
    """Return the heads and the words of pages by path; words of those alone that can be found."""
    heads: dict[str, PartedPage | None] = {}
    words = {}
    for path, content in pages.items():
        written = write_page(search_page_of(content))
        head = read_head(written)
        heads[path] = None if head is None else PartedPage(page_key(content), head)
        if head is not None:
            words[path] = written
    return heads, words


def index_site_parted(
    engine: Engine, site: Path, shown: str, searched: SearchedPages | None, sizes: Sizes = SIZES
) -> tuple[Diagnostic, ...]:
    """Write the search index of a site into its folder, the same as `write_search_index`; return what went wrong.

    Pages that no task made are read here.
    """
    folder = site / INDEX_FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    heads = {} if searched is None else searched.heads
    rest = {name: (site / name).read_bytes() for name in searched_files(site) if name not in heads}
    own_heads, own = search_pages(rest)
    found = {path: page for path, page in {**heads, **own_heads}.items() if page is not None}
    if not found:
        return ()
    plan = plan_index(found, program_key(), sizes)
    try:
        _write_index(engine, folder, plan, own, searched)
    except SegmentError as fault:
        shutil.rmtree(folder, ignore_errors=True)
        return (index_failed(shown, fault),)
    return ()


def _write_index(
    engine: Engine,
    folder: Path,
    plan: IndexPlan,
    own: Mapping[str, WrittenPage],
    searched: SearchedPages | None,
) -> None:
    words = StoredMapping(engine.store, (), {}) if searched is None else searched.words
    shared = Shared(
        identity=digest_bytes(
            plan.key.encode(), repr(sorted(plan.titles.items())).encode(), repr(sorted(own.items())).encode()
        ),
        value=Segments(store=engine.store, language=plan.language, titles=plan.titles, own=own),
    )
    segments = [
        Work(identity=key, value=Chosen(paths, words.only(paths)))
        for part in plan.parts
        for key, paths in part.segments.items()
    ]
    made = iter(engine.map(make_segment_part, shared, segments))
    parts = []
    for part in plan.parts:
        held = [next(made).key for _ in part.segments]
        parts.append(Work(identity=part.key, value=PartWork(part.name, held)))
    done = engine.map(make_part, Shared(identity=plan.key, value=(engine.store, plan.language)), parts)
    folder.mkdir(parents=True)
    said = write_program(folder, plan.language)
    for _, files in stored_mapping(engine.store, done, "files").stream():
        write_tree(files, folder)
    write_entry(
        folder,
        said,
        {part.name or plan.language: one.summary for part, one in zip(plan.parts, done, strict=True)},
    )


def make_segment_part(shared: Segments, chosen: Chosen) -> Result:
    """Let Pagefind index some pages: a task. The dates of the pages are packed beside."""
    written = {
        path: chosen.words[path] if path in chosen.words else shared.own[path] for path in chosen.paths
    }
    pages = {path: read_page(one) for path, one in written.items()}
    segment = index_pages(pages, shared.titles, shared.language)
    dates = {path: page.head.said.get("date", "") for path, page in pages.items()}
    return Result(packs={"segment": {"index": write_segment(segment), "dates": dates}})


def make_part(shared: tuple[WorkStore, str], work: PartWork) -> Result:
    """Join some segments to a part: a task. The summary is its entry."""
    store, language = shared
    segments = []
    dates: dict[str, str] = {}
    for key in work.segments:
        held = stored_mapping(store, [read_result(store, key)], "segment")
        segment = read_segment(held["index"])
        assert segment is not None
        segments.append(segment)
        dates |= held["dates"]
    with tempfile.TemporaryDirectory(prefix="dossier-search-") as temporary:
        entry = write_part_files(Path(temporary), segments, dates, language, work.name)
        return Result(summary=entry, packs={"files": {work.name: read_tree(Path(temporary))}})
