"""An alias put into the front matter of a record by the smallest edit of its text: nothing else moves.

YAML is read for the places of its parts and never written again, so that comments, order and quotation marks stay.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import yaml

from generator.load.yaml import parse_yaml

FENCES = ("---", "...")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """One value of the top mapping: the offsets at which its key and it begin and its last scalar ends."""

    key: str
    start: int
    end: int
    event: yaml.Event
    item_ends: tuple[int, ...] = ()


def add_alias(text: str, alias: str) -> str:
    """Return the text of a record with one more alias, behind those it has.

    `text` is the whole file as it is on disk, with its own line ends.

    Raises:
        ValueError: the text has no front matter with a mapping in which an alias could stand.
    """
    start, end = _front_matter(text)
    block = text[start:end]
    newline = "\r\n" if "\r\n" in text else "\n"
    values, is_flow = _values(block)
    at, words = _insertion(block, values, alias, newline, is_flow)
    return text[: start + at] + words + text[start + at :]


def quote_scalar(words: str) -> str:
    """Return the words as a YAML scalar that means them in a list of either style: bare where that is safe."""
    flow, _, flow_faults = parse_yaml(f"[{words}]", path="")
    block, _, block_faults = parse_yaml(f"- {words}\n", path="")
    is_safe = not flow_faults and not block_faults and flow == block == [words]
    return words if is_safe else json.dumps(words, ensure_ascii=False)


def _front_matter(text: str) -> tuple[int, int]:
    """Return where the YAML begins and ends."""
    lines = [f"{line}\n" for line in text.split("\n")]
    if lines[0].rstrip() != "---":
        raise ValueError("the record has no front matter")
    offset = len(lines[0])
    start = offset
    for line in lines[1:]:
        if line.rstrip() in FENCES:
            return start, offset
        offset += len(line)
    raise ValueError("the front matter is not closed")


def _values(block: str) -> tuple[list[_Value], bool]:
    """Return the entries of the top mapping, and whether it is written in braces."""
    values: list[_Value] = []
    depth = 0
    is_flow = False
    key: str | None = None
    first: yaml.Event | None = None
    ends: list[int] = []
    last = 0
    for event in yaml.parse(block, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if depth == 0:
                is_flow = bool(event.flow_style)
            if depth == 1:
                first, ends = event, []
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
            is_bracket = _end(event) > _start(event)
            if is_bracket:
                last = _end(event)
            if depth == 2:
                ends.append(last)
            if depth == 1 and key is not None and first is not None:
                value_end = _end(event) if is_bracket else last
                values.append(
                    _Value(
                        key=key,
                        start=_start(first),
                        end=value_end,
                        event=first,
                        item_ends=tuple(ends),
                    )
                )
                key = None
        elif isinstance(event, yaml.ScalarEvent):
            last = _end(event)
            if depth == 2:
                ends.append(last)
            elif depth == 1 and key is None:
                key = event.value
            elif depth == 1 and key is not None:
                values.append(_Value(key=key, start=_start(event), end=last, event=event))
                key = None
    if not values:
        raise ValueError("the front matter holds no keys")
    return values, is_flow


def _insertion(block: str, values: list[_Value], alias: str, newline: str, is_flow: bool) -> tuple[int, str]:
    """Return where to insert which words."""
    scalar = quote_scalar(alias)
    known = next((value for value in values if value.key == "aliases"), None)
    if known is None:
        after = next((v for v in values if v.key == "kind"), None) or next(
            (v for v in values if v.key in ("title", "name")), values[-1]
        )
        if is_flow:
            return after.end, f", aliases: [{scalar}]"
        at = _end_of_line(block, after.end)
        return at, _line(block, at, f"aliases: [{scalar}]", newline)
    if not isinstance(known.event, yaml.SequenceStartEvent):
        raise ValueError("`aliases` is no list")
    if known.event.flow_style:
        if not known.item_ends:
            return known.start + 1, scalar
        return known.item_ends[-1], f", {scalar}"
    at = _end_of_line(block, known.item_ends[-1])
    indent = " " * _column(block, known.start)
    return at, _line(block, at, f"{indent}- {scalar}", newline)


def _end_of_line(block: str, offset: int) -> int:
    """Return the offset at which the next line begins; a value that ends with a line end is followed by it."""
    if offset and block[offset - 1] == "\n":
        return offset
    end = block.find("\n", offset)
    return len(block) if end < 0 else end + 1


def _line(block: str, at: int, words: str, newline: str) -> str:
    is_open = at > 0 and block[at - 1] != "\n"
    return f"{newline}{words}" if is_open else f"{words}{newline}"


def _start(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return int(event.start_mark.index)


def _end(event: yaml.Event) -> int:
    assert event.end_mark is not None
    return int(event.end_mark.index)


def _column(block: str, offset: int) -> int:
    return offset - (block.rfind("\n", 0, offset) + 1)
