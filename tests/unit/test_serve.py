"""`dossier serve` shows the site and follows the corpus."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.resources import TEMPLATES
from generator.starter import write_starter

PROJECT = Path(__file__).resolve().parents[2]
DEADLINE_S = 60.0


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_starter(tmp_path / "papers", TEMPLATES)
    return tmp_path / "papers"


@pytest.fixture
def address(papers: Path) -> Iterator[str]:
    """The address of a running server, which is stopped as a person would: by Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "generator", "serve", str(papers), "--address", f"127.0.0.1:{port}"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    # A program that is started in the background may ignore Ctrl-C, and so would all that it starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        server = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with server:
        try:
            yield f"http://127.0.0.1:{port}/"
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=DEADLINE_S) == 0
        finally:
            server.kill()


def wait_for_words(url: str, words: str) -> None:
    """Ask again until the page holds the words; fail when it never does."""
    pause = threading.Event()
    end = time.monotonic() + DEADLINE_S
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if words in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        pause.wait(0.2)
    raise AssertionError(f"{url} never held {words!r}")


def test_a_change_of_the_corpus_is_served_and_a_broken_one_leaves_the_last_good_pages(
    papers: Path, address: str
) -> None:
    page = f"{address}actors/ann-lee.html"
    wait_for_words(page, "Ann Lee wrote to ")
    actor = papers / "corpus/actors/ann-lee.md"
    good = actor.read_text(encoding="utf-8")
    actor.write_text(good.replace("Ann Lee wrote", "Engineer Lee wrote"), encoding="utf-8")
    wait_for_words(page, "Engineer Lee wrote to ")
    actor.write_text("---\nname: [\n---\n", encoding="utf-8")
    wait_for_words(page, "Engineer Lee wrote to ")
    actor.write_text(good, encoding="utf-8")
    wait_for_words(page, "Ann Lee wrote to ")
