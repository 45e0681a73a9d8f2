"""Soft hyphens (U+00AD), which only mark where a word may be broken."""

from __future__ import annotations


def repair(text: str) -> str:
    """Return the text without them."""
    return text.replace("\u00ad", "")
