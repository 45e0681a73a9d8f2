"""All steps that follow MkDocs, in order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from generator.diagnostics import Diagnostic, sort_diagnostics
from generator.disk import list_files
from generator.finish.page import finish_page
from generator.finish.search_index import write_search_index
from generator.finish.small_scripts import shrink_scripts
from generator.finish.whole import write_whole


def finish_site(
    site: Path,
    *,
    has_policy: bool = True,
    shown_as: str = "",
    finished: Collection[str] = frozenset(),
    index: Callable[[Path, str], tuple[Diagnostic, ...]] = write_search_index,
) -> tuple[Diagnostic, ...]:
    """Finish the built site in this folder and return what went wrong.

    `has_policy`: write the content policy into each page. A server that puts scripts of its own there does without.
    `shown_as` names the site in the findings (its folder's name, if empty). `finished` are the paths of the pages that
    were finished when they were made, `index` makes the search index of a site in its folder, named as shown.
    """
    shown = shown_as or site.name
    shrink_scripts(site)
    write_whole(site)
    found = list(index(site, shown))
    for name in list_files(site):
        if name.endswith(".html") and name not in finished:
            path = site / name
            page = path.read_bytes()
            written, in_page = finish_page(page, name, shown, has_policy=has_policy)
            found.extend(in_page)
            if written != page:
                path.write_bytes(written)
    return sort_diagnostics(found)
