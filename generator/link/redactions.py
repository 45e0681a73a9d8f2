"""Words of a transcription that an edition does not show: in their place stands `[redacted: reason]`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.diagnostics import Diagnostic, error
from generator.link.quotations import QuotableLeaves, Selector
from generator.model.places import Entry, Place
from generator.model.records import DocumentRecord, Redaction
from generator.model.text import Block, FootnoteDefinition, ParsedText, Span, Style

Cut = tuple[Span, str]


def redact(parsed: ParsedText, document: Entry[DocumentRecord]) -> tuple[ParsedText, tuple[Diagnostic, ...]]:
    """Return the text with its document's redactions made, and an error for each whose words are not found.

    Words over several paragraphs are replaced in each. Styles that touch redacted words go with them: a link's
    address may say what its words do.
    """
    redactions = document.record.redactions
    if not redactions:
        return parsed, ()
    leaves = parsed.leaves()
    quotable = QuotableLeaves(leaves)
    cuts: dict[int, list[Cut]] = defaultdict(list)
    found: list[Diagnostic] = []
    for index, redaction in enumerate(redactions):
        selector = Selector(quote=redaction.quote, prefix=redaction.prefix, suffix=redaction.suffix)
        # "lives […] Street" is all from the first word to the last.
        places = [
            quotable.split([Span(start=spans[0].start, end=spans[-1].end)])
            for spans in quotable.text.find(selector)
        ]
        if not places or (len(places) > 1 and not redaction.every):
            found.append(_not_one(document.place("redactions", index, "quote"), redaction, len(places)))
        for place in places:
            for piece in place:
                cuts[piece.leaf].append((piece.span, f"[redacted: {redaction.reason}]"))
    redacted = iter([_cut_leaf(leaf, _apart(cuts.get(index, ()))) for index, leaf in enumerate(leaves)])
    blocks = tuple(_rebuild(block, redacted) for block in parsed.blocks)
    footnotes = tuple(
        FootnoteDefinition(
            label=note.label,
            place=note.place,
            blocks=tuple(_rebuild(block, redacted) for block in note.blocks),
        )
        for note in parsed.footnotes
    )
    return ParsedText(blocks=blocks, footnotes=footnotes), tuple(found)


def _not_one(place: Place, redaction: Redaction, count: int) -> Diagnostic:
    """Return the finding that a redaction does not say which words it means; its own words are not repeated."""
    if count:
        return error(
            place,
            "ambiguous-redaction",
            f"the words to redact ({redaction.reason}) stand {count} times in the text",
            why="it could be that only some of them are meant, and the others would be published",
            help="set `every: true`, or add the words just before or after as `prefix:` or `suffix:`",
        )
    return error(
        place,
        "redaction-not-found",
        f"the words to redact ({redaction.reason}) are not in the text",
        why="what they were meant to hide could be published",
        help="write them as they stand in the transcription, or remove the redaction",
    )


def _apart(cuts: Sequence[Cut]) -> list[Cut]:
    """Return the cuts in order, those that overlap as one with the reason of the first."""
    joined: list[Cut] = []
    for span, words in sorted(cuts):
        if joined and span.start < joined[-1][0].end:
            before, reason = joined[-1]
            joined[-1] = (Span(start=before.start, end=max(before.end, span.end)), reason)
        else:
            joined.append((span, words))
    return joined


def _cut_leaf(leaf: Block, cuts: Sequence[Cut]) -> Block:
    if not cuts:
        return leaf
    pieces: list[str] = []
    position = 0
    for span, words in cuts:
        pieces.extend((leaf.text[position : span.start], words))
        position = span.end
    pieces.append(leaf.text[position:])
    return replace(
        leaf,
        text="".join(pieces),
        styles=tuple(_moved_styles(leaf.styles, cuts)),
        note_marks=tuple(replace(mark, offset=_moved(mark.offset, cuts)) for mark in leaf.note_marks),
    )


def _moved_styles(styles: Sequence[Style], cuts: Sequence[Cut]) -> Iterator[Style]:
    for style in styles:
        if not any(style.span.overlaps(span) for span, _ in cuts):
            start, end = _moved(style.span.start, cuts), _moved(style.span.end, cuts)
            yield replace(style, span=Span(start=start, end=end))


def _moved(offset: int, cuts: Sequence[Cut]) -> int:
    """Return where an offset of the leaf's text is after the cuts; one inside a cut stands behind its words."""
    shift = 0
    for span, words in cuts:
        if offset <= span.start:
            break
        if offset < span.end:
            return span.start + shift + len(words)
        shift += len(words) - (span.end - span.start)
    return offset + shift


def _rebuild(block: Block, leaves: Iterator[Block]) -> Block:
    """Return a block with its leaves taken from `leaves`, in reading order."""
    if block.children:
        return replace(block, children=tuple(_rebuild(child, leaves) for child in block.children))
    return next(leaves) if block.leaves() else block
