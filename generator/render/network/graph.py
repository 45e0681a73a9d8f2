"""Who is named together with whom, weighted by passages: the graph behind every picture and table of the network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from generator.model.corpus import Corpus
from generator.model.index import Index

# Of a larger network nothing could be read, and the page would weigh too much; the rest stands in the table.
MAX_DRAWN = 80
# With a tree that joins all, two or three lines an actor: more lie over each other and tell nothing.
STRONGEST_EACH = 2
# So few pairs are all drawn: lines for each actor.
FEW_LINES = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor of the network; `passages` counts those that name it."""

    slug: str
    name: str
    kind: str
    passages: int


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two actors named in the same passages, by slug, the first before the second."""

    one: str
    other: str
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All actors named together with another, those of most passages first.

    `kinds` are those of all actors of the corpus, the most frequent first. `together` has the passages of each pair,
    seen from both. `most_passages` and `most_together` are those of the first actor and the strongest pair, or 1.
    """

    actors: Mapping[str, Actor]
    kinds: tuple[str, ...]
    together: Mapping[str, Mapping[str, int]]
    pairs: int
    most_passages: int
    most_together: int

    def pairs_among(self, slugs: Iterable[str]) -> tuple[Pair, ...]:
        """Return the pairs within a set of actors, most passages first, then by slug."""
        within = set(slugs)
        found = [
            Pair(one, other, count)
            for one in within
            for other, count in _within(self.together.get(one, {}), within)
            if one < other
        ]
        return tuple(sorted(found, key=lambda pair: (-pair.passages, pair.one, pair.other)))

    def pairs_of(self, slug: str, others: Iterable[str]) -> tuple[Pair, ...]:
        """Return the pairs of one actor with others, in their order."""
        counts = self.together[slug]
        return tuple(Pair(min(slug, other), max(slug, other), counts[other]) for other in others)

    def closeness(self, pair: Pair) -> float:
        """Return how much of what names the two names both, 0 to 1 (the cosine of their passages)."""
        return pair.passages / sqrt(self.actors[pair.one].passages * self.actors[pair.other].passages)


def build_network(corpus: Corpus, index: Index) -> Network:
    """Return the network of a corpus; one without co-mentions gives an empty one."""
    actors = [
        Actor(
            slug=slug,
            name=corpus.name_of(slug),
            kind=corpus.actors[slug].record.kind,
            passages=sum(index.named_in.get(slug, {}).values()),
        )
        for slug in index.co_mentions
    ]
    sizes: dict[str, int] = {}
    most_together = 1
    for slug, others in index.co_mentions.items():
        sizes[slug] = len(others)
        # The first is the strongest.
        most_together = max(most_together, next(iter(others.values())))
    actors.sort(key=lambda actor: (-actor.passages, -sizes[actor.slug], actor.slug))
    kinds = Counter(entry.record.kind for entry in corpus.actors.values())
    return Network(
        actors={actor.slug: actor for actor in actors},
        kinds=tuple(sorted(kinds, key=lambda kind: (-kinds[kind], kind))),
        together=index.co_mentions,
        pairs=sum(sizes.values()) // 2,
        most_passages=max((actor.passages for actor in actors), default=1),
        most_together=most_together,
    )


def choose_pairs(network: Network, slugs: Iterable[str]) -> tuple[Pair, ...]:
    """Return the pairs worth a line in a picture of these actors, in the order of `pairs_among`.

    All where they are few; else a tree of the strongest that joins whatever can be joined, and each actor's strongest.
    Of pairs with as many passages the closer ones are stronger: being named beside someone who is named everywhere
    says little. The tree is Kruskal's.
    """
    pairs = network.pairs_among(slugs)
    named = {slug for pair in pairs for slug in (pair.one, pair.other)}
    if len(pairs) <= FEW_LINES * len(named):
        return pairs
    strongest = sorted(
        pairs, key=lambda pair: (-pair.passages, -network.closeness(pair), pair.one, pair.other)
    )
    chosen = set()
    lines: Counter[str] = Counter()
    tree = {slug: slug for slug in named}
    for pair in strongest:
        roots = _root(tree, pair.one), _root(tree, pair.other)
        is_among_first = min(lines[pair.one], lines[pair.other]) < STRONGEST_EACH
        if roots[0] != roots[1] or is_among_first:
            tree[roots[0]] = roots[1]
            chosen.add(pair)
            lines.update((pair.one, pair.other))
    return tuple(pair for pair in pairs if pair in chosen)


def _within(counts: Mapping[str, int], slugs: set[str]) -> Iterable[tuple[str, int]]:
    """Return the counts of these actors; the smaller of both is walked through."""
    if len(slugs) < len(counts):
        return [(slug, counts[slug]) for slug in slugs if slug in counts]
    return [(slug, count) for slug, count in counts.items() if slug in slugs]


def _root(tree: dict[str, str], slug: str) -> str:
    while tree[slug] != slug:
        tree[slug] = tree[tree[slug]]
        slug = tree[slug]
    return slug
