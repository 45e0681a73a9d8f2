"""The reader of PDF."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from generator.importing.model import Fact, Line, Received
from generator.importing.readers.html_facts import LANGUAGE, iso_date
from generator.importing.readers.pdf_page import PageLine, Word, read_page_lines
from generator.importing.readers.result import ReadResult, damaged, encrypted, missing_extra, refuse

# A long report has a thousand pages; each takes a tenth of a second.
MAX_PAGES = 3000
# A heading is this much larger than the text, and no paragraph.
HEADING_SIZE = 1.15
MAX_HEADING_CP = 200
MAX_LEVEL = 6
# Words of one font size are gathered with this much of it between letters.
LETTER_GAP = 0.15
ITALIC = re.compile(r"italic|oblique|(?:^|[-,+])it(?:$|[-,])", re.IGNORECASE)
# Microsoft Word - letter_final2.docx   untitled   report.indd
NO_TITLE = re.compile(
    r"^(?:microsoft|untitled|document\d*$|slide\s|powerpoint|print)|\.(?:docx?|pdf|indd|rtf|txt|html?|qxd|wpd|odt)$",
    re.IGNORECASE,
)
# D:20180514093000Z
PDF_DATE = re.compile(r"(?:D:)?(\d{8})")
# (cid:127)
UNKNOWN_GLYPH = re.compile(r"\(cid:(\d{1,6})\)")
# Codes that WinAnsiEncoding leaves open mean a bullet (ISO 32000-1, annex D.2, note 3).
BULLETS = frozenset((127, 129, 141, 143, 144, 157))
MAX_LISTED = 12


def read_pdf(name: str, content: bytes) -> ReadResult:
    """Return the lines of a PDF through all pages, and what its document information states.

    `created` is the day on which the file was made, which need not be that of the document.
    """
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    except ImportError:
        return missing_extra(name, "pdfplumber")
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > MAX_PAGES:
                return _too_many_pages(name, len(document.pages))
            pages = [_words(page) for page in document.pages]
            facts = tuple(_facts(document.metadata or {}, document.doc.catalog))
    except MemoryError:
        raise
    except Exception as fault:  # pdfminer raises of every kind on a broken file
        causes = [fault, *fault.args]
        if any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes):
            return encrypted(name, "PDF")
        return damaged(name, "PDF", f"{type(fault).__name__}: {fault}")
    if not any(pages):
        return _no_text_layer(name, len(pages))
    lines = tuple(_lines(pages))
    empty = [str(number) for number, words in enumerate(pages, start=1) if not words]
    gaps = [f"no text layer on page {_listed(empty)}"] if empty else []
    unknown = sum(line.text.count("\ufffd") for line in lines)
    if unknown:
        gaps.append(f"{unknown} glyphs stand as U+FFFD: their fonts do not tell which letters they are")
    return ReadResult(received=Received(name=name, format="pdf", lines=lines, facts=facts, gaps=tuple(gaps)))


def _words(page: Any) -> tuple[Word, ...]:
    """Return the words of a page that stand upright, and free what the page was read into."""
    from pdfplumber.utils.text import extract_words

    chars = [char for char in page.dedupe_chars().chars if char["upright"]]
    found = extract_words(chars, x_tolerance_ratio=LETTER_GAP, extra_attrs=["size", "fontname"])
    page.close()
    return tuple(
        Word(
            text=_plain(word["text"]),
            x0=float(word["x0"]),
            x1=float(word["x1"]),
            top=float(word["top"]),
            bottom=float(word["bottom"]),
            size=max(float(word["size"]), 1.0),
            is_italic=ITALIC.search(str(word["fontname"])) is not None,
        )
        for word in found
        if _plain(word["text"])
    )


def _plain(text: str) -> str:
    """Return a word without characters that no line may hold; a glyph that the font does not tell is U+FFFD."""
    if "(cid:" in text:
        text = UNKNOWN_GLYPH.sub(lambda match: "•" if int(match[1]) in BULLETS else "\ufffd", text)
    return "".join(c for c in text if c.isprintable() or c in "\xad\u200b").strip()


def _lines(pages: Sequence[Sequence[Word]]) -> Iterator[Line]:
    """Yield the lines of all pages, a blank one before each paragraph."""
    sizes: Counter[float] = Counter()
    for words in pages:
        for word in words:
            sizes[round(word.size, 1)] += len(word.text)
    body = max(sizes, key=lambda size: (sizes[size], size))
    shown = [read_page_lines(words, body) if words else () for words in pages]
    levels = _levels(shown, body)
    number = 0
    for page, lines in enumerate(shown, start=1):
        joined = _joined_italics(lines)
        for place, (line, text) in enumerate(zip(lines, joined, strict=True)):
            if number and (line.begins or place == 0):
                yield Line(text="", number=number, page=page if place else page - 1 or 1)
            number += 1
            level = levels.get(round(line.size, 1), 0) if len(text) <= MAX_HEADING_CP else 0
            if level and any(c.isalpha() for c in text):
                words_only = text.replace("*", "")
                yield Line(
                    text=f"{'#' * level} {words_only}", number=number, page=page, kind="heading", level=level
                )
            else:
                yield Line(text=text, number=number, page=page)


def _levels(pages: Sequence[Sequence[PageLine]], body: float) -> dict[float, int]:
    """Return the level of heading for each size larger than the text's, the largest first."""
    large = {round(line.size, 1) for lines in pages for line in lines if line.size >= HEADING_SIZE * body}
    return {size: min(level, MAX_LEVEL) for level, size in enumerate(sorted(large, reverse=True), start=1)}


def _joined_italics(lines: Sequence[PageLine]) -> list[str]:
    """Return the texts of the lines; italics that go on in the next line of a paragraph are closed there only."""
    texts = [line.text for line in lines]
    for place in range(1, len(texts)):
        before = texts[place - 1]
        if (
            not lines[place].begins
            and before.endswith("*")
            and texts[place].startswith("*")
            and before.count("*") % 2 == 0
        ):
            texts[place - 1] = before[:-1]
            texts[place] = texts[place][1:]
    return texts


def _facts(metadata: dict[str, Any], catalog: dict[str, Any]) -> Iterator[Fact]:
    """Yield what the document information says; a title only where it is no file's name."""
    title = _words_of(metadata.get("Title"))
    if len(title.split()) > 1 and not NO_TITLE.search(title):
        yield Fact(key="title", value=title, line=1, words=title)
    author = _words_of(metadata.get("Author"))
    if len(author.split()) > 1:
        yield Fact(key="author", value=author, line=1, words=author)
    made = _words_of(metadata.get("CreationDate"))
    match = PDF_DATE.match(made)
    if match and iso_date(match[1]):
        yield Fact(key="created", value=iso_date(match[1]), line=1, words=made)
    language = catalog.get("Lang")
    stated = language.decode("ascii", "ignore") if isinstance(language, bytes) else ""
    if LANGUAGE.fullmatch(stated):
        yield Fact(key="language", value=stated, line=1, words=stated)


def _words_of(value: object) -> str:
    return " ".join(value.split())[:500] if isinstance(value, str) else ""


def _listed(numbers: Sequence[str]) -> str:
    more = len(numbers) - MAX_LISTED
    return ", ".join(numbers[:MAX_LISTED]) + (f" and {more} more" if more > 0 else "")


def _no_text_layer(name: str, pages: int) -> ReadResult:
    return refuse(
        name,
        "no-text-layer",
        f"none of its {pages} pages holds text" if pages != 1 else "its only page holds no text",
        why="the pages are pictures; recognising text in pictures (OCR) is out of scope",
        help="run an OCR program over the PDF, and import what that makes",
    )


def _too_many_pages(name: str, pages: int) -> ReadResult:
    return refuse(
        name,
        "file-too-large",
        f"{pages:,} pages; a PDF may have {MAX_PAGES:,}",
        why="reading it would take hours",
        help="split it into its documents",
    )
