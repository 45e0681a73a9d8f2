"""Footnotes in every guise: notes to the end as `[^3]: …`, marks in the text as `[^3]`.

A mark that the source has lost is never invented: the note stays without one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.importing.blocks import join_lines
from generator.importing.characters import visible
from generator.importing.model import Block, Draft, Note, Repair

RULE = "notes"
MARK_RULE = "note-marks"
NUMBER = r"[0-9lIO]{1,4}"
# <sup>1</sup> Flatley   [1] Office   [^1]: Office   (1) Letter   1. Pellworth   1 Pellworth
START = re.compile(
    rf"^\s*(?:<sup>\s*\[?(?P<sup>{NUMBER})\]?\s*</sup>|\[\^?(?P<bracket>{NUMBER})\]:?|\((?P<paren>\d{{1,4}})\)"
    rf"|(?P<dot>\d{{1,4}}|l\d{{0,3}})[.)](?=\s)|(?P<bare>\d{{1,4}})(?=\s+\S))\s*(?P<text>.*)$"
)
STRONG = ("sup", "bracket")
# What references have and sentences of a list seldom: an address, a year beside a name, "ibid.", pages, sections.
REFERENCE = re.compile(
    r"https?://|www\.|\b(?:ibid|id|op\. cit|supra|infra|cf)\b\.?|^(?:see|vgl|siehe|voir|compare)\b|§|¶"
    r"|\bpp?\. ?\d|\bS\. ?\d"
    r"|\b(?:no|vol|ch|art|sec|ed|eds|ff|fol|r)\. ?\d|\bv\. [A-Z]|\(\d{4}\)|\b(?:1[5-9]|20)\d\d\b[.,;)]"
    r"|recollection|on file with",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"^\W*(?:foot|end)?notes?\W*$|^\W*(?:references|fußnoten|anmerkungen|endnoten|einzelnachweise|notes de bas de page"
    r"|références|sources and notes|notas|note)\W*$",
    re.IGNORECASE,
)
DIGITS = str.maketrans("lIO", "110")
# The rest of an address that a converter put into a paragraph of its own: %3D&gaa_ts=68faeeb0…
REST = re.compile(r"^(?:\W*\s)?[^\w\s]{0,8}(?=[\w%&=?/#.\\{}$~+-]*[%&=])\S+\s*\\?\$?$")


# How many numbers in a row may be missing where notes stand at the foot of a page.
MISSED = 12
FINISHED = re.compile(
    r"(?<!\bpp)(?<!\bp)(?<!\bvol)(?<!\bno)(?<!\bnos)(?<!\bcf)(?<!\bMr)(?<!\bDr)[.!?:;…)>][\"”’')\]»*_]*$"
)


@dataclass(frozen=True, slots=True)
class _Start:
    """A line that may begin a note: its block, its line in it, the number, how the number is written."""

    block: int
    line: int
    label: str
    guise: str
    text: str


def move_notes(draft: Draft, words: Collection[str]) -> Draft:
    """Return the draft with its notes taken out of the blocks, whose lines are still those of the source."""
    starts = tuple(_accepted(draft.blocks))
    if not starts:
        return draft
    by_block: dict[int, list[_Start]] = {}
    for start in starts:
        by_block.setdefault(start.block, []).append(start)
    kept: list[Block] = []
    notes: list[Note] = []
    repairs: list[Repair] = []
    is_open = False
    for index, block in enumerate(draft.blocks):
        found = by_block.get(index, [])
        if not found:
            if is_open and REST.match(block.text) and "\n" not in block.text:
                notes[-1] = replace(notes[-1], text=_joined(notes[-1].text, block.text.strip()))
                repairs.append(Repair(rule=RULE, line=block.line, before=visible(block.text), after=""))
                continue
            if HEADING.match(block.text) and index + 1 in by_block:
                repairs.append(Repair(rule=RULE, line=block.line, before=visible(block.text), after=""))
                continue
            is_open = False
            kept.append(block)
            continue
        lines = block.text.split("\n")
        is_rest = notes and not FINISHED.search(notes[-1].text)
        if found[0].line and is_rest and (block.page > 1 or lines[0].lstrip()[:1].islower()):
            # The end of the page before cut the last note in two.
            notes[-1] = replace(notes[-1], text=join_lines([notes[-1].text, *lines[: found[0].line]], words))
            repairs.append(Repair(rule=RULE, line=block.line, before=visible(lines[0]), after=""))
        elif found[0].line:
            kept.append(
                replace(block, text="\n".join(lines[: found[0].line]), last=block.line_at(found[0].line - 1))
            )
        ends = [*(start.line for start in found[1:]), len(lines)]
        for start, end in zip(found, ends, strict=True):
            text = join_lines([start.text, *lines[start.line + 1 : end]], words)
            notes.append(Note(label=start.label, text=text, line=block.line_at(start.line)))
            before = lines[start.line][: len(lines[start.line]) - len(start.text)].strip()
            opening = " ".join(start.text.split()[:4])
            repair = Repair(
                rule=RULE,
                line=block.line_at(start.line),
                before=visible(f"{before} {opening} …"),
                after=visible(f"[^{start.label}]: {opening} …"),
            )
            # A note may be written in the source as it is here.
            if repair.before != repair.after:
                repairs.append(repair)
        is_open = True
    return replace(
        draft, blocks=tuple(kept), notes=(*draft.notes, *notes), repairs=(*draft.repairs, *repairs)
    )


def _joined(before: str, after: str) -> str:
    """Return a note with the rest of its address."""
    return f"{before.rstrip()}{after}"


def _accepted(blocks: Sequence[Block]) -> Iterator[_Start]:
    """Yield the lines that begin notes, in order: strong guises always, weak ones in sequence and with evidence."""
    candidates = list(_candidates(blocks))
    lines = {(start.block, start.line) for start in candidates if start.guise in STRONG}
    texts = [
        "\n".join(line for place, line in enumerate(block.text.split("\n")) if (number, place) not in lines)
        for number, block in enumerate(blocks)
    ]
    marked = {mark.label for mark in _marks(texts)}
    is_paged = blocks[-1].page > 1 if blocks else False
    last = 0
    after_heading = -1
    refused: tuple[int, int] | None = None
    guise = ""
    for start in candidates:
        number = int(start.label)
        # One document writes its weak numbers in one way: a line of the text may begin with a figure.
        if start.guise not in STRONG and guise not in ("", start.guise):
            continue
        # The second line of a list is none, either.
        if start.guise not in STRONG and refused == (start.block, number - 1):
            refused = (start.block, number)
            continue
        if HEADING.match(blocks[start.block - 1].text) if start.block else False:
            after_heading = start.block
        if start.guise in STRONG:
            if start.text or start.guise == "sup":
                last = number
                yield start
            continue
        is_foot = is_paged and _ends_page(blocks, start.block)
        # A number that the conversion misread or lost does not end the series.
        is_next = 0 < number - last <= (MISSED if is_foot else 2) or number == 1
        is_marked = start.label in marked
        is_reference = REFERENCE.search(_whole(blocks, start)) is not None
        is_listed = start.block == after_heading
        if is_next and (
            is_listed
            or (is_marked and (is_reference or last or is_foot))
            or (last and number > 1 and (is_reference or is_foot))
        ):
            # A list in the text begins with 1, too.
            if number == 1 and last and not (is_marked and REFERENCE.search(start.text)):
                refused = (start.block, number)
                continue
            last, guise = number, start.guise
            yield start
        else:
            refused = (start.block, number)


def _ends_page(blocks: Sequence[Block], number: int) -> bool:
    """Return whether a block is the last of its page."""
    return number + 1 == len(blocks) or blocks[number + 1].page != blocks[number].page


def _whole(blocks: Sequence[Block], start: _Start) -> str:
    return " ".join([start.text, *blocks[start.block].text.split("\n")[start.line + 1 : start.line + 3]])


def _candidates(blocks: Sequence[Block]) -> Iterator[_Start]:
    for number, block in enumerate(blocks):
        if block.kind not in ("text", "item"):
            continue
        for place, line in enumerate(block.text.split("\n")):
            match = START.match(line)
            if match is None:
                continue
            guise = next(name for name in ("sup", "bracket", "paren", "dot", "bare") if match[name])
            label = match[guise].translate(DIGITS).lstrip("0") or "0"
            # A year or another large figure begins many lines.
            if guise == "bare" and int(label) > 999:
                continue
            if label != "0":
                yield _Start(number, place, label, guise, match["text"].strip())


@dataclass(frozen=True, slots=True, order=True)
class _Mark:
    """A number in the text that may be a mark.

    Its block, its span in it; `is_certain` but for digits glued to a word.
    """

    block: int
    start: int
    end: int
    label: str
    is_certain: bool


# law.<sup>3</sup>   law.[3]   law.(3)   law.3   harvest”12   keepers4
MARK = re.compile(
    rf"<sup>\s*\[?(?P<sup>{NUMBER})\]?\s*</sup>|\[\^?(?P<bracket>{NUMBER})\](?!\()|(?<=[^\s(])\((?P<paren>\d{{1,4}})\)"
    r"|(?:(?:(?<!\d[.,:])|(?<=\b\d\d\d\d[.,]))(?<=[.,;:!?)\]\"”“’'»…])(?=[lIO]{0,3}\d)|(?<=[a-zß-ÿ][a-zß-ÿ][a-zß-ÿ])(?=\d))"
    r"(?P<glued>[0-9lIO]{1,4})\)?"
    r"(?=$|[\s\"”’)—–]|[.,;:](?:\s|$))"
)


def _marks(texts: Sequence[str]) -> tuple[_Mark, ...]:
    """Return what may be marks of notes, in order."""
    return tuple(
        _Mark(
            number,
            match.start(),
            match.end(),
            (match["sup"] or match["bracket"] or match["paren"] or match["glued"])
            .translate(DIGITS)
            .lstrip("0"),
            match["glued"] is None,
        )
        for number, text in enumerate(texts)
        for match in MARK.finditer(text)
    )


def mark_notes(draft: Draft) -> Draft:
    """Return the draft with each mark in its text as `[^3]`, and with labels of its own where numbering began anew."""
    if not draft.notes:
        return draft
    labels = _unique_labels(draft.notes)
    texts = [block.text for block in draft.blocks]
    chosen = _choose(_marks(texts), draft, labels)
    repairs: list[Repair] = []
    # From the end of the text, so that what is still to be replaced stays where it is.
    for mark, label in sorted(chosen, reverse=True):
        text = texts[mark.block]
        before, sign = text[: mark.start], text[mark.start : mark.end]
        texts[mark.block] = f"{before}[^{label}]{text[mark.end :]}"
        repairs.append(
            Repair(
                rule=MARK_RULE,
                line=draft.blocks[mark.block].line,
                before=visible(_tail(before) + sign),
                after=visible(f"{_tail(before)}[^{label}]"),
            )
        )
    marked = {label for _, label in chosen}
    return replace(
        draft,
        blocks=tuple(replace(block, text=text) for block, text in zip(draft.blocks, texts, strict=True)),
        notes=tuple(
            replace(note, label=label, is_marked=label in marked)
            for note, label in zip(draft.notes, labels, strict=True)
        ),
        repairs=(*draft.repairs, *reversed(repairs)),
    )


def _tail(text: str) -> str:
    """Return the last words of a text, to find a place by."""
    return text[-32:].split(" ", 1)[-1] if len(text) > 32 else text


def _choose(marks: Sequence[_Mark], draft: Draft, labels: Sequence[str]) -> list[tuple[_Mark, str]]:
    """Return which mark belongs to which note.

    The first of each number behind the mark of the note before, certain ones before digits glued to a word; a certain
    mark that comes again refers to the same note again. Where numbers begin anew a mark stands no further than the
    note.
    """
    by_label: dict[str, list[_Mark]] = {}
    for mark in marks:
        by_label.setdefault(mark.label, []).append(mark)
    is_anew = any("-" in label for label in labels)
    chosen: list[tuple[_Mark, str]] = []
    last = _Mark(-1, -1, -1, "", True)
    for note, label in zip(draft.notes, labels, strict=True):
        within = [
            mark
            for mark in by_label.get(note.label, ())
            if mark > last and (not is_anew or draft.blocks[mark.block].line <= note.line)
        ]
        certain = [mark for mark in within if mark.is_certain]
        found = certain or within[:1]
        if not found:
            continue
        chosen.append((found[0], label))
        if not is_anew:
            chosen.extend((mark, label) for mark in certain[1:])
        by_label[note.label] = [mark for mark in within if mark > found[0]]
        last = found[0]
    return chosen


def _unique_labels(notes: Sequence[Note]) -> list[str]:
    """Return the notes' labels; where the numbers begin anew, with the number of the series before them: `2-1`."""
    labels: list[str] = []
    series, last = 1, 0
    for note in notes:
        number = int(note.label)
        if number <= last and note.label in labels:
            series += 1
        last = number
        labels.append(note.label if series == 1 else f"{series}-{note.label}")
    if len(set(labels)) < len(labels):
        seen: dict[str, int] = {}
        unique = []
        for label in labels:
            seen[label] = seen.get(label, 0) + 1
            unique.append(label if seen[label] == 1 else f"{label}-{seen[label]}")
        return unique
    return labels
