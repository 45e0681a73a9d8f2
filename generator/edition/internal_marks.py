"""Words between `%%` and `%%` in what the editors write: for them alone (a comment in Obsidian)."""

from __future__ import annotations

import re

# Open until March. %%Ask the clerk again.%%
INTERNAL = re.compile(r"(?<!%)%%(?!%)(.*?)(?<!%)%%(?!%)", re.DOTALL)
MARK = "%%"


def has_marks(text: str) -> bool:
    """Return whether the text has words for the editors alone."""
    return INTERNAL.search(text) is not None


def keep_internal(text: str) -> str:
    """Return the text with these words, without the marks around them."""
    return INTERNAL.sub(r"\1", text)


def drop_internal(text: str) -> str:
    """Return the text without these words. A line end within them would part the sentences around them."""
    return INTERNAL.sub("", text)


def find_internal(text: str) -> tuple[str, ...]:
    """Return the words between the marks, in order."""
    return tuple(words.strip() for words in INTERNAL.findall(text) if words.strip())


def find_unclosed(text: str) -> int:
    """Return the offset of a mark that nothing closes, -1 where there is none."""
    rest = INTERNAL.sub(lambda match: "\0" * len(match[0]), text)
    return rest.find(MARK)
