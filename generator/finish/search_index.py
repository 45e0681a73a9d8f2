"""The search index of a built site: its pages as search sees them, given to Pagefind.

A page belongs to a segment, which Pagefind indexes by itself, and that to a part, which the browser reads as one index.
Which, follows from the hash of its path and from how many pages there are: a page that is changed, added or removed
touches one segment and one part. Twice as many pages make twice as many of each: then all is indexed again.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from generator.diagnostics import Diagnostic, error
from generator.disk import list_files
from generator.finish.search_cache import Kept, copy_folder, files_in, key_of
from generator.finish.search_page_cache import KeptPages, WrittenPage, read_head, read_page, write_page
from generator.finish.search_pages import SearchHead, SearchPage, search_page_of, write_search_page
from generator.finish.search_part import write_part
from generator.finish.search_scripts import write_search_scripts
from generator.finish.search_segment import (
    Segment,
    SegmentError,
    make_segment,
    read_segment,
    write_segment,
)
from generator.identity import digest_program
from generator.model.places import Place

INDEX_FOLDER = "pagefind"
# -P: the site's folder must not shadow a module.
PAGEFIND: tuple[str, ...] = (sys.executable, "-P", "-m", "pagefind")
# The page that a server shows in place of a missing one.
ERROR_PAGE = "404.html"
# Of a site whose pages name none.
FALLBACK_LANGUAGE = "en"
# Facets whose values are pages: shown by that page's title, told apart by its slug.
PAGE_FACETS = {
    "actors": ("actor", "actor"),
    "issues": ("issue", "issue"),
    "publisher": ("publisher", "actor"),
}
# The kind of an actor is shown beside its name; the facet is that of documents.
SHOWN_KIND = "what"
# The values of a facet that take more bytes than these are read when a reader asks for them.
LATE_FACET = 100_000
# Of a hash in hexadecimal: enough to tell the parts of a site.
PART_NAME_LENGTH = 12
# search-query.js makes an instance for each part; Pagefind's own way of joining indexes knows no order but its scores.
EXPORTED = b"export{PagefindInstance};\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many pages a segment and a part have at most on average.

    Pagefind takes 4 ms and 0.4 MB for a page. The browser reads a file of each part for each word, and takes time by
    the square of the pages of a part that have it.
    """

    segment: int = 128
    part: int = 2048


SIZES = Sizes()
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
    standing: Container[str] = (),
    sizes: Sizes = SIZES,
    pagefind: tuple[str, ...] = PAGEFIND,
) -> tuple[Diagnostic, ...]:
    """Write the index of a built site into its folder `pagefind` and return what went wrong; no pages, no index.

    The same pages give the same bytes, whatever the cache holds. `shown` names the site in findings, `pagefind` is the
    command before its options. `pages`: those of the site, in any order, where they are known; else they are read.
    `cache`: a folder that is kept from build to build; `spread` maps a function over pages, `spread_long` over the few
    works that take longest, both in order. `standing`: the names of parts that need not be written, as they stand
    already where the index will be put; parts have names where there are several (see `pagefind-entry.json`).
    """
    folder = site / INDEX_FOLDER
    with tempfile.TemporaryDirectory(prefix="dossier-search-") as temporary:
        kept = cache or Path(temporary)
        sources = sorted(
            read_pages(site, kept, spread=spread) if pages is None else pages, key=lambda source: source.path
        )
        shutil.rmtree(folder, ignore_errors=True)
        if not sources:
            return ()
        try:
            _write_index(folder, sources, kept, sizes, pagefind, standing, spread_long)
        except SegmentError as fault:
            shutil.rmtree(folder, ignore_errors=True)
            return (_failed(shown, fault.what, fault.why),)
    return ()


def read_pages(site: Path, cache: Path, *, spread: Spread = map) -> list[SearchSource]:
    """Return the pages of a built site that can be found; those that the cache knows are not read again.

    `spread` maps a function over the names of the pages, in order.
    """
    kept = KeptPages(cache / "pages" / "pages.sqlite")
    names = [
        name
        for name in list_files(site)
        if name.endswith(".html") and name != ERROR_PAGE and not name.startswith(f"{INDEX_FOLDER}/")
    ]
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


def _read_new(site: Path, known: Container[str], name: str) -> tuple[str, WrittenPage | None]:
    """Return the hash of a page and of what reads it, and the page as search sees it, if it is not among the known."""
    content = (site / name).read_bytes()
    key = key_of(digest_program(), sha256(content).hexdigest())
    return key, None if key in known else write_page(search_page_of(content))


def _read_source(kept: KeptPages, path: Path, key: str) -> SearchPage:
    """Return a page that can be found, from what is kept or from the site."""
    return read_page(kept.read(key) or write_page(search_page_of(path.read_bytes())))


def group_pages(paths: Iterable[str], sizes: Sizes = SIZES) -> list[list[list[str]]]:
    """Return the paths of the pages by part and segment. There are powers of two of both, and at least one."""
    hashed = sorted((int.from_bytes(sha256(path.encode()).digest()[:8]), path) for path in paths)
    parts = _power(len(hashed) / sizes.part)
    segments = max(parts, _power(len(hashed) / sizes.segment))
    grouped: list[list[list[str]]] = [[[] for _ in range(segments // parts)] for _ in range(parts)]
    for number, path in hashed:
        grouped[number % parts][number // parts % (segments // parts)].append(path)
    return [[sorted(segment) for segment in part if segment] for part in grouped if any(part)]


def _power(least: float) -> int:
    power = 1
    while power < least:
        power *= 2
    return power


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What all parts of an index have in common; `key` is a hash of what decides on each of them."""

    sources: Mapping[str, SearchSource]
    titles: Mapping[tuple[str, str], str]
    language: str
    pagefind: tuple[str, ...]
    key: str
    segments: Kept
    parts: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part to be written: its name in the site, and the paths of its pages by the keys of their segments."""

    key: str
    name: str
    segments: Mapping[str, Sequence[str]]
    is_standing: bool


def _write_index(
    folder: Path,
    sources: Sequence[SearchSource],
    cache: Path,
    sizes: Sizes,
    pagefind: tuple[str, ...],
    standing: Container[str],
    spread: Spread,
) -> None:
    """Write the parts, and what the browser needs to read them; `spread` maps a function over segments and parts."""
    language = _language_of(source.head for source in sources)
    common = _Common(
        sources={source.path: source for source in sources},
        titles={
            (source.head.kind, source.head.said.get("slug", "")): source.head.title for source in sources
        },
        language=language,
        pagefind=pagefind,
        key=key_of(digest_program(), language, pagefind),
        segments=Kept(cache / "segments"),
        parts=Kept(cache / "parts"),
    )
    program, told = common.parts.folder_of(key_of(common.key, "program"), partial(_make_program, common))
    copy_folder(program, folder)
    parts = list(_plan_parts(common, group_pages(common.sources, sizes), standing))
    missing = [
        (key, paths)
        for part in parts
        if not common.parts.has(part.key)
        for key, paths in part.segments.items()
        if not common.segments.has(key)
    ]
    for _ in spread(lambda segment: _keep_segment(common, *segment), missing):
        pass
    written_parts = spread(partial(_write_part, common, folder), parts)
    entries = {part.name or language: entry for part, entry in zip(parts, written_parts, strict=True)}
    _mark_late(entries)
    written = {"version": told["version"], "languages": entries, "include_characters": told["include"]}
    entry_file = folder / "pagefind-entry.json"
    entry_file.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8", newline="\n")
    write_search_scripts(folder, [entry_file.name])
    common.segments.forget()
    common.parts.forget()


def _plan_parts(
    common: _Common, grouped: Sequence[Sequence[Sequence[str]]], standing: Container[str]
) -> Iterator[_Part]:
    """Yield the parts; what is kept of each of their segments is used, also by a part that stands already."""
    is_only = len(grouped) == 1
    for paths in grouped:
        segments = {_segment_key(common, segment): segment for segment in paths}
        for segment in segments:
            common.segments.use(segment)
        key = key_of(common.key, is_only, list(segments))
        common.parts.use(key)
        name = "" if is_only else key[:PART_NAME_LENGTH]
        yield _Part(key=key, name=name, segments=segments, is_standing=name in standing)


def _write_part(common: _Common, folder: Path, part: _Part) -> dict[str, Any]:
    """Write a part into the folder of the index, unless it stands there, and return its entry."""
    made, entry = common.parts.folder_of(
        part.key, partial(_make_part, common, part.segments, part.name), is_checked=not part.is_standing
    )
    if not part.is_standing:
        copy_folder(made, folder)
    return dict(sorted(entry.items()))


def _make_program(common: _Common, folder: Path) -> dict[str, object]:
    """Write Pagefind's script and its program for the language, and return what its entry says of them."""
    page = f'<!doctype html><html lang="{common.language}"><body>word</body></html>'
    segment = make_segment({"index.html": page}, common.language, common.pagefind, program=folder)
    script = folder / "pagefind.js"
    script.write_bytes(script.read_bytes() + EXPORTED)
    write_search_scripts(folder, files_in(folder))
    return {"version": segment.version, "include": list(segment.include_characters)}


def _make_part(
    common: _Common, segments: Mapping[str, Sequence[str]], name: str, folder: Path
) -> dict[str, object]:
    """Write the files of a part, and for pages from disk their scripts, and return its entry."""
    made = [_segment(common, key, paths) for key, paths in segments.items()]
    sources = [common.sources[path] for paths in segments.values() for path in paths]
    dates = {source.path: source.head.said.get("date", "") for source in sources}
    entry = write_part(made, dates, folder / name, common.language, is_only=not name)
    write_search_scripts(folder, files_in(folder))
    return entry


def _segment_key(common: _Common, paths: Sequence[str]) -> str:
    """Return a hash of all that a segment is made from: its pages, and the names of other pages in their facets."""
    sources = [common.sources[path] for path in paths]
    return key_of(
        common.key, [(source.path, source.key, _facets(source.head, common.titles)) for source in sources]
    )


def _keep_segment(common: _Common, key: str, paths: Sequence[str]) -> None:
    _segment(common, key, paths)


def _segment(common: _Common, key: str, paths: Sequence[str]) -> Segment:
    segment = read_segment(common.segments.read(key) or b"")
    if segment is None:
        pages = {}
        for path in paths:
            source = common.sources[path]
            facets = _facets(source.head, common.titles)
            pages[path] = write_search_page(source.read(), facets, common.language)
        segment = make_segment(pages, common.language, common.pagefind)
        common.segments.write(key, write_segment(segment))
    return segment


def _mark_late(entries: Mapping[str, dict[str, Any]]) -> None:
    """Put into the first entry the facets that are read only when asked for, in place of what each facet weighs."""
    weights: Counter[str] = Counter()
    for entry in entries.values():
        weights.update(entry.pop("facets"))
    late = sorted(facet for facet, weight in weights.items() if weight > LATE_FACET)
    if late:
        next(iter(entries.values()))["late"] = late


def _language_of(heads: Iterable[SearchHead]) -> str:
    """Return the language of most pages: one site is one index, whose words are all stemmed alike."""
    counted = Counter(head.language.lower() for head in heads if head.language)
    return min(counted, key=lambda language: (-counted[language], language), default=FALLBACK_LANGUAGE)


def _facets(head: SearchHead, titles: Mapping[tuple[str, str], str]) -> dict[str, list[str]]:
    """Return the values of a page by facet. One that is a page is written `title #slug`."""
    facets = {"page": [head.kind]}
    if head.said.get("kind"):
        facets["kind" if head.kind == "document" else SHOWN_KIND] = [head.said["kind"]]
    if head.said.get("years"):
        facets["year"] = head.said["years"].split()
    for said, (facet, kind) in PAGE_FACETS.items():
        slugs = head.said.get(said, "").split()
        if slugs:
            facets[facet] = [f"{titles.get((kind, slug), slug)} #{slug}" for slug in slugs]
    return facets


def _failed(shown: str, what: str, why: str) -> Diagnostic:
    return error(
        Place(path=f"{shown}/{INDEX_FOLDER}"),
        "search-index",
        what,
        why=f"{why}; the site would have no search",
        help="install what `pip install dossier-generator` brings: `pip install 'pagefind[bin]>=1.5,<1.6'`",
    )
