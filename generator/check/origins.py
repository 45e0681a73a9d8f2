"""Origins of statements that do not exist, or that lead back to the statement itself."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus
from generator.model.places import Entry
from generator.model.records import Annotation
from generator.text.nearest import did_you_mean
from generator.text.targets import FoundTarget, find_target, parse_target

Key = tuple[str, str]
SPELLINGS = "write an entry of citations.yml, a document, or document#annotation"


def check_origins(corpus: Corpus, linked: LinkedCorpus) -> Iterator[Diagnostic]:
    """Yield an error for each `origin` that is neither a document, a source nor a statement, and for each circle."""
    following: dict[Key, Key] = {}
    for slug, entry in corpus.annotations.items():
        for index, annotation in enumerate(entry.record):
            if annotation.origin is None:
                continue
            target = parse_target(annotation.origin)
            following[slug, annotation.id] = (target.slug, target.fragment)
            yield from _check_origin(corpus, linked, entry, index, annotation.origin)
    yield from _check_loops(corpus, following)


def _check_origin(
    corpus: Corpus, linked: LinkedCorpus, entry: Entry[tuple[Annotation, ...]], index: int, origin: str
) -> Iterator[Diagnostic]:
    target = parse_target(origin)
    found = find_target(corpus, linked, target)
    is_left_out = corpus.is_left_out(target.slug) or ("annotations", target.slug) in corpus.left_out
    if isinstance(found, FoundTarget):
        if found.kind in ("document", "source"):
            return
        reason = f"it is an {found.kind}, not a document or source"
        known: tuple[str, ...] = ()
    elif is_left_out:
        return
    else:
        reason, known = found.reason, found.known
    wanted = target.fragment if target.fragment and corpus.kind_of(target.slug) else target.slug
    yield error(
        entry.place(index, "origin"),
        "dangling-origin",
        f"`{origin}` cannot be the origin of `{entry.record[index].id}`: {reason}",
        why="the statement would count as one of its own, though it goes back to another",
        help=did_you_mean(wanted, known, SPELLINGS),
    )


def _check_loops(corpus: Corpus, following: dict[Key, Key]) -> Iterator[Diagnostic]:
    """Yield one error for each circle, at its first statement by document and id."""
    done: set[Key] = set()
    for start in sorted(following):
        way: dict[Key, None] = {}
        at = start
        while at in following and at not in done and at not in way:
            way[at] = None
            at = following[at]
        if at in way:
            keys = list(way)
            circle = keys[keys.index(at) :]
            first = circle.index(min(circle))
            yield _loop(corpus, circle[first:] + circle[:first])
        done.update(way)


def _loop(corpus: Corpus, circle: list[Key]) -> Diagnostic:
    slug, annotation = circle[0]
    entry = corpus.annotations[slug]
    index = next(n for n, one in enumerate(entry.record) if one.id == annotation and one.origin is not None)
    shown = " → ".join(f"`{document}#{one}`" for document, one in (*circle, circle[0]))
    return error(
        entry.place(index, "origin"),
        "origin-loop",
        f"the origin of `{annotation}` leads back to it: {shown}",
        why="where a statement comes from cannot be told",
        help="take `origin` from the one that was first",
    )
