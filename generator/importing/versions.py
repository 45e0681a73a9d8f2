"""A later version or a repost of a document that the corpus has: entered in that document's record."""

from __future__ import annotations

from typing import Any

from generator.importing.compose import Composed
from generator.importing.draft import SourceName, dump
from generator.importing.duplicates import NearDuplicate
from generator.importing.merge import show_difference
from generator.importing.store import Change, Store

KEY = "versions:"
# As many differences stand in the record as a reader can take in; the counts are of all.
SHOWN_DIFFERENCES = 40
LONGEST_WORDS = 300


def add_version(store: Store, duplicate: NearDuplicate, source: SourceName, composed: Composed) -> None:
    """Enter a copy in the record of the document that it is a version of.

    A copy that stands there already, not again.
    """
    path = f"documents/{duplicate.slug}.md"
    target = store.root / path
    text = target.read_text(encoding="utf-8") if target.is_file() else ""
    if not text or source.sha256 in text:
        return
    entry = dump([_entry(duplicate, source, composed)])
    lines = text.split("\n")
    close = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in ("---", "...")), None)
    if close is None:
        return
    at = next((n for n, line in enumerate(lines[:close]) if line.rstrip() == KEY), None)
    if at is None:
        lines[close:close] = [KEY, *entry.rstrip("\n").split("\n")]
    else:
        end = next((n for n in range(at + 1, close) if lines[n][:1] not in (" ", "-", "")), close)
        lines[end:end] = entry.rstrip("\n").split("\n")
    after = "\n".join(lines)
    store.changes.append(Change(path=path, difference=show_difference(text, after, path), is_new=False))
    store.write_text(path, after)


def _entry(duplicate: NearDuplicate, source: SourceName, composed: Composed) -> dict[str, Any]:
    facts = {fact.key: fact for fact in reversed(composed.facts)}
    outlets = [fact.value for fact in composed.facts if fact.key == "outlet"]
    entry: dict[str, Any] = {"relation": "repost" if outlets else "version"}
    entry["source"] = {"file": source.file, "sha256": source.sha256}
    if "date" in facts:
        entry["date"] = facts["date"].value
    if outlets:
        entry["outlet"] = outlets[-1]
    entry["share"] = duplicate.share
    entry["words_added"], entry["words_removed"] = duplicate.added, duplicate.removed
    if duplicate.differences:
        entry["differences"] = [
            {"before": before[:LONGEST_WORDS], "after": after[:LONGEST_WORDS]}
            for before, after in duplicate.differences[:SHOWN_DIFFERENCES]
        ]
    return entry
