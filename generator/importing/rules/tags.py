"""Stray HTML tags in a text: links and emphasis become Markdown, note marks stay, the rest goes."""

from __future__ import annotations

import re

# <a href="https://a.example/b">https://a.example/b</a>
LINK = re.compile(
    r"<a\b(?>[^<>]*?\bhref\s*=\s*[\"']?([^\"'\s<>]++)[\"']?[^<>]*+)>(.{0,2000}?)</a\s*>", re.IGNORECASE
)
# <sup>3</sup>  <sup>*</sup>
MARK = re.compile(r"<sup>\s*(?:\[?\s*[0-9lIO]{1,4}\s*\]?|[*†‡§])\s*</sup>", re.IGNORECASE)
STRONG = re.compile(r"</?(?:b|strong)\b[^<>]*>", re.IGNORECASE)
EMPHASIS = re.compile(r"</?(?:i|em|cite)\b[^<>]*>", re.IGNORECASE)
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
CODE = re.compile(r"<(script|style)\b[^<>]*>", re.IGNORECASE)
# Only names that HTML has: `<not a tag>` is the author's.
TAG = re.compile(
    r"</?(?:a|abbr|article|aside|big|blockquote|body|button|center|dd|div|dl|dt|figcaption|figure|font|footer|form|h[1-6]"
    r"|header|hr|html|iframe|img|input|ins|label|li|main|mark|nav|o:p|object|ol|p|q|s|script|section|small|span|strike|sub"
    r"|style|sup|svg|table|tbody|td|th|thead|time|tr|tt|u|ul|video|wbr)\b[^<>]*>",
    re.IGNORECASE,
)


def repair(text: str) -> str:
    """Return the text without tags but for `<sup>` around the number or sign of a note."""
    if "<" not in text:
        return text
    text = _without_code(text)
    text = LINK.sub(_link, text)
    text = EMPHASIS.sub("*", STRONG.sub("**", BREAK.sub("\n", text)))
    kept = MARK.findall(text)
    parts = MARK.split(text)
    plain = [TAG.sub("", part) for part in parts]
    return "".join(part + (kept[number] if number < len(kept) else "") for number, part in enumerate(plain))


def _without_code(text: str) -> str:
    """Return the text without scripts and styles that are closed; in time linear in the text, however many are not."""
    kept: list[str] = []
    place, unclosed = 0, set[str]()
    for match in CODE.finditer(text):
        name = match[1].lower()
        if match.start() < place or name in unclosed:
            continue
        end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, match.end())
        if end is None:
            unclosed.add(name)
            continue
        kept.append(text[place : match.start()])
        place = end.end()
    return "".join((*kept, text[place:]))


def _link(match: re.Match[str]) -> str:
    address, words = match[1], TAG.sub("", match[2]).strip()
    if not address.startswith(("http://", "https://", "mailto:")):
        return words
    if not words or words.rstrip("/") == address.rstrip("/"):
        return f"<{address}>"
    return f"[{words}]({address})"
