"""How the mentions that the linker finds compare with the tags of the collection's editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model.linked import LinkedCorpus
from tests.newswire.dossier import slug_of_item, slug_of_tag
from tests.newswire.items import TAG_KINDS, Item

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How many pairs of an item and a tag are right, found, and given by the editors."""

    right: int
    found: int
    given: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what was given that was found; 0 where nothing was given."""
        return self.right / self.given if self.given else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindScore:
    """The scores of one kind of tags: `micro` over all pairs, `macro_*` the means over the tags."""

    tags: int
    micro: Score
    macro_precision: float
    macro_recall: float


def mentioned_pairs(linked: LinkedCorpus) -> frozenset[Pair]:
    """Return each document with each actor or issue that its transcription names."""
    return frozenset(
        (text.owner, mention.slug)
        for text in linked.texts.values()
        if text.role == "transcription"
        for mention in text.mentions
    )


def score_kinds(items: Sequence[Item], mentioned: Iterable[Pair]) -> Mapping[str, KindScore]:
    """Return the score of each kind of tags. Items without words count for nothing.

    A tag that is nowhere found has no precision; the mean leaves it out.
    """
    worded = [item for item in items if item.blocks]
    known = {slug_of_item(item) for item in worded}
    found = [pair for pair in mentioned if pair[0] in known]
    scores = {}
    for kind in TAG_KINDS:
        given = {(slug_of_item(item), slug_of_tag(kind, tag)) for item in worded for tag in item.tags[kind]}
        slugs = {slug for _, slug in given}
        of_kind = {pair for pair in found if pair[1] in slugs}
        by_tag = _by_tag(given, of_kind)
        with_finds = [score.precision for score in by_tag if score.found]
        scores[kind] = KindScore(
            tags=len(slugs),
            micro=Score(right=len(given & of_kind), found=len(of_kind), given=len(given)),
            macro_precision=sum(with_finds) / max(len(with_finds), 1),
            macro_recall=sum(score.recall for score in by_tag) / max(len(by_tag), 1),
        )
    return scores


def _by_tag(given: set[Pair], found: set[Pair]) -> list[Score]:
    counts = [Counter(slug for _, slug in pairs) for pairs in (given & found, found, given)]
    right, all_found, all_given = counts
    return [
        Score(right=right[slug], found=all_found[slug], given=all_given[slug]) for slug in sorted(all_given)
    ]
