"""Files that reference managers read: each document and each source as BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.records import CitationEntry
from generator.render.bibtex import write_bibtex
from generator.render.document_csl import plain_csl
from generator.render.ris import write_ris
from generator.text.dates import DateWords

FOLDER = "dossier/cite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One entry in one format: what it is called, where its file stands, and the text in it."""

    format: str
    path: str
    text: str


def export_entry(entry: CitationEntry, words: DateWords) -> tuple[Export, ...]:
    """Return the entry in every format, with the paths of the files in the docs folder."""
    formats = (
        ("BibTeX", "bib", write_bibtex(entry, words)),
        ("RIS", "ris", write_ris(entry)),
        ("CSL-JSON", "json", _json(entry)),
    )
    return tuple(
        Export(format=name, path=f"{FOLDER}/{entry.id}.{ending}", text=text) for name, ending, text in formats
    )


def export_files(entries: Mapping[str, CitationEntry], words: DateWords) -> dict[str, bytes]:
    """Return the files of all entries by their paths."""
    return {
        export.path: export.text.encode()
        for entry in entries.values()
        for export in export_entry(entry, words)
    }


def _json(entry: CitationEntry) -> str:
    return json.dumps([plain_csl(entry)], ensure_ascii=False, indent=2) + "\n"
