"""Wikilinks and citations whose target does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, LinkedText
from generator.model.places import Place
from generator.model.text import Target
from generator.text.nearest import did_you_mean
from generator.text.targets import PASSAGE, FoundTarget, find_target, parse_target

CITATIONS = "write [@source], [@document#annotation] or [@document#¶4]"
SPELLINGS = "write [[slug]], [[document#annotation]] or [[document#¶4]]"


def check_links(corpus: Corpus, linked: LinkedCorpus) -> Iterator[Diagnostic]:
    """Yield an error for each wikilink and citation, in texts and in lists of `cites`, that leads nowhere."""
    for text in linked.texts.values():
        yield from _check_text(corpus, linked, text)
    for actor in corpus.actors.values():
        for index, role in enumerate(actor.record.roles):
            for position, cited in enumerate(role.cites):
                place = actor.place("roles", index, "cites", position)
                yield from _check_citation(corpus, linked, parse_target(cited), place)
    for document in corpus.documents.values():
        for label, detail in document.record.footnotes.items():
            for position, cited in enumerate(detail.cites):
                place = document.place("footnotes", label, "cites", position)
                yield from _check_citation(corpus, linked, parse_target(cited), place)


def _check_text(corpus: Corpus, linked: LinkedCorpus, text: LinkedText) -> Iterator[Diagnostic]:
    for leaf in text.leaves:
        for link in leaf.wikilinks:
            found = find_target(corpus, linked, link.target)
            if _is_withheld(corpus, link.target):
                yield _withheld(corpus, f"[[{link.target}]]", link.place)
            elif not isinstance(found, FoundTarget) and not is_left_out(corpus, link.target):
                yield error(
                    link.place,
                    "dangling-wikilink",
                    f"[[{link.target}]] leads nowhere: {found.reason}",
                    why="readers would follow it to a page that does not exist",
                    help=did_you_mean(_wanted(link.target, corpus), found.known, SPELLINGS),
                )
        for citation in leaf.citations:
            for cited in citation.cited:
                yield from _check_citation(corpus, linked, cited.target, citation.place)


def _check_citation(
    corpus: Corpus, linked: LinkedCorpus, target: Target, place: Place
) -> Iterator[Diagnostic]:
    found = find_target(corpus, linked, target)
    if isinstance(found, FoundTarget) and found.kind in ("document", "source"):
        return
    if isinstance(found, FoundTarget):
        yield error(
            place,
            "dangling-citation",
            f"[@{target}] cites an {found.kind}, not a source",
            why="only the words of a document or a work of the bibliography can prove a sentence",
            help=f"cite a document or an entry of citations.yml, or link with [[{target}]]",
        )
        return
    if _is_withheld(corpus, target):
        yield _withheld(corpus, f"[@{target}]", place)
        return
    if is_left_out(corpus, target):
        return
    otherwise = CITATIONS if corpus.kind_of(target.slug) else "add the entry to citations.yml"
    yield error(
        place,
        "dangling-citation",
        f"[@{target}] cites nothing: {found.reason}",
        why="the sentence would look proven without being so",
        help=did_you_mean(_wanted(target, corpus), found.known, otherwise),
    )


def _is_withheld(corpus: Corpus, target: Target) -> bool:
    return target.slug in corpus.withheld or str(target) in corpus.withheld


def _withheld(corpus: Corpus, written: str, place: Place) -> Diagnostic:
    return error(
        place,
        "withheld-target",
        f"{written} leads to what the edition `{corpus.edition.name}` withholds",
        why="the page would name it, or prove a sentence by words that readers may not see",
        help="write the sentence between `%%` and `%%`, or make the whole text `internal: true`",
    )


def is_left_out(corpus: Corpus, target: Target) -> bool:
    """Return whether the target may stand in a file that was left out for faults of its own."""
    folder = "texts" if PASSAGE.fullmatch(target.fragment) else "annotations"
    is_part_left_out = bool(target.fragment) and (folder, target.slug) in corpus.left_out
    return is_part_left_out or corpus.is_left_out(target.slug)


def _wanted(target: Target, corpus: Corpus) -> str:
    return target.fragment if target.fragment and corpus.kind_of(target.slug) else target.slug
