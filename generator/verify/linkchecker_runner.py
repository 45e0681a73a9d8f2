"""LinkChecker on one built site, in a process of its own: `python linkchecker_runner.py SITE` prints JSON.

LinkChecker's own command is not used, for three reasons. As root it becomes `nobody` and then cannot read private
folders. It reads and writes settings in the home folder. And its `[AnchorCheck]` takes `page.html#a` and
`page.html#b` for two pages, so that every page is read, parsed and searched again for every anchor that anyone links
to: a site of 100 pages takes more than eight minutes. Here LinkChecker parses each page once, finds its links and
anchors by its own tables, and opens every target; each link's anchor is then looked up in what was found.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from linkcheck import checker, configuration, director, get_link_pat, logconf
from linkcheck.cache.urlqueue import UrlQueue
from linkcheck.htmlutil import linkparse

Link = Any  # LinkChecker's UrlBase, which has no types
Fault = dict[str, str | int]


class RecordingQueue(UrlQueue):  # type: ignore[misc]  # LinkChecker has no types
    """A queue that keeps every link of every page; the original forgets all but the first to each target."""

    def __init__(self) -> None:
        """Start with no links."""
        super().__init__()
        self.links: list[Link] = []

    def put(self, item: Link) -> None:
        """Keep the link, then queue its target."""
        if item.parent_url is not None:
            self.links.append(item)
        super().put(item)


class AnchorCollector:
    """A content plugin that keeps the anchors of each page, by the table of LinkChecker's AnchorCheck."""

    def __init__(self) -> None:
        """Start with no pages."""
        self.anchors_by_page: dict[str, frozenset[str]] = {}

    def applies_to(self, page: Link) -> bool:
        """Return whether the content is HTML."""
        return bool(page.is_html())

    def check(self, page: Link) -> None:
        """Keep the page's ids and the names of its `a` elements."""
        everywhere = linkparse.AnchorTags[None]
        self.anchors_by_page[page.url] = frozenset(
            element.attrs[attribute]
            for element in page.get_soup().find_all(True)
            for attribute in (*everywhere, *linkparse.AnchorTags.get(element.name, ()))
            if attribute in element.attrs
        )


def configure() -> configuration.Configuration:
    """Return settings for local files alone: no network, no threads, no limits, no output."""
    settings = configuration.Configuration()
    settings["allowedschemes"] = ["file"]
    settings["threads"] = 0
    settings["status"] = False
    settings["output"] = "none"
    settings["maxfilesizeparse"] = settings["maxfilesizedownload"] = settings["resultcachesize"] = sys.maxsize
    settings.sanitize()
    return settings


def check_site(site: Path) -> dict[str, Any]:
    """Return the faults of a site, and how many pages and links were checked.

    Raises:
        RuntimeError: LinkChecker failed inside.
    """
    settings = configure()
    aggregate = director.get_aggregate(settings)
    queue, collector = RecordingQueue(), AnchorCollector()
    aggregate.urlqueue = queue
    aggregate.plugin_manager.content_plugins.append(collector)
    # MkDocs writes 404.html with addresses from the server's root, which mean nothing in a folder.
    pages = [path for path in sorted(site.rglob("*.html")) if path != site / "404.html"]
    for page in pages:
        queue.put(checker.get_url_from(page.as_uri(), 0, aggregate, extern=(0, 0)))
    root = f"{site.as_uri()}/"
    # In place of one pattern for each start page, through all of which every link would be tried.
    settings["internlinks"] = [get_link_pat(f"^{re.escape(root)}")]
    director.check_urls(aggregate)
    if settings["logger"].stats.internal_errors:
        raise RuntimeError("LinkChecker reported an internal error")
    judge = Judge(site, root, collector.anchors_by_page, aggregate.result_cache)
    # Not 404.html, nor the lists of files that LinkChecker makes up for folders.
    sources = {unquote(path.as_uri()) for path in (*pages, *site.rglob("*.css"))}
    links = [link for link in queue.links if link.scheme == "file" and unquote(link.parent_url) in sources]
    faults = [*judge.unread(pages), *filter(None, map(judge.fault, links))]
    targets = {str(fault["target"]) for fault in faults if fault["kind"] == "no-anchor"}
    return {
        "pages": len(pages),
        "links": len(links),
        "faults": faults,
        "anchors": {target: judge.anchors(target) for target in sorted(targets)},
    }


class Judge:
    """What is known of the site after LinkChecker's run."""

    def __init__(
        self, site: Path, root: str, anchors_by_page: dict[str, frozenset[str]], results: Any
    ) -> None:
        """Keep what LinkChecker found, and the exact names of the files: some file systems ignore case."""
        self.root = unquote(root)
        self.anchors_by_page = {unquote(url): anchors for url, anchors in anchors_by_page.items()}
        self.results = results
        self.files = frozenset(unquote(path.as_uri()) for path in site.rglob("*") if path.is_file())

    def unread(self, pages: list[Path]) -> list[Fault]:
        """Return a fault for each page that LinkChecker could not read."""
        urls = [unquote(page.as_uri()) for page in pages]
        return [
            {"kind": "unread", "page": url.removeprefix(self.root), "line": 1, "column": 1}
            for url in urls
            if url not in self.anchors_by_page
        ]

    def fault(self, link: Link) -> Fault | None:
        """Return what is wrong with a link, or None."""
        if not link.url:
            return self._describe(link, "no-address")
        target = unquote(link.url)
        if not target.startswith(self.root):
            return self._describe(link, "outside")
        # A server shows the folder's index; a browser on `file://` lists the folder, but the page is there.
        if target.endswith("/"):
            target += "index.html"
        result = self.results.get_result(link.cache_url)
        if target not in self.files or result is None or not result.valid:
            return self._describe(link, "no-file", target=target.removeprefix(self.root))
        anchors = self.anchors_by_page.get(target)
        if anchors is None or is_anchor(link.anchor, anchors):
            return None
        return self._describe(
            link, "no-anchor", target=target.removeprefix(self.root), anchor=unquote(link.anchor)
        )

    def anchors(self, target: str) -> list[str]:
        """Return the anchors of a page, given by its path in the site."""
        return sorted(self.anchors_by_page[f"{self.root}{target}"])

    def _describe(self, link: Link, kind: str, **more: str) -> Fault:
        page = unquote(link.parent_url).removeprefix(self.root)
        return {
            "kind": kind,
            "page": page,
            "line": link.line or 1,
            "column": (link.column or 0) + 1 if page.endswith(".css") else link.column or 1,
            "address": link.base_url,
            "text": " ".join(link.name.split()),
            **more,
        }


def is_anchor(fragment: str, anchors: frozenset[str]) -> bool:
    """Return whether a page with these anchors has the place (HTML standard, section 7.4.6.4).

    The fragment counts as written, then percent-decoded; an empty one and `top` mean the top of any page.
    """
    named = unquote(fragment).partition(":~:")[0]
    return named.lower() in {"", "top"} or named in anchors or fragment in anchors


if __name__ == "__main__":
    logconf.init_log_config()
    json.dump(check_site(Path(sys.argv[1]).resolve()), sys.stdout)
