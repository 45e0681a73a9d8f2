"""Suggestions as lines on a terminal, and as one object for editors' tools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from generator.suggest.model import Context, NewActor, NewAlias, Suggestion
from generator.suggest.register import Written

SHOWN_CONTEXTS = 3


def select(suggestions: Sequence[Suggestion], kinds: Sequence[str], limit: int) -> tuple[Suggestion, ...]:
    """Return the first `limit` suggestions of some kinds; no kinds are all kinds, and 0 is no limit."""
    of_kinds = [one for one in suggestions if not kinds or one.kind in kinds]
    return tuple(of_kinds[:limit] if limit else of_kinds)


def show_suggestions(console: Console, shown: Sequence[Suggestion], total: int) -> None:
    """Print the suggestions with their reasons and first contexts, and how to write one."""
    for one in shown:
        console.print(_head(one), soft_wrap=True)
        for line in _details(one):
            console.print(line, soft_wrap=True)
    if not shown:
        console.print("Nothing to suggest.", markup=False)
        return
    console.print(f"{len(shown)} of {total} suggestions; none is linked before you write it.", markup=False)
    if any(one.writes for one in shown):
        first = next(one for one in shown if one.writes)
        console.print(
            f"Write one with --write {first.number} or --write {printable(first.id)}",
            markup=False,
            soft_wrap=True,
        )


def show_written(console: Console, written: Sequence[Written]) -> None:
    """Print which file each suggestion now stands in."""
    for one in written:
        console.print(
            f"{printable(one.path)}: {printable(effect(one.suggestion))}", markup=False, soft_wrap=True
        )


def suggestion_as_json(one: Suggestion) -> dict[str, object]:
    """Return a suggestion as plain values for `--json`; columns and lines count from 1, `hit` counts code points."""
    return {
        "number": one.number,
        "id": one.id,
        "kind": one.kind,
        "words": one.words,
        "target": one.target or None,
        "likely_kind": one.likely_kind,
        "reason": one.reason,
        "count": one.count,
        "score": one.score,
        "score_parts": [{"label": part.label, "points": part.points} for part in one.parts],
        "contexts": [_context_as_json(context) for context in one.contexts],
        "writes": _writes_as_json(one),
        "help": one.help or None,
    }


def effect(one: Suggestion) -> str:
    """Return what writing a suggestion does, as the end of a sentence."""
    if isinstance(one.writes, NewActor):
        also = f", also {', '.join(one.writes.aliases)}" if one.writes.aliases else ""
        return f"new actor “{one.writes.name}” ({one.writes.kind}){also}"
    if isinstance(one.writes, NewAlias):
        return f"alias “{one.writes.alias}” of {one.writes.slug}"
    return "nothing"


def printable(words: str) -> str:
    """Return the words with control characters shown, so that corpus text cannot drive a terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in words)


def _head(one: Suggestion) -> Text:
    line = Text(f"{one.number:>3}  ")
    line.append(f"{one.kind:<13} ", style="cyan")
    line.append(printable(one.words), style="bold")
    times = f"  ×{one.count}" if one.count > 1 else ""
    line.append(f"{times}  {one.score} points", style="dim")
    return line


def _details(one: Suggestion) -> Iterator[Text]:
    yield Text(f"     {printable(one.reason)}")
    if one.help:
        yield Text(f"     {printable(one.help)}")
    for context in one.contexts[:SHOWN_CONTEXTS]:
        line = Text(f"     {context.place.path}:{context.place.line}: ", style="dim")
        before, hit, after = _parts(context)
        line.append(printable(before), style="not dim")
        line.append(printable(hit), style="not dim bold")
        line.append(printable(after), style="not dim")
        yield line
    if len(one.contexts) > SHOWN_CONTEXTS:
        yield Text(f"     … and {len(one.contexts) - SHOWN_CONTEXTS} more", style="dim")
    yield Text(
        f"     {printable(one.id)}" + (f" writes {printable(effect(one))}" if one.writes else ""), style="dim"
    )


def _parts(context: Context) -> tuple[str, str, str]:
    words, hit = context.words, context.hit
    return words[: hit.start], words[hit.start : hit.end], words[hit.end :]


def _context_as_json(context: Context) -> dict[str, object]:
    return {
        "path": context.place.path,
        "line": context.place.line,
        "column": context.place.column,
        "document": context.document,
        "words": context.words,
        "hit": [context.hit.start, context.hit.end],
    }


def _writes_as_json(one: Suggestion) -> dict[str, object] | None:
    if isinstance(one.writes, NewActor):
        actor = one.writes
        return {"actor": {"name": actor.name, "kind": actor.kind, "aliases": list(actor.aliases)}}
    if isinstance(one.writes, NewAlias):
        return {"alias": {"slug": one.writes.slug, "alias": one.writes.alias}}
    return None
