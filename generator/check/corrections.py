"""Entries of `corrections.yml`: their ids, dates, and what they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.places import Place
from generator.text.nearest import did_you_mean


def check_corrections(corpus: Corpus) -> Iterator[Diagnostic]:
    """Yield an error for each id that stands twice, each day that does not exist, and each target that never was."""
    entry = corpus.corrections
    first: dict[str, Place] = {}
    former_slugs = corpus.former_slugs
    for index, correction in enumerate(entry.record):
        place = entry.place(index, "id")
        key = correction.id.casefold()
        if key in first:
            yield error(
                place,
                "duplicate-correction",
                f"the id `{correction.id}` stands twice in this file",
                why=f"it was first used in line {first[key].line}; the feed could not tell the two apart",
                help="give the later one another id",
            )
        first.setdefault(key, place)
        try:
            date.fromisoformat(correction.date)
        except ValueError:
            yield error(
                entry.place(index, "date"),
                "invalid-date",
                f"the date `{correction.date}` cannot be read: there is no such day",
                why="it could not be put in order",
                help="write the day as in 2027-03-01",
            )
        for position, target in enumerate(correction.targets):
            keys = (index, "of") if isinstance(correction.of, str) else (index, "of", position)
            if not is_known(corpus, former_slugs, target) and not _is_left_out(corpus, target):
                yield _dangling(entry.place(*keys), corpus, target)


def is_known(corpus: Corpus, former_slugs: Mapping[str, str], target: str) -> bool:
    """Return whether a page or annotation exists, or was published once; `former_slugs` are those of the corpus."""
    slug, _, annotation = target.partition("#")
    now = former_slugs.get(slug, slug)
    held = corpus.annotations.get(now)
    if corpus.kind_of(now) is not None and not annotation:
        return True
    if held is not None and any(one.id == annotation for one in held.record):
        return True
    if corpus.published is None:
        return False
    state = corpus.published.record
    if slug in state.retired.pages:
        return True
    page = state.pages.get(slug)
    return page is not None and (
        not annotation or annotation in page.annotations or target in state.retired.annotations
    )


def _is_left_out(corpus: Corpus, target: str) -> bool:
    slug, _, annotation = target.partition("#")
    is_part_left_out = bool(annotation) and ("annotations", slug) in corpus.left_out
    return is_part_left_out or ("published", "") in corpus.left_out or corpus.is_left_out(slug)


def _dangling(place: Place, corpus: Corpus, target: str) -> Diagnostic:
    slug, _, annotation = target.partition("#")
    entry = corpus.annotations.get(slug)
    if annotation and entry is not None:
        known, wanted = tuple(one.id for one in entry.record), annotation
    else:
        known, wanted = (*corpus.documents, *corpus.actors, *corpus.issues, *corpus.citations), slug
    return error(
        place,
        "dangling-correction",
        f"`{target}` is no page or annotation, and never was one that was published",
        why="readers could not see what was changed",
        help=did_you_mean(wanted, known, "write the slug of a page, or document#annotation"),
    )
