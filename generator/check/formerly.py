"""Former addresses: each leads to one page, and stands where no page stands now."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.places import Entry, Place
from generator.text.slugs import slug_fault, slug_key


def check_formerly(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield an error for each former slug that cannot be one, that a page has now, or that two records claim."""
    in_use = {
        slug_key(slug): slug
        for slug in (*corpus.citations, *corpus.issues, *corpus.actors, *corpus.documents)
    }
    claimed: dict[str, str] = {}
    for entries in (corpus.documents, corpus.actors, corpus.issues):
        for entry in entries.values():
            for index, former in enumerate(entry.record.formerly):
                place = entry.place("formerly", index)
                key = slug_key(former)
                fault = slug_fault(former)
                if fault is not None:
                    yield _invalid(place, former, fault)
                elif key in in_use:
                    yield _taken(place, former, f"`{in_use[key]}` is the slug of a page now", _cure(entry))
                elif key in claimed:
                    what = f"`{claimed[key]}` lists the slug `{former}` as well"
                    yield _taken(
                        place, former, what, "leave it with the record that readers should be led to"
                    )
                claimed.setdefault(key, entry.slug)


def _cure(entry: Entry[object]) -> str:
    return f"remove it from the former slugs of `{entry.slug}`, or rename the record that has it now"


def _invalid(place: Place, former: str, fault: str) -> Diagnostic:
    return error(
        place,
        "invalid-slug",
        f"`{former[:80]}` cannot be a slug: it {fault}",
        why="no page of the dossier can have stood at its address",
        help="write the slug that the record's file was named by",
    )


def _taken(place: Place, former: str, what: str, cure: str) -> Diagnostic:
    return error(
        place,
        "former-slug-taken",
        what,
        why=f"who follows an old link to `{former}` must be led to one page, and to the right one",
        help=cure,
    )
