"""An examined document on a terminal: colours and signs say the same, so that either is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from generator.diagnostics import diagnostic_as_json
from generator.doctor.examine import Examination, Leaf, Mark, MarkKind, Section, fold_words

# What opens and closes a marked stretch, its colour, and what it means; `…` stands for the words.
SIGNS: dict[MarkKind, tuple[str, str, str, str]] = {
    "actor": ("⟨", "⟩", "green", "a mention of an actor"),
    "issue": ("⟪", "⟫", "blue", "a mention of an issue"),
    "link": ("⟦", "⟧", "cyan", "a wikilink"),
    "quotation": ("❲", "❳", "underline", "a quotation with a note of the editors, and its number"),
    "note": ("[^", "]", "magenta", "the mark of a footnote"),
    "doubt": ("⁇", "⁇", "bold red", "words that may mean several"),
}
SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}
# Joiners and non-joiners spell words in Persian and in scripts of India.
JOINERS = frozenset("\u200c\u200d")


def show_examination(console: Console, found: Examination) -> None:
    """Print the document: head, legend, texts with marks, then lists of all that was found."""
    for line in (*_head(found), *_legend(), *_texts(found), *_lists(found)):
        console.print(line, soft_wrap=True)


def marked(leaf: Leaf) -> Text:
    """Return the words of a leaf with signs and colours at its marks; marks that cross are closed where they end."""
    line = Text()
    words = leaf.block.text
    edges = sorted(
        {0, len(words), *(edge for mark in leaf.marks for edge in (mark.span.start, mark.span.end))}
    )
    for index, edge in enumerate(edges):
        # What ends here is closed before what begins here is opened.
        for mark in reversed(leaf.marks):
            if mark.kind != "note" and mark.span.end == edge and mark.span.start < edge:
                line.append(_closing(mark), style=SIGNS[mark.kind][2])
        for mark in leaf.marks:
            if mark.kind == "note" and mark.span.start == edge:
                line.append(f"[^{printable(mark.label)}]", style=SIGNS["note"][2])
            elif mark.span.start == edge and mark.span.end > edge:
                line.append(_opening(mark), style=SIGNS[mark.kind][2])
        end = edges[index + 1] if index + 1 < len(edges) else edge
        styles = [
            SIGNS[m.kind][2] for m in leaf.marks if m.span.start <= edge and end <= m.span.end and edge < end
        ]
        line.append(printable(words[edge:end]), style=" ".join(styles))
    return line


def examination_as_json(found: Examination) -> dict[str, Any]:
    """Return the examination as plain values; offsets count code points of each block's `text`."""
    return {
        "document": found.slug,
        "title": found.title,
        "date": found.date,
        "kind": found.kind,
        "sections": [_section_as_json(section) for section in found.sections],
        "mentions": [
            {
                "slug": one.slug,
                "name": one.name,
                "kind": one.kind,
                "count": one.count,
                "spellings": list(one.spellings),
            }
            for one in found.namings
        ],
        "quotations": [
            {
                "number": one.number,
                "id": one.annotation.id,
                "quote": one.annotation.quote,
                "state": one.located.state if one.located else "unchecked",
                "passage": one.located.passage if one.located else None,
                "is_doubtful": one.is_doubtful,
                "path": one.place.path,
                "line": one.place.line,
            }
            for one in found.quotations
        ],
        "notes": [
            {
                "label": one.label,
                "marks": one.marks,
                "is_defined": one.is_defined,
                "is_by_editors": one.is_by_editors,
                "cites": list(one.cites),
                "path": one.place.path,
                "line": one.place.line,
            }
            for one in found.notes
        ],
        "doubts": [
            {"code": one.code, "what": one.what, "path": one.place.path, "line": one.place.line}
            for one in found.doubts
        ],
        "diagnostics": [diagnostic_as_json(one) for one in found.diagnostics],
    }


def printable(words: str) -> str:
    """Return the words with control characters but line ends shown, so that a text cannot drive a terminal."""
    return "".join(c if c.isprintable() or c == "\n" or c in JOINERS else f"\\u{ord(c):04x}" for c in words)


def _head(found: Examination) -> Iterator[Text]:
    yield Text(printable(found.title), style="bold")
    yield Text(printable(f"{found.slug} · {found.kind} · {found.date}"))
    yield Text()


def _legend() -> Iterator[Text]:
    for opening, closing, style, meaning in SIGNS.values():
        line = Text("  ")
        line.append(f"{opening}…{closing}", style=style)
        line.append(f"  {meaning}")
        yield line


def _texts(found: Examination) -> Iterator[Text]:
    for section in found.sections:
        yield Text()
        yield Text(printable(f"── {section.title} ({section.place.path}:{section.place.line})"), style="bold")
        for leaf in section.leaves:
            number = f"¶{leaf.passage}" if leaf.passage is not None else ""
            line = Text(f"{number:<4} ", style="dim")
            level = "#" * leaf.block.level + " " if leaf.block.kind == "heading" else ""
            line.append(level)
            line.append_text(marked(leaf))
            yield line


def _lists(found: Examination) -> Iterator[Text]:
    yield from _list(
        "Mentions", [(f"{one.count:>3} × {one.slug}", ", ".join(one.spellings), "") for one in found.namings]
    )
    yield from _list(
        "Quotations",
        [
            (
                f"{one.number:>3} {'✗' if one.is_doubtful else '✓'} {one.annotation.id}",
                f"“{fold_words(one.annotation.quote)}” {one.state}",
                "bold red" if one.is_doubtful else "",
            )
            for one in found.quotations
        ],
    )
    yield from _list(
        "Notes",
        [
            (
                f"  {'✓' if one.marks and one.is_defined else '✗'} [^{one.label}]",
                f"{one.marks} mark{'' if one.marks == 1 else 's'}"
                + (", placed by the editors" if one.is_by_editors else "")
                + (f", cites {', '.join(one.cites)}" if one.cites else ", cites nothing in the bibliography"),
                "" if one.marks and one.is_defined else "bold red",
            )
            for one in found.notes
        ],
    )
    yield from _list(
        "Doubts",
        [
            (f"  ? {one.code}", f"{one.place.path}:{one.place.line}: {one.what}", "yellow")
            for one in found.doubts
        ],
    )
    yield from _list(
        "Diagnostics",
        [
            (
                f"  ! {one.severity}[{one.code}]",
                f"{one.place.path}:{one.place.line}:{one.place.column}: {one.what}",
                SEVERITY_STYLES[one.severity],
            )
            for one in found.diagnostics
        ],
    )


def _list(title: str, rows: list[tuple[str, str, str]]) -> Iterator[Text]:
    yield Text()
    yield Text(f"── {title}: {len(rows) or 'none'}", style="bold")
    for head, rest, style in rows:
        line = Text(printable(head), style=style)
        line.append(f"  {printable(rest)}", style="not bold")
        yield line


def _opening(mark: Mark) -> str:
    opening = SIGNS[mark.kind][0]
    return f"{opening}{printable(mark.label)} " if mark.kind == "quotation" else opening


def _closing(mark: Mark) -> str:
    return SIGNS[mark.kind][1]


def _section_as_json(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "path": section.place.path,
        "line": section.place.line,
        "blocks": [
            {
                "kind": leaf.block.kind,
                "passage": leaf.passage,
                "line": leaf.block.place.line,
                "text": leaf.block.text,
                "marks": [
                    {"kind": mark.kind, "start": mark.span.start, "end": mark.span.end, "label": mark.label}
                    for mark in leaf.marks
                ],
            }
            for leaf in section.leaves
        ],
    }
