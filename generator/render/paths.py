"""Where each page stands, and how one page links to another."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote

from generator.model.corpus import Corpus, PageKind

FOLDERS: dict[PageKind, str] = {
    "document": "documents",
    "actor": "actors",
    "issue": "issues",
    "source": "bibliography",
}
# An id that needs no percent-encoding: d-1a2b
SAFE = re.compile(r"[A-Za-z0-9:._~-]+")
HOME_PAGE = "index.md"
ABOUT_PAGE = "about.md"
SEARCH_PAGE = "search.md"
WHOLE_PAGE = "whole.md"
CORRECTIONS_PAGE = "corrections.md"
CORRECTIONS_FEED = "corrections.xml"
GAPS_PAGE = "gaps.md"


def corrections_part(number: int) -> str:
    """Return the path of a page of corrections, counted from 0, where they are too many for one."""
    return f"corrections/{number + 1}.md"


def page_path(kind: PageKind, slug: str) -> str:
    """Return the path of a page's Markdown file in the docs folder."""
    return f"{FOLDERS[kind]}/{slug}.md"


def path_of(corpus: Corpus, slug: str) -> str:
    """Return the path of the page that a slug names.

    Raises:
        KeyError: no page has this slug.
    """
    kind = corpus.kind_of(slug)
    if kind is None:
        raise KeyError(slug)
    return page_path(kind, slug)


def page_key(corpus: Corpus, slug: str) -> str:
    """Return what scripts know the page of a slug by: its path below the site's root, without an ending.

    Raises:
        KeyError: no page has this slug.
    """
    return path_of(corpus, slug).removesuffix(".md")


def relative_link(source: str, target: str, anchor: str = "") -> str:
    """Return the address of page `target` as page `source` links to it, percent-encoded."""
    fragment = "" if not anchor else f"#{anchor if SAFE.fullmatch(anchor) else quote(anchor, safe=':-_.')}"
    if source == target and anchor:
        return fragment
    return _way(source.rpartition("/")[0], target) + fragment


# All pages of a folder lead the same way to one target.
@lru_cache(maxsize=16_384)
def _way(folder: str, target: str) -> str:
    # Below a root, or the path of the working directory would be asked for.
    return quoted_path(posixpath.relpath(f"/{target}", f"/{folder}"))


def quoted_path(path: str) -> str:
    """Return a path as addresses have it, percent-encoded."""
    return quote(path, safe="/-_.~")
