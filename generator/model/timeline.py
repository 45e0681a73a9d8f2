"""Places in time: the days that a date can mean, and the years under which it is listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EraKind = Literal["before-years", "until", "year", "years", "after-years", "undated"]
ERA_ORDER: dict[EraKind, int] = {"until": 0, "year": 1, "years": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The days that a date can mean or that it lasts, first and last included (ISO 8601).

    `first` or `last` is empty for an end that is open, unknown or outside the years 1 to 9999. `is_interval`: it lasts
    from the one to the other; else it is one day between them. `is_vague`: the editors call it approximate or
    uncertain.
    """

    first: str
    last: str
    is_interval: bool = False
    is_vague: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """The stretch of years under which an item is listed: one year, or as many as its date leaves open."""

    kind: EraKind
    first: int = 0
    last: int = 0

    @property
    def sort_key(self) -> tuple[int, int, int, int]:
        """What eras are sorted by: the undated last; what ends in a year before what begins in it."""
        if self.kind in ERA_ORDER:
            return 1, self.first, ERA_ORDER[self.kind], self.last
        return {"before-years": 0, "after-years": 2}.get(self.kind, 3), 0, 0, 0
