"""What a page of the built site would load from another host by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from lxml import etree, html

from generator.diagnostics import Diagnostic, error
from generator.model.places import Place

# HTML standard, section 4, and SVG 2: attributes whose address is fetched without a click.
LOADED: dict[str, tuple[str, ...]] = {
    "audio": ("src",),
    "base": ("href",),
    "body": ("background",),
    "embed": ("src",),
    "feimage": ("href", "xlink:href"),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href", "imagesrcset"),
    "object": ("data",),
    "script": ("src", "href", "xlink:href"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
# Links that describe the page and load nothing.
SILENT_RELATIONS = frozenset(
    ("alternate", "author", "bookmark", "canonical", "help", "license", "me", "next", "prev", "privacy-policy",
     "search", "tag", "terms-of-service")
)  # fmt: skip
# https://a.example, //a.example, http:a.example, \\a.example
OUTSIDE = re.compile(r"[\x00-\x20]*(?:(?:https?|wss?|ftp):|[/\\]{2})", re.IGNORECASE)
# url("//a.example/x.woff2"), @import 'https://a.example/x.css'
CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*([^"')\s;]+)""", re.IGNORECASE)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# 5; url=https://a.example
REFRESH = re.compile(r"\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?[\"']?(.*)", re.IGNORECASE)
# a.png 1x, b.png 2x
CANDIDATE = re.compile(r"\s*([^\s,]\S*)[^,]*,?")


def find_outside_requests(site_dir: Path, files: Iterable[str], shown: str) -> tuple[Diagnostic, ...]:
    """Return an error for each address of another host that a page or style sheet of `files` loads, by path and line.

    Links that a reader clicks are no requests. Scripts are not read: what they may load, a content policy decides.
    """
    found: list[Diagnostic] = []
    for name in files:
        if name.endswith(".html"):
            requests = _requests_of_page((site_dir / name).read_bytes())
        elif name.endswith(".css"):
            requests = _requests_of_style((site_dir / name).read_text(encoding="utf-8", errors="replace"))
        else:
            continue
        found.extend(
            _outside(Place(path=f"{shown}/{name}", line=line), by, to)
            for line, by, to in requests
            if OUTSIDE.match(to)
        )
    return tuple(found)


Request = tuple[int, str, str]


def _requests_of_page(content: bytes) -> Iterator[Request]:
    """Yield the line, the element and the address of everything that the page loads."""
    root = html.document_fromstring(
        content or b"<html>", parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    for element in root.iter(etree.Element):
        line = cast("int | None", element.sourceline) or 1
        for address in _addresses(element):
            yield line, f"<{element.tag}>", address.replace("\n", "").replace("\t", "")
        styles = [element.get("style", "")]
        if element.tag == "style":
            styles.append(element.text or "")
        for offset, _, address in (each for style in styles for each in _requests_of_style(style)):
            yield line + offset - 1, "a style", address


def _addresses(element: html.HtmlElement) -> Iterator[str]:
    """Yield the addresses that an element loads."""
    tag = str(element.tag).lower()
    if tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
        refresh = REFRESH.match(element.get("content", ""))
        if refresh:
            yield refresh[1]
    if tag == "link" and set(element.get("rel", "").lower().split()) <= SILENT_RELATIONS:
        return
    for attribute in LOADED.get(tag, ()):
        value = element.get(attribute, "")
        if attribute.endswith("srcset"):
            yield from CANDIDATE.findall(value)
        elif value:
            yield value


def _requests_of_style(style: str) -> Iterator[Request]:
    """Yield the line and the address of everything that a style sheet loads."""
    bare = CSS_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), style)
    for match in CSS_ADDRESS.finditer(bare):
        yield bare.count("\n", 0, match.start()) + 1, "a style", match[1]


def _outside(place: Place, by: str, to: str) -> Diagnostic:
    return error(
        place,
        "outside-request",
        f"{by} loads `{to.strip()}` from another host",
        why="the page would not be whole offline, and readers would be seen by that host",
        help="keep a copy in docs/ or site_overrides/, or switch off what asks for it in mkdocs.yml",
    )
