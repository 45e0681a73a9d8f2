"""Text that no Markdown or HTML parser can take for code.

Every character with a meaning is written as an HTML character reference: both Python-Markdown and CommonMark parsers
leave these alone, and they are valid in text and in attributes. Escaping happens here, when a page is written, and
nowhere else: a value that is not `Markdown` is escaped by the template engine.
"""

from __future__ import annotations

import json
import re

SPECIAL = {character: f"&#{ord(character)};" for character in "*_`[]{}\\|~^='"} | {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
}
ANY_SPECIAL = re.compile(f"[{re.escape(''.join(SPECIAL))}]")
# Plain apostrophes are everywhere in prose and mean nothing in text.
READABLE = "".join(character for character in SPECIAL if character not in "'\"")
READABLE_SPECIAL = re.compile(f"[{re.escape(READABLE)}]")
# What begins a heading, list, rule, admonition, tab, definition or snippet: "# ", "- ", "1. ", "!!! ", "::: "
LINE_START = re.compile(r"^(?:[-+#!?:;/.%=@]|\(?\w{1,9}[.)](?=\s|$)|\d+[.)](?=\s|$))")
# White space that may break a line; non-breaking spaces are kept.
WHITE_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
# Letters that no page may hold: controls, lone surrogates and noncharacters (HTML Standard, 13.2.5).
NO_LETTER = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
FORBIDDEN = re.compile(f"[{NO_LETTER}]")
# White space in the pattern \\s but for what stays as it is: a space, and those that do not break a line.
BREAKING = "\t\n\r\u1680\u2000-\u200a\u2028\u2029\u205f\u3000"
# What `escape_text` would change, but for two spaces; prose holds little of it: "a_b", a line break
UNUSUAL = re.compile(f"[{re.escape(READABLE)}{NO_LETTER}{BREAKING}]")


class Markdown(str):
    """Text that is Markdown already and must not be escaped again."""

    __slots__ = ()


NOTHING = Markdown("")


def escape_text(text: str, *, is_line_start: bool = True) -> Markdown:
    """Return plain text as Markdown that shows exactly these words, on one line.

    `is_line_start`: the text may come to stand first in a line, where `- ` and the like have a meaning.
    """
    is_plain = "  " not in text and UNUSUAL.search(text) is None
    words = text if is_plain else WHITE_SPACE.sub(" ", FORBIDDEN.sub("\ufffd", text))
    if is_line_start:
        # A space before "- " or "1. " would hide it from LINE_START, not from the site's parser.
        words = words.lstrip()
    escaped = words if is_plain else _escape_readable(words)
    start = LINE_START.match(words) if is_line_start else None
    if start is not None:
        last = start.end() - 1
        escaped = f"{words[:last]}&#{ord(words[last])};{_escape_readable(words[last + 1 :])}"
    # The site's parser takes "#" at the end of a heading for decoration: "C#" would lose it.
    if words.endswith("#") and escaped.endswith("#"):
        escaped = f"{escaped[:-1]}&#35;"
    return Markdown(escaped)


def escape_attribute(text: str) -> Markdown:
    """Return plain text for use between double quotes in an attribute of a raw HTML tag."""
    words = " ".join(FORBIDDEN.sub("\ufffd", text).split())
    return Markdown(ANY_SPECIAL.sub(_special, words))


def escape_code(text: str) -> Markdown:
    """Return text for the inside of `<pre><code>`, its line breaks kept."""
    return Markdown(ANY_SPECIAL.sub(_special, FORBIDDEN.sub("\ufffd", text)))


def yaml_value(text: str) -> Markdown:
    """Return plain text as a double-quoted YAML scalar of front matter, which the theme prints without escaping."""
    words = " ".join(FORBIDDEN.sub("\ufffd", text).split())
    escaped = "".join({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}.get(c, c) for c in words)
    return Markdown(json.dumps(escaped, ensure_ascii=False))


def _escape_readable(words: str) -> str:
    return READABLE_SPECIAL.sub(_special, words)


def _special(found: re.Match[str]) -> str:
    return SPECIAL[found[0]]
