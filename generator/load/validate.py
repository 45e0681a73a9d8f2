"""Plain values from YAML to frozen records, every fault reported at its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, error
from generator.load.yaml import Value
from generator.model.places import KeyPath, Place
from generator.model.records import LANGUAGE_PATTERN
from generator.text.nearest import did_you_mean


@cache
def adapter_of(record_type: Any) -> TypeAdapter[Any]:
    """Return the pydantic adapter of a record type, built once."""
    return TypeAdapter(record_type)


def validate(
    value: Value, record_type: Any, places: Mapping[KeyPath, Place]
) -> tuple[Any, tuple[Diagnostic, ...]]:
    """Return the record of the given type that `value` holds, or None and every fault in it."""
    try:
        return adapter_of(record_type).validate_python(value), ()
    except ValidationError as fault:
        found: dict[tuple[Place, str], Diagnostic] = {}
        details = fault.errors(include_url=False)
        inner = {path[:length] for path in _faulty_paths(details, value) for length in range(len(path))}
        for detail in details:
            diagnostic = _diagnose(detail, value, places, record_type)
            is_value = diagnostic.code in ("wrong-type", "wrong-value")
            if is_value and _key_path(detail["loc"], value) in inner:
                # The value is of the right kind; the fault lies within it.
                continue
            # Each alternative that a value does not fit reports it anew.
            found.setdefault((diagnostic.place, "" if is_value else diagnostic.what), diagnostic)
        return None, tuple(found.values())


def _faulty_paths(details: list[ErrorDetails], value: Value) -> list[KeyPath]:
    """Return the key path of each error; a missing key counts as one."""
    return [
        (*_key_path(detail["loc"], value), *detail["loc"][-1:])
        if detail["type"] == "missing"
        else _key_path(detail["loc"], value)
        for detail in details
    ]


def _diagnose(
    detail: ErrorDetails, value: Value, places: Mapping[KeyPath, Place], record_type: Any
) -> Diagnostic:
    """Return the diagnostic of one pydantic error."""
    path = _key_path(detail["loc"], value)
    place = _place(path, places)
    kind = detail["type"]
    name = ".".join(str(part) for part in path) or "the file"
    if kind == "missing":
        key = str(detail["loc"][-1])
        return error(place, "missing-key", f"`{key}` is missing{_within('in', path)}", help=f"add `{key}: …`")
    if kind == "unexpected_keyword_argument":
        return _unknown_key(path, place, record_type)
    given = _value_at(value, path)
    return error(
        place,
        "wrong-type" if kind.endswith(("_type", "_parsing", "type")) else "wrong-value",
        f"`{name}` is {_shown(given)}, {_expectation(detail)}",
        help=_type_help(given, kind),
    )


def _type_help(given: object, kind: str) -> str:
    if kind == "string_type" and isinstance(given, list) and given:
        return 'brackets make a list: put a wikilink in quotation marks, "[[slug]] …", and a slug in none'
    return "`dossier schema` prints what each kind of file may hold"


def _unknown_key(path: KeyPath, place: Place, record_type: Any) -> Diagnostic:
    key = str(path[-1])
    known = _known_keys(record_type, path[:-1])
    return error(
        place,
        "unknown-key",
        f"`{key}` is not a key{_within('of', path[:-1])}",
        why="what it says would be lost without a word",
        help=did_you_mean(key, known, f"known keys: {', '.join(known)}"),
    )


@cache
def schema_of(record_type: Any) -> dict[str, Any]:
    """Return the JSON Schema of a record type."""
    return adapter_of(record_type).json_schema()


def _known_keys(record_type: Any, path: KeyPath) -> tuple[str, ...]:
    """Return the keys allowed in the mapping at `path`, as the record's JSON Schema has them."""
    schema = schema_of(record_type)
    branches = _flatten(schema, schema)
    for part in path:
        steps = [_step(branch, part) for branch in branches]
        branches = [flat for step in steps if step is not None for flat in _flatten(step, schema)]
    return tuple(key for branch in branches for key in branch.get("properties", {}))


def _step(branch: dict[str, Any], part: str | int) -> dict[str, Any] | None:
    if isinstance(part, int):
        items: dict[str, Any] | None = branch.get("items")
        return items
    found: dict[str, Any] | None = branch.get("properties", {}).get(part)
    if found is None and isinstance(branch.get("additionalProperties"), dict):
        found = branch["additionalProperties"]
    return found


def _flatten(branch: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the alternatives of a schema, references followed."""
    if "$ref" in branch:
        return _flatten(schema["$defs"][branch["$ref"].rsplit("/", 1)[1]], schema)
    if "anyOf" in branch:
        return [flat for option in branch["anyOf"] for flat in _flatten(option, schema)]
    return [branch]


def _key_path(location: tuple[int | str, ...], value: Value) -> KeyPath:
    """Return the key path in the YAML of a location, which also names the alternatives of a type."""
    path: list[int | str] = []
    current: object = value
    for part in location:
        is_key = isinstance(current, dict) and part in current
        is_index = isinstance(current, list) and isinstance(part, int) and part < len(current)
        if is_key or is_index:
            current = current[part]  # type: ignore[index]
            path.append(part)
    return tuple(path)


def _value_at(value: Value, path: KeyPath) -> object:
    current: Any = value
    for part in path:
        current = current[part]
    return current


def _place(path: KeyPath, places: Mapping[KeyPath, Place]) -> Place:
    for length in range(len(path), -1, -1):
        if path[:length] in places:
            return places[path[:length]]
    return Place(path="?")


def _within(preposition: str, path: KeyPath) -> str:
    return f" {preposition} `{'.'.join(str(part) for part in path)}`" if path else ""


def _shown(given: object) -> str:
    if given is None or given == "":
        return "empty"
    if isinstance(given, list):
        return "a list"
    if isinstance(given, dict):
        return "a mapping"
    text = str(given)
    return f"`{text if len(text) <= 60 else text[:57] + '…'}`"


PATTERNS = {LANGUAGE_PATTERN: "should be a language tag such as en, de, pt-BR or zh-Hant"}
EXPECTED = {
    "string_type": "should be a line of text",
    "tuple_type": "should be a list",
    "int_parsing": "should be a whole number",
    "int_type": "should be a whole number",
    "bool_parsing": "should be true or false",
    "bool_type": "should be true or false",
    "dataclass_type": "should be a mapping of keys to values",
    "dict_type": "should be a mapping of keys to values",
    "mapping_type": "should be a mapping of keys to values",
    "string_too_short": "should be a line of text",
}


def _expectation(detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "literal_error":
        return f"should be {context['expected']}"
    if detail["type"] == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        return PATTERNS.get(pattern, f"should match {pattern}")
    if detail["type"] == "greater_than_equal":
        return f"should be {context['ge']} or more"
    if detail["type"] == "less_than_equal":
        return f"should be {context['le']} or less"
    return EXPECTED.get(detail["type"], detail["msg"][:1].lower() + detail["msg"][1:])
