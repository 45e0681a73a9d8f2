"""One file's content to its lines: the reader that its format asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from generator.importing.readers.archive import read_archive
from generator.importing.readers.detect import Format, detect_format
from generator.importing.readers.docx import read_docx
from generator.importing.readers.html import read_html
from generator.importing.readers.mail import read_mail
from generator.importing.readers.pdf import read_pdf
from generator.importing.readers.result import ReadResult
from generator.importing.readers.text import read_text

READERS: dict[Format, Callable[[str, bytes], ReadResult]] = {
    "text": read_text,
    "html": read_html,
    "pdf": read_pdf,
    "docx": read_docx,
    "mail": read_mail,
    "zip": read_archive,
}


def read_content(name: str, content: bytes) -> ReadResult:
    """Return what a file holds. `name` is shown in messages; its ending never decides against the content.

    Time and memory are those of the format's library: `bounded` runs this where they are limited.
    """
    kind, detected = detect_format(name, content)
    if kind is None:
        return detected
    result = READERS[kind](name, content)
    return replace(result, found=(*detected.found, *result.found))
