"""Actors, issues and bibliography entries that nothing in the dossier leads to."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, warning
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.places import Place


def check_register(corpus: Corpus, index: Index) -> Iterator[Diagnostic]:
    """Yield a warning for each orphan: a page that no other page names, links to or cites.

    Nothing is an orphan as long as files of the corpus cannot be read.
    """
    if corpus.left_out or corpus.is_narrowed:
        # What could not be read, or is withheld, may lead to any of them.
        return
    orphans: list[tuple[Place, str, str, str]] = [
        *(
            (entry.place("name"), "actor", slug, "add an alias under which the texts name it")
            for slug, entry in corpus.actors.items()
        ),
        *(
            (entry.place("title"), "issue", slug, "name it under `issues:` of a document or annotation")
            for slug, entry in corpus.issues.items()
        ),
        *(
            (place, "source", slug, "cite it as [@" + slug + "]")
            for slug, place in corpus.citation_places.items()
        ),
    ]
    for place, kind, slug, cure in orphans:
        if not index.backlinks.get(slug):
            yield warning(
                place,
                f"orphan-{kind}",
                f"nothing leads to the {kind} `{slug}`",
                why="its page would stand in the index but have no part in the dossier",
                help=f"{cure}, or remove it",
            )
