"""One target of a citation as the words of a note: a work of the bibliography, or a passage of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model.citation import Segment
from generator.model.linked import Passage
from generator.model.text import CitedTarget
from generator.render.escape import Markdown, escape_attribute, escape_text
from generator.render.page import Page
from generator.text.addresses import find_addresses
from generator.text.dates import format_date, parse_date
from generator.text.targets import FoundTarget, find_target

MAX_QUOTED_WORDS = 60
# "… deal.</a>" and "… deal."
FINAL_STOP = re.compile(r"\.((?:</\w+>)*)$")
SEGMENT_TAGS = {"italic": "em", "bold": "strong", "superscript": "sup", "subscript": "sub"}


def render_cited(page: Page, cited: CitedTarget) -> Markdown:
    """Return the full citation of a target, with the words it quotes and a link to where they stand."""
    dossier = page.dossier
    found = find_target(dossier.corpus, dossier.linked, cited.target)
    if not isinstance(found, FoundTarget):
        return escape_text(str(cited.target))
    locator = f", {escape_text(cited.locator)}" if cited.locator else ""
    if found.kind == "source":
        rendered = dossier.citations[found.slug]
        return Markdown(
            f"{_without_full_stop(render_segments(rendered.note))}{locator}. {page.link(found.slug, 'Source')}"
        )
    return _render_evidence(page, found, locator)


def _without_full_stop(text: str) -> str:
    """Return a citation without the full stop that ends it, be it inside a closing tag."""
    return FINAL_STOP.sub(r"\1", text)


def _render_evidence(page: Page, found: FoundTarget, locator: str) -> Markdown:
    document = page.dossier.corpus.documents[found.slug].record
    words = [page.link(found.slug), ", ", escape_text(format_date(parse_date(document.date)))]
    if found.passage is not None:
        label = f"¶{found.passage.number}"
        words += [", ", page.link(found.slug, label, found.anchor), locator, f": “{_quoted(found.passage)}”"]
    elif found.annotation is not None and found.anchor:
        place = page.dossier.linked.quotations[found.slug, found.annotation.id].passage
        label = f"¶{place}" if place is not None and document.rights.publish == "full" else "passage"
        quote = escape_text(found.annotation.quote)
        words += [", ", page.link(found.slug, label, found.anchor), locator, f": “{quote}”"]
    else:
        words.append(locator)
    return Markdown("".join(words))


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
