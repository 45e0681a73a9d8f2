"""The fuzzer of plain text: `python -m tests.fuzz.fuzz_text`."""

from __future__ import annotations

from tests.fuzz.driver import run
from tests.fuzz.seeds import TEXTS

if __name__ == "__main__":
    run("fuzzed.txt", TEXTS)
