"""Fragments of TeX that a converter left: `$^{3}$`, `$\\underline{…}$`, `$\\S$ 5`."""

from __future__ import annotations

import re
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text

# $^{3}$   ${}^{12}$   $^3$
MARK = re.compile(r"\$\s*(?:\{\}\s*)?\^\s*\{?\s*(\d{1,4})\s*\}?\s*\$")
# $\\underline{a}\\\\ \\underline{b}$ — a formula, but not "$5 or $6": a backslash, a power or an index stands in it
FORMULA = re.compile(r"\$((?=[^$\n\\^_]{0,2000}[\\^_])[^$\n]{1,2000})\$")
# \\S 5 is a section, \\P 2 a paragraph: signs that the converter does not know in a formula
SIGNS = ((re.compile(r"\\S(?![a-zA-Z])"), "§"), (re.compile(r"\\P(?![a-zA-Z])"), "¶"))
# \\underline{…}\\\\ : two lines of one address set below each other
LINE_END = re.compile(r"\\\\\s*")
DECORATION = re.compile(r"\\(?:underline|text|textit|textbf|mathrm|mathbf|mathit|emph)\s*\{")
PRICE = re.compile(r"^\d[\d.,]*\s")


def repair(text: str) -> str:
    """Return the text with note marks as `<sup>3</sup>` and other formulas as plain text."""
    if "$" not in text:
        return text
    return FORMULA.sub(_plain, MARK.sub(r"<sup>\1</sup>", text))


def _plain(match: re.Match[str]) -> str:
    formula = match[1]
    if PRICE.match(formula):
        return match[0]
    # An underlined address is a row of characters, not mathematics.
    if DECORATION.search(formula):
        formula = LINE_END.sub("", formula)
        formula = DECORATION.sub("{", formula).replace("{", "").replace("}", "")
        return re.sub(r"\\([%&_#$])", r"\1", formula).strip()
    for sign, character in SIGNS:
        formula = sign.sub(character, formula)
    # What the converter has no words for stays as it stands.
    return _converted(formula) or match[0]


@lru_cache(maxsize=1024)
def _converted(formula: str) -> str:
    return str(_converter().latex_to_text(f"${formula}$")).strip()


@lru_cache(maxsize=1)
def _converter() -> LatexNodes2Text:
    return LatexNodes2Text()
