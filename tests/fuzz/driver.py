"""Runs one fuzzer: FUZZ_SECONDS long, one process; what it finds is written to tests/fuzz/finds/."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris

from tests.fuzz.seeds import write_seeds

FINDS = Path(__file__).parent / "finds"
# A file of this size is composed in a small part of the time that is a find.
MAX_BYTES = 8192
TOO_SLOW_S = 30


def run(name: str, seeds: tuple[str, ...]) -> None:
    """Feed mutated seeds to the importer under this file name until the time is up or a law is broken."""
    with atheris.instrument_imports(include=["generator.importing"]):
        from tests.import_laws import import_content

    # What is loaded once is no part of the time of a file.
    import_content("warm.txt", seeds[0].encode())
    seconds = os.environ.get("FUZZ_SECONDS", "60")
    kind = name.partition(".")[2]
    with tempfile.TemporaryDirectory() as folder:
        write_seeds(Path(folder), seeds)
        FINDS.mkdir(exist_ok=True)
        options = (
            f"-max_total_time={seconds}",
            f"-max_len={MAX_BYTES}",
            f"-timeout={TOO_SLOW_S}",
            f"-artifact_prefix={FINDS}/{kind}-",
            "-rss_limit_mb=3072",
            "-print_final_stats=1",
        )
        atheris.Setup(
            [sys.argv[0], *options, *sys.argv[1:], folder],
            lambda content: check(import_content, name, content),
        )
        atheris.Fuzz()


def check(import_content: object, name: str, content: bytes) -> None:
    """Import a content; what it gives is of no matter, but that it gives something."""
    assert callable(import_content)
    import_content(name, content)
