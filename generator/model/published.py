"""What a dossier's last publication held, as `published.lock` records it: addresses, and hashes of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

NO_OTHER_KEYS = ConfigDict(extra="forbid")
LOCK_VERSION = 1

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="64 hexadecimal digits.")]
PublishedKind = Literal["document", "actor", "issue", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAnnotation:
    """Hashes of the quotation's words, of who says it to whom and how, and of the note's words, if it has one."""

    __pydantic_config__ = NO_OTHER_KEYS
    quotation: Sha256
    claim: Sha256
    note: Sha256 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """A page by its kind: the hash of its digest, profile or overview, its annotations by id.

    `passages` are the permalinks of the transcription, where it is published in full.
    """

    __pydantic_config__ = NO_OTHER_KEYS
    kind: PublishedKind
    words: Sha256 | None = None
    annotations: Mapping[str, PublishedAnnotation] = field(default_factory=dict)
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredNames:
    """What was published once and is no more: slugs of pages by kind, and document#annotation. Never used again."""

    __pydantic_config__ = NO_OTHER_KEYS
    pages: Mapping[str, PublishedKind] = field(default_factory=dict)
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedState:
    """The last publication: its pages by slug, the ids of the corrections that it counts, and what is retired."""

    __pydantic_config__ = NO_OTHER_KEYS
    version: Annotated[int, Field(ge=LOCK_VERSION, le=LOCK_VERSION)]
    pages: Mapping[str, PublishedPage] = field(default_factory=dict)
    corrections: tuple[str, ...] = ()
    retired: RetiredNames = RetiredNames()
