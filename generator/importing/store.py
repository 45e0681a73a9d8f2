"""The files of an import on the disk: each as a whole or not at all, and nothing that an editor changed is lost."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, error, warning
from generator.disk import replacing
from generator.importing.citations import CitationDraft
from generator.importing.draft import dump, render_citations
from generator.importing.merge import merge, show_difference
from generator.importing.register import ActorDraft
from generator.model.places import Place

# What the last import gave, by document: the base against which editors' changes are told.
BASES = "imports"
# Names of files that come from outside: letters and digits of any script, and a few signs.
UNSAFE = re.compile(r"[^\w.-]+")
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A file that an import wrote, or would write: its path in the corpus, and the difference as a unified diff."""

    path: str
    difference: str
    is_new: bool


class Store:
    """A corpus folder that an import writes into. With `is_dry` it tells what it would write, and writes nothing."""

    def __init__(self, root: Path, shown: str, *, is_dry: bool) -> None:
        self.root = root
        self.shown = shown
        self.is_dry = is_dry
        self.changes: list[Change] = []
        self.found: list[Diagnostic] = []

    def shown_path(self, path: str) -> str:
        """Return a path of the corpus as messages name it."""
        return f"{self.shown}/{path}" if self.shown else path

    def keep_source(self, name: str, content: bytes) -> str:
        """Keep a file byte for byte in `sources/` and return its name there.

        Another file of that name gets its hash.
        """
        safe = _safe_name(name)
        digest = hashlib.sha256(content).hexdigest()
        target = self.root / "sources" / safe
        if target.exists() and (not target.is_file() or target.read_bytes() != content):
            stem, dot, ending = safe.rpartition(".")
            safe = f"{stem}-{digest[:8]}.{ending}" if dot else f"{safe}-{digest[:8]}"
            target = self.root / "sources" / safe
        if not target.exists():
            self.changes.append(Change(path=f"sources/{safe}", difference="", is_new=True))
            self._write(target, content)
        return safe

    def put(self, path: str, new: str, *, slug: str) -> None:
        """Write a file of a document, merged with what editors have changed since the last import gave it."""
        target = self.root / path
        base_path = self.root / BASES / slug / path.replace("/", "-")
        base = base_path.read_text(encoding="utf-8") if base_path.is_file() else None
        current = target.read_text(encoding="utf-8") if target.is_file() else None
        merged = merge(base, current, new)
        if base is None and current is not None and current != new:
            self.found.append(_no_base(self.shown_path(path)))
            self.changes.append(
                Change(path=path, difference=show_difference(current, new, path), is_new=False)
            )
            return
        self.found.extend(_conflict(self.shown_path(path), line) for line in merged.conflicts)
        if merged.text != current:
            difference = show_difference(current, merged.text, path) if current is not None else ""
            self.changes.append(Change(path=path, difference=difference, is_new=current is None))
            self._write(target, merged.text.encode())
        # With conflicts too: the marks stand in the file, and the next import starts from this one.
        if base != new:
            self._write(base_path, new.encode())

    def put_actor(self, actor: ActorDraft) -> None:
        """Write the draft of an actor; a file that is there stays."""
        path = f"actors/{actor.slug}.md"
        if (self.root / path).exists():
            return
        self.changes.append(Change(path=path, difference="", is_new=True))
        self._write(self.root / path, f"---\n{dump({'name': actor.name, 'kind': actor.kind})}---\n".encode())

    def add_citations(self, drafts: Sequence[CitationDraft]) -> None:
        """Append entries to the bibliography; what stands there stays as it is, byte for byte."""
        if not drafts:
            return
        target = self.root / "citations.yml"
        current = target.read_text(encoding="utf-8") if target.is_file() else ""
        parting = "" if not current else "\n" if current.endswith("\n") else "\n\n"
        text = f"{current}{parting}{render_citations(drafts)}"
        self.changes.append(
            Change(
                path="citations.yml",
                difference=show_difference(current, text, "citations.yml") if current else "",
                is_new=not current,
            )
        )
        self._write(target, text.encode())

    def write_text(self, path: str, text: str) -> None:
        """Replace a file by an edit of it."""
        self._write(self.root / path, text.encode())

    def _write(self, target: Path, content: bytes) -> None:
        """Write a file so that it is there whole or not at all."""
        if self.is_dry:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with replacing(target) as unfinished, unfinished.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())


def _safe_name(name: str) -> str:
    """Return a file name without folders and without signs that a system or a shell reads."""
    safe = UNSAFE.sub("-", name.replace("\\", "/").strip("/").replace("/", "--")).strip(".-") or "source"
    stem, dot, ending = safe.rpartition(".")
    return safe if len(safe) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"


def _conflict(path: str, line: int) -> Diagnostic:
    return error(
        Place(path=path, line=line),
        "import-conflict",
        "the import and the editors changed the same lines",
        why="taking either would lose the other's words",
        help="choose between the lines above and below `=======`, and delete the three lines of marks",
    )


def _no_base(path: str) -> Diagnostic:
    return warning(
        Place(path=path),
        "no-import-base",
        "the file is not from an import, or what that import gave is not kept: it was left as it is",
        why="editors' words and the import's cannot be told apart",
        help=f"compare it with the difference shown, or delete it and import again; `{BASES}/` keeps what imports gave",
    )
