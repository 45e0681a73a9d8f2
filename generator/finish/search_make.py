"""What the search index of a site consists of, made: segments, parts, Pagefind's program, the entry to all of it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, error
from generator.finish.search_cache import files_in, key_of
from generator.finish.search_pages import SearchPage, write_search_page
from generator.finish.search_part import write_part
from generator.finish.search_plan import Titles, find_facets
from generator.finish.search_scripts import write_search_scripts
from generator.finish.search_segment import Segment, SegmentError, make_segment
from generator.identity import digest_program
from generator.model.places import Place

INDEX_FOLDER = "pagefind"
# -P: the site's folder must not shadow a module.
PAGEFIND: tuple[str, ...] = (sys.executable, "-P", "-m", "pagefind")
# The values of a facet that take more bytes than these are read when a reader asks for them.
LATE_FACET = 100_000
# search-query.js makes an instance for each part; Pagefind's own way of joining indexes knows no order but its scores.
EXPORTED = b"export{PagefindInstance};\n"


def program_key(pagefind: Sequence[str] = PAGEFIND) -> str:
    """Return a hash of what makes an index; where the interpreter stands makes no difference."""
    return key_of(digest_program(), pagefind[1:])


def index_pages(
    pages: Mapping[str, SearchPage], titles: Titles, language: str, pagefind: Sequence[str] = PAGEFIND
) -> Segment:
    """Return the segment of pages by path.

    Raises:
        SegmentError: Pagefind failed.
    """
    written = {
        path: write_search_page(page, find_facets(page.head, titles), language)
        for path, page in pages.items()
    }
    return make_segment(written, language, pagefind)


def write_part_files(
    folder: Path, segments: Sequence[Segment], dates: Mapping[str, str], language: str, name: str
) -> dict[str, object]:
    """Write the files of a part into the folder of the index, and for pages from disk their scripts.

    Returns its entry. `dates` are those of the pages by path; without a `name` it is the only part.
    """
    entry = write_part(segments, dates, folder / name, language, is_only=not name)
    write_search_scripts(folder, files_in(folder))
    return entry


def write_program(folder: Path, language: str, pagefind: Sequence[str] = PAGEFIND) -> dict[str, object]:
    """Write Pagefind's script and its program for the language, and return what the entry file says of them.

    Raises:
        SegmentError: Pagefind failed.
    """
    page = f'<!doctype html><html lang="{language}"><body>word</body></html>'
    segment = make_segment({"index.html": page}, language, pagefind, program=folder)
    script = folder / "pagefind.js"
    script.write_bytes(script.read_bytes() + EXPORTED)
    write_search_scripts(folder, files_in(folder))
    return {"version": segment.version, "include": list(segment.include_characters)}


def write_entry(folder: Path, said: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the file that a browser begins with: what is said of the program, and the entries of the parts by name."""
    listed = {name: dict(sorted(entry.items())) for name, entry in entries.items()}
    _mark_late(listed)
    written = {"version": said["version"], "languages": listed, "include_characters": said["include"]}
    entry_file = folder / "pagefind-entry.json"
    entry_file.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8", newline="\n")
    write_search_scripts(folder, [entry_file.name])


def index_failed(shown: str, fault: SegmentError) -> Diagnostic:
    """Return the finding about a site that gets no index."""
    return error(
        Place(path=f"{shown}/{INDEX_FOLDER}"),
        "search-index",
        fault.what,
        why=f"{fault.why}; the site would have no search",
        help="install what `pip install dossier-generator` brings: `pip install 'pagefind[bin]>=1.5,<1.6'`",
    )


def _mark_late(entries: Mapping[str, dict[str, Any]]) -> None:
    """Put into the first entry the facets that are read only when asked for, in place of what each facet weighs."""
    weights: Counter[str] = Counter()
    for entry in entries.values():
        weights.update(entry.pop("facets"))
    late = sorted(facet for facet, weight in weights.items() if weight > LATE_FACET)
    if late:
        next(iter(entries.values()))["late"] = late
