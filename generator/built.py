"""What a build is asked for, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.model.edition_names import PUBLIC
from generator.model.withheld import NOTHING_WITHHELD, Withheld

if TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.model.manifest import BuildFacts
    from generator.model.records import DossierRecord

STAGES = ("load", "edition", "link", "index", "check", "render", "write", "site", "finish", "verify")
OnStage = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChoice:
    """The name of an edition, and the day (YYYY-MM-DD) on which it is published: embargoes end by it, none without."""

    name: str = PUBLIC
    day: str = ""


PUBLIC_EDITION = EditionChoice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made: the numbers of its summary, every finding, and whether all of it was done.

    `record` is that of the dossier, `facts` say what was built from; None where nothing was written. `withheld` is what
    the site must not hold.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    is_done: bool = False
    record: DossierRecord | None = None
    withheld: Withheld = NOTHING_WITHHELD
    facts: BuildFacts | None = None
