"""Lets MkDocs make the pages of a dossier in several processes, keep those that did not change, and finish each.

Plain `mkdocs build` and `mkdocs serve` finish the site as `dossier build` does. `generator/page_work.py` says which
pages are to be made; here is what MkDocs has to be told.
"""

from __future__ import annotations

import logging
import os
import pickle
import posixpath
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from markdown import Markdown
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from generator.convert import contents_of, read_page, reads_generated_pages
from generator.diagnostics import format_diagnostic, stops_build
from generator.engine import map_in_processes, map_long_work
from generator.finish import finish_site, write_search_index
from generator.garbage import collect_rarely
from generator.page_work import PageWork, read_share

LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}
log = logging.getLogger("mkdocs.hooks.dossier")
# https://…, mailto:…
ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# ../actors/ann.md#s-1
PLAIN_ADDRESS = re.compile(r"([^\s/?#%:\\][^\s?#%:\\]*)(#[^\s#%]+)?")


class _State:
    """What is known of the build that runs: one in a process, but `mkdocs serve` builds again and again."""

    is_served = False
    work: PageWork | None = None
    texts: _Texts | None = None
    reader: _Reader | None = None
    pages: Sequence[File] = ()


class _SharedFiles(Files):
    """The files of the site. MkDocs makes those of its pages that are this process's share."""

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] | None = None
    ) -> Sequence[File]:
        """Return all pages; those to be made where the caller says which it includes, as MkDocs's builder does."""
        pages = super().documentation_pages(inclusion=inclusion or InclusionLevel.is_included)
        work = _State.work
        return pages if inclusion is None or work is None else [p for p in pages if work.is_mine(p.src_uri)]

    def copy_static_files(
        self,
        dirty: bool = False,
        *,
        inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included,
    ) -> None:
        """Copy the other files, once; keep those that stand in the former site."""
        work = _State.work
        if work is None:
            super().copy_static_files(dirty, inclusion=inclusion)
        elif work.makes_frame:
            for file in self:
                is_copied = not file.is_documentation_page() and inclusion(file.inclusion)
                if is_copied and not (file.abs_src_path and work.keep_copy(file.dest_uri, file.abs_src_path)):
                    file.copy_file(dirty)

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file of a path; most are written as MkDocs writes them."""
        return self.src_uris.get(path) or super().get_file_from_path(path)


class _Texts:
    """The texts of pages between reading and writing, on disk: of tens of thousands they would fill the memory."""

    def __init__(self) -> None:
        self._file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the build)
        self._places: dict[str, int] = {}

    def put(self, page: Any) -> None:
        """Take the texts of a page."""
        self._places[page.file.src_uri] = self._file.seek(0, os.SEEK_END)
        pickle.dump((page.markdown, page.content), self._file)
        page.markdown = page.content = ""
        # Anchors are checked in the finished site, for all pages alike.
        page.present_anchor_ids = page.links_to_anchors = None

    def give(self, page: Any) -> None:
        """Give them back."""
        self._file.seek(self._places.pop(page.file.src_uri))
        page.markdown, page.content = pickle.load(self._file)  # noqa: S301 (written above)


class _Reader:
    """Reads generated pages itself: MkDocs's own way through Python-Markdown takes several times as long."""

    def __init__(self, config: Any, files: Files) -> None:
        self._markdown = Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
        )
        self._files = files
        # What each address means in pages of one folder: "" what only MkDocs can tell.
        self._addresses: dict[tuple[str, str], dict[str, str]] = {}
        # Other plugins would see a page without its text.
        events = config.plugins.events
        self._is_alone = len(events["page_markdown"]) == len(events["page_content"]) == 1
        self._is_at_work = self._is_alone and reads_generated_pages(self._markdown)

    def read(self, markdown: str, page: Any) -> None:
        """Read a page, if it is one that was generated: MkDocs, which renders it next, finds it done."""
        read = read_page(markdown) if self._is_at_work and page.meta.get("title") else None
        if read is None:
            return
        folders = posixpath.dirname(page.file.src_uri), posixpath.dirname(page.file.url)
        known = self._addresses.setdefault(folders, {})
        addresses = {}
        for address in read.addresses:
            meant = known.get(address)
            if meant is None:
                meant = known[address] = self._resolve(address, page.file)
            if not meant:
                return
            addresses[address] = meant

        def render(*_: Any) -> None:
            del page.render
            page.content = read.write(addresses.__getitem__)
            page.toc = get_toc(contents_of(read, self._markdown))  # type: ignore[arg-type]

        page.render = render

    def _resolve(self, address: str, source: File) -> str:
        """Return an address as MkDocs writes it; "" where it would do more than that, such as warn."""
        if address.startswith("#") or ELSEWHERE.match(address):
            return address
        plain = PLAIN_ADDRESS.fullmatch(address)
        if plain is None:
            return ""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source.src_uri), plain[1]))
        target = self._files.src_uris.get(path)
        if target is None or not target.inclusion.is_included():
            return ""
        return get_relative_url(target.url, source.url) + (plain[2] or "")


def on_startup(*, command: str, **_: Any) -> None:
    """Remember whether MkDocs serves the site: then it puts a script of its own into each page."""
    collect_rarely()
    _State.is_served = command == "serve"


def on_files(files: Files, *, config: Any) -> Files:
    """Let MkDocs make only some of the pages later on; those that others make are known by their names."""
    _State.work = _State.texts = _State.reader = None
    share = read_share()
    for name in () if share is None else sorted({*share.known, *_named_pages(config.nav)}):
        if name not in files.src_uris:
            files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    return _SharedFiles(files)


def _named_pages(nav: Any) -> Iterator[str]:
    """Yield the pages that the configuration names in its navigation."""
    if isinstance(nav, str):
        if nav.endswith(".md"):
            yield nav
    elif isinstance(nav, Mapping):
        for entry in nav.values():
            yield from _named_pages(entry)
    elif nav is not None:
        for entry in nav:
            yield from _named_pages(entry)


def on_nav(nav: Any, *, config: Any, files: Files) -> None:  # noqa: ARG001 (MkDocs passes it)
    """Keep the pages that did not change, and go on in several processes."""
    if _State.is_served:
        return
    _State.pages = files.documentation_pages()
    paths = {file.src_uri: file.dest_uri for file in _State.pages}
    _State.work = PageWork(config, paths, other_files=len(files.src_uris) - len(paths))
    _State.work.start()
    _State.texts = _Texts()
    _State.reader = _Reader(config, files)


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Read a page, if it is one that was generated."""
    if _State.reader is not None:
        _State.reader.read(markdown, page)
    return markdown


def on_page_content(html: str, *, page: Any, **_: Any) -> str:
    """Lay a page aside until it is written."""
    if _State.texts is None:
        return html
    page.content = html
    _State.texts.put(page)
    return ""


def on_page_context(context: Any, *, page: Any, **_: Any) -> Any:
    """Take the page again, and show it all pages, not those of this process alone."""
    if _State.texts is not None:
        _State.texts.give(page)
        context["pages"] = _State.pages
    return context


def on_post_page(output: str, *, page: Any, config: Any) -> str:
    """Finish a page, whose text nobody needs any more."""
    if _State.work is None:
        return output
    page.markdown = page.content = ""
    return _State.work.finish(output, page.file.src_uri, Path(config.site_dir).name)


def on_post_template(output: str, **_: Any) -> str:
    """Leave the other templates to the first process."""
    return output if _State.work is None or _State.work.makes_frame else ""


def on_post_build(config: Any, **_: Any) -> None:
    """Wait for the other processes, and finish the site, unless `dossier build` is running MkDocs and will do so."""
    finished: frozenset[str] = frozenset()
    if _State.work is not None:
        try:
            for line in _State.work.end():
                log.warning(line)
        except ChildProcessError as fault:
            log.error(fault)
            raise SystemExit(1) from fault
        finished = _State.work.finished
    if os.environ.get("DOSSIER_FINISHES"):
        return
    found = finish_site(
        Path(config.site_dir),
        has_policy=not _State.is_served,
        finished=finished,
        # A server has threads of its own: it is not copied.
        index=partial(
            write_search_index,
            spread=map if _State.is_served else map_in_processes,
            spread_long=map if _State.is_served else map_long_work,
        ),
    )
    # MkDocs counts what is logged here: its `--strict` stops at warnings.
    for diagnostic in found:
        log.log(LEVELS[diagnostic.severity], format_diagnostic(diagnostic))
    if stops_build(found):
        raise SystemExit(1)
