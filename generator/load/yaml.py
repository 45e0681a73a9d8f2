"""YAML to plain values, with the place of every key path.

Every scalar stays text (only an empty value, `~` and `null` become None), so that `no`, `2018` and `2025-10-29` are
what the editor wrote; the records decide on types. Anchors, aliases and tags are refused: a few lines of them can
stand for gigabytes. https://yaml.org/spec/1.2.2/
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import yaml
from yaml.reader import ReaderError

from generator.diagnostics import Diagnostic, error
from generator.model.places import KeyPath, Place

Value = str | None | list["Value"] | dict[str, "Value"]

MAX_DEPTH = 40
# Not every installation of PyYAML has libyaml.
FAST_LOADER: Any = getattr(yaml, "CSafeLoader", None)
# What PyYAML's two parsers do not read alike: tabs, line ends but "\n", signs beyond the first plane, marks of order.
UNALIKE = re.compile("[\t\r\x85\u2028\u2029\ufeff\U00010000-\U0010ffff]")
STRANGE = re.compile("[\0\ud800-\udfff]")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    value: list[Value] | dict[str, Value]
    path: KeyPath
    key: str | None = None
    keys: set[str] = field(default_factory=set)


def parse_yaml(
    text: str, *, path: str, first_line: int = 1
) -> tuple[Value, dict[KeyPath, Place], tuple[Diagnostic, ...]]:
    """Return the value of the one YAML document in `text`, and the place of each key path in it.

    `first_line` is the line of the file on which `text` begins. The place of a mapping's entry is that of its key.
    On a syntax error the value is None and the diagnostics say where it is.
    """
    fast = _read_fast(text, path=path, first_line=first_line)
    if fast is not None:
        return fast.root, fast.places, ()
    reader = _Reader(text, path=path, first_line=first_line)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            reader.take(event)
            if reader.is_refused:
                break
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        reader.report(mark, _sentence(fault))
    except ReaderError as fault:
        reader.report_at(fault.position, f"{_character(chr(fault.character))} may not stand in it")
    except yaml.YAMLError as fault:
        reader.report(None, str(fault).splitlines()[0])
    if reader.found:
        return None, reader.places, tuple(reader.found)
    return reader.root, reader.places, ()


def _read_fast(text: str, *, path: str, first_line: int) -> _Reader | None:
    """Return what libyaml reads, None where it or its reader finds fault: the other parser says what is wrong.

    Marks of both count code points. A question mark without quotation marks ends a word in brackets for one of them.
    """
    if FAST_LOADER is None or UNALIKE.search(text):
        return None
    reader = _Reader(text, path=path, first_line=first_line)
    in_brackets = 0
    try:
        for event in yaml.parse(text, Loader=FAST_LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                in_brackets += bool(in_brackets or event.flow_style)
            elif isinstance(event, yaml.CollectionEndEvent):
                in_brackets -= bool(in_brackets)
            reader.take(event)
            if reader.is_refused or (in_brackets and _is_question(event)):
                return None
    except (yaml.YAMLError, UnicodeError):
        return None
    return None if reader.found else reader


def _is_question(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and "?" in event.value


def _sentence(fault: yaml.MarkedYAMLError) -> str:
    context = f"{fault.context}, " if fault.context else ""
    return f"{context}{fault.problem}"


def _character(character: str) -> str:
    return f"the character U+{ord(character):04X}"


def _cure(what: str) -> str:
    """Return how to mend what the YAML parser says."""
    if "'\\t'" in what:
        return "indent with spaces; YAML allows no tabs"
    if "mapping values are not allowed" in what:
        return "put a value that holds `: ` in quotation marks"
    return "look for a missing quotation mark, a colon inside a value, or uneven indentation"


class _Reader:
    """Builds values from YAML events without recursion, so that depth cannot exhaust the stack.

    A mark is one of two classes of PyYAML's; both have an `index` into the text. Its lines are not ours: YAML ends them
    at U+0085, U+2028 and U+2029 too.
    """

    def __init__(self, text: str, *, path: str, first_line: int) -> None:
        self.line_starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self.path = path
        self.first_line = first_line
        self.root: Value = None
        self.places: dict[KeyPath, Place] = {(): Place(path=path, line=first_line)}
        self.found: list[Diagnostic] = []
        self.is_refused = False
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(event.start_mark, "a second YAML document begins here; one file holds one")
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event.start_mark, f"the alias *{event.anchor} is not allowed; write the value again")
        elif isinstance(event, yaml.ScalarEvent):
            self._check_node(event)
            self._check_characters(event)
            is_null = not event.style and event.value in NULLS
            # Escapes such as "e\u0301" bring in what the file's own text no longer has.
            value = unicodedata.normalize("NFC", event.value)
            self._add(None if is_null else value, event.start_mark)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._check_node(event)
            self._enter([], event.start_mark)
        elif isinstance(event, yaml.MappingStartEvent):
            self._check_node(event)
            self._enter({}, event.start_mark)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._open.pop()

    def report(self, mark: Any, what: str) -> None:
        self.report_at(0 if mark is None else mark.index, what)

    def report_at(self, index: int, what: str) -> None:
        self.found.append(
            error(
                self._place_at(index),
                "invalid-yaml",
                f"not valid YAML: {what}",
                why="nothing in this file can be read until it is",
                help=_cure(what),
            )
        )

    def _refuse(self, mark: Any, what: str) -> None:
        self.report(mark, what)
        self.is_refused = True

    def _place(self, mark: Any) -> Place:
        return self._place_at(mark.index)

    def _place_at(self, index: int) -> Place:
        row = bisect.bisect_right(self.line_starts, index) - 1
        return Place(path=self.path, line=self.first_line + row, column=index - self.line_starts[row] + 1)

    def _check_characters(self, event: yaml.ScalarEvent) -> None:
        strange = STRANGE.search(event.value)
        if strange is not None:
            self._refuse(event.start_mark, f"{_character(strange[0])} may not stand in it")

    def _check_node(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._refuse(
                event.start_mark, f"the anchor &{event.anchor} is not allowed; write the value again"
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._refuse(event.start_mark, f"the tag {tag} is not allowed; write plain text")

    def _enter(self, value: list[Value] | dict[str, Value], mark: Any) -> None:
        path = self._add(value, mark)
        if len(self._open) >= MAX_DEPTH:
            self._refuse(mark, f"nested more than {MAX_DEPTH} levels deep")
        self._open.append(_Open(value=value, path=path))

    def _add(self, value: Value, mark: Any) -> KeyPath:
        """Put a value where it belongs and return its key path."""
        if not self._open:
            self.root = value
            return ()
        parent = self._open[-1]
        if isinstance(parent.value, list):
            path = (*parent.path, len(parent.value))
            self.places[path] = self._place(mark)
            parent.value.append(value)
            return path
        if parent.key is None:
            self._take_key(parent, value, mark)
            return parent.path
        path = (*parent.path, parent.key)
        parent.value[parent.key] = value
        parent.key = None
        return path

    def _take_key(self, parent: _Open, value: Value, mark: Any) -> None:
        if value is None or isinstance(value, list | dict):
            self._refuse(mark, "a key must be a word")
            return
        if value in parent.keys:
            self.found.append(
                error(
                    self._place(mark),
                    "duplicate-key",
                    f"the key `{value}` stands twice in one mapping",
                    why="only one of the two values could be kept",
                    help="remove one, or join the two values",
                )
            )
        parent.key = value
        parent.keys.add(value)
        self.places[(*parent.path, value)] = self._place(mark)
