"""What a publication of the corpus would hold: its addresses, and hashes of the words that readers may cite."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from generator.model.corpus import Corpus, PageKind
from generator.model.linked import LinkedCorpus, LinkedText, TextRole
from generator.model.published import (
    LOCK_VERSION,
    PublishedAnnotation,
    PublishedPage,
    PublishedState,
    RetiredNames,
)
from generator.model.records import Annotation
from generator.text.targets import parse_target

BODIES: Mapping[PageKind, TextRole] = {"document": "digest", "actor": "profile", "issue": "overview"}


def publish_state(corpus: Corpus, linked: LinkedCorpus) -> PublishedState:
    """Return the state after a publication: what the corpus holds now; what it held once and lacks is retired."""
    pages = published_pages(corpus, linked)
    if corpus.published is None:
        counted, retired = frozenset[str](), RetiredNames()
    else:
        former = corpus.published.record
        counted = frozenset(former.corrections)
        retired = _retire(former, pages, corpus.former_slugs)
    counted |= {correction.id for correction in corpus.corrections.record}
    return PublishedState(
        version=LOCK_VERSION, pages=pages, corrections=tuple(sorted(counted)), retired=retired
    )


def published_pages(
    corpus: Corpus, linked: LinkedCorpus, known_as: Mapping[str, str] | None = None
) -> dict[str, PublishedPage]:
    """Return every page of a record by its slug, in slug order.

    `known_as` gives slugs under which records go in claims in place of their own: a new address is no new claim.
    """
    slugs = {*corpus.documents, *corpus.actors, *corpus.issues, *corpus.citations}
    pages = {}
    for slug in sorted(slugs):
        kind = corpus.kind_of(slug)
        assert kind is not None
        body = linked.text(slug, BODIES[kind]) if kind in BODIES else None
        text = linked.text(slug, "transcription")
        pages[slug] = PublishedPage(
            kind=kind,
            words=_hash_text(body),
            annotations=_annotations(corpus, linked, slug, known_as or {}),
            passages=tuple(p.permalink for p in text.passages) if text and text.is_published else (),
        )
    return pages


def _annotations(
    corpus: Corpus, linked: LinkedCorpus, slug: str, known_as: Mapping[str, str]
) -> dict[str, PublishedAnnotation]:
    """Return the annotations of a document by id; none where its record alone is published."""
    if slug not in corpus.annotations or slug not in corpus.documents:
        return {}
    if corpus.documents[slug].record.rights.publish == "record":
        return {}
    return {
        annotation.id: PublishedAnnotation(
            quotation=_hash_words([annotation.quote]),
            claim=hash_claim(annotation, known_as),
            note=_hash_text(linked.text(slug, "annotation", annotation.id)),
        )
        for annotation in sorted(corpus.annotations[slug].record, key=lambda one: one.id)
    }


def hash_claim(annotation: Annotation, known_as: Mapping[str, str]) -> str:
    """Return the SHA-256 of who says it to whom, when and how.

    The order of names, issues and figures is no part of it.
    """

    def known(slug: str) -> str:
        return known_as.get(slug, slug)

    origin = parse_target(annotation.origin) if annotation.origin else None
    claim = {
        "speaker": sorted(map(known, annotation.speakers)),
        "attribution": annotation.attribution,
        "addressee": sorted(map(known, annotation.addressees)),
        "date": annotation.date,
        "modality": annotation.modality,
        "status": annotation.status,
        "chain": [[known(step.actor or ""), step.name] for step in annotation.chain],
        "origin": [known(origin.slug), origin.fragment] if origin else None,
        "figures": sorted(_canonical(asdict(figure)) for figure in annotation.figures),
        "issues": sorted(map(known, annotation.issues)),
        "relations": sorted(
            [one.kind, *_known_target(one.to, known), " ".join((one.note or "").split())]
            for one in annotation.relations
            if one.confirmed_by is not None
        ),
    }
    return hashlib.sha256(_canonical(claim).encode()).hexdigest()


def _known_target(written: str, known: Callable[[str], str]) -> list[str]:
    target = parse_target(written)
    return [known(target.slug), target.fragment]


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash_text(text: LinkedText | None) -> str | None:
    """Return the hash of a text's visible words, None for a text without any, or one that is not published."""
    if text is None or not text.is_published or not any(leaf.text.strip() for leaf in text.leaves):
        return None
    return _hash_words([leaf.text for leaf in text.leaves])


def _hash_words(texts: Sequence[str]) -> str:
    """Return the SHA-256 of the words, whatever white space and blocks part them."""
    words = " ".join(word for text in texts for word in text.split())
    return hashlib.sha256(words.encode()).hexdigest()


def _retire(
    former: PublishedState, pages: Mapping[str, PublishedPage], successors: Mapping[str, str]
) -> RetiredNames:
    """Return what was retired before, with the pages and annotations that are gone since the last publication."""
    gone = {slug: page.kind for slug, page in former.pages.items() if not _has(pages, slug, page.kind)}
    removed = set()
    for slug, page in former.pages.items():
        now = pages.get(slug) or pages.get(successors.get(slug, ""))
        # Of a page without a successor nothing can come back: its slug is retired.
        removed |= {f"{slug}#{one}" for one in page.annotations if now and one not in now.annotations}
    return RetiredNames(
        pages=dict(sorted({**former.retired.pages, **gone}.items())),
        annotations=tuple(sorted({*former.retired.annotations, *removed})),
    )


def _has(pages: Mapping[str, PublishedPage], slug: str, kind: PageKind) -> bool:
    return slug in pages and pages[slug].kind == kind
