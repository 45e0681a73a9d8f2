"""What reading one file may take."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds for one file, and for all that is in it.

    `size`: a document of text has a few hundred kilobytes, a scanned book with its text layer some hundred megabytes.
    `time_s`: a PDF of a thousand pages takes two minutes on a slow machine.
    `whole_s`: an archive or a letter with all its parts.
    `memory`: pdfminer holds some twenty times the size of the page that it reads; the interpreter and the libraries
    take 70 MB of addresses themselves.
    `answer`: what may come back; no reader makes more of a file of `size`.
    """

    size: int = 200 * MEGABYTE
    time_s: float = 300.0
    whole_s: float = 1200.0
    memory: int = 3072 * MEGABYTE
    answer: int = 800 * MEGABYTE


LIMITS = Limits()
# An attachment of an attachment of a letter in a ZIP; more is made to be opened for ever.
MAX_DEPTH = 3
