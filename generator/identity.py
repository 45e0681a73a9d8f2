"""What tells one thing from another: digests of bytes, of files, of the program itself and of what it works with."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.disk import list_files

# What decides on the bytes of a dossier beside our own code.
PROGRAMS = (
    "ahocorasick-rs",
    "citeproc-py",
    "Jinja2",
    "lxml",
    "Markdown",
    "markdown-it-py",
    "mkdocs",
    "mkdocs-material",
    "pagefind",
    "pagefind_bin",
    "pagefind_bin_extended",
    "Pygments",
    "pymdown-extensions",
)


def digest_bytes(*contents: bytes) -> str:
    """Return the digest of some bytes, the same only for the same bytes in the same order."""
    digest = hashlib.blake2b(digest_size=20)
    for content in contents:
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def digest_files(names: Iterable[str], folder: Path) -> str:
    """Return the digest of files by their paths in a folder and their bytes."""
    digest = hashlib.blake2b(digest_size=20)
    for name in sorted(names):
        digest.update(
            digest_bytes(name.encode("utf-8", "surrogateescape"), (folder / name).read_bytes()).encode()
        )
    return digest.hexdigest()


@cache
def digest_program() -> str:
    """Return the digest of the program's code, of Python, and of the libraries that decide on what it makes."""
    folder = Path(__file__).parent
    code = digest_files((name for name in list_files(folder) if name.endswith(".py")), folder)
    return digest_bytes(repr(sys.version_info[:3]).encode(), *map(_describe, PROGRAMS), code.encode())


def _describe(program: str) -> bytes:
    """Return a program's name and version; its name alone where it is not installed."""
    try:
        return f"{program} {version(program)}".encode()
    except PackageNotFoundError:
        return program.encode()
