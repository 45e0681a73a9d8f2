"""The findings of one reading of CSL-YAML, collected with the place of each."""

from __future__ import annotations

from collections.abc import Callable

from generator.diagnostics import Diagnostic, error
from generator.model.places import KeyPath, Place

MAX_SHOWN = 60


class Findings:
    """Errors so far; `report` adds one. Lives no longer than one call of `parse_citations`."""

    def __init__(self, place_of: Callable[[KeyPath], Place]) -> None:
        self.place_of = place_of
        self.found: list[Diagnostic] = []

    def report(self, keys: KeyPath, code: str, what: str, *, why: str = "", help: str = "") -> None:
        """Add an error at the place of the key path."""
        self.found.append(error(self.place_of(keys), code, what, why=why, help=help))

    def report_type(self, keys: KeyPath, value: object, expected: str) -> None:
        """Add the error that the value at the key path is not what is expected there."""
        self.report(keys, "wrong-type", f"`{key_name(keys)}` is {kind_of(value)}, not {expected}")


def key_name(keys: KeyPath) -> str:
    """Return the key path as the editor knows it, within its entry: `author.0.family`."""
    own = list(keys)
    if len(own) > 1 and own[0] == "references":
        own.pop(0)
    if own and isinstance(own[0], int):
        own.pop(0)
    return ".".join(str(key) for key in own) or "the bibliography"


def kind_of(value: object) -> str:
    """Return what kind of YAML the value is, in words; a text is quoted."""
    if value is None:
        return "empty"
    if isinstance(value, str):
        return quoted(value)
    return "a mapping" if isinstance(value, dict) else "a list"


def quoted(text: str) -> str:
    """Return the text in quotation marks, cut where it is long."""
    return f'"{text}"' if len(text) <= MAX_SHOWN else f'"{text[:MAX_SHOWN]}…"'
