"""The reader of Word files (DOCX)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.parsers import expat

from generator.importing.model import Fact, Line, Received
from generator.importing.readers.docx_package import Package, RefusedError, read_package
from generator.importing.readers.html import read_page
from generator.importing.readers.html_facts import LANGUAGE, iso_date
from generator.importing.readers.pdf import NO_TITLE
from generator.importing.readers.result import ReadResult, damaged, empty_file, missing_extra, refuse

# Beside mammoth's own: what Word calls its title, its quotations and its captions.
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='caption'] => figcaption:fresh
"""
PARTS = {"title": "title", "creator": "author", "language": "language", "created": "created"}


def read_docx(name: str, content: bytes) -> ReadResult:
    """Return the paragraphs of a Word file, with its notes at the end, and what its properties state.

    A line's number is that of its paragraph, the page headers first. Deletions that Word tracks are left out,
    insertions stand. `created` is the day on which the file was made, which need not be that of the document.
    """
    try:
        import mammoth
    except ImportError:
        return missing_extra(name, "mammoth")
    try:
        package = read_package(content)
        page = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=STYLES,
            include_embedded_style_map=False,
            ignore_empty_paragraphs=False,
            external_file_access=False,
            # Pictures are not looked at: their description alone is kept.
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        ).value
    except MemoryError:
        raise
    except RefusedError as fault:
        return _refused(name, fault)
    except (zipfile.BadZipFile, expat.ExpatError, OSError, EOFError) as fault:
        return damaged(name, "Word", str(fault))
    except Exception as fault:  # mammoth raises of every kind on a broken file
        return damaged(name, "Word", f"{type(fault).__name__}: {fault}")
    return _received(name, package, read_page(name, page, counts_paragraphs=True, format="docx"))


def _received(name: str, package: Package, result: ReadResult) -> ReadResult:
    headers = list(_edges(package.headers, 1))
    if result.received is None:
        if not package.headers and not package.footers:
            return empty_file(name, "the document holds no word")
        received = Received(name=name, format="docx", lines=())
    else:
        received = result.received
    first = len(package.headers)
    body = [replace(line, number=line.number + first) for line in received.lines]
    last = body[-1].number if body else first
    footers = list(_edges(package.footers, last + 1))
    received = replace(
        received,
        lines=_without_double_blanks([*headers, *body, *footers]),
        facts=tuple(_facts(package)),
        gaps=(*received.gaps, *_gaps(package)),
    )
    return replace(result, received=received)


def _edges(texts: list[str], first: int) -> Iterator[Line]:
    for number, text in enumerate(texts, start=first):
        yield Line(text="", number=number)
        yield Line(text=text, number=number, kind="furniture")
        yield Line(text="", number=number)


def _without_double_blanks(lines: list[Line]) -> tuple[Line, ...]:
    kept: list[Line] = []
    for line in lines:
        if line.text or (kept and kept[-1].text):
            kept.append(line)
    while kept and not kept[-1].text:
        kept.pop()
    return tuple(kept)


def _facts(package: Package) -> Iterator[Fact]:
    for part, key in PARTS.items():
        words = package.properties.get(part, "")
        value = iso_date(words) if key == "created" else words
        if key == "title" and (len(words.split()) < 2 or NO_TITLE.search(words)):
            continue
        if key == "language" and not LANGUAGE.fullmatch(words):
            continue
        # The name of an account is no author's.
        if key == "author" and len(words.split()) < 2:
            continue
        if value:
            yield Fact(key=key, value=value, line=1, words=words)


def _gaps(package: Package) -> Iterator[str]:
    if package.deleted or package.inserted:
        yield f"tracked changes: {package.deleted} deletions are left out, {package.inserted} insertions stand"
    if package.comments:
        yield f"{package.comments} comments in the margin are left out"
    unmarked = len(package.notes - set(package.marks))
    if unmarked:
        yield f"{unmarked} notes have no mark in the text, and are left out"


def _refused(name: str, fault: RefusedError) -> ReadResult:
    reasons = {
        "archive-bomb": "unpacking it could fill the memory of the machine",
        "document-type": "Word never writes one; its entities could name files of this machine, or fill its memory",
        "deep-nesting": "Word never writes such a file; reading it could bring the reader down",
    }
    return refuse(
        name,
        fault.code,
        f"the file {fault}",
        why=reasons[fault.code],
        help="open it in a word processor, save a new copy, and import that",
    )
