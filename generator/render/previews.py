"""The previews of one page: what its links lead to, as JSON within a limit of bytes."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple
from urllib.parse import unquote

from generator.recent import Recent
from generator.render.page import Dossier
from generator.render.paths import HOME_PAGE
from generator.render.preview_entries import KEPT_ENTRIES, Entry, EntryMaker
from generator.render.strings import script_json

# As UTF-8. Pages are read over slow lines and from disk, and few readers open more than some previews.
MAX_BYTES = 30_000
# The order in which previews are kept where there are too many, behind what the page's notes cite.
RANKS = {"cited": 0, "actor": 1, "issue": 2, "document": 3, "source": 4, "passage": 5}
# Samples: ](../actors/ann-lee.md#d-1a2b) and href="../actors/ann-lee.html". No text can look so: its brackets and
# quotation marks are escaped. Two, since each begins with words that can be searched for at once.
ADDRESS = r"""([^()\s"]+?)\.(?:md|html)(?:#([^()\s"]+))?[)"]"""
LINK = re.compile(rf"\]\({ADDRESS}")
HREF = re.compile(rf'href="{ADDRESS}')
CITES = 'data-cites="'
CITED = re.compile(rf'\s{CITES}([^"]+)"')


class _Member(NamedTuple):
    """An entry as a member of a JSON object in its two forms, and how many bytes of UTF-8 each takes."""

    short: str
    long: str
    short_bytes: int
    long_bytes: int


class Previews:
    """Makes the previews of pages; an entry that many pages link to is not made for each of them."""

    def __init__(self, dossier: Dossier) -> None:
        self._maker = EntryMaker(dossier)
        self._kinds = dossier.corpus.dossier.record.cards.previews
        self._has_notes = dossier.corpus.dossier.record.cards.notes
        self._members = Recent[tuple[str, str], _Member](KEPT_ENTRIES)
        self._slugs = dossier.slug_of_page

    def of_page(self, path: str, markdown: str) -> str:
        """Return the previews of a page's link targets as JSON by key; empty where there is nothing to preview.

        `markdown` is the finished page at `path` in the docs folder. A key is the target's path below the site's root
        without an ending, and `#` with its id on the page. At most MAX_BYTES of UTF-8: entries are shortened first,
        then those of the last rank are left out.
        """
        entries = self._entries(path, markdown)
        left = MAX_BYTES - len("{}")
        kept: list[str] = []
        # Pages first: what a passage says stands in most notes and backlinks already.
        for is_passage in (False, True):
            group = [
                self._member(key, entry) for key, entry in entries if (entry.kind == "passage") is is_passage
            ]
            fitting, left = _fit(group, left)
            kept += fitting
        return "{" + ",".join(kept) + "}" if kept else ""

    def _member(self, key: str, entry: Entry) -> _Member:
        """Return an entry as a member of a JSON object."""
        return self._members.get((key, entry.kind), partial(_make_member, key, entry))

    def _entries(self, path: str, markdown: str) -> list[tuple[str, Entry]]:
        own = _key_of(path)
        has_cited = self._has_notes and CITES in markdown
        cited = {html.unescape(key) for key in CITED.findall(markdown)} if has_cited else set()
        entries: dict[str, Entry] = {}
        for page, anchor in (*((key, "") for key in sorted(cited)), *_targets(path, markdown)):
            key = f"{page}#{anchor}" if anchor else page
            slug = self._slugs.get(page)
            if key in entries or slug is None or (page == own and key not in cited):
                continue
            entry = self._maker.of_anchor(slug, anchor) if anchor else self._maker.of_page(slug)
            if entry is not None and (entry.kind not in self._kinds or page == own):
                entry = entry.only_cited() if key in cited else None
            if entry is not None:
                entries[key] = entry
        return sorted(entries.items(), key=lambda item: 0 if item[0] in cited else RANKS[item[1].kind])


def _make_member(key: str, entry: Entry) -> _Member:
    short, long = (f"{script_json(key)}:{script_json(form)}" for form in (entry.short, entry.long))
    return _Member(short, long, len(short.encode()), len(long.encode()))


def _key_of(path: str) -> str:
    return "" if path == HOME_PAGE else path.removesuffix(".md")


def _targets(path: str, markdown: str) -> Iterator[tuple[str, str]]:
    """Yield page and id of each link in the Markdown of a page, those to other sites and within the page left out."""
    folder = posixpath.dirname(path)
    links = [(found.start(), found[1], found[2] or "") for found in LINK.finditer(markdown)]
    links.extend(
        (found.start(), found[1], found[2] or "")
        for found in HREF.finditer(markdown)
        if found.start() and markdown[found.start() - 1].isspace()
    )
    # Most links of a page stand on it many times.
    for address, anchor in dict.fromkeys((address, anchor) for _, address, anchor in sorted(links)):
        if "://" not in address:
            yield _target(folder, address), unquote(anchor)


# The inverse of the way from a page to another, which all pages of a folder share.
@lru_cache(maxsize=65536)
def _target(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address)))


def _fit(members: Sequence[_Member], left: int) -> tuple[list[str], int]:
    """Return the first members that fit in `left` bytes in their short form, and what is left then.

    As many of them as then fit, from the first on, are in their long form. Each takes a comma besides.
    """
    kept = []
    for member in members:
        if member.short_bytes >= left:
            break
        left -= member.short_bytes + len(",")
        kept.append(member)
    fitted = []
    for member in kept:
        growth = member.long_bytes - member.short_bytes
        is_long = growth <= left
        left -= growth if is_long else 0
        fitted.append(member.long if is_long else member.short)
    return fitted, left
