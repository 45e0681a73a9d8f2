"""Which format the bytes of a file are in, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import Literal

from generator.diagnostics import Diagnostic, info
from generator.importing.readers.decoding import MARKS, find_wide_encoding
from generator.importing.readers.result import ReadResult, damaged, empty_file, encrypted, refuse
from generator.model.places import Place

Format = Literal["text", "html", "pdf", "docx", "mail", "zip"]

SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".htm": "html", ".html": "html", ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx", ".docm": "docx", ".dotx": "docx",
    ".eml": "mail", ".mht": "mail", ".mhtml": "mail",
    ".zip": "zip",
}  # fmt: skip
NAMES: dict[Format, str] = {
    "text": "text", "html": "HTML", "pdf": "PDF", "docx": "Word (DOCX)", "mail": "e-mail", "zip": "a ZIP",
}  # fmt: skip

# Enough for the head of any format; PDF's mark may stand within the first kilobyte (ISO 32000-1, annex H, note 13).
HEAD_BYTES = 64 * 1024
PDF_BYTES = 1024
# What cannot be read, by its first bytes, and what to do about it.
REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "an RTF file", "open it in a word processor and save it as .docx"),
    (b"\x89PNG\r\n", "a PNG image", "recognising text in pictures (OCR) is out of scope: do that first"),
    (b"\xff\xd8\xff", "a JPEG image", "recognising text in pictures (OCR) is out of scope: do that first"),
    (b"GIF8", "a GIF image", "recognising text in pictures (OCR) is out of scope: do that first"),
    (b"II*\0", "a TIFF image", "recognising text in pictures (OCR) is out of scope: do that first"),
    (b"MM\0*", "a TIFF image", "recognising text in pictures (OCR) is out of scope: do that first"),
    (b"\x1f\x8b", "a gzip archive", "unpack it, and import the files in it"),
    (b"BZh", "a bzip2 archive", "unpack it, and import the files in it"),
    (b"\xfd7zXZ\0", "an xz archive", "unpack it, and import the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it, and import the files in it"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it, and import the files in it"),
    (b"\x7fELF", "a program", "import documents only"),
    (b"MZ\x90\0", "a program", "import documents only"),
    (b"%!PS", "a PostScript file", "convert it to PDF, and import that"),
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream that holds an encrypted Word file ([MS-OFFCRYPTO], 2.3.4.3).
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

# Text holds few control characters beside tab, line feed, form feed and return; noise has one in ten.
CONTROLS = bytes(set(range(32)) - {0, 9, 10, 11, 12, 13, 27}) + b"\x7f"
MAX_CONTROLS = 0.03
MAX_NULS = 0.3

# <!-- saved from url=(0031)https://example.org/ --> <?xml version="1.0"?>
PROLOGUE = re.compile(rb"\s*(?:(?:<!--(?:(?!-->).){0,4000}-->|<\?xml[^>]{0,200}\?>)\s*)*", re.DOTALL)
# <!doctype html …>   <div class="post">
HTML_START = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|link|base|style|script|div|section|article|main|header|nav"
    rb"|aside|table|center|p|h[1-6]|ul|ol|dl|blockquote|font|figure|form)[\s/>])",
    re.IGNORECASE,
)
HTML_END = re.compile(
    rb"</(?:html|body|head|div|p|section|article|main|table|ul|ol|h[1-6]|blockquote|center)\s*>",
    re.IGNORECASE,
)
ANY_TAG = re.compile(rb"<[!/a-z]", re.IGNORECASE)
# A text that begins with a tag and holds more of them is a page, whatever its name.
MAX_TEXT_TAGS = 6
# Subject: Minutes of May
HEADER = re.compile(rb"([!-9;-~]{1,80}):(?: |\t|$)")
# Mail programs write these; a memorandum that begins with From, To and Date does not.
MAIL_HEADERS = {
    b"message-id",
    b"mime-version",
    b"received",
    b"return-path",
    b"delivered-to",
    b"content-type",
    b"x-mailer",
}
LETTER_HEADERS = {b"from", b"to", b"date", b"subject"}
MAX_HEADERS = 400


def detect_format(name: str, content: bytes) -> tuple[Format | None, ReadResult]:
    """Return the format of a file by its content, with an info where its name says another; or None and why not."""
    if not content:
        return None, empty_file(name)
    if content.startswith(OLE):
        return None, _ole(name, content)
    for start, what, cure in REFUSED:
        if content.startswith(start):
            return None, unsupported(name, what, cure)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        kind, refused = _zip_format(name, content)
    elif b"%PDF-" in content[:PDF_BYTES]:
        kind, refused = "pdf", ReadResult()
    elif _is_binary(content):
        return None, unsupported(
            name,
            "a binary file of a kind unknown here",
            "import text, Markdown, HTML, PDF, DOCX, EML or a ZIP of these",
        )
    else:
        kind, refused = _text_format(name, content), ReadResult()
    if kind is None:
        return None, refused
    return kind, ReadResult(found=_wrong_extension(name, kind))


def unsupported(name: str, what: str, help: str) -> ReadResult:
    """Return the result of a file in a format that nothing here reads."""
    return refuse(
        name,
        "unsupported-format",
        f"this is {what}",
        why="its text cannot be read without guessing",
        help=help,
    )


def _wrong_extension(name: str, format: Format) -> tuple[Diagnostic, ...]:
    suffix = PurePosixPath(name).suffix.casefold()
    said = SUFFIXES.get(suffix)
    if said == format or not suffix:
        return ()
    if said is None and format == "text":
        # Any name may stand on a text.
        return ()
    return (
        info(
            Place(path=name),
            "wrong-extension",
            f"the name ends in {suffix}, but the content is {NAMES[format]}",
            why="the content decides how it is read",
            help="rename the file, so that other programs open it too",
        ),
    )


def _ole(name: str, content: bytes) -> ReadResult:
    if ENCRYPTED_PACKAGE in content:
        return encrypted(name, "Word (DOCX)")
    return unsupported(
        name,
        "a file of Word 97–2003, Outlook or another old Office program",
        "save it as .docx, or the message as .eml",
    )


def _zip_format(name: str, content: bytes) -> tuple[Format | None, ReadResult]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80].decode("ascii", "replace") if _has_mimetype(archive) else ""
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, RuntimeError) as fault:
        return None, damaged(name, "ZIP", str(fault))
    if "[Content_Types].xml" in names:
        if any(n.startswith("word/") for n in names):
            return "docx", ReadResult()
        kind = "a spreadsheet or presentation (Office Open XML)"
    if kind:
        return None, unsupported(name, kind, "save it as .docx, .html or .txt, and import that")
    return "zip", ReadResult()


def _has_mimetype(archive: zipfile.ZipFile) -> bool:
    """Return whether the archive is an OpenDocument or EPUB file: its kind stands in a small member, not packed."""
    try:
        member = archive.getinfo("mimetype")
    except KeyError:
        return False
    return member.compress_type == zipfile.ZIP_STORED and member.file_size <= HEAD_BYTES


def _is_binary(content: bytes) -> bool:
    if any(content.startswith(mark) for mark, _ in MARKS) or find_wide_encoding(content):
        return False
    sample = content[:HEAD_BYTES]
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return controls > MAX_CONTROLS * len(sample) or sample.count(0) > MAX_NULS * len(sample)


def _text_format(name: str, content: bytes) -> Format:
    head = _as_ascii(content[:HEAD_BYTES])
    if _is_mail(name, head):
        return "mail"
    said = SUFFIXES.get(PurePosixPath(name).suffix.casefold())
    if said == "html" and ANY_TAG.search(head):
        return "html"
    start = PROLOGUE.match(head)
    match = HTML_START.match(head, start.end() if start else 0)
    if match is None:
        return "text"
    # A Markdown file may begin with a piece of HTML.
    is_whole = match[0].lower().startswith((b"<!", b"<html", b"<head", b"<body", b"<meta", b"<title"))
    tags = len(HTML_START.findall(head)) + len(HTML_END.findall(head))
    return "html" if is_whole or tags > (MAX_TEXT_TAGS if said == "text" else 1) else "text"


def _as_ascii(head: bytes) -> bytes:
    """Return bytes in which the tags of any encoding can be seen."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore").encode("utf-8", "ignore")
    wide = find_wide_encoding(head[: len(head) - len(head) % 4])
    return head.decode(wide, "ignore").encode("utf-8", "ignore") if wide else head


def _is_mail(name: str, head: bytes) -> bool:
    keys = set()
    lines = head.lstrip(b"\r\n").replace(b"\r\n", b"\n").split(b"\n")[:MAX_HEADERS]
    for number, line in enumerate(lines):
        if not line.strip():
            break
        if line[:1] in b" \t" or (number == 0 and line.startswith(b"From ")):
            continue
        match = HEADER.match(line)
        if match is None:
            return False
        keys.add(match[1].lower())
    says_mail = SUFFIXES.get(PurePosixPath(name).suffix.casefold()) == "mail"
    if says_mail and keys & (LETTER_HEADERS | MAIL_HEADERS):
        return True
    return bool(keys & MAIL_HEADERS) and (len(keys & LETTER_HEADERS) >= 2 or b"mime-version" in keys)
