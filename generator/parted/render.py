"""Render as tasks: one plans the pages, the others render some dozens each."""

from __future__ import annotations

import atexit
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from generator.diagnostics import Diagnostic
from generator.engine.store import WorkStore
from generator.engine.stored import StoredMapping, stored_mapping
from generator.engine.tasks import Done, Engine, Result, Shared, Work, read_result
from generator.identity import digest_bytes
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.parted.link import LinkedParts
from generator.parted.load import Parted
from generator.parted.trees import read_tree, write_tree
from generator.render import (
    BAD_TEMPLATE,
    OpenDossier,
    PlannedPage,
    bad_template,
    open_dossier,
    plan_pages,
    render_page,
)

# Sample: ](../actors/ann-lee.md#d-1a2b)
LINK = re.compile(r"\]\(([^()\s#]+)")
Folders = tuple[Mapping[str, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A dossier opened in a process, or what is wrong with it."""

    store: WorkStore
    dossier: OpenDossier | None
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPages:
    """The Markdown of all pages by path, and the files that each links to; both in the work store."""

    pages: StoredMapping[str, bytes]
    links: StoredMapping[str, tuple[str, ...]]
    digests: Mapping[str, str]


def render_parted(
    engine: Engine, parted: Parted, linked: LinkedParts, index: Index, templates: Sequence[Path]
) -> tuple[RenderedPages | None, tuple[Diagnostic, ...]]:
    """Return what `render_pages` does, None where a template or a style cannot be used."""
    folders = tuple(read_tree(folder) for folder in templates)
    digest = digest_bytes(
        *(name.encode() + b"\0" + held for files in folders for name, held in files.items())
    )
    shared = Shared(
        identity=digest_bytes(parted.identity.encode(), linked.identity.encode(), digest.encode()),
        value=(engine.store, parted.corpus, linked.linked, index, folders),
        opened=open_parted,
    )
    (plan,) = engine.map(
        plan_part, shared, [Work(identity=f"plan {engine.sizes.pages}", value=engine.sizes.pages)]
    )
    found: tuple[Diagnostic, ...] = plan.summary
    if not plan.places.get("plan"):
        return None, found
    works = [
        Work(identity=f"{plan.key} {number}", value=(plan.key, number)) for number in plan.places["plan"]
    ]
    done = engine.map(render_part, shared, works)
    for one in done:
        if isinstance(one.summary, Diagnostic):
            # The first in the order of the plan: the one that stops a build without tasks.
            return None, (*found, one.summary)
    return _join(engine.store, done), found


def open_parted(value: tuple[WorkStore, Corpus, LinkedCorpus, Index, Folders]) -> Opened:
    """Return what a process keeps while it renders pages."""
    store, corpus, linked, index, folders = value
    # Jinja looks at the files again whenever it uses a template: they stay as long as the process.
    temporary = tempfile.mkdtemp(prefix="dossier-templates-")
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    paths = [Path(temporary, str(number)) for number in range(len(folders))]
    for path, files in zip(paths, folders, strict=True):
        write_tree(files, path)
    dossier, found = open_dossier(corpus, linked, index, paths)
    return Opened(store=store, dossier=dossier, found=found)


def plan_part(opened: Opened, size: int) -> Result:
    """Plan all pages, so many to a task: a task. The summary has what is wrong with the dossier's words and styles."""
    if opened.dossier is None:
        return Result(summary=opened.found)
    planned = plan_pages(opened.dossier)
    starts = range(0, len(planned), size)
    plan = {number: planned[start : start + size] for number, start in enumerate(starts)}
    return Result(summary=opened.found, packs={"plan": plan})


def render_part(opened: Opened, chosen: tuple[str, int]) -> Result:
    """Render some pages: a task. The summary has their digests, or why one cannot be rendered."""
    key, number = chosen
    plan: Sequence[PlannedPage] = stored_mapping(opened.store, [read_result(opened.store, key)], "plan")[
        number
    ]
    assert opened.dossier is not None
    pages = {}
    for planned in plan:
        try:
            pages[planned.path] = render_page(opened.dossier, planned)
        except BAD_TEMPLATE as fault:
            return Result(summary=bad_template(fault))
    links = {path: _links_of(path, page) for path, page in pages.items() if path.endswith(".md")}
    digests = {path: digest_bytes(page) for path, page in pages.items()}
    return Result(summary=digests, packs={"pages": pages, "links": links})


def _join(store: WorkStore, done: Iterable[Done]) -> RenderedPages:
    parts = list(done)
    return RenderedPages(
        pages=stored_mapping(store, parts, "pages"),
        links=stored_mapping(store, parts, "links"),
        digests={path: digest for one in parts for path, digest in one.summary.items()},
    )


def _links_of(path: str, page: bytes) -> tuple[str, ...]:
    """Return the files of the dossier that a page links to, by their paths in the docs folder."""
    found = {unquote(target) for target in LINK.findall(page.decode())}
    folder = posixpath.dirname(path)
    inside = {posixpath.normpath(posixpath.join(folder, target)) for target in found if ":" not in target}
    return tuple(sorted(target for target in inside if not target.startswith(("..", "/"))))
