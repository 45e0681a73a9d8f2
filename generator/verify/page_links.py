"""The links and anchors of one page as numbers, so that those of tens of thousands of pages are compared at once."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
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
TAG = re.compile(r"""<[a-zA-Z][^"'<>]*+(?:"[^"]*+"[^"'<>]*+|'[^']*+'[^"'<>]*+)*>""")
# A tag whose values stand in quotation marks and hold no "=": <a class="actor" href="../actors/ann.html" data-x>
PLAIN_TAG = re.compile(r'<[a-zA-Z0-9]+(?: +[a-zA-Z:_-]+(?:="[^"=]*")?)* ?/?>')
# Tags like that in a row, of elements that load nothing and whose anchor is an id; or one other tag.
TAGS_IN_A_ROW = re.compile(
    r"(?:<(?:a|span|li|p|div|td|th|tr|ul|ol|dl|dt|dd|h[1-6]|sup|b|i|em|strong|q|cite|time|small|section|nav|article"
    r"|header|footer|main|aside|details|summary|label|button|blockquote|figure|table|thead|tbody|code|mark|bdi|pre)"
    r'(?: +(?!name=|style=)[a-z-]++(?:="[^"=]*+")?)* ?>)+'
    rf"|({TAG.pattern})"
)
# Their ids and addresses.
IDS = re.compile(r' id="([^"]*+)')
LINKED = re.compile(r' (?:href|src|action|poster|data)="([^"]*+)')
# The attributes in question of a plain tag.
PLAIN_ATTRIBUTE = re.compile(r' ((?i:href|src|action|poster|data|id))="([^"]*)"')
# The same of a link, whose name is an anchor.
PLAIN_NAMED = re.compile(r' ((?i:href|src|action|poster|data|id|name))="([^"]*)"')
# Any attribute, its value taken as a whole: title="a src=b"
ANY_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
ADDRESSES = frozenset(("href", "src", "action", "poster", "data"))
# Elements that load what they name, see outside.py.
LOADING = re.compile(
    r"<(?:audio|base|body|embed|feimage|frame|iframe|image|img|input|link|meta|object|script|source|style|track|use|video)\b",
    re.IGNORECASE,
)
# ="https:, =' ftp:
SCHEME = re.compile(r"[=\x00-\x20\"',](?:https?|wss?|ftp):")
# What begins a comment, or an element whose content is no markup.
CODE = re.compile(r"<(?:!--|(script|style)\b[^<>]*>)", re.IGNORECASE)
CODE_ENDS = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style")}
# mailto:, https://, //host
ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
# In the place of a file: the page on which the link stands.
ITSELF = "."


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
class _Tag:
    """What an opening tag says: addresses that lead into the site or out of its folder, and anchors."""

    addresses: tuple[str, ...]
    anchors: tuple[str, ...]
    may_load: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as written, and where it leads: a file below the site's root ("" out of it) and an anchor, or none."""

    address: str
    file: str
    anchor: str


def read_page_links(path: str, content: bytes) -> PageLinks:
    """Return the links of a page at `path` below the site's root."""
    import numpy as np

    folder = posixpath.dirname(path)
    addresses, anchors, may_load = _read_tags("".join(_tags(content)))
    own = number_of(path)
    targets: set[int] = set()
    for address in addresses:
        place, _, fragment = address.partition("#")
        anchor = _anchor_of(fragment)
        file, number = _file_of(folder, place)
        targets.add(own if file == ITSELF else number)
        if anchor:
            targets.add(number_of(f"{path if file == ITSELF else file}#{anchor}"))
    numbers = {number_of(f"{path}#{anchor}") for anchor in anchors}
    return PageLinks(
        anchors=np.fromiter(sorted(numbers), dtype=np.uint64, count=len(numbers)),
        targets=np.fromiter(sorted(targets), dtype=np.uint64, count=len(targets)),
        count=addresses.total(),
        may_load=may_load,
    )


def _read_tags(tags: str) -> tuple[Counter[str], set[str], bool]:
    """Return the addresses in some tags, the anchors, and whether one of the tags may load something from elsewhere.

    Most tags are plain: all of them are read at once.
    """
    rows: list[str] = []
    others: list[_Tag] = []
    for row in TAGS_IN_A_ROW.finditer(tags):
        if row[1] is None:
            rows.append(row[0])
        else:
            others.append(_read_tag(row[1]))
    plain = "".join(rows)
    addresses: Counter[str] = Counter()
    for written, times in Counter(LINKED.findall(plain)).items():
        address = unescape(written).strip()
        if not ELSEWHERE.match(address):
            addresses[address] += times
    anchors = {unescape(written) for written in IDS.findall(plain)}
    for tag in others:
        addresses.update(tag.addresses)
        anchors.update(tag.anchors)
    return addresses, anchors, any(tag.may_load for tag in others)


def find_links(path: str, content: bytes) -> Iterator[Link]:
    """Yield the links of a page that lead into the site, or out of its folder, in the order of the page."""
    folder = posixpath.dirname(path)
    for written in _tags(content):
        for address in _read_tag(written).addresses:
            file, anchor = _resolve(folder, address)
            yield Link(address=address, file=path if file == ITSELF else file, anchor=anchor)


def find_anchors(content: bytes) -> frozenset[str]:
    """Return the anchors of a page."""
    return frozenset(anchor for written in _tags(content) for anchor in _read_tag(written).anchors)


def names_of(link: Link) -> tuple[str, ...]:
    """Return what must be there for a link not to be dead: the file, and the anchor in it."""
    return _names(link.file, link.anchor)


def _names(file: str, anchor: str) -> tuple[str, ...]:
    return (file, f"{file}#{anchor}") if anchor else (file,)


def number_of(name: str) -> int:
    """Return the number of a file, or of a file and an anchor: 64 bits of its BLAKE2b."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _tags(content: bytes) -> list[str]:
    """Return the opening tags of a page."""
    return TAG.findall(_without_code(content.decode("utf-8", "replace")))


def _without_code(page: str) -> str:
    """Return a page without its comments and without what stands in `<script>` and `<style>`."""
    pieces: list[str] = []
    kept = 0
    while (opened := CODE.search(page, kept)) is not None:
        if opened[1] is None:
            start, end = opened.start(), page.find("-->", opened.end())
            end = end + len("-->") if end >= 0 else -1
        else:
            start = opened.end()
            closed = CODE_ENDS[opened[1].lower()].search(page, start)
            end = closed.start() if closed is not None else -1
        if end < 0:
            # It is never closed: read as if it were none.
            start = end = opened.start() + 1
        pieces.append(page[kept:start])
        kept = end
    return "".join((*pieces, page[kept:]))


@lru_cache(maxsize=4096)
def _read_tag(written: str) -> _Tag:
    """Return what an opening tag says. Those that are not plain are those of other pages as well, for the most part."""
    name = written[1:3].lower()
    is_link = name[:1] == "a" and name[1:].isspace()
    if not PLAIN_TAG.fullmatch(written):
        found = [(name.lower(), a or b or c) for name, a, b, c in ANY_ATTRIBUTE.findall(written)]
    elif is_link and "name" in written.lower():
        found = [(name.lower(), value) for name, value in PLAIN_NAMED.findall(written)]
    else:
        found = [(name.lower(), value) for name, value in PLAIN_ATTRIBUTE.findall(written)]
    addresses = (unescape(value).strip() for name, value in found if name in ADDRESSES)
    return _Tag(
        addresses=tuple(address for address in addresses if not ELSEWHERE.match(address)),
        anchors=tuple(
            unescape(value) for name, value in found if name == "id" or (is_link and name == "name")
        ),
        may_load=bool(LOADING.match(written) or "style" in written.lower()) and _may_load(written),
    )


def _may_load(tag: str) -> bool:
    """Return whether an element that loads things may do so from elsewhere; in doubt, it may."""
    lowered = unescape(tag).lower()
    if lowered.startswith("<meta"):
        return "refresh" in lowered
    # Media queries hold colons, addresses of other hosts slashes as well.
    return any(sign in lowered for sign in ("//", "\\", "style=", "style =", "<style")) or bool(
        SCHEME.search(lowered)
    )


def _resolve(folder: str, address: str) -> tuple[str, str]:
    """Return the file and the anchor that an address in a folder of the site leads to, or the page ITSELF.

    The file is "" where the address leads out of the site.
    """
    place, _, fragment = address.partition("#")
    return _file_of(folder, place)[0], _anchor_of(fragment)


def _anchor_of(fragment: str) -> str:
    """Return the anchor that a fragment means. HTML standard, section 7.4.6.4: `top` is none."""
    anchor = unquote(fragment).partition(":~:")[0]
    return "" if anchor.lower() == "top" else anchor


# Most pages link to many places of few others.
@lru_cache(maxsize=65536)
def _file_of(folder: str, place: str) -> tuple[str, int]:
    """Return the file that an address without its fragment leads to, as `_resolve` does, and its number."""
    path = unquote(place.partition("?")[0])
    if not path:
        return ITSELF, 0
    file = posixpath.normpath(posixpath.join(folder, path))
    if file.startswith(("../", "/")) or file == "..":
        file = ""
    elif path.endswith("/") or file == ".":
        file = posixpath.normpath(f"{file}/index.html")
    return file, number_of(file)
