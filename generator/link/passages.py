"""Numbered passages with permalinks that survive edits elsewhere in the text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from generator.model.linked import Passage
from generator.model.text import Block, ParsedText

HASH_DIGITS = 8


def number_passages(parsed: ParsedText, prefix: str) -> tuple[Passage, ...]:
    """Return the passages of a text: each top-level block with words, and each item of a top-level list.

    Headings are not passages. A permalink is `prefix`, `-` and the first digits of the SHA-256 of the passage's words;
    where a text repeats itself, the second of equal passages gets `-2`, and so on.
    """
    seen: Counter[str] = Counter()
    passages: list[Passage] = []
    leaf = 0
    for block in _units(parsed.blocks):
        count = len(block.leaves())
        if block.kind != "heading" and any(part.text.strip() for part in block.leaves()):
            digest = passage_digest(block)
            seen[digest] += 1
            suffix = f"-{seen[digest]}" if seen[digest] > 1 else ""
            passages.append(
                Passage(
                    number=len(passages) + 1,
                    permalink=f"{prefix}-{digest}{suffix}",
                    block=block,
                    first=leaf,
                    end=leaf + count,
                )
            )
        leaf += count
    return tuple(passages)


def passage_digest(block: Block) -> str:
    """Return the digits that stand for the words of a block, whatever its line breaks."""
    words = " ".join(word for part in block.leaves() for word in part.text.split())
    return hashlib.sha256(words.encode()).hexdigest()[:HASH_DIGITS]


def _units(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if block.kind in ("bullet-list", "ordered-list"):
            yield from block.children
        else:
            yield block
