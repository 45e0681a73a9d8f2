"""What the search index of a site is to be made of: which page belongs to which segment, and that to which part.

A page belongs to a segment, which Pagefind indexes by itself, and that to a part, which the browser reads as one index.
Which, follows from the hash of its path and from how many pages there are: a page that is changed, added or removed
touches one segment and one part. Twice as many pages make twice as many of each: then all is indexed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from generator.finish.search_cache import key_of
from generator.finish.search_pages import SearchHead

# Of a site whose pages name none.
FALLBACK_LANGUAGE = "en"
# Facets whose values are pages: shown by that page's title, told apart by its slug.
PAGE_FACETS = {
    "actors": ("actor", "actor"),
    "issues": ("issue", "issue"),
    "publisher": ("publisher", "actor"),
}
# The kind of an actor is shown beside its name; the facet is that of documents.
SHOWN_KIND = "what"
# Of a hash in hexadecimal: enough to tell the parts of a site.
PART_NAME_LENGTH = 12
# Titles of pages by kind and slug.
Titles = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many pages a segment and a part have at most on average.

    Pagefind takes 4 ms and 0.4 MB for a page. The browser reads a file of each part for each word, and takes time by
    the square of the pages of a part that have it.
    """

    segment: int = 128
    part: int = 2048


SIZES = Sizes()


class KnownPage(Protocol):
    """What is known of a page that can be found: a hash of all that it is made from, and its head."""

    @property
    def key(self) -> str:
        """The hash."""
        ...

    @property
    def head(self) -> SearchHead:
        """What other pages know of it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan:
    """A part: its name in the site, empty where it is the only one, and the paths of its pages by segment.

    Segments go by their keys; a key is a hash of all that is made under it.
    """

    key: str
    name: str
    segments: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPlan:
    """An index to be made. `titles` are those that facets show, `key` a hash of what decides on all of it."""

    key: str
    language: str
    titles: Titles
    parts: tuple[PartPlan, ...]


def plan_index(pages: Mapping[str, KnownPage], program: str, sizes: Sizes = SIZES) -> IndexPlan:
    """Return the plan of an index of pages by path; `program` is a hash of what makes it."""
    language = _language_of(page.head for page in pages.values())
    shown = {kind for _, kind in PAGE_FACETS.values()}
    titles = {
        (page.head.kind, page.head.said.get("slug", "")): page.head.title
        for page in pages.values()
        if page.head.kind in shown
    }
    key = key_of(program, language)
    grouped = group_pages(pages, sizes)
    is_only = len(grouped) == 1
    parts = []
    for part in grouped:
        # A segment follows from its pages, and from the names of other pages in their facets.
        segments = {
            key_of(
                key, [(path, pages[path].key, find_facets(pages[path].head, titles)) for path in paths]
            ): paths
            for paths in part
        }
        part_key = key_of(key, is_only, list(segments))
        parts.append(
            PartPlan(key=part_key, name="" if is_only else part_key[:PART_NAME_LENGTH], segments=segments)
        )
    return IndexPlan(key=key, language=language, titles=titles, parts=tuple(parts))


def group_pages(paths: Iterable[str], sizes: Sizes = SIZES) -> list[list[list[str]]]:
    """Return the paths of the pages by part and segment. There are powers of two of both, and at least one."""
    hashed = sorted((int.from_bytes(sha256(path.encode()).digest()[:8]), path) for path in paths)
    parts = _power(len(hashed) / sizes.part)
    segments = max(parts, _power(len(hashed) / sizes.segment))
    grouped: list[list[list[str]]] = [[[] for _ in range(segments // parts)] for _ in range(parts)]
    for number, path in hashed:
        grouped[number % parts][number // parts % (segments // parts)].append(path)
    return [[sorted(segment) for segment in part if segment] for part in grouped if any(part)]


def find_facets(head: SearchHead, titles: Titles) -> dict[str, list[str]]:
    """Return the values of a page by facet. One that is a page is written `title #slug`."""
    facets = {"page": [head.kind]}
    if head.said.get("kind"):
        facets["kind" if head.kind == "document" else SHOWN_KIND] = [head.said["kind"]]
    if head.said.get("years"):
        facets["year"] = head.said["years"].split()
    for said, (facet, kind) in PAGE_FACETS.items():
        slugs = head.said.get(said, "").split()
        if slugs:
            facets[facet] = [f"{titles.get((kind, slug), slug)} #{slug}" for slug in slugs]
    return facets


def _power(least: float) -> int:
    power = 1
    while power < least:
        power *= 2
    return power


def _language_of(heads: Iterable[SearchHead]) -> str:
    """Return the language of most pages: one site is one index, whose words are all stemmed alike."""
    counted = Counter(head.language.lower() for head in heads if head.language)
    return min(counted, key=lambda language: (-counted[language], language), default=FALLBACK_LANGUAGE)
