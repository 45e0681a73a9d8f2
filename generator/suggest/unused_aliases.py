"""Aliases of the register that no text uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.corpus import Corpus
from generator.model.places import Entry, Place
from generator.model.records import ActorRecord, Alias, IssueRecord
from generator.model.text import Span
from generator.suggest.candidates import Candidate
from generator.suggest.model import Context, ScorePart, Suggestion, suggestion_id
from generator.suggest.readings import Reading
from generator.text.folding import fold_name
from generator.text.gazetteer import Gazetteer, Name

BASE = 12


def suggest_unused_aliases(
    corpus: Corpus, readings: Sequence[Reading], candidates: Sequence[Candidate]
) -> Iterator[Suggestion]:
    """Yield each alias that covers no words of a text, nor any of a source file at hand.

    An alias that only ever stands within a longer one counts as unused: it makes no mention.
    """
    del candidates
    used = {
        (mention.slug, fold_name(leaf.text[mention.span.start : mention.span.end]).text)
        for text in {id(reading.text): reading.text for reading in readings}.values()
        for mention in text.mentions
        for leaf in (text.leaves[mention.leaf],)
    }
    withheld = [slug for slug in corpus.documents if slug not in corpus.transcriptions]
    sources = [source.text for source in corpus.sources.values() if source.text]
    records: list[tuple[str, Entry[ActorRecord] | Entry[IssueRecord]]] = [
        *corpus.actors.items(),
        *corpus.issues.items(),
    ]
    for slug, entry in records:
        is_actor = slug in corpus.actors
        for index, one in enumerate(entry.record.aliases):
            alias, is_sensitive = (
                (one.alias, one.case_sensitive) if isinstance(one, Alias) else (one, is_actor)
            )
            folded = fold_name(alias).text.strip()
            if not folded or (slug, folded) in used:
                continue
            name = Name(slug=slug, alias=alias, is_case_sensitive=is_sensitive)
            gazetteer = Gazetteer([name])
            if any(gazetteer.find(text) for text in sources):
                continue
            place = entry.place("aliases", index)
            yield _suggest(slug, alias, place, len(withheld) - len(sources))


def _suggest(slug: str, alias: str, place: Place, unread: int) -> Suggestion:
    context = Context(place=place, document=slug, words=alias, hit=Span(start=0, end=len(alias)))
    texts = (
        f"the texts of {unread} document{'' if unread == 1 else 's'} are not at hand" if unread > 0 else ""
    )
    return Suggestion(
        id=suggestion_id("unused-alias", alias, slug),
        kind="unused-alias",
        words=alias,
        target=slug,
        reason=f"an alias of `{slug}` that makes no mention in any text at hand"
        + (f"; {texts}" if texts else ""),
        parts=(
            ScorePart(label="an alias never used", points=BASE),
            *((ScorePart(label=texts, points=-8),) if texts else ()),
        ),
        contexts=(context,),
        help="remove it, correct it, or keep it for texts to come",
    )
