"""Which entries of `corrections.yml` concern which page, found out once for all pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model.corpus import Corpus, PageKind
from generator.model.records import Correction
from generator.text.ids import correction_id

# Entries on one page; of more, each has its place on a page of so many.
PAGE_ENTRIES = 60


def newest_first(corpus: Corpus) -> tuple[Correction, ...]:
    """Return all entries by date, the latest first; of one day those that stand later in the file."""
    numbered = list(enumerate(corpus.corrections.record))
    return tuple(entry for _, entry in sorted(numbered, key=lambda one: (one[1].date, one[0]), reverse=True))


def divide_corrections(corpus: Corpus) -> tuple[tuple[Correction, ...], ...]:
    """Return all entries in pages, the oldest first, so that a new one changes the last page alone; none of few."""
    entries = newest_first(corpus)[::-1]
    starts = range(0, len(entries), PAGE_ENTRIES) if len(entries) > PAGE_ENTRIES else ()
    return tuple(entries[start : start + PAGE_ENTRIES] for start in starts)


def correction_pages(parts: Sequence[Sequence[Correction]]) -> Mapping[str, int]:
    """Return on which page an entry has its place, by the entry's id on the page."""
    return {correction_id(entry.id): at for at, part in enumerate(parts) for entry in part}


def corrections_by_page(
    corpus: Corpus, former_slugs: Mapping[str, str]
) -> Mapping[str, tuple[Correction, ...]]:
    """Return the entries that concern a page or its annotations, the newest first, by the page's slug.

    An entry under a former slug concerns the page that has it no more; `former_slugs` are those of the corpus.
    """
    found: dict[str, dict[str, Correction]] = {}
    for entry in newest_first(corpus):
        named = [target.partition("#")[0] for target in entry.targets]
        for slug in (*named, *(former_slugs[slug] for slug in named if slug in former_slugs)):
            found.setdefault(slug, {})[entry.id] = entry
    return {slug: tuple(entries.values()) for slug, entries in found.items()}


def withdrawn_pages(corpus: Corpus, former_slugs: Mapping[str, str]) -> dict[str, PageKind]:
    """Return the kind of each page that was published, is gone without a successor, and is named by an entry."""
    if corpus.published is None:
        return {}
    state = corpus.published.record
    named = {target for entry in corpus.corrections.record for target in entry.targets}
    once: Mapping[str, PageKind] = {
        **{slug: page.kind for slug, page in state.pages.items()},
        **state.retired.pages,
    }
    return {
        slug: kind
        for slug, kind in sorted(once.items())
        if slug in named and corpus.kind_of(slug) != kind and slug not in former_slugs
    }
