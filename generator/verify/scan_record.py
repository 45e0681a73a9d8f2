"""Files in which a leak scan found nothing, on disk for the next build: what is the same is not read again."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from generator.disk import replace_file

DIGEST_BYTES = 16


class ScanRecord:
    """The files that hold nothing withheld, by their names and the SHA-256 of their bytes.

    They are forgotten where another thing is looked for. A record that is missing or damaged knows no file.
    """

    def __init__(self, file: Path | None = None) -> None:
        """`file` is the record's; without one nothing is read or written."""
        self._file = file
        self._wanted = b""
        self._known: frozenset[bytes] = frozenset()
        self._clean: set[bytes] = set()

    def open(self, wanted: str) -> None:
        """Read the record; `wanted` is the digest of what is looked for, and of the program that does."""
        self._wanted = wanted.encode()
        try:
            content = self._file.read_bytes() if self._file is not None else b""
        except OSError:
            return
        head, _, digests = content.partition(b"\n")
        if head == self._wanted:
            starts = range(0, len(digests), DIGEST_BYTES)
            self._known = frozenset(digests[start : start + DIGEST_BYTES] for start in starts)

    def knows(self, name: str, sha256: str) -> bool:
        """Return whether a file was found to hold nothing; then it is kept in the record."""
        digest = _digest(name, sha256)
        if digest not in self._known:
            return False
        self._clean.add(digest)
        return True

    def add(self, name: str, sha256: str) -> None:
        """Take a file that holds nothing."""
        self._clean.add(_digest(name, sha256))

    def write(self) -> None:
        """Write the record in one step: the files known and taken since it was opened."""
        if self._file is not None:
            replace_file(self._file, b"".join((self._wanted, b"\n", *sorted(self._clean))))


def _digest(name: str, sha256: str) -> bytes:
    return blake2b(f"{name}\0{sha256}".encode("utf-8", "surrogateescape"), digest_size=DIGEST_BYTES).digest()
