"""Chosen suggestions put into the register, each checked before and after it is on the disk."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostics import Diagnostic, error, sort_diagnostics
from generator.disk import replacing
from generator.load.front_matter import split_front_matter
from generator.load.validate import validate
from generator.load.yaml import parse_yaml
from generator.model.corpus import Corpus
from generator.model.places import CorpusFile, Place
from generator.model.records import ActorRecord, IssueRecord
from generator.suggest.alias_edit import add_alias, quote_scalar
from generator.suggest.model import NewActor, NewAlias, Suggestion
from generator.text.slugs import MAX_BYTES, is_slug_character, slug_fault, slug_key

UNUSABLE = "actor"
MAX_SLUG = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A suggestion and the file that now holds it, as messages name it."""

    suggestion: Suggestion
    path: str


class _NotWrittenError(Exception):
    """Why a suggestion was not written."""


def write_suggestions(
    corpus: Corpus, root: Path, shown: str, chosen: Iterable[Suggestion]
) -> tuple[tuple[Written, ...], tuple[Diagnostic, ...]]:
    """Return what was written into the corpus folder `root`, and an error for each suggestion that was not.

    A new actor gets a file of its own. An alias is put into its record's front matter; the file then differs from what
    it was by these words alone, or it is left as it was. Nothing is overwritten. `shown` is how messages name `root`.
    """
    written: list[Written] = []
    found: list[Diagnostic] = []
    taken = {
        slug_key(slug) for slug in (*corpus.documents, *corpus.actors, *corpus.issues, *corpus.citations)
    }
    taken |= {slug_key(slug) for _, slug in corpus.left_out}
    for suggestion in chosen:
        try:
            if isinstance(suggestion.writes, NewActor):
                path = _write_actor(root, suggestion.writes, taken)
            elif isinstance(suggestion.writes, NewAlias):
                path = _write_alias(corpus, root, suggestion.writes)
            else:
                raise _NotWrittenError("it is for an editor to act on")
        except (_NotWrittenError, ValueError, OSError) as fault:
            found.append(_not_written(suggestion, shown, fault))
            continue
        written.append(Written(suggestion=suggestion, path=f"{shown}/{path}" if shown else path))
    return tuple(written), sort_diagnostics(found)


def actor_slug(name: str, taken: Collection[str]) -> str:
    """Return a slug for a name that no page has: letters without accents, words joined by hyphens.

    `taken` holds slug keys.
    """
    letters = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    joined = "".join(
        c if is_slug_character(c) and c not in "._" else " " for c in letters.replace("'", "").lower()
    )
    base = unicodedata.normalize("NFC", "-".join(joined.replace("-", " ").split()))[:MAX_SLUG].rstrip("-")
    while len(base.encode()) > MAX_BYTES // 2:
        base = base[:-1]
    if slug_fault(base) is not None:
        base = f"{UNUSABLE}-{base}" if base and slug_fault(f"{UNUSABLE}-{base}") is None else UNUSABLE
    slug, number = base, 1
    while slug_key(slug) in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def format_actor(actor: NewActor) -> str:
    """Return the file of a new actor: front matter and no profile yet."""
    aliases = ", ".join(quote_scalar(alias) for alias in actor.aliases)
    lines = [
        "---",
        f"name: {quote_scalar(actor.name)}",
        f"kind: {quote_scalar(actor.kind)}",
        *([f"aliases: [{aliases}]"] if aliases else []),
        "---",
    ]
    return "\n".join(lines) + "\n"


def _write_actor(root: Path, actor: NewActor, taken: set[str]) -> str:
    slug = actor_slug(actor.name, taken)
    text = format_actor(actor)
    expected = ActorRecord(name=actor.name, kind=actor.kind, aliases=actor.aliases)
    if _record(text, ActorRecord) != expected:
        raise _NotWrittenError("its words cannot stand in a record")
    path = root / "actors" / f"{slug}.md"
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise _NotWrittenError("the folder actors/ leads out of the corpus")
    path.parent.mkdir(exist_ok=True)
    # Never over a file that came into being since the corpus was read.
    with path.open("xb") as stream:
        stream.write(text.encode())
    taken.add(slug_key(slug))
    return f"actors/{slug}.md"


def _write_alias(corpus: Corpus, root: Path, new: NewAlias) -> str:
    folder = "actors" if new.slug in corpus.actors else "issues"
    entry = {**corpus.actors, **corpus.issues}[new.slug]
    record_type = ActorRecord if new.slug in corpus.actors else IssueRecord
    path = root / folder / Path(entry.file.path).name
    before = path.read_bytes()
    mark, text = _decode(before)
    was = _record(text, record_type)
    if was is None:
        raise _NotWrittenError("its record has changed since it was read")
    after = add_alias(text, new.alias)
    if _record(after, record_type) != replace(was, aliases=(*was.aliases, new.alias)):
        raise _NotWrittenError("the front matter is written in a way that no alias could be put into safely")
    if _body(after) != _body(text):
        raise _NotWrittenError("the text below the front matter would change")
    content = mark + after.encode()
    with replacing(path) as unfinished:
        unfinished.write_bytes(content)
        unfinished.chmod(path.stat().st_mode)
    if path.read_bytes() != content:
        raise _NotWrittenError("the file on the disk is not what was written")
    return f"{folder}/{path.name}"


def _decode(raw: bytes) -> tuple[bytes, str]:
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    return mark, raw[len(mark) :].decode()


def _record(
    text: str, record_type: type[ActorRecord] | type[IssueRecord]
) -> ActorRecord | IssueRecord | None:
    parts, faults = split_front_matter(_as_read(text))
    value, places, yaml_faults = parse_yaml(parts.yaml, path="")
    if faults or yaml_faults:
        return None
    record, _ = validate(value, record_type, places)
    return record if isinstance(record, record_type) else None


def _body(text: str) -> str:
    return split_front_matter(_as_read(text))[0].body


def _as_read(text: str) -> CorpusFile:
    """Return the text as `load` takes it."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return CorpusFile(path="", text=plain)


def _not_written(suggestion: Suggestion, shown: str, fault: Exception) -> Diagnostic:
    place = suggestion.contexts[0].place if suggestion.contexts else Place(path=shown)
    why = (fault.strerror or str(fault)) if isinstance(fault, OSError) else str(fault)
    return error(
        place,
        "suggestion-not-written",
        f"`{suggestion.id}` was not written: {why}",
        why="the register stays as it was; nothing is written by halves",
        help="add it by hand, or mend the record and run `dossier suggest` again",
    )
