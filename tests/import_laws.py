"""What holds of every import, whatever the file: checked by the fuzzers, by their finds and by Hypothesis."""

from __future__ import annotations

import re

from generator.importing.compose import RULES, Composed, compose
from generator.importing.draft import SourceName, render_citations, render_record, render_text
from generator.importing.model import Received
from generator.importing.readers.read import read_content
from generator.importing.register import Register, resolve_names
from generator.load.csl import parse_citations
from generator.load.front_matter import split_front_matter
from generator.load.validate import validate
from generator.load.yaml import parse_yaml
from generator.model.places import CorpusFile, Place
from generator.model.records import DocumentRecord

# A note's mark that a rule left as the readers write it.
RAW_MARK = re.compile(r"<sup>\s*\d{1,4}\s*</sup>")
SOURCE = SourceName(file="source.txt", sha256="0" * 64)


def import_content(name: str, content: bytes) -> Composed | None:
    """Return the draft of a file, or None where the reader refused it with a finding; all laws hold of it.

    Raises:
        AssertionError: a law does not hold.
    """
    result = read_content(name, content)
    if result.received is None:
        assert result.found or result.members
        return None
    composed = compose(result.received)
    assert composed == compose(result.received)
    check_repairs(result.received, composed)
    check_files(composed)
    return composed


def check_repairs(received: Received, composed: Composed) -> None:
    """Every repair and every fact names a rule and a line of the source."""
    last = max(line.number for line in received.lines)
    known = {*RULES, *(repair.rule for repair in received.repairs)}
    stated = {fact.line for fact in received.facts}
    for repair in composed.repairs:
        assert repair.rule in known, repair
        assert 1 <= repair.line <= last, repair
        assert repair.before != repair.after or repair.rule == "heading-to-paragraph", repair
    for fact in composed.facts:
        assert 0 <= fact.line <= last or fact.line in stated, fact


def check_files(composed: Composed) -> None:
    """What is written can be read again: record and bibliography without a finding, notes with labels of their own."""
    labels = [note.label for note in composed.notes]
    assert len(labels) == len(set(labels)), labels
    names = resolve_names(composed.facts, Register(None))
    cited = {draft.label: draft.id for draft in composed.citations}
    text = render_text(composed)
    assert "\0" not in text
    record = CorpusFile(path="record.md", text=render_record(composed, SOURCE, names, cited))
    parts, found = split_front_matter(record)
    assert not found, found
    value, places, found = parse_yaml(parts.yaml, path=record.path, first_line=parts.yaml_line)
    assert not found, found
    document, found = validate(value, DocumentRecord, places)
    assert document is not None, found
    assert not found, found
    value, _, found = parse_yaml(render_citations(composed.citations), path="citations.yml")
    assert not found, found
    entries, found = parse_citations(value or [], lambda keys: Place(path="citations.yml"))
    assert not found, found
    assert len(entries) == len(composed.citations)
