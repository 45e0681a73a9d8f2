"""What search sees of a built page: its words by place, its facets, nothing of its furniture.

Built pages say of themselves in `<meta name="dossier-…">` what they are (render/facets.py writes them, main.html sets
them); their words are those of the `<article>`. Only what stands in the built page can be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from urllib.parse import quote

from lxml import html

from generator.text.search_words import write_search_words

PREFIX = "dossier-"
# A page that is found by its name alone: its words stand on other pages, to which it leads.
INDEX_PAGE = "index"
# Said by a page that is not to be found: the search page itself. One that repeats others has `robots: noindex`.
NOT_SEARCHED = "none"
OTHER_PAGE = "page"
# The attribute is Pagefind's own for "not in the index"; the other is that of the theme's former search.
IGNORED_ATTRIBUTES = frozenset(("data-pagefind-ignore", "data-search-exclude"))
IGNORED_TAGS = frozenset(
    (
        "nav", "script", "style", "noscript", "template", "svg", "form", "button", "dialog", "textarea",
        "select", "summary",
    )
)  # fmt: skip
# Furniture: numbers and marks between the words, ways back, states, and lists of names with counts.
IGNORED_CLASSES = frozenset(
    (
        "all", "annotation-mark", "contents", "count", "counts", "document-line", "hint", "label", "named",
        "note-back", "note-label", "note-mark", "passage-number", "place", "repairs", "source-place", "state",
        "statement-date", "statement-foot", "statement-number", "storyline", "tally",
    )
)  # fmt: skip
# On a page that is none of a record: what it lists stands on the pages of the documents.
LISTED_CLASSES = frozenset(("gaps", "rights"))
# Links of a record that are facets of the page.
FACET_LINKS = frozenset(("document", "issue"))
# fn:some-page-c-ab: an editors' citation. Its words are those of the passage cited, which is found where it stands.
NOTE_ID = "fn:"
CITATION_NOTE = re.compile(r"fn:.*-c-[a-z]+")
BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt",
        "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
# The words of documents are the evidence: they come before what the editors say of them, and that before introductions.
SOURCE_CLASSES = frozenset(("quotation", "transcription"))
SOURCE_WEIGHT, PAGE_WEIGHT = 3, 0.5
RECORD = "record"
# h-1a2b3c4d: a heading of a text, see text/ids.py
OWN_HEADING = "h-"
NO_CLASSES: frozenset[str] = frozenset()
# Samples of ids that are no place to open: fnref:…, the mark of a note.
NO_PLACE = ("fnref:",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words stand: the id to open (empty: the top of the page), and what a reader calls the place."""

    id: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Words that follow each other on the page, and so may be one phrase. `is_source`: they are a document's own."""

    place: Place
    words: str
    is_source: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHead:
    """A page as the others know it. `said` holds what it says of itself, by the name after `dossier-`."""

    title: str
    language: str
    said: Mapping[str, str]

    @property
    def kind(self) -> str:
        """The kind of page: `document`, `actor`, `issue`, `source` or `page`."""
        said = self.said.get("page", OTHER_PAGE)
        return OTHER_PAGE if said == INDEX_PAGE else said


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A page as it is indexed: its head and its words."""

    head: SearchHead
    blocks: tuple[Block, ...]


def search_page_of(page: bytes) -> SearchPage | None:
    """Return what search sees of a built page, or None for one that is not to be found."""
    root = html.document_fromstring(
        page or b"<html>", parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    said = {
        str(meta.get("name")).removeprefix(PREFIX): str(meta.get("content", ""))
        for meta in root.iter("meta")
        if str(meta.get("name", "")).startswith(PREFIX)
    }
    is_hidden = any(
        meta.get("name") == "robots" and "noindex" in meta.get("content", "") for meta in root.iter("meta")
    )
    article = next(root.iter("article"), None)
    if article is None or is_hidden or said.get("page") == NOT_SEARCHED or _is_ignored(article):
        return None
    heading = next(article.iter("h1"), None)
    title = _text(heading) if heading is not None else ""
    if not title:
        title = " ".join((root.findtext(".//title") or "").split())
    page_kind = said.get("page", OTHER_PAGE)
    blocks = (
        []
        if page_kind == INDEX_PAGE
        else list(_Reader(article, kind=page_kind, is_generated=bool(said)).blocks())
    )
    if not blocks:
        # Pagefind leaves out a page without words.
        blocks = [Block(place=Place(), words=title)]
    head = SearchHead(title=title, language=root.get("lang", "") or "", said=said)
    return SearchPage(head=head, blocks=tuple(blocks))


def write_search_page(page: SearchPage, facets: Mapping[str, Sequence[str]], language: str) -> str:
    """Return the page as HTML for Pagefind: words, places and facets (name to values).

    Every word is one that Pagefind takes for one, see `text/search_words.py`. A place stands before its words as the id
    of an empty element, `id|label|source`, percent-encoded; the last is `1` where the words are a document's own.
    """
    parts = [f'<!doctype html><html lang="{escape(language)}"><body>\n']
    head = page.head
    known = {
        "title": write_search_words(head.title) or head.title,
        "alias": write_search_words(head.said.get("aliases", "")),
        "when": head.said.get("when", ""),
    }
    parts += [_hidden("meta", name, value) for name, value in known.items() if value]
    parts += [_hidden("filter", name, value) for name, values in sorted(facets.items()) for value in values]
    for block in page.blocks:
        words = write_search_words(block.words)
        if words:
            place = f"{quote(block.place.id, safe=':-._')}|{quote(block.place.label, safe='')}|{int(block.is_source)}"
            weight = SOURCE_WEIGHT if block.is_source else PAGE_WEIGHT if head.kind == OTHER_PAGE else 1
            parts.append(f'<a id="{place}"></a> <b data-pagefind-weight="{weight}">{escape(words)}</b>\n')
    return "".join([*parts, "</body></html>\n"])


def _hidden(use: str, name: str, value: str) -> str:
    return f'<i data-pagefind-ignore data-pagefind-{use}="{name}">{escape(value)}</i>\n'


@dataclass(slots=True)
class _Reader:
    """Walks an article once, in the order of the page."""

    article: html.HtmlElement
    kind: str
    is_generated: bool
    _words: list[str] = field(default_factory=list)
    _place: Place = field(default_factory=Place)
    _section: str = ""
    _done: list[Block] = field(default_factory=list)
    _has_transcription: bool = False
    _is_source: bool = False

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks with words in them."""
        self._has_transcription = any("transcription" in _classes(div) for div in self.article.iter("div"))
        self._walk(self.article)
        self._flush()
        yield from self._done

    def _flush(self) -> None:
        words = " ".join("".join(self._words).split())
        self._words.clear()
        if words:
            self._done.append(Block(place=self._place, words=words, is_source=self._is_source))

    def _walk(self, element: html.HtmlElement) -> None:
        is_block = element.tag in BLOCKS
        outer, was_source = self._place, self._is_source
        if is_block:
            self._flush()
            self._is_source = was_source or not SOURCE_CLASSES.isdisjoint(_classes(element))
            self._enter(element)
            # "Digest", "Text" and the like head every page: they name places, but are no words of it.
            if (
                element.tag in HEADINGS
                and self.is_generated
                and not element.get("id", "").startswith(OWN_HEADING)
            ):
                return
        words = self._words
        if element.text:
            words.append(element.text)
        for child in element:
            # Comments and processing instructions have no name for a tag.
            if isinstance(child.tag, str) and not self._is_left_out(child):
                if child.tag == "br":
                    words.append(" ")
                self._walk(child)
            if child.tail:
                words.append(child.tail)
        if is_block:
            self._flush()
            self._is_source = was_source
            # What follows a heading stands in its section.
            if element.tag not in HEADINGS:
                self._place = outer

    def _enter(self, element: html.HtmlElement) -> None:
        identity = element.get("id", "")
        if element.tag in HEADINGS:
            self._section = _text(element)
        if element.tag == "dd":
            term = element.getprevious()
            while term is not None and term.tag != "dt":
                term = term.getprevious()
            if term is not None:
                self._place = Place(id=self._place.id, label=_text(term))
        if identity and not identity.startswith(NO_PLACE):
            self._place = Place(id=identity, label=_label(element, self._section))

    def _is_left_out(self, element: html.HtmlElement) -> bool:
        if _is_ignored(element) or element.tag in ("h1", "dt"):
            return True
        identity = element.get("id")
        if identity and identity.startswith(NOTE_ID) and CITATION_NOTE.fullmatch(identity):
            return True
        classes = _classes(element)
        if not classes:
            return False
        # The words of a quotation stand in the text above; a reader is led there.
        if self._has_transcription and "quotation" in classes:
            return True
        if self.kind == OTHER_PAGE and not LISTED_CLASSES.isdisjoint(classes):
            return True
        return self._place.id == RECORD and element.tag == "a" and not FACET_LINKS.isdisjoint(classes)


def _is_ignored(element: html.HtmlElement) -> bool:
    if element.tag in IGNORED_TAGS:
        return True
    names = element.keys()
    return bool(names) and (
        not IGNORED_ATTRIBUTES.isdisjoint(names) or not IGNORED_CLASSES.isdisjoint(_classes(element))
    )


def _label(element: html.HtmlElement, section: str) -> str:
    """Return what a reader calls a place: `¶4`, `Annotation 3`, `Notes 7`, or else its section."""
    if element.tag in HEADINGS:
        return _text(element)
    for inner in element.iter("a", "span"):
        classes = _classes(inner)
        words = "".join(inner.itertext()).strip()
        if "passage-number" in classes:
            return words
        if "statement-number" in classes:
            return inner.get("aria-label") or words
        if "note-label" in classes:
            return f"{section} {words}".strip()
    return section


def _classes(element: html.HtmlElement) -> frozenset[str]:
    written = element.get("class")
    return _split(written) if written else NO_CLASSES


@lru_cache(maxsize=1024)
def _split(written: str) -> frozenset[str]:
    return frozenset(written.split())


def _text(element: html.HtmlElement) -> str:
    """Return the words of an element without its furniture, on one line."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_ignored(child):
            yield from _pieces(child)
        yield child.tail or ""
