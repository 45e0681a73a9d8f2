"""What readers can filter an issue's ledger by, and what each of its statements has of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from generator.model.index import Statement
from generator.model.records import ClaimStatus, Modality
from generator.render.escape import Markdown
from generator.render.page import Page
from generator.render.timeline_filters import filter_attributes
from generator.text.dates import FIRST_DAY, LAST_DAY, parse_date

# Fewer statements than these are seen at a glance.
LEAST_STATEMENTS = 3
# A choice for statements that say nothing of the kind. No slug begins with a hyphen.
NONE = "-"
# An interval longer than this is found by its ends.
MAX_YEARS = 30
STATES = ("verified", "verified-in-source", "unchecked", "missing")

Values = Callable[[Page, Statement], Sequence[str]]
Name = Callable[[Page, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFilters:
    """The attributes of a ledger that name what there is to choose, those of each statement, how many choices."""

    attributes: Markdown
    of_statements: tuple[Markdown, ...]
    count: int


def view_filters(page: Page, statements: Sequence[Statement]) -> LedgerFilters:
    """Return what to filter these statements by. A kind of which there is one value only is nothing to choose by.

    Each statement has at least one value of each kind, so that all choices of a kind together show every statement.
    """
    names: dict[str, list[list[str]]] = {}
    numbers: dict[str, list[list[int]]] = {}
    for kind, values_of in VALUES.items():
        held = [tuple(dict.fromkeys(values_of(page, s))) or (NONE,) for s in statements]
        values = sorted({value for of_one in held for value in of_one}, key=lambda v: _order(page, kind, v))
        if len(values) < 2 or len(statements) < LEAST_STATEMENTS:
            continue
        names[kind] = [[value, name_value(page, kind, value)] for value in values]
        place_of = {value: place for place, value in enumerate(values)}
        numbers[kind] = [sorted(place_of[value] for value in of_one) for of_one in held]
    attributes = tuple(
        Markdown(
            "".join(f' data-{kind}="{" ".join(map(str, of_kind[at]))}"' for kind, of_kind in numbers.items())
        )
        for at in range(len(statements))
    )
    return LedgerFilters(attributes=filter_attributes(names), of_statements=attributes, count=len(names))


def name_value(page: Page, kind: str, value: str) -> str:
    """Return the words of one choice."""
    strings = page.dossier.strings
    if value == NONE:
        return strings.plain("date_undated") if kind == "year" else strings.plain("filter_none")
    if kind in ("speaker", "document"):
        return page.dossier.corpus.name_of(value)
    if kind == "proof":
        return strings.plain(f"state_{value}")
    return value if kind == "year" else strings.plain(f"{kind}_{value.replace('-', '_')}")


def _order(page: Page, kind: str, value: str) -> tuple[int, str, str]:
    """Return what choices are sorted by: words by name, what is in a row of its own by that row, none last."""
    fixed = ORDERS.get(kind)
    if value == NONE:
        return 10**6, "", ""
    if fixed is not None:
        return (fixed.index(value) if value in fixed else len(fixed)), value, ""
    return 0, value if kind == "year" else name_value(page, kind, value).casefold(), value


def _years(_: Page, statement: Statement) -> list[str]:
    """Return the years that a date can mean; the ends alone of a long stretch of time, and nothing for the undated."""
    try:
        date = parse_date(statement.date)
    except ValueError:
        return []
    ends = [day[:4] for day in (date.earliest, date.latest) if day not in (FIRST_DAY, LAST_DAY)]
    if len(ends) == 2 and int(ends[1]) - int(ends[0]) < MAX_YEARS:
        return [f"{year:04}" for year in range(int(ends[0]), int(ends[1]) + 1)]
    return ends


def _one(value: str | None) -> list[str]:
    return [value] if value else []


VALUES: Mapping[str, Values] = {
    "speaker": lambda _, s: s.annotation.speakers,
    "modality": lambda _, s: _one(s.annotation.modality),
    "status": lambda _, s: _one(s.annotation.status),
    "proof": lambda _, s: [s.state],
    "document": lambda _, s: [s.document],
    "year": _years,
}
ORDERS: Mapping[str, Sequence[str]] = {
    "modality": get_args(Modality),
    "status": get_args(ClaimStatus),
    "proof": STATES,
}
