"""The leak scan: every file of a built site read for the words that its edition withholds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from generator.diagnostics import Diagnostic, error
from generator.model.edition import Withheld, WithheldText
from generator.model.places import Place
from generator.text.tokens import find_sequence, split_tokens
from generator.verify.site_words import read_words

SHINGLE_WORDS = 8
# So many of the eight must not be published: beside a quotation an editor's sentence may share a word of the text.
MIN_WITHHELD = 4
MAX_REPORTED = 20
# Fewer words than these are not looked for in scripts and styles: `default` and `label` are words of theirs.
MIN_WORDS_IN_CODE = 3
# documents/memo.html
PAGES = "documents/"
CODE = (".js", ".css", ".map", ".mjs")


@dataclass(slots=True)
class _Needles:
    """Sequences of up to SHINGLE_WORDS words by length and hash, each with the index of the text it is from.

    `slugs` are looked for as they are written, `slug_owners` are their indexes.
    """

    by_length: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    slugs: AhoCorasick | None = None
    slug_owners: list[int] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.by_length and self.slugs is None

    def add(self, tokens: Sequence[str], owner: int) -> None:
        self.by_length[len(tokens)].setdefault(hash(" ".join(tokens)), owner)


def scan_site(folder: Path, withheld: Withheld, *, shown_as: str = "") -> tuple[Diagnostic, ...]:
    """Return an error for each file of a built site that holds withheld words, and for each that cannot be read.

    Words are compared without case, punctuation and markup. Names of files are read as well. Linear in the size of
    the site; the withheld words are kept as hashes, some 100 bytes for each.
    """
    needles = _prepare(withheld)
    if needles.is_empty:
        return ()
    shown = shown_as or folder.name
    found: list[Diagnostic] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        found.extend(_scan_file(name, path.read_bytes(), withheld, needles, shown))
        if len(found) >= MAX_REPORTED:
            break
    return tuple(found[:MAX_REPORTED])


def scan_file(path: Path, withheld: Withheld) -> tuple[Diagnostic, ...]:
    """Return an error for the withheld words in one file, such as a packed site."""
    needles = _prepare(withheld)
    if needles.is_empty:
        return ()
    return tuple(_scan_file(path.name, path.read_bytes(), withheld, needles, ""))[:MAX_REPORTED]


def _prepare(withheld: Withheld) -> _Needles:
    published = _Published(withheld.published)
    needles = _Needles()
    needles.slug_owners = [owner for owner, text in enumerate(withheld.texts) if text.kind == "slug"]
    if needles.slug_owners:
        needles.slugs = AhoCorasick([withheld.texts[owner].words for owner in needles.slug_owners])
    for owner, text in enumerate(withheld.texts):
        if text.kind == "slug":
            continue
        tokens = split_tokens(text.words)
        if len(tokens) < SHINGLE_WORDS:
            is_needle = text.kind == "redaction" or (text.kind != "passage" and not published.has(tokens))
            if tokens and is_needle:
                needles.add(tokens, owner)
            continue
        covered = [False] * len(tokens) if text.kind == "redaction" else published.cover(tokens)
        for start in range(len(tokens) - SHINGLE_WORDS + 1):
            if covered[start : start + SHINGLE_WORDS].count(False) >= MIN_WITHHELD:
                needles.add(tokens[start : start + SHINGLE_WORDS], owner)
    return needles


class _Published:
    """The stretches of withheld texts that the edition publishes, such as quotations."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._shingles: set[int] = set()
        self._short: dict[str, list[list[str]]] = defaultdict(list)
        for tokens in map(split_tokens, texts):
            if len(tokens) >= SHINGLE_WORDS:
                self._shingles.update(_hashes(tokens, SHINGLE_WORDS))
            elif tokens:
                self._short[tokens[0]].append(tokens)
        self._texts = texts

    def has(self, tokens: Sequence[str]) -> bool:
        """Return whether the words stand in one of the published stretches."""
        return any(any(True for _ in find_sequence(tokens, split_tokens(words))) for words in self._texts)

    def cover(self, tokens: Sequence[str]) -> list[bool]:
        """Return for each word of a withheld text whether it stands in a published stretch."""
        covered = [False] * len(tokens)
        for start, shingle in enumerate(_hashes(tokens, SHINGLE_WORDS)):
            if shingle in self._shingles:
                covered[start : start + SHINGLE_WORDS] = [True] * SHINGLE_WORDS
        for start, token in enumerate(tokens):
            for words in self._short.get(token, ()):
                if tokens[start : start + len(words)] == words:
                    covered[start : start + len(words)] = [True] * len(words)
        return covered


def _hashes(tokens: Sequence[str], length: int) -> Iterator[int]:
    return (hash(" ".join(tokens[start : start + length])) for start in range(len(tokens) - length + 1))


def _scan_file(
    name: str, content: bytes, withheld: Withheld, needles: _Needles, shown: str
) -> Iterator[Diagnostic]:
    seen: set[tuple[str, int]] = set()
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
            *_find_slugs(text, needles, withheld),
        ):
            if (inner, owner) not in seen:
                seen.add((inner, owner))
                yield _leak(place + inner.removeprefix(name), withheld.texts[owner], words)


def _find(tokens: list[str], needles: _Needles, *, is_code: bool) -> Iterator[tuple[int, str]]:
    for length, owners in needles.by_length.items():
        if is_code and length < MIN_WORDS_IN_CODE:
            continue
        for start in range(len(tokens) - length + 1):
            owner = owners.get(hash(" ".join(tokens[start : start + length])))
            if owner is not None:
                yield owner, " ".join(tokens[start : start + length])


def _find_slugs(text: str, needles: _Needles, withheld: Withheld) -> Iterator[tuple[int, str]]:
    """Yield the slugs in a text; one that could be a common word only where it is the name of a page."""
    if needles.slugs is None:
        return
    for index, start, end in needles.slugs.find_matches_as_indexes(text, overlapping=True):
        owner = needles.slug_owners[index]
        slug = withheld.texts[owner].words
        before, after = text[max(start - 1, 0) : start], text[end : end + 1]
        if _is_slug_letter(before) or _is_slug_letter(after):
            continue
        if not slug.isalpha() or text[max(start - len(PAGES), 0) : start] == PAGES:
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
