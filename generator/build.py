"""The pipeline, readable in one screen: load, link, index, check, render, write, site, finish, verify."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.check import check_corpus
from generator.diagnostics import Diagnostic, sort_diagnostics, stops_build
from generator.facts import gather_facts
from generator.finish import finish_site, write_manifest
from generator.index import index_corpus
from generator.layout import Layout
from generator.link import link_corpus
from generator.load import load_corpus
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.model.manifest import BuildFacts
from generator.model.records import DossierRecord
from generator.render import render_pages
from generator.resources import SITE_OVERRIDES
from generator.site import build_site, source_date_epoch, swap_site
from generator.verify import check_links
from generator.workspace import plan_files
from generator.write import write_files

STAGES = ("load", "link", "index", "check", "render", "write", "site", "finish", "verify")
OnStage = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A corpus with everything found in it; the values are None where there is no corpus."""

    corpus: Corpus | None = None
    linked: LinkedCorpus | None = None
    index: Index | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made: the numbers of its summary, every finding, and whether all of it was done.

    `record` is that of the dossier, `facts` say what was built from; None where nothing was written.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    is_done: bool = False
    record: DossierRecord | None = None
    facts: BuildFacts | None = None


def check_dossier(layout: Layout, on_stage: OnStage, *, sources: Path | None = None) -> Checked:
    """Return the corpus loaded, linked, indexed and checked."""
    on_stage("load")
    corpus, load_found = load_corpus(layout.corpus, shown=layout.shown, sources=sources)
    if corpus is None:
        return Checked(diagnostics=load_found)
    on_stage("link")
    linked, link_found = link_corpus(corpus)
    on_stage("index")
    index, index_found = index_corpus(corpus, linked)
    on_stage("check")
    check_found = check_corpus(corpus, linked, index)
    found = sort_diagnostics([*load_found, *link_found, *index_found, *check_found])
    return Checked(corpus=corpus, linked=linked, index=index, diagnostics=found)


def write_dossier(
    layout: Layout, on_stage: OnStage, *, is_strict: bool = False, sources: Path | None = None
) -> Built:
    """Return what was written: the pages, and what MkDocs needs beside them. Nothing where the corpus has faults."""
    checked = check_dossier(layout, on_stage, sources=sources)
    found = list(checked.diagnostics)
    if stops_build(found, is_strict=is_strict):
        return Built(diagnostics=tuple(found))
    assert checked.corpus is not None
    assert checked.linked is not None
    assert checked.index is not None
    on_stage("render")
    pages, render_found = render_pages(checked.corpus, checked.linked, checked.index, layout.templates)
    found.extend(render_found)
    counts = count_corpus(checked) | {"pages": len(pages), "written": 0, "unchanged": 0, "removed": 0}
    if stops_build(found, is_strict=is_strict):
        return Built(counts=counts, diagnostics=sort_diagnostics(found))
    on_stage("write")
    for files in plan_files(layout, pages, checked.corpus.dossier.record, SITE_OVERRIDES):
        summary, write_found = write_files(files.files, files.folder, manifest=files.manifest)
        found.extend(write_found)
        counts["written"] += summary.written
        counts["unchanged"] += summary.unchanged
        counts["removed"] += summary.removed
    is_done = not stops_build(found, is_strict=is_strict)
    record = checked.corpus.dossier.record
    facts = gather_facts(layout, checked.corpus)
    return Built(
        counts=counts, diagnostics=sort_diagnostics(found), is_done=is_done, record=record, facts=facts
    )


def build_dossier(
    layout: Layout, on_stage: OnStage, *, is_strict: bool = False, sources: Path | None = None
) -> Built:
    """Return what was built. The site is put in place only after its links were checked; else the former one stays."""
    written = write_dossier(layout, on_stage, is_strict=is_strict, sources=sources)
    if not written.is_done:
        return written
    found = list(written.diagnostics)
    on_stage("site")
    built, site_found = build_site(
        layout.config, layout.site, epoch=source_date_epoch(layout.root), is_strict=True
    )
    found.extend(site_found)
    if built.folder is None:
        return Built(counts=written.counts, diagnostics=sort_diagnostics(found))
    on_stage("finish")
    found.extend(finish_site(built.folder, shown_as=layout.site.name))
    if written.facts is not None:
        write_manifest(built.folder, written.facts)
    on_stage("verify")
    links, link_found = check_links(built.folder, shown_as=layout.site.name)
    found.extend(link_found)
    counts = {**written.counts, "links": links.links}
    if stops_build(found, is_strict=is_strict):
        shutil.rmtree(built.folder)
        return Built(counts=counts, diagnostics=sort_diagnostics(found))
    swap_site(built.folder, layout.site)
    return replace(written, counts=counts, diagnostics=sort_diagnostics(found))


def count_corpus(checked: Checked) -> dict[str, int]:
    """Return how much a corpus holds."""
    corpus, linked, index = checked.corpus, checked.linked, checked.index
    if corpus is None or linked is None or index is None:
        return {}
    return {
        "documents": len(corpus.documents),
        "actors": len(corpus.actors),
        "issues": len(corpus.issues),
        "sources": len(corpus.citations),
        "annotations": sum(len(entry.record) for entry in corpus.annotations.values()),
        "mentions": sum(len(text.mentions) for text in linked.texts.values() if text.is_published),
        "backlinks": sum(len(page.references) for pages in index.backlinks.values() for page in pages),
    }
