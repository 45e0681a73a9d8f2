"""Archived copies of sources, as the bibliography names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.records import CitationEntry
from generator.render.strings import Strings
from generator.text.addresses import is_safe_address

# Where CSL 1.0.2 has the place of a copy in an archive; Zotero's field is "Loc. in Archive".
ADDRESS_KEYS = ("archive_location", "archive")
# A key of our own under `custom`, which CSL-JSON leaves to its users: it has no variable for this date.
DATE_KEY = "archived"
# https://web.archive.org/web/20251029101500/https://example.org/
MEMENTO_DATE = re.compile(r"/(?:web/)?(\d{4})(\d{2})(\d{2})(?:\d{6})?(?:[a-z]{2}_)?/https?:")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedCopy:
    """The address of a copy and the day it was made, in words; empty where nothing says it."""

    address: str
    date: str


def find_archived_copy(entry: CitationEntry, strings: Strings) -> ArchivedCopy | None:
    """Return the archived copy that an entry gives under `archive_location` or `archive`, or None.

    Its date is `custom: {archived: …}` in EDTF, or else the one in an address of the Wayback Machine's form.
    """
    for key in ADDRESS_KEYS:
        address = str(entry.csl.get(key) or "").strip()
        if address.startswith(("http://", "https://")) and is_safe_address(address):
            return ArchivedCopy(address=address, date=_date_of(entry.csl, address, strings))
    return None


def _date_of(csl: Mapping[str, Any], address: str, strings: Strings) -> str:
    custom = csl.get("custom")
    memento = MEMENTO_DATE.search(address)
    written = custom.get(DATE_KEY) if isinstance(custom, Mapping) else None
    for edtf in (str(written or ""), "-".join(memento.groups()) if memento else ""):
        try:
            return strings.date(edtf)
        except ValueError:
            continue
    return ""
