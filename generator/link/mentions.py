"""Which spans of a text name an actor or issue, and what the editors decided where a name is shared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.link.quotations import QuotableLeaves, Selector
from generator.link.texts import UnlinkedText
from generator.model.linked import LeafSpan, Mention
from generator.model.places import Place
from generator.model.records import NOBODY, CitationEntry, Resolution
from generator.model.text import Block, Span
from generator.text.folding import fold_name
from generator.text.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """An occurrence of a name that several records share, with no decision on it."""

    slugs: tuple[str, ...]
    words: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A resolution of the document with the spans it covers; None for the whole document."""

    index: int
    resolution: Resolution
    spans: tuple[LeafSpan, ...] | None


def find_mentions(
    leaves: Sequence[Block],
    gazetteer: Gazetteer,
    decisions: Sequence[Decision],
    blocked: Sequence[Sequence[Span]],
) -> tuple[tuple[Mention, ...], tuple[Undecided, ...], frozenset[int]]:
    """Return the mentions of a text by leaf and span, the undecided ones, and the indexes of the decisions used.

    `blocked` holds, for each leaf, the spans in which no name is looked for.
    """
    mentions: list[Mention] = []
    undecided: list[Undecided] = []
    used: set[int] = set()
    for index, leaf in enumerate(leaves):
        if leaf.kind == "code":
            continue
        for found in gazetteer.find(leaf.text, blocked=blocked[index]):
            words = leaf.text[found.span.start : found.span.end]
            decision = _decide(words, LeafSpan(leaf=index, span=found.span), decisions) if decisions else None
            if decision is not None:
                used.add(decision.index)
                if decision.resolution.as_ != NOBODY:
                    mentions.append(Mention(leaf=index, span=found.span, slug=decision.resolution.as_))
            elif len(found.slugs) == 1:
                mentions.append(Mention(leaf=index, span=found.span, slug=found.slugs[0]))
            elif found.slugs:
                undecided.append(Undecided(slugs=found.slugs, words=words, place=leaf.place))
    return tuple(mentions), tuple(undecided), frozenset(used)


def locate_decisions(resolutions: Sequence[Resolution], leaves: Sequence[Block]) -> tuple[Decision, ...]:
    """Return the document's resolutions as they apply to one of its texts, those of single spans first."""
    quotable = QuotableLeaves(leaves) if any(r.quote for r in resolutions) else None
    decisions = []
    for index, resolution in enumerate(resolutions):
        spans: tuple[LeafSpan, ...] | None = None
        if resolution.quote is not None and quotable is not None:
            selector = Selector(quote=resolution.quote, prefix=resolution.prefix, suffix=resolution.suffix)
            spans = tuple(piece for place in quotable.find(selector) for piece in place)
        decisions.append(Decision(index=index, resolution=resolution, spans=spans))
    return tuple(sorted(decisions, key=lambda d: d.spans is None))


def blocked_spans(
    text: UnlinkedText, leaves: Sequence[Block], cited_titles: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Span, ...], ...]:
    """Return, for each leaf, where no name is looked for: links, code, addresses, and the titles of cited works."""
    titles = _titles_by_leaf(text, cited_titles) if cited_titles else {}
    blocked = []
    for leaf in leaves:
        spans = [style.span for style in leaf.styles if style.kind in ("address", "code")]
        spans += [link.span for link in leaf.wikilinks]
        spans += [span for title in titles.get(id(leaf), ()) for span in _find_words(leaf.text, title)]
        blocked.append(tuple(spans))
    return tuple(blocked)


def titles_of(entry: CitationEntry) -> tuple[str, ...]:
    """Return the title of a work, and its short one."""
    return tuple(str(entry.csl[key]) for key in ("title", "title-short") if entry.csl.get(key))


def _decide(words: str, place: LeafSpan, decisions: Sequence[Decision]) -> Decision | None:
    key = fold_name(words).text
    for decision in decisions:
        if fold_name(decision.resolution.alias).text.strip() != key:
            continue
        if decision.spans is None:
            return decision
        if any(piece.leaf == place.leaf and piece.span.overlaps(place.span) for piece in decision.spans):
            return decision
    return None


def _titles_by_leaf(text: UnlinkedText, cited_titles: Mapping[str, tuple[str, ...]]) -> dict[int, list[str]]:
    """Return the titles of the works that each footnote of a transcription cites, by the identity of its leaves."""
    titles: dict[int, list[str]] = {}
    for note in text.parsed.footnotes:
        cited = [title for slug in text.cites_of_note(note.label) for title in cited_titles.get(slug, ())]
        for leaf in (leaf for block in note.blocks for leaf in block.leaves()):
            titles[id(leaf)] = cited
    return titles


def _find_words(text: str, words: str) -> list[Span]:
    folded, wanted = fold_name(text), fold_name(words).text.strip()
    spans = []
    position = folded.text.find(wanted) if wanted else -1
    while position >= 0:
        end = position + len(wanted)
        spans.append(Span(start=folded.offsets[position], end=folded.offsets[end - 1] + 1))
        position = folded.text.find(wanted, end)
    return spans
