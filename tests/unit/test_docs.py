"""The documentation says what the program does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from generator.cli import main
from generator.importing.compose import RULES

PROJECT = Path(__file__).resolve().parents[2]
COMMANDS = (PROJECT / "docs/commands.md").read_text(encoding="utf-8")
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
REPORTERS = {"error", "warning", "info", "report", "refuse", "_left_out"}
COMPUTED = {
    "unknown-actor",
    "unknown-issue",
    "unknown-actor-or-issue",
    "orphan-actor",
    "orphan-issue",
    "orphan-source",
    "wrong-type",
    "wrong-value",
    "dead-external-link",
    "external-link-unknown",
}


def emitted_codes() -> set[str]:
    """Return every diagnostic code that stands as a literal in a call that reports one."""
    codes = set(COMPUTED)
    for path in (PROJECT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in REPORTERS:
                codes.update(literal_codes(node.args))
            if name == "CitationFault":
                codes.update(literal_codes(k.value for k in node.keywords if k.arg == "code"))
    return codes


def literal_codes(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def test_every_diagnostic_is_documented_and_no_other() -> None:
    diagnostics = COMMANDS.partition("\n## Diagnostics\n")[2]
    rows = [line.split("|")[1] for line in diagnostics.splitlines() if re.match(r"\| `[a-z]", line)]
    documented = {code for row in rows for code in re.findall(r"`([a-z0-9-]+)`", row) if CODE.fullmatch(code)}
    assert documented == emitted_codes()


def test_every_rule_of_an_import_is_documented_and_no_other() -> None:
    section = COMMANDS.partition("\n## `dossier import")[2].partition("\n| option")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if re.match(r"\| `[a-z]", line)]
    assert {name for row in rows for name in re.findall(r"`([a-z-]+)`", row)} == set(RULES)


def test_every_command_and_option_is_documented() -> None:
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        assert f"## `dossier {name}" in COMMANDS
        for parameter in command.params:
            for option in (o for o in parameter.opts if o.startswith("--")):
                assert option in COMMANDS, f"{name} {option}"


def test_every_link_between_hand_written_pages_leads_somewhere() -> None:
    for page in (PROJECT / "README.md", PROJECT / "CHANGELOG.md", *(PROJECT / "docs").glob("c*.md")):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
