"""A part: the index of some segments joined, as Pagefind's script reads it.

A part is what a reader's browser asks. What it does for a word grows with the square of the pages that have it: a large
site has several parts. The words stand in files small enough that one of each part can be read for each word asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from generator.finish.search_cbor import Value, pack, pack_head, pack_list, packed_file
from generator.finish.search_segment import FIELDS, Postings, Segment

# The bytes of a file of words before it is compressed to about half, in a site of one part and in one of several. Fewer
# would make many files, and a long list of them in the file that each search begins with.
ONE_CHUNK, SMALL_CHUNK = 60_000, 12_000
# Whoever types so many letters finds all words that begin with them, in whatever files they stand.
PREFIX_LETTERS = 5
# Of a SHA-256 in hexadecimal.
FILE_HASH, PAGE_HASH = 10, 8
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def write_part(
    segments: Sequence[Segment], dates: Mapping[str, str], folder: Path, language: str, *, is_only: bool
) -> dict[str, object]:
    """Write the joined index of segments into a folder, and return its entry: how Pagefind's script finds it.

    The entry also has the bytes of each facet. The same segments give the same bytes. `dates` (YYYY-MM-DD) are those of
    the pages by path; by them in the names of files search-query.js sorts. `is_only`: the site has no other part.
    """
    for name in ("index", "filter", "fragment"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    pages = [page for segment in segments for page in segment.pages]
    names = _page_names([(dates.get(page.path, ""), page.fragment) for page in pages])
    for page, name in zip(pages, names, strict=True):
        (folder / "fragment" / f"{name}.pf_fragment").write_bytes(page.fragment)
    starts = [0, *accumulate(len(segment.pages) for segment in segments)]
    chunks: list[Value] = []
    for first, last, content in _chunks(segments, starts, ONE_CHUNK if is_only else SMALL_CHUNK):
        name = _write(folder / "index", language, "pf_index", content)
        chunks.append([first[:PREFIX_LETTERS], last, name])
    facets: list[Value] = []
    weights = {}
    for facet, values in _facets(segments, starts):
        name = _write(folder / "filter", language, "pf_filter", pack([facet, values]))
        facets.append([facet, name])
        weights[facet] = (folder / "filter" / f"{name}.pf_filter").stat().st_size
    numbered: list[Value] = [[name, page.words] for page, name in zip(pages, names, strict=True)]
    meta = pack([segments[0].version, numbered, chunks, facets, [], list(FIELDS)])
    name = f"{language}_{sha256(meta).hexdigest()[:FILE_HASH]}"
    (folder / f"pagefind.{name}.pf_meta").write_bytes(packed_file(meta))
    return {"hash": name, "wasm": segments[0].wasm, "page_count": len(pages), "facets": weights}


def _write(folder: Path, language: str, ending: str, content: bytes) -> str:
    name = f"{language}_{sha256(content).hexdigest()[:FILE_HASH]}"
    (folder / f"{name}.{ending}").write_bytes(packed_file(content))
    return name


def _page_names(pages: Sequence[tuple[str, bytes]]) -> list[str]:
    """Return the name of each page's file, given its date and content: `f2o8_1a2b3c4d`, without date `_1a2b3c4d`.

    Before the line are the days since the year 1 with 36 digits, as JavaScript's `parseInt` reads them.
    """
    hashes = [sha256(content).hexdigest() for _, content in pages]
    length = PAGE_HASH
    while len({digest[:length] for digest in hashes}) < len(set(hashes)):
        length += PAGE_HASH
    return [f"{_day(day)}_{digest[:length]}" for (day, _), digest in zip(pages, hashes, strict=True)]


def _day(written: str) -> str:
    try:
        number = date.fromisoformat(written).toordinal()
    except ValueError:
        return ""
    digits = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


def _chunks(
    segments: Sequence[Segment], starts: Sequence[int], size: int
) -> Iterator[tuple[str, str, bytes]]:
    """Yield the files of words in the order of the words: the first and the last word, and the content."""
    words = sorted({word for segment in segments for word in segment.words})
    packed: list[bytes] = []
    first = last = ""
    length = 0
    for word in words:
        held = _pack_word(word, segments, starts)
        if packed and length + len(held) > size:
            yield first, last, b"\x81" + pack_list(packed)
            packed, length = [], 0
        if not packed:
            first = word
        last = word
        packed.append(held)
        length += len(held)
    if packed:
        yield first, last, b"\x81" + pack_list(packed)


def _pack_word(word: str, segments: Sequence[Segment], starts: Sequence[int]) -> bytes:
    forms: dict[str, list[tuple[int, Postings]]] = {"": []}
    for segment, start in zip(segments, starts, strict=False):
        for form, postings in segment.words.get(word, {}).items():
            forms.setdefault(form, []).append((start, postings))
    own = _pack_postings(forms.pop(""))
    variants = [b"\x82" + pack(form) + _pack_postings(forms[form]) for form in sorted(forms)]
    return b"\x83" + pack(word) + own + pack_list(variants)


def _pack_postings(found: Sequence[tuple[int, Postings]]) -> bytes:
    """Return the postings of one word one after another; each page is numbered from the one before it."""
    packed = [pack_head(4, sum(postings.pages for _, postings in found))]
    before = 0
    for start, postings in found:
        if postings.pages:
            packed += [b"\x83", pack_head(0, start + postings.first - before), postings.rest]
            before = start + postings.last
    return b"".join(packed)


def _facets(segments: Sequence[Segment], starts: Sequence[int]) -> Iterator[tuple[str, list[Value]]]:
    """Yield the facets by name, each with its values in their order and the pages that have them."""
    for facet in sorted({name for segment in segments for name in segment.facets}):
        found: dict[str, list[Value]] = {}
        for segment, start in zip(segments, starts, strict=False):
            for value, pages in segment.facets.get(facet, {}).items():
                found.setdefault(value, []).extend(start + page for page in sorted(pages))
        yield facet, [[value, found[value]] for value in sorted(found)]
