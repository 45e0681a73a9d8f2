"""One import: files read, composed, compared with the corpus and written, in the order in which they are named."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from generator.diagnostics import Diagnostic, info, sort_diagnostics
from generator.importing.citations import CitationDraft
from generator.importing.compose import Composed
from generator.importing.draft import SourceName, render_record, render_text
from generator.importing.duplicates import NearDuplicate, TextIndex
from generator.importing.readers.bounded import ReadFile, read_files
from generator.importing.register import Register, resolve_names
from generator.importing.store import Change, Store
from generator.importing.versions import add_version
from generator.load import load_corpus
from generator.model.corpus import Corpus
from generator.model.places import Place
from generator.text.slugs import is_slug_character, slug_fault

LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an import is asked for. `kept` are words of lines that are no furniture, `without` names of rules."""

    without: frozenset[str] = frozenset()
    kept: tuple[str, ...] = ()
    slug: str = ""
    is_separate: bool = False
    is_dry: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of one file: the document it became or belongs to, or None with the reason among the findings."""

    name: str
    slug: str | None = None
    composed: Composed | None = None
    duplicate: NearDuplicate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What came of an import: each file in order, the files written with their differences, all findings."""

    files: tuple[Imported, ...]
    changes: tuple[Change, ...]
    found: tuple[Diagnostic, ...] = field(default=())


def import_files(
    paths: Sequence[Path],
    root: Path,
    shown: str,
    options: Options,
    on_read: Callable[[str, int], None] = lambda name, total: None,
) -> Import:
    """Import files into the corpus folder `root`, and return what came of each.

    A folder stands for the files in it, at any depth, in order of their names. A file that cannot be read is a
    finding and stops no other. The same files give the same corpus, whatever `jobs` is.
    """
    if not options.is_dry:
        (root / "documents").mkdir(parents=True, exist_ok=True)
    corpus, _ = load_corpus(root, shown=shown)
    store = Store(root, shown, is_dry=options.is_dry)
    desk = _Desk(corpus, store, options)
    named = list(_files(paths))
    read = read_files(
        named,
        jobs=options.jobs,
        without=options.without,
        kept=options.kept,
        on_done=lambda file: on_read(file.name, len(named)),
    )
    files: list[Imported] = []
    found: list[Diagnostic] = []
    for file in read:
        content = Path(file.name).read_bytes() if file.composed is not None or file.parts else b""
        for name, one, bytes_ in _with_parts(file, content):
            found.extend(one.found)
            if one.composed is not None:
                files.append(desk.file(name, bytes_, one.composed))
            elif not one.parts:
                files.append(Imported(name=name))
    return Import(
        files=tuple(files),
        changes=tuple(store.changes),
        found=sort_diagnostics((*found, *store.found, *desk.found)),
    )


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                one for one in path.rglob("*") if one.is_file() and not one.name.startswith(".")
            )
        else:
            yield path


def _with_parts(file: ReadFile, content: bytes) -> Iterator[tuple[str, ReadFile, bytes]]:
    yield Path(file.name).name, file, content
    for part in file.parts:
        for name, one, inner in _with_parts(part, part.content or b""):
            yield f"{Path(file.name).name}/{name}", one, inner


class _Desk:
    """Where composed documents become files of the corpus, one after the other."""

    def __init__(self, corpus: Corpus | None, store: Store, options: Options) -> None:
        self._corpus = corpus
        self._store = store
        self._options = options
        self._register = Register(corpus)
        self._texts = TextIndex(
            {slug: file.text for slug, file in corpus.transcriptions.items()} if corpus is not None else {}
        )
        self._sources = {
            entry.record.source.file: slug
            for slug, entry in (corpus.documents.items() if corpus is not None else ())
            if entry.record.source is not None
        }
        self._taken = (
            set(corpus.documents) | set(corpus.actors) | set(corpus.issues) if corpus is not None else set()
        )
        self._entries = _entries(store.root / "citations.yml")
        self.found: list[Diagnostic] = []

    def file(self, name: str, content: bytes, composed: Composed) -> Imported:
        """Put one document into the corpus and return what came of it."""
        kept = self._store.keep_source(name, content)
        text = render_text(composed)
        known = self._sources.get(kept) or self._edition_of(name, text)
        slug = self._options.slug or known or self._new_slug(composed, name)
        duplicate = None if self._options.is_separate or known else self._texts.find(text, but=slug)
        source = SourceName(file=kept, sha256=hashlib.sha256(content).hexdigest())
        if duplicate is not None:
            self.found.append(_near_duplicate(self._store.shown_path(f"sources/{kept}"), duplicate))
            add_version(self._store, duplicate, source, composed)
            return Imported(name=name, slug=duplicate.slug, composed=composed, duplicate=duplicate)
        self._taken.add(slug)
        self._sources[kept] = slug
        before = set(self._register.drafts)
        names = resolve_names(composed.facts, self._register)
        for actor in self._register.drafts.values():
            if actor.slug not in before:
                self._store.put_actor(actor)
        cited, new = self._cite(composed.citations)
        self._store.put(f"texts/{slug}.md", text, slug=slug)
        self._store.put(f"documents/{slug}.md", render_record(composed, source, names, cited), slug=slug)
        self._store.add_citations(new)
        self._texts.add(slug, text)
        return Imported(name=name, slug=slug, composed=composed)

    def _edition_of(self, name: str, text: str) -> str | None:
        """Return the document whose source had this name and nearly this text; another file of the name is none."""
        named = self._sources.get(Path(name).name)
        near = self._texts.find(text) if named is not None else None
        return named if near is not None and near.slug == named else None

    def _new_slug(self, composed: Composed, name: str) -> str:
        """Return a slug from the title, or from the file's name where it has none."""
        title = next((fact.value for fact in composed.facts if fact.key == "title"), "")
        stem = Path(name).name.rsplit(".", 1)[0]
        base = _slug(title) or _slug(stem) or "document"
        slug, number = base, 2
        while slug in self._taken or slug_fault(slug) is not None:
            slug, number = f"{base}-{number}", number + 1
        return slug

    def _cite(self, drafts: Sequence[CitationDraft]) -> tuple[dict[str, str], list[CitationDraft]]:
        """Return the bibliography's id for each note, and the drafts of entries that it lacks."""
        cited: dict[str, str] = {}
        new: list[CitationDraft] = []
        for draft in drafts:
            keys = [
                key
                for key in (
                    _entry_key("URL", draft.values.get("URL")),
                    _entry_key("title", draft.values.get("title")),
                )
                if key
            ]
            known = next((self._entries[key] for key in keys if key in self._entries), None)
            if known is None:
                known, number = draft.id, 2
                while known in self._entries.values() or known in self._taken:
                    known, number = f"{draft.id}-{number}", number + 1
                new.append(
                    CitationDraft(id=known, label=draft.label, values=draft.values, doubts=draft.doubts)
                )
                for key in keys:
                    self._entries.setdefault(key, known)
            cited[draft.label] = known
        return cited, new


def _entries(path: Path) -> dict[str, str]:
    """Return the ids of a bibliography by address and title."""
    if not path.is_file():
        return {}
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        return {}
    found: dict[str, str] = {}
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and "id" in entry:
            for key in (_entry_key("URL", entry.get("URL")), _entry_key("title", entry.get("title"))):
                if key:
                    found.setdefault(key, str(entry["id"]))
    return found


def _entry_key(field_name: str, value: object) -> str:
    text = (
        re.sub(r"^https?://(?:www\.)?|/$", "", str(value or "")) if field_name == "URL" else str(value or "")
    )
    words = re.sub(r"\W+", " ", text).strip().casefold()
    return f"{field_name} {words}" if len(words) > 3 else ""


def _slug(text: str) -> str:
    """Return the words of a text as a slug: letters without accents, as many whole words as fit."""
    letters = "".join(
        c
        for c in unicodedata.normalize("NFD", text.replace("'", "").replace("’", ""))
        if not unicodedata.combining(c)
    )
    joined = "".join(c if is_slug_character(c) and c not in "._" else " " for c in letters.casefold())
    slug = unicodedata.normalize("NFC", "-".join(joined.replace("-", " ").split()))
    if len(slug) > LONGEST_SLUG:
        slug = slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]
    return slug


def _near_duplicate(path: str, duplicate: NearDuplicate) -> Diagnostic:
    return info(
        Place(path=path),
        "near-duplicate",
        f"{duplicate.share:.0%} of the smaller text stands in `{duplicate.slug}` as well: recorded there as a version",
        why="two documents with the same words would count each statement twice",
        help="`--separate` makes it a document of its own",
    )
