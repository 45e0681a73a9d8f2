"""All steps that follow MkDocs, in order."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Diagnostic, sort_diagnostics
from generator.finish.content_policy import write_policies
from generator.finish.page_address import write_addresses
from generator.finish.search_index import write_search_index
from generator.finish.small_scripts import shrink_scripts
from generator.finish.theme_faults import mend_pages
from generator.finish.whole import write_whole


def finish_site(site: Path, *, has_policy: bool = True, shown_as: str = "") -> tuple[Diagnostic, ...]:
    """Finish the built site in this folder and return what went wrong.

    `has_policy`: write the content policy into each page. A server that puts scripts of its own there does without.
    `shown_as` names the site in the findings (its folder's name, if empty).
    """
    shown = shown_as or site.name
    shrink_scripts(site)
    mend_pages(site)
    write_addresses(site)
    write_whole(site)
    found = list(write_search_index(site, shown))
    # Last, as it counts what stands in the pages.
    if has_policy:
        found.extend(write_policies(site, shown))
    return sort_diagnostics(found)
