"""A part: the index of some segments joined, as Pagefind's script reads it.

A part is what a reader's browser asks. What it does for a word grows with the square of the pages that have it: a large
site has several parts. The words stand in files small enough that one of each part can be read for each word asked for.
The names of files tell how large they are: search-query.js knows what a query takes before it reads.
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
ONE_CHUNK, SMALL_CHUNK = 60_000, 8_000
# Whoever types so many letters finds all words that begin with them, in whatever files they stand.
PREFIX_LETTERS = 5
# Of a SHA-256 in hexadecimal.
FILE_HASH, PAGE_HASH = 10, 8
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
SIZE_STEP = 1.2
# Of a file that is read only for words that begin with what is asked for. search-query.js takes it off the name.
EXTRA = "+"


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
    names = _page_names([(dates.get(page.path, ""), page.fragment) for page in pages], is_only=is_only)
    for page, name in zip(pages, names, strict=True):
        (folder / "fragment" / f"{name}.pf_fragment").write_bytes(page.fragment)
    starts = [0, *accumulate(len(segment.pages) for segment in segments)]
    chunks: list[Value] = []
    before = ""
    words = _chunks(segments, starts, ONE_CHUNK if is_only else SMALL_CHUNK)
    for number, (first, last, content) in enumerate(words, 1):
        packed = packed_file(content)
        label = _hashed(language, content) if is_only else _digits(number)
        name = f"{label}{_size_digit(packed)}"
        (folder / "index" / f"{name}.pf_index").write_bytes(packed)
        chunks += [[start, end, sign + name] for start, end, sign in ranges_of(before, first, last)]
        before = last
    facets: list[Value] = []
    weights = {}
    for facet, values in _facets(segments, starts):
        content = pack([facet, values])
        name, packed = _hashed(language, content), packed_file(content)
        (folder / "filter" / f"{name}.pf_filter").write_bytes(packed)
        facets.append([facet, name])
        weights[facet] = len(packed)
    numbered: list[Value] = [[name, page.words] for page, name in zip(pages, names, strict=True)]
    meta = pack([segments[0].version, numbered, chunks, facets, [], list(FIELDS)])
    name = _hashed(language, meta)
    (folder / f"pagefind.{name}.pf_meta").write_bytes(packed_file(meta))
    return {"hash": name, "wasm": segments[0].wasm, "page_count": len(pages), "facets": weights}


def ranges_of(before: str, first: str, last: str) -> Iterator[tuple[str, str, str]]:
    """Yield the ranges of what is asked for that a file of words is read for, ends included, each with a sign or none.

    The words of the file are `first` to `last`; that of the file before ends with `before`. Pagefind reads a file where
    what is asked for is within its range, and many files where it is between two: the range begins with the beginning
    that no word before has. Each longer beginning, which words before have as well, is a range of its own, with a sign:
    the file has words that begin so, but not the word itself.
    """
    own = next(length for length in range(1, len(first) + 1) if first[:length] > before)
    yield first[:own], last, ""
    for length in range(PREFIX_LETTERS, own):
        yield first[:length], first[:length], EXTRA


def _hashed(language: str, content: bytes) -> str:
    return f"{language}_{sha256(content).hexdigest()[:FILE_HASH]}"


def _page_names(pages: Sequence[tuple[str, bytes]], *, is_only: bool) -> list[str]:
    """Return the name of each page's file, given its date and content: `f2o8_1a2b3c4d6`, without date `_1a2b3c4d6`.

    Before the line are the days since the year 1 with 36 digits, as JavaScript's `parseInt` reads them; the last sign
    is the digit of its size. Between them stands a hash, so that a browser keeps no file of an older site under this
    name; or a number, which is shorter, where a hash is in the name of the part's folder.
    """
    labels = [sha256(content).hexdigest() for _, content in pages]
    length = PAGE_HASH
    while len({label[:length] for label in labels}) < len(set(labels)):
        length += PAGE_HASH
    if not is_only:
        labels = [_digits(number) for number in range(1, len(pages) + 1)]
    return [
        f"{_day(day)}_{label[:length]}{_size_digit(content)}"
        for (day, content), label in zip(pages, labels, strict=True)
    ]


def _size_digit(content: bytes) -> str:
    """Return how large a file is in one digit: 0 is up to 1 kB, and each further of the 36 a fifth more.

    It is short, as the browser reads the names of all pages before it searches.
    """
    size, digit = 1000.0, 0
    while size < len(content) and digit < len(DIGITS) - 1:
        size, digit = size * SIZE_STEP, digit + 1
    return DIGITS[digit]


def _day(written: str) -> str:
    try:
        return _digits(date.fromisoformat(written).toordinal())
    except ValueError:
        return ""


def _digits(number: int) -> str:
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
