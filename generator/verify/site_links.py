"""The links of a large site: all pages at once, by numbers; only what is wrong is looked at closely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from lxml import etree, html

from generator.verify.page_links import (
    PageLinks,
    find_anchors,
    find_links,
    names_of,
    number_of,
    read_page_links,
)

Spread = Callable[[Callable[[str], PageLinks], list[str]], Iterable[PageLinks]]
# MkDocs writes it with addresses from the server's root, which mean nothing in a folder.
ERROR_PAGE = "404.html"


def read_site_links(
    site: Path, files: Iterable[str], *, known: Mapping[str, PageLinks], spread: Spread
) -> dict[str, PageLinks]:
    """Return the links of every page among a site's files by its path; `known` are those of pages that did not change.

    `spread` maps a function over the paths of the others, in order.
    """
    paths = [path for path in files if path.endswith(".html") and path != ERROR_PAGE]
    new = [path for path in paths if path not in known]
    read = dict(
        zip(new, spread(lambda path: read_page_links(path, (site / path).read_bytes()), new), strict=True)
    )
    return {path: read[path] if path in read else known[path] for path in paths}


def find_faults(site: Path, names: Iterable[str], links: Mapping[str, PageLinks]) -> Iterator[dict[str, Any]]:
    """Yield what is wrong with each dead link, as linkchecker_runner.py describes it, by page and place in the page."""
    import numpy as np

    files = frozenset(names)
    there = np.unique(
        np.concatenate(
            [
                np.fromiter((number_of(file) for file in files), dtype=np.uint64),
                *(page.anchors for page in links.values()),
            ]
        )
    )
    anchors: dict[str, frozenset[str]] = {}
    for path, page in links.items():
        places = np.minimum(np.searchsorted(there, page.targets), len(there) - 1)
        if (there[places] != page.targets).any():
            yield from _faults_of(site, path, files, anchors)


def _faults_of(
    site: Path, path: str, files: frozenset[str], anchors: dict[str, frozenset[str]]
) -> Iterator[dict[str, Any]]:
    """Yield the faults of one page."""
    content = (site / path).read_bytes()
    lines = _lines(content)
    for link in find_links(path, content):
        line, text = lines.get(link.address, (1, ""))
        fault = {"page": path, "line": line, "column": 1, "address": link.address, "text": text}
        if not link.file:
            yield {"kind": "outside", **fault}
        elif link.file not in files:
            yield {"kind": "no-file", "target": link.file, **fault}
        elif link.anchor and link.file.endswith(".html"):
            if link.file not in anchors:
                anchors[link.file] = find_anchors((site / link.file).read_bytes())
            if names_of(link)[-1].partition("#")[2] not in anchors[link.file]:
                yield {"kind": "no-anchor", "target": link.file, "anchor": link.anchor, **fault}


def _lines(content: bytes) -> dict[str, tuple[int, str]]:
    """Return the line and the words of the first link with each address."""
    root = html.document_fromstring(
        content or b"<html>", parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    found: dict[str, tuple[int, str]] = {}
    for element in root.iter(etree.Element):
        for name in ("href", "src", "action", "poster", "data"):
            address = element.get(name, "").strip()
            words = " ".join("".join(map(str, element.itertext())).split()) if element.tag == "a" else ""
            found.setdefault(address, (cast("int | None", element.sourceline) or 1, words))
    return found
