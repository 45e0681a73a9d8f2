"""Numbers of notes raised in other ways: `law.³`, `law.^3^`, `law.\\3\\`, `law.[3](#fn3)` become `law.<sup>3</sup>`."""

from __future__ import annotations

import re

DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# law.³   ³ The White House   — but neither `m²` nor `10⁻³` nor `x²`
MARK = re.compile(r"(?<![⁻⁺])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}")
# Units, and letters that stand alone in a formula.
POWER = re.compile(r"(?:^|[\s\d(/])(?:[kcmd]?m|ft|in|mi|yd|[a-zA-Z]|10)$")

# law.^3^   law.^[3](#n3)^   law.^[3]^
CARETS = re.compile(r"\^\[?(\d{1,4})\]?(?:\(#[^()\s]{1,80}\))?\^")
# law.\3\ : the style of official gazettes
SLASHES = re.compile(r"\\(\d{1,3})\\(?!\w)")
# law.[3](#fn3)   law.[3](https://a.example/p#footnote-3)
LINKED = re.compile(
    r"\[\^?\[?(\d{1,4})\]?\]\((?:https?://[^()\s#]{1,300})?#(?:fn|footnote|note|n|ftn|_ftn|endnote|en|cite_note)[^()\s]{0,60}\)"
)


def repair(text: str) -> str:
    """Return the text with numbers that are raised as marks of notes, but for powers."""
    for pattern in (CARETS, LINKED, SLASHES, MARK):
        text = pattern.sub(_marked, text)
    return text


def _marked(match: re.Match[str]) -> str:
    """Return the number as a mark, or what stands there where it is a power."""
    if POWER.search(match.string[max(match.start() - 4, 0) : match.start()]):
        return match[0]
    number = match[1] if match.re.groups else match[0].translate(DIGITS)
    return f"<sup>{number}</sup>"
