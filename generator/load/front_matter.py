"""Markdown files with YAML front matter, split in two."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics import Diagnostic, error
from generator.model.places import CorpusFile, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The YAML and the Markdown of a file, each with the line of the file on which it begins."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split_front_matter(file: CorpusFile) -> tuple[Parts, tuple[Diagnostic, ...]]:
    """Return the file's front matter and body; without front matter all is body."""
    lines = file.text.split("\n")
    if lines[0].rstrip() != "---":
        return Parts(yaml="", yaml_line=1, body=file.text, body_line=1), ()
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return (
                Parts(
                    yaml="\n".join(lines[1:number]),
                    yaml_line=2,
                    body="\n".join(lines[number + 1 :]),
                    body_line=number + 2,
                ),
                (),
            )
    unclosed = error(
        Place(path=file.path),
        "unclosed-front-matter",
        "the front matter that begins here is not closed",
        why="the whole file would be read as YAML",
        help="add a line `---` below the last key",
    )
    return Parts(yaml="", yaml_line=1, body="", body_line=1), (unclosed,)


def missing_front_matter(file: CorpusFile) -> Diagnostic:
    """Return the diagnostic for a record without front matter."""
    return error(
        Place(path=file.path),
        "missing-front-matter",
        "the record has no front matter",
        why="its title or name, its kind and its dates stand there",
        help="begin the file with a line `---`, then its keys, then another line `---`",
    )
