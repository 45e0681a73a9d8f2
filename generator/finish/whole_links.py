"""Addresses inside the page of the whole dossier: ids that tell the pages apart, and links that lead to them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from lxml import etree, html

# Attributes that name ids of the same page, one or several.
ID_ATTRIBUTES = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
# What a fragment may hold as it is (RFC 3986, 3.5), but for what HTML would have escaped.
KEPT = "/:-_.~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A place of the site: the path of a page's file, and an id there or "" for the page. Outside, `page` is ""."""

    page: str
    anchor: str = ""

    @property
    def id(self) -> str:
        """The place's id in the whole. No slug holds a slash or a colon, so that no two places share one."""
        name = self.page.removesuffix(".html")
        return f"{name}:{self.anchor}" if self.anchor else name

    @classmethod
    def read(cls, href: str, base: str) -> Address:
        """Return the place that a link on the page `base` leads to."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return cls(page="")
        page = base
        if parts.path:
            page = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
            page = f"{page}/index.html" if parts.path.endswith(("/", ".")) else page
        return cls(page=page.removeprefix("./"), anchor=unquote(parts.fragment))


class Whole:
    """The articles that are joined, by the path of their page."""

    def __init__(self, path: str, articles: Mapping[str, html.HtmlElement]) -> None:
        self._path = path
        self._articles = articles
        self._stand_ins = dict(self._find_stand_ins())
        self._ids = {
            page: frozenset(element.get("id", "") for element in article.iter(etree.Element))
            for page, article in articles.items()
        }

    def rewrite_links(self, contents: html.HtmlElement) -> None:
        """Let links between the joined pages lead to where they stand now; others are seen from the whole's page."""
        for page, root in self._roots(contents):
            for link in root.iter("a"):
                href = link.get("href")
                if href is not None:
                    link.set("href", self._rewritten(href, page))

    def rename_ids(self, contents: html.HtmlElement) -> None:
        """Give each id that something leads to its name in the whole; the others, which are most, are taken away."""
        links = (link.get("href", "") for _, root in self._roots(contents) for link in root.iter("a"))
        wanted = {unquote(href[1:]) for href in links if href.startswith("#")}
        for page, article in self._articles.items():
            named = {name for element in article.iter(etree.Element) for name in _named(element)}
            for element in article.iter(etree.Element):
                anchor = element.get("id")
                place = Address(page=page, anchor=anchor or "")
                if anchor and (place.id in wanted or anchor in named):
                    element.set("id", place.id)
                elif anchor is not None:
                    del element.attrib["id"]
                for attribute in ID_ATTRIBUTES:
                    names = element.get(attribute, "").split()
                    if names:
                        element.set(attribute, " ".join(Address(page=page, anchor=name).id for name in names))

    def _find_stand_ins(self) -> Iterator[tuple[str, Address]]:
        """Yield the pages of sources, which are not in the whole, each with its line in the bibliography."""
        for page, article in self._articles.items():
            for number, item in enumerate(article.iterfind(".//ul[@class='bibliography']/li"), start=1):
                for link in item.iter("a"):
                    target = Address.read(link.get("href", ""), page).page
                    if target and target not in self._articles:
                        item.set("id", item.get("id") or f"source-{number}")
                        yield target, Address(page=page, anchor=item.get("id", ""))

    def _rewritten(self, href: str, page: str) -> str:
        address = Address.read(href, page)
        if not address.page:
            return href
        address = self._stand_ins.get(address.page, address)
        if address.page not in self._articles:
            return _seen_from(self._path, address)
        if address.anchor not in self._ids[address.page]:
            address = Address(page=address.page)
        return f"#{quote(address.id, safe=KEPT)}"

    def _roots(self, contents: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement]]:
        """Yield everything that links, with the page that its links are seen from."""
        yield self._path, contents
        yield from self._articles.items()


def _named(element: html.HtmlElement) -> Iterator[str]:
    for attribute in ID_ATTRIBUTES:
        yield from element.get(attribute, "").split()


def _seen_from(path: str, address: Address) -> str:
    relative = posixpath.relpath(address.page, posixpath.dirname(path) or ".")
    fragment = f"#{quote(address.anchor, safe=KEPT)}" if address.anchor else ""
    return quote(relative, safe="/-_.~") + fragment
