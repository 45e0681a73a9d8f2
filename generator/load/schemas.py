"""JSON Schemas of the corpus's files, derived from the records (https://json-schema.org/draft/2020-12)."""

from __future__ import annotations

from typing import Any

from generator.load.csl_terms import NAME_VARIABLES, TYPES
from generator.load.validate import schema_of
from generator.model.records import (
    ActorRecord,
    Annotation,
    Correction,
    DocumentRecord,
    DossierRecord,
    IssueRecord,
)

RECORDS: dict[str, Any] = {
    "dossier": DossierRecord,
    "document": DocumentRecord,
    "actor": ActorRecord,
    "issue": IssueRecord,
    "annotations": tuple[Annotation, ...],
    "corrections": tuple[Correction, ...],
}
KINDS = (*RECORDS, "citations")
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of_kind(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file: the front matter of a record, or a whole YAML file.

    Raises:
        KeyError: there is no such kind.
    """
    schema = _citations() if kind == "citations" else schema_of(RECORDS[kind])
    return {"$schema": DIALECT, **schema}


def _citations() -> dict[str, Any]:
    """Return the schema of CSL-YAML as far as `load` checks it."""
    names = {"type": "array", "items": {"type": ["object", "string"]}}
    entry = {
        "type": "object",
        "required": ["id", "type", "title"],
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": sorted(TYPES)},
            "title": {"type": "string"},
            "issued": {"type": ["string", "object", "array"], "description": "EDTF, or CSL date-parts."},
            "URL": {"type": "string", "pattern": "^https?://"},
            **dict.fromkeys(sorted(NAME_VARIABLES), names),
        },
    }
    entries = {"type": "array", "items": entry}
    return {
        "anyOf": [
            entries,
            {"type": "object", "required": ["references"], "properties": {"references": entries}},
        ]
    }
