"""Rendered citations: plain text in styled segments, and what went wrong on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

SegmentStyle = Literal[
    "bold", "italic", "light", "oblique", "small-caps", "subscript", "superscript", "underline"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of PLAIN text in one style: `<b>` in it means these three characters; escape when writing."""

    text: str
    style: frozenset[SegmentStyle] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedCitation:
    """An entry of the bibliography in its two forms: in full as a note, and as a line of the bibliography."""

    note: tuple[Segment, ...]
    bibliography: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFault:
    """What could not be rendered as asked. `entry` is the entry's id, None where the whole style is meant."""

    code: Literal["unknown-citation-style", "citation-not-styled"]
    entry: str | None
    what: str
    why: str = ""
    help: str = ""


def plain_text(segments: Iterable[Segment]) -> str:
    """Return the text of the segments without their styles."""
    return "".join(segment.text for segment in segments)
