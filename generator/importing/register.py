"""Names of a source matched with the register: who is known already, and drafts of actors who are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.importing.model import Fact
from generator.model.corpus import Corpus
from generator.model.records import Alias
from generator.suggest.register import actor_slug
from generator.text.folding import fold_name
from generator.text.slugs import slug_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorDraft:
    """An actor that the record needs and the register lacks."""

    slug: str
    name: str
    kind: str


class Register:
    """The actors of a corpus by each of their names, and those that an import adds to them."""

    def __init__(self, corpus: Corpus | None) -> None:
        self._by_name: dict[str, str] = {}
        self._taken: set[str] = set()
        self.drafts: dict[str, ActorDraft] = {}
        if corpus is None:
            return
        self._taken = {
            slug_key(slug) for slug in (*corpus.documents, *corpus.actors, *corpus.issues, *corpus.citations)
        }
        for slug, entry in corpus.actors.items():
            for alias in (entry.record.name, *entry.record.aliases):
                name = alias.alias if isinstance(alias, Alias) else alias
                self._by_name.setdefault(fold_name(name).text, slug)

    def slug_of(self, name: str, kind: str) -> str:
        """Return the slug of a name: that of the actor who bears it, or that of a new draft."""
        known = self._by_name.get(fold_name(name).text)
        if known is not None:
            return known
        slug = actor_slug(name, self._taken)
        self._taken.add(slug_key(slug))
        self._by_name[fold_name(name).text] = slug
        self.drafts[slug] = ActorDraft(slug=slug, name=name, kind=kind)
        return slug


KIND_OF = {
    "signatory": "person",
    "recipient": "person",
    "author": "person",
    "publisher": "news outlet",
    "outlet": "news outlet",
}


def resolve_names(facts: Sequence[Fact], register: Register) -> Mapping[str, tuple[str, ...]]:
    """Return the slugs of the actors that the facts name, by key of the fact, each once and in order."""
    found: dict[str, list[str]] = {key: [] for key in KIND_OF}
    for fact in facts:
        if fact.key in KIND_OF:
            slug = register.slug_of(fact.value, KIND_OF[fact.key])
            if slug not in found[fact.key]:
                found[fact.key].append(slug)
    return {key: tuple(slugs) for key, slugs in found.items()}
