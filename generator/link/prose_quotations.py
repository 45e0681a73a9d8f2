"""Words in quotation marks in what the editors write, and the documents that their sentences cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.linked import LinkedText, TextRole
from generator.model.places import Place
from generator.model.text import Block, Span
from generator.text.sentences import find_sentences, sentence_before

ROLES: frozenset[TextRole] = frozenset(
    {"digest", "profile", "overview", "introduction", "about", "annotation", "relation", "field"}
)
# Also 「so」, 『so』 and ”so” of Swedish and Finnish.
# “so”, „so“, „so”, «so», »so«, "so"; single marks only where they cannot be apostrophes: ‘so’, ‚so‘, ‹so›, ›so‹
QUOTED = re.compile(
    '“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|"([^"]+)"'
    "|「([^「」]+)」|『([^『』]+)』|”([^“”]+)”|＂([^＂]+)＂"
    "|(?<!\\w)‘([^‘’]+)’(?!\\w)|‚([^‚‘’]+)[‘’]|‹([^‹›]+)›|›([^‹›]+)‹"
)
# The comma or full stop that ends a sentence's part stands inside the marks in American printing.
FINAL = ",."


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWords:
    """Words in quotation marks, and the slugs that their sentence cites, in order."""

    leaf: int
    span: Span
    words: str
    place: Place
    cited: tuple[str, ...]


def find_cited_words(text: LinkedText) -> Iterator[CitedWords]:
    """Yield each stretch in quotation marks whose sentence cites something, in reading order.

    A quotation that goes on over the end of a sentence belongs to the sentence in which it ends. What stands in
    quotation marks within a quotation is part of it.
    """
    if text.role not in ROLES:
        return
    for index, leaf in enumerate(text.leaves):
        if leaf.citations and leaf.kind != "code":
            yield from _of_leaf(index, leaf, text.language)


def _of_leaf(index: int, leaf: Block, language: str) -> Iterator[CitedWords]:
    sentences = find_sentences(leaf.text, language)
    cited: dict[Span | None, list[str]] = {}
    for citation in leaf.citations:
        slugs = cited.setdefault(sentence_before(sentences, citation.offset), [])
        slugs.extend(one.target.slug for one in citation.cited)
    for match in QUOTED.finditer(leaf.text):
        group = match.lastindex or 0
        span = Span(start=match.start(group), end=match.end(group))
        sentence = sentence_before(sentences, span.end)
        words = leaf.text[span.start : span.end]
        if cited.get(sentence) and any(character.isalnum() for character in words):
            yield CitedWords(
                leaf=index,
                span=span,
                words=words,
                place=leaf.place,
                cited=tuple(dict.fromkeys(cited[sentence])),
            )


def readings(words: str) -> tuple[str, ...]:
    """Return the words as they stand, and without a comma or full stop at their end."""
    bare = words.rstrip()
    return (words, bare[:-1]) if bare[-1:] and bare[-1] in FINAL else (words,)
