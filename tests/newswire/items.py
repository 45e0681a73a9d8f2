"""The items of the collection: SGML in, records out."""

from __future__ import annotations

import html
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

# The kinds of tags that editors gave.
TAG_KINDS = ("people", "orgs", "exchanges", "places", "topics")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

# <REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" NEWID="1">…</REUTERS>
ITEM = re.compile(r"<REUTERS\b([^>]*)>(.*?)</REUTERS>", re.DOTALL)
# NEWID="1"
NUMBER = re.compile(r'NEWID="(\d+)"')
# <D>west-germany</D>
TAG = re.compile(r"<D>([^<]*)</D>")
# <TEXT TYPE="BRIEF">
TEXT = re.compile(r"<TEXT\b([^>]*)>(.*)</TEXT>", re.DOTALL)
# 26-FEB-1987 15:01:01.79, also " 3-MAR-1987  09:15:05.40" and one with noise behind it
DATE = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})")
# By Ann Lee, Reuters
BY = re.compile(r"\s*by\s+([^,]+),\s*Reuters?\s*", re.IGNORECASE)
# The last line: " Reuter", " REUTER", with a control character behind it.
END = re.compile(r"\s*reuters?\s*", re.IGNORECASE)
# A line of a table: at least two gaps between its words, such as "    Oper shr   27 cts   31 cts"
TABLE_LINE = re.compile(r"\s*\S.*?\S {2,}\S.* {2,}\S.*")
# What separates words; other control characters are noise of the wire.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph on one line, or a table as it stands."""

    text: str
    is_table: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A newswire item. `tags` are those of its editors by kind; `kind` is "news report" or what the collection says.

    `date` is empty where the item has none.
    """

    number: int
    date: str
    title: str
    kind: str
    author: str
    dateline: str
    blocks: tuple[Block, ...]
    tags: dict[str, tuple[str, ...]]

    @property
    def text(self) -> str:
        """Return all its words but the title."""
        return "\n".join(block.text for block in self.blocks)


def read_archive(archive: Path, limit: int | None = None) -> tuple[tuple[Item, ...], str]:
    """Return the first items of an archive in the order of its files' names, and its list of tags with their names.

    Raises:
        ValueError: it holds no such items, or an item without a number.
    """
    with tarfile.open(archive) as opened:
        files = {Path(member.name).name: member for member in opened.getmembers() if member.isfile()}

        def text_of(name: str) -> str:
            stream = opened.extractfile(files[name])
            return "" if stream is None else stream.read().decode("latin-1")

        names = sorted(name for name in files if name.endswith(".sgm"))
        items = tuple(islice((item for name in names for item in read_items(text_of(name))), limit))
        described = "\n".join(text_of(name) for name in sorted(files) if name.startswith("cat-descriptions"))
    if not items:
        raise ValueError(f"{archive} holds no newswire items")
    return items, described


def read_items(sgml: str) -> Iterator[Item]:
    """Yield the items of one file."""
    for attributes, content in ITEM.findall(sgml):
        number = NUMBER.search(attributes)
        if number is None:
            raise ValueError(f"an item has no NEWID: {attributes}")
        yield _read_item(int(number[1]), content)


def _read_item(number: int, content: str) -> Item:
    marked = TEXT.search(content)
    kind, inner = (marked[1], marked[2]) if marked else ("", "")
    title, body = _inner(inner, "TITLE"), _inner(inner, "BODY")
    lines = _clean(body).split("\n")
    if not body and "UNPROC" in kind:
        # Nothing is marked up: the first line is the title.
        lines = _clean(inner).strip("\n").split("\n")
        title, lines = lines[0], lines[1:]
    return Item(
        number=number,
        date=parse_date(_inner(content, "DATE")),
        title=" ".join(_clean(title).replace("*", " ").split()) or f"Item {number}",
        kind="news brief" if "BRIEF" in kind else "news report",
        author=_author(_inner(inner, "AUTHOR")),
        dateline=" ".join(_clean(_inner(inner, "DATELINE")).strip(" -\n").split()),
        blocks=split_blocks(lines),
        tags={kind: tuple(dict.fromkeys(TAG.findall(_inner(content, kind.upper())))) for kind in TAG_KINDS},
    )


def parse_date(words: str) -> str:
    """Return the day in a date of the wire as YYYY-MM-DD, "" where there is none."""
    found = DATE.search(words)
    if found is None or found[2] not in MONTHS:
        return ""
    return f"{found[3]}-{MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}"


def split_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """Return paragraphs and tables: an indented line begins a paragraph, lines with gaps are a table."""
    while lines and (not lines[-1].strip() or END.fullmatch(lines[-1])):
        lines = lines[:-1]
    blocks: list[Block] = []
    for is_table, group in groupby(lines, key=lambda line: TABLE_LINE.fullmatch(line) is not None):
        found = list(group)
        if is_table and len(found) > 1:
            blocks.append(Block(text="\n".join(line.rstrip() for line in found), is_table=True))
        else:
            blocks.extend(Block(text=words) for words in _paragraphs(found))
    return tuple(blocks)


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    words: list[str] = []
    for line in lines:
        if line.startswith("    ") or not line.strip():
            yield from [" ".join(words)] if words else []
            words = []
        words.extend(line.split())
    yield from [" ".join(words)] if words else []


def _inner(content: str, tag: str) -> str:
    """Return what stands between the first such tags, "" where there are none."""
    _, _, rest = content.partition(f"<{tag}>")
    inner, end, _ = rest.partition(f"</{tag}>")
    return inner if end else ""


def _author(words: str) -> str:
    found = BY.fullmatch(_clean(words).strip())
    return " ".join(found[1].split()).title() if found else ""


def _clean(text: str) -> str:
    """Return text with its entities resolved, without control characters and what the collection marks as noise."""
    # <UNKNOWN>…</UNKNOWN> holds noise of the wire.
    without = re.sub(r"<UNKNOWN>.*?</UNKNOWN>", "", text, flags=re.DOTALL)
    # &#5;
    without = re.sub(r"&#(?:\d|[12]\d|3[01]|127);", "", without)
    return CONTROL.sub("", html.unescape(without))
