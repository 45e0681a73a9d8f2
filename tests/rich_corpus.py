"""Corpora of any size in which every part of the format is used, also what large ones of one kind do not have."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

WORDS = ["the", "of", "harbour", "wall", "cost", "letter", "board", "sum", "tide", "stone", "report", "said"]
FOLDERS = ("documents", "texts", "annotations", "actors", "issues", "sources")
KINDS = ("letter", "news report", "memorandum")
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def write_rich_corpus(folder: Path, documents: int) -> None:
    """Write a corpus with one actor for five documents, one issue for twenty and one work cited for four.

    The first actor, issue and work are named in every document. Of some documents only excerpts or the record are
    published, some are under embargo, internal or redacted, had another slug, or were corrected.
    """
    _Writer(folder, documents).write()


class _Writer:
    def __init__(self, folder: Path, documents: int) -> None:
        self._folder = folder
        self._documents = documents
        self._actors = max(documents // 5, 2)
        self._issues = max(documents // 20, 2)
        self._works = max(documents // 4, 2)
        self._chance = random.Random(documents)  # noqa: S311 - the same words in every run

    def write(self) -> None:
        for name in FOLDERS:
            (self._folder / name).mkdir(parents=True)
        self._put_page("dossier.md", {"title": "Harbours", "language": "en"}, "On [[i0]].[@d0#¶1]")
        self._put("about.md", "About [[p0]] and this. %%Not this.%%\n")
        for number in range(self._actors):
            self._write_actor(number)
        for number in range(self._issues):
            record = {
                "title": f"Issue {number}",
                "aliases": [f"matter{number}"],
                "related": [f"i{(number + 1) % self._issues}"],
                "formerly": [f"old-i{number}"],
            }
            self._put_page(
                f"issues/i{number}.md", record, f"Number{number} disputes it.[@d{_held(number)}#n0]"
            )
        for number in range(self._documents):
            self._write_document(number)
        self._put_list("citations.yml", [_work(number) for number in range(self._works)])
        self._put_list("corrections.yml", [_correction(number) for number in range(0, self._documents, 4)])

    def _write_actor(self, number: int) -> None:
        record: dict[str, Any] = {
            "name": f"Person Number{number}",
            "kind": "person" if number % 3 else "public body",
            "aliases": [f"Number{number}", {"alias": f"clerk{number}", "case_sensitive": False}],
            "exclude": [f"Number{number} Street"],
            "roles": [
                {"role": "Engineer", "at": "p0", "date": "1958/1964", "cites": [f"d{_held(number)}#n0"]}
            ]
            if number
            else [],
            "identifiers": {"wikidata": f"Q{number + 1}"},
        }
        if number % 4 == 1:
            record["formerly"] = [f"old-p{number}"]
        if number % 10 == 3:
            record["internal"] = True
        self._put_page(
            f"actors/p{number}.md",
            record,
            f"Named, with [[p0]] and others.[@d{_held(number)}#n0; @w{number % 2}]",
        )

    def _write_document(self, number: int) -> None:
        record: dict[str, Any] = {
            "title": f"Document {number}",
            "date": f"19{number % 90 + 10}-{number % 12 + 1:02}-{number % 28 + 1:02}{'~' if number % 9 == 8 else ''}",
            "kind": KINDS[number % len(KINDS)],
            "authors": [f"p{number % self._actors}"],
            "recipients": ["p0", f"p{(number + 1) % self._actors}"],
            "publisher": f"p{number % 2}",
            "provenance": [
                {"actor": "p0", "role": "issued"},
                {"name": f"Estate {number % 7}", "role": "kept"},
            ],
            "rights": {
                "publish": "excerpts" if number % 7 == 6 else "record" if number % 11 == 10 else "full"
            },
            "source": {"file": f"d{number}.txt", "sha256": SHA},
            "issues": ["i0", f"i{number % self._issues}"],
            "footnotes": {
                "1": {"cites": [f"w{number % self._works}", "w0"], "placed_by": "editors"},
                "2": {"mark": "lost"},
            },
            "repairs": [
                {"rule": "join-torn-sentence", "source_line": 2, "before": "a", "after": "b", "by": "editors"}
            ],
            "gaps": [{"what": "The enclosure is missing.", "why": "It is named.", "kind": "absent-document"}],
        }
        if number % 3 == 1:
            record["formerly"] = [f"old-d{number}"]
        if number % 50 == 41:
            record["embargo_until"] = "2999-01-01"
        if number % 50 == 43:
            record["internal"] = True
        if number % 10 == 2:
            record["redactions"] = [{"quote": f"secret{number}", "reason": "private"}]
        shown = "" if number % 11 == 10 else f' He said "Unique{number}x0 the wall".[@d{number}#n0]'
        digest = f"A digest on Number{number % self._actors}.[@d{number}#n0]{shown} %%For editors: {number} is here.%%"
        self._put_page(f"documents/d{number}.md", record, digest)
        self._put(f"texts/d{number}.md", self._text(number))
        self._put_list(f"annotations/d{number}.yml", self._annotations(number))
        if number % 2:
            (self._folder / f"sources/d{number}.txt").write_bytes(b"test")

    def _text(self, number: int) -> str:
        chance = self._chance
        passages = []
        for passage in range(6):
            words = [chance.choice(WORDS) for _ in range(40)]
            words[10] = f"Number{chance.randrange(self._actors)}"
            words[20] = f"matter{chance.randrange(self._issues)}"
            words[30] = "Number0"
            passages.append(f"Unique{number}x{passage} the wall " + " ".join(words) + ".")
        passages[0] += "[^1]"
        passages[1] += (
            f" Words of {number % 5} that stand in many harbours: the unloved lighthouse burns its oil."
        )
        if number % 10 == 2:
            passages[2] += f" And secret{number} words."
        notes = [f"[^1]: Number{number % self._actors}, letter {number}.", "[^2]: A lost note."]
        return "\n\n".join([*passages, *notes]) + "\n"

    def _annotations(self, number: int) -> list[dict[str, Any]]:
        speaker = f"p{number % self._actors}"
        first: dict[str, Any] = {
            "id": "n0",
            "quote": f"Unique{number}x0 the wall",
            "speaker": [speaker],
            "addressee": ["p0"],
            "issues": ["i0", f"i{number % self._issues}"],
            "modality": "asserts",
            "status": "quoted",
            "figures": [{"value": 1, "unit": "walls", "words": "the wall"}],
            "note": f"Number{number % self._actors} says so.[@d{number}#n0] %%A secret of {number}.%%",
        }
        hearsay: dict[str, Any] = {
            "id": "n1",
            "quote": f"Unique{number}x1 the wall",
            "attribution": "A clerk",
            "issues": [f"i{number % self._issues}"],
            "modality": "hearsay",
            "status": "paraphrased",
            "chain": [{"name": "a clerk"}, {"actor": "p0"}],
            "origin": "w0" if number % 2 else f"w{number % self._works}",
        }
        event: dict[str, Any] = {
            "id": "n3",
            "quote": f"Unique{number}x3 the wall",
            "date": f"18{number % 90 + 10}",
        }
        if number:
            first["relations"] = [
                {
                    "kind": "contradicts",
                    "to": f"d{number // 2}#n0",
                    "note": f"It differs.[@d{number // 2}#n0]",
                    "confirmed_by": "editors",
                }
            ]
        if number % 20 == 7:
            event["internal"] = True
        return [first, hearsay, event]

    def _put_page(self, name: str, record: dict[str, Any], body: str) -> None:
        self._put(name, f"---\n{yaml.safe_dump(record, sort_keys=False, width=1000)}---\n{body}\n")

    def _put_list(self, name: str, entries: list[dict[str, Any]]) -> None:
        self._put(name, yaml.safe_dump(entries, sort_keys=False, width=1000, allow_unicode=True))

    def _put(self, name: str, words: str) -> None:
        (self._folder / name).write_text(words, encoding="utf-8")


def _held(number: int) -> int:
    """Return the number of a document that the public edition holds: this one or the next."""
    return number + 1 if number % 50 in (41, 43) else number


def _work(number: int) -> dict[str, Any]:
    return {
        "id": f"w{number}",
        "type": "article-newspaper",
        "title": f"Work {number}",
        "author": [{"family": f"Family{number}", "given": "Jo"}],
        "container-title": "Harbour Gazette",
        "issued": f"19{number % 90 + 10}-05-02",
        "URL": f"https://gazette.example/{number}",
    }


def _correction(number: int) -> dict[str, Any]:
    return {
        "id": f"c{number}",
        "date": "2027-03-01",
        "kind": "correction",
        "of": [f"d{number}#n0", "i0"],
        "what": f"A word of [[d{number}]] was wrong.[@d{number}#n0]",
        "why": "A slip.",
    }
