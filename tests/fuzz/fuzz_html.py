"""The fuzzer of pages: `python -m tests.fuzz.fuzz_html`."""

from __future__ import annotations

from tests.fuzz.driver import run
from tests.fuzz.seeds import PAGES

if __name__ == "__main__":
    run("fuzzed.html", PAGES)
