"""Pages are valid HTML: the Nu checker (https://validator.github.io/validator/) finds nothing but what is listed."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.browser.sites import pages_of

CHECKER = Path(__file__).resolve().parents[1] / "node/node_modules/vnu-jar/build/dist/vnu.jar"

# What is let pass, each with its reason. The theme's own faults are mended in site_overrides/partials and in
# generator/finish/theme_faults.py; nothing of them is left.
LET_PASS = (
    # Read from disk, `'self'` matches no file for the checker, and it takes blocks of JSON for scripts. Whether the
    # policy holds is tried in browsers: test_content_policy.py.
    re.compile(r"(Resource|Inline script) violates Content Security Policy \(meta tag\)"),
)


def check(pages: Iterable[Path]) -> list[str]:
    """Return what the checker says of pages: errors and warnings, one line each."""
    answer = subprocess.run(
        [
            "java",
            "-Xss4m",
            "-jar",
            str(CHECKER),
            "--format",
            "json",
            "--stdout",
            "--exit-zero-always",
            *map(str, pages),
        ],
        capture_output=True,
        check=True,
    )
    messages = json.loads(answer.stdout)["messages"]
    return [
        f"{Path(message['url']).name}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}"
        for message in messages
        if not any(pattern.match(message["message"]) for pattern in LET_PASS)
    ]


def test_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<!doctype html><html lang="en"><title>a</title><p id="b"><p id="b"><div></p>'
    )
    found = check([tmp_path / "a.html"])
    assert any("Duplicate ID" in line for line in found)


def test_page_of_each_kind_is_valid(default_site: Path) -> None:
    assert check(default_site / page for page in pages_of(default_site).values()) == []


@pytest.mark.slow
def test_every_page_is_valid(default_site: Path) -> None:
    assert check(sorted(default_site.rglob("*.html"))) == []
