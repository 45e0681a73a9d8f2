"""The evidence lock: what was proven where the sources are present, for builds where they are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from generator.model.records import NO_OTHER_KEYS

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="64 hexadecimal digits.")]
Offset = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedQuotation:
    """A quotation that was found: the hash of its normalised words, and the spans of its parts.

    Spans are half-open and count code points of the text that was searched.
    """

    __pydantic_config__ = NO_OTHER_KEYS
    words: Sha256
    spans: tuple[tuple[Offset, Offset], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedDocument:
    """What was proven of one document. `source` is the hash that its record gave, `text` that of the text searched."""

    __pydantic_config__ = NO_OTHER_KEYS
    source: Sha256 | None = None
    text: Sha256
    quotations: tuple[LockedQuotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLock:
    """`corpus/evidence.lock`. `normalisation` is the version under which all of it was found."""

    __pydantic_config__ = NO_OTHER_KEYS
    normalisation: int
    documents: Mapping[str, LockedDocument] = field(default_factory=dict)
