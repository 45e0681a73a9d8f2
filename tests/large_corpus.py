"""Corpora of any size, made of the same words in every run."""

from __future__ import annotations

import random
from pathlib import Path

WORDS = ["the", "of", "harbour", "wall", "cost", "letter", "board", "sum", "tide", "stone", "report", "said"]


def write_large_corpus(folder: Path, documents: int, *, notes: int = 0) -> None:
    """Write a corpus with one actor for five documents, one issue for twenty.

    A document has 700 words with 40 names, of which 38 or so are linked, four annotations, and so many notes of its own
    (at most ten), each with a line that names somebody.
    """
    chance = random.Random(documents)  # noqa: S311 - the same words in every run
    actors = max(documents // 5, 2)
    issues = max(documents // 20, 1)
    for name in ("documents", "texts", "annotations", "actors", "issues"):
        (folder / name).mkdir(parents=True)
    for number in range(actors):
        text = f"---\nname: Person Number{number}\nkind: person\naliases: [Number{number}]\n---\nNamed.\n"
        (folder / f"actors/p{number}.md").write_text(text)
    for number in range(issues):
        text = f"---\ntitle: Issue {number}\naliases: [matter{number}]\n---\nDisputed.\n"
        (folder / f"issues/i{number}.md").write_text(text)
    for number in range(documents):
        passages = []
        for passage in range(10):
            words = [chance.choice(WORDS) for _ in range(70)]
            for _ in range(3):
                words[chance.randrange(70)] = f"Number{chance.randrange(actors)}"
            words[chance.randrange(70)] = f"matter{chance.randrange(issues)}"
            mark = f"[^{passage + 1}]" if passage < notes else ""
            passages.append(f"Unique{number}x{passage} " + " ".join(words) + f".{mark}")
        passages += [
            f"[^{note + 1}]: Number{(number + note) % actors}, letter {note}." for note in range(notes)
        ]
        (folder / f"texts/d{number}.md").write_text("\n\n".join(passages) + "\n")
        record = f"---\ntitle: Document {number}\ndate: 19{number % 90 + 10}-01-02\nkind: letter\n"
        record += f"rights: {{publish: full}}\nissues: [i{number % issues}]\n---\nA digest.[@d{number}#¶2]\n"
        (folder / f"documents/d{number}.md").write_text(record)
        annotations = "".join(
            f"- {{id: n{p}, quote: Unique{number}x{p}, speaker: p{number % actors}, issues: [i{number % issues}]}}\n"
            for p in range(0, 10, 3)
        )
        (folder / f"annotations/d{number}.yml").write_text(annotations)
