"""Which file names can stand for a page: usable slugs, and which of them would collide."""

from __future__ import annotations

import unicodedata

MAX_CODE_POINTS = 100
# A file name holds at most 255 bytes on common file systems; endings of generated pages need room.
MAX_BYTES = 200

# Names of devices on Windows, whatever ending follows (Microsoft, "Naming Files, Paths, and Namespaces").
DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"]
)
# Every folder of the site has an `index.html` of its own, and MkDocs makes one of a README.
RESERVED_NAMES = frozenset(("index", "readme"))


def slug_fault(slug: str) -> str | None:
    """Return why the slug cannot be used, as the end of a sentence that begins with it, or None if it can."""
    if not slug:
        return "is empty"
    if unicodedata.normalize("NFC", slug) != slug:
        return "is not in Unicode form NFC"
    if len(slug) > MAX_CODE_POINTS:
        return f"has {len(slug)} characters; at most {MAX_CODE_POINTS} are allowed"
    size = len(slug.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        return f"has {size} bytes in UTF-8; at most {MAX_BYTES} are allowed"
    return _character_fault(slug) or _name_fault(slug)


def slug_key(slug: str) -> str:
    """Return what two slugs have in common when they would collide: NFC of the case-folded NFC."""
    folded = unicodedata.normalize("NFC", slug).casefold()
    return unicodedata.normalize("NFC", folded)


def is_slug_character(character: str) -> bool:
    """Return whether the character may stand in a slug: a letter, digit, combining mark, `-`, `_` or `.`."""
    return character in "-_." or character.isalnum() or unicodedata.category(character).startswith("M")


def _character_fault(slug: str) -> str | None:
    strange = next((c for c in slug if not is_slug_character(c)), None)
    if strange is not None:
        return f"holds {_shown(strange)}"
    if not slug[0].isalnum():
        return f"begins with {_shown(slug[0])}, not with a letter or digit"
    return "ends with a full stop" if slug.endswith(".") else None


def _name_fault(slug: str) -> str | None:
    stem = slug.partition(".")[0].casefold()
    if stem in DEVICE_NAMES:
        return f'begins with "{stem}", the name of a device on Windows'
    if slug_key(slug) in RESERVED_NAMES:
        return "is the name of the site's own page"
    if slug_key(slug) == "editors":
        return "means the editors themselves in [@editors]"
    return None


def _shown(character: str) -> str:
    """Return the character in quotation marks, or its number where it could not be seen."""
    if character == " ":
        return "a space"
    is_visible = character.isprintable() and not unicodedata.category(character).startswith("M")
    return f'"{character}"' if is_visible else f"U+{ord(character):04X}"
