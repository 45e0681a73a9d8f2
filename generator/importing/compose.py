"""From what a reader got out of a file to the draft of a document.

Every rule in order, readable as a table of contents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from email.utils import getaddresses

from generator.importing.blocks import group_lines, unwrap, words_of
from generator.importing.characters import RULES as CHARACTER_RULES
from generator.importing.characters import repair_characters, visible
from generator.importing.citations import CitationDraft, draft_citations
from generator.importing.facts.chain import find_chain
from generator.importing.facts.dates import find_date
from generator.importing.facts.kinds import find_kind
from generator.importing.facts.language import find_language
from generator.importing.model import Block, Draft, Fact, Line, Note, Received, Repair
from generator.importing.rules import (
    addresses,
    article_furniture,
    contents,
    date_lines,
    letters,
    mail_furniture,
    notes,
    page_furniture,
    posts,
    release_furniture,
    titles,
    torn,
)

ADDRESS_RULE = "addresses"
# In the order in which they are applied; `dossier import --without RULE` leaves one out.
RULES = (
    *(name for name, _ in CHARACTER_RULES),
    page_furniture.RULE,
    contents.RULE,
    mail_furniture.RULE,
    release_furniture.RULE,
    article_furniture.RULE,
    notes.RULE,
    notes.MARK_RULE,
    torn.RULE,
    letters.HEADING_RULE,
    posts.RULE,
    letters.SIGNATURE_RULE,
    titles.RULE,
    date_lines.RULE,
    titles.HEADING_RULE,
    ADDRESS_RULE,
)
# What is cut rather than changed, so that the report can list it apart.
CUTTING = frozenset(
    {
        page_furniture.RULE,
        contents.RULE,
        release_furniture.RULE,
        article_furniture.RULE,
        mail_furniture.RULE,
        titles.RULE,
        date_lines.RULE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A document as imported: blocks and notes in order, all repairs by line, facts by key, citations, gaps."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    repairs: tuple[Repair, ...]
    facts: tuple[Fact, ...]
    citations: tuple[CitationDraft, ...]
    gaps: tuple[tuple[str, str], ...]


def compose(received: Received, without: Collection[str] = (), kept: Sequence[str] = ()) -> Composed:
    """Return the draft of a document. `without` names rules to leave out, `kept` lines that are no furniture.

    The same bytes and options give the same draft. Cost is linear in the length of the source.
    """
    lines, repairs = repair_characters(received.lines, without)
    source = lines
    lines, cuts = _cut(lines, received.facts, without, kept)
    words = words_of([Block(text=line.text, line=line.number, last=line.number) for line in lines])
    draft = Draft(
        blocks=group_lines(line for line in lines if line.kind != "note"),
        repairs=(*repairs, *cuts),
        facts=received.facts,
    )
    draft = _with_stated_notes(draft, lines)
    kind = find_kind(source, draft.blocks, received.facts)
    draft = replace(draft, options={"kind": kind.value if kind else ""})
    if notes.RULE not in without:
        draft = notes.move_notes(draft, words)
    draft = replace(draft, blocks=unwrap(draft.blocks, words))
    if torn.RULE not in without:
        draft = torn.rejoin(draft, torn.cut_lines(draft.repairs), words)
    for name, rule in (
        (letters.HEADING_RULE, letters.mend_headings),
        (posts.RULE, posts.quote),
        (letters.SIGNATURE_RULE, letters.list_signatures),
        (titles.RULE, lambda draft: titles.lift_title(draft, source)),
        (date_lines.RULE, date_lines.cut),
        (titles.HEADING_RULE, titles.mark_subheads),
        (notes.MARK_RULE, notes.mark_notes),
        (ADDRESS_RULE, _mend_addresses),
    ):
        # A letter has the headings that its source has.
        if name not in without and not (name == titles.HEADING_RULE and draft.options["kind"] == "letter"):
            draft = rule(draft)
    return Composed(
        blocks=draft.blocks,
        notes=draft.notes,
        repairs=tuple(sorted(draft.repairs, key=lambda repair: repair.line)),
        facts=_facts(draft, source, kind),
        citations=draft_citations(draft.notes),
        gaps=_gaps(draft, received),
    )


def _cut(
    lines: Sequence[Line], facts: Sequence[Fact], without: Collection[str], kept: Sequence[str]
) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Return the lines without furniture of pages, releases and articles, and what was cut."""
    found: list[Repair] = []
    mended = tuple(lines)
    if page_furniture.RULE not in without:
        mended, cuts = page_furniture.cut(mended)
        found.extend(cuts)
    if (
        any(fact.key == "kind" and fact.value == "e-mail" for fact in facts)
        and mail_furniture.RULE not in without
    ):
        mended, cuts = mail_furniture.cut(mended)
        found.extend(cuts)
    if contents.RULE not in without:
        mended, cuts = contents.cut(mended)
        found.extend(cuts)
    if release_furniture.RULE not in without:
        mended, cuts = release_furniture.cut(mended)
        found.extend(cuts)
    if article_furniture.RULE not in without:
        authors = [fact.value for fact in facts if fact.key == "author"]
        mended, cuts = article_furniture.cut(mended, kept, authors)
        found.extend(cuts)
    return _restored(lines, mended, found, kept)


def _restored(
    lines: Sequence[Line], mended: Sequence[Line], cuts: Sequence[Repair], kept: Sequence[str]
) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Return the lines with those as they were that are to be kept, and what was cut of the others."""
    back = {
        line.number
        for line in lines
        if line.text.strip()
        and any(one == str(line.number) or (len(one) > 3 and one in line.text) for one in kept)
    }
    whole = tuple(old if old.number in back else new for old, new in zip(lines, mended, strict=True))
    return whole, tuple(cut for cut in cuts if cut.line not in back)


def _with_stated_notes(draft: Draft, lines: Sequence[Line]) -> Draft:
    """Return the draft with the notes that the format itself tells from the text."""
    stated: list[Note] = []
    for line in lines:
        if line.kind != "note" or not line.text.strip():
            continue
        if not line.label and stated:
            stated[-1] = replace(stated[-1], text=f"{stated[-1].text} {line.text.strip()}")
        else:
            stated.append(
                Note(label=line.label or str(len(stated) + 1), text=line.text.strip(), line=line.number)
            )
    # The heading of the list of notes is left with nothing below it.
    blocks = tuple(
        block
        for number, block in enumerate(draft.blocks)
        if not (stated and notes.HEADING.match(block.text) and not _has_text_below(draft.blocks, number))
    )
    return replace(draft, blocks=blocks, notes=tuple(stated))


def _has_text_below(blocks: Sequence[Block], number: int) -> bool:
    """Return whether a heading stands over something."""
    return number + 1 < len(blocks) and blocks[number + 1].kind != "heading"


def _mend_addresses(draft: Draft) -> Draft:
    """Return the draft with the addresses in its notes and blocks whole and clean."""
    repairs: list[Repair] = []

    def mend(text: str, line: int) -> str:
        after = addresses.repair(text)
        if after != text:
            repairs.append(
                Repair(
                    rule=ADDRESS_RULE, line=line, before=_changed(text, after), after=_changed(after, text)
                )
            )
        return after

    blocks = tuple(replace(block, text=mend(block.text, block.line)) for block in draft.blocks)
    mended = tuple(replace(note, text=mend(note.text, note.line)) for note in draft.notes)
    return replace(draft, blocks=blocks, notes=mended, repairs=(*draft.repairs, *repairs))


def _changed(text: str, other: str) -> str:
    """Return the part of a text that differs from another, with what is around it up to a space."""
    start = 0
    while start < min(len(text), len(other)) and text[start] == other[start]:
        start += 1
    begin = text.rfind(" ", 0, start) + 1
    end = 0
    while end < min(len(text), len(other)) - start and text[-1 - end] == other[-1 - end]:
        end += 1
    close = text.find(" ", len(text) - end)
    return visible(text[begin : close if close >= 0 else len(text)])


def _facts(draft: Draft, source: Sequence[Line], kind: Fact | None) -> tuple[Fact, ...]:
    """Return what the document says of itself, each with its line."""
    chain = find_chain(source, draft.facts)
    publisher = (
        Fact(key="publisher", value=chain[0].value, line=chain[0].line, words=chain[0].words)
        if chain
        else next((fact for fact in draft.facts if fact.key == "publisher"), None)
    )
    found = (
        next((fact for fact in draft.facts if fact.key == "title"), None),
        find_date(source, draft.facts),
        kind,
        find_language(draft.blocks, draft.facts) if draft.blocks else None,
        publisher,
        *(fact for fact in _people(draft.facts) if fact.key in ("author", "signatory", "recipient")),
        *chain,
    )
    return tuple(fact for fact in found if fact is not None)


def _people(facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts; in place of a header's addresses the names in it, one by one, and nothing for bare addresses."""
    for fact in facts:
        if fact.key not in ("author", "recipient") or "@" not in fact.value:
            yield fact
            continue
        for name, _ in getaddresses([fact.value]):
            if name:
                yield replace(fact, value=name)


def _gaps(draft: Draft, received: Received) -> tuple[tuple[str, str], ...]:
    """Return what the source lacks, as pairs of what and why."""
    found: list[tuple[str, str]] = [(gap, "") for gap in received.gaps]
    lost = [note.label for note in draft.notes if not note.is_marked]
    if lost:
        found.append(
            (
                f"The marks of {'note' if len(lost) == 1 else 'notes'} {', '.join(lost)} in the text.",
                f"The source holds {len(draft.notes)} notes and {len(draft.notes) - len(lost)} marks.",
            )
        )
    return tuple(found)
