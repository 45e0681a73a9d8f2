"""The links and anchors of one page as numbers, so that those of tens of thousands of pages are compared at once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint64]

# <a class="place" href="#s-n0">; a value may hold ">"
TAG = re.compile(r"""<[a-zA-Z](?:[^"'<>]++|"[^"]*+"|'[^']*+')*+>""")
# A tag whose values stand in quotation marks and hold no "=": <a class="actor" href="../actors/ann.html" data-x>
PLAIN_TAG = re.compile(r'<[a-zA-Z0-9]+(?: +[a-zA-Z:_-]+(?:="[^"=]*")?)* ?/?>')
# Its attributes in question.
PLAIN_ATTRIBUTE = re.compile(r' ((?i:href|src|action|poster|data|id))="([^"]*)"')
# Any attribute, its value taken as a whole: title="a src=b"
ANY_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
NAMES = frozenset(("href", "src", "action", "poster", "data", "id"))
# Elements that load what they name, see outside.py.
LOADING = re.compile(
    r"<(?:audio|base|body|embed|feimage|frame|iframe|image|img|input|link|meta|object|script|source|style|track|use|video)\b",
    re.IGNORECASE,
)
# ="https:, =' ftp:
SCHEME = re.compile(r"[=\x00-\x20\"',](?:https?|wss?|ftp):")
# Elements whose content is no markup.
CODE = re.compile(r"<!--.*?-->|(<(script|style)\b[^<>]*>).*?(?=</\2\s*>)", re.DOTALL | re.IGNORECASE)
# mailto:, https://, //host
ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """Numbers of a page's anchors, and of the files and anchors of the site that its links lead to; how many links.

    `count` is that of the links into the site. A number is the same for the same file, or file and anchor, everywhere.
    `may_load`: a glance leaves it open whether the page loads something from another host.
    """

    anchors: Numbers
    targets: Numbers
    count: int
    may_load: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as written, and where it leads: a file below the site's root ("" out of it) and an anchor, or none."""

    address: str
    file: str
    anchor: str


def read_page_links(path: str, content: bytes) -> PageLinks:
    """Return the links of a page at `path` below the site's root."""
    import numpy as np

    tags = _tags(content)
    addresses, ids = _addresses_and_ids(tags)
    targets = {number_of(name) for link in _links(path, set(addresses)) for name in names_of(link)}
    anchors = {number_of(f"{path}#{anchor}") for anchor in (*ids, *_names(tags))}
    return PageLinks(
        anchors=np.fromiter(sorted(anchors), dtype=np.uint64, count=len(anchors)),
        targets=np.fromiter(sorted(targets), dtype=np.uint64, count=len(targets)),
        count=sum(1 for address in addresses if not ELSEWHERE.match(address)),
        may_load=any(_may_load(tag) for tag in tags if LOADING.match(tag) or "style" in tag.lower()),
    )


def find_links(path: str, content: bytes) -> Iterator[Link]:
    """Yield the links of a page that lead into the site, or out of its folder, in the order of the page."""
    return _links(path, _addresses_and_ids(_tags(content))[0])


def find_anchors(content: bytes) -> frozenset[str]:
    """Return the anchors of a page."""
    tags = _tags(content)
    return frozenset((*_addresses_and_ids(tags)[1], *_names(tags)))


def _links(path: str, addresses: Iterable[str]) -> Iterator[Link]:
    folder = posixpath.dirname(path)
    for address in addresses:
        if not ELSEWHERE.match(address):
            file, anchor = _resolve(folder, address)
            yield Link(address=address, file=path if file == "." else file, anchor=anchor)


def names_of(link: Link) -> tuple[str, ...]:
    """Return what must be there for a link not to be dead: the file, and the anchor in it."""
    return (link.file, f"{link.file}#{link.anchor}") if link.anchor else (link.file,)


def number_of(name: str) -> int:
    """Return the number of a file, or of a file and an anchor: 64 bits of its BLAKE2b."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _tags(content: bytes) -> list[str]:
    """Return the opening tags of a page."""
    return TAG.findall(CODE.sub(r"\1", content.decode("utf-8", "replace")))


def _may_load(tag: str) -> bool:
    """Return whether an element that loads things may do so from elsewhere; in doubt, it may."""
    lowered = unescape(tag).lower()
    if lowered.startswith("<meta"):
        return "refresh" in lowered
    # Media queries hold colons, addresses of other hosts slashes as well.
    return any(sign in lowered for sign in ("//", "\\", "style=", "style =", "<style")) or bool(
        SCHEME.search(lowered)
    )


def _addresses_and_ids(tags: Sequence[str]) -> tuple[list[str], list[str]]:
    addresses: list[str] = []
    ids: list[str] = []
    for name, value in _attributes(tags):
        if name.lower() == "id":
            ids.append(unescape(value))
        else:
            addresses.append(unescape(value).strip())
    return addresses, ids


def _attributes(tags: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield name and value of the attributes in question."""
    plain = [tag for tag in tags if PLAIN_TAG.fullmatch(tag)]
    yield from PLAIN_ATTRIBUTE.findall("\n".join(plain))
    known = frozenset(plain)
    for tag in tags:
        if tag not in known:
            for name, *values in ANY_ATTRIBUTE.findall(tag):
                if name.lower() in NAMES:
                    yield name, values[0] or values[1] or values[2]


def _names(tags: Sequence[str]) -> list[str]:
    """Return the names of the elements `<a name=…>`, which are anchors as well."""
    named = [tag for tag in tags if tag[:2].lower() == "<a" and tag[2:3].isspace() and "name" in tag.lower()]
    return [
        unescape(a or b or c)
        for tag in named
        for name, a, b, c in ANY_ATTRIBUTE.findall(tag)
        if name.lower() == "name"
    ]


@lru_cache(maxsize=65536)
def _resolve(folder: str, address: str) -> tuple[str, str]:
    """Return the file and the anchor that an address in a folder of the site leads to; `.` is the page itself.

    The file is "" where the address leads out of the site. HTML standard, section 7.4.6.4: `top` is no anchor.
    """
    place, _, fragment = address.partition("#")
    anchor = unquote(fragment).partition(":~:")[0]
    anchor = "" if anchor.lower() == "top" else anchor
    path = unquote(place.partition("?")[0])
    if not path:
        return ".", anchor
    file = posixpath.normpath(posixpath.join(folder, path))
    if file.startswith(("../", "/")) or file == "..":
        return "", anchor
    return (posixpath.normpath(f"{file}/index.html") if path.endswith("/") or file == "." else file), anchor
