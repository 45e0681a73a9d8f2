"""The fast reader as an extension of Python-Markdown, named in `mkdocs.yml`: any tool with that library may use it.

The page is read before Python-Markdown begins; it then sees a page with nothing but the links, ids and headings, so
that whatever else is registered with it (tables of contents, a site builder's links to other pages) does its work on
these. The HTML takes the place of what comes out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor, nest_toc_tokens, strip_tags
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.convert.page import ReadPage, read_page

# Before everything that Python-Markdown or a site builder registers, and after all of it.
FIRST, LAST = 1000, -1000
# What may be registered besides: these read generated pages as read_page does. Who adds another extension means it to
# change pages, and Python-Markdown then reads them all.
USUAL = ("attr_list", "md_in_html", "fenced_code", "tables", "toc")
NEEDED = ("attr_list", "md_in_html")
# MkDocs looks at links, anchors and the title; it changes addresses alone.
LOOKING_ON = frozenset(("mkdocs.structure.pages", __name__))


class GeneratedPages(Extension):  # type: ignore[misc]  # Python-Markdown has no types
    """Reads generated pages; every other page is left to Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        """Register what reads the page, what shows its links to others, and what writes it."""
        page = _Page()
        md.preprocessors.register(_Read(md, page), "dossier_read", FIRST)
        md.treeprocessors.register(_ShowLinks(md, page), "dossier_show", FIRST)
        md.treeprocessors.register(_TakeLinks(md, page), "dossier_take", LAST)
        md.postprocessors.register(_Write(md, page), "dossier_write", LAST)


def makeExtension(**options: Any) -> GeneratedPages:  # noqa: N802 (Python-Markdown's name)
    """Return the extension; Python-Markdown calls this."""
    return GeneratedPages(**options)


class _Page:
    """The page being read, None for one that is left to Python-Markdown; its addresses once others have seen them."""

    def __init__(self) -> None:
        self.read: ReadPage | None = None
        self.addresses: dict[str, str] | None = None


def _processors(md: Markdown) -> list[Any]:
    registries = (
        md.preprocessors, md.parser.blockprocessors, md.inlinePatterns, md.treeprocessors, md.postprocessors,
    )  # fmt: skip
    return [processor for registry in registries for processor in registry]


@cache
def _usual_types(extensions: tuple[str, ...]) -> Counter[type]:
    return Counter(type(processor) for processor in _processors(Markdown(extensions=[*extensions])))


def reads_generated_pages(md: Markdown) -> bool:
    """Return whether this reader is registered, and what it reads comes out as it is but for addresses."""
    return _is_usual(md) and any(isinstance(processor, _Read) for processor in md.preprocessors)


def contents_of(page: ReadPage, md: Markdown) -> list[dict[str, Any]]:
    """Return the table of contents of a page, nested, as Python-Markdown's own extension makes it."""
    levels = next(
        (
            range(one.toc_top, one.toc_bottom + 1)
            for one in md.treeprocessors
            if isinstance(one, TocTreeprocessor)
        ),
        range(0),
    )
    tokens = [
        {
            "level": heading.level,
            "id": heading.id,
            "name": strip_tags(heading.inner),
            "html": heading.inner,
            "data-toc-label": "",
        }
        for heading in page.headings
        if heading.level in levels
    ]
    nested: list[dict[str, Any]] = nest_toc_tokens(tokens)
    return nested


def _is_usual(md: Markdown) -> bool:
    """Return whether nothing is registered that would change a generated page, and what reads it is."""
    processors = _processors(md)
    types = Counter(type(one) for one in processors if type(one).__module__ not in LOOKING_ON)
    changes_headings = any(
        processor.use_permalinks or processor.use_anchors or processor.base_level
        for processor in processors
        if isinstance(processor, TocTreeprocessor)
    )
    return types <= _usual_types(USUAL) and types >= _usual_types(NEEDED) and not changes_headings


class _OfPage:
    """What the four share: the page being read."""

    def __init__(self, md: Markdown, page: _Page) -> None:
        super().__init__(md)  # type: ignore[call-arg]  # the processor that stands beside this class
        self._page = page


class _Read(_OfPage, Preprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    def run(self, lines: list[str]) -> list[str]:
        self._page.addresses = None
        self._page.read = read_page("\n".join(lines)) if _is_usual(self.md) else None
        return lines if self._page.read is None else []


class _ShowLinks(_OfPage, Treeprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    """Puts links, ids and headings into the empty tree."""

    def run(self, root: Element) -> None:
        read = self._page.read
        if read is None:
            return
        first = SubElement(root, "div") if read.first_tag != "h1" else None
        for heading in read.headings:
            element = SubElement(root, f"h{heading.level}", {"id": heading.id})
            element.text = self.md.htmlStash.store(heading.inner)
        places = SubElement(root, "div") if first is None else first
        for identity in read.ids:
            SubElement(places, "span", {"id": identity})
        for address in read.addresses:
            SubElement(places, "a", {"href": address})


class _TakeLinks(_OfPage, Treeprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    """Takes the addresses as others changed them, and leaves the tree empty."""

    def run(self, root: Element) -> None:
        read = self._page.read
        if read is None:
            return
        changed: Sequence[str] = [link.get("href", "") for link in root.iter("a")]
        self._page.addresses = dict(zip(read.addresses, changed, strict=True))
        root.clear()


class _Write(_OfPage, Postprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    def run(self, text: str) -> str:
        read, addresses = self._page.read, self._page.addresses
        # Headings pass here as well, while the tree is still worked on.
        return text if read is None or addresses is None else read.write(addresses.__getitem__)
