"""The collection as a corpus folder: items are documents, people and bodies actors, topics issues."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from generator.text.slugs import slug_fault
from tests.newswire.items import Block, Item
from tests.newswire.names import Named

# The kind of actor by the kind of tag; topics are issues.
ACTOR_KINDS = {"people": "person", "orgs": "organisation", "exchanges": "exchange", "places": "place"}
AGENCY = "agency-reuters"
STATEMENT = "For research use only; not to be published."
# Characters by which Markdown means something.
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$^!&%=@:])")
# "- ", "+ ", "12. ", "3) " at the start of a line
LIST_MARK = re.compile(r"^(\d*)([-+.)])")


def slug_of_tag(kind: str, tag: str) -> str:
    """Return the slug of a tag; the same word may be a tag of two kinds."""
    return f"{kind}-{tag}"


def slug_of_item(item: Item) -> str:
    """Return the slug of an item."""
    return f"item-{item.number:05}"


def write_corpus_of_items(
    folder: Path, items: Sequence[Item], names: Mapping[str, Mapping[str, Named]], *, with_places: bool = True
) -> None:
    """Write a corpus of items into a new folder."""
    for part in ("documents", "texts", "actors", "issues"):
        (folder / part).mkdir(parents=True)
    _write(folder / "dossier.md", {"title": f"{len(items)} newswire items of 1987"}, "Made for measuring.")
    kinds = {kind: word for kind, word in ACTOR_KINDS.items() if with_places or kind != "places"}
    for kind, word in kinds.items():
        for tag, named in names[kind].items():
            record = {"name": named.name, "kind": word, "aliases": list(named.aliases)}
            _write(folder / f"actors/{slug_of_tag(kind, tag)}.md", record)
    for tag, named in names["topics"].items():
        record = {"title": named.name, "aliases": list(named.aliases)}
        _write(folder / f"issues/{slug_of_tag('topics', tag)}.md", record)
    _write(folder / f"actors/{AGENCY}.md", {"name": "Reuters", "kind": "news outlet"})
    authors = {item.author: _slug_of_author(item.author) for item in items if item.author}
    for name, slug in sorted(authors.items()):
        if slug:
            _write(folder / f"actors/{slug}.md", {"name": name, "kind": "journalist"})
    for item in items:
        _write_item(folder, item, authors)


def _write_item(folder: Path, item: Item, authors: Mapping[str, str]) -> None:
    slug = slug_of_item(item)
    author = authors.get(item.author, "")
    record = {
        "title": item.title,
        "date": item.date or "XXXX",
        "kind": item.kind,
        "rights": {"publish": "full", "statement": STATEMENT},
        "publisher": AGENCY,
        **({"authors": [author]} if author else {}),
        "issues": [slug_of_tag("topics", tag) for tag in item.tags["topics"]],
    }
    _write(folder / f"documents/{slug}.md", record)
    blocks = item.blocks
    if item.dateline and blocks and not blocks[0].is_table:
        blocks = (Block(text=f"{item.dateline} - {blocks[0].text}"), *blocks[1:])
    if blocks:
        text = "\n\n".join(markdown_of(block) for block in blocks)
        (folder / f"texts/{slug}.md").write_text(f"{text}\n", encoding="utf-8")


def markdown_of(block: Block) -> str:
    """Return a block as Markdown that shows just its words."""
    if block.is_table:
        return f"```\n{block.text}\n```"
    escaped = SPECIAL.sub(r"\\\1", block.text)
    return LIST_MARK.sub(r"\1\\\2", escaped)


def _slug_of_author(name: str) -> str:
    """Return the slug of a name, "" where it cannot be one."""
    # Ann O'Hara-Lee
    slug = "by-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return "" if slug_fault(slug) else slug


def _write(path: Path, record: Mapping[str, object], text: str = "") -> None:
    front = yaml.safe_dump(dict(record), allow_unicode=True, sort_keys=False)
    path.write_text(f"---\n{front}---\n{text}\n", encoding="utf-8")
