"""Documents of which only excerpts may be published, and how many of their words are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.diagnostics import Diagnostic, error
from generator.model.corpus import Corpus
from generator.model.linked import LinkedCorpus, SearchedText
from generator.model.text import Span
from generator.text.folding import quotation_digest

# Words, and those before and after that tell their place.
Quoted = tuple[str, str, str]


def check_excerpts(corpus: Corpus, linked: LinkedCorpus) -> Iterator[Diagnostic]:
    """Yield an error for each document of which the edition quotes more words than its settings allow."""
    limit = corpus.edition.settings.excerpt_words
    quoted = _quoted_words(corpus, linked)
    for slug, entry in corpus.documents.items():
        count = count_words(quoted.get(slug, ()), linked.searched.get(slug))
        if entry.record.rights.publish == "excerpts" and count > limit:
            yield error(
                entry.place("rights", "publish"),
                "excerpts-too-long",
                f"{count} words of `{slug}` are quoted; this edition allows {limit}",
                why="of a document in excerpts no more may be published than the editors have set",
                help="shorten or remove quotations, or raise `excerpt_words` of the edition in dossier.md",
            )


def _quoted_words(corpus: Corpus, linked: LinkedCorpus) -> dict[str, list[Quoted]]:
    """Return what is quoted of each document, by annotations and in the editors' sentences."""
    quoted: dict[str, list[Quoted]] = defaultdict(list)
    for slug, annotations in corpus.annotations.items():
        quoted[slug].extend((one.quote, one.prefix, one.suffix) for one in annotations.record)
    for key, quotations in linked.prose_quotations.items():
        leaves = linked.texts[key].leaves
        for one in quotations:
            quoted[one.document].append((leaves[one.leaf].text[one.span.start : one.span.end], "", ""))
    return quoted


def count_words(quoted: Iterable[Quoted], searched: SearchedText | None) -> int:
    """Return how many words of a document are quoted; those of a quotation within another count once.

    Where a quotation's place is not known, all of its words count.
    """
    spans_of = searched.spans if searched is not None else {}
    covered: list[Span] = []
    count = 0
    for words, prefix, suffix in sorted(quoted, key=lambda one: (-len(one[0]), one)):
        digests = (quotation_digest(words, prefix, suffix), quotation_digest(words.rstrip(" ,.")))
        spans = next((spans_of[digest] for digest in digests if digest in spans_of), ())
        if spans and all(any(_is_within(span, other) for other in covered) for span in spans):
            continue
        covered.extend(spans)
        count += len(words.split())
    return count


def _is_within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end
