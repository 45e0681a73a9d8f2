"""Regular expressions mean the same in every Python that the program runs on."""

from __future__ import annotations

import ast
import re
from pathlib import Path

SOURCES = sorted(Path("generator").rglob("*.py"))
# (?:…)*+, (?:…)++, (?:…)?+: before Python 3.11.5, as Debian 12 has it, these match what they should not (CPython,
# gh-106052). Of a single character or a class of them, [^<]*+, they are right.
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


def patterns_of(path: Path) -> list[str]:
    """Return the constant parts of what a module hands to `re`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )
    constants = (one for call in calls for argument in call.args for one in ast.walk(argument))
    found = (one.value for one in constants if isinstance(one, ast.Constant))
    return [
        one if isinstance(one, str) else one.decode("latin-1")
        for one in found
        if isinstance(one, str | bytes)
    ]


def test_no_group_is_repeated_possessively() -> None:
    found = [(path, pattern) for path in SOURCES for pattern in patterns_of(path)]
    assert len(found) > 300
    assert [(path, pattern) for path, pattern in found if POSSESSIVE_GROUP.search(pattern)] == []


def test_such_a_pattern_is_found(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        'import re\nA = re.compile(r"(?:a|b)*+c")\nB = re.compile(rb"[^<]*+<")\nC = re.compile(rf"{A}(?:x){{2}}+")\n'
        'D = re.compile(r"\\)++")\n'
    )
    found = [pattern for pattern in patterns_of(module) if POSSESSIVE_GROUP.search(pattern)]
    assert found == ["(?:a|b)*+c", "(?:x){2}+"]
