"""One target of a citation as the words of a note: a work of the bibliography, or a passage of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.model.citation import Segment
from generator.model.linked import Passage
from generator.model.records import CitationEntry
from generator.model.text import CitedTarget
from generator.render.archived import find_archived_copy
from generator.render.escape import Markdown, escape_attribute, escape_text
from generator.render.languages import language_attributes
from generator.render.page import Dossier, Page
from generator.render.paths import page_key
from generator.text.addresses import find_addresses
from generator.text.targets import FoundTarget, find_target

MAX_QUOTED_WORDS = 60
# What ends a sentence, in the scripts that have marks of their own for it.
FINAL_MARKS = (".", "?", "!", "…", "。", "？", "！", "؟", "۔", "।")
# "… deal.</a>" and "… deal."
FINAL_STOP = re.compile(r"\.((?:</\w+>)*)$")
SEGMENT_TAGS = {"italic": "em", "bold": "strong", "superscript": "sup", "subscript": "sub"}


def render_cited(page: Page, cited: CitedTarget) -> Markdown:
    """Return the full citation of a target: a work with its archived copy, or a passage with its words and their proof.

    `data-cites` names the page of what is cited, for the script that tells how often it is.
    """
    dossier = page.dossier
    found = find_target(dossier.corpus, dossier.linked, cited.target)
    if not isinstance(found, FoundTarget):
        return _closed(page, escape_text(str(cited.target)))
    if found.kind == "source":
        note = Markdown(_without_full_stop(render_segments(dossier.citations[found.slug].note)))
        words = _closed(page, _located(page, (note,), cited.locator))
        copy = render_archived_copy(page, dossier.corpus.citations[found.slug])
        parts = [words, page.link(found.slug, page.dossier.strings.plain("cited_source")), copy]
    else:
        parts = [_render_evidence(page, found, cited.locator), _render_rights(page, found)]
    return mark_cited(page, found.slug, Markdown(" ".join(part for part in parts if part)))


def mark_cited(page: Page, slug: str, words: Markdown) -> Markdown:
    """Return words that cite the page of a slug, marked as such."""
    key = escape_attribute(page_key(page.dossier.corpus, slug))
    return Markdown(f'<span class="cited" data-cites="{key}">{words}</span>')


def render_archived_copy(page: Page, entry: CitationEntry) -> Markdown:
    """Return a link to the archived copy of a source with its date; empty where there is none."""
    copy = find_archived_copy(entry, page.dossier.strings)
    if copy is None:
        return Markdown("")
    key = "cited_archived_on" if copy.date else "cited_archived"
    words = page.dossier.strings(key, date=copy.date)
    return Markdown(f'<a class="archived" href="{escape_attribute(copy.address)}">{words}</a>')


def _without_full_stop(text: str) -> str:
    """Return a citation without the full stop that ends it, be it inside a closing tag."""
    return FINAL_STOP.sub(r"\1", text)


def _closed(page: Page, words: Markdown) -> Markdown:
    """Return the words with a full stop, as the dossier's language sets it."""
    return page.dossier.strings("cited_closed", words=words)


def _render_evidence(page: Page, found: FoundTarget, locator: str) -> Markdown:
    strings = page.dossier.strings
    document = page.dossier.corpus.documents[found.slug].record
    parts = [page.link(found.slug), escape_text(strings.date(document.date))]
    if found.passage is not None:
        label = strings.plain("passage_number", number=found.passage.number)
        quotation = _quotation(page, found.slug, _quoted(found.passage), "transcribed")
    elif found.annotation is not None and found.anchor:
        located = page.dossier.linked.quotations[found.slug, found.annotation.id]
        is_numbered = located.passage is not None and document.rights.publish == "full"
        number = strings.plain("passage_number", number=located.passage)
        label = number if is_numbered else strings.plain("passage")
        quotation = _quotation(page, found.slug, found.annotation.quote, located.state)
    else:
        return _closed(page, _located(page, parts, locator))
    parts.append(page.link(found.slug, label, found.anchor))
    return strings("cited_words", place=_located(page, parts, locator), quotation=quotation)


def _located(page: Page, parts: Sequence[Markdown], locator: str) -> Markdown:
    """Return what is cited, and the place in it if the editors give one."""
    words = (*parts, escape_text(locator)) if locator else parts
    return page.dossier.strings.join("list_separator", words)


def _quotation(page: Page, slug: str, quote: str, state: str) -> Markdown:
    """Return quoted words in their language, with a badge that says how far they are proven.

    The quotation marks are those of the page. Words that end with a mark of their own need no full stop after them.
    """
    dossier = page.dossier
    own = dossier.corpus.dossier.record.language
    attributes = language_attributes(dossier.corpus.documents[slug].record.language or own, own)
    words = escape_text(quote)
    quoted = dossier.strings(
        "quoted", words=Markdown(f"<span{attributes}>{words}</span>") if attributes else words
    )
    closed = quoted if quote.rstrip().endswith(FINAL_MARKS) else _closed(page, quoted)
    badge = f'<span class="state {state}">{dossier.strings(f"state_{state}")}</span>'
    return Markdown(f'<span class="quoted">{closed}</span> {badge}')


def _render_rights(page: Page, found: FoundTarget) -> Markdown:
    """Return the rights in a quoted document in few words; none on its own page, which tells them in full."""
    if found.slug == page.slug:
        return Markdown("")
    return Markdown(
        f'<span class="cited-rights">{escape_text(rights_in_short(page.dossier, found.slug))}</span>'
    )


def rights_in_short(dossier: Dossier, slug: str) -> str:
    """Return who holds the rights in a document and how much of it is published, as plain text."""
    rights = dossier.corpus.documents[slug].record.rights
    words = dossier.strings.plain(f"cited_rights_{rights.publish}")
    return f"{rights.holder}. {words}" if rights.holder else words


def _quoted(passage: Passage) -> str:
    """Return the words of a passage, the first MAX_QUOTED_WORDS of a long one."""
    words = " ".join(leaf.text for leaf in passage.block.leaves()).split()
    ellipsis = " …" if len(words) > MAX_QUOTED_WORDS else ""
    return " ".join(words[:MAX_QUOTED_WORDS]) + ellipsis


def render_segments(segments: Iterable[Segment]) -> Markdown:
    """Return a rendered citation as Markdown, its web addresses linked."""
    pieces: list[str] = []
    for segment in segments:
        text = _with_addresses(segment.text, is_line_start=not pieces)
        for style in sorted(segment.style):
            tag = SEGMENT_TAGS.get(style)
            text = f"<{tag}>{text}</{tag}>" if tag else text
        pieces.append(text)
    return Markdown("".join(pieces))


def _with_addresses(text: str, *, is_line_start: bool) -> str:
    pieces: list[str] = []
    position = 0
    for span, address in find_addresses(text):
        pieces.append(escape_text(text[position : span.start], is_line_start=is_line_start and position == 0))
        words = escape_text(text[span.start : span.end])
        pieces.append(f'<a class="address" href="{escape_attribute(address)}">{words}</a>')
        position = span.end
    pieces.append(escape_text(text[position:], is_line_start=is_line_start and position == 0))
    return "".join(pieces)
