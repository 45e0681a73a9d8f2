"""Dates of sources in the words of the dossier's language, where numbers do not say all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.model.records import CitationEntry
from generator.text.dates import DateWords, format_date, parse_date


def word_dates(entry: CitationEntry, words: DateWords) -> CitationEntry:
    """Return the entry with a `literal` (CSL-JSON) for each date that `load` kept as EDTF besides its numbers."""
    csl = {key: _worded(value, words) for key, value in entry.csl.items()}
    return entry if csl == dict(entry.csl) else replace(entry, csl=csl)


def _worded(value: Any, words: DateWords) -> Any:
    if not isinstance(value, Mapping) or "edtf" not in value:
        return value
    rest = {key: part for key, part in value.items() if key != "edtf"}
    return {**rest, "literal": format_date(parse_date(str(value["edtf"])), words)}
