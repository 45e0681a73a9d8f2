"""A whole build on a Dask cluster: its store, its dossier in a folder or a store, and its site in either."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build import build_dossier
from generator.built import Built, EditionChoice, OnStage
from generator.diagnostics import Diagnostic, stops_build
from generator.engine import EngineFault, is_address, open_cluster, open_store
from generator.layout import Layout, edition_layout, find_layout
from generator.model.edition_names import PUBLIC
from generator.parted import PartedStages, check_target, fetch_dossier, upload_site
from generator.resources import TEMPLATES
from generator.write import hold_lock


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be built, and where: folders, or addresses of fsspec, which are strings.

    `work` is that of the work store, empty for the dossier's own. Without a `scheduler` there is a cluster of so many
    `workers` on this machine.
    """

    path: Path | str
    site: Path | str | None
    work: str
    scheduler: str
    workers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterBuilt:
    """What was built, with its layout, None where there is none; `site` says where the site is."""

    built: Built
    layout: Layout | None
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A dossier at hand; `corpus` is the address of its corpus, empty where the layout's is meant."""

    layout: Layout | None
    found: tuple[Diagnostic, ...]
    corpus: str = ""


def build_on_cluster(
    target: Target,
    on_stage: OnStage,
    *,
    edition: EditionChoice,
    is_strict: bool = False,
    sources: Path | None = None,
) -> ClusterBuilt:
    """Return what was built. A build that was interrupted goes on where it was: done tasks are not run again."""
    layout = None
    try:
        with _open_dossier(target, edition.name) as opened, ExitStack() as stack:
            layout = opened.layout
            if layout is None or stops_build(opened.found):
                return ClusterBuilt(built=Built(diagnostics=opened.found), layout=layout)
            address = _site_address(target, edition.name)
            site = open_store(address) if address else None
            foreign = check_target(site) if site is not None else ()
            if foreign:
                return ClusterBuilt(built=Built(diagnostics=(*opened.found, *foreign)), layout=layout)
            if layout.corpus.is_dir():
                stack.enter_context(hold_lock(layout.work / "build.lock"))
            store = open_store(target.work or _own_work(target, layout))
            engine = stack.enter_context(open_cluster(store, target.scheduler, target.workers))
            built = build_dossier(
                layout,
                on_stage,
                edition=edition,
                is_strict=is_strict,
                sources=sources,
                stages=PartedStages(engine, opened.corpus),
            )
            if built.is_done:
                engine.forget_others()
                if site is not None:
                    upload_site(layout.site, site)
            built = replace(built, diagnostics=(*opened.found, *built.diagnostics))
            return ClusterBuilt(built=built, layout=layout, site=address or str(layout.site))
    except EngineFault as fault:
        return ClusterBuilt(built=Built(diagnostics=(fault.diagnostic,)), layout=layout)


@contextmanager
def _open_dossier(target: Target, edition: str) -> Iterator[_Opened]:
    site = target.site if isinstance(target.site, Path) else None
    with ExitStack() as stack:
        corpus = ""
        folder = target.path
        if isinstance(folder, str):
            temporary = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dossier-")))
            corpus, folder = fetch_dossier(folder, temporary), temporary
        layout, found = find_layout(folder, packaged_templates=TEMPLATES, site=site)
        if layout is not None and corpus:
            layout = replace(layout, shown=corpus)
        if layout is not None and edition != PUBLIC:
            layout = edition_layout(layout, edition, site)
        yield _Opened(layout=layout, found=found, corpus=corpus)


def _site_address(target: Target, edition: str) -> str:
    """Return the address that the site is put at, empty where it is left in its folder."""
    if isinstance(target.site, str):
        return target.site
    if isinstance(target.path, str) and target.site is None:
        return f"{target.path.rstrip('/')}/{'site' if edition == PUBLIC else f'site-{edition}'}"
    return ""


def _own_work(target: Target, layout: Layout) -> str:
    if isinstance(target.path, str) and is_address(target.path):
        return f"{target.path.rstrip('/')}/.dossier/work"
    return str(layout.work / "work")
