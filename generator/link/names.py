"""The gazetteer of a corpus: every name, alias and excluded name of its actors and issues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from generator.model.corpus import Corpus
from generator.model.places import Place
from generator.model.records import Alias
from generator.text.folding import fold_name
from generator.text.gazetteer import Gazetteer, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredName:
    """A name with the place in the register that gives it."""

    name: Name
    place: Place


def declared_names(corpus: Corpus) -> tuple[DeclaredName, ...]:
    """Return every name of the register that holds a letter or digit, actors before issues, each in slug order."""
    return tuple(
        declared for declared in (*_actor_names(corpus), *_issue_names(corpus)) if _has_words(declared)
    )


def build_gazetteer(names: tuple[DeclaredName, ...]) -> Gazetteer:
    """Return the gazetteer of these names."""
    return Gazetteer([declared.name for declared in names])


def shared_names(names: tuple[DeclaredName, ...]) -> dict[tuple[str, ...], tuple[DeclaredName, ...]]:
    """Return the spellings that mean two or more records, by the slugs that share them, as the gazetteer sees them."""
    by_key: dict[str, list[DeclaredName]] = defaultdict(list)
    for declared in names:
        if declared.name.slug is not None:
            by_key[fold_name(declared.name.alias).text.strip()].append(declared)
    shared: dict[tuple[str, ...], tuple[DeclaredName, ...]] = {}
    for key, group in by_key.items():
        if len({declared.name.slug for declared in group}) < 2:
            continue
        gazetteer = Gazetteer([declared.name for declared in group])
        for declared in group:
            slugs = gazetteer.find(declared.name.alias)[0].slugs
            if len(slugs) > 1:
                members = tuple(d for d in group if d.name.slug in slugs)
                shared.setdefault((key, *slugs), members)
    return shared


def spelled_alike(
    names: tuple[DeclaredName, ...], key: str, slugs: Collection[str]
) -> tuple[DeclaredName, ...]:
    """Return the names of these slugs that are spelled as `key` but for capitals and accents."""
    return tuple(d for d in names if d.name.slug in slugs and fold_name(d.name.alias).text.strip() == key)


def _has_words(declared: DeclaredName) -> bool:
    return any(character.isalnum() for character in fold_name(declared.name.alias).text)


def _actor_names(corpus: Corpus) -> Iterator[DeclaredName]:
    for slug, entry in corpus.actors.items():
        record = entry.record
        yield _declare(slug, record.name, True, entry.place("name"))
        for index, alias in enumerate(record.aliases):
            yield _declare_alias(slug, alias, True, entry.place("aliases", index))
        for index, words in enumerate(record.exclude):
            yield _declare(None, words, True, entry.place("exclude", index))


def _issue_names(corpus: Corpus) -> Iterator[DeclaredName]:
    for slug, entry in corpus.issues.items():
        for index, alias in enumerate(entry.record.aliases):
            yield _declare_alias(slug, alias, False, entry.place("aliases", index))
        for index, words in enumerate(entry.record.exclude):
            yield _declare(None, words, False, entry.place("exclude", index))


def _declare_alias(slug: str, alias: str | Alias, is_case_sensitive: bool, place: Place) -> DeclaredName:
    if isinstance(alias, Alias):
        return _declare(slug, alias.alias, alias.case_sensitive, place)
    return _declare(slug, alias, is_case_sensitive, place)


def _declare(slug: str | None, alias: str, is_case_sensitive: bool, place: Place) -> DeclaredName:
    return DeclaredName(name=Name(slug=slug, alias=alias, is_case_sensitive=is_case_sensitive), place=place)
