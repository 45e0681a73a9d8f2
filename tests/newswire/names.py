"""Names for the collection's tags, by rules: from its own list of them, and from the spellings in the tagged items.

No rule looks at more than the texts of the items that have the tag, so that what an alias costs shows in the figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from tests.newswire.items import Item

# "   Treasury Secretary James Baker  (JAMES-BAKER)", "European Community (EC)@*"
LISTED = re.compile(r"^\s*(\S.*?)\s*\(([A-Z][A-Z-]*)\)\s*(?:@\*)?\s*$", re.MULTILINE)
WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
# A word that stands in small letters at least this often, of all its occurrences, is no name by itself: "bond".
COMMON = 0.05
# A spelling counts if it stands in so many of the tagged items, of which there may be few.
ENOUGH = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The name of what a tag stands for, and its aliases."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """How often each word stands in all texts, and how often in small letters."""

    all: Counter[str]
    small: Counter[str]

    def is_common(self, word: str) -> bool:
        """Return whether a word stands in small letters too."""
        folded = word.lower()
        return self.small[folded] > COMMON * max(self.all[folded], 1)


def count_words(items: Iterable[Item]) -> Vocabulary:
    """Return how often words stand in the texts."""
    seen, small = Counter[str](), Counter[str]()
    for item in items:
        words = WORD.findall(item.text)
        seen.update(word.lower() for word in words)
        small.update(word for word in words if word.islower())
    return Vocabulary(all=seen, small=small)


def read_listed(described: str) -> dict[str, str]:
    """Return what the collection's list says of its tags, by tag in small letters; most places are not described."""
    return {code.lower(): " ".join(words.split()) for words, code in LISTED.findall(described)}


def items_by_tag(items: Sequence[Item], kind: str) -> dict[str, list[Item]]:
    """Return the items of each tag of a kind, sorted by tag."""
    found: dict[str, list[Item]] = {}
    for item in items:
        for tag in item.tags[kind]:
            found.setdefault(tag, []).append(item)
    return dict(sorted(found.items()))


def name_person(tag: str, listed: str, items: Sequence[Item], words: Vocabulary) -> Named:
    """Return a person's name without offices: the words before it that stand in small letters too.

    The surname alone is an alias unless it is a common word.
    """
    text = "\n".join(item.text for item in items)
    # "Vice President Ann Lee, economist" and "Robert (Bob) Hawke": what is said besides
    described = re.sub(r"\([^)]*\)", " ", listed.partition(",")[0]).split()
    spelled = _spelling(tag, text)
    surname = spelled or tag.replace("-", " ").title()
    count = len(surname.split())
    given = described[:-count]
    places = [
        place for place, word in enumerate(given) if words.is_common(word.strip(".")) or not word.isalpha()
    ]
    given = given[max(places, default=-1) + 1 :]
    # "Exchequer Nigel Lawson" stands there less often than "Nigel Lawson".
    while len(given) > 1 and text.count(" ".join(given)) < 0.8 * text.count(" ".join(given[1:])):
        given = given[1:]
    # "James Baker" is the whole of the tag "james-baker", and of it "Baker" stands alone.
    last = surname.split()[-1] if " " in surname else ""
    alone = [last] if last and not given and _share(last, items) > 0.5 else []
    name = " ".join([*given, surname])
    is_described = "".join(described[-count:]).lower() == surname.replace(" ", "").lower()
    aliases = [surname, *alone] if is_described else [surname]
    fit = [alias for alias in aliases if alias != name and not all(words.is_common(w) for w in alias.split())]
    return Named(name=name if is_described else surname, aliases=tuple(dict.fromkeys(fit)))


def name_body(tag: str, listed: str, items: Sequence[Item]) -> Named:
    """Return an organisation's or exchange's name with those of its spellings that the tagged items have."""
    code = tag.partition("-")[0].upper()
    names = list(_alternatives(listed)) if listed else [code]
    spellings = [*names, *(_respelled(name) for name in names), code, code.title(), ".".join(code) + "."]
    joined = _joined(tag, items)
    aliases = [one for one in dict.fromkeys([*spellings, *joined]) if _share(one, items) >= ENOUGH]
    name = names[0]
    return Named(name=name, aliases=tuple(alias for alias in aliases if alias != name and len(alias) > 1))


def name_place(tag: str, items: Sequence[Item], tags: Iterable[str]) -> Named:
    """Return a place's name as the tagged items spell it, with abbreviations of which no other place is nearer."""
    title, capitals = tag.replace("-", " ").title(), tag.replace("-", " ").upper()
    name = capitals if len(tag) <= 4 and _share(capitals, items) >= _share(title, items) else title
    others = [other for other in tags if other != tag]
    # U.S. is short for usa, and for ussr, which is longer.
    shortened = [tag[:length] for length in range(2, len(tag) + 1) if len(tag) <= 4]
    nearest = [
        short for short in shortened
        if not any(other.startswith(short) and len(other) < len(tag) for other in others)
    ]  # fmt: skip
    dotted = [".".join(short.upper()) + "." for short in nearest]
    longer = [other for other in others if any(other.startswith(short) for short in nearest)]
    fit = [
        alias for alias in dotted
        if _share(alias, items) >= ENOUGH and not any(".".join(other.upper()) + "." == alias for other in longer)
    ]  # fmt: skip
    return Named(name=name, aliases=tuple(fit))


def name_topic(tag: str, listed: str, items: Sequence[Item]) -> Named:
    """Return a topic's title, with aliases that the tagged items have: its alternatives, also in the singular."""
    title = listed or tag.replace("-", " ").capitalize()
    names = [*_alternatives(listed)] if listed else [tag.replace("-", " "), tag.replace("-", "")]
    parts = [part for name in names for part in (name, *name.split(" and "))]
    forms = [
        form.lower()
        for part in parts
        for form in (part, part.removesuffix("s"), part.removesuffix("s") + "s")
    ]
    return Named(
        name=title, aliases=tuple(form for form in dict.fromkeys(forms) if _share(form, items, any_case=True))
    )


def _alternatives(listed: str) -> Iterable[str]:
    """Yield the readings of a name with strokes: "Paris Stock Exchange/Bourse" is two, "Mergers/Acquisitions" too."""
    if " " not in listed:
        yield from listed.split("/")
        return
    for words in product(*(word.split("/") for word in listed.split())):
        yield " ".join(words)


def _respelled(name: str) -> str:
    """Return a name in the other spelling of English."""
    return name.replace("Organisation", "Organization").replace("Authority", "Agency")


def _spelling(tag: str, text: str) -> str:
    """Return how a text spells the words of a tag, with capitals, most often; "" where it does not."""
    words = r"[ '-]+".join(re.escape(word) for word in tag.split("-"))
    found = Counter(
        " ".join(spelled.split())
        for spelled in re.findall(rf"\b{words}\b", text, re.IGNORECASE)
        if spelled.split()[-1][0].isupper() and not spelled.isupper()
    )
    return min(found, key=lambda spelled: (-found[spelled], spelled), default="")


def _joined(tag: str, items: Sequence[Item]) -> list[str]:
    """Return two words with capitals that are the tag, run together: "World Bank" for worldbank."""
    pairs = [(tag[:place].title(), tag[place:].title()) for place in range(3, len(tag) - 2) if "-" not in tag]
    return [f"{one} {two}" for one, two in pairs if _share(f"{one} {two}", items)]


def _share(words: str, items: Sequence[Item], *, any_case: bool = False) -> float:
    """Return in how many of the items the words stand, of 1."""
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE if any_case else 0)
    return sum(pattern.search(item.text) is not None for item in items) / max(len(items), 1)


def name_all(items: Sequence[Item], described: str) -> Mapping[str, Mapping[str, Named]]:
    """Return the names of all tags that items have, by kind and tag."""
    listed, words = read_listed(described), count_words(items)
    tagged = {kind: items_by_tag(items, kind) for kind in ("people", "orgs", "exchanges", "places", "topics")}
    named = {
        "people": {
            tag: name_person(tag, listed.get(tag, ""), of, words) for tag, of in tagged["people"].items()
        },
        "orgs": {tag: name_body(tag, listed.get(tag, ""), of) for tag, of in tagged["orgs"].items()},
        "exchanges": {
            tag: name_body(tag, listed.get(tag, ""), of) for tag, of in tagged["exchanges"].items()
        },
        "places": {tag: name_place(tag, of, tagged["places"]) for tag, of in tagged["places"].items()},
        "topics": {tag: name_topic(tag, listed.get(tag, ""), of) for tag, of in tagged["topics"].items()},
    }
    return _without_shared(named)


def _without_shared(named: Mapping[str, Mapping[str, Named]]) -> Mapping[str, Mapping[str, Named]]:
    """Return the names without the aliases that several have: nothing decides whom such a one means."""
    known = Counter(
        alias
        for tags in named.values()
        for one in tags.values()
        for alias in {spelled.lower() for spelled in (one.name, *one.aliases)}
    )
    return {
        kind: {
            tag: replace(one, aliases=tuple(alias for alias in one.aliases if known[alias.lower()] == 1))
            for tag, one in tags.items()
        }
        for kind, tags in named.items()
    }
