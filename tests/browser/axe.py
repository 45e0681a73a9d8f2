"""axe (https://github.com/dequelabs/axe-core) in a page: what it finds against WCAG 2.2 and good practice."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[1] / "node/node_modules/axe-core/axe.min.js"
OPTIONS: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # WCAG 2.5.8; axe leaves it out unless asked
    "resultTypes": ["violations"],
}


@cache
def _source() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def find_violations(page: Page) -> list[str]:
    """Return what axe finds in a page as it is now: the rule, where, and why, one line for each element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    answer = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {' '.join(node['failureSummary'].split())}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]
