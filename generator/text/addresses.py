"""Web addresses: which may be linked, and where they stand in plain text."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from linkify_it import LinkifyIt

from generator.model.text import Span

ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})


def is_safe_address(address: str) -> bool:
    """Return whether the address may become a link: a whole http, https or mailto address without odd characters."""
    if any(character.isspace() or not character.isprintable() for character in address):
        return False
    try:
        parts = urlsplit(address)
        has_target = bool(parts.hostname) if parts.scheme.lower() != "mailto" else "@" in parts.path
    except ValueError:
        return False
    return parts.scheme.lower() in ALLOWED_SCHEMES and has_target


@cache
def _linkifier() -> LinkifyIt:
    return LinkifyIt()


def find_addresses(text: str) -> tuple[tuple[Span, str], ...]:
    """Return each web or mail address in plain text with its full form, by span.

    A host name alone, such as `News.com`, is a name; it becomes an address by a scheme, by `www.` or by a path.
    """
    if "/" not in text and "@" not in text and "www." not in text.lower():
        return ()
    found = []
    for match in _linkifier().match(text) or ():
        is_name = not match.schema and "/" not in match.text and not match.text.lower().startswith("www.")
        if not is_name and is_safe_address(match.url):
            found.append((Span(start=match.index, end=match.last_index), match.url))
    return tuple(found)
