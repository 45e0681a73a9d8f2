"""The corpus against its last publication: what changed or is gone says so, and no address means another thing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.check.published_state import published_pages
from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.model.places import Entry, Place
from generator.model.published import PublishedAnnotation, PublishedPage, PublishedState
from generator.text.slugs import slug_key

BODY_NAMES = {"document": "digest", "actor": "profile", "issue": "overview", "source": "entry"}
# What may not stand in the id of an entry: "memo-1962#wall-cost" → "memo-1962-wall-cost"
NOT_IN_ID = re.compile(r"[^A-Za-z0-9]+")


def check_published(corpus: Corpus, linked: LinkedCorpus) -> Iterator[Diagnostic]:
    """Yield an error for each change since the last publication that no new correction names, and each name used anew.

    Nothing where the dossier was never published, or where files of it cannot be read. What is new needs no entry.
    """
    if corpus.published is None or corpus.left_out:
        return
    comparison = _Comparison(corpus, linked, corpus.published)
    yield from comparison.pages()
    yield from comparison.retired()
    yield from comparison.corrections()


class _Comparison:
    """The published state beside the present one."""

    def __init__(self, corpus: Corpus, linked: LinkedCorpus, published: Entry[PublishedState]) -> None:
        self._corpus = corpus
        self._lock = published
        self._state = published.record
        self._successors = corpus.former_slugs
        known_as = {now: former for former, now in self._successors.items() if former in self._state.pages}
        self._now = published_pages(corpus, linked, known_as)
        entries = corpus.corrections.record
        self._ever_named = {target for entry in entries for target in entry.targets}
        self._named = {
            target for entry in entries if entry.id not in self._state.corrections for target in entry.targets
        }
        self._ids = {entry.id.casefold() for entry in entries}

    def pages(self) -> Iterator[Diagnostic]:
        for slug, page in self._state.pages.items():
            now = self._present_slug(slug, page.kind)
            if now is not None:
                yield from self._compare_page(slug, page, now)
            elif slug not in self._named:
                yield self._gone(self._lock.place("pages", slug), slug, page.kind)

    def retired(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with names that an earlier publication took away."""
        in_use = {slug_key(slug): slug for slug in self._now}
        for slug, kind in self._state.retired.pages.items():
            if slug_key(slug) in in_use and not self._is_back(in_use[slug_key(slug)]):
                now = in_use[slug_key(slug)]
                yield self._reused(self._place_of(now), f"the slug `{now}`", f"another {kind}")
            elif self._present_slug(slug, kind) is None and slug not in self._ever_named:
                yield self._gone(self._lock.place("retired", "pages", slug), slug, kind)
        for target in self._state.retired.annotations:
            slug, _, annotation = target.partition("#")
            now = self._successors.get(slug, slug)
            entry = self._corpus.annotations.get(now)
            for index, one in enumerate(entry.record if entry else ()):
                if entry is not None and one.id.casefold() == annotation.casefold():
                    yield self._reused(
                        entry.place(index, "id"), f"the id `{one.id}`", "an annotation that was removed"
                    )

    def _is_back(self, slug: str) -> bool:
        """Return whether a page has its own former address again: what was there last now leads to it."""
        return any(now == slug and former in self._state.pages for former, now in self._successors.items())

    def corrections(self) -> Iterator[Diagnostic]:
        for index, identity in enumerate(self._state.corrections):
            if identity.casefold() not in self._ids:
                yield error(
                    self._lock.place("corrections", index),
                    "correction-gone",
                    f"the published entry `{identity}` is no longer in corrections.yml",
                    why="readers who were told of a change would no longer find it",
                    help="put it back; write a new entry where it was wrong",
                )

    def _present_slug(self, slug: str, kind: str) -> str | None:
        """Return the slug that a published page has now, None where it is gone."""
        now = slug if slug in self._now else self._successors.get(slug)
        return now if now in self._now and self._now[now].kind == kind else None

    def _is_named(self, slug: str, now: str, annotation: str = "") -> bool:
        suffix = f"#{annotation}" if annotation else ""
        return f"{slug}{suffix}" in self._named or f"{now}{suffix}" in self._named

    def _compare_page(self, slug: str, former: PublishedPage, now: str) -> Iterator[Diagnostic]:
        present = self._now[now]
        if not self._is_named(slug, now):
            if former.words is not None and former.words != present.words:
                yield self._changed(self._place_of(now), f"the {BODY_NAMES[former.kind]} of `{now}`", now)
            lost = len({*former.passages} - {*present.passages})
            if lost:
                what = f"{lost} passage{'' if lost == 1 else 's'} of `{now}`"
                text = self._corpus.transcriptions.get(now)
                place = Place(path=text.path) if text else self._place_of(now)
                yield self._changed(place, what, now, is_plural=lost > 1)
        yield from self._compare_annotations(slug, former.annotations, now, present.annotations)

    def _compare_annotations(
        self,
        slug: str,
        former: Mapping[str, PublishedAnnotation],
        now: str,
        present: Mapping[str, PublishedAnnotation],
    ) -> Iterator[Diagnostic]:
        for identity, annotation in former.items():
            if self._is_named(slug, now, identity):
                continue
            target = f"{now}#{identity}"
            if identity not in present:
                place = self._lock.place("pages", slug, "annotations", identity)
                yield self._removed(place, target)
                continue
            parts = list(_changed_parts(annotation, present[identity]))
            if parts:
                what = f"{_join(parts)} of `{target}`"
                yield self._changed(
                    self._place_of_annotation(now, identity), what, target, is_plural=len(parts) > 1
                )

    def _place_of(self, slug: str) -> Place:
        corpus = self._corpus
        for entries in (corpus.documents, corpus.actors, corpus.issues):
            if slug in entries:
                return Place(path=entries[slug].file.path, line=entries[slug].body_line)
        return corpus.citation_places[slug]

    def _place_of_annotation(self, slug: str, identity: str) -> Place:
        entry = self._corpus.annotations[slug]
        index = next(index for index, one in enumerate(entry.record) if one.id == identity)
        return entry.place(index, "id")

    def _changed(self, place: Place, what: str, target: str, *, is_plural: bool = False) -> Diagnostic:
        return error(
            place,
            "uncorrected-change",
            f"{what} {'are' if is_plural else 'is'} not as last published",
            why="readers may have cited what stood there",
            help=f"undo it, or add to corrections.yml: {self._entry(target, 'correction')}",
        )

    def _removed(self, place: Place, target: str) -> Diagnostic:
        return error(
            place,
            "uncorrected-change",
            f"the published annotation `{target}` is gone",
            why="links to it no longer lead to the words that they cite",
            help=f"put it back, or add to corrections.yml: {self._entry(target, 'withdrawal')}",
        )

    def _gone(self, place: Place, slug: str, kind: str) -> Diagnostic:
        moved = "" if kind == "source" else f"list `formerly: [{slug}]` in the record that has its place, or "
        return error(
            place,
            "page-gone",
            f"the published {kind} `{slug}` is gone",
            why="links to its page lead nowhere",
            help=f"{moved}add to corrections.yml: {self._entry(slug, 'withdrawal')}",
        )

    def _reused(self, place: Place, what: str, former: str) -> Diagnostic:
        return error(
            place,
            "permalink-reused",
            f"{what} was published once for {former}",
            why="links to that would lead here without a word",
            help="choose a name that was never published",
        )

    def _entry(self, target: str, kind: str) -> str:
        """Return the entry to add, as YAML in one line."""
        stem = NOT_IN_ID.sub("-", target).strip("-") or kind
        number = 1
        while (identity := stem if number == 1 else f"{stem}-{number}").casefold() in self._ids:
            number += 1
        named = json.dumps(target, ensure_ascii=False)
        return f'- {{id: {identity}, date: YYYY-MM-DD, kind: {kind}, of: {named}, what: "…", why: "…"}}'


def _join(parts: Sequence[str]) -> str:
    """Return parts in a row: "the quotation, the claim and the note"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def _changed_parts(former: PublishedAnnotation, present: PublishedAnnotation) -> Iterator[str]:
    if former.quotation != present.quotation:
        yield "the quotation"
    if former.claim != present.claim:
        yield "the claim"
    if former.note is not None and former.note != present.note:
        yield "the note"
