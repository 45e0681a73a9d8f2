"""Through which hands an article went: the outlet it comes from, and those that reposted it, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from generator.importing.model import Fact, Line
from generator.importing.rules.article_furniture import MARKUP, POST, plain

# Source: https://www.cryptopolitan.com/…   Originally published at https://…
ADDRESS = re.compile(r"https?://[^\s<>()\"']+")
SOURCE = re.compile(r"^\W*(?:source|quelle|fuente|fonte)\s*:\s*(?P<rest>.+)$", re.IGNORECASE)
# This article was originally published by The Fenland Herald and appeared on Good Odd News.
ORIGINAL = re.compile(
    r"\b(?:originally|first) (?:published|appeared|posted)(?: in print)? (?:by|at|on|in)\s+(?P<outlet>[^.;,()]{2,60}?)"
    r"(?:\s+(?:and (?:then )?(?:re)?(?:appeared|posted|published)|and was (?:re)?(?:posted|published)) (?:on|by"
    r"|in|at)\s+(?P<next>[^.;,()]{2,60}?))?"
    r"(?=[.;,()]|\s+(?:and|on \d|under|with)\b|$)",
    re.IGNORECASE,
)
# They do not necessarily reflect the views of MEXC.   … do not represent those of Marsh & Mirror.
DISCLAIMER = re.compile(
    r"\b(?:reflect|represent|express)\b.{0,30}\b(?:views?|opinions?|those"
    r"|positions?)\b(?: or opinions?)? of (?P<outlet>[A-Z][\w&’' -]{1,40}?)(?=[.,;]|$)"
)
# © Marsh & Mirror   © 2022 Daily Reshare
OWNER = re.compile(
    r"^\W*(?:©|\(c\)|copyright)\s*(?:\d{4}\s*)?(?P<outlet>[A-ZÀ-Þ][\w&’' -]{1,40}?)(?=[.,;·|]|\s+\d{4}|$)"
    r"|^(?P<before>[A-ZÀ-Þ][\w&’' -]{1,40}?)\s*©"
)
COMMON = frozenset(
    {
        "www",
        "com",
        "org",
        "net",
        "co",
        "uk",
        "de",
        "fr",
        "example",
        "blog",
        "news",
        "m",
        "amp",
        "info",
        "gov",
        "edu",
        "eu",
    }
)
DOMAIN = re.compile(
    r"^(?P<name>[\w-]+)(?:\.[\w-]+)*\.(?:com|org|net|example|io|co|news|info|eu|de|fr|uk)$", re.IGNORECASE
)


def find_chain(lines: Sequence[Line], stated: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return each outlet once, from the origin to the copy in hand, as facts `outlet`; () for a text that names none.

    The origin is what "Source:" or "originally published" names; then who the feed's sentence names; last whose
    page it is.
    """
    numbered = [(line.number, line.text, plain(line.text)) for line in lines if line.text.strip()]
    found: list[Fact] = []
    found.extend(_origins(numbered))
    is_reposted = bool(found) or any(POST.search(text) for _, _, text in numbered)
    for number, _, text in numbered[: len(numbered) // 2 + 1]:
        found.extend(
            Fact(key="outlet", value=_outlet(match["outlet"]), line=number, words=match[0][:160])
            for match in POST.finditer(text)
        )
    if is_reposted:
        for number, _, text in numbered[len(numbered) // 3 :]:
            match = DISCLAIMER.search(text) or OWNER.match(text)
            if match:
                outlet = next(value for value in match.groupdict().values() if value)
                found.append(
                    Fact(key="outlet", value=outlet.strip(), line=number, words=_around(text, match))
                )
        found.extend(
            Fact(key="outlet", value=f.value, line=f.line, words=f.words)
            for f in stated
            if f.key == "publisher"
        )
        found.extend(_page_owner(stated))
    return _once(found)


def _origins(numbered: Sequence[tuple[int, str, str]]) -> Iterator[Fact]:
    for number, raw, text in numbered:
        match = SOURCE.match(text)
        address = ADDRESS.search(MARKUP.sub(lambda m: f" {m[0]} ", raw)) or ADDRESS.search(raw)
        if match and (address or len(match["rest"].split()) <= 5):
            value = name_of_address(address[0]) if address else match["rest"].strip(" .")
            yield Fact(key="outlet", value=value, line=number, words=text[:200])
            continue
        original = ORIGINAL.search(text)
        if original and address and original["outlet"].startswith("http"):
            yield Fact(key="outlet", value=name_of_address(address[0]), line=number, words=text[:200])
        elif original:
            yield Fact(
                key="outlet", value=_outlet(original["outlet"].strip()), line=number, words=original[0]
            )
            if original["next"]:
                yield Fact(
                    key="outlet", value=_outlet(original["next"].strip()), line=number, words=original[0]
                )


def _page_owner(stated: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the site that the title of a page names behind a bar: … | Daily Reshare."""
    for fact in stated:
        match = re.search(r"\s[|–—-]\s([^|–—]{2,40})$", fact.words) if fact.key == "title" else None
        if match:
            yield Fact(key="outlet", value=match[1].strip(), line=fact.line, words=fact.words)


def _outlet(name: str) -> str:
    """Return an outlet's name: of an address its main part."""
    name = name.strip(" .")
    match = DOMAIN.match(name)
    if match is None:
        return name
    return match["name"] if match["name"] != match["name"].lower() else name_of_address(f"http://{name}")


def name_of_address(address: str) -> str:
    """Return the outlet that an address names: the main part of its host, with a capital."""
    try:
        host = urlsplit(address).hostname or address
    except ValueError:
        # http://[salt.example: neither a name nor a number
        host = re.split(r"[/?#]", address.partition("://")[2])[0].strip("[]:") or address
    parts = [part for part in host.split(".") if part not in COMMON]
    name = parts[-1] if parts else host
    return name[:1].upper() + name[1:]


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(match.start() - 20, 0) : match.end() + 20].strip()


def _once(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    seen: dict[str, Fact] = {}
    for fact in facts:
        seen.setdefault(re.sub(r"^the |\W|(?:com|net|org|example)$", "", fact.value.casefold()), fact)
    return tuple(seen.values())
