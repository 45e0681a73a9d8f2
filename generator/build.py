"""The pipeline, readable in one screen: load, edition, link, index, check, render, write, site, finish, verify."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from generator.built import PUBLIC_EDITION, Built, EditionChoice, OnStage
from generator.check import check_corpus, count_proven
from generator.diagnostics import Diagnostic, sort_diagnostics, stops_build
from generator.edition import choose_edition, find_withheld, prune_orphans
from generator.engine import map_in_processes
from generator.facts import gather_facts
from generator.finish import finish_site, write_manifest
from generator.layout import Layout
from generator.model.corpus import Corpus
from generator.model.edition import WHOLE
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.page_store import clear_pages
from generator.parted import LOCAL, Stages
from generator.resources import SITE_OVERRIDES
from generator.site import keep_same_files, record_pages, swap_site, write_made_pages
from generator.verify import ScanRecord, check_links, read_links, scan_pages, scan_site, write_links
from generator.workspace import plan_files
from generator.write import hash_of, write_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A corpus with everything found in it; the values are None where there is no corpus.

    `whole` is the corpus as loaded, `corpus` what the edition holds of it. `cited` ends what was begun of its pages.
    """

    whole: Corpus | None = None
    corpus: Corpus | None = None
    linked: LinkedCorpus | None = None
    index: Index | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    cited: Callable[[], Mapping[str, bytes]] = dict


def check_dossier(
    layout: Layout,
    on_stage: OnStage,
    *,
    sources: Path | None = None,
    edition: EditionChoice | None = None,
    stages: Stages = LOCAL,
    is_rendered: bool = False,
) -> Checked:
    """Return the corpus loaded, narrowed to the edition, linked, indexed and checked; the whole corpus without one.

    `is_rendered`: what its pages need besides is begun; `cited` has to be called.
    """
    on_stage("load")
    whole, load_found = stages.load(layout, sources)
    if whole is None:
        return Checked(diagnostics=load_found)
    begin = partial(stages.begin_render, layout) if is_rendered else _begin_nothing
    checked = check_edition(whole, edition, on_stage, stages, begin)
    return replace(checked, diagnostics=sort_diagnostics([*load_found, *checked.diagnostics]))


def _begin_nothing(_: Corpus) -> Callable[[], Mapping[str, bytes]]:
    return dict


def check_edition(
    whole: Corpus,
    edition: EditionChoice | None,
    on_stage: OnStage,
    stages: Stages = LOCAL,
    begin_render: Callable[[Corpus], Callable[[], Mapping[str, bytes]]] = _begin_nothing,
) -> Checked:
    """Return a loaded corpus narrowed to the edition, linked, indexed and checked; all of it without an edition."""
    on_stage("edition")
    corpus, edition_found = _narrow(whole, edition, stages)
    if corpus is None:
        return Checked(diagnostics=edition_found)
    cited = begin_render(corpus)
    on_stage("link")
    linked, link_found = stages.link(corpus)
    if corpus.is_narrowed:
        pruned = prune_orphans(corpus, stages.find_ways(corpus, linked))
        if pruned is not corpus:
            corpus = pruned
            # So that the two are not held at once.
            del linked
            linked, link_found = stages.link(corpus)
    on_stage("index")
    index, index_found = stages.index(corpus, linked)
    on_stage("check")
    check_found = check_corpus(corpus, linked, index)
    found = sort_diagnostics([*edition_found, *link_found, *index_found, *check_found])
    return Checked(whole=whole, corpus=corpus, linked=linked, index=index, diagnostics=found, cited=cited)


def _narrow(
    whole: Corpus, choice: EditionChoice | None, stages: Stages
) -> tuple[Corpus | None, tuple[Diagnostic, ...]]:
    """Return the corpus as the edition holds it, None where there is no such edition."""
    if choice is None:
        return stages.narrow(whole, WHOLE)
    edition, found = choose_edition(whole, choice.name, choice.day)
    return (None, found) if edition is None else stages.narrow(whole, edition)


def write_dossier(
    layout: Layout,
    on_stage: OnStage,
    *,
    edition: EditionChoice = PUBLIC_EDITION,
    is_strict: bool = False,
    sources: Path | None = None,
    stages: Stages = LOCAL,
) -> Built:
    """Return what was written: the pages, and what MkDocs needs beside them. Nothing where the corpus has faults."""
    checked = check_dossier(
        layout, on_stage, sources=sources, edition=edition, stages=stages, is_rendered=True
    )
    found = list(checked.diagnostics)
    cited = checked.cited()
    if stops_build(found, is_strict=is_strict):
        return Built(diagnostics=tuple(found))
    assert checked.whole is not None
    assert checked.corpus is not None
    assert checked.linked is not None
    assert checked.index is not None
    counts = count_corpus(checked)
    withheld = find_withheld(checked.whole, checked.corpus, checked.linked)
    on_stage("render")
    rendered, render_found = stages.render(layout, checked.corpus, checked.linked, checked.index, cited)
    found.extend(render_found)
    counts |= {"pages": len(rendered), "written": 0, "unchanged": 0, "removed": 0}
    if stops_build(found, is_strict=is_strict):
        return Built(counts=counts, diagnostics=sort_diagnostics(found))
    found.extend(
        scan_pages(
            rendered,
            withheld,
            shown_as=layout.docs.name,
            hash_of=partial(hash_of, rendered),
            record=ScanRecord(layout.scanned_pages),
            spread=map_in_processes,
        )
    )
    if stops_build(found, is_strict=is_strict):
        return Built(counts=counts, diagnostics=sort_diagnostics(found))
    on_stage("write")
    for files in plan_files(layout, rendered, checked.corpus.dossier.record, SITE_OVERRIDES):
        summary, write_found = write_files(files.files, files.folder, manifest=files.manifest)
        found.extend(write_found)
        counts["written"] += summary.written
        counts["unchanged"] += summary.unchanged
        counts["removed"] += summary.removed
    clear_pages(layout)
    is_done = not stops_build(found, is_strict=is_strict)
    return Built(
        counts=counts,
        diagnostics=sort_diagnostics(found),
        is_done=is_done,
        record=checked.corpus.dossier.record,
        withheld=withheld,
        facts=gather_facts(layout, checked.corpus, edition=edition.name),
    )


def build_dossier(
    layout: Layout,
    on_stage: OnStage,
    *,
    edition: EditionChoice = PUBLIC_EDITION,
    is_strict: bool = False,
    sources: Path | None = None,
    stages: Stages = LOCAL,
) -> Built:
    """Return what was built. The site is put in place only after it was verified; else the former one stays.

    Verified are its links, and that none of its files holds what the edition withholds.
    """
    written = write_dossier(
        layout, on_stage, edition=edition, is_strict=is_strict, sources=sources, stages=stages
    )
    if not written.is_done:
        return written
    found = list(written.diagnostics)
    on_stage("site")
    built, made, site_found = stages.make_site(layout)
    found.extend(site_found)
    if built.folder is None:
        return Built(counts=written.counts, diagnostics=sort_diagnostics(found))
    on_stage("finish")
    found.extend(
        finish_site(
            built.folder,
            shown_as=layout.site.name,
            finished=made.finished,
            index=partial(stages.index_site, layout),
        )
    )
    hashes: Mapping[str, str] = {}
    if written.facts is not None:
        hashes = write_manifest(built.folder, written.facts, spread=map_in_processes)
    on_stage("verify")
    links, link_found = check_links(
        built.folder,
        shown_as=layout.site.name,
        known=read_links(layout.page_links, made.kept),
        spread=map_in_processes,
    )
    found.extend(link_found)
    found.extend(
        scan_site(
            built.folder,
            written.withheld,
            shown_as=layout.site.name,
            hashes=hashes,
            record=ScanRecord(layout.scanned_site),
            spread=map_in_processes,
        )
    )
    counts = {**written.counts, "links": links.links}
    if stops_build(found, is_strict=is_strict):
        shutil.rmtree(built.folder)
        return Built(counts=counts, diagnostics=sort_diagnostics(found))
    keep_same_files(layout.site, built.folder)
    pages = record_pages(built.folder, made.shared, made.sources)
    swap_site(built.folder, layout.site)
    write_made_pages(layout.made_pages, pages)
    write_links(layout.page_links, links.of_pages)
    return replace(written, counts=counts, diagnostics=sort_diagnostics(found))


def count_corpus(checked: Checked) -> dict[str, int]:
    """Return how much a corpus holds."""
    corpus, linked, index = checked.corpus, checked.linked, checked.index
    if corpus is None or linked is None or index is None:
        return {}
    proven, sentences = count_proven(index)
    return {
        "documents": len(corpus.documents),
        "actors": len(corpus.actors),
        "issues": len(corpus.issues),
        "sources": len(corpus.citations),
        "annotations": sum(len(entry.record) for entry in corpus.annotations.values()),
        "mentions": sum(len(text.mentions) for text in linked.texts.values() if text.is_published),
        "backlinks": sum(len(page.references) for pages in index.backlinks.values() for page in pages),
        "sentences": sentences,
        "proven": proven,
    }
