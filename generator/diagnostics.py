"""Findings that a person can act on, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from generator.model.places import Place

Severity = Literal["error", "warning", "info"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding: where, how grave, its code, what is the matter, why it matters, how to mend it."""

    place: Place
    severity: Severity
    code: str
    what: str
    why: str = ""
    help: str = ""


def error(place: Place, code: str, what: str, *, why: str = "", help: str = "") -> Diagnostic:
    """Return a finding that stops the build."""
    return Diagnostic(place=place, severity="error", code=code, what=what, why=why, help=help)


def warning(place: Place, code: str, what: str, *, why: str = "", help: str = "") -> Diagnostic:
    """Return a finding that stops the build only under `--strict`."""
    return Diagnostic(place=place, severity="warning", code=code, what=what, why=why, help=help)


def info(place: Place, code: str, what: str, *, why: str = "", help: str = "") -> Diagnostic:
    """Return a finding that never stops the build."""
    return Diagnostic(place=place, severity="info", code=code, what=what, why=why, help=help)


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings once each, by path, line, column, severity and code."""
    unique = set(diagnostics)
    return tuple(
        sorted(unique, key=lambda d: (d.place, SEVERITIES.index(d.severity), d.code, d.what, d.why, d.help))
    )


def stops_build(diagnostics: Iterable[Diagnostic], *, is_strict: bool = False) -> bool:
    """Return whether a finding is an error, or a warning under `is_strict`."""
    stopping = {"error", "warning"} if is_strict else {"error"}
    return any(d.severity in stopping for d in diagnostics)


def format_diagnostic(diagnostic: Diagnostic) -> str:
    """Return `path:line:column: severity[code] what`, then indented lines for why and help."""
    place = diagnostic.place
    lines = [
        f"{place.path}:{place.line}:{place.column}: {diagnostic.severity}[{diagnostic.code}] {diagnostic.what}"
    ]
    if diagnostic.why:
        lines.append(f"  why:  {diagnostic.why}")
    if diagnostic.help:
        lines.append(f"  help: {diagnostic.help}")
    return "\n".join(_printable(line) for line in lines)


def diagnostic_as_json(diagnostic: Diagnostic) -> dict[str, str | int]:
    """Return the finding as a flat mapping for `--json`."""
    values = asdict(diagnostic)
    place = values.pop("place")
    return {**place, **values}


def diagnostic_from_json(values: Mapping[str, Any]) -> Diagnostic:
    """Return the finding of a flat mapping.

    Raises:
        TypeError: it is not one that `diagnostic_as_json` gave.
    """
    place = Place(path=values["path"], line=values["line"], column=values["column"])
    rest = {name: value for name, value in values.items() if name not in ("path", "line", "column")}
    return Diagnostic(place=place, **rest)


def _printable(line: str) -> str:
    """Return the line with control characters shown, so that corpus text cannot drive a terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line)
