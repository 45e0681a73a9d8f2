"""Texts as Markdown: blocks with their passages' ids, links by the dossier's policy, notes and annotated spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.model.linked import LinkedText, Mention, Passage
from generator.model.text import Block, Citation, NoteMark
from generator.render.cited import render_cited
from generator.render.escape import Markdown, escape_attribute, escape_code
from generator.render.inline import Link, MarkedSpan, PointRenderer, render_leaf, web_links
from generator.render.page import Page
from generator.text.ids import footnote_key, heading_id
from generator.text.targets import FoundTarget, find_target

MAX_HEADING = 6


class TextRenderer:
    """Renders one text on one page."""

    def __init__(
        self,
        page: Page,
        text: LinkedText,
        *,
        marked: Mapping[int, Sequence[MarkedSpan]] | None = None,
        top_heading: int = 3,
        has_anchors: bool = True,
        is_numbered: bool = False,
    ) -> None:
        """`marked` holds the annotated spans of each leaf; its highest headings become level `top_heading`."""
        self._page = page
        self._text = text
        self._marked = marked or {}
        levels = [block.level for block in text.parsed.blocks if block.kind == "heading"]
        self._heading_shift = top_heading - min(levels, default=1)
        self._has_anchors = has_anchors
        self._is_numbered = is_numbered
        self._policy = page.dossier.corpus.dossier.record.mentions.link
        self._already_linked: set[str] = {page.slug}
        self._mentions: dict[int, list[Mention]] = defaultdict(list)
        for mention in text.mentions:
            self._mentions[mention.leaf].append(mention)
        self._leaf = 0
        self._passages = {passage.first: passage for passage in text.passages}
        self._own = _ends_of_own_sentences(page, text)
        self._points = PointRenderer(citation=self._citation, note_mark=self._note_mark)

    def render(self) -> Markdown:
        """Return the whole text but its footnotes' definitions, which go to the page's notes."""
        blocks = [self._block(block, is_top=True) for block in self._text.parsed.blocks]
        self._define_footnotes()
        return Markdown("\n\n".join(block for block in blocks if block))

    def render_line(self) -> Markdown:
        """Return a text of one paragraph without its block; further blocks follow after a space."""
        lines: list[str] = []
        for block in self._text.parsed.blocks:
            lines.extend(self._inline(leaf) for leaf in block.leaves())
        self._define_footnotes()
        return Markdown(" ".join(lines))

    def _define_footnotes(self) -> None:
        for note in self._text.parsed.footnotes:
            self._already_linked = {self._page.slug}
            content = Markdown("\n\n".join(self._block(block) for block in note.blocks))
            self._page.notes.define_footnote(note.label, self._footnote_key(note.label), content)

    def _footnote_key(self, label: str) -> str:
        return footnote_key(label, self._text.role, self._text.key)

    def _block(self, block: Block, *, is_top: bool = False) -> str:
        passage = self._passages.get(self._leaf) if is_top and block.leaves() else None
        if block.kind in ("bullet-list", "ordered-list"):
            return self._list(block, is_top=is_top)
        if passage is None or not self._has_anchors:
            return self._plain_block(block)
        number = self._number(passage) if self._is_numbered else ""
        content = self._plain_block(block, before=number)
        kind = "passage numbered" if self._is_numbered else "passage"
        return f'<div class="{kind}" id="{passage.permalink}" markdown="block">\n\n{content}\n\n</div>'

    def _plain_block(self, block: Block, before: str = "") -> str:
        if block.kind == "paragraph":
            return before + self._inline(block)
        if block.kind == "heading":
            if self._policy == "first-per-section":
                self._already_linked = {self._page.slug}
            level = min(block.level + self._heading_shift, MAX_HEADING)
            if not block.text.strip():
                return self._inline(block, is_heading=True)
            # An id of ours: one made from the words could replace an element of the theme.
            identity = heading_id(self._text.owner, self._text.role, self._text.key, self._leaf)
            words = self._inline(block, is_heading=True).replace("<br>\n", "<br>")
            return f"{'#' * level} {words} {{: #{identity} }}"
        if before:
            return f'<p class="number-line" markdown="span">{before}</p>\n\n{self._plain_block(block)}'
        if block.kind == "quote":
            return self._wrapped("blockquote", block)
        if block.kind == "code":
            self._leaf += 1
            return f"<pre><code>{escape_code(block.text)}</code></pre>"
        if block.kind == "table":
            return self._table(block)
        return "---" if block.kind == "rule" else ""

    def _wrapped(self, tag: str, block: Block) -> str:
        inner = "\n\n".join(self._block(child) for child in block.children)
        return f'<{tag} markdown="block">\n\n{inner}\n\n</{tag}>'

    def _list(self, block: Block, *, is_top: bool) -> str:
        tag = "ul" if block.kind == "bullet-list" else "ol"
        start = f' start="{block.level}"' if tag == "ol" and block.level != 1 else ""
        items = [self._item(item, is_top=is_top) for item in block.children]
        return f'<{tag}{start} markdown="block">\n' + "\n".join(items) + f"\n</{tag}>"

    def _item(self, item: Block, *, is_top: bool) -> str:
        passage = self._passages.get(self._leaf) if is_top and self._has_anchors and item.leaves() else None
        attributes = number = ""
        if passage is not None:
            kind = "passage numbered" if self._is_numbered else "passage"
            attributes = f' class="{kind}" id="{passage.permalink}"'
            if self._is_numbered:
                number = self._number(passage)
        blocks = [self._block(child) for child in item.children]
        content = "\n\n".join(blocks)
        if number and item.children[0].kind != "paragraph":
            number = f'<p class="number-line" markdown="span">{number}</p>\n\n'
        return f'<li{attributes} markdown="block">\n\n{number}{content}\n\n</li>'

    def _number(self, passage: Passage) -> str:
        """Return a passage's number as a link to itself."""
        words = self._page.dossier.strings("passage_number", number=passage.number)
        return f'<a class="passage-number" href="#{passage.permalink}">{words}</a> '

    def _table(self, block: Block) -> str:
        rows = [[self._inline(cell).replace("\n", " ") for cell in row.children] for row in block.children]
        lines = [f"| {' | '.join(cells)} |" for cells in rows]
        lines.insert(1, "|" + " --- |" * len(rows[0]))
        return "\n".join(lines)

    def _inline(self, leaf: Block, *, is_heading: bool = False) -> Markdown:
        index = self._leaf
        self._leaf += 1
        if self._policy == "first-per-passage" and index in self._passages:
            self._already_linked = {self._page.slug}
        links = self._links(leaf, index, has_mentions=not is_heading)
        if self._own.get(index):
            own = (Citation(offset=end, cited=(), place=leaf.place) for end in self._own[index])
            leaf = replace(leaf, citations=(*leaf.citations, *own))
        return render_leaf(leaf, links, self._marked.get(index, ()), self._points)

    def _links(self, leaf: Block, index: int, *, has_mentions: bool) -> list[Link]:
        links = web_links(leaf.styles)
        page = self._page
        for wikilink in leaf.wikilinks:
            found = find_target(page.dossier.corpus, page.dossier.linked, wikilink.target)
            if isinstance(found, FoundTarget):
                self._already_linked.add(found.slug)
                links.append(
                    Link(span=wikilink.span, address=page.address(found.slug, found.anchor), kind=found.kind)
                )
        for mention in self._mentions[index] if has_mentions else ():
            kind = page.dossier.corpus.kind_of(mention.slug)
            if kind is None or mention.slug == page.slug:
                continue
            if self._policy != "every" and mention.slug in self._already_linked:
                continue
            self._already_linked.add(mention.slug)
            links.append(Link(span=mention.span, address=page.address(mention.slug), kind=kind))
        return links

    def _citation(self, citation: Citation) -> Markdown:
        if not citation.cited:
            return _mark_own(self._page)
        return self._page.notes.cite(citation.cited, lambda one: render_cited(self._page, one))

    def _note_mark(self, mark: NoteMark) -> Markdown:
        return self._page.notes.mark_footnote(mark.label, self._footnote_key(mark.label))


def _ends_of_own_sentences(page: Page, text: LinkedText) -> Mapping[int, list[int]]:
    """Return, by leaf, where the sentences end for which the editors cite nothing."""
    ends: dict[int, list[int]] = defaultdict(list)
    for sentence in page.dossier.index.sentences.get((text.owner, text.role, text.key), ()):
        if sentence.state == "uncited":
            ends[sentence.leaf].append(sentence.span.end)
    return ends


def _mark_own(page: Page) -> Markdown:
    """Return the mark of a sentence that is the editors' own."""
    strings = page.dossier.strings
    words = escape_attribute(strings.plain("own_sentence"))
    return Markdown(f'<sup class="own"><abbr title="{words}">{strings("own_mark")}</abbr></sup>')


def render_text(page: Page, text: LinkedText | None, *, has_anchors: bool = True) -> Markdown:
    """Return a hand-written text as blocks of Markdown; empty where there is none."""
    return Markdown("") if text is None else TextRenderer(page, text, has_anchors=has_anchors).render()


def render_line(page: Page, text: LinkedText | None) -> Markdown:
    """Return a hand-written field as one line of Markdown; empty where there is none."""
    return Markdown("") if text is None else TextRenderer(page, text, has_anchors=False).render_line()
