"""The pages of a site as search sees them, kept from build to build in one file: each by a hash of its bytes.

One file, as a site has tens of thousands of pages. Nothing depends on what is kept: what is missing or damaged is made
again.
"""

from __future__ import annotations

import json
import os
import sqlite3
import weakref
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from generator.finish.search_cache import with_checksum, without_checksum
from generator.finish.search_pages import Block, Place, SearchHead, SearchPage

# Written again from nothing after a crash: no journal is needed.
OPENED = """
pragma journal_mode = memory;
pragma synchronous = off;
create table if not exists pages (key text primary key, head blob, blocks blob) without rowid;
"""


class WrittenPage(NamedTuple):
    """A page in bytes. `head` is empty for a page that is not to be found."""

    head: bytes
    blocks: bytes


def write_page(page: SearchPage | None) -> WrittenPage:
    """Return a page in bytes."""
    if page is None:
        return WrittenPage(b"", b"")
    blocks = [(one.place.id, one.place.label, one.words, one.is_source) for one in page.blocks]
    return WrittenPage(_write(asdict(page.head)), _write(blocks))


def read_head(page: WrittenPage) -> SearchHead | None:
    """Return what is known of a page, None where it is not to be found."""
    return SearchHead(**json.loads(page.head)) if page.head else None


def read_page(page: WrittenPage) -> SearchPage:
    """Return a whole page, one that is to be found."""
    blocks = tuple(
        Block(place=Place(id=place, label=label), words=words, is_source=is_source)
        for place, label, words, is_source in json.loads(page.blocks)
    )
    return SearchPage(head=SearchHead(**json.loads(page.head)), blocks=blocks)


class KeptPages:
    """The file. Threads may read it at once, and copies of the process."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        self._process = os.getpid()
        self._lock = Lock()
        self._used: set[str] = set()
        try:
            self._pages, self.keys = _open_with_keys(file)
        except sqlite3.DatabaseError:
            file.unlink()
            self._pages, self.keys = _open_with_keys(file)
        weakref.finalize(self, self._pages.close)

    def read(self, key: str) -> WrittenPage | None:
        """Return what is kept under a key, None where it is not kept or damaged."""
        self._used.add(key)
        try:
            with self._lock:
                self._open_in_copy()
                found = self._pages.execute("select head, blocks from pages where key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError:
            return None
        contents = [without_checksum(stored) for stored in found or ()]
        if not contents or None in contents:
            return None
        head, blocks = contents
        assert head is not None
        assert blocks is not None
        return WrittenPage(head, blocks)

    def write(self, key: str, page: WrittenPage) -> None:
        """Keep a page."""
        self._used.add(key)
        row = key, with_checksum(page.head), with_checksum(page.blocks)
        with self._lock:
            self._pages.execute("insert or replace into pages values (?, ?, ?)", row)

    def _open_in_copy(self) -> None:
        """Open the file anew in a copy of the process that opened it: SQLite wants no other use."""
        if self._process != os.getpid():
            # Closed here, it would be closed there.
            self._inherited = self._pages
            self._pages = _open(self._file)
            self._process = os.getpid()

    def end(self) -> None:
        """Put on the disk what was written, without what was not asked for."""
        with self._lock:
            forgotten = [(key,) for key in self.keys - self._used]
            self._pages.executemany("delete from pages where key = ?", forgotten)
            self._pages.commit()


def _open_with_keys(file: Path) -> tuple[sqlite3.Connection, frozenset[str]]:
    """Return the file opened, and the keys in it.

    Raises:
        sqlite3.DatabaseError: it is damaged; then it is closed.
    """
    opened = _open(file)
    try:
        return opened, frozenset(key for (key,) in opened.execute("select key from pages"))
    except sqlite3.DatabaseError:
        opened.close()
        raise


def _open(file: Path) -> sqlite3.Connection:
    # Where pages are given to Pagefind, several threads read.
    opened = sqlite3.connect(file, check_same_thread=False)
    try:
        opened.executescript(OPENED)
    except sqlite3.DatabaseError:
        opened.close()
        raise
    return opened


def _write(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
