"""Small corpora for tests: texts in, a folder on disk out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.build import check_edition
from generator.built import EditionChoice
from generator.diagnostics import Diagnostic, format_diagnostic, sort_diagnostics
from generator.load import load_corpus
from generator.model.corpus import Corpus
from generator.model.index import Index
from generator.model.linked import LinkedCorpus

PUBLIC = EditionChoice(name="public", day="2026-01-01")

# A sound corpus with one of everything: no stage finds fault with it.
HARBOUR: Mapping[str, str] = {
    "dossier.md": """\
---
title: Harbour Papers
---
How the quay was built: [[memo-1962]] and what came of it.
""",
    "documents/memo-1962.md": """\
---
title: Memorandum on the harbour wall
short_title: Harbour memo
date: 1962-03-14
kind: memorandum
authors: [ann-lee]
recipients: [harbour-board]
rights: {publish: full}
issues: [harbour-wall]
footnotes:
  "1": {cites: [gazette-1961]}
---
The engineer warns of the cost.[@memo-1962#wall-cost]
""",
    "texts/memo-1962.md": """\
The Harbour Board asked what the harbour wall would cost.

In my view the wall will cost twice the sum named last year.[^1] Ann Lee signed this.

- Stone is dear.
- Labour is scarce, as Jo Smith wrote.

[^1]: Jo Smith, "The wall that leaks".
""",
    "annotations/memo-1962.yml": """\
- id: wall-cost
  quote: the wall will cost twice the sum named
  speaker: ann-lee
  addressee: [harbour-board]
  issues: [harbour-wall]
  note: The figure is revised in [[minutes-1963]].
""",
    "documents/minutes-1963.md": """\
---
title: Minutes of the Harbour Board
date: 1963-01
kind: minutes
publisher: harbour-board
rights: {publish: excerpts}
issues: [harbour-dues]
---
The Harbour Board raises the harbour dues.[@minutes-1963#dues]
""",
    "texts/minutes-1963.md": """\
The members resolved to raise the dues by a tenth.
""",
    "annotations/minutes-1963.yml": """\
- id: dues
  quote: raise the dues
  speaker: [harbour-board]
  date: 1963-01-07
  issues: [harbour-dues]
""",
    "actors/ann-lee.md": """\
---
name: Ann Lee
kind: person
aliases: [Ms. Lee]
roles:
  - {role: Harbour engineer, at: harbour-board, date: 1958/1964, cites: ["memo-1962#¶1"]}
---
She built the quay.[@memo-1962#¶2]
""",
    "actors/harbour-board.md": """\
---
name: Harbour Board
kind: public body
---
It owned the quay.[@minutes-1963#dues]
""",
    "actors/jo-smith.md": """\
---
name: Jo Smith
kind: person
---
He wrote for the Gazette.[@gazette-1961, p. 4]
""",
    "issues/harbour-wall.md": """\
---
title: The harbour wall
aliases: [harbour wall, sea wall]
related: [harbour-dues]
---
It leaked.[@gazette-1961]
""",
    "issues/harbour-dues.md": """\
---
title: Harbour dues
aliases: [harbour dues]
---
They were raised once.[@minutes-1963#dues]
""",
    "citations.yml": """\
- id: gazette-1961
  type: article-newspaper
  title: The wall that leaks
  author: [{family: Smith, given: Jo}]
  issued: 1961-05-02
""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A corpus after the stages load to check, with all that they found; `whole` before it was narrowed."""

    whole: Corpus
    corpus: Corpus
    linked: LinkedCorpus
    index: Index
    diagnostics: tuple[Diagnostic, ...]

    @property
    def messages(self) -> str:
        """All findings as they are printed, one below the other."""
        return "\n".join(format_diagnostic(found) for found in self.diagnostics)


def write_corpus(
    folder: Path,
    files: Mapping[str, str | bytes | None] | None = None,
    *,
    base: Mapping[str, str] = HARBOUR,
) -> Path:
    """Return the folder `corpus` in `folder`, with the files of `base` and then `files`, by path in the corpus.

    A path given with None is left out.
    """
    root = folder / "corpus"
    root.mkdir(parents=True, exist_ok=True)
    for name, content in {**base, **(files or {})}.items():
        if content is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def run_stages(root: Path, edition: EditionChoice | None = PUBLIC) -> Staged:
    """Return a corpus folder after the stages before rendering; paths in messages begin with `corpus/`."""
    corpus, found = load_corpus(root, shown="corpus")
    assert corpus is not None, found
    checked = check_edition(corpus, edition, lambda stage: None)
    assert checked.corpus is not None, checked.diagnostics
    assert checked.linked is not None
    assert checked.index is not None
    return Staged(
        whole=corpus,
        corpus=checked.corpus,
        linked=checked.linked,
        index=checked.index,
        diagnostics=sort_diagnostics([*found, *checked.diagnostics]),
    )


def stage(
    folder: Path,
    files: Mapping[str, str | bytes | None] | None = None,
    edition: EditionChoice | None = PUBLIC,
) -> Staged:
    """Return the harbour corpus with `files` in place of its own, written below `folder`, after these stages."""
    return run_stages(write_corpus(folder, files), edition)
