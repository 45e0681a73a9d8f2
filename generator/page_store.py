"""The pages of a dossier rendered in several processes, each laid aside on disk as soon as it is made.

A page is not rendered again where all that was read for it in the last build is as it was.
"""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from generator.diagnostics import Diagnostic
from generator.disk import list_files
from generator.engine import WorkerDied, begin_some, map_in_processes
from generator.identity import digest_bytes, digest_files, digest_program
from generator.layout import Layout
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus
from generator.render import (
    BAD_TEMPLATE,
    EarlyCitations,
    OpenDossier,
    PlannedPage,
    Present,
    ReadNumbers,
    bad_template,
    close_dossier,
    compile_templates,
    is_told_by_reads,
    number_present,
    open_dossier,
    plan_pages,
    reading,
    render_page,
)
from generator.rendered_record import RecordWriter, RenderedPage, RenderedRecord
from generator.shelf import ShelvableMapping
from generator.write import StagedFile, StagedFiles, hash_bytes, stage_file

# To render from so many on it takes most templates.
MANY_PAGES = 200


def lay_pages_aside(
    layout: Layout,
    corpus: Corpus,
    linked: LinkedCorpus,
    index: Index,
    cited: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[Mapping[str, bytes], tuple[Diagnostic, ...]]:
    """Return every page by its path in the docs folder; they are read from disk when they are asked for.

    A page that the docs folder has with the same bytes is not written again. The texts of `linked` are put on disk and
    read from there. `cited`: see `begin_citations`.
    """
    _shelve_texts(layout, linked)
    opened, found = open_dossier(corpus, linked, index, layout.templates, cited)
    if opened is None:
        return {}, found
    # What an interrupted build left.
    shutil.rmtree(layout.staging, ignore_errors=True)
    shared = _digest_shared(layout, corpus)
    present = number_present(opened.dossier, map_in_processes)
    files: dict[str, StagedFile] = {}
    try:
        plan = plan_pages(opened)
        with RecordWriter(layout.rendered_pages) as record:
            # Closed before the record that takes its place is written.
            with RenderedRecord(layout.rendered_pages) as former:
                same = former.find(present.holds) if former.shared == shared else {}
                if len(plan) - len(same) >= MANY_PAGES:
                    # Else each process that renders pages would compile them.
                    compile_templates(opened.environment)
                work = _Work(
                    opened=opened, present=present, same=same, folder=layout.docs, staging=layout.staging
                )
                for planned, laid in zip(plan, map_in_processes(work.lay_aside, plan), strict=True):
                    if laid is None:
                        files[planned.path] = StagedFile(
                            path=planned.path, hash=same[planned.key], is_new=False
                        )
                        record.add(planned.key, former.page(planned.key))
                        continue
                    file, read = laid
                    files[file.path] = file
                    if read is not None:
                        record.add(planned.key, RenderedPage(hash=file.hash, read=read))
            record.write(shared)
    except BAD_TEMPLATE as fault:
        return {}, (*found, bad_template(fault))
    close_dossier(opened)
    return StagedFiles(files, folder=layout.docs, staging=layout.staging), found


def _shelve_texts(layout: Layout, linked: LinkedCorpus) -> None:
    """Put the texts on disk if they are in memory, most of which no page asks for any more."""
    if isinstance(linked.texts, ShelvableMapping):
        # If they cannot be written, there is memory for them still.
        with suppress(OSError):
            linked.texts.shelve(layout.work)


def begin_citations(layout: Layout, corpus: Corpus) -> Callable[[], Mapping[str, bytes]]:
    """Begin to cite documents beside the stages that come before their pages; return what ends it.

    Nothing is begun where few documents are to be cited: pages of an earlier build are there, and most of them stay.
    """
    slugs = list(corpus.documents)
    if len(slugs) < MANY_PAGES or layout.rendered_pages.is_file():
        return dict
    cite = begin_some(EarlyCitations(corpus, layout.templates).make, slugs)

    def end() -> Mapping[str, bytes]:
        try:
            return dict(zip(slugs, cite(), strict=False))
        except WorkerDied:
            # Its pages cite them.
            return {}

    return end


def clear_pages(layout: Layout) -> None:
    """Delete what was laid aside."""
    shutil.rmtree(layout.staging, ignore_errors=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What processes need to lay pages aside.

    `same` has the hashes of pages for which nothing was read that is different now, by the keys of their plans.
    """

    opened: OpenDossier
    present: Present
    same: Mapping[str, str]
    folder: Path
    staging: Path

    def lay_aside(self, planned: PlannedPage) -> tuple[StagedFile, ReadNumbers | None] | None:
        """Return a page laid aside, and what was read for it, None where that does not say all.

        None stands for a page that is the same and stands where it was written.
        """
        path = planned.path
        before, is_told = self.same.get(planned.key), is_told_by_reads(self.opened.dossier, planned)
        if before is not None and is_told and self._stands(path, before):
            return None
        with reading() as reads:
            page = render_page(self.opened, planned)
        file = stage_file(path, page, folder=self.folder, staging=self.staging)
        return file, self.present.numbers_of(frozenset(reads)) if is_told else None

    def _stands(self, path: str, digest: str) -> bool:
        """Return whether the docs folder has a page as it was written."""
        target = self.folder / path
        return target.is_file() and not target.is_symlink() and hash_bytes(target.read_bytes()) == digest


def _digest_shared(layout: Layout, corpus: Corpus) -> str:
    """Return the digest of what all pages are rendered with: the program, templates with their words, the settings."""
    templates = [digest_files(list_files(folder), folder) for folder in layout.templates]
    return digest_bytes(
        digest_program().encode(), pickle.dumps(corpus.dossier), *(each.encode() for each in templates)
    )
