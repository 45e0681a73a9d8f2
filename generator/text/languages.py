"""Languages by their tags (BCP 47): their names, and the direction in which they are written."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

Direction = Literal["ltr", "rtl", "auto"]


@lru_cache(maxsize=256)
def text_direction(language: str) -> Direction:
    """Return how a language is written; `auto`, to be judged by its letters, where the tag names none that is known.

    A script in the tag decides (`az-Arab`), or else the script that the Unicode CLDR knows for the language.
    """
    locale = _find(language)
    if locale is None:
        return "auto"
    return "rtl" if locale.text_direction == "rtl" else "ltr"


@lru_cache(maxsize=256)
def language_name(language: str, shown_in: str) -> str:
    """Return the name of a language in another language, such as `English` or `Englisch`; the tag where none is known."""
    locale, reader = _find(language), _find(shown_in)
    name = locale.get_display_name(reader or "en") if locale is not None else None
    return name or language


def _find(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return None
