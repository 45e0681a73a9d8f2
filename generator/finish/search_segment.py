"""A segment: the index that Pagefind makes of some pages, read into words, facets and pages, to be joined with others.

What Pagefind takes of time and memory grows with the pages given to it at once: a segment has about a hundred of them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from generator.finish.search_cbor import Value, pack, read_file, unpack_all, unpack_head

# What is known of a page beside its words, in the order in which the joined index numbers it.
FIELDS = ("alias", "title", "when")
# Where the parts of the file of an index stand in it.
PAGES, CHUNKS, FACETS, META_FIELDS = 1, 2, 3, 5
# A number of CBOR that is not negative · one that may be · the head of a list.
NUMBER = rb"(?:[\x00-\x17]|\x18.|\x19..|\x1a....)"
INTEGER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
# 83 05 82 38 48 07 80: five pages after the one before; at the weight -73 the word 7; no word of its title.
POSTING = re.compile(rb"\x83(" + NUMBER + rb")" + LIST + INTEGER + rb"*" + LIST + INTEGER + rb"*", re.DOTALL)
POSTINGS = re.compile(rb"(?:" + POSTING.pattern.replace(b"(" + NUMBER, b"(?:" + NUMBER) + rb")*", re.DOTALL)


class SegmentError(Exception):
    """Pagefind could not index some pages: what happened, and why."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(what, why)
        self.what, self.why = what, why


class Postings(NamedTuple):
    """The pages with one word, in their order: how many, the number of the first and of the last.

    `rest` is the CBOR of all of them but for the head and the number of the first.
    """

    pages: int
    first: int
    last: int
    rest: bytes


class IndexedPage(NamedTuple):
    """A page in an index: its path, how many words it has, and what is shown of it, as Pagefind writes it."""

    path: str
    words: int
    fragment: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """An index of some pages, which are numbered from 0.

    Spellings of a word with accents stand under their form, the word itself under an empty one. `wasm` names the
    program of the language.
    """

    version: str
    wasm: str
    include_characters: tuple[str, ...]
    pages: tuple[IndexedPage, ...]
    words: Mapping[str, Mapping[str, Postings]]
    facets: Mapping[str, Mapping[str, tuple[int, ...]]]


def make_segment(
    pages: Mapping[str, str], language: str, pagefind: Sequence[str], program: Path | None = None
) -> Segment:
    """Return the index of pages, given as HTML by path. The same pages give the same segment.

    `program`: a folder into which Pagefind's script and WebAssembly program are written besides.

    Raises:
        SegmentError: Pagefind failed, or wrote what Pagefind 1.5 does not write.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-search-") as temporary:
        site, folder = Path(temporary, "site"), Path(temporary, "index")
        for name, content in sorted(pages.items()):
            path = site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        _run([*pagefind, "--site", str(site), "--output-path", str(folder), "--force-language", language])
        try:
            segment = _read_segment(folder, pages)
            if program is not None:
                for name in ("pagefind.js", f"wasm.{segment.wasm}.pagefind"):
                    (program / name).write_bytes((folder / name).read_bytes())
        except FileNotFoundError as fault:
            missing = Path(str(fault.filename)).name
            raise SegmentError(
                f"Pagefind wrote no `{missing}`", "it is of a version that Dossier does not know"
            ) from fault
        except (ValueError, KeyError, TypeError, IndexError) as fault:
            raise SegmentError(
                f"the index cannot be read: {fault}", "it is of a version that Dossier does not know"
            ) from fault
    return segment


def _run(command: list[str]) -> None:
    # One thread, in the order of the paths: the same pages give the same bytes.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    environment |= {"RAYON_NUM_THREADS": "1"}
    try:
        ended = subprocess.run(
            [*command, "--keep-index-url", "--quiet"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as fault:
        raise SegmentError("Pagefind cannot be run", str(fault)) from fault
    if ended.returncode != 0:
        lines = [line.strip() for line in ended.stdout.splitlines() if line.strip()]
        last = lines[-1] if lines else "it printed nothing"
        raise SegmentError(f"Pagefind ended with exit code {ended.returncode}", last)


def _read_segment(folder: Path, paths: Mapping[str, str]) -> Segment:
    entry = json.loads((folder / "pagefind-entry.json").read_bytes())
    (language,) = entry["languages"].values()
    meta = unpack_all(read_file(folder / f"pagefind.{language['hash']}.pf_meta"))
    if not isinstance(meta, list) or len(meta) <= META_FIELDS:
        raise ValueError("it holds no pages")
    fields = tuple(str(name) for name in _list(meta[META_FIELDS]))
    words: dict[str, dict[str, Postings]] = {}
    for chunk in _list(meta[CHUNKS]):
        content = read_file(folder / "index" / f"{_list(chunk)[2]}.pf_index")
        if fields != FIELDS:
            content = pack(_renumbered(unpack_all(content), fields))
        words.update(_read_words(content))
    return Segment(
        version=entry["version"],
        wasm=language["wasm"] or "unknown",
        include_characters=tuple(entry["include_characters"]),
        pages=tuple(_read_page(folder, _list(page), paths) for page in _list(meta[PAGES])),
        words=words,
        facets=dict(_read_facet(folder, _list(facet)) for facet in _list(meta[FACETS])),
    )


def _list(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is no list")
    return value


def _read_page(folder: Path, page: list[Value], paths: Mapping[str, str]) -> IndexedPage:
    name, words = page
    path = folder / "fragment" / f"{name}.pf_fragment"
    url = str(json.loads(read_file(path))["url"]).removeprefix("/")
    # One version writes addresses as they are, another percent-encoded.
    return IndexedPage(url if url in paths else unquote(url), int(str(words)), path.read_bytes())


def _read_facet(folder: Path, facet: list[Value]) -> tuple[str, dict[str, tuple[int, ...]]]:
    name, values = _list(unpack_all(read_file(folder / "filter" / f"{facet[1]}.pf_filter")))
    found = {}
    for one in _list(values):
        value, pages = _list(one)
        found[str(value)] = tuple(int(str(page)) for page in _list(pages))
    return str(name), found


def _read_words(content: bytes) -> Iterator[tuple[str, dict[str, Postings]]]:
    """Yield the words of a chunk, which is `[[[word, postings, [[form, postings], …]], …]]`."""
    count, at = unpack_head(content, 1)
    for _ in range(count):
        word, at = _read_text(content, at + 1)
        postings, at = _read_postings(content, at)
        forms = {"": postings}
        variants, at = unpack_head(content, at)
        for _ in range(variants):
            form, at = _read_text(content, at + 1)
            forms[form], at = _read_postings(content, at)
        yield word, forms
    if at != len(content):
        raise ValueError("a chunk holds more than words")


def _read_text(content: bytes, start: int) -> tuple[str, int]:
    length, at = unpack_head(content, start)
    return content[at : at + length].decode(), at + length


def _read_postings(content: bytes, start: int) -> tuple[Postings, int]:
    count, at = unpack_head(content, start)
    match = POSTINGS.match(content, at)
    assert match is not None  # it matches nothing, too
    steps = [unpack_head(step, 0)[0] for step in POSTING.findall(content, at, match.end())]
    if len(steps) != count:
        raise ValueError(f"a word has {len(steps)} pages of {count}")
    if not steps:
        return Postings(0, 0, 0, b""), at
    _, rest = unpack_head(content, at + 1)
    return Postings(count, steps[0], sum(steps), content[rest : match.end()]), match.end()


def _renumbered(chunk: Value, fields: Sequence[str]) -> Value:
    """Return a chunk with its fields numbered as those of the joined index: -1 stands for the first, and so on."""
    numbers = {-1 - old: -1 - FIELDS.index(name) for old, name in enumerate(fields)}

    def renumber(postings: Value) -> None:
        for posting in _list(postings):
            values = _list(posting)
            values[2] = [
                numbers[value] if isinstance(value, int) and value < 0 else value
                for value in _list(values[2])
            ]

    for word in _list(_list(chunk)[0]):
        _, postings, variants = _list(word)
        renumber(postings)
        for variant in _list(variants):
            renumber(_list(variant)[1])
    return chunk


def write_segment(segment: Segment) -> bytes:
    """Return a segment as bytes, which begin with their SHA-256."""
    blobs: list[bytes] = []

    def put(blob: bytes) -> int:
        blobs.append(blob)
        return len(blob)

    head = {
        "version": segment.version,
        "wasm": segment.wasm,
        "include": segment.include_characters,
        "pages": [(page.path, page.words, put(page.fragment)) for page in segment.pages],
        "words": [
            (word, form, one.pages, one.first, one.last, put(one.rest))
            for word, forms in segment.words.items()
            for form, one in forms.items()
        ],
        "facets": segment.facets,
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    content = b"".join([len(text).to_bytes(8), text, *blobs])
    return sha256(content).digest() + content


def read_segment(stored: bytes) -> Segment | None:
    """Return the segment that was written so, or None where the bytes are damaged."""
    content = stored[32:]
    if sha256(content).digest() != stored[:32]:
        return None
    end = 8 + int.from_bytes(content[:8])
    head = json.loads(content[8:end])
    at = end

    def take(length: int) -> bytes:
        nonlocal at
        at += length
        return content[at - length : at]

    pages = tuple(IndexedPage(path, words, take(length)) for path, words, length in head["pages"])
    words: dict[str, dict[str, Postings]] = {}
    for word, form, count, first, last, length in head["words"]:
        words.setdefault(word, {})[form] = Postings(count, first, last, take(length))
    return Segment(
        version=head["version"],
        wasm=head["wasm"],
        include_characters=tuple(head["include"]),
        pages=pages,
        words=words,
        facets={
            name: {value: tuple(numbers) for value, numbers in values.items()}
            for name, values in head["facets"].items()
        },
    )
