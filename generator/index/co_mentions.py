"""Who is named together: passages of documents that name two actors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations

from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, LinkedText

ROLES = frozenset({"transcription", "quotation", "digest"})


def count_co_mentions(corpus: Corpus, linked: LinkedCorpus) -> Mapping[str, Mapping[str, int]]:
    """Return for each actor the actors named in the same passages, most passages first, then by slug.

    A passage is one of a published transcription, a quotation, or a passage of a digest.
    """
    return order_co_mentions(count_pairs(corpus, linked.texts.values()))


def count_pairs(corpus: Corpus, texts: Iterable[LinkedText]) -> Mapping[str, Counter[str]]:
    """Return for each actor how many passages of these texts name him with each other one."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _, named in _passages(texts):
        actors = sorted(slug for slug in named if slug in corpus.actors)
        for one, other in permutations(actors, 2):
            counts[one][other] += 1
    return counts


def order_co_mentions(counts: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    """Return the counts of all texts as pages show them."""
    return {
        slug: dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
        for slug, counter in sorted(counts.items())
    }


def count_namings(texts: Iterable[LinkedText]) -> Mapping[str, Mapping[str, int]]:
    """Return for each actor and issue the documents that name it, with the number of passages that do."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document, named in _passages(texts):
        for slug in named:
            counts[slug][document] += 1
    return {slug: dict(sorted(counter.items())) for slug, counter in sorted(counts.items())}


def invert_counts(counts: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
    """Return the counts by the inner key first; both levels sorted."""
    inverted: dict[str, dict[str, int]] = defaultdict(dict)
    for outer, inner_counts in sorted(counts.items()):
        for inner, count in inner_counts.items():
            inverted[inner][outer] = count
    return dict(sorted(inverted.items()))


def _passages(texts: Iterable[LinkedText]) -> Iterator[tuple[str, set[str]]]:
    """Yield each published passage of a document as its slug and the slugs that it names."""
    for text in texts:
        if text.role in ROLES and text.is_published:
            named = _names_by_leaf(text)
            for passage in text.passages:
                leaves = (named[leaf] for leaf in range(passage.first, passage.end) if leaf in named)
                yield text.owner, set().union(*leaves)


def _names_by_leaf(text: LinkedText) -> Mapping[int, set[str]]:
    named: dict[int, set[str]] = defaultdict(set)
    for mention in text.mentions:
        named[mention.leaf].add(mention.slug)
    for index, leaf in enumerate(text.leaves):
        if leaf.wikilinks:
            named[index].update(link.target.slug for link in leaf.wikilinks)
    return named
