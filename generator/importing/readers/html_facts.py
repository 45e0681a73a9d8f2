"""What a page states about itself in its head, its JSON-LD and its `<time>`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from generator.importing.model import Fact
from generator.importing.readers.html_tree import line_of, words_of

# The names of meta elements by what they say, the most exact first.
META = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title", "headline"),
    "date": (
        "article:published_time", "citation_publication_date", "citation_date", "citation_online_date",
        "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "datepublished",
        "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publication_date", "date",
    ),
    "publisher": ("og:site_name", "citation_publisher", "citation_journal_title", "dc.publisher", "dcterms.publisher"),
    "author": ("citation_author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "author"),
    "url": ("og:url",),
    "language": ("og:locale", "dc.language", "content-language"),
}  # fmt: skip
KEYS = ("title", "date", "publisher", "author", "language", "url")
# 2018-05-14T09:00:00Z   2018/05/14   20180514
DATE = re.compile(r"(\d{4})([-/]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
# 2018-05   2018
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
# en   pt-BR   zh_Hant_TW
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
# What schema.org calls a thing that has a date of publication.
WORKS = re.compile(r"Article|Posting|WebPage|Report|Legislation|CreativeWork|Book|Statement")
# More things than any page describes, and a bound on a hostile one.
MAX_THINGS = 5000
MAX_VALUE_CP = 500


def find_facts(root: etree._Element) -> tuple[Fact, ...]:
    """Return what the page states, each value of a key once, the most exact source first.

    `url` is its canonical address, where it states one. Nothing is taken from the text proper but a document's first
    `<h1>` and the first `<time>`.
    """
    facts = [*_from_meta(root), *_from_json(root), *_from_elements(root)]
    seen = set()
    unique = []
    for fact in facts:
        if (fact.key, fact.value) not in seen:
            seen.add((fact.key, fact.value))
            unique.append(fact)
    return tuple(sorted(unique, key=lambda fact: KEYS.index(fact.key)))


def iso_date(words: str) -> str:
    """Return the date that words in a machine's form begin with, as YYYY-MM-DD, YYYY-MM or YYYY; else ""."""
    words = words.strip()
    match = DATE.match(words)
    if match:
        return f"{match[1]}-{match[3]}-{match[4]}"
    partial = PARTIAL_DATE.fullmatch(words)
    return words if partial else ""


def make_fact(key: str, words: str, line: int) -> Iterator[Fact]:
    """Yield the fact that the words state, unless they are none for this key."""
    words = " ".join(words.split())[:MAX_VALUE_CP]
    value = words
    if key == "date":
        value = iso_date(words)
    elif key == "language":
        value = words.replace("_", "-") if LANGUAGE.fullmatch(words) else ""
    elif key == "url" or words.startswith(("http://", "https://")):
        # Some sites name an author by the address of a page.
        value = words if key == "url" and words.startswith(("http://", "https://")) else ""
    if value:
        yield Fact(key=key, value=value, line=line, words=words)


def _from_meta(root: etree._Element) -> Iterator[Fact]:
    stated: dict[str, list[tuple[str, int]]] = {}
    for meta in root.iter("meta"):
        name = (
            meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or ""
        )
        content = meta.get("content")
        if content:
            stated.setdefault(name.strip().casefold(), []).append((content, line_of(meta)))
    language = root.get("lang") or root.get("xml:lang")
    if language:
        yield from make_fact("language", language, line_of(root))
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").casefold().split():
            yield from make_fact("url", link.get("href") or "", line_of(link))
    for key, names in META.items():
        for name in names:
            for content, line in stated.get(name, ()):
                yield from make_fact(key, content, line)


def _from_elements(root: etree._Element) -> Iterator[Fact]:
    in_document = (h for part in root.iter("article", "main") for h in part.iter("h1"))
    heading = next((h for h in chain(in_document, root.iter("h1")) if words_of(h)), None)
    if heading is not None:
        yield from make_fact("title", words_of(heading), line_of(heading))
    # An <svg> has a title as well.
    title = next((t for t in root.iter("title") if (p := t.getparent()) is not None and p.tag != "svg"), None)
    if title is not None:
        yield from make_fact("title", words_of(title), line_of(title))
    time = next((t for t in root.iter("time") if iso_date(t.get("datetime") or "")), None)
    if time is not None:
        yield from make_fact("date", time.get("datetime") or "", line_of(time))


def _from_json(root: etree._Element) -> Iterator[Fact]:
    for script in root.iter("script"):
        if (script.get("type") or "").strip().casefold() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            # A broken description of the page says nothing of it.
            continue
        for thing in _works(value):
            yield from _facts_of_work(thing, line_of(script))


def _works(value: object) -> Iterator[dict[str, object]]:
    """Yield the works that JSON-LD describes, outermost first."""
    queue = [value]
    for _ in range(MAX_THINGS):
        if not queue:
            return
        thing = queue.pop(0)
        if isinstance(thing, list):
            queue.extend(thing)
        elif isinstance(thing, dict):
            if WORKS.search(str(thing.get("@type", ""))):
                yield thing
            queue.extend(thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing)


def _facts_of_work(thing: dict[str, object], line: int) -> Iterator[Fact]:
    for key, name in (("title", "headline"), ("date", "datePublished"), ("language", "inLanguage")):
        value = thing.get(name)
        if isinstance(value, str):
            yield from make_fact(key, value, line)
    for key in ("publisher", "author"):
        for words in _names(thing.get(key)):
            yield from make_fact(key, words, line)


def _names(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name
