"""Files that reference managers read: each document and each source as BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
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


def export_paths(slug: str) -> tuple[str, ...]:
    """Return the paths of the files of an entry in the docs folder, one for each format."""
    return tuple(f"{FOLDER}/{slug}.{ending}" for _, ending, _ in FORMATS)


def export_entry(entry: CitationEntry, words: DateWords) -> tuple[Export, ...]:
    """Return the entry in every format."""
    return tuple(
        Export(format=name, path=path, text=write(entry, words))
        for (name, _, write), path in zip(FORMATS, export_paths(entry.id), strict=True)
    )


def export_file(entry: CitationEntry, path: str, words: DateWords) -> bytes:
    """Return the file of an entry that stands at `path`, one of `export_paths`."""
    _, _, write = FORMATS[export_paths(entry.id).index(path)]
    return write(entry, words).encode()


def _json(entry: CitationEntry) -> str:
    return json.dumps([plain_csl(entry)], ensure_ascii=False, indent=2) + "\n"


Write = Callable[[CitationEntry, DateWords], str]
# What each format is called, how its files end, and what writes it.
FORMATS: tuple[tuple[str, str, Write], ...] = (
    ("BibTeX", "bib", write_bibtex),
    ("RIS", "ris", lambda entry, _: write_ris(entry)),
    ("CSL-JSON", "json", lambda entry, _: _json(entry)),
)
