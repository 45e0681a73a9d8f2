"""One target of a citation as the words of a note: a work of the bibliography, or a passage of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model.citation import Segment
from generator.model.linked import Passage
from generator.model.records import CitationEntry
from generator.model.text import CitedTarget
from generator.render.archived import find_archived_copy
from generator.render.escape import Markdown, escape_attribute, escape_text
from generator.render.page import Page
from generator.render.paths import page_key
from generator.text.addresses import find_addresses
from generator.text.dates import format_date, parse_date
from generator.text.targets import FoundTarget, find_target

MAX_QUOTED_WORDS = 60
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
        return _closed(escape_text(str(cited.target)))
    locator = f", {escape_text(cited.locator)}" if cited.locator else ""
    if found.kind == "source":
        rendered = dossier.citations[found.slug]
        words = f"{_without_full_stop(render_segments(rendered.note))}{locator}."
        copy = render_archived_copy(page, dossier.corpus.citations[found.slug])
        parts = [words, page.link(found.slug, page.dossier.strings.plain("cited_source")), copy]
    else:
        parts = [_render_evidence(page, found, locator), _render_rights(page, found)]
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


def _closed(words: str) -> Markdown:
    """Return the words with a full stop, unless they end with a quotation that has its own."""
    return Markdown(words if words.endswith((".”", "?”", "!”", "…”")) else f"{words}.")


def _render_evidence(page: Page, found: FoundTarget, locator: str) -> Markdown:
    document = page.dossier.corpus.documents[found.slug].record
    words = [
        page.link(found.slug),
        ", ",
        escape_text(format_date(parse_date(document.date), page.dossier.strings)),
    ]
    if found.passage is not None:
        label = page.dossier.strings.plain("passage_number", number=found.passage.number)
        words += [", ", page.link(found.slug, label, found.anchor), locator, ": "]
        return Markdown("".join(words) + _quotation(page, found.slug, _quoted(found.passage), "transcribed"))
    if found.annotation is not None and found.anchor:
        quotation = page.dossier.linked.quotations[found.slug, found.annotation.id]
        is_numbered = quotation.passage is not None and document.rights.publish == "full"
        strings = page.dossier.strings
        number = strings.plain("passage_number", number=quotation.passage)
        label = number if is_numbered else strings.plain("passage")
        words += [", ", page.link(found.slug, label, found.anchor), locator, ": "]
        quote = escape_text(found.annotation.quote)
        return Markdown("".join(words) + _quotation(page, found.slug, quote, quotation.state))
    return _closed("".join([*words, locator]))


def _quotation(page: Page, slug: str, quote: Markdown, state: str) -> Markdown:
    """Return quoted words in their language, with a badge that says how far they are proven."""
    dossier = page.dossier
    own = dossier.corpus.dossier.record.language
    language = dossier.corpus.documents[slug].record.language or own
    attribute = "" if language == own else f' lang="{escape_attribute(language)}"'
    quoted = _closed(f"“{quote}”")
    badge = f'<span class="state {state}">{dossier.strings(f"state_{state}")}</span>'
    return Markdown(f'<span class="quoted"{attribute}>{quoted}</span> {badge}')


def _render_rights(page: Page, found: FoundTarget) -> Markdown:
    """Return the rights in a quoted document in few words; none on its own page, which tells them in full."""
    if found.slug == page.slug:
        return Markdown("")
    rights = page.dossier.corpus.documents[found.slug].record.rights
    words = page.dossier.strings(f"cited_rights_{rights.publish}")
    holder = escape_text(f"{rights.holder}. ") if rights.holder else ""
    return Markdown(f'<span class="cited-rights">{holder}{words}</span>')


def _quoted(passage: Passage) -> Markdown:
    """Return the words of a passage, the first MAX_QUOTED_WORDS of a long one."""
    words = " ".join(leaf.text for leaf in passage.block.leaves()).split()
    ellipsis = " …" if len(words) > MAX_QUOTED_WORDS else ""
    return escape_text(" ".join(words[:MAX_QUOTED_WORDS]) + ellipsis)


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
