"""The reader of e-mail (EML, and the pages that browsers save as MHTML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parsedate_to_datetime

from generator.importing.model import Fact, Line, Received
from generator.importing.readers.decoding import Decoded, decode
from generator.importing.readers.html import read_html
from generator.importing.readers.result import Member, ReadResult, damaged, empty_file
from generator.importing.readers.text import lines_of

# Letters have a handful of parts; a hostile one nests thousands.
MAX_PARTS = 500
# Answers to answers; a hostile letter may begin a line with thousands of signs.
MAX_QUOTES = 6
# The library reads a header in the square of its length; one of a thousand recipients is this long.
MAX_HEADER_CP = 20_000
MAX_HEADER_BYTES = 256 * 1024
# Pictures in a letter are its furniture; they are told, not imported.
LEFT_OUT = ("image", "audio", "video", "font")
# > as she wrote   >> and he before her
QUOTED = re.compile(r"[ ]?((?:>[ ]?)+)(.*)")
HEADERS = {"Subject": "title", "From": "author", "To": "recipient", "Date": "date"}
# Names in attachments are the sender's words: no folder, no sign that a system forbids.
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
MAX_NAME_CP = 100
MAX_WORDS_CP = 1000


def read_mail(name: str, content: bytes) -> ReadResult:
    """Return the lines of a letter, its headers as facts, and its attachments as further files.

    The plain text is preferred to the page. Quoted history becomes lines of quotation. Line numbers are the file's
    where the text stands in it as it is, else they count from the line on which the body begins.
    """
    content = _from_first_header(content)
    try:
        message = BytesParser(policy=policy.default).parsebytes(content)
        parts = list(_walk(message))
    except (
        ValueError,
        LookupError,
        RecursionError,
        AttributeError,
        IndexError,
        TypeError,
        KeyError,
    ) as fault:
        return damaged(name, "e-mail", f"{type(fault).__name__}: {fault}")
    gaps = []
    if len(parts) > MAX_PARTS:
        gaps.append(f"{len(parts) - MAX_PARTS} of its {len(parts)} parts are left out")
        parts = parts[:MAX_PARTS]
    body = _body(parts)
    result, body_gaps = _read_body(name, content, body)
    members, told = _attachments([part for part in parts if part is not body])
    facts = tuple(_facts(content))
    if result.received is None:
        if not members:
            return result if result.found else empty_file(name, "the message holds no text")
        received = Received(name=name, format="mail", lines=())
        gaps.append("the message itself holds no text")
    else:
        received = result.received
    own = tuple(fact for fact in received.facts if fact.key == "language")
    received = replace(
        received, format="mail", facts=(*facts, *own), gaps=(*received.gaps, *gaps, *body_gaps, *told)
    )
    return ReadResult(
        received=received, members=tuple(members), found=result.found if result.received else ()
    )


def _from_first_header(content: bytes) -> bytes:
    """Return the message without the blank lines, mark or mailbox line that some programs put above it."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")


def _walk(message: EmailMessage | MIMEPart) -> Iterator[MIMEPart]:
    """Yield the parts that hold something, in their order; a forwarded message is one part."""
    stack: list[MIMEPart] = [message]
    while stack:
        part = stack.pop()
        is_forwarded = part.get_content_maintype() == "message"
        payload = part.get_payload()
        if isinstance(payload, list) and not is_forwarded:
            stack.extend(reversed([p for p in payload if isinstance(p, MIMEPart)]))
        else:
            yield part


def _body(parts: list[MIMEPart]) -> MIMEPart | None:
    """Return the first part of plain text that is no attachment, else the first page."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in shown:
            if part.get_content_type() == kind and _payload(part).strip():
                return part
    return None


def _payload(part: MIMEPart) -> bytes:
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, MIMEPart) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _read_body(name: str, content: bytes, body: MIMEPart | None) -> tuple[ReadResult, tuple[str, ...]]:
    if body is None:
        return ReadResult(), ()
    payload = _payload(body)
    charset = body.get_content_charset() or ""
    if body.get_content_type() == "text/html":
        return read_html(name, payload, charset=charset), ()
    decoded = decode(payload, charset)
    is_flowed = str(body.get_param("format", "")).casefold() == "flowed"
    first = _first_line(content, payload)
    lines = tuple(
        _quoted(_flowed(lines_of(decoded.text, first)) if is_flowed else lines_of(decoded.text, first))
    )
    if not any(line.text for line in lines):
        return ReadResult(), ()
    return ReadResult(received=_received(name, lines, decoded, first)), ()


def _received(name: str, lines: tuple[Line, ...], decoded: Decoded, first: int) -> Received:
    repairs = tuple(replace(repair, line=repair.line + first - 1) for repair in decoded.repairs)
    return Received(
        name=name, format="mail", lines=lines, encoding=decoded.encoding, repairs=repairs, gaps=decoded.gaps
    )


def _first_line(content: bytes, payload: bytes) -> int:
    """Return the line of the file on which the body begins; that of the first blank line, where it is encoded."""
    plain = content.replace(b"\r\n", b"\n")
    start = plain.find(payload.replace(b"\r\n", b"\n")) if payload else -1
    if start < 0:
        start = max(plain.find(b"\n\n") + 2, 0)
    return plain.count(b"\n", 0, start) + 1


def _flowed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines of `format=flowed` without the space stuffed before `>`, `From` and spaces (RFC 3676, 4.4)."""
    return tuple(
        replace(line, text=line.text[1:]) if line.text.startswith((" >", " From", "  ")) else line
        for line in lines
    )


def _quoted(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        match = QUOTED.fullmatch(line.text) if ">" in line.text[:2] else None
        if match is None:
            yield line
            continue
        depth = min(match[1].count(">"), MAX_QUOTES)
        yield replace(line, text=f"{'> ' * depth}{match[2]}".rstrip(), kind="quote")


def _attachments(parts: list[MIMEPart]) -> tuple[list[Member], list[str]]:
    members: list[Member] = []
    told = []
    for part in parts:
        kind = part.get_content_type()
        is_alternative = kind in ("text/plain", "text/html") and not part.get_filename()
        payload = _payload(part)
        if not payload.strip() or (is_alternative and part.get_content_disposition() != "attachment"):
            continue
        name = _safe_name(part.get_filename() or "", kind, len(members) + 1)
        if part.get_content_maintype() in LEFT_OUT or kind.startswith(
            ("text/calendar", "application/pgp", "application/pkcs7")
        ):
            told.append(f"attachment `{name}` ({kind}, {len(payload):,} bytes) is not imported")
            continue
        members.append(Member(name=name, content=payload))
    return members, told


def _safe_name(stated: str, kind: str, number: int) -> str:
    """Return an attachment's name as one that no system takes for a path; the sender's own where it is harmless."""
    last = stated.replace("\\", "/").rpartition("/")[2]
    name = " ".join(UNSAFE.sub(" ", last).split()).strip(". ")[-MAX_NAME_CP:]
    ending = {
        "message/rfc822": "eml",
        "text/html": "html",
        "text/plain": "txt",
        "application/pdf": "pdf",
    }.get(kind, "bin")
    return name or f"attachment-{number}.{ending}"


def _facts(content: bytes) -> Iterator[Fact]:
    """Yield what the headers state, each with its line, and that it is an e-mail."""
    head = content[:MAX_HEADER_BYTES]
    message = BytesHeaderParser(policy=policy.default).parsebytes(head)
    for header, key in HEADERS.items():
        raw = next(
            (str(value) for name, value in message.raw_items() if name.casefold() == header.casefold()), ""
        )
        try:
            words = str(message.get(header) or "") if len(raw) <= MAX_HEADER_CP else raw[:MAX_WORDS_CP]
        except (ValueError, IndexError, LookupError, AttributeError, TypeError):
            # A header so broken that the library cannot read it states nothing.
            continue
        words = " ".join(words.split())[:MAX_WORDS_CP]
        value = _date(words) if key == "date" else words
        if value:
            yield Fact(key=key, value=value, line=_header_line(head, header), words=words)
    if "From" in message:
        yield Fact(key="kind", value="e-mail", line=_header_line(head, "From"), words="From:")


def _date(words: str) -> str:
    """Return the day of a header's date, by the sender's own clock (RFC 5322, 3.3)."""
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _header_line(head: bytes, header: str) -> int:
    match = re.search(rb"^" + header.encode() + rb"[ \t]*:", head, re.MULTILINE | re.IGNORECASE)
    return head.count(b"\n", 0, match.start()) + 1 if match else 1
