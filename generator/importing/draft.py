"""The files of a draft: transcription, record and citations as text, the same bytes for the same source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from generator.importing.blocks import ITEM
from generator.importing.citations import CitationDraft
from generator.importing.compose import Composed
from generator.importing.model import Block, Fact, Note, Repair
from generator.text.dates import UNDATED

# Where the source does not say it; each stands with an entry among the gaps.
UNKNOWN_KIND = "document"
MISSING: tuple[tuple[str, str, str], ...] = (
    (
        "title",
        "A title.",
        "The source has none that the import could tell; the one in square brackets is a description.",
    ),
    ("date", "A date.", "No line of the source says that it gives its date."),
    ("kind", "The kind of document.", "Nothing in the source's form says it."),
    ("language", "The language.", "The words are too few, or of several languages."),
)
RIGHTS = "Not examined yet. Nothing but this record is published until an editor has done so."
WIDTH = 120
LONGEST_EXCERPT = 240
EVIDENCE_WORDS = 10
CUT_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceName:
    """The file as kept in `sources/`: its name there and its SHA-256 in hexadecimal."""

    file: str
    sha256: str


def render_text(composed: Composed) -> str:
    """Return the transcription in Markdown.

    Blocks parted by blank lines, list items of one list together, notes last.
    """
    parts: list[str] = []
    for number, block in enumerate(composed.blocks):
        text = _markdown(block)
        is_listed = number and block.kind == "item" and composed.blocks[number - 1].kind == "item"
        is_row = number and block.kind == "table" and composed.blocks[number - 1].kind == "table"
        parts.append(("\n" if is_listed or is_row else "\n\n" if parts else "") + text)
    body = "".join(parts)
    notes = "".join(f"\n\n{_note(note)}" for note in composed.notes)
    return f"{body}{notes}\n"


def _markdown(block: Block) -> str:
    text = block.text.strip()
    if block.kind == "heading":
        return f"{'#' * max(block.level, 2)} {text}"
    if block.kind == "quote":
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    if block.kind == "text":
        # Lines of an address or a poem keep their breaks; a sign that would begin another kind of block does not.
        lines = [_escaped(line.strip()) for line in text.split("\n") if line.strip()]
        return "\\\n".join(lines)
    return text


# 1. Januar   # of pages   > 5   + 3 : at the beginning of a paragraph they would make a list, heading or quotation
BLOCK_SIGN = re.compile(r"^(?P<number>\d{1,9})(?P<point>[.)])(?=\s)|^(?P<sign>[#>+*-])(?=\s|$)")


def _escaped(line: str) -> str:
    match = BLOCK_SIGN.match(line)
    if match is None or ITEM.match(line):
        return line
    if match["sign"]:
        return f"\\{line}"
    return f"{match['number']}\\{line[len(match['number']) :]}"


def _note(note: Note) -> str:
    return f"[^{note.label}]: {' '.join(note.text.split())}"


def render_record(
    composed: Composed, source: SourceName, names: Mapping[str, Sequence[str]], cited: Mapping[str, str]
) -> str:
    """Return the record: front matter with the facts, each with its evidence, and no digest yet.

    `names` holds the slugs of actors by key of the fact, `cited` the bibliography's id by label of the note.
    """
    facts = {fact.key: fact for fact in reversed(composed.facts)}
    values: dict[str, Any] = {"title": _title(facts)}
    values["date"] = facts["date"].value if "date" in facts else UNDATED
    values["kind"] = facts["kind"].value if "kind" in facts else UNKNOWN_KIND
    if "language" in facts:
        values["language"] = facts["language"].value
    for key, fact_key in (("authors", "author"), ("signatories", "signatory"), ("recipients", "recipient")):
        slugs = list(names.get(fact_key, ()))
        if key == "authors" and not slugs:
            slugs = list(names.get("signatory", ()))
        if slugs:
            values[key] = slugs
    if names.get("publisher"):
        values["publisher"] = names["publisher"][0]
    chain = [fact for fact in composed.facts if fact.key == "outlet"]
    if chain:
        values["provenance"] = [
            {
                "actor": slug,
                "role": "published" if place == 0 else "reposted",
                "note": f"Named in line {fact.line} of the source.",
            }
            for place, (slug, fact) in enumerate(zip(names["outlet"], chain, strict=False))
        ]
    values["rights"] = {"publish": "record", "statement": RIGHTS}
    values["source"] = {"file": source.file, "sha256": source.sha256}
    values["evidence"] = {
        key: {"line": fact.line, "words": _short(fact.words)}
        for key, fact in facts.items()
        if key in ("title", "date", "kind", "language", "publisher")
    }
    for key, fact_key in (("recipients", "recipient"), ("signatories", "signatory")):
        if fact_key in facts:
            values["evidence"][key] = {"line": facts[fact_key].line, "words": _short(facts[fact_key].words)}
    footnotes = _footnotes(composed.notes, cited)
    if footnotes:
        values["footnotes"] = footnotes
    if composed.repairs:
        values["repairs"] = [
            {
                "rule": r.rule,
                "source_line": max(r.line, 1),
                "before": _before(r),
                "after": _excerpt(r.after),
                "by": "import",
            }
            for r in composed.repairs
        ]
    gaps = [{"what": what, "why": why} for key, what, why in MISSING if key not in facts]
    gaps += [{"what": what, **({"why": why} if why else {})} for what, why in composed.gaps]
    if gaps:
        values["gaps"] = gaps
    return f"---\n{dump(values)}---\n"


def _footnotes(notes: Sequence[Note], cited: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """Return what the record says of each note: the entry that it cites, and that its mark is lost."""
    found: dict[str, dict[str, object]] = {}
    for note in notes:
        detail: dict[str, object] = {}
        if note.label in cited:
            detail["cites"] = [cited[note.label]]
        if not note.is_marked:
            detail["mark"] = "lost"
        if detail:
            found[note.label] = detail
    return found


def _before(repair: Repair) -> str:
    """Return the words before a repair, of what was cut only the first and last.

    It may be another's, under copyright.
    """
    words = repair.before.split()
    if repair.after or len(words) <= 2 * CUT_WORDS:
        return _excerpt(repair.before)
    return f"{' '.join(words[:CUT_WORDS])} … {' '.join(words[-CUT_WORDS:])}"


def _excerpt(words: str) -> str:
    """Return the beginning and end of long words."""
    return (
        words
        if len(words) <= LONGEST_EXCERPT
        else f"{words[: LONGEST_EXCERPT // 2]} … {words[-LONGEST_EXCERPT // 3 :]}"
    )


def _title(facts: Mapping[str, Fact]) -> str:
    """Return the title, or in square brackets what can be said of the document."""
    if "title" in facts and facts["title"].value.strip():
        return " ".join(facts["title"].value.split())
    kind = facts["kind"].value if "kind" in facts else UNKNOWN_KIND
    to = f" to {facts['recipient'].value}" if "recipient" in facts else ""
    date = f", {facts['date'].value}" if "date" in facts else ""
    return f"[{kind[:1].upper()}{kind[1:]}{to}{date}]"


def _short(words: str) -> str:
    """Return the first words that a fact rests on: enough to find the place, too few to be anyone's text."""
    first = words.split()
    text = " ".join(first[:EVIDENCE_WORDS])
    return text if len(first) <= EVIDENCE_WORDS else f"{text} …"


def render_citations(drafts: Sequence[CitationDraft]) -> str:
    """Return entries in CSL-YAML, each with the note that it was drafted from; "" for none."""
    parts = []
    for draft in drafts:
        doubts = "".join(f"# {doubt}\n" for doubt in draft.doubts)
        parts.append(f"{doubts}{dump([{'id': draft.id, **draft.values}])}")
    return "\n".join(parts)


class _Dumper(yaml.SafeDumper):
    """Small mappings on one line, as editors write them; no aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML calls it so
        return True

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        node = super().represent_mapping(tag, mapping, flow_style=flow_style)
        values = list(mapping.values()) if isinstance(mapping, dict) else []
        is_small = values and all(isinstance(value, str | int) for value in values)
        node.flow_style = bool(
            is_small and sum(len(str(value)) for value in values) <= WIDTH and "title" not in mapping
        )
        return node


def dump(value: object) -> str:
    """Return a value as YAML with keys in the order given."""
    return yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )
