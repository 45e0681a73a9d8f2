"""Numbers of notes in superscript digits: `law.³` becomes `law.<sup>3</sup>`."""

from __future__ import annotations

import re

DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# law.³   ³ The White House   — but neither `m²` nor `10⁻³` nor `x²`
MARK = re.compile(r"(?<![⁻⁺])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}")
# Units, and letters that stand alone in a formula.
POWER = re.compile(r"(?:^|[\s\d(/])(?:[kcmd]?m|ft|in|mi|yd|[a-zA-Z]|10)$")


def repair(text: str) -> str:
    """Return the text with superscript digits as marks of notes, but for powers."""

    def marked(match: re.Match[str]) -> str:
        if POWER.search(text[max(match.start() - 4, 0) : match.start()]):
            return match[0]
        return f"<sup>{match[0].translate(DIGITS)}</sup>"

    return MARK.sub(marked, text)
