"""Ids of elements on pages. Each begins with a letter of ours, so that none can stand for one of the theme's."""

from __future__ import annotations

import hashlib
import re

# ASCII alone: ids stand in addresses too, where other letters would be percent-encoded.
SAFE = re.compile(r"[A-Za-z0-9_.-]+")


def annotation_id(annotation: str) -> str:
    """Return the id of an annotation's note on its document's page."""
    return f"a-{annotation}"


def correction_id(correction: str) -> str:
    """Return the id of an entry on the page of corrections."""
    return f"c-{correction}"


def relation_key(annotation: str, position: int) -> str:
    """Return the key of the note on an annotation's relation, which counts from 0."""
    return f"{annotation}.{position}"


def position_id(issue: str) -> str:
    """Return the id of an actor's position on an issue, on the actor's page."""
    return f"position-{_safe(issue)}"


def linking_page_id(slug: str) -> str:
    """Return the id of what a page says of another, on a page that lists all such."""
    return f"from-{_safe(slug)}" if slug else "from-dossier"


def quoted_span_id(annotation: str) -> str:
    """Return the id of the annotated span in the transcription."""
    return f"s-{annotation}"


def note_id(slug: str, label: str) -> str:
    """Return the id of a note; it carries the slug, so that pages put together never clash."""
    return f"fn:{_safe(slug)}-{_safe(label)}"


def footnote_key(label: str, role: str, key: str) -> str:
    """Return the label under which a page keeps a footnote, apart from the editors' citations.

    `role` and `key` tell the texts of one page apart, each of which may have a footnote 1; those of a document's own
    transcription are kept by their label alone.
    """
    return f"n-{label}" if role == "transcription" else f"n-{role}-{key}-{label}"


def note_mark_id(slug: str, label: str, nth: int) -> str:
    """Return the id of the nth mark of a note, counted from 1."""
    suffix = f"-{nth}" if nth > 1 else ""
    return f"fnref:{_safe(slug)}-{_safe(label)}{suffix}"


def heading_id(owner: str, role: str, key: str, leaf: int) -> str:
    """Return the id of a heading in a text; its words could give one of the theme's."""
    return "h-" + hashlib.sha256(f"{owner}/{role}/{key}/{leaf}".encode()).hexdigest()[:8]


def _safe(label: str) -> str:
    if SAFE.fullmatch(label):
        return label
    return "x" + hashlib.sha256(label.encode()).hexdigest()[:8]
