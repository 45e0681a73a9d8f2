"""What stands on every page but belongs to none: running heads, page numbers, "Page 2 of 4"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.importing.model import Line, Repair

RULE = "page-furniture"
# Page 2 of 4   - 3 -   [12]   Seite 3 von 8   xiv   2/4   p. 7
NUMBER = re.compile(
    r"^\W{0,3}(?:(?:page|seite|p\.|pg\.|pag\.|página|pagina|s\.)\s*)?(?P<number>\d{1,4}|[ivxlc]{1,8})"
    r"(?:\s*(?:of|/|von|sur|de|di|van)\s*\d{1,4})?\W{0,3}$",
    re.IGNORECASE,
)
SAID = re.compile(r"\b(?:page|seite|p\.|pg\.|página|pagina)\s*\d{1,4}\b", re.IGNORECASE)
# 26 THE HARBOUR REPORT   THE HARBOUR REPORT 27   The Harbour Report | 27
NUMBERED_HEAD = re.compile(
    r"^(?:(\d{1,4}|[ivxlc]{1,8})(?:\s{2,}|\s*[|·–—]\s*|\s+(?=[A-ZÀ-Þ]{3}))(.+?)|(.+?)(?:\s{2,}|\s*[|·–—]\s*|(?<=[A-ZÀ-Þ]{3})\s+)(\d{1,4}|[ivxlc]{1,8}))$"
)
HEADING = re.compile(r"^\s*#{1,6}\s+")
DIGITS = re.compile(r"\d+")
# PREFACE   vii
ROMAN = re.compile(r"(?:^[ivxlc]{1,8}(?=\s)|(?<=\s)[ivxlc]{1,8}$)")
# 24. Exhibit 130.   [3] See above   <sup>4</sup> Ibid.
NOTE = re.compile(r"^\s*(?:<sup>|\[\^?\d|\(?\d{1,4}[.)]\s|[lIO]\d{0,3}[.)]\s)")
# Running heads are short, and letters' heads for later pages have a few lines.
LONGEST_HEAD = 90
HEAD_LINES = 4
# Pages in Roman numbers have a series of their own.
ROMAN_FROM = 100_000
# How many lines at the head or foot of a page may be furniture.
EDGE = 3
# Without page breaks: a head that comes again after fewer lines is a title below a name, or a refrain.
SHORTEST_PAGE = 12


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines without a blank one between them: their places among all lines."""

    places: tuple[int, ...]


def cut(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Return the lines without page furniture, blank in its place, and what was cut."""
    pages = {line.page for line in lines if line.text.strip()}
    gone = _on_pages(lines) if len(pages) > 1 else _without_pages(lines)
    kept = tuple(
        Line(text="", number=line.number, page=line.page) if place in gone else line
        for place, line in enumerate(lines)
    )
    cuts = tuple(
        Repair(rule=RULE, line=line.number, before=line.text.strip(), after="")
        for place, line in enumerate(lines)
        if place in gone
    )
    return kept, cuts


def _key(text: str) -> str:
    """Return a line for comparison: numbers as `#`, so that a title and a head with its page's number stay apart."""
    bare = HEADING.sub("", text.casefold())
    return ROMAN.sub("#", DIGITS.sub("#", " ".join(bare.split()))).strip(" *_-–—|.[]()")


def _same(text: str) -> str:
    """Return a line as it comes again on another page: with its numbers, unless it says that one is the page's."""
    return _key(text) if SAID.search(text) else HEADING.sub("", " ".join(text.casefold().split()))


def _on_pages(lines: Sequence[Line]) -> set[int]:
    """Return the places of the lines at the edges of pages that recur there, or are the page's number."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.text.strip():
            by_page[line.page].append(place)
    edges: dict[int, list[list[int]]] = {
        page: [places[:EDGE], places[::-1][:EDGE]] for page, places in by_page.items()
    }
    recurring = Counter(
        key
        for page, (top, foot) in edges.items()
        for key in {_same(lines[place].text) for place in (*top, *foot) if _is_head(lines[place].text)}
        if key
    )
    offsets = Counter(
        number - page
        for page, (top, foot) in edges.items()
        for place in (*top, *foot)
        for number in _numbers(lines[place].text)
    )
    usual = {offset for offset, count in offsets.items() if count >= (3 if len(by_page) > 10 else 2)}
    gone: set[int] = set()
    for page, sides in edges.items():
        for side in sides:
            for place in side:
                text = lines[place].text.strip()
                if lines[place].kind in ("heading", "note") and page == min(by_page):
                    break
                is_number = NUMBER.match(text) is not None
                is_numbered = any(number - page in usual for number in _numbers(text)) and _is_head(text)
                is_recurring = _is_head(text) and recurring[_same(text)] >= 2
                if not (is_number or is_numbered or is_recurring):
                    break
                gone.add(place)
    return gone - _first_title(lines, by_page, gone)


def _first_title(lines: Sequence[Line], by_page: dict[int, list[int]], gone: set[int]) -> set[int]:
    """Return the places on the first page whose words later pages repeat.

    There they are the title or the letterhead.
    """
    first = by_page[min(by_page)]
    return {place for place in first if place in gone and not NUMBER.match(lines[place].text.strip())}


def _is_head(text: str) -> bool:
    return len(text.strip()) <= LONGEST_HEAD and not NOTE.match(text)


def _numbers(text: str) -> Iterator[int]:
    """Yield the number that a head or foot may bear."""
    text = text.strip()
    if NOTE.match(text):
        return
    match = NUMBER.match(text)
    if match is not None:
        yield _value(match["number"])
        return
    match = NUMBERED_HEAD.match(text) if len(text) <= LONGEST_HEAD else None
    if match is not None:
        yield _value(match[1] or match[4])


def _value(number: str) -> int:
    """Return what a number in digits or in small Roman letters counts.

    The latter apart from the former, as in books.
    """
    if number.isdigit():
        return int(number)
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in number.casefold()]
    total = sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
    return ROMAN_FROM + total


def _without_pages(lines: Sequence[Line]) -> set[int]:
    """Return the places of page numbers that stand alone, and of the heads beside them."""
    groups = list(_groups(lines))
    gone: set[int] = set()
    numbered: set[int] = set()
    series = _series(lines, groups)
    for index, group in enumerate(groups):
        texts = [lines[place].text.strip() for place in group.places]
        if len(texts) > HEAD_LINES or any(len(text) > LONGEST_HEAD for text in texts):
            continue
        if (
            any(SAID.search(text) for text in texts) and all(len(text) <= 60 for text in texts)
        ) or index in series:
            gone.update(group.places)
            numbered.add(index)
    keys = [
        _key(lines[group.places[0]].text)
        if len(group.places) == 1 and _is_head(lines[group.places[0]].text)
        else ""
        for group in groups
    ]
    counts = Counter(key for key in keys if len(key) > 2)
    last_seen: dict[str, int] = {}
    for index, group in enumerate(groups):
        key, line = keys[index], lines[group.places[0]].number
        is_beside = bool({index - 1, index + 1} & numbered)
        is_again = key in last_seen and line - last_seen[key] >= SHORTEST_PAGE
        if (is_again and counts[key] >= 3) or (key in last_seen and counts[key] >= 2 and is_beside):
            gone.update(group.places)
        last_seen[key] = line
    return gone


def _series(lines: Sequence[Line], groups: Sequence[_Group]) -> set[int]:
    """Return the groups that are a number alone and count on: a single number may be a heading or a figure."""
    alone = [
        (index, int(match["number"]))
        for index, group in enumerate(groups)
        if len(group.places) == 1
        and (match := NUMBER.match(lines[group.places[0]].text.strip()))
        and match["number"].isdigit()
    ]
    found: set[int] = set()
    for place, (index, number) in enumerate(alone):
        neighbours = alone[max(place - 1, 0) : place] + alone[place + 1 : place + 2]
        counts_on = any(abs(other - number) == 1 for _, other in neighbours)
        if counts_on or (index and number == 2 and len(alone) == 1):
            found.add(index)
    return found


def _groups(lines: Sequence[Line]) -> Iterator[_Group]:
    places: list[int] = []
    for place, line in enumerate(lines):
        if line.text.strip():
            places.append(place)
        elif places:
            yield _Group(tuple(places))
            places = []
    if places:
        yield _Group(tuple(places))
