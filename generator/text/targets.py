"""What a wikilink or citation points to: the page, the id on it, and the passage or annotation there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model.corpus import Corpus, PageKind
from generator.model.linked import LinkedCorpus, Passage
from generator.model.records import Annotation
from generator.model.text import Target
from generator.text.ids import annotation_id

# ¶4
PASSAGE = re.compile(r"¶\s?(\d{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTarget:
    """A target that exists. `anchor` is an id on its page; empty for the page itself, or for withheld words."""

    kind: PageKind
    slug: str
    anchor: str = ""
    passage: Passage | None = None
    annotation: Annotation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingTarget:
    """Why a target does not exist, and the names that do, for a suggestion."""

    reason: str
    known: tuple[str, ...]


def parse_target(written: str) -> Target:
    """Return the target that an entry of a list of `cites` names."""
    slug, _, fragment = written.strip().removeprefix("@").partition("#")
    return Target(slug=slug.strip(), fragment=fragment.strip())


def find_target(corpus: Corpus, linked: LinkedCorpus, target: Target) -> FoundTarget | MissingTarget:
    """Return the page, passage or annotation that a target means, or why there is none."""
    kind = corpus.kind_of(target.slug)
    if kind is None:
        known = (*corpus.documents, *corpus.actors, *corpus.issues, *corpus.citations)
        return MissingTarget(reason=f"no page has the slug `{target.slug}`", known=known)
    if not target.fragment:
        return FoundTarget(kind=kind, slug=target.slug)
    if kind != "document":
        return MissingTarget(
            reason=f"`{target.slug}` is not a document, so it has neither passages nor annotations", known=()
        )
    passage = PASSAGE.fullmatch(target.fragment)
    if passage is not None:
        return _find_passage(corpus, linked, target.slug, int(passage[1]))
    return _find_annotation(corpus, target)


def _find_passage(
    corpus: Corpus, linked: LinkedCorpus, slug: str, number: int
) -> FoundTarget | MissingTarget:
    publish = corpus.documents[slug].record.rights.publish
    if publish != "full":
        return MissingTarget(
            reason=f"the passages of `{slug}` are not published (`publish: {publish}`); link to an annotation",
            known=(),
        )
    text = linked.text(slug, "transcription")
    if text is None:
        return MissingTarget(reason=f"`{slug}` has no transcription, so no numbered passages", known=())
    if not 1 <= number <= len(text.passages):
        reason = f"`{slug}` has no ¶{number}; its passages are ¶1 to ¶{len(text.passages)}"
        return MissingTarget(reason=reason, known=())
    passage = text.passages[number - 1]
    return FoundTarget(kind="document", slug=slug, anchor=passage.permalink, passage=passage)


def _find_annotation(corpus: Corpus, target: Target) -> FoundTarget | MissingTarget:
    entry = corpus.annotations.get(target.slug)
    annotations = {annotation.id: annotation for annotation in (entry.record if entry else ())}
    annotation = annotations.get(target.fragment)
    if annotation is None:
        return MissingTarget(
            reason=f"`{target.slug}` has no annotation `{target.fragment}`", known=tuple(annotations)
        )
    is_shown = corpus.documents[target.slug].record.rights.publish != "record"
    return FoundTarget(
        kind="document",
        slug=target.slug,
        anchor=annotation_id(annotation.id) if is_shown else "",
        annotation=annotation,
    )
