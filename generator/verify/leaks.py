"""The leak scan: every file of a built site read for the words that its edition withholds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ahocorasick_rs import AhoCorasick

from generator.diagnostics import Diagnostic, error
from generator.disk import list_files
from generator.identity import digest_bytes, digest_program
from generator.model.places import Place
from generator.model.withheld import Withheld, WithheldText
from generator.text.tokens import split_tokens
from generator.verify.scan_record import ScanRecord
from generator.verify.site_words import read_words

# NumPy takes a moment to import, for which a dossier that withholds nothing should not wait.
if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint64]

Spread = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
SHINGLE_WORDS = 8
# Odd, so that no number is lost modulo 2**64; the golden ratio's, as in Knuth, TAOCP 3, 6.4.
MULTIPLIER = 0x9E3779B97F4A7C15
MAX_REPORTED = 20
# Fewer words than these are not looked for in scripts and styles: `default` and `label` are words of theirs.
MIN_WORDS_IN_CODE = 3
# documents/memo.html
PAGES = "documents/"
CODE = (".js", ".css", ".map", ".mjs")


@dataclass(slots=True)
class _Needles:
    """What is looked for: sequences of up to SHINGLE_WORDS words, as hashes of the numbers of their words, by length.

    `slugs` are looked for as they are written, `slug_owners` are the indexes of their texts. `joined` has the words of
    each withheld text once some of them were found.
    """

    withheld: Withheld
    vocabulary: dict[str, int] = field(default_factory=dict)
    hashes: dict[int, Numbers] = field(default_factory=dict)
    slugs: AhoCorasick | None = None
    slug_owners: list[int] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.hashes and self.slugs is None

    def numbers(self, tokens: Sequence[str]) -> Numbers:
        """Return the numbers of words, 0 for one that nothing withheld has."""
        import numpy as np

        return np.array(list(map(self.vocabulary.get, tokens, repeat(0))), dtype=np.uint64)

    @property
    def identity(self) -> str:
        """The digest of what is looked for, and of the program: what was not found once is not there later either."""
        texts = (f"{text.kind}\0{text.words}".encode() for text in self.withheld.texts)
        hashes = (
            part for length in sorted(self.hashes) for part in (b"%d" % length, self.hashes[length].tobytes())
        )
        return digest_bytes(digest_program().encode(), *texts, *hashes)


def scan_site(
    folder: Path,
    withheld: Withheld,
    *,
    shown_as: str = "",
    hashes: Mapping[str, str] = MappingProxyType({}),
    record: ScanRecord | None = None,
    spread: Spread = map,
) -> tuple[Diagnostic, ...]:
    """Return an error for each file of a built site that holds withheld words, and for each that cannot be read.

    Words are compared without case, punctuation and markup. Names of files are read as well. Linear in the size of
    the site; the withheld words are kept as hashes of eight bytes for each, and every word that they have once.
    `hashes` has the SHA-256 of files that the `record` may know. `spread` maps a function over names, in order.
    """
    files = _Files(
        names=list_files(folder),
        read=lambda name: (folder / name).read_bytes(),
        hash_of=lambda name: hashes.get(name, ""),
    )
    return _scan(files, withheld, shown_as or folder.name, record or ScanRecord(), spread)


def scan_pages(
    pages: Mapping[str, bytes],
    withheld: Withheld,
    *,
    shown_as: str,
    hash_of: Callable[[str], str] = lambda _: "",
    record: ScanRecord | None = None,
    spread: Spread = map,
) -> tuple[Diagnostic, ...]:
    """Return an error for the withheld words in each page, by path, that is about to be written; see `scan_site`."""
    files = _Files(names=list(pages), read=pages.__getitem__, hash_of=hash_of)
    return _scan(files, withheld, shown_as, record or ScanRecord(), spread)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """Files to be scanned, in their order. `hash_of` gives the SHA-256 of one, "" where it is not known."""

    names: Sequence[str]
    read: Callable[[str], bytes]
    hash_of: Callable[[str], str]


def _scan(
    files: _Files, withheld: Withheld, shown: str, record: ScanRecord, spread: Spread
) -> tuple[Diagnostic, ...]:
    needles = _prepare(withheld)
    if needles.is_empty:
        return ()
    record.open(needles.identity)
    hashes = {name: files.hash_of(name) for name in files.names}
    unknown = [name for name, known in hashes.items() if not known or not record.knows(name, known)]

    def scan(name: str) -> tuple[Diagnostic, ...]:
        return tuple(_scan_file(name, files.read(name), needles, shown))

    found: list[Diagnostic] = []
    for name, faults in zip(unknown, spread(scan, unknown), strict=False):
        found.extend(faults)
        if len(found) >= MAX_REPORTED:
            return tuple(found[:MAX_REPORTED])
        if hashes[name] and not faults:
            record.add(name, hashes[name])
    record.write()
    return tuple(found)


def scan_file(path: Path, withheld: Withheld) -> tuple[Diagnostic, ...]:
    """Return an error for the withheld words in one file, such as a packed site."""
    needles = _prepare(withheld)
    if needles.is_empty:
        return ()
    return tuple(_scan_file(path.name, path.read_bytes(), needles, ""))[:MAX_REPORTED]


@lru_cache(maxsize=1)
def _prepare(withheld: Withheld) -> _Needles:
    """Return what is looked for; a build asks for it before it writes pages, and for its site."""
    if not withheld.texts:
        return _Needles(withheld=withheld)
    import numpy as np

    published = _Published(withheld.published)
    whole = (split_tokens(text.words) for text in withheld.texts if text.kind in ("note", "name"))
    known = published.find(_join(tokens) for tokens in whole if 0 < len(tokens) < SHINGLE_WORDS)
    needles = _Needles(withheld=withheld)
    needles.slug_owners = [owner for owner, text in enumerate(withheld.texts) if text.kind == "slug"]
    if needles.slug_owners:
        needles.slugs = AhoCorasick([withheld.texts[owner].words for owner in needles.slug_owners])
    hashes: dict[int, list[Numbers]] = defaultdict(list)
    for text in withheld.texts:
        if text.kind == "slug":
            continue
        tokens = split_tokens(text.words)
        for token in tokens:
            needles.vocabulary.setdefault(token, len(needles.vocabulary) + 1)
        numbers = needles.numbers(tokens)
        if len(tokens) >= SHINGLE_WORDS:
            covered = [False] * len(tokens) if text.kind == "redaction" else published.cover(tokens)
            is_free = ~np.array(covered, dtype=bool)
            # Single characters of a script without spaces: eight of them are a name, not a passage.
            is_character = np.array([len(token) == 1 and not token.isascii() for token in tokens], dtype=bool)
            for length, is_dense in ((SHINGLE_WORDS, False), (2 * SHINGLE_WORDS, True)):
                if len(tokens) >= length:
                    # Beside a quotation an editor's sentence may share some words of the text.
                    half = length // 2
                    fits = (_sums(is_character, length) >= half) == is_dense
                    chosen = fits & (_sums(is_free, length) >= half)
                    hashes[length].append(_hashes(numbers, length)[chosen])
        elif tokens and (text.kind == "redaction" or (text.kind != "passage" and _join(tokens) not in known)):
            hashes[len(tokens)].append(_hashes(numbers, len(tokens)))
    needles.hashes = {
        length: np.unique(np.concatenate(parts)) for length, parts in hashes.items() if any(map(len, parts))
    }
    return needles


def _hashes(numbers: Numbers, length: int) -> Numbers:
    """Return a hash of each `length` numbers in a row, modulo 2**64."""
    import numpy as np

    count = len(numbers) - length + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(length):
        total = total * np.uint64(MULTIPLIER) + numbers[offset : offset + count]
    return total


def _sums(flags: Any, length: int) -> Any:
    """Return how many of each `length` flags in a row are set."""
    import numpy as np

    sums = np.concatenate(([0], np.cumsum(flags)))
    return sums[length:] - sums[:-length]


class _Published:
    """The stretches of withheld texts that the edition publishes, such as quotations."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._shingles: set[int] = set()
        self._short: dict[str, list[list[str]]] = defaultdict(list)
        pieces: list[str] = []
        for tokens in map(split_tokens, texts):
            pieces.append(_join(tokens))
            if len(tokens) >= SHINGLE_WORDS:
                self._shingles.update(_shingles(tokens))
            elif tokens:
                self._short[tokens[0]].append(tokens)
        # No token has a line end: what is found in it stands in one text.
        self._joined = "\n".join(pieces)

    def find(self, joined: Iterable[str]) -> frozenset[str]:
        """Return which of these rows of words stand in one of the published stretches; all are looked for at once."""
        wanted = list(dict.fromkeys(joined))
        if not wanted:
            return frozenset()
        matches = AhoCorasick(wanted).find_matches_as_indexes(self._joined, overlapping=True)
        return frozenset(wanted[index] for index, _, _ in matches)

    def cover(self, tokens: Sequence[str]) -> list[bool]:
        """Return for each word of a withheld text whether it stands in a published stretch."""
        covered = [False] * len(tokens)
        for start, shingle in enumerate(_shingles(tokens)):
            if shingle in self._shingles:
                covered[start : start + SHINGLE_WORDS] = [True] * SHINGLE_WORDS
        for start, token in enumerate(tokens):
            for words in self._short.get(token, ()):
                if tokens[start : start + len(words)] == words:
                    covered[start : start + len(words)] = [True] * len(words)
        return covered


def _shingles(tokens: Sequence[str]) -> Iterator[int]:
    last = len(tokens) - SHINGLE_WORDS + 1
    return (hash(" ".join(tokens[start : start + SHINGLE_WORDS])) for start in range(last))


def _scan_file(name: str, content: bytes, needles: _Needles, shown: str) -> Iterator[Diagnostic]:
    reported: set[tuple[str, int]] = set()
    place = f"{shown}/{name}" if shown else name
    try:
        texts = [(name, name), *read_words(content, name)]
    except ValueError as fault:
        yield error(
            Place(path=place),
            "unscanned-file",
            f"the file cannot be read for withheld words: {fault}",
            why="what it holds cannot be proven to be public",
            help="take the file out of the site, or save it in a form that can be read",
        )
        return
    for inner, text in texts:
        tokens = split_tokens(text)
        for owner, words in (
            *_find(tokens, needles, is_code=name.endswith(CODE)),
            *_find_slugs(text, needles),
        ):
            if (inner, owner) not in reported:
                reported.add((inner, owner))
                yield _leak(place + inner.removeprefix(name), needles.withheld.texts[owner], words)


def _find(tokens: list[str], needles: _Needles, *, is_code: bool) -> Iterator[tuple[int, str]]:
    """Yield each withheld sequence in the words of a text, with the index of the text that it is from."""
    import numpy as np

    numbers = needles.numbers(tokens)
    for length, wanted in needles.hashes.items():
        if len(tokens) < length or (is_code and length < MIN_WORDS_IN_CODE):
            continue
        is_known = _sums(numbers > 0, length) == length
        starts = np.flatnonzero(is_known)
        if not len(starts):
            continue
        here = _hashes(numbers, length)[starts]
        places = np.minimum(np.searchsorted(wanted, here), len(wanted) - 1)
        for start in starts[wanted[places] == here].tolist():
            words = tokens[start : start + length]
            owner = _owner_of(words, needles)
            if owner is not None:
                yield owner, " ".join(words)


def _owner_of(words: Sequence[str], needles: _Needles) -> int | None:
    """Return the first withheld text that holds the words: a hash alone is no proof."""
    if not needles.joined:
        needles.joined.extend(
            "" if text.kind == "slug" else _join(split_tokens(text.words)) for text in needles.withheld.texts
        )
    wanted = _join(words)
    return next((owner for owner, text in enumerate(needles.joined) if wanted in text), None)


def _join(tokens: Sequence[str]) -> str:
    """Return words as one text in which a row of them is found whole."""
    return f" {' '.join(tokens)} "


def _find_slugs(text: str, needles: _Needles) -> Iterator[tuple[int, str]]:
    """Yield the slugs in a text; one that could be a common word only where it is the name of a page."""
    if needles.slugs is None:
        return
    for index, start, end in needles.slugs.find_matches_as_indexes(text, overlapping=True):
        owner = needles.slug_owners[index]
        slug = needles.withheld.texts[owner].words
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if _is_slug_letter(before) or _is_slug_letter(after):
            continue
        if not slug.isalnum() or text[max(start - len(PAGES), 0) : start] == PAGES:
            yield owner, slug


def _is_slug_letter(character: str) -> bool:
    return bool(character) and (character in "-_" or character.isalnum())


def _leak(place: str, text: WithheldText, words: str) -> Diagnostic:
    return error(
        Place(path=place),
        "leak",
        f"the file holds {text.what}: “{words}”",
        why=f"this edition withholds it ({text.path}); the site was not put in place",
        help="quote the words, mark or redact them where else they stand, or take them out of docs/ and the templates",
    )
