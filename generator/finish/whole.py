"""The page that holds the whole dossier, to print: the articles of the built pages, in the order of its contents."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lxml import etree, html

from generator.finish.whole_links import Address, Whole
from generator.finish.whole_pruning import drop, has_class, prune, shorten_ledgers, statement_numbers

PAGES = ("whole.html", "whole/index.html")
# <nav class="whole-contents" aria-label="Contents"> … </nav>, as templates/whole.md.j2 writes it
CONTENTS = re.compile(r'<nav\b[^>]*\bclass="whole-contents"[^>]*>.*?</nav>', re.DOTALL)
HOME_PAGE = "index.html"
LOWEST_HEADING = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pages under one title; a page that is a group of its own has its title as heading already."""

    title: str
    pages: tuple[tuple[str, str], ...]


def write_whole(site: Path) -> None:
    """Put the pages that the contents of `whole.html` list into it; nothing where a site has no such page.

    What is only for a screen is left out. Ids are those of the pages, each after its page's path, so that none clash;
    links between the pages lead to them. A page that holds them already stays as it is.
    """
    for path in (site / name for name in PAGES):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            path.write_text(
                join_pages(text, path.relative_to(site).as_posix(), site), encoding="utf-8", newline=""
            )


def join_pages(text: str, path: str, site: Path) -> str:
    """Return the page `path` of a site with the pages of its contents below them."""
    written = CONTENTS.search(text)
    if written is None or '<div class="whole-page' in text:
        return text
    contents = html.fragment_fromstring(written[0])
    groups = list(_read_groups(contents, path))
    articles = {}
    for group in groups:
        for page, kind in group.pages:
            article = _read_article(site / page)
            if article is not None:
                prune(article)
                articles[page] = (article, kind)
    numbers = {
        Address(page=page, anchor=anchor): number
        for page, (article, _) in articles.items()
        for anchor, number in statement_numbers(article)
    }
    for page, (article, kind) in articles.items():
        shorten_ledgers(article, kind, partial(_number_at, numbers, page))
    whole = Whole(path=path, articles={page: article for page, (article, _) in articles.items()})
    whole.rewrite_links(contents)
    whole.rename_ids(contents)
    sections = "\n".join(_write_group(group, articles) for group in groups)
    return "".join((text[: written.start()], _write(contents), "\n", sections, text[written.end() :]))


def _number_at(numbers: Mapping[Address, str], page: str, href: str) -> str:
    return numbers.get(Address.read(href, page), "")


def _read_groups(contents: html.HtmlElement, path: str) -> Iterator[Group]:
    for item in contents.iterfind("ol/li"):
        links = [
            (Address.read(link.get("href", ""), path).page, link.get("class", "")) for link in item.iter("a")
        ]
        inner = item.find("ol")
        title = "" if inner is None else " ".join((item.find("p").text_content() or "").split())
        yield Group(title=title, pages=tuple(links))


def _read_article(path: Path) -> html.HtmlElement | None:
    """Return the article of a built page, None where the site has no such page."""
    if not path.is_file():
        return None
    root = html.document_fromstring(
        path.read_bytes(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    article = next((each for each in root.iter("article") if has_class(each, "md-content__inner")), None)
    return None if article is None else copy.deepcopy(article)


def _write_group(group: Group, articles: dict[str, tuple[html.HtmlElement, str]]) -> str:
    parts = []
    if group.title:
        heading = html.Element("h2")
        heading.text = group.title
        parts.append(_write(heading))
    for page, kind in group.pages:
        if page in articles:
            article, _ = articles[page]
            is_home = page == HOME_PAGE
            if is_home:
                # Its heading is that of the dossier, which stands above.
                for heading in list(article.iter("h1")):
                    drop(heading)
            _demote_headings(article, 0 if is_home else 2 if group.title else 1)
            article.tag = "div"
            article.attrib.clear()
            article.set("class", f"whole-page {kind}".strip())
            article.set("id", Address(page=page).id)
            parts.append(_write(article))
    return "\n".join(['<div class="whole-part">', *parts, "</div>"])


def _demote_headings(article: html.HtmlElement, by: int) -> None:
    for element in article.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        element.tag = f"h{min(int(element.tag[1]) + by, LOWEST_HEADING)}"


def _write(element: html.HtmlElement) -> str:
    return etree.tostring(element, method="html", encoding="unicode", with_tail=False)
