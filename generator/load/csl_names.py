"""Names of CSL-YAML: persons in parts, and organisations as literals."""

from __future__ import annotations

from typing import Any

from rapidfuzz import process

from generator.load.csl_findings import Findings, key_name
from generator.load.csl_terms import NAME_FLAGS, NAME_TEXTS
from generator.model.places import KeyPath

FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def read_names(value: object, keys: KeyPath, findings: Findings) -> list[dict[str, Any]]:
    """Return the names in the form of CSL-JSON, without those that are reported as faulty.

    A plain text is a literal name; a single name may stand without a list.
    """
    if isinstance(value, str | dict):
        name = _read_name(value, keys, findings)
        return [name] if name else []
    if not isinstance(value, list):
        findings.report_type(keys, value, "a list of names")
        return []
    names = [_read_name(member, (*keys, index), findings) for index, member in enumerate(value)]
    return [name for name in names if name]


def _read_name(value: object, keys: KeyPath, findings: Findings) -> dict[str, Any]:
    if isinstance(value, str) and value.strip():
        return {"literal": value}
    if not isinstance(value, dict):
        findings.report_type(keys, value, "a name: `{family: …, given: …}` or `{literal: …}`")
        return {}
    name: dict[str, Any] = {}
    for key, member in value.items():
        if key not in NAME_TEXTS | NAME_FLAGS:
            _report_unknown_key((*keys, key), key, findings)
        elif member is None:
            continue
        elif not isinstance(member, str):
            findings.report_type((*keys, key), member, "a text")
        elif member.strip():
            name[key] = FLAGS.get(member.casefold(), member) if key in NAME_FLAGS else member
    if name.keys() & {"family", "given", "literal"}:
        return name
    findings.report(
        keys,
        "missing-key",
        f"`{key_name(keys)}` has neither `family` nor `literal`",
        help="add `family: …` or `literal: …`",
    )
    return {}


def _report_unknown_key(keys: KeyPath, key: str, findings: Findings) -> None:
    near = process.extractOne(key, sorted(NAME_TEXTS | NAME_FLAGS))
    findings.report(
        keys, "unknown-key", f"`{key}` is not a part of a name", help=f"did you mean `{near[0]}`?"
    )
