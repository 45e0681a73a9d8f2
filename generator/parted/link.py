"""Link and inversion as tasks: texts are linked in parts, and what they lead to is gathered in buckets.

This is a shuffle: a task that links texts writes its references by the hash of their target; a task that inverts reads
one bucket of all of them, and needs nothing else.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from generator.diagnostics import Diagnostic
from generator.engine.store import WorkStore
from generator.engine.stored import stored_mapping
from generator.engine.tasks import Engine, Result, Shared, Work, identity_of, read_result
from generator.index import (
    Inverted,
    count_namings,
    count_pairs,
    index_corpus,
    invert_counts,
    invert_references,
    judge_sentences,
    order_co_mentions,
    page_key,
    page_of,
    record_references,
    register_references,
    text_references,
)
from generator.link import (
    LinkContext,
    RawText,
    TextReader,
    declared_names,
    join_linked,
    link_texts,
    make_context,
    verify_texts,
)
from generator.model.corpus import Corpus
from generator.model.index import Index, Reference
from generator.model.linked import LinkedCorpus, LinkedText, TextRole
from generator.parted.load import Parted

TextKey = tuple[str, TextRole, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextGroup:
    """Texts that one task links: of the dossier itself, of these documents, or of the register."""

    kind: Literal["dossier", "documents", "register"]
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """What the tasks that link texts need."""

    corpus: Corpus
    context: LinkContext
    buckets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """What one part of the texts says of the pages of one bucket; `keys` sorts the pages that refer to them."""

    references: tuple[Reference, ...]
    keys: Mapping[tuple[str, TextRole | None], tuple[object, ...]]
    namings: Mapping[str, Mapping[str, int]]
    pairs: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedParts:
    """A corpus linked by tasks, the keys of their results, and what names all of it."""

    linked: LinkedCorpus
    parts: tuple[str, ...]
    buckets: int
    identity: str


def link_parted(engine: Engine, parted: Parted) -> tuple[LinkedParts, tuple[Diagnostic, ...]]:
    """Return what `link_corpus` does, the texts and quotations in the work store."""
    corpus = parted.corpus
    groups = [
        TextGroup(kind="dossier"),
        *_document_groups(corpus, engine.sizes.documents),
        TextGroup(kind="register"),
    ]
    buckets = max(1, len(corpus.documents) // engine.sizes.bucket)
    works = [Work(identity=repr(group), value=group) for group in groups]
    context = make_context(corpus, declared_names(corpus))
    linking = Linking(corpus=corpus, context=context, buckets=buckets)
    parts = engine.map(link_group, Shared(identity=f"{parted.identity} {buckets}", value=linking), works)
    texts = stored_mapping(engine.store, parts, "texts")
    shared = Shared(identity=identity_of(parts), value=(engine.store, corpus, texts))
    verified = engine.map(verify_group, shared, [Work(identity=p.key, value=p.key) for p in parts])
    linked, found = join_linked(
        corpus, texts, [part.summary for part in parts], [one.summary for one in verified]
    )
    linked = replace(
        linked,
        quotations=stored_mapping(engine.store, verified, "quotations"),
        prose_quotations=stored_mapping(engine.store, verified, "prose"),
    )
    return LinkedParts(
        linked=linked,
        parts=tuple(part.key for part in parts),
        buckets=buckets,
        identity=identity_of(verified),
    ), found


def index_parted(engine: Engine, parted: Parted, linked: LinkedParts) -> tuple[Index, tuple[Diagnostic, ...]]:
    """Return what `index_corpus` does; backlinks, counts and sentences are made by tasks and stay in the store."""
    return index_corpus(parted.corpus, linked.linked, invert_parted(engine, parted, linked))


def invert_parted(engine: Engine, parted: Parted, linked: LinkedParts) -> Inverted:
    """Return what `index_corpus` takes; tasks make it, and it stays in the store."""
    store = engine.store
    works = [Work(identity=str(bucket), value=bucket) for bucket in range(linked.buckets)]
    shared = Shared(identity=linked.identity, value=(store, linked.parts))
    inverted = engine.map(invert_bucket, shared, works)
    judging = Shared(identity=linked.identity, value=(store, parted.corpus, linked.linked))
    judged = engine.map(judge_group, judging, [Work(identity=key, value=key) for key in linked.parts])
    parts = [read_result(store, key) for key in linked.parts]
    return Inverted(
        backlinks=stored_mapping(store, inverted, "backlinks", order=str),
        named_in=stored_mapping(store, inverted, "named_in", order=str),
        names_of=stored_mapping(store, parts, "names_of", order=str),
        co_mentions=stored_mapping(store, inverted, "co_mentions", order=str),
        sentences=stored_mapping(store, judged, "sentences"),
    )


def link_group(linking: Linking, group: TextGroup) -> Result:
    """Link some texts, and sort what they lead to into buckets: a task."""
    corpus = linking.corpus
    reader = TextReader(corpus)
    readers: dict[str, Callable[[], Iterable[RawText]]] = {
        "dossier": reader.read_dossier,
        "documents": partial(reader.read_documents, group.slugs),
        "register": reader.read_register,
    }
    part = link_texts(linking.context, readers[group.kind]())
    texts = list(part.texts.values())
    references = [*text_references(corpus, texts), *record_references(corpus, group.slugs)]
    if group.kind == "register":
        references.extend(register_references(corpus))
    namings = count_namings(texts)
    return Result(
        summary=replace(part, texts={}),
        packs={
            "texts": part.texts,
            "buckets": _fill_buckets(linking, references, namings, count_pairs(corpus, texts)),
            "names_of": invert_counts(namings),
        },
    )


def verify_group(shared: tuple[WorkStore, Corpus, Mapping[TextKey, LinkedText]], part: str) -> Result:
    """Look for the quotations of some texts: a task."""
    store, corpus, texts = shared
    own: Mapping[TextKey, LinkedText] = dict(stored_mapping(store, [read_result(store, part)], "texts"))
    owners = dict.fromkeys(owner for owner, _, _ in own)
    verified = verify_texts(corpus, texts, own, [slug for slug in owners if slug in corpus.annotations])
    return Result(
        summary=replace(verified, quotations={}, prose={}),
        packs={"quotations": verified.quotations, "prose": verified.prose},
    )


def invert_bucket(shared: tuple[WorkStore, Sequence[str]], bucket: int) -> Result:
    """Gather all that leads to the pages of one bucket: a task."""
    store, parts = shared
    held: list[Bucket] = [
        stored_mapping(store, [done], "buckets")[bucket]
        for done in (read_result(store, part) for part in parts)
        if bucket in done.places.get("buckets", {})
    ]
    keys = {page: key for one in held for page, key in one.keys.items()}
    references = (reference for one in held for reference in one.references)
    return Result(
        packs={
            "backlinks": invert_references(references, lambda source, page: keys[source, page]),
            "named_in": _add(one.namings for one in held),
            "co_mentions": order_co_mentions(_add(one.pairs for one in held)),
        }
    )


def judge_group(shared: tuple[WorkStore, Corpus, LinkedCorpus], part: str) -> Result:
    """Judge what proves the sentences of some texts: a task."""
    store, corpus, linked = shared
    texts = read_result(store, part).places["texts"]
    return Result(packs={"sentences": judge_sentences(corpus, linked, texts)})


def _document_groups(corpus: Corpus, size: int) -> list[TextGroup]:
    slugs = list(corpus.documents)
    starts = range(0, len(slugs), size)
    return [TextGroup(kind="documents", slugs=tuple(slugs[n : n + size])) for n in starts]


def _fill_buckets(
    linking: Linking,
    references: Iterable[Reference],
    namings: Mapping[str, Mapping[str, int]],
    pairs: Mapping[str, Mapping[str, int]],
) -> dict[int, Bucket]:
    """Return what leads to the pages of each bucket, without the buckets to whose pages nothing leads."""
    by_bucket: dict[int, list[Reference]] = defaultdict(list)
    for reference in references:
        by_bucket[_bucket_of(reference.target.slug, linking.buckets)].append(reference)
    named: dict[int, dict[str, Mapping[str, int]]] = defaultdict(dict)
    paired: dict[int, dict[str, Mapping[str, int]]] = defaultdict(dict)
    for slug, counts in namings.items():
        named[_bucket_of(slug, linking.buckets)][slug] = counts
    for slug, counts in pairs.items():
        paired[_bucket_of(slug, linking.buckets)][slug] = counts
    key_of = partial(page_key, linking.corpus)
    return {
        bucket: Bucket(
            references=tuple(by_bucket[bucket]),
            keys={
                page: key_of(*page)
                for page in dict.fromkeys((one.source, page_of(one)) for one in by_bucket[bucket])
            },
            namings=named[bucket],
            pairs=paired[bucket],
        )
        for bucket in sorted({*by_bucket, *named, *paired})
    }


def _bucket_of(slug: str, buckets: int) -> int:
    # Python's own hash differs from process to process.
    return zlib.crc32(slug.encode()) % buckets


def _add(counts: Iterable[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    """Return the sums of counts, both levels sorted."""
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for one in counts:
        for slug, counter in one.items():
            total[slug].update(counter)
    return {slug: dict(sorted(counter.items())) for slug, counter in sorted(total.items())}
