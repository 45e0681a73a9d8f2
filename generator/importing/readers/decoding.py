"""Text from bytes in an encoding that nobody states, with every guess told."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from generator.importing.model import Repair

# Longest first: the mark of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Enough to see where the NULs of UTF-16 and UTF-32 stand.
SAMPLE_BYTES = 4096
# Of the characters of a European text in UTF-16, nearly all have a NUL as one byte; in a text with stray NULs few do.
WIDE_SHARE = 0.7
# charset-normalizer tries some ninety encodings on what it is given; more bytes hardly change its verdict.
GUESS_BYTES = 64 * 1024
# Above this share of all letters, the accented ones are those of another script than the Latin.
WESTERN_SHARE = 0.25
# A file of noise would else tell as many repairs as it has lines.
MAX_REPAIRS = 1000
# As much of a line as a report shows.
SHOWN_CP = 200

# What WHATWG's Encoding Standard calls windows-1252: the five bytes that Microsoft left open stay control characters.
WINDOWS_1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
WESTERN_LETTERS = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸƒ]")
# What stands above 0x7f in Western texts beside letters: “ ” ‘ ’ – — … • € § © ® ° £ « » ½ and a fixed space.
WESTERN_SIGNS = re.compile("[“”‘’‚„–—…•€™§©®°£«»¡¿¢¥±·¶º¹²³ª¼½¾×\xa0\xad´]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with `\\n` line ends and no NUL; `encoding` as the reader of a record should see it."""

    text: str
    encoding: str
    repairs: tuple[Repair, ...] = ()
    gaps: tuple[str, ...] = ()


def decode(content: bytes, stated: str = "") -> Decoded:
    """Return the text of a file: by its byte order mark, else as UTF-8, else as `stated`, else guessed.

    A guess is told in `gaps`. Where some lines are UTF-8 and others are not, the others are read as windows-1252, each
    a repair. Linear in the size of the file.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _decode_as(content[len(mark) :], encoding)
    wide = find_wide_encoding(content)
    if wide:
        return _decode_as(content, wide, gap=f"encoding guessed as {wide} from where the NUL bytes stand")
    try:
        return _cleaned(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    known = _usable(stated)
    if known:
        return _decode_as(content, known)
    return _decode_unstated(content, stated)


def find_wide_encoding(content: bytes) -> str:
    """Return the UTF-16 or UTF-32 that bytes without a mark are in, by where their NULs stand, or ""."""
    sample = content[: min(SAMPLE_BYTES, len(content) - len(content) % 4)]
    if len(content) % 2 or not content or b"\0" not in content[:SAMPLE_BYTES]:
        return ""
    if sample and not len(content) % 4:
        null_32 = [sample[place::4].count(0) * 4 / len(sample) for place in range(4)]
        if min(null_32[1:]) > WIDE_SHARE > null_32[0]:
            return "utf-32-le"
        if min(null_32[:3]) > WIDE_SHARE > null_32[3]:
            return "utf-32-be"
    sample = content[:SAMPLE_BYTES]
    even, odd = (sample[place::2].count(0) * 2 / len(sample) for place in (0, 1))
    if min(even, odd) > 1 - WIDE_SHARE:
        return ""
    if odd > WIDE_SHARE:
        return "utf-16-le"
    return "utf-16-be" if even > WIDE_SHARE else ""


def _usable(stated: str) -> str:
    """Return the codec for a name that a file states, or "" where there is none or it is no encoding of text."""
    name = stated.strip().casefold()
    if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        # As browsers read them (WHATWG, Encoding, 4.2).
        return "windows-1252"
    try:
        codec = codecs.lookup(name)
        "".encode(codec.name)
    except (LookupError, ValueError, TypeError):
        return ""
    # The meta element that states UTF-16 was itself read as ASCII.
    is_wide = codec.name.startswith(("utf-16", "utf-32", "utf-7"))
    return "" if is_wide or codec.name in ("utf-8", "idna", "punycode", "unicode_escape") else name


def _decode_as(content: bytes, encoding: str, gap: str = "") -> Decoded:
    gaps = [gap] if gap else []
    if encoding in ("windows-1252", "cp1252"):
        return _cleaned(_western(content), encoding, gaps=gaps)
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        text = content.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        gaps.append(f"{lost} places are not {encoding} and stand as U+FFFD")
    return _cleaned(text, encoding, gaps=gaps)


def _decode_unstated(content: bytes, stated: str) -> Decoded:
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    texts = [_utf8(line) for line in lines]
    if any(text is not None and not text.isascii() for text in texts):
        return _decode_mixed(lines, texts)
    odd = b"\n".join(line for line, text in zip(lines, texts, strict=True) if text is None)[:GUESS_BYTES]
    if _is_western(odd):
        encoding = "windows-1252"
    else:
        best = from_bytes(odd).best()
        encoding = best.encoding if best else "windows-1252"
    reason = f"the file states {stated}, which it is not" if stated else "the file does not state it"
    return _decode_as(content, encoding, gap=f"encoding guessed as {encoding}: {reason}")


def _decode_mixed(lines: list[bytes], texts: list[str | None]) -> Decoded:
    decoded = []
    repairs = []
    count = 0
    for number, (line, text) in enumerate(zip(lines, texts, strict=True), start=1):
        if text is None:
            text = _western(line)
            count += 1
            if count <= MAX_REPAIRS:
                before = line[:SHOWN_CP].decode("utf-8", errors="backslashreplace")
                repairs.append(Repair(rule="encoding", line=number, before=before, after=text[:SHOWN_CP]))
        decoded.append(text)
    gaps = (
        [f"{count - MAX_REPAIRS} more lines read as windows-1252 are not listed"]
        if count > MAX_REPAIRS
        else []
    )
    return _cleaned("\n".join(decoded), "utf-8 with lines in windows-1252", tuple(repairs), gaps)


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _western(content: bytes) -> str:
    return content.decode("latin-1").translate(WINDOWS_1252)


def _is_western(sample: bytes) -> bool:
    """Return whether the bytes make sense as windows-1252: few accents among many letters, nothing odd.

    A frequency count says little of the three curly quotes of a letter; this reads them as nearly all such files mean
    them.
    """
    text = _western(sample)
    signs = len(WESTERN_SIGNS.findall(text))
    accents = len(WESTERN_LETTERS.findall(text))
    high = sum(not c.isascii() for c in text)
    letters = sum(c.isalpha() for c in text)
    return signs + accents == high and accents <= WESTERN_SHARE * letters


def _cleaned(
    text: str, encoding: str, repairs: tuple[Repair, ...] = (), gaps: list[str] | None = None
) -> Decoded:
    """Return the text with plain line ends and without NULs, which are told as repairs."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    gaps = gaps or []
    if "\0" in text:
        found = []
        count = 0
        lines = text.split("\n")
        for number, line in enumerate(lines, start=1):
            if "\0" in line:
                count += 1
                lines[number - 1] = line.replace("\0", "")
                if count <= MAX_REPAIRS:
                    before = line[:SHOWN_CP].replace("\0", "\\x00")
                    after = line[:SHOWN_CP].replace("\0", "")
                    found.append(Repair(rule="encoding", line=number, before=before, after=after))
        text = "\n".join(lines)
        repairs = (*repairs, *found)
        if count > MAX_REPAIRS:
            gaps.append(f"{count - MAX_REPAIRS} more lines with NUL bytes are not listed")
    return Decoded(text=text, encoding=encoding, repairs=repairs, gaps=tuple(gaps))
