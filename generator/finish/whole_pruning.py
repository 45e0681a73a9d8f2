"""What paper does not need is taken out of an article: ways through the site, controls, what is said elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from lxml import etree, html

DROPPED_TAGS = frozenset(
    ("button", "dialog", "form", "input", "link", "meta", "nav", "noscript", "script", "select", "style", "svg",
     "template", "textarea")
)  # fmt: skip
# Of parts that every page has its share of, the whole has one: the counts, the lists of the home page.
DROPPED_CLASSES = frozenset(
    ("all", "cite", "contents", "counts", "crumbs", "front-start", "glance", "headerlink", "hint", "in-time", "named",
     "note-back", "reading-tools", "subtitle", "to-print")
)  # fmt: skip
# Their pictures and legends.
PICTURES = ("network", "timeline")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
KEPT_DATA: frozenset[str] = frozenset(("data-label",))


def prune(article: html.HtmlElement) -> None:
    """Take out of a page's article what only a screen or a single page needs, and headings that this leaves alone."""
    for element in list(article.iter(etree.Element)):
        if _is_dropped(element):
            drop(element)
    for item in reversed(list(article.iter("dt", "dd"))):
        is_empty = item.tag == "dd" and len(item) == 0 and not (item.text or "").strip()
        if is_empty or (item.tag == "dt" and (item.getnext() is None or item.getnext().tag != "dd")):
            drop(item)
    for comment in list(article.iter(etree.Comment)):
        drop(comment)
    for element in article.iter(etree.Element):
        if element.tag == "details":
            element.set("open", "open")
        if element.tag == "section":
            # Each page has sections of the same names: as landmarks they could not be told apart.
            for name in ("aria-label", "aria-labelledby", "role"):
                element.attrib.pop(name, None)
        for name in [
            name for name in element.attrib if str(name).startswith("data-") and name not in KEPT_DATA
        ]:
            del element.attrib[name]
    _drop_lone_headings(article)


def shorten_ledgers(article: html.HtmlElement, kind: str, number_of: Callable[[str], str]) -> None:
    """Shorten the ledgers of an issue to who said what and where, those of an actor to where: all is in the documents.

    `number_of` gives the number of the statement that a link leads to, or "".
    """
    if kind not in ("actor", "issue"):
        return
    for place in article.iterfind(".//span[@class='source-place']"):
        for link in place.iterfind("a"):
            number = number_of(link.get("href", ""))
            if number:
                link.text = number
    for ledger in [each for each in article.iter("div") if has_class(each, "ledger")]:
        if kind == "actor":
            _replace(ledger, _list_places(ledger))
        else:
            for element in list(ledger.iter(etree.Element)):
                if not {"statement-note", "state", "issues"}.isdisjoint(_classes(element)):
                    drop(element)
    _drop_unmarked_notes(article)
    _drop_lone_headings(article)


def statement_numbers(article: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the id of each statement of a document and its number in brackets."""
    for link in article.iter("a"):
        if has_class(link, "statement-number"):
            yield unquote(link.get("href", "").removeprefix("#")), link.text_content()


def has_class(element: html.HtmlElement, name: str) -> bool:
    """Return whether the element is of a class."""
    return name in _classes(element)


def drop(element: html.HtmlElement) -> None:
    """Take an element out; the words that follow it stay."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    previous = element.getprevious()
    if tail and previous is not None:
        previous.tail = (previous.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _classes(element: html.HtmlElement) -> frozenset[str]:
    return frozenset(element.get("class", "").split())


def _is_dropped(element: html.HtmlElement) -> bool:
    classes = _classes(element)
    if "backlinks" in classes:
        return _is_link_list(element)
    is_picture = any(name.startswith(PICTURES) for name in classes)
    return element.tag in DROPPED_TAGS or is_picture or not DROPPED_CLASSES.isdisjoint(classes)


def _is_link_list(element: html.HtmlElement) -> bool:
    """Return whether backlinks are those of "What links here", not the uses of a source."""
    return any(sibling.get("id") == "backlinks" for sibling in element.itersiblings("h2", preceding=True))


def _list_places(ledger: html.HtmlElement) -> html.HtmlElement:
    """Return the places of a ledger's statements by document: a line for each, as in the index of a book."""
    places: dict[str, tuple[html.HtmlElement, dict[str, html.HtmlElement]]] = {}
    for place in ledger.iterfind(".//span[@class='source-place']"):
        document, *passages = place.findall("a")
        _, listed = places.setdefault(document.get("href", ""), (document, {}))
        for passage in passages:
            listed.setdefault(passage.get("href", ""), passage)
    whole = html.Element("ul", {"class": "whole-places"})
    for document, listed in places.values():
        item = etree.SubElement(whole, "li")
        item.append(document)
        document.tail = " "
        for number, passage in enumerate(listed.values(), start=1):
            item.append(passage)
            passage.tail = ", " if number < len(listed) else ""
    return whole


def _replace(element: html.HtmlElement, by: html.HtmlElement) -> None:
    parent = element.getparent()
    assert parent is not None
    by.tail = element.tail
    parent.replace(element, by)


def _drop_unmarked_notes(article: html.HtmlElement) -> None:
    """Take out notes whose every mark is gone."""
    marked = {link.get("href", "") for link in article.iter("a")}
    for note in [each for each in article.iter("li") if has_class(each, "note")]:
        if f"#{note.get('id')}" not in marked:
            drop(note)
    for section in [each for each in article.iter("section") if has_class(each, "endnotes")]:
        if section.find(".//li") is None:
            drop(section)


def _drop_lone_headings(root: html.HtmlElement) -> None:
    """Take out headings that nothing follows but a heading of their own level or a higher one, from the last on."""
    for container in [root, *root.iter("section", "div")]:
        following: html.HtmlElement | None = None
        for child in reversed(list(_elements(container))):
            is_lone = following is None or (following.tag in HEADINGS and following.tag <= child.tag)
            if child.tag in HEADINGS[1:] and is_lone:
                drop(child)
            else:
                following = child


def _elements(container: html.HtmlElement) -> Iterable[html.HtmlElement]:
    return (child for child in container if isinstance(child.tag, str))
