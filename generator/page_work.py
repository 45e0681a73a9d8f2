"""Which pages of a site are to be made, by which process; the others are kept from the site that was built last.

MkDocs drives this through site_overrides/hooks.py. Processes are copies of the first one, made when it has read the
configuration and the list of pages; where a system cannot copy processes there is one.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.disk import list_files
from generator.engine import count_processes
from generator.finish import PAGES_OF_PAGES, finish_page
from generator.identity import digest_bytes, digest_files, digest_program
from generator.site import MadePages, keep_copy, keep_page, read_made_pages
from generator.write import hash_bytes, read_hashes

# What `dossier build` tells MkDocs's process of the dossier; without them every page is made.
MANIFEST, RECORD, FORMER, REPORT = "DOSSIER_PAGES", "DOSSIER_RECORD", "DOSSIER_FORMER", "DOSSIER_REPORT"
# A file that says which pages this run makes, where others make the rest: see `Share`.
SHARE = "DOSSIER_SHARE"
# A process more is worth its start for this many pages.
PAGES_PER_JOB = 40
# What a page takes whatever its size, and what a file takes that is only copied, in bytes of pages read instead.
PAGE_LOAD, FILE_LOAD = 20_000, 4_000
# What a template says that shows the moment of the build.
MOMENTS = (b"build_date_utc", b"update_date", b"build_timestamp", b"now(")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The part of a site that one run of MkDocs makes, where several make one site.

    `made` are its pages by their paths in the docs folder, `known` the files that need not be there and are linked to.
    `makes_frame`: the run makes what is no page as well, and all pages that nobody else can: those that are not among
    `others`.
    """

    made: frozenset[str] = frozenset()
    known: tuple[str, ...] = ()
    others: frozenset[str] = frozenset()
    makes_frame: bool = False


def read_share() -> Share | None:
    """Return the share that this run of MkDocs was given, None where it makes the whole site."""
    path = os.environ.get(SHARE, "")
    if not path:
        return None
    told = json.loads(Path(path).read_text(encoding="utf-8"))
    return Share(
        made=frozenset(told["made"]),
        known=tuple(told["known"]),
        others=frozenset(told["others"]),
        makes_frame=told["makes_frame"],
    )


def write_share(share: Share, path: Path) -> None:
    """Write a share for a run of MkDocs to read."""
    told = {
        "made": sorted(share.made),
        "known": sorted(share.known),
        "others": sorted(share.others),
        "makes_frame": share.makes_frame,
    }
    path.write_text(json.dumps(told), encoding="utf-8")


class PageWork:
    """The pages of one build. `is_first`: this is the process that MkDocs was started in."""

    def __init__(self, config: Any, pages: Mapping[str, str], *, other_files: int = 0) -> None:
        """`config` is MkDocs's; `pages` maps each page's path in the docs folder to that in the site.

        `other_files` counts the files that the first process copies besides.
        """
        self._config = config
        self._pages = pages
        self._other_files = other_files
        self._sources: dict[str, str] = {}
        self._finished: set[str] = set()
        self._kept: frozenset[str] = frozenset()
        self._mine: frozenset[str] = frozenset(pages)
        self._shared = ""
        self._children: list[int] = []
        self._reports = Path()
        self._warnings = _Counter()
        self._share = read_share()
        self._is_shared = False
        self.is_first = True

    @property
    def finished(self) -> frozenset[str]:
        """The paths in the site of the pages that need nothing more."""
        return frozenset(self._finished)

    @property
    def makes_frame(self) -> bool:
        """Whether this process makes what is no page."""
        return self.is_first and (self._share is None or self._share.makes_frame)

    def is_mine(self, page: str) -> bool:
        """Return whether this process makes a page, given by its path in the docs folder."""
        return page in self._mine

    def keep_copy(self, path: str, source: str) -> bool:
        """Return whether a file of the site, a copy of `source`, was kept from the site that was built last."""
        former = os.environ.get(FORMER, "")
        return bool(former) and keep_copy(path, Path(source), Path(former), Path(self._config.site_dir))

    def start(self) -> None:
        """Keep what did not change and divide the rest among processes; each comes out of this call."""
        if not _has_titles(self._config.nav):
            # Pages show the titles of other pages, which are known when these are made.
            return
        self._read_sources()
        if self._share is not None:
            self._is_shared = True
            self._mine = (
                frozenset(self._pages) - self._share.others if self._share.makes_frame else self._share.made
            )
            return
        kept = self._keep()
        self._kept = frozenset(self._pages[page] for page in kept)
        self._finished.update(self._kept)
        made = [page for page in self._pages if page not in kept]
        shares = self._divide(made, count_processes())
        self._mine = shares[0]
        if len(shares) == 1:
            return
        self._reports = Path(tempfile.mkdtemp(prefix="dossier-pages-"))
        atexit.register(self._stop_children)
        sys.stdout.flush()
        sys.stderr.flush()
        for share in shares[1:]:
            child = os.fork()
            if child == 0:
                atexit.unregister(self._stop_children)
                self.is_first = False
                self._children = []
                self._mine = share
                self._finished.clear()
                logging.getLogger("mkdocs").addHandler(self._warnings)
                return
            self._children.append(child)

    def finish(self, output: str, page: str, shown: str) -> str:
        """Return a page as it will be published, given as MkDocs's templates wrote it."""
        path = self._pages[page]
        if path in PAGES_OF_PAGES:
            return output
        finished, found = finish_page(output.encode("utf-8", "xmlcharrefreplace"), path, shown)
        if found:
            # Whoever finishes the site says what is wrong with it.
            return output
        self._finished.add(path)
        return finished.decode("utf-8")

    def end(self) -> Sequence[str]:
        """End this process if it is not the first; else wait for the others and return what they leave to be said.

        Raises:
            ChildProcessError: if one of them failed.
        """
        if not self.is_first:
            self._report()
        failed = [child for child in self._children if os.waitpid(child, 0)[1] != 0]
        self._children.clear()
        if failed:
            raise ChildProcessError(f"{len(failed)} of the processes that make pages failed, see above")
        warnings = 0
        if self._reports != Path():
            for report in sorted(self._reports.iterdir()):
                told = json.loads(report.read_text(encoding="utf-8"))
                self._finished.update(told["finished"])
                warnings += told["warnings"]
                report.unlink()
            self._reports.rmdir()
        self._write_report()
        is_counted = warnings and self._config.strict
        return [f"{warnings} warnings of other processes stand above"] if is_counted else []

    def _read_sources(self) -> None:
        """Take the digests of what the pages are made from, where the dossier is known."""
        manifest = os.environ.get(MANIFEST, "")
        if not manifest:
            return
        docs = Path(self._config.docs_dir)
        generated = read_hashes(Path(manifest))
        self._shared = self._digest_shared()
        # `dossier build` has written the pages just now, or found them as they are to be.
        self._sources = {
            page: generated[page] or hash_bytes((docs / page).read_bytes())
            for page, path in self._pages.items()
            if page in generated and path not in PAGES_OF_PAGES
        }

    def _keep(self) -> frozenset[str]:
        """Put what did not change into the new site, and return it."""
        record, former = (os.environ.get(name, "") for name in (RECORD, FORMER))
        before = read_made_pages(Path(record)) if self._shared and former else MadePages()
        if not self._shared or before.shared != self._shared:
            return frozenset()
        built = Path(self._config.site_dir)
        kept = []
        for page, source in self._sources.items():
            made = before.pages.get(self._pages[page])
            is_same = made is not None and made.source == source
            if made is not None and is_same and keep_page(self._pages[page], made, Path(former), built):
                kept.append(page)
        return frozenset(kept)

    def _digest_shared(self) -> str:
        """Return the digest of what every page is made with."""
        settings = [
            {name: value for name, value in given.items() if name not in ("site_dir", "docs_dir")}
            for given in self._config.user_configs
        ]
        own = self._config.theme.custom_dir
        templates = [
            _digest_templates(Path(folder), is_own=bool(own) and Path(folder) == Path(own))
            for folder in self._config.theme.dirs
        ]
        moment = os.environ.get("SOURCE_DATE_EPOCH", "") if any(shows for _, shows in templates) else ""
        parts = [repr(settings), *(digest for digest, _ in templates), moment, digest_program()]
        return digest_bytes(*(part.encode() for part in parts))

    def _divide(self, pages: Sequence[str], jobs: int) -> list[frozenset[str]]:
        """Return shares that take about the same time; one share where processes cannot be copied."""
        jobs = max(1, min(jobs, len(pages) // PAGES_PER_JOB)) if hasattr(os, "fork") else 1
        docs = Path(self._config.docs_dir)
        sizes = {page: (docs / page).stat().st_size if (docs / page).is_file() else 0 for page in pages}
        shares: list[set[str]] = [set() for _ in range(jobs)]
        loads = [0] * jobs
        # Half of its share at most: what it takes is a guess.
        share = (sum(sizes.values()) + len(pages) * PAGE_LOAD) // jobs
        loads[0] = min(self._other_files * FILE_LOAD, share // 2)
        for page in sorted(pages, key=lambda page: (-sizes[page], page)):
            least = loads.index(min(loads))
            shares[least].add(page)
            loads[least] += sizes[page] + PAGE_LOAD
        return [frozenset(share) for share in shares]

    def _report(self) -> None:
        """Say what this process did, and end it without going on as MkDocs would."""
        told = {"finished": sorted(self._finished), "warnings": self._warnings.count}
        report = self._reports / f"{os.getpid()}.json"
        report.write_text(json.dumps(told), encoding="utf-8")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    def _write_report(self) -> None:
        """Tell `dossier build` which pages the next build may keep."""
        report = os.environ.get(REPORT, "")
        if report:
            sources = {
                self._pages[page]: source
                for page, source in self._sources.items()
                if self._is_shared or self._pages[page] in self._finished
            }
            told = {
                "is_shared": self._is_shared,
                "paths": {page: self._pages[page] for page in self._mine} if self._is_shared else {},
                "shared": self._shared,
                "sources": sources,
                "finished": sorted(self._finished),
                "kept": sorted(self._kept),
            }
            Path(report).write_text(json.dumps(told), encoding="utf-8")

    def _stop_children(self) -> None:
        """End the other processes where this one ends before its time."""
        for child in self._children:
            os.kill(child, signal.SIGTERM)


class _Counter(logging.Handler):
    """Counts warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 (the signature of the base class)
        self.count += 1


def _has_titles(nav: object) -> bool:
    """Return whether the configuration names every page of the navigation."""
    if isinstance(nav, Mapping):
        return all(isinstance(entry, str) or _has_titles(entry) for entry in nav.values())
    if isinstance(nav, Iterable) and not isinstance(nav, str):
        return all(not isinstance(entry, str) and _has_titles(entry) for entry in nav)
    return False


def _digest_templates(folder: Path, *, is_own: bool) -> tuple[str, bool]:
    """Return the digest of a theme's files that decide on pages, and whether one of them shows the moment of the build.

    `is_own`: the folder is the dossier's, and everything in it counts; the thousands of icons of the theme do not, as
    it is known by its version.
    """
    if is_own:
        names = list_files(folder)
    else:
        decide = (".html", "mkdocs_theme.yml")
        names = [name for name in list_files(folder) if name.endswith(decide) and ".icons/" not in name]
    pages = [(folder / name).read_bytes() for name in names if name.endswith(".html")]
    return digest_files(names, folder), any(word in page for page in pages for word in MOMENTS)
