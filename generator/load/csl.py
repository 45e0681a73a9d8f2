"""The bibliography: CSL-YAML to citation entries, every fault at its place."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from generator.diagnostics import Diagnostic
from generator.load import csl_terms as terms
from generator.load.csl_dates import read_date
from generator.load.csl_findings import Findings, key_name, quoted
from generator.load.csl_names import read_names
from generator.model.places import KeyPath, Place
from generator.model.records import CitationEntry
from generator.text.slugs import is_slug_character, slug_fault, slug_key

SLUG_RULE = "an id has letters, digits, `-`, `_` and `.`, and begins with a letter or digit"
NEAREST_SCORE = 60.0


def parse_citations(
    value: object, place_of: Callable[[KeyPath], Place]
) -> tuple[tuple[CitationEntry, ...], tuple[Diagnostic, ...]]:
    """Return the entries of CSL-YAML in their order, and all errors.

    `value` is plain YAML whose scalars are all str or None: a list of entries, or a mapping with a list under
    `references`. An empty key counts as absent. An entry with a usable id of its own is returned even if it
    has errors, without its faulty parts, so that those who cite it are not reported too.
    """
    findings = Findings(place_of)
    entries: list[CitationEntry] = []
    keys_of_slugs: dict[str, KeyPath] = {}
    for keys, member in _members(value, findings):
        entry = _read_entry(member, keys, findings)
        if entry is None:
            continue
        first = keys_of_slugs.setdefault(slug_key(entry.id), keys)
        if first == keys:
            entries.append(entry)
        else:
            _report_duplicate(entry.id, keys, place_of((*first, "id")), findings)
    return tuple(entries), tuple(findings.found)


def _members(value: object, findings: Findings) -> list[tuple[KeyPath, object]]:
    keys: KeyPath = ()
    if isinstance(value, dict):
        for key in value:
            if key != "references":
                _report_stray_key(key, findings)
        if "references" not in value:
            findings.report(
                (), "missing-key", "`references` is missing", help="add `references:` with a list of entries"
            )
            return []
        keys, value = ("references",), value["references"]
    if value is None:
        return []
    if not isinstance(value, list):
        findings.report_type(keys, value, "a list of entries")
        return []
    return [((*keys, index), member) for index, member in enumerate(value)]


def _read_entry(value: object, keys: KeyPath, findings: Findings) -> CitationEntry | None:
    if not isinstance(value, dict):
        findings.report(
            keys, "wrong-type", "an entry of the bibliography is a mapping with `id`, `type` and `title`"
        )
        return None
    slug = _read_id(value, keys, findings)
    kind = _read_type(value, keys, findings)
    title = _read_required(value, "title", keys, findings)
    csl: dict[str, Any] = {"id": slug, "type": kind}
    issued: str | None = None
    for key, member in value.items():
        if member is None or key in ("id", "type"):
            continue
        if key in terms.DATE_VARIABLES:
            date = read_date(member, (*keys, key), findings)
            if date is not None:
                csl[key] = date.csl
                issued = date.edtf if key == "issued" else issued
        else:
            read = _read_value(key, member, (*keys, key), findings)
            if read is not None:
                csl[key] = read
    if slug is None:
        return None
    csl["title"] = title or slug
    return CitationEntry(id=slug, type=kind, title=csl["title"], issued=issued, url=csl.get("URL"), csl=csl)


def _read_id(value: dict[str, Any], keys: KeyPath, findings: Findings) -> str | None:
    slug = _read_required(value, "id", keys, findings)
    fault = slug_fault(slug) if slug is not None else None
    if slug is None or fault is None:
        return slug
    better = _usable_slug(slug)
    rename = f"rename it, for instance to `{better}`, here and where it is cited; " if better else ""
    findings.report(
        (*keys, "id"),
        "invalid-slug",
        f"id {quoted(slug)} {fault}",
        why="the id names a page and is the target of citations",
        help=f"{rename}{SLUG_RULE}",
    )
    return None


def _usable_slug(slug: str) -> str | None:
    """Return the slug with each run of other characters made a hyphen, if that makes it usable."""
    runs = "".join(c if is_slug_character(c) else " " for c in slug).split()
    better = "-".join(runs).strip("-_.")
    return better if slug_fault(better) is None else None


def _read_type(value: dict[str, Any], keys: KeyPath, findings: Findings) -> str:
    """Return the type, or `document`, the most general one, after reporting what is wrong with it."""
    kind = _read_required(value, "type", keys, findings)
    if kind is None or kind in terms.TYPES:
        return kind or "document"
    near = _nearest(kind, terms.TYPES)
    findings.report(
        (*keys, "type"),
        "unknown-citation-type",
        f"{quoted(kind)} is not a type of CSL 1.0.2",
        why="the citation style would not know how to word it",
        help=f"did you mean `{near}`?" if near else f"known types: {', '.join(sorted(terms.TYPES))}",
    )
    return "document"


def _read_required(value: dict[str, Any], key: str, keys: KeyPath, findings: Findings) -> str | None:
    member = value.get(key)
    if isinstance(member, str) and member.strip():
        return member
    if isinstance(member, dict | list):
        if key != "title":
            findings.report_type((*keys, key), member, "a text")
        return None
    of_entry = value.get("id") if key != "id" and isinstance(value.get("id"), str) else None
    where = f" in entry `{of_entry}`" if of_entry else " in an entry"
    findings.report(
        (*keys, key) if key in value else keys,
        "missing-key",
        f"`{key}` is missing{where}",
        help=f"add `{key}: …`",
    )
    return None


def _read_value(key: str, value: object, keys: KeyPath, findings: Findings) -> object:
    """Return the value of any key but id, type and dates, or None after reporting what is wrong with it."""
    if key in terms.NAME_VARIABLES:
        return read_names(value, keys, findings) or None
    if key in terms.UNPRINTED_KEYS:
        return value
    if key not in terms.PRINTED_KEYS:
        _report_unknown_key(keys, key, findings)
        return None
    if not isinstance(value, str):
        findings.report_type(keys, value, "a text")
        return None
    return _read_address(value, keys, findings) if key == "URL" else value


def _read_address(value: str, keys: KeyPath, findings: Findings) -> str | None:
    """Return the address if a reader may follow it: http or https, with a host, in printable characters."""
    try:
        parts = urlsplit(value)
        is_safe = parts.scheme in ("http", "https") and bool(parts.hostname) and "\\" not in value
    except ValueError:
        is_safe = False
    if is_safe and value.isprintable() and " " not in value:
        return value
    findings.report(
        keys,
        "unsafe-address",
        f"`{key_name(keys)}` is {quoted(value)}, not an address that begins with http:// or https://",
        why="readers will follow it",
        help="give the whole address, without spaces, or leave the key out",
    )
    return None


def _report_stray_key(key: str, findings: Findings) -> None:
    findings.report(
        (key,),
        "unknown-key",
        f"`{key}` is not a key of the bibliography",
        why="what it says would be lost without a word",
        help="the file is a list of entries, or has them under `references`",
    )


def _report_unknown_key(keys: KeyPath, key: str, findings: Findings) -> None:
    near = _nearest(key, terms.KNOWN_KEYS)
    findings.report(
        keys,
        "unknown-key",
        f"`{key}` is not a variable of CSL 1.0.2",
        why="what it says would be lost without a word",
        help=f"did you mean `{near}`?"
        if near
        else "what has no variable of its own can go into `note` or `custom`",
    )


def _report_duplicate(slug: str, keys: KeyPath, first: Place, findings: Findings) -> None:
    findings.report(
        (*keys, "id"),
        "duplicate-citation",
        f"id {quoted(slug)} is used twice",
        why=f"the first stands at {first.path}:{first.line}; capitals and Unicode form make no difference",
        help="rename one of them, or remove it",
    )


def _nearest(word: str, known: Collection[str]) -> str | None:
    match = process.extractOne(
        word, sorted(known), scorer=fuzz.ratio, score_cutoff=NEAREST_SCORE, processor=str.casefold
    )
    return None if match is None else str(match[0])
