"""The reader of plain text and Markdown: one line for each of the file."""

from __future__ import annotations

from generator.importing.model import Line, Received
from generator.importing.readers.decoding import decode
from generator.importing.readers.result import ReadResult, empty_file


def read_text(name: str, content: bytes) -> ReadResult:
    """Return the lines of a text file as they stand; a form feed begins the next page, with the same line number."""
    decoded = decode(content)
    if not decoded.text.strip():
        return empty_file(name, "the file holds no word, only blanks")
    form = "markdown" if name.casefold().endswith((".md", ".markdown")) else "text"
    received = Received(
        name=name,
        format=form,
        lines=lines_of(decoded.text),
        encoding=decoded.encoding,
        repairs=decoded.repairs,
        gaps=decoded.gaps,
    )
    return ReadResult(received=received)


def lines_of(text: str, first: int = 1) -> tuple[Line, ...]:
    """Return the lines of a text, counted from `first`, with the pages that form feeds begin."""
    lines = []
    # A mark at the very end closes the last page.
    has_pages = "\f" in text.strip()
    page = 1 if has_pages else 0
    for number, row in enumerate(text.removesuffix("\n").split("\n"), start=first):
        if "\f" not in row:
            lines.append(Line(text=row.rstrip(), number=number, page=page))
            continue
        head, *rest = row.split("\f")
        if head.strip() or not has_pages:
            lines.append(Line(text=head.rstrip(), number=number, page=page))
        for part in rest:
            page += has_pages
            if part.strip():
                lines.append(Line(text=part.rstrip(), number=number, page=page))
    return tuple(lines)
