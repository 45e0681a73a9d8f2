"""Every link of the built site: its file and its anchor are there, and nothing is loaded from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.diagnostics import Diagnostic, error, sort_diagnostics
from generator.disk import list_files
from generator.model.places import Place
from generator.text.nearest import did_you_mean
from generator.verify.outside import find_outside_requests
from generator.verify.page_links import PageLinks, find_anchors
from generator.verify.site_links import Spread, find_faults, read_site_links

# LinkChecker's time for a link grows with the site: 5 s for 100 pages, 8 minutes for 1,350.
MAX_LINKCHECKER_PAGES = 300
RUNNER = Path(__file__).with_name("linkchecker_runner.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSummary:
    """How many pages were read, how many of their links lead to files of the site, and those of each page.

    `of_pages` is empty where LinkChecker read them.
    """

    pages: int = 0
    links: int = 0
    of_pages: Mapping[str, PageLinks] = field(default_factory=dict)


def check_links(
    site_dir: Path,
    *,
    shown_as: str = "",
    known: Mapping[str, PageLinks] = MappingProxyType({}),
    spread: Spread = map,
    max_linkchecker_pages: int = MAX_LINKCHECKER_PAGES,
) -> tuple[LinkSummary, tuple[Diagnostic, ...]]:
    """Return the dead links and dead anchors of a built site, and requests to other hosts.

    LinkChecker reads a site of up to `max_linkchecker_pages` pages, a reader of ours (site_links.py) a larger one:
    about 25,000 links take the one 5 s, the other 0.5 s. Every page is read once, also those that nothing links to;
    `404.html` is searched for outside requests alone. No address outside is requested. `shown_as` names the site in the
    findings (its folder's name, if empty). `known` are the links of pages that are as an
    earlier run left them; `spread` maps a function over the others.
    """
    shown = shown_as or site_dir.name
    files = list_files(site_dir)
    if sum(name.endswith(".html") for name in files) > max_linkchecker_pages:
        links = read_site_links(site_dir, files, known=known, spread=spread)
        silent = {path for path, page in links.items() if not page.may_load}
        outside = find_outside_requests(site_dir, (name for name in files if name not in silent), shown)
        faults = list(find_faults(site_dir, files, links))
        targets = {fault["target"] for fault in faults if fault["kind"] == "no-anchor"}
        anchors = {target: sorted(find_anchors((site_dir / target).read_bytes())) for target in targets}
        summary = LinkSummary(
            pages=len(links), links=sum(page.count for page in links.values()), of_pages=links
        )
    else:
        outside = find_outside_requests(site_dir, files, shown)
        answer, failure = _run_linkchecker(site_dir)
        if answer is None:
            return LinkSummary(), (*outside, _failed(shown, failure))
        faults, anchors = answer["faults"], answer["anchors"]
        summary = LinkSummary(pages=answer["pages"], links=answer["links"])
    diagnostics = [_as_diagnostic(fault, shown, anchors) for fault in faults]
    return summary, sort_diagnostics((*diagnostics, *outside))


def _run_linkchecker(site_dir: Path) -> tuple[dict[str, Any] | None, str]:
    """Return the runner's answer, or None and its last words."""
    with tempfile.TemporaryDirectory() as home:
        # A home of its own: LinkChecker makes folders there, and loads plugins from it.
        places = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        ended = subprocess.run(
            [sys.executable, "-P", str(RUNNER), str(site_dir.absolute())],
            env={**os.environ, **places, "PYTHONUTF8": "1", "LANGUAGE": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    if ended.returncode == 0:
        return json.loads(ended.stdout), ""
    words = [line.strip() for line in ended.stderr.splitlines() if line.strip()]
    return None, words[-1] if words else f"it ended with exit code {ended.returncode}"


def _as_diagnostic(fault: dict[str, Any], shown: str, anchors: dict[str, list[str]]) -> Diagnostic:
    """Return the finding for one fault that the runner describes; `anchors` are those of the pages in question."""
    place = Place(path=f"{shown}/{fault['page']}", line=fault["line"], column=fault["column"])
    if fault["kind"] == "unread":
        return error(place, "dead-link", "the page cannot be read", help="build the site again")
    link = f"the link `{fault['address']}`" + (f" (“{fault['text']}”)" if fault["text"] else "")
    if fault["kind"] == "no-anchor":
        return error(
            place,
            "dead-anchor",
            f"{link} has no place to go in {fault['target']}",
            why=f"no element there has the id `{fault['anchor']}`",
            help=did_you_mean(
                fault["anchor"], anchors[fault["target"]], "link to an id that the page has, or to the page"
            ),
        )
    whys = {
        "no-address": "a browser cannot read the address",
        "outside": "it leads out of the site's folder",
        "no-file": f"the site has no file `{fault.get('target')}`",
    }
    return error(
        place,
        "dead-link",
        f"{link} is dead",
        why=whys[fault["kind"]],
        help="mend the link where it is written: in the corpus, in docs/ or in a template",
    )


def _failed(shown: str, words: str) -> Diagnostic:
    return error(
        Place(path=shown),
        "link-check-failed",
        "LinkChecker could not check the site",
        why=words,
        help="install the locked requirements again; if it fails still, report it with this line",
    )
