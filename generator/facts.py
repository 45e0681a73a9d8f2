"""The facts of a build for its manifest: versions, commit, moment, and the hashes of all that it was made from."""

from __future__ import annotations

import platform
from importlib.metadata import version

from generator import __version__
from generator.layout import Layout
from generator.model.corpus import Corpus
from generator.model.corpus_parts import PARTS
from generator.model.manifest import BuildFacts
from generator.site import find_commit, source_date_epoch

# What decides on the bytes of a site, beside the tool itself.
PACKAGES = ("mkdocs", "mkdocs-material", "pagefind")
DEFAULT_EDITION = "public"


def gather_facts(layout: Layout, corpus: Corpus, *, edition: str = DEFAULT_EDITION) -> BuildFacts:
    """Return where a build of this corpus comes from; the same for the same commit, packages and moment."""
    commit = find_commit(layout.root, [layout.corpus / part for part in PARTS])
    return BuildFacts(
        edition=edition,
        commit=commit.id if commit else None,
        is_dirty=commit.is_dirty if commit else None,
        moment_s=source_date_epoch(layout.root),
        versions={
            "dossier": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
        },
        inputs=_inputs(corpus),
    )


def _inputs(corpus: Corpus) -> dict[str, str | None]:
    """Return the hashes of the corpus's files, with those that records give for their sources."""
    inputs = dict(corpus.inputs)
    for entry in corpus.documents.values():
        record = entry.record
        for source in (record.source, *(one.source for one in record.versions)):
            if source is not None and source.sha256:
                inputs[f"sources/{source.file}"] = source.sha256
    return inputs
