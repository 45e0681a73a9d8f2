"""Names of languages."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError


@lru_cache(maxsize=256)
def language_name(language: str, shown_in: str) -> str:
    """Return the name of a language (BCP 47) in another: `English`, `Englisch`; the tag itself where none is known."""
    locale, reader = _find(language), _find(shown_in)
    name = locale.get_display_name(reader or "en") if locale is not None else None
    return name or language


def _find(language: str) -> Locale | None:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return None
