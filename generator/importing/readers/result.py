"""What a reader gives back, and the findings that several readers share."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Diagnostic, error
from generator.importing.compose import Composed
from generator.importing.model import Received
from generator.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file inside a file: a member of a ZIP, an attachment of an e-mail. `name` is relative, with `/`."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """What came of one file: its lines or None, the draft made of them, the files inside it, and what was found."""

    received: Received | None = None
    composed: Composed | None = None
    members: tuple[Member, ...] = ()
    found: tuple[Diagnostic, ...] = ()


def refuse(
    name: str, code: str, what: str, *, why: str = "", help: str = "", found: tuple[Diagnostic, ...] = ()
) -> ReadResult:
    """Return the result of a file that cannot be read, with what was found before."""
    return ReadResult(found=(*found, error(Place(path=name), code, what, why=why, help=help)))


def missing_extra(name: str, library: str) -> ReadResult:
    """Return the result of a file whose format needs a library that is not installed."""
    return refuse(
        name,
        "missing-extra",
        f"reading this format needs {library}, which is not installed",
        why="it is left out of a plain installation, which reads text and HTML",
        help="pip install 'dossier-generator[import]'",
    )


def damaged(name: str, format: str, fault: str) -> ReadResult:
    """Return the result of a file whose bytes are not what its format asks for. `fault` is the library's word."""
    return refuse(
        name,
        "damaged-file",
        f"the {format} file is damaged: {' '.join(fault.split())[:200] or 'no reason given'}",
        why="what it held cannot be told from what was lost",
        help="download or export it again; if it opens in its own program, save a new copy from there",
    )


def empty_file(name: str, what: str = "the file is empty") -> ReadResult:
    """Return the result of a file without a word in it."""
    return refuse(
        name,
        "empty-file",
        what,
        why="there is nothing to transcribe",
        help="look whether the download or export broke off",
    )


def encrypted(name: str, format: str) -> ReadResult:
    """Return the result of a file that opens with a password only."""
    return refuse(
        name,
        "encrypted-file",
        f"the {format} file is protected by a password",
        why="an import never asks for passwords, nor tries any",
        help="open it with the password, save a copy without one, and import the copy",
    )
